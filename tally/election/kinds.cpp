#include "tally/election/kinds.h"

#include <array>

#include "crypto/base/result.h"

namespace tuixuan::election {

static constexpr std::array<KindInfo, 40> kKinds{{
    {Kind::scheme, "scheme", Signers::organiser, "V01.sig", "选举办法", "scheme"},
    {Kind::ceremony_commit, "ceremony-commit", Signers::trustee, "V03.sig0", "密钥仪式第一步",
     "key ceremony: commitment"},
    {Kind::ceremony_share, "ceremony-share", Signers::trustee, "V04.sig1", "密钥仪式第二步", "key ceremony: shares"},
    {Kind::ceremony_confirm, "ceremony-confirm", Signers::trustee, "V05.sig2", "密钥仪式第三步",
     "key ceremony: confirmation"},
    {Kind::ceremony_complaint, "ceremony-complaint", Signers::trustee, "V05.sig3", "密钥仪式异议",
     "key ceremony: complaint"},
    {Kind::slips, "slips", Signers::desk, "V02.sig", "领票凭条清单", "list of slips"},
    {Kind::attendance, "attendance", Signers::two_supervisors, "A01.sig", "到会人数", "attendance"},
    {Kind::opening, "opening", Signers::two_supervisors, "V06.officers", "开始投票", "opening"},
    {Kind::opening_agreed, "opening-agreed", Signers::trustee, "V06.sig", "密钥保管人确认开始", "opening agreed"},
    {Kind::cast, "cast", Signers::credential, "V09.sig", "投票", "ballot cast"},
    {Kind::challenge, "challenge", Signers::credential, "V09.sig", "查验机器", "ballot challenged"},
    {Kind::abandon, "abandon", Signers::kiosk, "V09.sig", "未投出的选票", "ballot abandoned"},
    {Kind::void_slip, "void-slip", Signers::two_supervisors, "V10.sig", "凭条作废", "slip voided"},
    {Kind::kiosk_final, "kiosk-final", Signers::kiosk, "V12.kiosk_sig", "投票机交清", "kiosk delivered"},
    {Kind::kiosk_lost, "kiosk-lost", Signers::two_supervisors, "V12.lost_sig", "投票机失效", "kiosk lost"},
    {Kind::close, "close", Signers::two_supervisors, "V12.officers", "投票结束", "closing"},
    {Kind::close_agreed, "close-agreed", Signers::trustee, "V12.sig", "密钥保管人确认结束", "closing agreed"},
    {Kind::mix, "mix", Signers::trustee, "V13.sig", "混票", "mix"},
    {Kind::decryption, "decryption", Signers::trustee, "V14.sig", "部分解密", "partial decryption"},
    {Kind::count, "count", Signers::two_supervisors, "V15.sig", "计票结果", "count"},
    {Kind::trustee_lost, "trustee-lost", Signers::two_supervisors, "V06.lost_sig", "密钥保管人缺席", "trustee lost"},
    {Kind::spellings, "spellings", Signers::two_supervisors, "V15.spellings_sig", "另选人姓名归并", "spellings merged"},
    {Kind::enrolment, "enrolment", Signers::two_supervisors, "C01.enrolment_sig", "投票机登记", "kiosk enrolled"},
    {Kind::key_replaced, "key-replaced", Signers::two_supervisors, "C01.key_sig", "更换密钥", "key replaced"},
    {Kind::small_group, "small-group", Signers::two_supervisors, "A03.sig", "人数较少仍开票的决定",
     "small group opened"},
    {Kind::stage_voided, "stage-voided", Signers::two_supervisors, "C06.void_sig", "本环节作废", "stage voided"},
    {Kind::result_voided, "result-voided", Signers::superior, "C06.result_void_sig", "上级宣布结果无效",
     "result voided"},
    {Kind::base_confirmed, "base-confirmed", Signers::two_supervisors, "C06.base_sig", "确认过半数的基数",
     "base confirmed"},
    {Kind::superior_recommendation, "superior-recommendation", Signers::superior, "C02.points_sig", "上级推荐",
     "recommendation by the superior body"},
    {Kind::shortlist, "shortlist", Signers::two_supervisors, "C02.sig", "推荐汇总", "shortlist"},
    {Kind::candidates, "candidates", Signers::superior, "C03.sig", "候选人批复", "candidates decided"},
    {Kind::notice, "notice", Signers::chair, "C04.sig", "公示", "notice"},
    {Kind::objection, "objection", Signers::chair, "C04.objection_sig", "异议", "objection"},
    {Kind::objection_answered, "objection-answered", Signers::chair, "C04.answer_sig", "异议处理",
     "objection answered"},
    {Kind::stage_added, "stage-added", Signers::two_supervisors, "C05.sig", "增加环节", "stage added"},
    {Kind::seats_reduced, "seats-reduced", Signers::two_supervisors, "C06.seats_sig", "减少名额", "seats reduced"},
    {Kind::tie_decided, "tie-decided", Signers::superior, "C06.tie_sig", "上级决定得票相同的人选", "tie decided"},
    {Kind::report_up, "report-up", Signers::chair, "C07.sig", "报批、备案", "report to the superior body"},
    {Kind::countersign, "countersign", Signers::superior, "C07.answer_sig", "上级批复", "answer of the superior body"},
    {Kind::audit, "audit", Signers::auditor, "C07.audit_sig", "审核意见", "audit"},
}};

const KindInfo* find_kind(std::uint8_t number) {
  return number >= 1 && number <= kKinds.size() ? &kKinds[number - 1U] : nullptr;
}

const KindInfo& info(Kind kind) {
  const KindInfo* found = find_kind(static_cast<std::uint8_t>(kind));
  if (found == nullptr || found->kind != kind) bug("an entry kind that is not in the table");
  return *found;
}

bool is_voting(Kind kind) {
  return kind == Kind::cast || kind == Kind::challenge || kind == Kind::abandon || kind == Kind::void_slip;
}

bool keeps_epoch(Kind kind) { return kind == Kind::cast || kind == Kind::challenge || kind == Kind::abandon; }

}  // namespace tuixuan::election

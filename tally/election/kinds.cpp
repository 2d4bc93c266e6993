#include "tally/election/kinds.h"

#include <array>

#include "crypto/base/result.h"

namespace tuixuan::election {

static constexpr std::array<KindInfo, 22> kKinds{{
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

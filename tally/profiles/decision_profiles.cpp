// Secret votes on one matter (票决): admission of a member, turning full, a committee's decision, motions.
#include "tally/profiles/build.h"

namespace tuixuan::profiles {
namespace {

using tally::Contest;
using tally::FormKind;
using tally::Kind;

constexpr const char* kMeeting = "《中国共产党发展党员工作细则》第二十条：到会有表决权的正式党员须超过应到会的半数";
constexpr const char* kMajority =
    "《中国共产党发展党员工作细则》第二十一条：无记名投票，赞成人数超过应到会有表决权的正式党员的半数，才能通过";
constexpr const char* kWritten =
    "第二十一条：因故不能到会的正式党员在会前正式提出书面意见的，统计在票数内（不计入到会）";
constexpr const char* kOneByOne = "第二十一条：有两名以上申请人的，应逐个讨论和表决";
constexpr const char* kFullMember = "《中国共产党发展党员工作细则》第三十三条：预备党员转正的到会和表决要求与接收相同";

constexpr const char* kExtension =
    "《中国共产党发展党员工作细则》第三十二条、第三十三条：需要继续考察和教育的可以延长预备期一次；哪种意见超过半数，即"
    "为决议";

const std::vector<FormKind> kForms = {FormKind::attendance, FormKind::papers, FormKind::tally_sheet, FormKind::invalid,
                                      FormKind::decision};

Contest decision(const char* id, tally::Text title) {
  Contest c = a_contest(id, std::move(title), Kind::decision, 1);
  c.answers = decision_answers();
  return c;
}

tally::Scheme meeting(const char* chamber, tally::Text title) {
  tally::Scheme s;
  add_chamber(s, chamber, std::move(title), {"主会场票箱", "main box"});
  s.forms = kForms;
  return s;
}

Profile admission() {
  Profile p{
      "admission",
      {"发展党员票决（接收预备党员）", "vote on admission of a member"},
      {"每名申请人一轮、一张票。到会和赞成都须超过应到会有表决权正式党员的半数；会前书面意见计入票数，随到会情况填写。",
       "One applicant a sheet, one after the other. More than half of the expected voting members present, and "
       "more than half of them in favour; written opinions sent before count as votes and come with the "
       "attendance."},
      false,
      true,
      1,
      meeting("members", {"有表决权的正式党员", "members with the vote"})};
  Contest c = decision("admission", {"接收为预备党员", "admission as probationary member"});
  c.articles = {kMeeting, kMajority, kWritten, kOneByOne};
  add_stage(p.scheme, "admission", {"发展党员票决", "vote on admission"}, "members", kHalfOfExpected, {c});
  p.scheme.forms.push_back(FormKind::notice);
  return p;
}

Profile full_member() {
  Profile p{"full-member",
            {"预备党员转正票决", "vote on full membership"},
            {"同发展党员票决，另有“延长预备期”一项，哪种意见超过应到会半数即为决议；逐名表决。",
             "As for admission, with the further answer to extend the probation; the answer that more than half of the "
             "expected give is the resolution. One after the other."},
            false,
            true,
            1,
            meeting("members", {"有表决权的正式党员", "members with the vote"})};
  Contest c = decision("full-member", {"预备党员转正", "full membership"});
  c.answers.approve.label = {"同意转正", "agree"};
  c.answers.oppose.label = {"不同意转正", "do not agree"};
  c.answers.postpone = tally::Answer{{"延长预备期", "extend the probation"}, "△"};
  c.each_answer = true;
  c.articles = {kFullMember, kExtension, kMajority, kWritten, kOneByOne};
  add_stage(p.scheme, "full-member", {"转正票决", "vote on full membership"}, "members", kHalfOfExpected, {c});
  return p;
}

Profile committee_decision() {
  Profile p{
      "committee-decision",
      {"委员会票决（含“缓议”）", "decision of a committee, with \"postpone\""},
      {"委员会对任免等事项逐项票决：到会不少于三分之二，同意超过应到会委员半数通过；答案为同意、不同意、缓议。",
       "A committee votes on appointments one by one: at least two thirds present, more than half of the expected "
       "members in favour; the answers are agree, do not agree, postpone."},
      false,
      true,
      1,
      meeting("committee", {"委员会委员", "members of the committee"})};
  Contest c = decision("decision", {"任免事项", "appointment"});
  c.answers.postpone = tally::Answer{{"缓议", "postpone"}, "△"};
  c.each_answer = true;
  c.articles = {
      "《党政领导干部选拔任用工作条例》：讨论干部任免，须有三分之二以上成员到会，应到会成员超过半数同意才能通过"};
  add_stage(p.scheme, "decision", {"票决", "decision"}, "committee",
            {2, 3, tally::Comparison::at_least, tally::Base::expected}, {c});
  p.scheme.stages[0].min_ballots = 3;
  return p;
}

Profile motion() {
  Profile p{"motion",
            {"议案、决议表决", "motions, yes or no"},
            {"党员大会对议案、报告、重大事项逐项表决：到会超过半数，赞成超过应到会半数通过；每项议案写作一个候选项。",
             "A members' meeting votes on motions, reports, grants: more than half present, more than half of those "
             "expected in favour; each motion is given like a candidate."},
            false,
            true,
            1,
            meeting("members", {"党员", "members"})};
  Contest c = decision("motion", {"议案", "motion"});
  c.order = tally::NameOrder::manual;
  c.order_reason = "按议程顺序";
  c.answers.approve.label = {"赞成", "in favour"};
  c.answers.oppose.label = {"反对", "against"};
  c.articles = {"党组织讨论决定问题：少数服从多数，到会和赞成均须超过应到会的半数；人数接近的应当暂缓作出决定"};
  add_stage(p.scheme, "motion", {"表决议案", "vote on a motion"}, "members", kHalfOfExpected, {c});
  return p;
}

}  // namespace

std::vector<Profile> decision_profiles() { return {admission(), full_member(), committee_decision(), motion()}; }

}  // namespace tuixuan::profiles

// Elections by the regulation of 2020 on elections in grassroots organisations (中国共产党基层组织选举工作条例) and the
// provisional one of 1990 before it.
#include "tally/count/outcome.h"
#include "tally/profiles/build.h"

namespace tuixuan::profiles {
namespace {

using tally::Base;
using tally::Comparison;
using tally::Contest;
using tally::FormKind;
using tally::Kind;

constexpr const char* kRightToElect = "《中国共产党章程》第十一条：选举人有不选任何一个候选人和另选他人的权利";
constexpr const char* kDifferential2020 = "2020 年条例第十三条：委员候选人的差额不少于应选人数的 20%";
constexpr const char* kDelegates2020 = "2020 年条例第九条：代表候选人的差额不少于应选人数的 20%";
constexpr const char* kQuorum2020 = "2020 年条例：有选举权的到会人数不少于应到会人数的五分之四，会议有效";
constexpr const char* kOrder2020 =
    "2020 年条例第二十四条：候选人以姓氏笔画为序；书记、副书记按上级批准的顺序；不得委托他人投票";
constexpr const char* kWriteIn2020 = "2020 年条例第二十五条：不赞成的可以另选他人";
constexpr const char* kMajority2020 =
    "2020 年条例：赞成票超过半数的当选；计算基数按应到会人数，凡按实到会人数结果不同的，须先由会议确认";

const std::vector<FormKind> kElectionForms = {FormKind::attendance,    FormKind::papers,  FormKind::tally_sheet,
                                              FormKind::tally_summary, FormKind::invalid, FormKind::report,
                                              FormKind::elected,       FormKind::notice};

Contest seats_contest(const char* id, tally::Text title, Kind kind, std::uint32_t seats) {
  Contest c = a_contest(id, std::move(title), kind, seats);
  c.min_extra = static_cast<std::uint32_t>(tally::least_extra(seats));
  c.alternative = Base::present;
  write_under_opposed(c);
  c.articles = {kRightToElect, kDifferential2020, kQuorum2020, kOrder2020, kWriteIn2020, kMajority2020};
  return c;
}

tally::Scheme members_meeting(const char* chamber, tally::Text electors) {
  tally::Scheme s;
  add_chamber(s, chamber, std::move(electors), {"主会场票箱", "main box"});
  s.forms = kElectionForms;
  return s;
}

Profile party_2020() {
  Profile p{
      "party-2020",
      {"支部委员会选举（2020 年条例）", "election of a branch committee, 2020 regulation"},
      {"党员大会差额选举委员会委员：到会不少于五分之四，过半数当选，差额不少于 20%，另选他人写在不赞成的候选人下。"
       "过半数按应到会人数计算；按实到会人数结果不同的，停下来由会议确认。",
       "A members' meeting elects its committee: at least four fifths present, more than half to be elected, at "
       "least 20 % more candidates than seats, write-ins under an opposed candidate. The majority is of those "
       "expected; where it would differ by those present, the count stops until the rule is confirmed."},
      false,
      false,
      0,
      members_meeting("members", {"党员", "members"})};
  add_stage(p.scheme, "committee", {"选举委员会委员", "election of the committee"}, "members", kFourFifths,
            {seats_contest("committee", {"支部委员会委员", "branch committee"}, Kind::election, 5)});
  return p;
}

Profile party_1990() {
  Profile p{"party-1990",
            {"支部委员会选举（1990 年暂行条例）", "election of a branch committee, 1990 rules"},
            {"到会超过五分之四，赞成票超过实到会有选举权人数的半数当选，差额 20%。1990 年暂行条例已由 2020 年条例代替，"
             "所以按应到会人数结果不同的也会停下来由会议确认。",
             "More than four fifths present; more than half of the voting members present are elected; 20 % more "
             "candidates. The 2020 regulation has replaced these rules, so a fate that differs by those expected also "
             "stops the count until the rule is confirmed."},
            false,
            false,
            0,
            members_meeting("members", {"党员", "members"})};
  Contest c = seats_contest("committee", {"支部委员会委员", "branch committee"}, Kind::election, 5);
  c.majority = {1, 2, Comparison::more_than, Base::present};
  c.alternative = Base::expected;
  c.articles = {kRightToElect, "1990 年暂行条例第十二条：委员候选人的差额为应选人数的 20%",
                "1990 年暂行条例：到会有选举权的人数超过应到会人数的五分之四，会议有效",
                "1990 年暂行条例：赞成票超过实到会有选举权人数的半数，始得当选",
                "1990 年暂行条例：收回的选票等于或少于投票人数，选举有效；多于投票人数，选举无效，重新选举"};
  add_stage(p.scheme, "committee", {"选举委员会委员", "election of the committee"}, "members",
            {4, 5, Comparison::more_than, Base::expected}, {c});
  return p;
}

Profile pre_election() {
  Profile p{"pre-election",
            {"差额预选", "contested pre-election"},
            {"从较多的人选中预选正式候选人：超过应到会人数半数的，按得票多少列为正式候选人。"
             "名额写正式候选人的人数；结果报主席团（或上届委员会），不在会场宣布当选。",
             "Chooses the formal candidates from a longer list: more than half of those expected, in order of votes. "
             "The seats are the places on the list; the result goes to the presidium or the outgoing committee."},
            false,
            false,
            0,
            members_meeting("members", {"党员", "members"})};
  Contest c = seats_contest("nominees", {"委员候选人预选", "candidates for the committee"}, Kind::preelection, 5);
  c.articles = {"《中国共产党章程》第十一条：可以先采用差额选举办法进行预选，产生候选人名单，然后进行正式选举",
                kDifferential2020, kOrder2020, kWriteIn2020,
                "预选：赞成票超过应到会人数半数的，按得票多少确定为正式候选人"};
  p.scheme.forms = {FormKind::attendance,    FormKind::papers,  FormKind::tally_sheet,
                    FormKind::tally_summary, FormKind::invalid, FormKind::report};
  add_stage(p.scheme, "pre-election", {"差额预选", "pre-election"}, "members", kFourFifths, {c});
  return p;
}

Profile congress() {
  Profile p{
      "congress",
      {"党员代表大会选举两委", "congress of delegates elects its committees"},
      {"代表大会差额选举党的委员会委员和纪律检查委员会委员，两张选票一次投完；规则同 party-2020，选举人是代表。",
       "A congress of delegates elects the Party committee and the discipline commission in one voting; the rules "
       "of party-2020, the electors are the delegates."},
      false,
      false,
      0,
      members_meeting("delegates", {"党员代表", "delegates"})};
  add_stage(p.scheme, "committees", {"选举两委委员", "election of both committees"}, "delegates", kFourFifths,
            {seats_contest("committee", {"党的委员会委员", "Party committee"}, Kind::election, 7),
             seats_contest("discipline", {"纪律检查委员会委员", "discipline commission"}, Kind::election, 5)});
  return p;
}

Profile delegates() {
  Profile p{"delegates",
            {"选举出席上级党代会的代表", "election of delegates to a congress"},
            {"党员大会差额选举代表；规则同 party-2020，差额按第九条。",
             "A members' meeting elects delegates; the rules of party-2020, the differential by article 9."},
            false,
            false,
            0,
            members_meeting("members", {"党员", "members"})};
  Contest c = seats_contest("delegates", {"党代表大会代表", "delegates to the congress"}, Kind::election, 3);
  c.articles[1] = kDelegates2020;
  add_stage(p.scheme, "delegates", {"选举代表", "election of delegates"}, "members", kFourFifths, {c});
  return p;
}

Contest office(const char* id, tally::Text title) {
  Contest c = a_contest(id, std::move(title), Kind::election, 1);
  c.order = tally::NameOrder::approved;
  c.alternative = Base::present;
  write_under_opposed(c);
  for (int i = 1; i <= 5; ++i) c.write_ins.eligible.push_back({"（待填：委员 " + std::to_string(i) + "）", ""});
  c.shortage = tally::ShortageRule::renominate;
  c.articles = {kRightToElect, kOrder2020, "书记、副书记在新选出的委员会委员中产生，另选他人也须是本委员会委员",
                "全体会议进行选举时，到会须超过应到会委员的三分之二（有的地方为五分之四，请按选举办法修改）",
                "书记、副书记选出后报上级党组织批准"};
  return c;
}

Profile first_meeting() {
  Profile p{
      "first-meeting",
      {"委员会第一次全体会议选举书记、副书记", "first full meeting of a committee: secretary and deputy"},
      {"等额，按上级批准的顺序排列；另选他人只能是本委员会委员（用 --eligible 逐名写入）。到会超过三分之二；"
       "有的地方要求五分之四，请改 quorum。一人不能兼任书记和副书记。结果写明“当选，待批准”。",
       "One candidate an office, in the approved order; only members of the committee can be written in "
       "(--eligible, once for each). More than two thirds present; some places ask for four fifths: quorum. Nobody is "
       "both secretary and deputy. "
       "Those elected await approval."},
      false,
      false,
      0,
      members_meeting("committee", {"委员会委员", "members of the committee"})};
  add_stage(p.scheme, "offices", {"选举书记、副书记", "election of secretary and deputy"}, "committee",
            kTwoThirdsPresent,
            {office("secretary", {"书记", "secretary"}), office("deputy", {"副书记", "deputy secretary"})});
  p.scheme.contests.front().excludes = {ContestId{"deputy"}};
  p.scheme.stages[0].min_ballots = 3;
  return p;
}

Profile direct() {
  Profile p{"direct",
            {"公推直选：党员大会直接选举书记和委员", "direct election of secretary and committee"},
            {"党员大会在一次投票中差额直选书记和委员，两张票分别计票。书记须同时当选委员，候选人也应列入委员候选人。书"
             "记按上级批准的顺序排列。",
             "A members' meeting directly elects the secretary and the committee, both contested, in one voting. The "
             "secretary is one of the committee, so the candidates stand for both. They stand in the approved order."},
            false,
            false,
            0,
            members_meeting("members", {"党员", "members"})};
  Contest secretary = seats_contest("secretary", {"支部书记", "branch secretary"}, Kind::election, 1);
  secretary.order = tally::NameOrder::approved;
  secretary.articles.push_back("书记选出后报上级党组织批准");
  secretary.within = ContestId{"committee"};
  secretary.shortage = tally::ShortageRule::renominate;
  secretary.articles.push_back("书记须同时当选委员：职数以委员会的名额为限");
  add_stage(p.scheme, "direct", {"直接选举", "direct election"}, "members", kFourFifths,
            {secretary, seats_contest("committee", {"支部委员会委员", "branch committee"}, Kind::election, 5)});
  return p;
}

// Fewer than seven full members: no committee, a secretary and if need be a deputy (支部工作条例).
Profile small_branch() {
  Profile p{"small-branch",
            {"不设委员会的支部选举书记", "secretary of a branch without a committee"},
            {"正式党员不足 7 "
             "人、不设支部委员会的，由党员大会选举书记；可以等额，按上级批准的顺序排列。结果写明“当选，待批准”。",
             "A branch of fewer than seven full members has no committee; its meeting elects the secretary, as many "
             "candidates as seats if need be, in the approved order. Whoever is elected awaits approval."},
            false,
            false,
            1,
            members_meeting("members", {"党员", "members"})};
  Contest c = seats_contest("secretary", {"支部书记", "branch secretary"}, Kind::election, 1);
  c.order = tally::NameOrder::approved;
  c.min_extra = 0;
  c.shortage = tally::ShortageRule::renominate;
  std::erase(c.articles, kDifferential2020);
  c.articles.emplace_back(
      "《中国共产党支部工作条例（试行）》：正式党员不足 7 人的党支部，设 1 名书记，必要时可以设 1 名副书记");
  add_stage(p.scheme, "secretary", {"选举支部书记", "election of the secretary"}, "members", kFourFifths, {c});
  p.scheme.stages[0].min_ballots = 3;
  return p;
}

// 常务委员会: by the committee's full meeting, contested.
Profile standing_committee() {
  Profile p{
      "standing-committee",
      {"委员会全体会议选举常务委员会委员", "a full meeting elects the standing committee"},
      {"在委员中差额选举常委会委员；另选他人只能是本委员会委员（用 --eligible "
       "逐名写入）。到会超过三分之二。结果报上级批准。",
       "The full meeting elects the standing committee among its members, contested; only members can be written in "
       "(--eligible, once for each). More than two thirds present; those elected await approval."},
      false,
      false,
      0,
      members_meeting("committee", {"委员会委员", "members of the committee"})};
  Contest c = seats_contest("standing", {"常务委员会委员", "standing committee"}, Kind::election, 5);
  for (int i = 1; i <= 7; ++i) c.write_ins.eligible.push_back({"（待填：委员 " + std::to_string(i) + "）", ""});
  c.articles = {kRightToElect, kOrder2020, "常务委员会委员在委员会委员中差额选举产生，另选他人也须是本委员会委员",
                "全体会议进行选举时，到会须超过应到会委员的三分之二（有的地方为五分之四，请按选举办法修改）"};
  add_stage(p.scheme, "standing", {"选举常务委员会", "election of the standing committee"}, "committee",
            kTwoThirdsPresent, {c});
  return p;
}

}  // namespace

std::vector<Profile> party_profiles() {
  return {party_2020(),    party_1990(), pre_election(), congress(),          delegates(),
          first_meeting(), direct(),     small_branch(), standing_committee()};
}

}  // namespace tuixuan::profiles

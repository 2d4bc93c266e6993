// Recommendations: by one chamber, by two with each rule of combination in use (C1 to C7), and commendation lists.
#include "tally/profiles/build.h"

namespace tuixuan::profiles {
namespace {

using tally::Base;
using tally::CombinationRule;
using tally::Comparison;
using tally::Contest;
using tally::FormKind;
using tally::Kind;
using tally::Threshold;

constexpr Threshold kHalfOfReturned{1, 2, Comparison::more_than, Base::returned};
constexpr const char* kApart = "党员推荐和群众推荐分别开会、分别计票，当场公布，按得票多少排序";
constexpr const char* kAttendance = "到会须超过应到会人数的三分之二（有的地方写作不少于，请按推荐办法修改）";
constexpr const char* kLimit = "推荐人数不得多于规定人数，多于的为无效票";
constexpr const char* kThen = "推荐结果不是候选人名单：由上级党组织考察、公示并作出决定";

const std::vector<FormKind> kForms = {FormKind::attendance,    FormKind::papers,  FormKind::tally_sheet,
                                      FormKind::tally_summary, FormKind::invalid, FormKind::recommendation,
                                      FormKind::notice};

Contest recommended(const char* id, tally::Text title, const Threshold& majority) {
  Contest c = a_contest(id, std::move(title), Kind::recommendation, 3);
  c.majority = majority;
  c.answers.approve.label = {"推荐", "recommend"};
  c.answers.oppose.label = {"不推荐", "do not recommend"};
  write_on_lines(c, 2);
  c.write_ins.unmarked = tally::Unmarked::counted;  // a name written on a recommendation is one
  c.articles = {kApart, kAttendance, kLimit, kThen};
  return c;
}

void members_stage(tally::Scheme& s, const Threshold& majority) {
  add_chamber(s, "members", {"党员", "members"}, {"党员票箱", "members' box"});
  add_stage(s, "by-members", {"党员推荐", "recommendation by members"}, "members", kTwoThirdsPresent,
            {recommended("by-members", {"党员推荐", "recommended by members"}, majority)});
}

void masses_stage(tally::Scheme& s, const Threshold& majority) {
  add_chamber(s, "masses", {"群众代表", "representatives of the masses"}, {"群众票箱", "masses' box"});
  add_stage(s, "by-masses", {"群众推荐", "recommendation by the masses"}, "masses", kTwoThirdsPresent,
            {recommended("by-masses", {"群众推荐", "recommended by the masses"}, majority)});
}

Profile one_chamber(bool members) {
  Profile p{
      members ? "recommend-members" : "recommend-masses",
      members ? tally::Text{"党员推荐", "recommendation by members"}
              : tally::Text{"群众推荐", "recommendation by the masses"},
      {"一类人推荐：到会超过三分之二，每票推荐人数有上限；得票超过收回票半数的标明“过半数”，按得票排序，由上级决定。",
       "One chamber recommends: more than two thirds present, a limit of names a form; who is over half of the "
       "forms returned is marked so, all are ranked, the superior body decides."},
      false,
      false,
      5,
      {}};
  members ? members_stage(p.scheme, kHalfOfReturned) : masses_stage(p.scheme, kHalfOfReturned);
  p.scheme.forms = kForms;
  return p;
}

struct TwoStages {
  const char* name;
  CombinationRule rule;
  tally::Text title;
  tally::Text about;
  std::uint32_t members_weight, masses_weight, superior_weight;
  std::uint32_t members_top, masses_top;
  bool masses_first;
  std::uint32_t keep;
};

const TwoStages kTwo[] = {
    {"two-c1",
     CombinationRule::all_over,
     {"两推：两边都过半数", "two recommendations: over half in both"},
     {"C1：党员推荐和群众推荐都超过各自收回票半数的才推荐。", "C1: proposed is who is over half in both chambers."},
     0,
     0,
     0,
     0,
     0,
     false,
     0},
    {"two-c2",
     CombinationRule::weighted_votes,
     {"两推：票数加权", "two recommendations: weighted votes"},
     {"C2：党员票数×60%＋群众票数×40%。两边人数相差大时，与 C3 的排序不同，请先定好。",
      "C2: members' votes × 60 % + masses' votes × 40 %. With chambers of different size it ranks otherwise than C3."},
     60,
     40,
     0,
     0,
     0,
     false,
     3},
    {"two-c3",
     CombinationRule::weighted_rates,
     {"两推：得票率加权", "two recommendations: weighted rates"},
     {"C3：党员得票率×60%＋群众得票率×40%。", "C3: members' rate × 60 % + masses' rate × 40 %."},
     60,
     40,
     0,
     0,
     0,
     false,
     3},
    {"two-c4",
     CombinationRule::gate,
     {"两推：群众信任票先行", "two recommendations: the masses' gate first"},
     {"C4：群众推荐过半数的进入第二步，按党员推荐票数排序。",
      "C4: who is over half with the masses passes, and is ranked by the members' votes."},
     0,
     0,
     0,
     0,
     0,
     true,
     3},
    {"two-c5-union",
     CombinationRule::top_union,
     {"两推：任一边的前几名", "two recommendations: first places of either"},
     {"C5：党员推荐前三名和群众推荐前三名合在一起。", "C5: the first three of the members and of the masses together."},
     0,
     0,
     0,
     3,
     3,
     false,
     0},
    {"two-c5-common",
     CombinationRule::top_common,
     {"两推：两边都在前几名", "two recommendations: first places of both"},
     {"C5：党员推荐和群众推荐都在前三名的。", "C5: who is among the first three of both."},
     0,
     0,
     0,
     3,
     3,
     false,
     0},
    {"two-c6",
     CombinationRule::weighted_rates,
     {"两推一荐：加上级推荐加权", "two recommendations and the superior's"},
     {"C6：党员得票率×40%＋群众得票率×30%＋上级党组织推荐×30%；上级的评分作为记录在案的决定输入，不是选票。",
      "C6: members' rate × 40 % + masses' rate × 30 % + the superior body's × 30 %, which is entered as a recorded "
      "decision, not as ballots."},
     40,
     30,
     30,
     0,
     0,
     false,
     3},
    {"two-c7",
     CombinationRule::staged,
     {"两推：逐轮淘汰", "two recommendations: staged elimination"},
     {"C7：群众推荐留前五名，再在其中按党员推荐留前三名；每轮单独报告。",
      "C7: the first five of the masses stay, of them the first three of the members; each round is reported."},
     0,
     0,
     0,
     3,
     5,
     true,
     3}};

Profile two_chambers(const TwoStages& t) {
  Profile p{t.name, t.title, t.about, true, false, 6, {}};
  const bool halves = t.rule == CombinationRule::all_over;
  const Threshold members = halves ? kHalfOfReturned : kRankedOnly;
  const Threshold masses = halves || t.rule == CombinationRule::gate ? kHalfOfReturned : kRankedOnly;
  const tally::Source by_members{ContestId{"by-members"}, t.members_weight, t.members_top};
  const tally::Source by_masses{ContestId{"by-masses"}, t.masses_weight, t.masses_top};
  tally::Combination c{tally::CombinationId{"two"}, t.title, t.rule, {}, t.superior_weight, 0, t.keep};
  if (t.masses_first) {
    masses_stage(p.scheme, masses);
    members_stage(p.scheme, members);
    c.sources = {by_masses, by_members};
  } else {
    members_stage(p.scheme, members);
    masses_stage(p.scheme, masses);
    c.sources = {by_members, by_masses};
  }
  for (tally::Contest& contest : p.scheme.contests) contest.articles.push_back(t.about.zh);
  p.scheme.combinations = {c};
  p.scheme.forms = kForms;
  return p;
}

// 海推: nobody is printed, whom a voter writes is recommended.
Profile open_recommendation() {
  Profile p{
      "open-recommendation",
      {"海推：不印人选，由推荐人填写", "open recommendation: voters write all names"},
      {"票上不印姓名，推荐人在空白栏写上姓名即为推荐，不必画符号；名额即每票至多推荐的人数。同一人的不同写法由两人认定"
       "后合并"
       "（--spellings）。得票超过收回票半数的标明，按得票排序，由上级决定。",
       "Nobody is printed; whom a voter writes is recommended, no sign is needed. The seats are the names on one form. "
       "Spellings of one person are merged as two people decide (--spellings). Who is over half of the forms "
       "returned is marked so, all are ranked, the superior body decides."},
      false,
      false,
      0,
      {},
      true};
  members_stage(p.scheme, kHalfOfReturned);
  Contest& c = p.scheme.contests.front();
  c.id = ContestId{"open"};
  c.title = {"民主推荐", "open recommendation"};
  p.scheme.stages.front().id = StageId{"open"};
  p.scheme.stages.front().title = c.title;
  p.scheme.stages.front().contests = {c.id};
  write_on_lines(c, c.seats);
  c.write_ins.unmarked = tally::Unmarked::counted;
  c.articles = {kAttendance, kLimit, "不提人选名单，由参加推荐的人填写姓名，所写姓名即为推荐", kThen};
  p.scheme.forms = kForms;
  return p;
}

// 两推一公示: who applied for membership is recommended by the members and by the masses.
Profile activists() {
  Profile p{"activists",
            {"入党积极分子推荐", "recommendation of applicants for membership"},
            {"党员推荐入党积极分子：得票超过到会党员半数的，由支部委员会研究决定，报上级党委备案；按细则第八条。",
             "Members recommend who among the applicants becomes an activist: who is over half of those present; the "
             "committee decides and the superior body files it."},
            false,
            false,
            4,
            {}};
  members_stage(p.scheme, {1, 2, Comparison::more_than, Base::present});
  Contest& c = p.scheme.contests.front();
  c.write_ins = {};
  c.seats = c.max_choices = 4;
  c.articles = {
      "《中国共产党发展党员工作细则》第八条：在入党申请人中确定入党积极分子，采取党员推荐、群团组织推优等方式，"
      "由支部委员会（支部大会）研究决定，报上级党委备案",
      kLimit};
  p.scheme.forms = kForms;
  return p;
}

Profile commendation() {
  Profile p{"commendation",
            {"表彰推荐（先进党员等）", "commendation list"},
            {"每票至多推选规定人数，按得票多少排序，不设过半数；名额写表彰人数。",
             "At most so many names a form, ranked by votes, no half rule; the seats are the number commended."},
            false,
            false,
            8,
            {}};
  Contest c = recommended("commended", {"拟表彰名单", "those to be commended"}, kRankedOnly);
  c.seats = c.max_choices = 5;
  c.write_ins = {};
  c.articles = {"党内表彰：按得票多少排序，不设过半数；由党组织研究决定并公示"};
  add_chamber(p.scheme, "members", {"党员", "members"}, {"主会场票箱", "main box"});
  add_stage(p.scheme, "commendation", {"表彰推荐", "commendation"}, "members", kHalfOfExpected, {c});
  p.scheme.forms = kForms;
  return p;
}

}  // namespace

std::vector<Profile> recommendation_profiles() {
  std::vector<Profile> out{one_chamber(true), one_chamber(false)};
  for (const TwoStages& t : kTwo) out.push_back(two_chambers(t));
  out.push_back(open_recommendation());
  out.push_back(activists());
  out.push_back(commendation());
  return out;
}

}  // namespace tuixuan::profiles

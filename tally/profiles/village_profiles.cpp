// Elections of the village committee (村民委员会) by its law: both halves, cascading votes, a new round by one third.
#include "tally/profiles/build.h"

namespace tuixuan::profiles {
namespace {

using tally::Base;
using tally::Comparison;
using tally::Contest;
using tally::FormKind;

Contest office(const char* id, tally::Text title, std::uint32_t seats) {
  Contest c = a_contest(id, std::move(title), tally::Kind::election, seats);
  c.min_extra = 1;
  write_on_lines(c, seats);
  c.majority = {1, 2, Comparison::more_than, Base::voters};
  c.turnout = tally::Threshold{1, 2, Comparison::more_than, Base::registered};
  c.new_round = tally::Threshold{1, 3, Comparison::at_least, Base::returned};
  c.articles = {"《村民委员会组织法》第十五条：登记参加选举的村民过半数投票，选举有效",
                "《村民委员会组织法》第十五条：候选人获得参加投票的村民过半数的选票，始得当选",
                "《村民委员会组织法》第十五条：另行选举的，得票多的当选，但得票数不得少于所投票数的三分之一"};
  return c;
}

Profile village_committee() {
  Profile p{"village-committee",
            {"村民委员会选举", "election of a village committee"},
            {"主任、副主任、委员一张票；登记参加选举的村民过半数投票有效，过半数当选（双过半）；不足的另行选举，得票不"
             "少于所投票数的三分之一。"
             "高职务的得票向下累计，只能用于录入的纸质选票；当地不累计的，把 cascade "
             "改为空。每人至多接受的委托数按各省规定改 proxies，"
             "不许委托的删去。",
             "Chair, deputy and members on one sheet; more than half of the registered vote, more than half of the "
             "voters elect; a new round needs one third of the votes cast. Votes for a higher office count for the "
             "lower ones "
             "too, for paper ballots only; where that is not the custom, empty cascade. How many proxies one person "
             "may carry "
             "is set by provinces: proxies; where none may be, leave it out."},
            false,
            false,
            0,
            {}};
  add_chamber(p.scheme, "villagers", {"登记参加选举的村民", "registered villagers"}, {"中心会场票箱", "main box"});
  Contest chair = office("chair", {"村委会主任", "chair"}, 1);
  chair.cascade = {ContestId{"deputy"}, ContestId{"member"}};
  chair.articles.push_back("得票下加：选为主任的得票计入其副主任、委员的得票（按当地选举办法）");
  Contest deputy = office("deputy", {"村委会副主任", "deputy chair"}, 1);
  deputy.cascade = {ContestId{"member"}};
  add_stage(p.scheme, "village", {"选举村民委员会", "election of the village committee"}, "villagers",
            {1, 2, Comparison::more_than, Base::registered},
            {chair, deputy, office("member", {"村委会委员", "members"}, 3)});
  p.scheme.stages.front().proxies = 3;
  for (Contest& c : p.scheme.contests)
    c.articles.push_back("《村民委员会组织法》第十五条：外出村民可以书面委托本村近亲属代为投票，委托名单须公布");
  p.scheme.forms = {FormKind::attendance, FormKind::papers, FormKind::tally_sheet, FormKind::tally_summary,
                    FormKind::invalid,    FormKind::report, FormKind::elected,     FormKind::notice};
  return p;
}

// 罢免: a fifth of the voters ask for it; it needs both halves (art. 16).
Profile recall() {
  Profile p{
      "recall",
      {"罢免村民委员会成员", "recall of a member of the village committee"},
      {"登记参加选举的村民过半数投票有效，须经投票的村民过半数通过；每名被罢免人一项，写作候选人。",
       "More than half of the registered vote, more than half of those who vote are in favour; each person is a matter "
       "of its own, given like a candidate."},
      false,
      true,
      1,
      {}};
  add_chamber(p.scheme, "villagers", {"登记参加选举的村民", "registered villagers"}, {"中心会场票箱", "main box"});
  Contest c = a_contest("recall", {"罢免村民委员会成员", "recall"}, tally::Kind::decision, 1);
  c.answers.approve.label = {"同意罢免", "recall"};
  c.answers.oppose.label = {"不同意罢免", "do not recall"};
  c.majority = {1, 2, Comparison::more_than, Base::voters};
  c.turnout = tally::Threshold{1, 2, Comparison::more_than, Base::registered};
  c.articles = {"《村民委员会组织法》第十六条：罢免须有登记参加选举的村民过半数投票，并须经投票的村民过半数通过"};
  add_stage(p.scheme, "recall", {"罢免投票", "vote on a recall"}, "villagers",
            {1, 2, Comparison::more_than, Base::registered}, {c});
  p.scheme.forms = {FormKind::attendance, FormKind::papers, FormKind::tally_sheet, FormKind::invalid,
                    FormKind::decision};
  return p;
}

// 村民会议, 村民代表会议: the majority is of those who came (arts 22, 26).
Profile assembly(bool representatives) {
  Profile p{
      representatives ? "village-representatives" : "village-assembly",
      representatives ? tally::Text{"村民代表会议表决", "meeting of village representatives"}
                      : tally::Text{"村民会议表决", "village assembly"},
      representatives
          ? tally::Text{"三分之二以上的组成人员参加方可召开，经到会人员过半数同意通过；每项事项写作一个候选项。",
                        "At least two thirds of the members come, more than half of those present are in favour; each "
                        "matter is given like a candidate."}
          : tally::Text{"村民过半数或户代表三分之二以上参加，经到会人员过半数通过；每项事项写作一个候选项。",
                        "More than half of the villagers come, more than half of those present are in favour; each "
                        "matter is given like a candidate."},
      false,
      true,
      1,
      {}};
  add_chamber(p.scheme, representatives ? "representatives" : "villagers",
              representatives ? tally::Text{"村民代表", "representatives"} : tally::Text{"村民", "villagers"},
              {"会场票箱", "main box"});
  Contest c = a_contest("matter", {"表决事项", "matter"}, tally::Kind::decision, 1);
  c.order = tally::NameOrder::manual;
  c.order_reason = "按议程顺序";
  c.answers = decision_answers();
  c.majority = {1, 2, Comparison::more_than, Base::present};
  c.articles = {representatives ? "《村民委员会组织法》第二十六条：村民代表会议有三分之二以上的组成人员参加方可召开，所"
                                  "作决定应当经到会人员的过半数同意"
                                : "《村民委员会组织法》第二十二条：村民会议应当有本村十八周岁以上村民的过半数参加，所作"
                                  "决定应当经到会人员的过半数通过"};
  add_stage(p.scheme, "matter", {"表决", "vote"}, representatives ? "representatives" : "villagers",
            representatives ? tally::Threshold{2, 3, Comparison::at_least, Base::expected}
                            : tally::Threshold{1, 2, Comparison::more_than, Base::expected},
            {c});
  p.scheme.forms = {FormKind::attendance, FormKind::papers, FormKind::tally_sheet, FormKind::invalid,
                    FormKind::decision};
  return p;
}

}  // namespace

std::vector<Profile> village_profiles() { return {village_committee(), recall(), assembly(false), assembly(true)}; }

}  // namespace tuixuan::profiles

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
  c.new_round = tally::Threshold{1, 3, Comparison::at_least, Base::voters};
  c.articles = {"《村民委员会组织法》第十五条：登记参加选举的村民过半数投票，选举有效",
                "《村民委员会组织法》第十五条：候选人获得参加投票的村民过半数的选票，始得当选",
                "《村民委员会组织法》第十五条：另行选举的，得票多的当选，但得票数不得少于所投票数的三分之一"};
  return c;
}

Profile village_committee() {
  Profile p{
      "village-committee",
      {"村民委员会选举", "election of a village committee"},
      {"主任、副主任、委员一张票；登记选民过半数投票有效，过半数当选（双过半）；不足的另行选举，得票不少于三分之一。"
       "高职务的得票向下累计，只能用于录入的纸质选票；当地不累计的，把 cascade 改为空。",
       "Chair, deputy and members on one sheet; more than half of the registered vote, more than half of the "
       "voters elect; a new round needs one third. Votes for a higher office count for the lower ones too, for "
       "paper ballots only; where that is not the custom, empty cascade."},
      false,
      false,
      0,
      {}};
  add_chamber(p.scheme, "villagers", {"登记选民", "registered villagers"}, {"中心会场票箱", "main box"});
  Contest chair = office("chair", {"村委会主任", "chair"}, 1);
  chair.cascade = {ContestId{"deputy"}, ContestId{"member"}};
  chair.articles.push_back("得票下加：选为主任的得票计入其副主任、委员的得票（按当地选举办法）");
  Contest deputy = office("deputy", {"村委会副主任", "deputy chair"}, 1);
  deputy.cascade = {ContestId{"member"}};
  add_stage(p.scheme, "village", {"选举村民委员会", "election of the village committee"}, "villagers",
            {1, 2, Comparison::more_than, Base::registered},
            {chair, deputy, office("member", {"村委会委员", "members"}, 3)});
  p.scheme.forms = {FormKind::attendance, FormKind::papers, FormKind::tally_sheet, FormKind::tally_summary,
                    FormKind::invalid,    FormKind::report, FormKind::elected,     FormKind::notice};
  return p;
}

}  // namespace

std::vector<Profile> village_profiles() { return {village_committee()}; }

}  // namespace tuixuan::profiles

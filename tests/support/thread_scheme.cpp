#include "tests/support/thread_scheme.h"

#include "tests/support/congress_kit.h"
#include "tests/support/kit_scheme.h"

namespace tuixuan::kit {

using tally::Comparison;
using tally::Kind;

static tally::Contest recommend(const ContestId& id, tally::Text title) {
  tally::Contest c;
  c.id = id;
  c.kind = Kind::recommendation;
  c.title = std::move(title);
  c.seats = 3;
  c.max_choices = 5;
  c.majority = {1, 2, Comparison::more_than, tally::Base::voters};
  for (const char* name : {"丁文华", "王建国", "李秀英", "张志强", "陈玉兰", "赵海涛"})
    c.candidates.push_back({name, ""});
  return c;
}

static tally::Contest office(const ContestId& id, tally::Text title, std::uint32_t seats,
                             tally::CandidateSource source) {
  tally::Contest c;
  c.id = id;
  c.title = std::move(title);
  c.seats = seats;
  c.max_choices = seats;
  c.min_extra = 1;
  c.source = std::move(source);
  c.approval = true;
  c.majority = {1, 2, Comparison::more_than, tally::Base::present};
  return c;
}

static tally::Stage stage(const StageId& id, Kind kind, const char* zh, std::uint8_t round, const char* box,
                          const ContestId& contest) {
  tally::Stage s;
  s.id = id;
  s.kind = kind;
  s.title = {zh, id.name};
  s.round = round;
  s.boxes = {BoxId{box}};
  s.contests = {contest};
  s.min_ballots = 3;
  return s;
}

tally::Scheme thread_scheme(Congress& kit) {
  kit.kiosks.back().box = BoxId{"masses"};
  tally::Scheme s = kit_scheme(kit);
  s.chair = tally::Officer{"C1", "郑平", kit.chair.verify_key().bytes};
  s.superior_key = kit.superior.verify_key().bytes;
  s.auditors = {{"A1", "孙立", kit.auditor.verify_key().bytes}};
  s.chambers.push_back({tally::ChamberId{"masses"}, {"群众", "masses"}});
  s.boxes.push_back({BoxId{"masses"}, {"群众票箱", "masses' box"}, tally::ChamberId{"masses"}, {"广场", "square"}});
  s.contests = {
      recommend(kMembersContest, {"党员推荐", "members recommend"}),
      recommend(kMassesContest, {"群众推荐", "masses recommend"}),
      office(kCommittee, {"支部委员会委员", "branch committee"}, 3, {tally::SourceKind::combination, kShortlist.name}),
      office(kSecretaryContest, {"支部书记", "branch secretary"}, 1, {tally::SourceKind::elected, kCommittee.name})};
  tally::Stage election = stage(kElection, Kind::election, "选举委员", 2, "main", kCommittee);
  election.after = {kMembers, kMasses};
  election.notice_days = 5;
  election.not_before = "2025-02-20";
  tally::Stage secretary = stage(kSecretary, Kind::election, "选举书记", 3, "main", kSecretaryContest);
  secretary.after = {kElection};
  s.stages = {stage(kMembers, Kind::recommendation, "党员推荐", 1, "main", kMembersContest),
              stage(kMasses, Kind::recommendation, "群众推荐", 1, "masses", kMassesContest), election, secretary};
  tally::Combination both;
  both.id = kShortlist;
  both.title = {"两推汇总", "both recommendations"};
  both.rule = tally::CombinationRule::weighted_rates;
  both.sources = {{kMembersContest, 50, 0}, {kMassesContest, 30, 0}};
  both.superior_weight = 20;
  both.keep = 5;
  s.combinations = {both};
  return s;
}

}  // namespace tuixuan::kit

#include "tally/demo/scheme.h"

namespace tuixuan::demo {

using tally::Contest;
using tally::Scheme;

// --- the schemes -----------------------------------------------------------------------------------------------------

static Scheme common_scheme(const DemoKeys& keys, std::uint32_t threshold) {
  static constexpr const char* kSupervisors[] = {"周敏", "吴建军"};
  static constexpr const char* kTrustees[] = {"郑国强", "冯丽华", "许志明"};
  Scheme s;
  s.rehearsal = true;
  s.log = keys.log;
  s.server_pin = keys.server_pin;
  s.organiser_key = keys.organiser;
  s.desk_key = keys.desk;
  for (std::size_t i = 0; i < keys.supervisors.size(); ++i)
    s.supervisors.push_back({"S" + std::to_string(i + 1), kSupervisors[i], keys.supervisors[i]});
  for (std::size_t i = 0; i < keys.kiosks.size(); ++i)
    s.kiosks.push_back({KioskId{"K" + std::to_string(i + 1)}, keys.kiosks[i], BoxId{kMembersBox}});
  for (std::size_t i = 0; i < keys.trustees.size(); ++i)
    s.trustees.push_back({i < 3 ? kTrustees[i] : "保管人" + std::to_string(i + 1), keys.trustees[i]});
  if (!keys.witness.empty()) s.witnesses = {keys.witness};
  s.threshold = threshold;
  s.min_mixers = static_cast<std::uint32_t>(keys.trustees.size());
  s.chambers.push_back({tally::ChamberId{"members"}, {"党员", "members"}});
  s.boxes.push_back(
      {BoxId{kMembersBox}, {"主会场票箱", "main box"}, tally::ChamberId{"members"}, {"村部礼堂", "village hall"}});
  return s;
}

static tally::Stage stage_of(const char* id, tally::Kind kind, tally::Text title, const char* box, std::uint8_t round,
                             std::vector<ContestId> contests) {
  tally::Stage stage;
  stage.id = StageId{id};
  stage.kind = kind;
  stage.title = std::move(title);
  stage.round = round;
  stage.boxes = {BoxId{box}};
  stage.contests = std::move(contests);
  if (kind == tally::Kind::recommendation) stage.quorum = {2, 3, tally::Comparison::more_than, tally::Base::expected};
  return stage;
}

// Those whom members and masses may recommend, in the order of strokes of their surnames.
static Contest recommendation(const char* id, tally::Text title) {
  Contest c;
  c.id = ContestId{id};
  c.title = std::move(title);
  c.kind = tally::Kind::recommendation;
  c.seats = 7;
  c.max_choices = 7;
  for (const char* name : {"丁文华", "王建国", "李秀英", "张志强", "陈玉兰", "赵海涛", "黄晓明", "董春生", "谢小燕"})
    c.candidates.push_back({name, ""});
  c.write_ins.rule = tally::WriteInRule::free_lines;
  c.write_ins.slots = 1;
  c.write_ins.name_bytes = 45;
  c.majority = {1, 2, tally::Comparison::more_than, tally::Base::returned};
  return c;
}

static tally::Combination two_recommendations() {
  tally::Combination c;
  c.id = tally::CombinationId{"two"};
  c.title = {"两推汇总", "the two recommendations"};
  c.rule = tally::CombinationRule::weighted_rates;
  c.sources = {{ContestId{"by-members"}, 40, 0}, {ContestId{"by-masses"}, 30, 0}};
  c.superior_weight = 30;
  c.keep = 7;
  return c;
}

Scheme branch_scheme(const DemoKeys& keys, std::uint32_t threshold) {
  Scheme s = common_scheme(keys, threshold);
  s.congress = {"demo-branch-2026",
                {"柳河村党支部党员大会", "branch congress of Liuhe village"},
                {"柳河村党支部", "party branch of Liuhe village"},
                {"第八届", "eighth term"},
                "2026-11-23",
                {"村部礼堂", "village hall"}};
  s.chair = tally::Officer{"chair", "梁永康", keys.chair};
  s.superior_key = keys.superior;
  s.auditors = {{"auditor", "沈明", keys.auditor}};
  s.chambers.push_back({tally::ChamberId{"masses"}, {"群众代表", "representatives of the masses"}});
  s.boxes.push_back(
      {BoxId{kMassesBox}, {"群众票箱", "masses' box"}, tally::ChamberId{"masses"}, {"村小学", "village school"}});
  s.kiosks.back() = {KioskId{kMassesKiosk}, keys.kiosks.back(), BoxId{kMassesBox}};
  Contest committee;
  committee.id = ContestId{"committee"};
  committee.title = {"支部委员会委员", "branch committee"};
  committee.seats = 5;
  committee.max_choices = 5;
  committee.min_extra = 1;
  committee.source = tally::CandidateSource{tally::SourceKind::combination, "two"};
  committee.approval = true;
  committee.write_ins.rule = tally::WriteInRule::free_lines;
  committee.write_ins.slots = 2;
  committee.write_ins.name_bytes = 45;
  Contest secretary;
  secretary.id = ContestId{"secretary"};
  secretary.title = {"支部书记", "branch secretary"};
  secretary.min_extra = 1;
  secretary.approval = true;
  secretary.order = tally::NameOrder::approved;
  for (const char* name : {"王建国", "张志强"}) secretary.candidates.push_back({name, ""});
  s.contests = {recommendation("by-members", {"党员推荐", "recommendation by the members"}),
                recommendation("by-masses", {"群众推荐", "recommendation by the masses"}), committee, secretary};
  s.combinations = {two_recommendations()};
  s.stages = {
      stage_of("members", tally::Kind::recommendation, {"党员推荐", "the members recommend"}, kMembersBox, 1,
               {ContestId{"by-members"}}),
      stage_of("masses", tally::Kind::recommendation, {"群众推荐", "the masses recommend"}, kMassesBox, 1,
               {ContestId{"by-masses"}}),
      stage_of("election", tally::Kind::election, {"选举支部委员会和书记", "election of committee and secretary"},
               kMembersBox, 2, {committee.id, secretary.id})};
  s.stages[2].after = {s.stages[0].id, s.stages[1].id};
  s.stages[2].notice_days = kNoticeDays;
  return s;
}

Scheme approval_scheme(const DemoKeys& keys, std::uint32_t threshold, const ApprovalBallots& ballots) {
  Scheme s = common_scheme(keys, threshold);
  s.congress = {"demo-approval-2026", {"认可投票演示", "approval ballots from a file"},
                {"演示", "demo"},     {"第一次", "first time"},
                "2026-11-23",         {"礼堂", "hall"}};
  Contest c;
  c.id = ContestId{"approval"};
  c.title = {"认可的候选人", "candidates approved"};
  c.kind = tally::Kind::recommendation;
  c.max_choices = static_cast<std::uint32_t>(ballots.candidates.size());
  for (const std::string& name : ballots.candidates) c.candidates.push_back({name, ""});
  c.order = tally::NameOrder::manual;
  c.order_reason = "按选票文件中的次序 in the order of the file of ballots";
  s.contests = {c};
  s.stages = {stage_of("recommendation", c.kind, {"推荐", "recommendation"}, kMembersBox, 1, {c.id})};
  return s;
}

}  // namespace tuixuan::demo

#include "tally/organiser/demo_scheme.h"

#include <boost/json.hpp>

#include "crypto/primitives/random.h"

namespace tuixuan::organiser {

namespace json = boost::json;
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
    s.kiosks.push_back({KioskId{"K" + std::to_string(i + 1)}, keys.kiosks[i], BoxId{kDemoBox}});
  for (std::size_t i = 0; i < keys.trustees.size(); ++i)
    s.trustees.push_back({i < 3 ? kTrustees[i] : "保管人" + std::to_string(i + 1), keys.trustees[i]});
  s.threshold = threshold;
  s.min_mixers = static_cast<std::uint32_t>(keys.trustees.size());
  s.chambers.push_back({tally::ChamberId{"members"}, {"党员", "members"}});
  s.boxes.push_back(
      {BoxId{kDemoBox}, {"主会场票箱", "main box"}, tally::ChamberId{"members"}, {"村部礼堂", "village hall"}});
  tally::Stage stage;
  stage.id = StageId{kDemoStage};
  stage.round = 1;
  stage.boxes = {BoxId{kDemoBox}};
  s.stages = {stage};
  return s;
}

Scheme branch_scheme(const DemoKeys& keys, std::uint32_t threshold) {
  Scheme s = common_scheme(keys, threshold);
  s.congress = {"demo-branch-2026",
                {"柳河村党支部党员大会", "branch congress of Liuhe village"},
                {"柳河村党支部", "party branch of Liuhe village"},
                {"第八届", "eighth term"},
                "2026-11-23",
                {"村部礼堂", "village hall"}};
  Contest committee;
  committee.id = ContestId{"committee"};
  committee.title = {"支部委员会委员", "branch committee"};
  committee.seats = 5;
  committee.max_choices = 5;
  committee.min_extra = 1;
  for (const char* name : {"丁文华", "王建国", "李秀英", "张志强", "陈玉兰", "赵海涛", "黄晓明"})
    committee.candidates.push_back({name, ""});
  committee.write_ins = {tally::WriteInRule::free_lines, 2, 45, {}};
  Contest secretary;
  secretary.id = ContestId{"secretary"};
  secretary.title = {"支部书记", "branch secretary"};
  secretary.min_extra = 1;
  for (const char* name : {"王建国", "张志强"}) secretary.candidates.push_back({name, ""});
  s.contests = {committee, secretary};
  s.stages[0].title = {"选举支部委员会和书记", "election of committee and secretary"};
  s.stages[0].contests = {committee.id, secretary.id};
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
  s.stages[0].kind = tally::Kind::recommendation;
  s.stages[0].title = {"推荐", "recommendation"};
  s.stages[0].contests = {c.id};
  return s;
}

// --- its voters ------------------------------------------------------------------------------------------------------

// Of 100 voters about so many approve the candidate in this place, so that the result has a shape.
static constexpr std::uint32_t kLiked[] = {82, 88, 76, 80, 71, 42, 35};

static json::object made_up_choice(const Contest& contest) {
  json::array approve;
  json::array oppose;
  json::array write_ins;
  for (std::size_t i = 0; i < contest.candidates.size(); ++i) {
    const std::uint32_t liked = kLiked[i % std::size(kLiked)];
    const std::uint32_t draw = primitives::random_below(100);
    if (draw < liked && approve.size() < contest.max_choices) {
      approve.emplace_back(i + 1);
    } else if (draw % 3 == 0) {
      oppose.emplace_back(i + 1);
    }
  }
  if (contest.write_ins.slots > 0 && approve.size() < contest.max_choices && primitives::random_below(5) == 0)
    write_ins.push_back(json::object{{"name", primitives::random_below(3) == 0 ? "刘洋" : "孙桂芳"}, {"against", 0}});
  return {{"approve", approve}, {"oppose", oppose}, {"write_ins", write_ins}};
}

std::string made_up_choices(const Scheme& scheme) {
  json::object out;
  for (const Contest& contest : scheme.contests) out[contest.id.name] = made_up_choice(contest);
  return json::serialize(out);
}

std::string approval_choices(const std::vector<std::uint32_t>& approved) {
  return json::serialize(json::object{{"approval", json::object{{"approve", json::value_from(approved)}}}});
}

}  // namespace tuixuan::organiser

#include "tests/support/kit_scheme.h"

#include "tests/support/congress_kit.h"

namespace tuixuan::kit {

using tally::Comparison;

static tally::Contest committee() {
  tally::Contest c;
  c.id = ContestId{"committee"};
  c.title = {"支部委员会委员", "branch committee"};
  c.seats = 5;
  c.max_choices = 5;
  c.min_extra = 1;
  for (const char* name : {"丁文华", "王建国", "李秀英", "张志强", "陈玉兰", "赵海涛", "黄晓明"})
    c.candidates.push_back({name, ""});
  c.write_ins = {tally::WriteInRule::free_lines, 2, 45, {}};
  return c;
}

static tally::Contest secretary() {
  tally::Contest c;
  c.id = ContestId{"secretary"};
  c.title = {"支部书记", "branch secretary"};
  for (const char* name : {"王建国", "张志强"}) c.candidates.push_back({name, ""});
  c.min_extra = 1;
  return c;
}

tally::Scheme kit_scheme(const Congress& kit) {
  tally::Scheme s;
  s.congress = {"kit-branch",
                {"测试支部党员大会", "branch congress of the tests"},
                {"测试支部", "test branch"},
                {"第一届", "first term"},
                "2026-11-23",
                {"礼堂", "hall"}};
  s.rehearsal = true;
  s.log.origin = "kit.example/branch/rehearsal";
  s.log.key = kit.log_key.verify_key().bytes;
  s.organiser_key = kit.organiser.verify_key().bytes;
  s.desk_key = kit.desk.verify_key().bytes;
  for (std::size_t i = 0; i < kit.supervisors.size(); ++i)
    s.supervisors.push_back(
        {"S" + std::to_string(i + 1), i == 0 ? "周敏" : "吴刚", kit.supervisors[i].verify_key().bytes});
  for (const KioskKeys& k : kit.kiosks) s.kiosks.push_back({k.id, k.signing.verify_key().bytes, k.box});
  for (std::size_t i = 0; i < kit.trustees.size(); ++i)
    s.trustees.push_back({"保管人" + std::to_string(i + 1), kit.trustees[i].signing.verify_key().bytes});
  s.threshold = kit.size.threshold;
  s.min_mixers = kit.size.trustees;
  s.chambers.push_back({tally::ChamberId{"members"}, {"党员", "members"}});
  s.boxes.push_back({kit.box, {"主会场票箱", "main box"}, tally::ChamberId{"members"}, {"礼堂", "hall"}});
  tally::Stage stage;
  stage.id = kit.stage_id;
  stage.title = {"选举", "election"};
  stage.round = 1;
  stage.boxes = {kit.box};
  if (kit.size.wide) {
    s.contests = {committee(), secretary()};
    stage.contests = {s.contests[0].id, s.contests[1].id};
  } else {
    s.contests = {secretary()};
    stage.contests = {s.contests[0].id};
  }
  s.stages = {stage};
  return s;
}

// Approvals, oppositions and blanks in turn, now and then a written name.
std::vector<tally::Selection> Congress::some_selections(std::size_t variant) const {
  std::vector<tally::Selection> out;
  for (const ContestId& id : plan().contests) {
    const tally::Contest* contest = nullptr;
    for (const tally::Contest& c : fold.state().plan->contests)
      if (c.id == id) contest = &c;
    tally::Selection s = tally::blank(*contest);
    std::uint32_t left = contest->max_choices;
    for (std::size_t i = 0; i < s.marks.size(); ++i) {
      const std::size_t pick = (variant + 2 * i) % 5;
      if (pick < 3 && left > 0) {
        s.marks[i] = tally::Mark::approve;
        --left;
      } else if (pick == 3) {
        s.marks[i] = tally::Mark::oppose;
      }
    }
    if (contest->write_ins.slots > 0 && left > 0 && variant % 4 == 1) s.write_ins.push_back({"王小明", 0});
    out.push_back(std::move(s));
  }
  return out;
}

}  // namespace tuixuan::kit

#include "tally/profiles/build.h"

#include <algorithm>

namespace tuixuan::profiles {

void add_chamber(tally::Scheme& s, const char* id, tally::Text title, tally::Text box) {
  s.chambers.push_back({tally::ChamberId{id}, std::move(title)});
  s.boxes.push_back({BoxId{std::string("box-") + id},
                     std::move(box),
                     tally::ChamberId{id},
                     {"（待填：会场）", "(to fill in: venue)"}});
}

void add_stage(tally::Scheme& s, const char* id, tally::Text title, const char* chamber, const tally::Threshold& quorum,
               std::vector<tally::Contest> contests) {
  tally::Stage stage;
  stage.id = StageId{id};
  stage.title = std::move(title);
  stage.kind = contests.front().kind;
  stage.quorum = quorum;
  for (const tally::Box& box : s.boxes)
    if (box.chamber.name == chamber) stage.boxes.push_back(box.id);
  stage.round = 1;
  for (const tally::Stage& other : s.stages)
    if (other.boxes == stage.boxes) stage.round = std::max<std::uint8_t>(stage.round, other.round + 1);
  for (tally::Contest& c : contests) {
    stage.contests.push_back(c.id);
    s.contests.push_back(std::move(c));
  }
  s.stages.push_back(std::move(stage));
}

tally::Contest a_contest(const char* id, tally::Text title, tally::Kind kind, std::uint32_t seats) {
  tally::Contest c;
  c.id = ContestId{id};
  c.title = std::move(title);
  c.kind = kind;
  c.seats = seats;
  c.max_choices = seats;
  return c;
}

// 45 bytes: fifteen Chinese characters.
void write_under_opposed(tally::Contest& c) {
  c.write_ins = {tally::WriteInRule::under_opposed, c.seats + c.min_extra, 45, {}, tally::Unmarked::not_counted};
}

void write_on_lines(tally::Contest& c, std::uint32_t lines) {
  c.write_ins = {tally::WriteInRule::free_lines, lines, 45, {}, tally::Unmarked::not_counted};
}

tally::Answers decision_answers() {
  tally::Answers a;
  a.approve.label = {"同意", "agree"};
  a.oppose.label = {"不同意", "do not agree"};
  return a;
}

}  // namespace tuixuan::profiles

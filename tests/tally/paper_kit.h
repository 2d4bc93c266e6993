// A small scheme of paper ballots for the tests of tally/paper: two boxes, one contest of three candidates for two
// seats.
#pragma once

#include "tally/paper/paper_count.h"

namespace tuixuan::paper {

inline tally::Scheme small_scheme(tally::WriteInRule rule = tally::WriteInRule::free_lines) {
  tally::Scheme s;
  s.congress.id = std::string("c");
  s.boxes = {{BoxId{"b1"}, {"一号票箱", ""}, {}, {}}, {BoxId{"b2"}, {"二号票箱", ""}, {}, {}}};
  tally::Contest c;
  c.id = ContestId{"committee"};
  c.title = {"委员", "committee"};
  c.seats = c.max_choices = 2;
  c.candidates = {{"甲", ""}, {"乙", ""}, {"丙", "教师"}};
  c.write_ins = {rule, 2, 60, {}, tally::Unmarked::not_counted};
  c.majority = {1, 2, tally::Comparison::more_than, tally::Base::expected};
  s.contests = {c};
  tally::Stage stage;
  stage.id = StageId{"vote"};
  stage.boxes = {BoxId{"b1"}, BoxId{"b2"}};
  stage.contests = {c.id};
  s.stages = {stage};
  return s;
}

}  // namespace tuixuan::paper

#include "tally/count/following.h"

#include <algorithm>

namespace tuixuan::tally {

const NextStep* step_for(FollowKind kind, const ContestResult& r) {
  const NextKind wanted = kind == FollowKind::run_off      ? NextKind::run_off
                          : kind == FollowKind::new_round  ? NextKind::new_round
                          : kind == FollowKind::renominate ? NextKind::renominate
                                                           : NextKind::vote_again;
  for (const NextStep& n : r.next)
    if (n.kind == wanted) return &n;
  return nullptr;
}

static std::vector<Candidate> people(const ContestResult& r, const std::vector<std::string>& labels) {
  std::vector<Candidate> out;
  for (const std::string& name : labels)
    for (const PersonResult& p : r.persons)
      if (label(p.name, p.note) == name) out.push_back({p.name, p.note});
  return out;
}

void set_seats(Contest& c, std::uint64_t n) {
  c.seats = static_cast<std::uint32_t>(n);
  c.max_choices = c.seats;
  c.min_choices = std::min(c.min_choices, c.max_choices);
  c.min_extra = 0;
}

Contest draft_repeat(const Contest& of, ContestId id) {
  Contest c = of;
  c.id = std::move(id);
  c.follows = Follows{FollowKind::repeat, of.id};
  c.source.reset();
  c.approval = false;  // of these people it was decided before
  return c;
}

Contest draft_following(const Contest& of, const ContestResult& r, FollowKind kind, ContestId id) {
  const NextStep* step = step_for(kind, r);
  if (step == nullptr) bug("a contest is drafted from a result that has no such step");
  Contest c = of;
  c.id = std::move(id);
  c.follows = Follows{kind, of.id};
  c.source.reset();
  c.approval = kind == FollowKind::renominate;
  set_seats(c, step->seats);
  c.candidates = people(r, step->names);
  // A name stands under somebody who is opposed: no more lines than people.
  if (c.write_ins.rule == WriteInRule::under_opposed && kind == FollowKind::new_round) {
    c.write_ins.slots = std::min(c.write_ins.slots, static_cast<std::uint32_t>(c.candidates.size()));
    if (c.write_ins.slots == 0) c.write_ins = {};
  }
  if (kind == FollowKind::run_off) {
    c.write_ins = {};
    c.alternative.reset();
    // More votes win; whether a majority is asked again is the scheme's (T-3).
    if (of.tie != TieRule::run_off_majority) c.majority.num = 0;
  } else if (of.new_round) {
    c.majority = *of.new_round;
    c.alternative.reset();
  }
  return c;
}

bool follows_draft(const Contest& draft, const Contest& held) {
  Contest a = draft;
  Contest b = held;
  for (Contest* c : {&a, &b}) {
    c->title = {};
    c->order = NameOrder::strokes;
    c->order_reason.clear();
    if (draft.follows && draft.follows->kind == FollowKind::renominate) {
      c->candidates.clear();
      c->max_choices = 0;
      c->min_extra = 0;
    }
    std::sort(c->candidates.begin(), c->candidates.end(), [](const Candidate& x, const Candidate& y) {
      return std::tie(x.name, x.note) < std::tie(y.name, y.note);
    });
  }
  return a == b;
}

}  // namespace tuixuan::tally

#include "tally/count/outcome.h"

#include <algorithm>
#include <numeric>

namespace tuixuan::tally {

std::uint64_t base_of(Base base, const Numbers& n, std::uint64_t valid) {
  switch (base) {
    case Base::registered:
      return n.registered;
    case Base::expected:
      return n.expected;
    case Base::present:
      return n.present;
    case Base::voters:
      return n.voters;
    case Base::returned:
      return n.returned;
    case Base::valid:
      return valid;
  }
  bug("an unknown base");
}

std::uint64_t least_extra(std::uint64_t seats) { return (seats + 4) / 5; }

// --- is the vote valid at all ----------------------------------------------------------------------------------------

static std::optional<Reason> whole_vote_invalid(const Contest& c, const Numbers& n, std::uint64_t valid) {
  if (c.return_check == ReturnCheck::issued && n.returned > n.issued)
    return Reason{code::reason::more_than_issued, {{"returned", n.returned}, {"issued", n.issued}}};
  if (c.return_check == ReturnCheck::voters && n.returned > n.voters)
    return Reason{code::reason::more_returned, {{"returned", n.returned}, {"voters", n.voters}}};
  if (c.turnout) {
    const std::uint64_t base = base_of(c.turnout->base, n, valid);
    if (!holds(*c.turnout, n.voters, base))
      return Reason{code::reason::turnout, {{"voters", n.voters}, {"need", need(*c.turnout, base)}, {"base", base}}};
  }
  return std::nullopt;
}

// --- fates -----------------------------------------------------------------------------------------------------------

static Reason by_majority(const PersonResult& p, const ContestResult& r, bool asked) {
  if (!asked)
    return p.approve > 0 ? Reason{code::reason::ranked, {{"votes", p.approve}}} : Reason{code::reason::no_votes, {}};
  const bool over = p.approve >= r.need;
  if (p.written == 0)
    return {over ? code::reason::majority : code::reason::below_majority,
            {{"votes", p.approve}, {"need", r.need}, {"base", r.base}}};
  return {over ? code::reason::majority_written : code::reason::below_majority_written,
          {{"votes", p.approve}, {"written", p.written}, {"need", r.need}, {"base", r.base}}};
}

static void decide_each(ContestResult& r, bool majority, Outcome yes, Outcome no) {
  for (PersonResult& p : r.persons) {
    p.outcome = p.approve >= r.need ? yes : no;
    p.reason = by_majority(p, r, majority);
  }
}

// The answer that reaches the majority is the resolution, whichever it is; of two that do, as where exactly half may be
// enough, the one with more votes, and none where they have as many.
static void decide_answers(ContestResult& r) {
  for (PersonResult& p : r.persons) {
    const std::uint64_t most = std::max({p.approve, p.oppose, p.postpone});
    const int with_most = (p.approve == most ? 1 : 0) + (p.oppose == most ? 1 : 0) + (p.postpone == most ? 1 : 0);
    if (most < r.need) continue;
    if (with_most > 1) {
      p.outcome = Outcome::not_passed;
      p.reason = {code::reason::answers_tied, {{"votes", most}, {"need", r.need}, {"base", r.base}}};
    } else if (p.approve != most) {
      p.outcome = p.oppose == most ? Outcome::refused : Outcome::postponed;
      p.reason = {code::reason::majority, {{"votes", most}, {"need", r.need}, {"base", r.base}}};
    }
  }
}

// Of those who reach the majority, who has a seat.
static void decide_over(ContestResult& r, std::vector<PersonResult*> over) {
  if (over.size() <= r.seats) {
    r.vacant = r.seats - over.size();
    return;
  }
  std::stable_sort(over.begin(), over.end(), [](const auto* a, const auto* b) { return a->approve > b->approve; });
  const std::uint64_t last = r.seats == 0 ? ~std::uint64_t{0} : over[r.seats - 1]->approve;
  const auto above =
      static_cast<std::uint64_t>(std::count_if(over.begin(), over.end(), [&](auto* p) { return p->approve > last; }));
  const auto level =
      static_cast<std::uint64_t>(std::count_if(over.begin(), over.end(), [&](auto* p) { return p->approve == last; }));
  const bool tie = above + level > r.seats;
  if (tie) r.tied_seats = r.seats - above;
  for (PersonResult* p : over) {
    if (p->approve < last) {
      p->outcome = Outcome::not_elected;
      p->reason = {code::reason::seats_full, {{"votes", p->approve}, {"last", last}, {"seats", r.seats}}};
    } else if (tie && p->approve == last) {
      p->outcome = Outcome::tied;
      p->reason = {code::reason::tied, {{"votes", last}, {"persons", level}, {"seats", r.tied_seats}}};
    }
  }
}

static void decide_seats(ContestResult& r, bool majority, AllBarred barred) {
  std::vector<PersonResult*> over;
  std::vector<PersonResult*> waiting;
  decide_each(r, majority, Outcome::elected, Outcome::not_elected);
  for (PersonResult& p : r.persons) {
    const auto it =
        std::find_if(barred.begin(), barred.end(), [&](const Barred& b) { return b.label == label(p.name, p.note); });
    if (it != barred.end() && it->code != code::reason::office_open) {
      if (p.outcome != Outcome::elected && it->code != code::reason::higher_office)
        continue;  // below the majority: that is why
      p.outcome = Outcome::not_elected;
      p.reason = {it->code, {{"votes", p.approve}}};
    } else if (p.outcome == Outcome::elected) {
      over.push_back(&p);
      if (it != barred.end()) waiting.push_back(&p);
    }
  }
  decide_over(r, over);
  for (PersonResult* p : waiting) {
    if (p->outcome == Outcome::not_elected) continue;
    p->outcome = Outcome::no_decision;
    p->reason = {code::reason::office_open, {{"votes", p->approve}}};
  }
}

void decide(const Contest& c, const Numbers& n, Base base, ContestResult& r, AllBarred barred) {
  r.base = base_of(base, n, r.valid);
  // Nobody is elected without a single vote, even where no majority is asked.
  r.need = std::max<std::uint64_t>(1, need(c.majority, r.base));
  r.vacant = 0;
  r.tied_seats = 0;
  if (const auto why = whole_vote_invalid(c, n, r.valid)) {
    for (PersonResult& p : r.persons) {
      p.outcome = Outcome::no_decision;
      p.reason = *why;
    }
    return;
  }
  const bool majority = c.majority.num > 0;  // else the most votes, at least one
  switch (c.kind) {
    case Kind::election:
    case Kind::preelection:
      return decide_seats(r, majority, barred);
    case Kind::recommendation:
      return decide_each(r, majority, Outcome::reached, Outcome::not_reached);
    case Kind::decision:
      decide_each(r, majority, Outcome::passed, Outcome::not_passed);
      return c.each_answer ? decide_answers(r) : void();
    case Kind::rating:
      for (PersonResult& p : r.persons) {
        p.outcome = Outcome::graded;
        p.reason = {code::reason::graded, {{"valid", r.valid}, {"base", r.base}}};
      }
  }
}

// --- what follows ----------------------------------------------------------------------------------------------------

static std::vector<std::string> names_of(const ContestResult& r, const std::vector<bool>& chosen) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < r.persons.size(); ++i)
    if (chosen[i]) out.push_back(label(r.persons[i].name, r.persons[i].note));
  return out;
}

static std::vector<bool> with_outcome(const ContestResult& r, Outcome outcome) {
  std::vector<bool> out(r.persons.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = r.persons[i].outcome == outcome;
  return out;
}

// The first `n` of those not elected, by votes; all who are level with the last of them too.
static std::vector<bool> top_unelected(const ContestResult& r, std::uint64_t n) {
  std::vector<std::uint64_t> votes;
  std::vector<bool> out = with_outcome(r, Outcome::not_elected);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const code::reason why = r.persons[i].reason.code;
    out[i] = out[i] && why != code::reason::higher_office && why != code::reason::exclusive_office &&
             why != code::reason::not_within;
    if (out[i]) votes.push_back(r.persons[i].approve);
  }
  std::sort(votes.begin(), votes.end(), std::greater<>());
  const std::uint64_t last = votes.size() > n ? votes[n - 1] : 0;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = out[i] && r.persons[i].approve >= last;
  return out;
}

static void next_steps(const Contest& c, const Numbers& n, ContestResult& r) {
  if (whole_vote_invalid(c, n, r.valid)) {  // be there people on the ballot or not
    r.next.push_back({NextKind::vote_again, r.seats, {}});
    return;
  }
  if (!r.must_confirm.empty()) r.next.push_back({NextKind::confirm_base, r.seats, r.must_confirm});
  if (r.tied_seats > 0)
    r.next.push_back({c.tie == TieRule::superior ? NextKind::superior_decides : NextKind::run_off, r.tied_seats,
                      names_of(r, with_outcome(r, Outcome::tied))});
  if (r.vacant == 0) return;
  switch (c.shortage) {
    case ShortageRule::new_round: {
      const std::uint64_t extra = c.min_extra > 0 ? least_extra(r.vacant) : 0;
      r.next.push_back({NextKind::new_round, r.vacant, names_of(r, top_unelected(r, r.vacant + extra))});
      return;
    }
    case ShortageRule::renominate:
      r.next.push_back({NextKind::renominate, r.vacant, {}});
      return;
    case ShortageRule::leave_vacant:
      r.next.push_back({NextKind::leave_vacant, r.vacant, {}});
      return;
  }
}

void decide(const Contest& c, const Numbers& n, ContestResult& r, AllBarred barred) {
  r.must_confirm.clear();
  r.next.clear();
  r.alternative_need.reset();
  decide(c, n, c.majority.base, r, barred);
  if (c.alternative) {
    ContestResult other = r;
    decide(c, n, *c.alternative, other, barred);
    r.alternative_need = other.need;
    std::vector<bool> differs(r.persons.size());
    for (std::size_t i = 0; i < differs.size(); ++i) differs[i] = r.persons[i].outcome != other.persons[i].outcome;
    r.must_confirm = names_of(r, differs);
  }
  next_steps(c, n, r);
}

std::vector<std::size_t> ranking(const ContestResult& r) {
  std::vector<std::size_t> out(r.persons.size());
  std::iota(out.begin(), out.end(), 0);
  const bool scores = r.kind == Kind::rating;
  std::stable_sort(out.begin(), out.end(), [&](std::size_t i, std::size_t j) {
    const PersonResult& a = r.persons[i];
    const PersonResult& b = r.persons[j];
    return scores ? less(b.score, a.score) : a.approve > b.approve;
  });
  return out;
}

}  // namespace tuixuan::tally

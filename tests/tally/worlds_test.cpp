// Small worlds, all of them: up to 3 candidates and 4 voters, every paper there can be, every setting, counted by
// tally/count and by the slow second count (second_count.h), which must agree in every number, fate and step.
#include <gtest/gtest.h>

#include <functional>

#include "tally/count/outcome.h"
#include "tests/tally/second_count.h"

namespace tuixuan::tally {
namespace {

const std::vector<std::string> kNames{"甲", "乙", "丙"};
const std::vector<std::string> kWritten{"丁", "戊", "甲"};  // the last may be on the ballot

Base base_of_letter(char c) {
  return c == 'L'   ? Base::registered
         : c == 'E' ? Base::expected
         : c == 'A' ? Base::present
         : c == 'K' ? Base::voters
         : c == 'R' ? Base::returned
                    : Base::valid;
}
Threshold threshold(const second::Share& s) {
  return {static_cast<std::uint32_t>(s.num), static_cast<std::uint32_t>(s.den),
          s.more_than ? Comparison::more_than : Comparison::at_least, base_of_letter(s.of)};
}

Contest contest_of(std::size_t candidates, const second::Rules& r) {
  Contest c;
  c.id = ContestId{"c"};
  c.kind = r.kind == 'e'   ? Kind::election
           : r.kind == 'p' ? Kind::preelection
           : r.kind == 'r' ? Kind::recommendation
                           : Kind::decision;
  for (std::size_t i = 0; i < candidates; ++i) c.candidates.push_back({kNames[i], ""});
  c.seats = static_cast<std::uint32_t>(r.seats);
  c.max_choices = static_cast<std::uint32_t>(r.most);
  c.min_choices = static_cast<std::uint32_t>(r.least);
  c.blank = r.blank_is_void ? BlankRule::invalid : BlankRule::abstain;
  if (r.writing != second::Writing::nobody)
    c.write_ins = {r.writing == second::Writing::under ? WriteInRule::under_opposed : WriteInRule::free_lines,
                   3,
                   60,
                   {},
                   Unmarked::not_counted};
  for (const std::string& name : r.pool) c.write_ins.eligible.push_back({name, ""});
  c.majority = threshold(r.majority);
  if (r.other_base != 0) c.alternative = base_of_letter(r.other_base);
  if (r.turnout) c.turnout = threshold(*r.turnout);
  c.return_check = r.compare_with_issued ? ReturnCheck::issued : ReturnCheck::voters;
  c.tie = r.tie == second::Tie::superior ? TieRule::superior : TieRule::run_off;
  c.shortage = r.shortage == second::Short::again      ? ShortageRule::new_round
               : r.shortage == second::Short::nominate ? ShortageRule::renominate
                                                       : ShortageRule::leave_vacant;
  c.min_extra = r.differential ? 1 : 0;
  return c;
}

Selection selection_of(const second::Paper& p) {
  Selection s;
  for (const char m : p.marks)
    s.marks.push_back(m == 'o' ? Mark::approve : m == 'x' ? Mark::oppose : m == '?' ? Mark::unreadable : Mark::abstain);
  for (const auto& [name, place] : p.written) s.write_ins.push_back({name, static_cast<std::uint32_t>(place)});
  return s;
}

Numbers numbers_of(const second::Meeting& m) {
  const auto u = [](int n) { return static_cast<std::uint64_t>(n); };
  return {u(m.L), u(m.E), u(m.A), u(m.I), u(m.K), u(m.R)};
}

std::string fate(Outcome o) {
  switch (o) {
    case Outcome::elected:
    case Outcome::reached:
    case Outcome::passed:
      return "elected";
    case Outcome::tied:
      return "tied";
    case Outcome::no_decision:
      return "void";
    default:
      return "no";
  }
}

std::string step(const NextStep& s) {
  std::string out;
  switch (s.kind) {
    case NextKind::run_off:
      out = "run-off";
      break;
    case NextKind::superior_decides:
      out = "superior";
      break;
    case NextKind::new_round:
      out = "round";
      break;
    case NextKind::renominate:
      out = "nominate";
      break;
    case NextKind::leave_vacant:
      out = "leave";
      break;
    case NextKind::confirm_base:
      out = "confirm";
      break;
    case NextKind::vote_again:
      out = "vote again";
      break;
  }
  out += " " + std::to_string(s.seats);
  for (const std::string& name : s.names) out += " " + name;
  return out;
}

bool agree(const ContestResult& r, const second::Verdict& v) {
  const auto same = [](std::uint64_t a, int b) { return a == static_cast<std::uint64_t>(b); };
  std::uint64_t uncounted = 0;
  for (const auto& [check, n] : r.write_ins_not_counted) uncounted += n;
  bool ok = same(r.valid, v.valid) && same(r.invalid, v.invalid) && same(r.blank, v.blank) &&
            same(uncounted, v.uncounted) && same(r.vacant, v.vacant) && same(r.tied_seats, v.tied_seats) &&
            r.must_confirm == v.confirm && r.persons.size() == v.persons.size() && r.next.size() == v.next.size();
  for (std::size_t i = 0; ok && i < r.persons.size(); ++i) {
    const PersonResult& p = r.persons[i];
    const second::Person& q = v.persons[i];
    ok = p.name == q.name && same(p.approve, q.votes) && same(p.oppose, q.against) && same(p.abstain, q.nothing) &&
         same(p.unreadable, q.unreadable) && fate(p.outcome) == q.fate;
  }
  for (std::size_t i = 0; ok && i < r.next.size(); ++i) ok = step(r.next[i]) == v.next[i];
  return ok;
}

std::string told(const ContestResult& r, const second::Verdict& v, const std::vector<second::Paper>& papers) {
  std::string out;
  for (const second::Paper& p : papers) {
    out += p.marks;
    for (const auto& [name, place] : p.written) out += " " + name + "@" + std::to_string(place);
    out += "\n";
  }
  out += "count: valid " + std::to_string(r.valid) + " vacant " + std::to_string(r.vacant);
  for (const PersonResult& p : r.persons)
    out += ", " + p.name + " " + std::to_string(p.approve) + " " + fate(p.outcome);
  for (const NextStep& s : r.next) out += "; " + step(s);
  out += "\nsecond: valid " + std::to_string(v.valid) + " vacant " + std::to_string(v.vacant);
  for (const second::Person& p : v.persons) out += ", " + p.name + " " + std::to_string(p.votes) + " " + p.fate;
  for (const std::string& s : v.next) out += "; " + s;
  return out;
}

std::uint64_t worlds = 0;

void compare(std::size_t candidates, const Contest& contest, const second::Rules& rules, const second::Meeting& m,
             const std::vector<second::Paper>& papers) {
  ContestCount count(contest, numbers_of(m));
  for (const second::Paper& p : papers) count.add(selection_of(p), 1);
  const ContestResult r = count.finish();
  const second::Verdict v =
      second::count({kNames.begin(), kNames.begin() + static_cast<std::ptrdiff_t>(candidates)}, rules, m, papers);
  ++worlds;
  ASSERT_TRUE(agree(r, v)) << told(r, v, papers);
}

// Every way to mark the candidates.
std::vector<second::Paper> all_papers(std::size_t candidates, const std::string& signs) {
  std::vector<second::Paper> out{{"", {}}};
  for (std::size_t i = 0; i < candidates; ++i) {
    std::vector<second::Paper> longer;
    for (const second::Paper& p : out)
      for (const char sign : signs) longer.push_back({p.marks + sign, {}});
    out = longer;
  }
  return out;
}

// Every pile of n papers, in whatever order they lie.
void all_piles(const std::vector<second::Paper>& papers, std::size_t n, std::size_t from,
               std::vector<second::Paper>& pile, const std::function<void(const std::vector<second::Paper>&)>& with) {
  if (pile.size() == n) return with(pile);
  for (std::size_t i = from; i < papers.size(); ++i) {
    pile.push_back(papers[i]);
    all_piles(papers, n, i, pile, with);
    pile.pop_back();
  }
}

second::Meeting meeting_of(int voters) { return {5, 5, 4, voters, voters, voters}; }

// All piles of papers; who may mark how many, and what a blank paper is.
TEST(SmallWorlds, EveryPileOfPapers) {
  for (std::size_t candidates = 1; candidates <= 3; ++candidates)
    for (int seats_and_most = 0; seats_and_most < 9; ++seats_and_most)
      for (int least = 0; least <= 1; ++least)
        for (const bool blank : {false, true}) {
          second::Rules rules;
          rules.seats = seats_and_most / 3 + 1;
          rules.most = seats_and_most % 3 + 1;
          rules.least = least;
          rules.blank_is_void = blank;
          rules.other_base = 'A';
          const Contest contest = contest_of(candidates, rules);
          const auto papers = all_papers(candidates, "ox-");
          for (std::size_t voters = 0; voters <= 4; ++voters) {
            std::vector<second::Paper> pile;
            all_piles(papers, voters, 0, pile, [&](const auto& p) {
              if (!testing::Test::HasFatalFailure())
                compare(candidates, contest, rules, meeting_of(static_cast<int>(voters)), p);
            });
            if (HasFatalFailure()) return;
          }
        }
  EXPECT_GT(worlds, 100'000U);
}

// All ways to write names, also where none may be, twice, or a printed one; with every mark, also unreadable ones.
TEST(SmallWorlds, EveryNameWrittenInEveryPlace) {
  for (std::size_t candidates = 0; candidates <= 3; ++candidates)
    for (const second::Writing writing : {second::Writing::under, second::Writing::lines})
      for (const auto& pool : {std::vector<std::string>{}, {"丁"}})
        for (int most = 1; most <= 3; ++most) {
          if (candidates == 0 && writing == second::Writing::under) continue;
          second::Rules rules;
          rules.seats = rules.most = most;
          rules.writing = writing;
          rules.pool = pool;
          rules.majority = {1, 2, true, 'V'};
          const Contest contest = contest_of(candidates, rules);
          for (second::Paper p : all_papers(candidates, candidates == 3 ? "ox-" : "ox-?")) {
            const int places = writing == second::Writing::under ? static_cast<int>(candidates) : 0;
            std::vector<std::pair<std::string, int>> all;
            for (const std::string& name : kWritten)
              for (int place = std::min(places, 1); place <= places; ++place) all.emplace_back(name, place);
            for (std::size_t a = 0; a <= all.size(); ++a)
              for (std::size_t b = 0; b <= all.size(); ++b) {
                p.written.clear();
                if (a < all.size()) p.written.push_back(all[a]);
                if (b < all.size()) p.written.push_back(all[b]);
                compare(candidates, contest, rules, meeting_of(2), {p, p});
                if (HasFatalFailure()) return;
              }
          }
        }
}

// Papers that give each candidate so many votes, one name at most on a paper unless all marks fit.
std::vector<second::Paper> with_votes(const std::vector<int>& votes, int papers) {
  std::vector<second::Paper> out;
  for (int i = 0; i < papers; ++i) {
    second::Paper p;
    for (const int v : votes) p.marks += i < v ? 'o' : (i % 2 == 0 ? 'x' : '-');
    out.push_back(p);
  }
  return out;
}

// Every division of votes, every threshold and base, every rule for ties and empty seats, every kind and number of
// seats.
TEST(SmallWorlds, EverySettingOfTheMajority) {
  const std::vector<second::Share> shares{
      {1, 2, true, 'E'}, {1, 2, false, 'E'}, {2, 3, false, 'E'}, {1, 3, false, 'E'}, {0, 1, false, 'E'}};
  for (std::size_t candidates = 1; candidates <= 3; ++candidates)
    for (int voters = 1; voters <= 4; ++voters) {
      int divisions = 1;
      for (std::size_t i = 0; i < candidates; ++i) divisions *= voters + 1;
      for (int division = 0; division < divisions; ++division) {
        std::vector<int> votes;
        for (std::size_t i = 0, rest = static_cast<std::size_t>(division); i < candidates;
             ++i, rest /= static_cast<std::size_t>(voters + 1))
          votes.push_back(static_cast<int>(rest % static_cast<std::size_t>(voters + 1)));
        const auto papers = with_votes(votes, voters);
        for (second::Share share : shares)
          for (const char base : std::string("LEAKRV"))
            for (const char other : {'\0', 'E', 'A', 'K', 'R', 'V'})
              for (const char kind : std::string("eprd"))
                for (int seats = 1; seats <= 3; ++seats)
                  for (int rule = 0; rule < (kind == 'e' ? 6 : 1); ++rule) {
                    second::Rules rules;
                    rules.kind = kind;
                    rules.seats = seats;
                    rules.most = 3;
                    rules.majority = share;
                    rules.majority.of = base;
                    rules.other_base = other;
                    rules.tie = rule % 2 == 0 ? second::Tie::again : second::Tie::superior;
                    rules.shortage = rule % 3 == 0   ? second::Short::again
                                     : rule % 3 == 1 ? second::Short::nominate
                                                     : second::Short::leave;
                    rules.differential = rule < 3;
                    const second::Meeting m{6, 5, 4, voters, voters, voters};
                    compare(candidates, contest_of(candidates, rules), rules, m, papers);
                    if (HasFatalFailure()) return;
                  }
      }
    }
}

// Papers returned against voters and issued, turnout against the roll: the whole vote is void, or it is not.
TEST(SmallWorlds, EveryWholeVote) {
  for (int voters = 0; voters <= 4; ++voters)
    for (int issued = voters; issued <= 4; ++issued)
      for (int returned = 0; returned <= 4; ++returned)
        for (const bool with_issued : {false, true})
          for (int turnout = 0; turnout < 4; ++turnout)
            for (const std::size_t candidates : {0U, 1U, 2U}) {
              second::Rules rules;
              rules.most = 2;
              rules.compare_with_issued = with_issued;
              if (turnout > 0)
                rules.turnout = second::Share{turnout == 3 ? 2 : 1, turnout == 3 ? 3 : 2, turnout == 1, 'L'};
              rules.writing = candidates == 0 ? second::Writing::lines : second::Writing::nobody;
              std::vector<second::Paper> papers;
              for (int i = 0; i < returned; ++i)
                papers.push_back(candidates == 0 ? second::Paper{"", {{"丁", 0}}}
                                                 : second::Paper{std::string(candidates, 'o'), {}});
              compare(candidates, contest_of(candidates, rules), rules, {6, 5, 4, issued, voters, returned}, papers);
              if (HasFatalFailure()) return;
            }
}

}  // namespace
}  // namespace tuixuan::tally

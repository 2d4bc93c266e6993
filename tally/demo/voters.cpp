#include "tally/demo/voters.h"

#include <algorithm>
#include <boost/json.hpp>
#include <numeric>

#include "crypto/primitives/random.h"

namespace tuixuan::demo {

namespace json = boost::json;
using primitives::random_below;

// How many of 1,000 voters approve each candidate of `contest`, best first: so many over half that the seats are taken,
// the last one as asked for, the rest below half. Together no more than the ballots have room for.
static std::vector<std::size_t> support(const tally::Contest& contest, LastSeat last) {
  const std::size_t n = contest.candidates.size();
  std::vector<std::size_t> out(n);
  const bool runs_off = contest.follows && contest.follows->kind == tally::FollowKind::run_off;
  const bool many = contest.kind == tally::Kind::election && n > contest.seats + 1 && contest.seats > 1 && !runs_off;
  const std::size_t room = std::size_t{contest.max_choices} * 1000;
  std::size_t used = 0;
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t likes = 900 - std::min<std::size_t>(i * 40, 400);
    const std::size_t place = i + 1;
    if (contest.kind == tally::Kind::recommendation && contest.seats > 0 && place > contest.seats)
      likes = 300 - std::min<std::size_t>((place - contest.seats) * 40, 300);  // a gap, so that no place is shared
    if (many && place >= contest.seats) likes = last == LastSeat::empty || place > contest.seats ? 300 : 620;
    if (many && place == contest.seats + 1 && last == LastSeat::level) likes = 620;
    if (n == 2 && contest.seats == 1) likes = i == 0 ? 620 : 330;
    out[i] = std::min(likes, room - used);
    used += out[i];
  }
  return out;
}

// voters x candidates. Each candidate's approvals go to those voters who have approved fewest so far, drawn among them,
// so that no ballot gets more than it may have.
static std::vector<std::vector<bool>> approvals(const tally::Contest& contest, std::size_t voters, LastSeat last) {
  std::vector<std::vector<bool>> out(voters, std::vector<bool>(contest.candidates.size()));
  std::vector<std::size_t> used(voters);
  const auto likes = support(contest, last);
  for (std::size_t c = 0; c < likes.size(); ++c) {
    std::vector<std::size_t> order(voters);
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t i = voters; i > 1; --i)
      std::swap(order[i - 1], order[random_below(static_cast<std::uint32_t>(i))]);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return used[a] < used[b]; });
    const std::size_t wanted = (likes[c] * voters + 500) / 1000;
    for (std::size_t k = 0; k < wanted && k < voters && used[order[k]] < contest.max_choices; ++k) {
      out[order[k]][c] = true;
      ++used[order[k]];
    }
  }
  return out;
}

// A grade for every person and item: the best for as many people as may have it, the others by lot below it.
static json::object graded(const tally::Contest& contest) {
  const tally::Rating& rating = *contest.rating;
  const std::size_t people = contest.candidates.size();
  const auto grades = static_cast<std::uint32_t>(rating.grades.size());
  const std::size_t best = rating.max_best > 0 ? rating.max_best : std::max<std::size_t>(1, people / 3);
  json::array out;
  for (std::size_t p = 0; p < people; ++p)
    for (std::size_t i = 0; i < rating.items.size(); ++i)
      out.emplace_back(p < best && p + 1 < people ? 1 : 2 + random_below(grades - 1));
  return {{"grades", out}};
}

// Somebody who is not on the paper; only of those who may be written in, where the scheme lists them.
static std::optional<std::string> somebody_else(const tally::Contest& contest) {
  if (contest.write_ins.eligible.empty()) return random_below(3) == 0 ? "刘洋" : "孙桂芳";
  for (const tally::Candidate& person : contest.write_ins.eligible)
    if (std::find(contest.candidates.begin(), contest.candidates.end(), person) == contest.candidates.end())
      return tally::label(person.name, person.note);
  return std::nullopt;
}

static json::object choice(const tally::Contest& contest, const std::vector<bool>& approved) {
  json::array approve;
  json::array oppose;
  json::array write_ins;
  for (std::size_t i = 0; i < approved.size(); ++i) {
    if (approved[i]) {
      approve.emplace_back(i + 1);
    } else if (random_below(3) == 0) {
      oppose.emplace_back(i + 1);
    }
  }
  const bool room = approve.size() < contest.max_choices;
  if (contest.write_ins.rule == tally::WriteInRule::free_lines && room && random_below(5) == 0)
    if (const auto name = somebody_else(contest)) write_ins.push_back(json::object{{"name", *name}, {"against", 0}});
  return {{"approve", approve}, {"oppose", oppose}, {"write_ins", write_ins}};
}

std::vector<std::string> made_up_choices(const tally::Scheme& scheme, const tally::Stage& stage, std::size_t voters,
                                         LastSeat last) {
  std::vector<json::object> lines(voters);
  for (const ContestId& id : stage.contests)
    for (const tally::Contest& contest : scheme.contests) {
      if (contest.id != id) continue;
      if (contest.rating) {
        for (json::object& line : lines) line[id.name] = graded(contest);
        continue;
      }
      const auto all = approvals(contest, voters, last);
      for (std::size_t v = 0; v < voters; ++v) lines[v][id.name] = choice(contest, all[v]);
    }
  std::vector<std::string> out;
  for (const json::object& line : lines) out.push_back(json::serialize(line));
  return out;
}

std::string approval_choices(const std::vector<std::uint32_t>& approved) {
  return json::serialize(json::object{{"approval", json::object{{"approve", json::value_from(approved)}}}});
}

}  // namespace tuixuan::demo

// A million plain ballots with 30 candidates: counted from memory, and read from a table and counted (`tuixuan count`).
// "per_ballot_us" is CPU time; "peak_mb" is the most memory the program has had so far, so it shows whether memory
// grows with the ballots.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "tally/paper/paper_count.h"

namespace {

using namespace tuixuan;

constexpr std::size_t kCandidates = 30;
constexpr std::uint32_t kSeats = 15;

tally::Scheme scheme_of_thirty() {
  tally::Scheme s;
  s.congress.id = std::string("bench");
  s.boxes = {{BoxId{"b"}, {"票箱", ""}, {}, {}}};
  tally::Contest c;
  c.id = ContestId{"committee"};
  c.seats = c.max_choices = kSeats;
  for (std::size_t i = 0; i < kCandidates; ++i) c.candidates.push_back({"候选人" + std::to_string(i + 1), ""});
  c.write_ins = {tally::WriteInRule::free_lines, 2, 60, {}, tally::Unmarked::not_counted};
  c.majority.base = tally::Base::returned;
  s.contests = {c};
  tally::Stage stage;
  stage.id = StageId{"vote"};
  stage.boxes = {BoxId{"b"}};
  stage.contests = {c.id};
  s.stages = {stage};
  return s;
}

// Ballot i: a little less than half of the candidates approved, on some ballots too many; one in sixteen has a written
// name.
bool approved(std::size_t i, std::size_t k) { return ((i * 2654435761U) >> (k % 24U)) % 2 == 0 && (i + k) % 7 != 0; }

double peak_mb() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) / 1024;
}

void report(benchmark::State& state) {
  const auto ballots = static_cast<double>(state.range(0));
  state.counters["per_ballot_us"] =
      benchmark::Counter(ballots * 1e-6, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["peak_mb"] = peak_mb();
}

void count_selections(benchmark::State& state) {
  const tally::Scheme s = scheme_of_thirty();
  tally::Selection selection = tally::blank(s.contests[0]);
  for (auto _ : state) {
    tally::ContestCount count(s.contests[0], {});
    for (std::int64_t i = 0; i < state.range(0); ++i) {
      const auto at = static_cast<std::size_t>(i);
      for (std::size_t k = 0; k < kCandidates; ++k)
        selection.marks[k] = approved(at, k) ? tally::Mark::approve : tally::Mark::oppose;
      selection.write_ins.clear();
      if (at % 16 == 0) selection.write_ins.push_back({"周立新", 0});
      count.add(selection, 1);
    }
    benchmark::DoNotOptimize(count.finish());
  }
  report(state);
}

// Rows as somebody types them, made as they are read.
table::Source table_of(std::int64_t ballots, const tally::Contest& c) {
  std::string head;
  for (const tally::Candidate& k : c.candidates) head += k.name + ",";
  return [row = std::int64_t{0}, ballots, left = head + "另选1\n"](std::span<char> to) mutable -> Result<std::size_t> {
    while (left.size() < to.size() && row < ballots) {
      const auto at = static_cast<std::size_t>(row++);
      for (std::size_t k = 0; k < kCandidates; ++k) left += approved(at, k) ? "○," : "×,";
      left += at % 16 == 0 ? "周立新○\n" : "\n";
    }
    const std::size_t n = std::min(to.size(), left.size());
    std::copy_n(left.begin(), n, to.begin());
    left.erase(0, n);
    return n;
  };
}

void count_table(benchmark::State& state) {
  const tally::Scheme s = scheme_of_thirty();
  for (auto _ : state) {
    paper::PaperCount count(s, s.stages[0], nullptr, {});
    paper::Table csv(table_of(state.range(0), s.contests[0]));
    const auto done =
        paper::read_ballots(s, s.stages[0], csv, [&](const paper::PaperBallot& b) { return count.add(b); });
    if (!done || count.papers(0) != static_cast<std::uint64_t>(state.range(0))) state.SkipWithError("not counted");
    benchmark::DoNotOptimize(count.report());
  }
  report(state);
}

BENCHMARK(count_selections)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(count_table)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();

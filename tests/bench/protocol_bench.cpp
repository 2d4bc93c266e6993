// What each step of a congress costs, per ballot, at 100, 1,000 and 10,000 ballots and on one and two threads. One
// contest of width 1, unless a name says otherwise. "per_ballot" is CPU time of the process; "bytes" are those that the
// record grows by.
#include <benchmark/benchmark.h>

#include <ctime>

#include "crypto/protocol/ballot.h"
#include "crypto/protocol/decryption.h"
#include "crypto/protocol/mix.h"
#include "tests/support/congress_kit.h"

namespace {

using namespace tuixuan;
using primitives::Point;
using primitives::SecretScalar;

// CPU time of all threads; Google Benchmark's own counts the calling thread only.
class Cpu {
 public:
  Cpu() : start_(std::clock()) {}
  double seconds() const { return static_cast<double>(std::clock() - start_) / CLOCKS_PER_SEC; }

 private:
  std::clock_t start_;
};

void report(benchmark::State& state, const Cpu& cpu, double ballots) {
  state.counters["cpu_ms_per_ballot"] = 1000 * cpu.seconds() / (static_cast<double>(state.iterations()) * ballots);
}

struct Fixture {
  SecretScalar x = SecretScalar::random();
  Point Y = Point::base(x);
  std::vector<protocol::Row> rows;

  explicit Fixture(std::size_t n) {
    const protocol::BallotBody ballot;
    for (std::size_t i = 0; i < n; ++i)
      rows.push_back(
          protocol::seal_contest(ballot, ContestId{"c"}, Y, as_bytes("a selection of a voter"), 1).contest.row);
  }
  protocol::MixStatement mix() const { return {{}, ContestId{"c"}, MixPosition{1}, TrusteeIndex{1}, Y}; }
  protocol::DecryptionStatement decryption() const { return {{}, ContestId{"c"}, TrusteeIndex{1}, Y, Y}; }
};

std::size_t ballots(const benchmark::State& s) { return static_cast<std::size_t>(s.range(0)); }
unsigned threads(const benchmark::State& s) { return static_cast<unsigned>(s.range(1)); }

void seal_two_contests(benchmark::State& state) {
  kit::Congress congress({4, 1, 3, 2, true});
  congress.found();
  congress.ceremony();
  congress.slips();
  congress.attendance();
  congress.open();
  const auto selections = congress.some_selections(0);
  const Cpu cpu;
  for (auto _ : state) benchmark::DoNotOptimize(congress.seal(0, 0, selections));
  report(state, cpu, 1);
}

// The fold's work for one cast entry: decode, signatures, proof, double use, tree.
void check_and_append(benchmark::State& state) {
  kit::Congress congress({ballots(state), 1, 3, 2, state.range(1) != 0});
  congress.found();
  congress.ceremony();
  congress.slips();
  congress.attendance();
  congress.open();
  std::vector<Bytes> entries;
  const election::Fold before = congress.fold;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < ballots(state); ++i) {
    entries.push_back(congress.append(congress.cast_entry(congress.seal(i, 0, congress.some_selections(i)), i)));
    bytes += entries.back().size();
  }
  const Cpu cpu;
  for (auto _ : state) {
    election::Fold fold = before;
    for (const Bytes& e : entries)
      if (!fold.accept(e, congress.objects)) std::abort();
  }
  report(state, cpu, static_cast<double>(ballots(state)));
  state.counters["bytes_per_ballot"] = static_cast<double>(bytes) / static_cast<double>(ballots(state));
}

// What wrong ballots cost a run of 1,024 that are checked together: the batch fails and is halved, and those that are
// not shown good are checked by themselves. One byte of a signature is flipped, at even distances.
void check_run_with_wrong(benchmark::State& state) {
  constexpr std::size_t kRun = 1024;
  kit::Congress congress({kRun, 1, 3, 2, false});
  congress.found();
  congress.ceremony();
  congress.slips();
  congress.attendance();
  congress.open();
  const election::Fold fold = congress.fold;
  std::vector<Bytes> entries;
  for (std::size_t i = 0; i < kRun; ++i)
    entries.push_back(congress.append(congress.cast_entry(congress.seal(i, 0, congress.some_selections(i)), i)));
  const auto wrong = static_cast<std::size_t>(state.range(0));
  for (std::size_t i = 0; i < wrong; ++i) entries[i * (kRun / wrong)].back() ^= 1U;
  const std::vector<ByteView> views(entries.begin(), entries.end());
  const Cpu cpu;
  for (auto _ : state) {
    std::size_t refused = 0;
    const auto prepared = fold.prepare_run(views, congress.objects, 1);
    for (std::size_t i = 0; i < kRun; ++i)
      if (!prepared[i] && !fold.prepare(entries[i], congress.objects)) ++refused;
    if (refused != wrong) std::abort();
  }
  report(state, cpu, kRun);
}

void mix(benchmark::State& state) {
  const Fixture f(ballots(state));
  const Cpu cpu;
  std::size_t bytes = 0;
  for (auto _ : state) bytes = protocol::make_mix(f.mix(), f.rows, threads(state)).encode().size();
  report(state, cpu, static_cast<double>(ballots(state)));
  state.counters["bytes_per_ballot"] = static_cast<double>(bytes) / static_cast<double>(ballots(state));
}

void verify_mix(benchmark::State& state) {
  const Fixture f(ballots(state));
  const Bytes bytes = protocol::make_mix(f.mix(), f.rows, 2).encode();
  const Cpu cpu;
  for (auto _ : state) {
    const auto record = protocol::MixRecord::decode(bytes, threads(state));
    if (!record || !protocol::verify_mix(f.mix(), f.rows, *record, threads(state))) std::abort();
  }
  report(state, cpu, static_cast<double>(ballots(state)));
}

void decrypt(benchmark::State& state) {
  const Fixture f(ballots(state));
  const Cpu cpu;
  for (auto _ : state) benchmark::DoNotOptimize(protocol::make_decryption(f.decryption(), f.rows, f.x, threads(state)));
  report(state, cpu, static_cast<double>(ballots(state)));
}

void verify_decryption(benchmark::State& state) {
  const Fixture f(ballots(state));
  const Bytes bytes = protocol::make_decryption(f.decryption(), f.rows, f.x, 2).encode();
  const Cpu cpu;
  for (auto _ : state) {
    const auto record = protocol::DecryptionRecord::decode(bytes, threads(state));
    if (!record || !protocol::verify_decryption(f.decryption(), f.rows, *record, threads(state))) std::abort();
  }
  report(state, cpu, static_cast<double>(ballots(state)));
  state.counters["bytes_per_ballot"] = static_cast<double>(bytes.size()) / static_cast<double>(ballots(state));
}

// Everything a verifier does: replay of a whole log with 3 mixes and 2 decryptions, one contest of width 1.
void verify_record(benchmark::State& state) {
  kit::Congress congress({ballots(state), 2, 3, 2, false}, 2);
  congress.run(ballots(state));
  std::size_t bytes = 0;
  for (const Bytes& e : congress.log) bytes += e.size();
  for (const auto& [hash, object] : congress.objects.items()) bytes += object.size();
  const Cpu cpu;
  for (auto _ : state) {
    election::Fold fold({}, threads(state));
    for (const Bytes& e : congress.log)
      if (!fold.replay(e, congress.objects)) std::abort();
  }
  report(state, cpu, static_cast<double>(ballots(state)));
  state.counters["bytes_per_ballot"] = static_cast<double>(bytes) / static_cast<double>(ballots(state));
}

void sizes(benchmark::internal::Benchmark* b) {
  b->ArgNames({"ballots", "threads"})
      ->ArgsProduct({{100, 1000, 10000}, {1, 2}})
      ->Unit(benchmark::kMillisecond)
      ->MeasureProcessCPUTime()
      ->UseRealTime()
      ->Iterations(1);
}

BENCHMARK(seal_two_contests)->Unit(benchmark::kMillisecond)->Iterations(200);
BENCHMARK(check_and_append)
    ->ArgNames({"ballots", "wide"})
    ->ArgsProduct({{100, 1000}, {0, 1}})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);
BENCHMARK(check_run_with_wrong)
    ->ArgName("wrong")
    ->Arg(0)
    ->Arg(1)
    ->Arg(10)
    ->Arg(256)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);
BENCHMARK(mix)->Apply(sizes);
BENCHMARK(verify_mix)->Apply(sizes);
BENCHMARK(decrypt)->Apply(sizes);
BENCHMARK(verify_decryption)->Apply(sizes);
BENCHMARK(verify_record)->Apply(sizes);

}  // namespace

BENCHMARK_MAIN();

// Whether the time of a sum with secret scalars tells anything of them (after "dudect", Reparaz, Balasch and
// Verbauwhede, 2017): the same code for one fixed scalar and for random ones, in random order, and Welch's t between
// the two, over all runs and over the quicker half (what an interruption has lengthened says nothing). |t| above 10
// tells; below 4.5 nothing was seen. A sum that skips zero digits shows what the measurement sees.
// "./timing_bench [runs]", 20,000 by default.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "crypto/batch/decode.h"
#include "crypto/batch/secret_sums.h"
#include "crypto/batch/sum.h"
#include "crypto/primitives/random.h"

namespace tuixuan::batch {
namespace {

using primitives::Point;
using primitives::SecretScalar;

struct Run {
  bool fixed;
  double time;
};

double welch(const std::vector<Run>& runs, double longest) {
  double n[2] = {};
  double mean[2] = {};
  double squares[2] = {};
  for (const Run& r : runs) {
    if (r.time > longest) continue;
    const int c = r.fixed ? 1 : 0;
    n[c] += 1;
    const double d = r.time - mean[c];
    mean[c] += d / n[c];
    squares[c] += d * (r.time - mean[c]);
  }
  if (n[0] < 2 || n[1] < 2) return 0;
  return (mean[0] - mean[1]) / std::sqrt(squares[0] / (n[0] - 1) / n[0] + squares[1] / (n[1] - 1) / n[1]);
}

void measure(const char* path, const char* what, std::size_t runs,
             const std::function<void(const std::vector<SecretScalar>&)>& body) {
  constexpr std::size_t kScalars = 8;
  std::vector<Run> all;
  Bytes coins(runs);
  primitives::fill_random(coins);
  for (const std::uint8_t coin : coins) {
    const bool fixed = coin % 2 == 1;
    std::vector<SecretScalar> scalars;
    for (std::size_t i = 0; i < kScalars; ++i) {
      SecretScalar drawn = SecretScalar::random();  // drawn in any case
      scalars.push_back(fixed ? SecretScalar{} : std::move(drawn));
    }
    const auto start = std::chrono::steady_clock::now();
    body(scalars);
    const auto end = std::chrono::steady_clock::now();
    all.push_back({fixed, std::chrono::duration<double, std::nano>(end - start).count()});
  }
  all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 20));  // caches are warm by then
  std::vector<double> times;
  for (const Run& r : all) times.push_back(r.time);
  std::sort(times.begin(), times.end());
  const double t = welch(all, times.back());
  const double t_half = welch(all, times[times.size() / 2]);
  const double worst = std::max(std::abs(t), std::abs(t_half));
  std::printf("| %s | %s | %.1f | %+.1f | %+.1f | %s |\n", path, what, times[times.size() / 2] / 1000, t, t_half,
              worst > 10    ? "tells"
              : worst > 4.5 ? "doubtful"
                            : "nothing seen");
  std::fflush(stdout);
}

void run(std::size_t runs) {
  const Point base = Point::base(SecretScalar::random());
  const Coordinates known = coordinates_of(std::vector{&base}, 1)[0];
  const std::vector<Coordinates> points(8, known);
  const FixedBase table(known);
  const char* path = engine().name;
  measure(path, "fixed_sums", runs, [&](const std::vector<SecretScalar>& s) { (void)fixed_sums({{table, s}}, 1); });
  measure(path, "secret_sum", runs, [&](const std::vector<SecretScalar>& s) {
    std::vector<const SecretScalar*> at;
    for (const SecretScalar& x : s) at.push_back(&x);
    (void)secret_sum(at, points, 1);
  });
  measure("libsodium", "base, 8 times", runs, [&](const std::vector<SecretScalar>& s) {
    for (const SecretScalar& x : s) (void)Point::base(x);
  });
  // Sums of public data: digits of zero are in no bucket.
  measure(path, "Sum, which is for public data", runs, [&](const std::vector<SecretScalar>& s) {
    Sum sum;
    for (std::size_t i = 0; i < s.size(); ++i) sum.add(s[i].publish(), points[i]);
    (void)sum.is_identity(1);
  });
}

}  // namespace
}  // namespace tuixuan::batch

int main(int argc, char** argv) {
  const std::size_t runs = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 0;
  std::printf("| path | what | median µs | t | t of the quicker half | |\n|---|---|---|---|---|---|\n");
  tuixuan::batch::run(runs < 100 ? 20000 : runs);
}

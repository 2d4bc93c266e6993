#include "crypto/batch/order.h"

#include <algorithm>
#include <vector>

#include "crypto/batch/workspace.h"
#include "crypto/primitives/random.h"

namespace tuixuan::batch {

static constexpr unsigned kBits = 6;                                  // subsets made of one set of buckets
static constexpr unsigned kSums = (128 + kBits - 1) / kBits * kBits;  // 132

bool all_of_prime_order(std::span<const Coordinates* const> points, unsigned) {
  const std::size_t n = points.size();
  if (n == 0) return true;
  std::vector<Extended> sums;
  if (n <= kSums) {  // each by itself costs no more
    for (const Coordinates* p : points) sums.push_back(from_coordinates(*p));
  } else {
    std::vector<Prepared> prepared(n);
    engine().prepare(points.data(), n, prepared.data());
    sums.resize(kSums);
    Workspace space(n, kBits);
    Bytes random(n);
    std::vector<std::int16_t> values(n);
    for (unsigned t = 0; t < kSums; t += kBits) {
      primitives::fill_random(random);
      for (std::size_t i = 0; i < n; ++i) values[i] = static_cast<std::int16_t>(random[i] % (1U << kBits));
      engine().subsets(prepared.data(), values.data(), n, kBits, space.scratch(), sums.data() + t);
    }
  }
  std::vector<std::uint8_t> ok(sums.size());
  engine().in_subgroup(sums.data(), sums.size(), ok.data());
  return std::find(ok.begin(), ok.end(), 0) == ok.end();
}

bool all_verify_keys(std::span<const primitives::VerifyKey> keys, unsigned threads) {
  static_assert(sizeof(primitives::VerifyKey) == 32);
  constexpr std::size_t kRun = 4096;
  for (std::size_t at = 0; at < keys.size(); at += kRun) {
    const auto here = keys.subspan(at, std::min(kRun, keys.size() - at));
    std::vector<Coordinates> points(here.size());
    std::vector<std::uint8_t> ok(here.size());
    engine().decode_edwards(here[0].bytes.data(), here.size(), points.data(), ok.data());
    if (std::find(ok.begin(), ok.end(), 0) != ok.end()) return false;
    std::vector<const Coordinates*> at_each;
    for (const Coordinates& p : points) at_each.push_back(&p);
    if (!all_of_prime_order(at_each, threads)) return false;
  }
  return true;
}

}  // namespace tuixuan::batch

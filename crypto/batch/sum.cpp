#include "crypto/batch/sum.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <limits>
#include <utility>

#include "crypto/base/parallel.h"
#include "crypto/batch/decode.h"
#include "crypto/batch/workspace.h"

namespace tuixuan::batch {

using primitives::Point;
using primitives::Scalar;

namespace {

constexpr std::size_t kChunk = 16384;  // points whose prepared form and buckets fit a processor's cache
constexpr unsigned kMaxBits = 13;
using Words = std::array<std::uint64_t, 4>;

Words words_of(const Scalar& s) {
  Words w;
  std::memcpy(w.data(), s.bytes().data(), 32);
  if constexpr (std::endian::native == std::endian::big)
    for (std::uint64_t& x : w) x = __builtin_bswap64(x);
  return w;
}

unsigned bits_of(const Words& w) {
  for (unsigned i = 4; i-- > 0;)
    if (w[i] != 0) return 64 * i + static_cast<unsigned>(std::bit_width(w[i]));
  return 0;
}

// How a chunk is cut into digits: the width for which the additions are fewest.
struct Plan {
  unsigned bits = 1;
  unsigned windows = 0;

  explicit Plan(std::span<const Scalar> scalars) {
    std::array<std::size_t, 258> longer{};  // how many have at least so many bits
    unsigned most = 0;
    for (const Scalar& s : scalars) {
      const unsigned n = bits_of(words_of(s));
      ++longer[n];
      most = std::max(most, n);
    }
    for (std::size_t i = most; i-- > 0;) longer[i] += longer[i + 1];
    double best = std::numeric_limits<double>::max();
    for (unsigned c = 4; c <= kMaxBits; ++c) {
      const unsigned n = (most + c) / c;  // one bit more than the longest, for the sign
      double cost = 0;
      for (unsigned k = 0; k < n; ++k)
        cost += static_cast<double>(longer[std::min(most, k * c)]) + 2.6 * static_cast<double>(1U << (c - 1));
      if (cost < best) {
        best = cost;
        bits = c;
        windows = n;
      }
    }
  }
};

// Digits from -2^(bits-1) + 1 to 2^(bits-1), window by window.
void recode(const Words& w, const Plan& plan, std::int16_t* out, std::size_t stride) {
  const std::uint64_t mask = (std::uint64_t{1} << plan.bits) - 1;
  const std::uint64_t half = std::uint64_t{1} << (plan.bits - 1);
  std::uint64_t carry = 0;
  for (unsigned k = 0; k < plan.windows; ++k) {
    const unsigned at = k * plan.bits;
    const unsigned word = at / 64;
    const unsigned shift = at % 64;
    std::uint64_t digit = word < 4 ? w[word] >> shift : 0;
    if (shift + plan.bits > 64 && word + 1 < 4) digit |= w[word + 1] << (64 - shift);
    digit = (digit & mask) + carry;
    carry = digit > half ? 1 : 0;
    out[k * stride] =
        static_cast<std::int16_t>(static_cast<std::int64_t>(digit) - static_cast<std::int64_t>(carry << plan.bits));
  }
}

Extended sum_of_chunk(std::span<const Scalar> scalars, std::span<const Coordinates* const> points, unsigned threads) {
  const std::size_t n = scalars.size();
  const Plan plan(scalars);
  std::vector<std::int16_t> digits(n * plan.windows);
  for (std::size_t i = 0; i < n; ++i) recode(words_of(scalars[i]), plan, digits.data() + i, n);
  std::vector<Prepared> prepared(n);
  engine().prepare(points.data(), n, prepared.data());

  std::vector<Extended> sums(plan.windows);
  std::atomic<unsigned> next{0};
  const unsigned step = n < 4096 ? 8 : 2;  // windows of one job
  const unsigned workers = n < 256 ? 1 : std::min(threads, (plan.windows + step - 1) / step);
  parallel_for(
      workers, workers,
      [&](std::size_t) {
        Workspace space(n, plan.bits);
        for (unsigned k = next.fetch_add(step); k < plan.windows; k = next.fetch_add(step))
          engine().windows(prepared.data(), digits.data() + k * n, n, std::min(step, plan.windows - k), plan.bits,
                           space.scratch(), &sums[k]);
      },
      1);
  Extended sum = neutral();
  for (unsigned k = plan.windows; k-- > 0;) {
    one_twice(sum, plan.bits);
    one_add(sum, sums[k]);
  }
  return sum;
}

}  // namespace

const Coordinates& base_coordinates() {
  static const Coordinates base = [] {
    ByteArray<32> bytes;
    bytes.fill(0x66);
    bytes[0] = 0x58;
    Coordinates c;
    std::uint8_t ok = 0;
    engine().decode_edwards(bytes.data(), 1, &c, &ok);
    if (ok != 1) bug("the base point is no point");
    return c;
  }();
  return base;
}

void Sum::reserve(std::size_t terms) {
  scalars_.reserve(terms + 1);
  points_.reserve(terms + 1);
}

void Sum::add(const Scalar& s, const Point& p) {
  if (p.is_identity()) return;
  if (!p.coordinates().known()) undecoded_.emplace_back(scalars_.size(), &p);
  scalars_.push_back(s);
  points_.push_back(&p.coordinates());
}

void Sum::add(const Scalar& s, const Coordinates& p) {
  scalars_.push_back(s);
  points_.push_back(&p);
}

Extended Sum::evaluate(unsigned threads) {
  if (!base_.is_zero()) add(std::exchange(base_, Scalar{}), base_coordinates());
  std::vector<const Point*> unknown;
  for (const auto& [term, point] : undecoded_) unknown.push_back(point);
  if (!unknown.empty()) decoded_ = coordinates_of(unknown, threads);
  for (std::size_t i = 0; i < unknown.size(); ++i) points_[undecoded_[i].first] = &decoded_[i];

  Extended sum = neutral();
  for (std::size_t at = 0; at < scalars_.size(); at += kChunk) {
    const std::size_t n = std::min(kChunk, scalars_.size() - at);
    one_add(sum, sum_of_chunk(std::span(scalars_).subspan(at, n), std::span(points_).subspan(at, n), threads));
  }
  return sum;
}

bool Sum::is_identity(unsigned threads) { return is_identity_element(evaluate(threads)); }

Point Sum::value(unsigned threads) {
  const Extended sum = evaluate(threads);
  if (is_identity_element(sum)) return {};
  ByteArray<32> bytes;
  engine().encode(&sum, 1, bytes.data());
  Point out;
  if (decode_points(bytes, {&out, 1}, 1) != 1) bug("a sum that is no point");
  return out;
}

}  // namespace tuixuan::batch

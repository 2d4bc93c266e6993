#include "crypto/batch/secret_sums.h"

#include <algorithm>

#include "crypto/base/parallel.h"
#include "crypto/batch/point_maker.h"
#include "crypto/batch/sum.h"

namespace tuixuan::batch {

using primitives::Point;
using primitives::SecretScalar;

namespace {

constexpr std::size_t kScalarsOfJob = 64;  // scalars of one job

// Memory that is wiped when it goes.
template <class T>
class Wiped {
 public:
  explicit Wiped(std::size_t n) : items_(n) {}
  ~Wiped() { primitives::wipe({reinterpret_cast<std::uint8_t*>(items_.data()), items_.size() * sizeof(T)}); }
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
  T* data() { return items_.data(); }
  T& operator[](std::size_t i) { return items_[i]; }

 private:
  std::vector<T> items_;
};

// Digits from -8 to 7; a scalar is below 2^253, so that the last one takes the carry.
void recode(const SecretScalar& s, std::int8_t* out) {
  const ByteArray<32>& bytes = s.reveal();
  int carry = 0;
  for (std::size_t k = 0; k < kSecretDigits; ++k) {
    const int digit = ((bytes[k / 2] >> (k % 2 == 0 ? 0 : 4)) & 15) + carry;
    carry = (digit + 8) >> 4;
    out[k] = static_cast<std::int8_t>(digit - (carry << 4));
  }
}

}  // namespace

FixedBase::FixedBase(const Coordinates& point) : table_(kSecretDigits * kDigitMultiples) {
  make_fixed_table(point, table_.data());
}

const FixedBase& FixedBase::generator() {
  static const FixedBase base(base_coordinates());
  return base;
}

// No start: zero.
static std::vector<Point> sums_from(const Coordinates* start, std::size_t n, std::initializer_list<FixedTerm> terms,
                                    unsigned threads) {
  for (const FixedTerm& term : terms)
    if (term.scalars.size() != n) bug("sums with another number of scalars");
  std::vector<Point> out(n);
  parallel_for((n + kScalarsOfJob - 1) / kScalarsOfJob, threads,
               [&](std::size_t job) {
                 const std::size_t from = job * kScalarsOfJob;
                 const std::size_t here = std::min(kScalarsOfJob, n - from);
                 Wiped<Extended> sums(here);
                 Wiped<std::int8_t> digits(here * kSecretDigits);
                 for (std::size_t i = 0; i < here; ++i)
                   sums[i] = start == nullptr ? neutral() : from_coordinates(start[from + i]);
                 for (const FixedTerm& term : terms) {
                   for (std::size_t i = 0; i < here; ++i)
                     recode(term.scalars[from + i], digits.data() + i * kSecretDigits);
                   engine().fixed_multiples(term.base.table(), digits.data(), here, sums.data());
                 }
                 std::array<std::uint8_t, 32 * kScalarsOfJob> bytes;
                 engine().encode(sums.data(), here, bytes.data());
                 for (std::size_t i = 0; i < here; ++i)
                   out[from + i] = PointMaker::make(std::span(bytes).subspan(32 * i, 32));
                 primitives::wipe_stack();
               },
               1);
  return out;
}

std::vector<Point> fixed_sums(std::initializer_list<FixedTerm> terms, unsigned threads) {
  return sums_from(nullptr, terms.begin()->scalars.size(), terms, threads);
}

std::vector<Point> fixed_sums(std::span<const Coordinates> start, std::initializer_list<FixedTerm> terms,
                              unsigned threads) {
  return sums_from(start.data(), start.size(), terms, threads);
}

Point secret_sum(std::span<const SecretScalar* const> scalars, std::span<const Coordinates> points, unsigned threads) {
  if (scalars.size() != points.size()) bug("a sum with another number of scalars");
  const std::size_t n = points.size();
  const std::size_t jobs = (n + kScalarsOfJob - 1) / kScalarsOfJob;
  Wiped<Extended> sums(jobs);
  parallel_for(
      jobs, threads,
      [&](std::size_t job) {
        const std::size_t from = job * kScalarsOfJob;
        const std::size_t here = std::min(kScalarsOfJob, n - from);
        Wiped<std::int8_t> digits(here * kSecretDigits);
        Wiped<Extended> columns(kSecretDigits);
        std::fill_n(columns.data(), kSecretDigits, neutral());
        for (std::size_t i = 0; i < here; ++i) recode(*scalars[from + i], digits.data() + i * kSecretDigits);
        engine().digit_columns(points.data() + from, digits.data(), here, columns.data());
        sums[job] = neutral();
        for (std::size_t k = kSecretDigits; k-- > 0;) {
          one_twice(sums[job], 4);
          one_add(sums[job], columns[k]);
        }
        primitives::wipe_stack();
      },
      1);
  Wiped<Extended> whole(1);
  whole[0] = neutral();
  for (std::size_t job = 0; job < jobs; ++job) one_add(whole[0], sums[job]);
  ByteArray<32> bytes;
  engine().encode(whole.data(), 1, bytes.data());
  return PointMaker::make(bytes);
}

}  // namespace tuixuan::batch

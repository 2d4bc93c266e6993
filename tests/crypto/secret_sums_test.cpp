// Multiples by secret scalars on every path, and the prover that rests on them, against libsodium: the same bytes.
#include "crypto/batch/secret_sums.h"

#include <gtest/gtest.h>

#include "crypto/batch/decode.h"
#include "crypto/batch/sum.h"
#include "crypto/primitives/random.h"
#include "crypto/proofs/shuffle.h"
#include "tests/crypto/emulated_path.h"
#include "tests/crypto/reference_shuffle.h"
#include "tests/support/seed.h"

namespace tuixuan::batch {
namespace {

using primitives::Point;
using primitives::Scalar;
using primitives::SecretScalar;

constexpr const char* kLessOne = "ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";  // l - 1

Point random_point() { return Point::base(SecretScalar::random()); }
Coordinates coordinates(const Point& p) { return coordinates_of(std::vector{&p}, 1)[0]; }

std::vector<const Engine*> paths() {
  std::vector<const Engine*> out{&kEmulatedPath};
  for (const char* name : {"plain", "avx2", "ifma"})
    if (const Engine* e = find_engine(name)) out.push_back(e);
  return out;
}

// What stands at the ends of ranges: of scalars, of digits (8 carries, 7 does not), of words.
std::vector<Scalar> edges() {
  const Scalar one = Scalar::of(1);
  const Scalar last = Scalar::decode(array_from_hex<32>(kLessOne).value()).value();
  std::vector<Scalar> out{Scalar{}, one, Scalar::of(2), Scalar::of(7), Scalar::of(8), Scalar::of(9), last, last - one};
  for (const int digit : {0x77, 0x88, 0x78, 0x87, 0x80, 0x08, 0xf0, 0xff}) {
    Hash64 wide{};
    std::fill_n(wide.bytes.begin(), 31, static_cast<std::uint8_t>(digit));
    wide.bytes[31] = 0x0f;
    out.push_back(Scalar::reduce(wide));
  }
  Scalar power = one;
  for (int i = 0; i < 252; ++i) power = power + power;
  out.insert(out.end(), {power, power - one, Scalar{} - Scalar::of(8)});
  return out;
}

std::vector<SecretScalar> secret(std::span<const Scalar> from) {
  std::vector<SecretScalar> out;
  for (const Scalar& s : from) out.push_back(SecretScalar::of(s));
  return out;
}

std::vector<Scalar> some_scalars(std::size_t n) {
  std::vector<Scalar> out = edges();
  while (out.size() < n) out.push_back(SecretScalar::random().publish());
  out.resize(n);
  return out;
}

Bytes encoded(const Engine& path, std::span<const Extended> points) {
  Bytes out(32 * points.size());
  path.encode(points.data(), points.size(), out.data());
  return out;
}

// Digits and the scalars that they make: all -8, all 7, all 0, then random ones.
struct Digits {
  std::vector<std::int8_t> digits;
  std::vector<Scalar> scalars;
  explicit Digits(std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<std::int8_t> d(kSecretDigits, static_cast<std::int8_t>(i == 0 ? -8 : i == 1 ? 7 : 0));
      for (std::int8_t& x : d)
        if (i > 2) x = static_cast<std::int8_t>(static_cast<int>(primitives::random_below(16)) - 8);
      Scalar s;
      for (std::size_t k = kSecretDigits; k-- > 0;) {
        s = s * Scalar::of(16);
        s = d[k] < 0 ? s - Scalar::of(static_cast<std::uint64_t>(-d[k]))
                     : s + Scalar::of(static_cast<std::uint64_t>(d[k]));
      }
      digits.insert(digits.end(), d.begin(), d.end());
      scalars.push_back(s);
    }
  }
};

class SecretPath : public testing::TestWithParam<const Engine*> {};

TEST_P(SecretPath, MultipliesAPointWithATable) {
  const Point base = random_point();
  const FixedBase table(coordinates(base));
  for (std::size_t n = 0; n <= 20; ++n) {
    const Digits d(n);
    std::vector<Point> start;
    std::vector<Extended> sums;
    for (std::size_t i = 0; i < n; ++i) {
      start.push_back(i % 3 == 0 ? Point{} : i % 3 == 1 ? Point{} - d.scalars[i] * base : random_point());
      sums.push_back(from_coordinates(coordinates(start[i])));
    }
    GetParam()->fixed_multiples(table.table(), d.digits.data(), n, sums.data());
    Bytes right;
    for (std::size_t i = 0; i < n; ++i) {
      const Point p = start[i] + d.scalars[i] * base;
      right.insert(right.end(), p.bytes().begin(), p.bytes().end());
    }
    EXPECT_EQ(to_hex(encoded(*GetParam(), sums)), to_hex(right)) << n;
  }
}

TEST_P(SecretPath, AddsUpTheDigitsOfManyPointsByColumns) {
  for (std::size_t n = 0; n <= 20; ++n) {
    const Digits d(n);
    std::vector<Point> points;
    std::vector<Coordinates> known;
    Point right;
    for (std::size_t i = 0; i < n; ++i) {
      // Equal and opposite points meet in the columns.
      points.push_back(i % 4 == 1 ? points[i - 1] : i % 4 == 2 ? Point{} - points[i - 1] : random_point());
      known.push_back(coordinates(points[i]));
      right += d.scalars[i] * points[i];
    }
    std::vector<Extended> columns(kSecretDigits, neutral());
    GetParam()->digit_columns(known.data(), d.digits.data(), n, columns.data());
    Extended sum = neutral();
    for (std::size_t k = kSecretDigits; k-- > 0;) {
      one_twice(sum, 4);
      one_add(sum, columns[k]);
    }
    EXPECT_EQ(to_hex(encoded(*GetParam(), {&sum, 1})), to_hex(right.view())) << n;
  }
}

INSTANTIATE_TEST_SUITE_P(Batch, SecretPath, testing::ValuesIn(paths()),
                         [](const auto& path) { return std::string(path.param->name); });

TEST(SecretSums, AreThoseOfLibsodium) {
  const Point other = random_point();
  const FixedBase table(coordinates(other));
  for (const std::size_t n :
       {std::size_t{1}, std::size_t{19}, std::size_t{63}, std::size_t{64}, std::size_t{65}, std::size_t{200}})
    for (const unsigned threads : {1U, 2U}) {
      const std::vector<Scalar> on_G = some_scalars(n);
      std::vector<Scalar> on_other = some_scalars(n);
      std::reverse(on_other.begin(), on_other.end());
      std::vector<Point> start;
      for (std::size_t i = 0; i < n; ++i) start.push_back(i == 7 ? Point{} : random_point());
      std::vector<const Point*> at;
      for (const Point& p : start) at.push_back(&p);
      const std::vector<Coordinates> from = coordinates_of(at, threads);
      const std::vector<SecretScalar> first = secret(on_G);
      const std::vector<SecretScalar> second = secret(on_other);
      const auto both = fixed_sums({{FixedBase::generator(), first}, {table, second}}, threads);
      const auto more = fixed_sums(from, {{table, first}}, threads);
      std::vector<const SecretScalar*> weights;
      for (const SecretScalar& s : first) weights.push_back(&s);
      Point whole;
      for (std::size_t i = 0; i < n; ++i) {
        EXPECT_EQ(both[i], Point::base(on_G[i]) + on_other[i] * other) << i;
        EXPECT_EQ(more[i], start[i] + on_G[i] * other) << i;
        whole += on_G[i] * start[i];
      }
      EXPECT_EQ(secret_sum(weights, from, threads), whole);
    }
  EXPECT_TRUE(secret_sum({}, {}, 1).is_identity());
}

TEST(SecretSums, AProofHasTheBytesOfLibsodiumsForTheSameDraws) {
  const SecretScalar x = SecretScalar::random();
  const Point Y = Point::base(x);
  for (const std::size_t n : {std::size_t{1}, std::size_t{2}, std::size_t{9}, std::size_t{70}})
    for (const std::size_t w : {std::size_t{1}, std::size_t{3}}) {
      std::vector<proofs::Row> input(n);
      for (proofs::Row& row : input)
        for (std::size_t m = 0; m < w; ++m) row.push_back({random_point(), m == 1 ? Point{} : random_point()});
      const proofs::ShuffleStatement statement{{}, "chair", 1, 2, Y, input, {}};
      kit::draw_again(n);
      const proofs::Shuffled ours = proofs::shuffle(statement, 1);
      kit::draw_again(n);
      const proofs::Shuffled reference = proofs::reference_shuffle(statement);
      EXPECT_EQ(ours.output, reference.output);
      EXPECT_EQ(ours.proof, reference.proof);
      const proofs::ShuffleStatement whole{{}, "chair", 1, 2, Y, input, ours.output};
      EXPECT_TRUE(proofs::verify_shuffle(whole, ours.proof, 1));
      EXPECT_TRUE(proofs::verify_shuffle(whole, ours.proof, 1, Checking::exact));
    }
}

}  // namespace
}  // namespace tuixuan::batch

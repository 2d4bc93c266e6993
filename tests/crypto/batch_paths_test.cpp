// Every path of crypto/batch against libsodium: what decodes and what does not, the coordinates, the encodings, sums of
// every small size and around each change of chunk and window, subgroups. TUIXUAN_LONG=1: a million of each.
#include <gtest/gtest.h>
#include <sodium.h>

#include <cstdlib>

#include "crypto/batch/decode.h"
#include "crypto/batch/workspace.h"
#include "crypto/primitives/random.h"
#include "tests/crypto/batch_points.h"
#include "tests/crypto/emulated_path.h"
#include "tests/crypto/rfc9496.h"

namespace tuixuan::batch {
namespace {

using primitives::Point;
using primitives::Scalar;

std::size_t scaled(std::size_t quick) { return std::getenv("TUIXUAN_LONG") != nullptr ? 1'000'000 : quick; }

std::vector<const Engine*> paths() {
  std::vector<const Engine*> out{&kEmulatedPath};
  for (const char* name : {"plain", "avx2", "ifma"})
    if (const Engine* e = find_engine(name)) out.push_back(e);
  return out;
}

class Path : public testing::TestWithParam<const Engine*> {
 protected:
  const Engine& path() const { return *GetParam(); }

  // For each 32 bytes, what the path says; it must be what libsodium and the strict rule say.
  void expect_same_verdicts(const Bytes& bytes) {
    const std::size_t n = bytes.size() / 32;
    std::vector<Coordinates> coordinates(n);
    std::vector<std::uint8_t> ok(n);
    path().decode(bytes.data(), n, coordinates.data(), ok.data());
    std::vector<std::uint8_t> only(n);
    path().decode(bytes.data(), n, nullptr, only.data());
    ASSERT_EQ(ok, only);
    std::vector<Extended> decoded;
    Bytes right;
    for (std::size_t i = 0; i < n; ++i) {
      const ByteView item = ByteView(bytes).subspan(32 * i, 32);
      ASSERT_EQ(ok[i] == 1, Point::decode(item).has_value()) << to_hex(item);
      if (ok[i] != 1) continue;
      decoded.push_back(from_coordinates(coordinates[i]));
      right.insert(right.end(), item.begin(), item.end());
    }
    Bytes encoded(right.size());
    path().encode(decoded.data(), decoded.size(), encoded.data());
    ASSERT_EQ(to_hex(encoded), to_hex(right));
  }
};

TEST_P(Path, DecodesTheMultiplesOfTheGenerator) {  // RFC 9496, A.1
  Bytes all;
  for (const char* m : rfc9496::kMultiples) {
    const Bytes b = from_hex(m).value();
    all.insert(all.end(), b.begin(), b.end());
  }
  expect_same_verdicts(all);
  std::vector<std::uint8_t> ok(16);
  path().decode(all.data(), 16, nullptr, ok.data());
  EXPECT_EQ(ok[0], 0) << "the identity is no published point";
  for (std::size_t i = 1; i < 16; ++i) EXPECT_EQ(ok[i], 1) << i;
}

TEST_P(Path, RefusesBadEncodings) {  // RFC 9496, A.2
  for (const char* bad : rfc9496::kBadEncodings) {
    const Bytes b = from_hex(bad).value();
    std::uint8_t ok = 1;
    path().decode(b.data(), 1, nullptr, &ok);
    EXPECT_EQ(ok, 0) << bad;
    expect_same_verdicts(b);
  }
}

TEST_P(Path, DecodesAsLibsodium) {
  const std::size_t n = scaled(20'000);
  constexpr std::size_t kRun = 5000;
  for (std::size_t done = 0; done < n; done += kRun) {
    const Bytes good = random_encodings(kRun);
    expect_same_verdicts(good);
    expect_same_verdicts(random_bytes(32 * kRun));
    Bytes mutated = good;
    for (std::size_t i = 0; i < kRun; ++i)
      mutated[32 * i + primitives::random_below(32)] ^= static_cast<std::uint8_t>(1U << primitives::random_below(8));
    expect_same_verdicts(mutated);
    if (HasFatalFailure()) return;
  }
}

// Small and large numbers, and p plus and minus them: where one value might have two spellings.
TEST_P(Path, DecodesAsLibsodiumAtTheEdges) {
  Bytes all;
  for (const std::uint8_t top : {0x00, 0x7f, 0x80, 0xff})
    for (const std::uint8_t middle : {0x00, 0xff})
      for (unsigned low = 0; low < 256; ++low) {
        ByteArray<32> b;
        b.fill(middle);
        b[0] = static_cast<std::uint8_t>(low);
        b[31] = top;
        all.insert(all.end(), b.begin(), b.end());
      }
  expect_same_verdicts(all);
}

TEST_P(Path, FillsPartOfItsLanes) {
  for (std::size_t n = 1; n <= 35; ++n) {
    Bytes bytes = random_encodings(n);
    bytes[32 * (n / 2) + 5] ^= 1;
    expect_same_verdicts(bytes);
  }
}

TEST_P(Path, MapsHashesAsLibsodium) {
  const std::size_t n = scaled(5'000);
  constexpr std::size_t kRun = 1000;
  for (std::size_t done = 0; done < n; done += kRun) {
    Bytes uniform = random_bytes(64 * kRun);
    std::fill_n(uniform.begin(), 64, 0);  // both halves zero
    std::fill_n(uniform.begin() + 64, 64, 0xff);
    std::copy_n(uniform.begin() + 128, 32, uniform.begin() + 160);  // equal halves
    std::vector<Coordinates> c(kRun - (done % 7));
    path().from_uniform(uniform.data(), c.size(), c.data());
    std::vector<Extended> points;
    for (const Coordinates& x : c) points.push_back(from_coordinates(x));
    Bytes encoded(32 * points.size());
    path().encode(points.data(), points.size(), encoded.data());
    for (std::size_t i = 0; i < points.size(); ++i) {
      ByteArray<32> expected;
      crypto_core_ristretto255_from_hash(expected.data(), uniform.data() + 64 * i);
      ASSERT_EQ(to_hex(ByteView(encoded).subspan(32 * i, 32)), to_hex(expected)) << i;
    }
  }
}

// sum of digit times point, by libsodium.
Point slow_sum(std::span<const Point> points, std::span<const std::int16_t> digits) {
  Point sum;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point p = Scalar::of(static_cast<std::uint64_t>(std::abs(digits[i]))) * points[i];
    sum = digits[i] < 0 ? sum - p : sum + p;
  }
  return sum;
}

TEST_P(Path, SumsAWindow) {
  for (const unsigned bits : {1U, 2U, 3U, 4U, 5U, 9U}) {
    for (const std::size_t n : {0U, 1U, 2U, 7U, 8U, 9U, 40U, 300U}) {
      std::vector<Point> points(n);
      ASSERT_EQ(decode_points(random_encodings(n), points, 1), n);
      if (n > 8) points[3] = points[5];  // the same twice
      std::vector<const Coordinates*> at;
      for (const Point& p : points) at.push_back(&p.coordinates());
      std::vector<std::int16_t> digits(n);
      const int half = 1 << (bits - 1);
      for (std::size_t i = 0; i < n; ++i)
        digits[i] = static_cast<std::int16_t>(static_cast<int>(primitives::random_below(2U << (bits - 1))) - half + 1);
      if (n == 40) std::fill(digits.begin(), digits.end(), static_cast<std::int16_t>(half));  // one bucket only
      if (n > 8) {
        digits[3] = static_cast<std::int16_t>(half);
        digits[5] = static_cast<std::int16_t>(n % 2 == 0 ? half : -half + 1);
      }
      std::vector<Prepared> prepared(n);
      path().prepare(at.data(), n, prepared.data());
      Workspace space(n, std::max(bits, 1U));
      // Several windows in one call: those before and after this one change nothing of it.
      const std::size_t count = 1 + n % 11;
      const std::size_t which = n % count;
      std::vector<std::int16_t> all;
      for (std::size_t w = 0; w < count; ++w)
        for (const std::int16_t d : digits)
          all.push_back(w == which ? d : static_cast<std::int16_t>(w % 2 == 0 ? -d / 2 : d / 3));
      std::vector<Extended> out(count);
      path().windows(prepared.data(), all.data(), n, count, bits, space.scratch(), out.data());
      ByteArray<32> encoded;
      path().encode(&out[which], 1, encoded.data());
      EXPECT_EQ(to_hex(encoded), to_hex(slow_sum(points, digits).bytes())) << bits << " bits, " << n;
    }
  }
}

TEST_P(Path, SumsOfSubsets) {
  constexpr unsigned kBits = 6;
  for (const std::size_t n : {0U, 1U, 9U, 200U}) {
    std::vector<Point> points(n);
    ASSERT_EQ(decode_points(random_encodings(n), points, 1), n);
    std::vector<const Coordinates*> at;
    for (const Point& p : points) at.push_back(&p.coordinates());
    std::vector<std::int16_t> values(n);
    for (std::int16_t& v : values) v = static_cast<std::int16_t>(primitives::random_below(1U << kBits));
    std::vector<Prepared> prepared(n);
    path().prepare(at.data(), n, prepared.data());
    Workspace space(n, kBits);
    Extended out[kBits];
    path().subsets(prepared.data(), values.data(), n, kBits, space.scratch(), out);
    for (unsigned t = 0; t < kBits; ++t) {
      Point expected;
      for (std::size_t i = 0; i < n; ++i)
        if (((values[i] >> t) & 1) != 0) expected += points[i];
      ByteArray<32> encoded;
      path().encode(out + t, 1, encoded.data());
      EXPECT_EQ(to_hex(encoded), to_hex(expected.bytes())) << n << ", bit " << t;
    }
  }
}

TEST_P(Path, KnowsTheSubgroup) {
  for (int run = 0; run < 20; ++run) {
    const ByteArray<32> good = random_edwards();
    for (const ByteArray<32>& torsion : small_order()) {
      const ByteArray<32> point = edwards_sum(good, torsion);
      Coordinates c;
      std::uint8_t ok = 0;
      path().decode_edwards(point.data(), 1, &c, &ok);
      ASSERT_EQ(ok, 1) << to_hex(point);
      const Extended e = from_coordinates(c);
      path().in_subgroup(&e, 1, &ok);
      EXPECT_EQ(ok == 1, crypto_core_ed25519_is_valid_point(point.data()) == 1) << to_hex(torsion);
    }
  }
  std::vector<Coordinates> torsion(8);
  std::vector<std::uint8_t> ok(8);
  for (std::size_t i = 0; i < 8; ++i) {
    path().decode_edwards(small_order()[i].data(), 1, &torsion[i], &ok[i]);
    EXPECT_EQ(ok[i] == 1, i >= 2) << i;  // x = 0 is refused at once
    if (ok[i] != 1) continue;
    const Extended e = from_coordinates(torsion[i]);
    std::uint8_t in = 1;
    path().in_subgroup(&e, 1, &in);
    EXPECT_EQ(in, 0);
  }
}

TEST_P(Path, DecodesEdwardsPointsAsLibsodium) {
  Bytes all;
  for (int i = 0; i < 300; ++i) {
    const ByteArray<32> good = random_edwards();
    all.insert(all.end(), good.begin(), good.end());
    const Bytes any = random_bytes(32);
    all.insert(all.end(), any.begin(), any.end());
  }
  for (unsigned low = 0; low < 256; ++low)
    for (const std::uint8_t top : {0x7f, 0xff, 0x00, 0x80}) {
      ByteArray<32> b;
      b.fill(top == 0x7f || top == 0xff ? 0xff : 0);
      b[0] = static_cast<std::uint8_t>(low);
      b[31] = top;
      all.insert(all.end(), b.begin(), b.end());
    }
  const std::size_t n = all.size() / 32;
  std::vector<Coordinates> c(n);
  std::vector<std::uint8_t> ok(n);
  path().decode_edwards(all.data(), n, c.data(), ok.data());
  for (std::size_t i = 0; i < n; ++i) {
    const ByteArray<32> torsion_free = [&] {  // l p for a point that is on the curve; libsodium tells of those only
      ByteArray<32> b;
      std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(32 * i), 32, b.begin());
      return b;
    }();
    if (crypto_core_ed25519_is_valid_point(torsion_free.data()) == 1) {
      EXPECT_EQ(ok[i], 1) << to_hex(torsion_free);
    }
    if (ok[i] != 1) continue;
    // Taken: on the curve, canonical, and the same point.
    ByteArray<32> sum;
    EXPECT_EQ(crypto_core_ed25519_add(sum.data(), torsion_free.data(), small_order()[0].data()), 0);
    EXPECT_EQ(to_hex(sum), to_hex(torsion_free));
  }
}

std::string name_of(const testing::TestParamInfo<const Engine*>& info) { return info.param->name; }
INSTANTIATE_TEST_SUITE_P(Batch, Path, testing::ValuesIn(paths()), name_of);

}  // namespace
}  // namespace tuixuan::batch

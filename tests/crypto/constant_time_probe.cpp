// Run by constant_time_test under valgrind: secrets are marked as undefined, and memcheck reports each branch and each
// address that depends on them. "constant_time_probe sums": the code of the product; "branch" and "address": two that
// leak in the ways that code must not. The exit status is 10 and how many reports there were.
#include <valgrind/memcheck.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "crypto/batch/decode.h"
#include "crypto/batch/secret_sums.h"
#include "crypto/batch/sum.h"
#include "tests/crypto/emulated_path.h"

namespace tuixuan::batch {
namespace {

using primitives::Point;
using primitives::SecretScalar;

void hide(const void* data, std::size_t size) { VALGRIND_MAKE_MEM_UNDEFINED(data, size); }
void show(const void* data, std::size_t size) { VALGRIND_MAKE_MEM_DEFINED(data, size); }

std::vector<SecretScalar> hidden_scalars(std::size_t n) {
  std::vector<SecretScalar> out(n);
  for (SecretScalar& s : out) {
    s = SecretScalar::random();
    hide(s.reveal().data(), 32);
  }
  return out;
}

// How many bits of what was computed count as undefined: if none did, the marks would have been lost on the way.
bool still_hidden(const void* data, std::size_t size) {
  Bytes bits(size);
  (void)VALGRIND_GET_VBITS(data, bits.data(), size);
  return std::any_of(bits.begin(), bits.end(), [](std::uint8_t b) { return b != 0; });
}

bool sums() {
  bool marked = true;
  std::vector<Point> points;
  for (int i = 0; i < 9; ++i) points.push_back(Point::base(SecretScalar::random()));
  std::vector<const Point*> at;
  for (const Point& p : points) at.push_back(&p);
  const std::vector<Coordinates> known = coordinates_of(at, 1);
  const FixedBase table(known[0]);

  const std::vector<SecretScalar> a = hidden_scalars(points.size());
  const std::vector<SecretScalar> b = hidden_scalars(points.size());
  std::vector<SecretScalar> c;
  for (std::size_t i = 0; i < a.size(); ++i) c.push_back(a[i] * b[i] + a[i] - b[i]);
  std::vector<const SecretScalar*> weights;
  for (const SecretScalar& s : c) weights.push_back(&s);
  const auto check = [&](const Point& p) {
    marked = marked && still_hidden(p.bytes().data(), 32);
    show(p.bytes().data(), 32);
  };
  for (const Point& p : fixed_sums({{FixedBase::generator(), a}, {table, c}}, 1)) check(p);
  for (const Point& p : fixed_sums(known, {{table, b}}, 1)) check(p);
  check(secret_sum(weights, known, 1));

  // Each path that runs under valgrind, which knows no AVX-512; the emulated one has that one's lanes.
  for (const Engine* path : {&kEmulatedPath, find_engine("plain"), find_engine("avx2")}) {
    if (path == nullptr) continue;
    std::vector<std::int8_t> digits(kSecretDigits * points.size(), 3);
    hide(digits.data(), digits.size());
    std::vector<Extended> sums(kSecretDigits, neutral());
    path->fixed_multiples(table.table(), digits.data(), points.size(), sums.data());
    path->digit_columns(known.data(), digits.data(), 2, sums.data());
    Bytes bytes(32 * points.size());
    path->encode(sums.data(), points.size(), bytes.data());
    marked = marked && still_hidden(bytes.data(), bytes.size());
    std::printf("%s\n", path->name);
  }
  return marked;
}

volatile std::uint64_t sink = 0;

void leak_by_branch(const SecretScalar& s) {
  for (const std::uint8_t b : s.reveal())
    if (b % 16 != 0) sink = sink + 1;
}

void leak_by_address(const SecretScalar& s, const FixedBase& table) {
  for (const std::uint8_t b : s.reveal()) sink = sink + table.table()[b % kDigitMultiples].limbs[0];
}

int run(std::string_view what) {
  if (RUNNING_ON_VALGRIND == 0) {
    std::puts("to be run under valgrind");
    return 1;
  }
  if (what == "sums" && !sums()) {
    std::puts("what was computed of secrets no longer counts as secret");
    return 2;
  }
  const std::vector<SecretScalar> s = hidden_scalars(1);
  if (what == "branch") leak_by_branch(s[0]);
  if (what == "address") leak_by_address(s[0], FixedBase::generator());
  return 10 + static_cast<int>(std::min<unsigned long>(90, VALGRIND_COUNT_ERRORS));
}

}  // namespace
}  // namespace tuixuan::batch

int main(int argc, char** argv) { return tuixuan::batch::run(argc > 1 ? argv[1] : ""); }

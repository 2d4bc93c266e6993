#include "tally/count/fraction.h"

#include <limits>
#include <numeric>

#include "crypto/base/result.h"

namespace tuixuan::tally {

__extension__ using Wide = unsigned __int128;

static std::optional<Fraction> reduced(Wide num, Wide den) {
  if (den == 0) return Fraction{};
  Wide a = num;
  Wide b = den;
  while (b != 0) {
    const Wide r = a % b;
    a = b;
    b = r;
  }
  num /= a;
  den /= a;
  constexpr Wide kMax = std::numeric_limits<std::uint64_t>::max();
  if (num > kMax || den > kMax) return std::nullopt;
  return Fraction{static_cast<std::uint64_t>(num), static_cast<std::uint64_t>(den)};
}

static Fraction held(const std::optional<Fraction>& f) {
  if (!f) bug("a fraction beyond 64 bits");
  return *f;
}

Fraction fraction(std::uint64_t num, std::uint64_t den) { return held(reduced(num, den)); }

bool less(const Fraction& a, const Fraction& b) { return Wide{a.num} * b.den < Wide{b.num} * a.den; }

std::optional<Fraction> checked_add(const Fraction& a, const Fraction& b) {
  const std::uint64_t g = std::gcd(a.den, b.den);
  const Wide right = Wide{a.den / g} * b.num;
  const Wide left = Wide{b.den / g} * a.num;
  if (left + right < left) return std::nullopt;
  return reduced(left + right, Wide{a.den / g} * b.den);
}

std::optional<Fraction> checked_multiply(const Fraction& a, std::uint64_t n) { return reduced(Wide{a.num} * n, a.den); }

Fraction add(const Fraction& a, const Fraction& b) { return held(checked_add(a, b)); }

std::string decimal(const Fraction& f, std::uint64_t scale, unsigned digits) {
  std::uint64_t unit = 1;
  for (unsigned i = 0; i < digits; ++i) unit *= 10;
  const Wide scaled = (Wide{f.num} * scale * unit * 2 + f.den) / (Wide{f.den} * 2);
  std::string fine = std::to_string(static_cast<std::uint64_t>(scaled % unit));
  fine.insert(0, digits - std::min<std::size_t>(digits, fine.size()), '0');
  std::string out = std::to_string(static_cast<std::uint64_t>(scaled / unit));
  if (digits > 0) out += "." + fine;
  return out;
}

}  // namespace tuixuan::tally

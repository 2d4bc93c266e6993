// Rates and scores as exact fractions. Decimals are for the eye only (half up) and never decide anything (O-3).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tuixuan::tally {

struct Fraction {
  std::uint64_t num = 0;
  std::uint64_t den = 1;  // in lowest terms
  friend bool operator==(const Fraction&, const Fraction&) = default;
};

Fraction fraction(std::uint64_t num, std::uint64_t den);  // in lowest terms; 0/1 where den is 0: nothing was rated
bool less(const Fraction&, const Fraction&);
Fraction add(const Fraction&, const Fraction&);  // stops the program where 64 bits do not hold the sum
// The same, or nothing where 64 bits do not hold it.
std::optional<Fraction> checked_add(const Fraction&, const Fraction&);
std::optional<Fraction> checked_multiply(const Fraction&, std::uint64_t);
// "67.95" for 1715/2524 with scale 100 and 2 digits; half up.
std::string decimal(const Fraction&, std::uint64_t scale = 1, unsigned digits = 2);

}  // namespace tuixuan::tally

// Every "more than half", "not fewer than four fifths" of the rules is data: a fraction, a comparison, and what it is a
// fraction of. Compared in integers (2*s > base), never through a rounded rate.
#pragma once

#include <compare>
#include <cstdint>

namespace tuixuan::tally {

enum class Comparison { at_least, more_than };

// What a fraction is taken of: 登记, 应到, 实到, 投票人数, 收回, 有效.
enum class Base { registered, expected, present, voters, returned, valid };

struct Threshold {
  std::uint32_t num = 1;  // num <= den, 1 <= den (what the scheme's parser enforces)
  std::uint32_t den = 2;
  Comparison comparison = Comparison::more_than;
  Base base = Base::expected;
  friend auto operator<=>(const Threshold&, const Threshold&) = default;
};

// Whether `votes` of `whole` reach the fraction. Both below 2^32.
bool holds(const Threshold&, std::uint64_t votes, std::uint64_t whole);
// The least number of votes that does.
std::uint64_t need(const Threshold&, std::uint64_t whole);

}  // namespace tuixuan::tally

#include "tally/ballot/threshold.h"

namespace tuixuan::tally {

bool holds(const Threshold& t, std::uint64_t votes, std::uint64_t whole) {
  const std::uint64_t left = votes * t.den;
  const std::uint64_t right = whole * t.num;
  return t.comparison == Comparison::more_than ? left > right : left >= right;
}

std::uint64_t need(const Threshold& t, std::uint64_t whole) {
  const std::uint64_t product = whole * t.num;
  return t.comparison == Comparison::more_than ? product / t.den + 1 : (product + t.den - 1) / t.den;
}

}  // namespace tuixuan::tally

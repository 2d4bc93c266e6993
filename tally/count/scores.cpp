#include "tally/count/scores.h"

#include <algorithm>
#include <numeric>

namespace tuixuan::tally {

namespace {

constexpr std::uint64_t kExact = std::uint64_t{1} << 53U;  // what every reader of a report can hold
constexpr std::uint64_t kMillion = 1'000'000;
__extension__ using Wide = unsigned __int128;

std::uint64_t graded(const Rating& rating, const ItemResult& item, std::uint64_t base) {
  const std::uint64_t out = item.not_acquainted + (rating.empty == EmptyCell::nothing ? item.unmarked : 0);
  return base - std::min(base, out);
}

// The sum, or nothing where it is not exact within kExact.
std::optional<Fraction> exact_sum(const Fraction& a, const Fraction& b) {
  const auto sum = checked_add(a, b);
  return sum && sum->num < kExact && sum->den < kExact ? sum : std::nullopt;
}

Fraction to_a_millionth(const Fraction& f) {
  return fraction(static_cast<std::uint64_t>((Wide{f.num} * kMillion * 2 + f.den) / (Wide{f.den} * 2)), kMillion);
}

}  // namespace

Fraction item_score(const Rating& rating, const ItemResult& item, std::uint64_t base) {
  std::vector<std::uint64_t> grades = item.grades;
  if (rating.empty == EmptyCell::lowest) grades.back() += item.unmarked;
  std::uint64_t of = graded(rating, item, base);
  const bool one_rule = rating.empty != EmptyCell::as_before;
  if (one_rule && rating.trim && std::accumulate(grades.begin(), grades.end(), std::uint64_t{0}) > 5) {
    --*std::find_if(grades.begin(), grades.end(), [](std::uint64_t n) { return n > 0; });
    --*std::find_if(grades.rbegin(), grades.rend(), [](std::uint64_t n) { return n > 0; });
    of -= std::min<std::uint64_t>(of, 2);
  }
  std::uint64_t sum = 0;
  for (std::size_t g = 0; g < grades.size(); ++g) sum += grades[g] * rating.grades[g].weight;
  return fraction(sum, of);
}

Fraction total_score(const Rating& rating, const std::vector<ItemResult>& items, std::uint64_t base) {
  std::uint64_t weights = 0;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (graded(rating, items[i], base) > 0) weights += rating.items[i].weight;
  if (weights == 0) return {};
  Fraction rough;
  std::optional<Fraction> sum = Fraction{};
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (graded(rating, items[i], base) == 0) continue;
    const Fraction& score = items[i].score;
    const Fraction part = fraction(score.num * rating.items[i].weight, score.den * weights);
    rough = add(rough, to_a_millionth(part));
    if (sum) sum = exact_sum(*sum, part);
  }
  return sum ? *sum : rough;
}

std::vector<std::size_t> mostly_best(const Contest& c, const ContestResult& r) {
  std::vector<std::size_t> out;
  if (!c.rating) return out;
  for (std::size_t p = 0; p < r.persons.size(); ++p) {
    std::uint64_t best = 0;
    std::uint64_t other = 0;
    for (const ItemResult& item : r.persons[p].items)
      for (std::size_t g = 0; g < item.grades.size(); ++g) (g == 0 ? best : other) += item.grades[g];
    if (best > other) out.push_back(p);
  }
  return out;
}

}  // namespace tuixuan::tally

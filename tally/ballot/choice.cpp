#include "tally/ballot/choice.h"

#include <algorithm>

#include "crypto/codes/ballot.h"

namespace tuixuan::tally {

Selection blank(const Contest& contest) {
  Selection out;
  if (contest.rating) {
    out.grades.assign(contest.candidates.size() * contest.rating->items.size(), 0);
  } else {
    out.marks.assign(contest.candidates.size(), Mark::abstain);
  }
  return out;
}

// A plain store of zeros to memory about to be freed may be optimised away; a volatile one may not.
template <class T>
static void overwrite(T* data, std::size_t n) {
  volatile T* at = data;
  for (std::size_t i = 0; i < n; ++i) at[i] = T{};
}

void wipe(Selection& s) {
  overwrite(s.marks.data(), s.marks.size());
  overwrite(s.grades.data(), s.grades.size());
  for (WriteIn& w : s.write_ins) {
    w.name.resize(w.name.capacity());
    overwrite(w.name.data(), w.name.size());
    overwrite(&w.against, 1);
  }
  s.marks.clear();
  s.grades.clear();
  s.write_ins.clear();
}

bool is_blank(const Selection& s) {
  return s.write_ins.empty() &&
         std::all_of(s.marks.begin(), s.marks.end(), [](Mark m) { return m == Mark::abstain; }) &&
         std::all_of(s.grades.begin(), s.grades.end(), [](GradeMark g) { return g == 0; });
}

std::uint32_t chosen(const Selection& s) {
  return static_cast<std::uint32_t>(std::count(s.marks.begin(), s.marks.end(), Mark::approve) +
                                    static_cast<std::ptrdiff_t>(s.write_ins.size()));
}

bool name_alone_counts(const Contest& c) {
  return c.write_ins.unmarked == Unmarked::counted ||
         (c.kind == Kind::recommendation && c.candidates.empty() && !c.source);
}

std::string label(std::string_view name, std::string_view note) {
  std::string out(name);
  if (!note.empty()) out += "（" + std::string(note) + "）";
  return out;
}

// --- the whole ballot ------------------------------------------------------------------------------------------------

static void check_form(const Contest& c, const Selection& s, std::vector<Problem>& out) {
  const Selection empty = blank(c);
  bool fits = s.marks.size() == empty.marks.size() && s.grades.size() == empty.grades.size();
  for (const Mark m : s.marks)
    fits &= m <= Mark::oppose || (m == Mark::postpone && c.answers.postpone.has_value()) || m == Mark::unreadable;
  if (c.rating) {
    const std::size_t top = c.rating->grades.size() + (c.rating->not_acquainted ? 1 : 0);
    for (const GradeMark g : s.grades) fits &= g <= top;
  }
  fits &= s.write_ins.size() <= c.write_ins.slots;
  for (const WriteIn& w : s.write_ins)
    fits &= c.write_ins.rule == WriteInRule::under_opposed ? w.against >= 1 && w.against <= c.candidates.size()
                                                           : w.against == 0;
  if (!fits)
    out.push_back({code::ballot::form, "this is no selection of contest " + c.id.name, "不是本项选票的填写内容", 0});
}

static void check_number_chosen(const Contest& c, const Selection& s, std::vector<Problem>& out) {
  const std::uint32_t n = chosen(s);
  if (n > c.max_choices) {
    const std::uint32_t over = n - c.max_choices;
    out.push_back({code::ballot::overvote,
                   std::to_string(n) + " are chosen, at most " + std::to_string(c.max_choices) + " may be; take back " +
                       std::to_string(over),
                   "已选 " + std::to_string(n) + " 人，最多可选 " + std::to_string(c.max_choices) + " 人，请减少 " +
                       std::to_string(over) + " 人",
                   over});
  }
  const bool abstains = is_blank(s) && c.blank == BlankRule::abstain;
  if (n < c.min_choices && !abstains) {
    const std::uint32_t under = c.min_choices - n;
    out.push_back({code::ballot::undervote,
                   std::to_string(n) + " are chosen, at least " + std::to_string(c.min_choices) + " must be; choose " +
                       std::to_string(under) + " more",
                   "已选 " + std::to_string(n) + " 人，至少应选 " + std::to_string(c.min_choices) + " 人，请再选 " +
                       std::to_string(under) + " 人",
                   under});
  }
  if (is_blank(s) && c.blank == BlankRule::invalid)
    out.push_back(
        {code::ballot::blank, "nothing is marked, which is invalid here", "未作任何填写，按本选举办法为无效票", 0});
}

static std::size_t forms_with_best_grade(const Rating& rating, const Selection& s) {
  std::size_t best = 0;
  const std::size_t items = rating.items.size();
  for (std::size_t at = 0; at < s.grades.size(); at += items)
    best += std::all_of(s.grades.begin() + static_cast<std::ptrdiff_t>(at),
                        s.grades.begin() + static_cast<std::ptrdiff_t>(at + items), [](GradeMark g) { return g == 1; })
                ? 1
                : 0;
  return best;
}

static void check_grades(const Contest& c, const Selection& s, std::vector<Problem>& out) {
  const Rating& rating = *c.rating;
  const std::size_t best = forms_with_best_grade(rating, s);
  if (rating.best_limit == BestLimit::form && rating.max_best > 0 && best > rating.max_best)
    out.push_back(
        {code::ballot::best_limit,
         std::to_string(best) + " people have the best grade, at most " + std::to_string(rating.max_best) + " may",
         "最高等次已评 " + std::to_string(best) + " 人，最多可评 " + std::to_string(rating.max_best) + " 人",
         static_cast<std::uint32_t>(best - rating.max_best)});
  const bool marked = !s.grades.empty() && s.grades[0] != 0;
  if (rating.refuse_identical && c.candidates.size() > 1 && marked &&
      std::all_of(s.grades.begin(), s.grades.end(), [&](GradeMark g) { return g == s.grades[0]; }))
    out.push_back({code::ballot::identical, "everybody has the same grade, which is invalid here",
                   "对所有人评价完全相同，按规定无效", 0});
  if (is_blank(s) && c.blank == BlankRule::invalid)
    out.push_back({code::ballot::blank, "nothing is marked, which is invalid here", "未作任何填写，按规定为无效票", 0});
}

// --- one write-in ----------------------------------------------------------------------------------------------------

static std::optional<Problem> write_in_problem(const Contest& c, const Selection& s, std::size_t i) {
  const WriteIn& w = s.write_ins[i];
  const auto number = static_cast<std::uint32_t>(i + 1);
  if (w.against > 0) {
    const bool opposed = s.marks[w.against - 1] == Mark::oppose;
    const auto same_place =
        std::count_if(s.write_ins.begin(), s.write_ins.end(), [&](const WriteIn& o) { return o.against == w.against; });
    if (!opposed || same_place > 1)
      return Problem{code::ballot::write_in_place,
                     "a name may be written, one each, under a candidate who is opposed; candidate " +
                         std::to_string(w.against) + (opposed ? " has more than one" : " is not opposed"),
                     "另选他人须写在不赞成的候选人之下，每处一人；第 " + std::to_string(w.against) +
                         (opposed ? " 名候选人处写了不止一人" : " 名候选人未被划不赞成"),
                     number};
  }
  const auto printed = [&](const Candidate& k) { return w.name == k.name || w.name == label(k.name, k.note); };
  if (std::any_of(c.candidates.begin(), c.candidates.end(), printed))
    return Problem{code::ballot::write_in_printed,
                   "write-in " + std::to_string(number) + " is the name of a printed candidate",
                   "第 " + std::to_string(number) + " 名另选人与票上候选人同名", number};
  const auto eligible = [&](const Candidate& k) { return w.name == k.name || w.name == label(k.name, k.note); };
  const auto& list = c.write_ins.eligible;
  if (!list.empty() && std::none_of(list.begin(), list.end(), eligible))
    return Problem{code::ballot::write_in_eligible,
                   "write-in " + std::to_string(number) + " is nobody of the list of those who may be elected",
                   "第 " + std::to_string(number) + " 名另选人不在有被选举权人员名单中", number};
  if (std::any_of(s.write_ins.begin(), s.write_ins.begin() + static_cast<std::ptrdiff_t>(i),
                  [&](const WriteIn& o) { return o.name == w.name; }))
    return Problem{code::ballot::write_in_repeat, "write-in " + std::to_string(number) + " repeats a name",
                   "第 " + std::to_string(number) + " 名另选人重复填写", number};
  return std::nullopt;
}

std::vector<Problem> check(const Contest& contest, const Selection& selection) {
  std::vector<Problem> out;
  check_form(contest, selection, out);
  if (!out.empty()) return out;
  if (contest.rating) {
    check_grades(contest, selection, out);
    return out;
  }
  check_number_chosen(contest, selection, out);
  for (std::size_t i = 0; i < selection.write_ins.size(); ++i)
    if (auto problem = write_in_problem(contest, selection, i)) out.push_back(std::move(*problem));
  return out;
}

bool makes_invalid(Code check) {
  static constexpr Code kOfOneName[] = {code::ballot::write_in_place,    code::ballot::write_in_printed,
                                        code::ballot::write_in_eligible, code::ballot::write_in_repeat,
                                        code::ballot::write_in_unmarked, code::ballot::write_in_abstained};
  return std::find(std::begin(kOfOneName), std::end(kOfOneName), check) == std::end(kOfOneName);
}

}  // namespace tuixuan::tally

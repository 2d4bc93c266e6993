#include "tally/paper/compare.h"

#include <algorithm>
#include <map>

#include "crypto/codes/documents.h"
#include "tally/count/reasons.h"
#include "tally/names/names.h"
#include "tally/paper/ballot_columns.h"
#include "tally/paper/piles.h"
#include "tally/table/fold.h"

namespace tuixuan::paper {

namespace {

constexpr std::size_t kMaxRows = 500'000;
constexpr const char* kNothing = "（空）";

struct Rows {  // of one box
  struct OneRow {
    std::size_t row = 0;
    std::uint64_t number = 0;
    std::uint64_t copies = 1;
    std::map<std::string, std::string> values;  // column -> what it means, but for empty ones
  };
  std::vector<OneRow> rows;
  bool numbered = true;
};

std::string box_title(const tally::Scheme& scheme, const tally::Stage& stage, std::size_t box) {
  if (stage.boxes.size() < 2) return "";
  for (const tally::Box& b : scheme.boxes)
    if (b.id == stage.boxes[box]) return b.title.zh;
  return stage.boxes[box].name;
}

template <class T>
std::string sign_for(const std::vector<Sign<T>>& signs, T value) {
  for (const auto& s : signs)
    if (s.value == value) return s.text;
  return kNothing;
}

std::string value_of(const Column& c, const ContestTable& t, const PaperBallot& paper, const std::string& cell) {
  const tally::Selection& s = paper.selections[c.contest];
  switch (c.use) {
    case Use::mark:
      return s.marks[c.at] == tally::Mark::abstain ? "" : sign_for(t.marks, s.marks[c.at]);
    case Use::grade:
      return s.grades[c.at] == 0 ? "" : sign_for(t.grades, s.grades[c.at]);
    case Use::write_in: {
      auto tidy = tally::tidy_name(cell, 4096);
      return tidy ? *tidy : cell;
    }
    case Use::invalid:
      return paper.invalid.empty() ? "" : tally::invalid_reason(paper.invalid).zh;
    default:
      return "";
  }
}

Result<std::vector<Rows>> rows_of(const tally::Scheme& scheme, const tally::Stage& stage, const Typed& typed,
                                  LastRow last) {
  TUIXUAN_TRY(rows, typed.open());
  std::vector<Rows> out(std::max<std::size_t>(1, stage.boxes.size()));
  std::size_t n = 0;
  const auto take = [&](const PaperBallot& paper, const BallotColumns& of) -> Result<void> {
    if (++n > kMaxRows)
      return refuse(code::compare::size, paper.line, 0, "行数过多，不能比较", "too many rows to compare");
    Rows::OneRow row{paper.line, paper.number, paper.copies, {}};
    for (std::size_t i = 0; i < of.columns().size(); ++i) {
      if (!of.columns()[i]) continue;
      const Column& c = *of.columns()[i];
      if (std::string value = value_of(c, of.contests()[c.contest], paper, rows.cells()[i]); !value.empty())
        row.values[of.title_of(c)] = std::move(value);
    }
    Rows& box = out[paper.box];
    box.numbered = box.numbered && paper.number > 0 && paper.copies == 1;
    box.rows.push_back(std::move(row));
    return {};
  };
  if (const auto done = read_ballots_with(scheme, stage, rows, take, last); !done)
    return fail_at(typed.name, done.error());
  return out;
}

class Comparing {
 public:
  Comparison out;
  std::string box;

  void differ(std::uint64_t first, std::uint64_t last, std::size_t row_a, std::size_t row_b, const std::string& column,
              const std::string& a, const std::string& b) {
    ++out.all;
    if (out.differences.size() < kMaxDifferences)
      out.differences.push_back(
          {box, first, last, row_a, row_b, column, a.empty() ? kNothing : a, b.empty() ? kNothing : b});
  }

  void compare(const Rows::OneRow& a, const Rows::OneRow& b, std::uint64_t first, std::uint64_t last) {
    for (const auto& [column, value] : a.values) {
      const auto other = b.values.find(column);
      const std::string there = other == b.values.end() ? "" : other->second;
      if (there != value) differ(first, last, a.row, b.row, column, value, there);
    }
    for (const auto& [column, value] : b.values)
      if (!a.values.contains(column)) differ(first, last, a.row, b.row, column, "", value);
  }

  void by_number(const Rows& a, const Rows& b) {
    std::map<std::uint64_t, const Rows::OneRow*> others;
    for (const Rows::OneRow& row : b.rows) others[row.number] = &row;
    for (const Rows::OneRow& row : a.rows) {
      const auto other = others.find(row.number);
      if (other == others.end()) {
        differ(row.number, row.number, row.row, 0, "整张", "有", "没有录入");
        continue;
      }
      compare(row, *other->second, row.number, row.number);
      others.erase(other);
    }
    for (const auto& [number, row] : others) differ(number, number, 0, row->row, "整张", "没有录入", "有");
  }

  void by_order(const Rows& a, const Rows& b) {
    std::size_t i = 0;
    std::size_t j = 0;
    std::uint64_t left_a = 0;
    std::uint64_t left_b = 0;
    std::uint64_t paper = 1;
    for (;;) {
      if (left_a == 0 && i < a.rows.size()) left_a = a.rows[i++].copies;
      if (left_b == 0 && j < b.rows.size()) left_b = b.rows[j++].copies;
      if (left_a == 0 || left_b == 0) break;
      const std::uint64_t n = std::min(left_a, left_b);
      compare(a.rows[i - 1], b.rows[j - 1], paper, paper + n - 1);
      paper += n;
      left_a -= n;
      left_b -= n;
    }
    const std::uint64_t papers_a = sum(a);
    const std::uint64_t papers_b = sum(b);
    if (papers_a != papers_b) differ(0, 0, 0, 0, "张数", std::to_string(papers_a), std::to_string(papers_b));
  }

  static std::uint64_t sum(const Rows& rows) {
    std::uint64_t out = 0;
    for (const Rows::OneRow& row : rows.rows) out += row.copies;
    return out;
  }
};

Result<bool> of_piles(const Typed& typed) {
  TUIXUAN_TRY(rows, typed.open());
  auto out = is_pile_table(rows);
  if (!out) return fail_at(typed.name, out.error());
  return out;
}

using Figures = std::map<std::string, std::uint64_t>;
using PileFigures = std::map<std::size_t, Figures>;  // by box

Result<PileFigures> figures_of(const tally::Scheme& scheme, const tally::Stage& stage, const Typed& typed,
                               std::uint64_t& papers) {
  TUIXUAN_TRY(rows, typed.open());
  auto piles = read_piles(scheme, stage, rows);
  if (!piles) return fail_at(typed.name, piles.error());
  PileFigures out;
  for (const Pile& p : *piles) {
    const tally::Contest& c = *scheme.contest(stage.contests[p.contest]);
    const std::string lead = stage.contests.size() > 1 ? c.title.zh + " " : "";
    Figures& f = out[p.box];
    if (p.contest == 0) papers += p.totals.ballots;
    f[lead + "收回"] = p.totals.ballots;
    f[lead + "空白"] = p.totals.blank;
    f[lead + "未画符号"] = p.unmarked;
    for (const auto& [reason, n] : p.totals.invalid) f[lead + "无效 " + tally::invalid_reason(reason).zh] = n;
    for (const tally::PersonTotals& person : p.totals.persons) {
      f[lead + person.label + " 赞成"] = person.approve;
      f[lead + person.label + " 不赞成"] = person.oppose;
      f[lead + person.label + " 弃权"] = person.abstain;
      f[lead + person.label + " 缓议"] = person.postpone;
      f[lead + person.label + " 作废格"] = person.unreadable;
    }
  }
  return out;
}

Result<Comparison> compare_piles(const tally::Scheme& scheme, const tally::Stage& stage, const Typed& a,
                                 const Typed& b) {
  Comparing c;
  std::uint64_t other_papers = 0;
  TUIXUAN_TRY(left, figures_of(scheme, stage, a, c.out.papers));
  TUIXUAN_TRY(right, figures_of(scheme, stage, b, other_papers));
  for (std::size_t box = 0; box < std::max<std::size_t>(1, stage.boxes.size()); ++box) {
    c.box = box_title(scheme, stage, box);
    Figures names = left[box];
    names.insert(right[box].begin(), right[box].end());
    for (const auto& [column, ignored] : names) {
      const std::uint64_t x = left[box].contains(column) ? left[box][column] : 0;
      const std::uint64_t y = right[box].contains(column) ? right[box][column] : 0;
      if (x != y) c.differ(0, 0, 0, 0, column, std::to_string(x), std::to_string(y));
    }
  }
  return std::move(c.out);
}

}  // namespace

Result<Comparison> compare_tables(const tally::Scheme& scheme, const tally::Stage& stage, const Typed& a,
                                  const Typed& b, LastRow last) {
  TUIXUAN_TRY(piles_a, of_piles(a));
  TUIXUAN_TRY(piles_b, of_piles(b));
  if (piles_a != piles_b)
    return fail(code::compare::kind,
                "一份逐张录入，一份只录例外，不能比较 / one table has a row for each paper, the other piles");
  if (piles_a) return compare_piles(scheme, stage, a, b);
  TUIXUAN_TRY(left, rows_of(scheme, stage, a, last));
  TUIXUAN_TRY(right, rows_of(scheme, stage, b, last));
  Comparing c;
  for (std::size_t box = 0; box < left.size(); ++box) {
    c.box = box_title(scheme, stage, box);
    c.out.papers += Comparing::sum(left[box]);
    if (left[box].numbered && right[box].numbered)
      c.by_number(left[box], right[box]);
    else
      c.by_order(left[box], right[box]);
  }
  return std::move(c.out);
}

std::string to_text(const Comparison& c, const std::string& a, const std::string& b) {
  std::string out;
  for (const Difference& d : c.differences) {
    if (!d.box.empty()) out += d.box + " ";
    if (d.first > 0) {
      out += "第 " + std::to_string(d.first);
      if (d.last > d.first) out += "–" + std::to_string(d.last);
      out += " 张，";
    }
    const auto side = [](const std::string& name, std::size_t row, const std::string& value) {
      return name + (row > 0 ? " 第 " + std::to_string(row) + " 行" : "") + "：" + value;
    };
    out += d.column + "：" + side(a, d.row_a, d.a) + "；" + side(b, d.row_b, d.b) + "\n";
  }
  if (c.all > c.differences.size())
    out += "另有 " + std::to_string(c.all - c.differences.size()) + " 处未列出 / more are not listed\n";
  return out;
}

}  // namespace tuixuan::paper

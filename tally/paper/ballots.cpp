#include "tally/paper/ballots.h"

#include <algorithm>
#include <charconv>

#include "crypto/codes/documents.h"
#include "tally/count/reasons.h"
#include "tally/names/names.h"

namespace tuixuan::paper {

namespace {

using tally::Contest;
using tally::Mark;

// What a cell may hold, and what it means.
template <class T>
struct Sign {
  std::string text;
  T value;
};

template <class T>
void add_sign(std::vector<Sign<T>>& signs, const std::string& text, T value) {
  if (text.empty()) return;
  for (const auto& s : signs)
    if (s.text == text) return;  // the scheme's own legend goes before the usual words
  signs.push_back({text, value});
}

std::vector<Sign<Mark>> marks_of(const tally::Answers& a) {
  std::vector<std::pair<const tally::Answer*, Mark>> all{
      {&a.approve, Mark::approve}, {&a.oppose, Mark::oppose}, {&a.abstain, Mark::abstain}};
  if (a.postpone) all.emplace_back(&*a.postpone, Mark::postpone);
  std::vector<Sign<Mark>> out;
  for (const auto& [answer, mark] : all) add_sign(out, answer->sign, mark);
  for (const auto& [answer, mark] : all) {
    add_sign(out, answer->label.zh, mark);
    add_sign(out, answer->label.en, mark);
  }
  add_sign(out, "赞成", Mark::approve);
  add_sign(out, "不赞成", Mark::oppose);
  add_sign(out, "弃权", Mark::abstain);
  if (a.postpone) add_sign(out, "缓议", Mark::postpone);
  add_sign(out, "?", Mark::unreadable);
  add_sign(out, "？", Mark::unreadable);
  return out;
}

std::vector<Sign<tally::GradeMark>> grades_of(const tally::Rating& r) {
  std::vector<Sign<tally::GradeMark>> out;
  for (std::size_t i = 0; i <= r.grades.size(); ++i) {
    const auto value = static_cast<tally::GradeMark>(i + 1);
    if (i == r.grades.size()) {
      if (r.not_acquainted) add_sign(out, "不了解", value);
      continue;
    }
    add_sign(out, r.grades[i].label.zh, value);
    add_sign(out, r.grades[i].label.en, value);
    add_sign(out, std::to_string(i + 1), value);
  }
  return out;
}

template <class T>
std::string list_of(const std::vector<Sign<T>>& signs) {
  std::string out;
  for (const auto& s : signs) out += (out.empty() ? "" : " ") + s.text;
  return out;
}

enum class Use { mark, grade, write_in, box, copies, invalid };
struct Column {
  Use use = Use::mark;
  std::size_t contest = 0;    // its place in the stage
  std::size_t at = 0;         // in marks or grades
  std::uint32_t against = 0;  // of a write-in
};

struct ContestTable {
  const Contest* rules = nullptr;
  std::vector<Sign<Mark>> marks;
  std::vector<Sign<tally::GradeMark>> grades;
};

class Reader {
 public:
  Reader(const tally::Scheme& scheme, const tally::Stage& stage, CsvReader& csv)
      : scheme_(scheme), stage_(stage), csv_(csv) {}

  Result<void> run(const BallotSink& sink) {
    for (const ContestId& id : stage_.contests) {
      const Contest* c = scheme_.contest(id);
      if (c == nullptr) return fail(code::paper::stage, "办法中没有 / not in the scheme: " + id.name);
      tables_.push_back(
          {c, marks_of(c->answers), c->rating ? grades_of(*c->rating) : decltype(ContestTable::grades){}});
      ballot_.selections.push_back(tally::blank(*c));
      ballot_.unmarked.push_back(0);
    }
    TUIXUAN_TRY(header, csv_.next(cells_));
    if (!header) return fail(code::paper::row, "选票表是空的 / the table of ballots is empty");
    TUIXUAN_CHECK(read_header());
    for (;;) {
      TUIXUAN_TRY(more, csv_.next(cells_));
      if (!more) return {};
      TUIXUAN_CHECK(read_row());
      TUIXUAN_CHECK(sink(ballot_));
    }
  }

 private:
  tl::unexpected<Error> refuse_cell(Code check, std::size_t column, const std::string& zh,
                                    const std::string& en) const {
    return refuse(check, csv_.line(), column + 1, zh, en);
  }

  Result<void> read_header() {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      TUIXUAN_TRY(column, column_named(i, cells_[i]));
      const auto same = [&](const Column& c) {
        return c.use == column.use && c.contest == column.contest && c.at == column.at && c.against == column.against;
      };
      if (std::any_of(columns_.begin(), columns_.end(), same))
        return refuse_cell(code::paper::column, i, "“" + cells_[i] + "”列了两次",
                           "\"" + cells_[i] + "\" is listed twice");
      columns_.push_back(column);
    }
    for (std::size_t c = 0; c < tables_.size(); ++c) TUIXUAN_CHECK(all_candidates(c));
    const bool boxed = std::any_of(columns_.begin(), columns_.end(), [](const Column& c) { return c.use == Use::box; });
    if (!boxed && stage_.boxes.size() > 1)
      return refuse(code::paper::box, csv_.line(), 0, "本环节有几个票箱，须有“票箱”一列",
                    "the stage has several boxes: a column 票箱 is needed");
    return {};
  }

  Result<void> all_candidates(std::size_t c) const {
    const Contest& rules = *tables_[c].rules;
    const std::size_t cells =
        rules.rating ? rules.candidates.size() * rules.rating->items.size() : rules.candidates.size();
    for (std::size_t at = 0; at < cells; ++at) {
      const auto here = [&](const Column& k) {
        return (k.use == Use::mark || k.use == Use::grade) && k.contest == c && k.at == at;
      };
      const tally::Candidate& person = rules.candidates[rules.rating ? at / rules.rating->items.size() : at];
      const std::string name = tally::label(person.name, person.note);
      if (std::none_of(columns_.begin(), columns_.end(), here))
        return refuse(code::paper::column, csv_.line(), 0, "缺少“" + name + "”一列", "there is no column for " + name);
    }
    return {};
  }

  Result<Column> column_named(std::size_t i, std::string name) const {
    if (name == "票箱") return Column{Use::box, 0, 0, 0};
    if (name == "张数") return Column{Use::copies, 0, 0, 0};
    if (name == "整票无效") return Column{Use::invalid, 0, 0, 0};
    std::size_t contest = 0;
    const std::string whole = name;
    if (const auto slash = name.find('/'); slash != std::string::npos) {
      for (std::size_t c = 0; c < tables_.size(); ++c)
        if (tables_[c].rules->id.name == name.substr(0, slash)) {
          contest = c;
          name.erase(0, slash + 1);
          break;
        }
    }
    const bool qualified = name.size() != whole.size();
    if (!qualified && tables_.size() > 1)
      return refuse_cell(code::paper::column, i, "“" + whole + "”应写作 选举项目/候选人",
                         "\"" + whole + "\": the stage has several contests, write contest/candidate");
    if (name.starts_with("另选")) return write_in_column(i, contest, name.substr(std::string_view("另选").size()));
    if (const auto at = place_of(*tables_[contest].rules, name))
      return Column{tables_[contest].rules->rating ? Use::grade : Use::mark, contest, *at, 0};
    return refuse_cell(code::paper::column, i, "“" + whole + "”不是票上的候选人，也不是规定的栏目",
                       "\"" + whole + "\" is neither a candidate nor a column that may stand here");
  }

  // In the marks, or in the grades (name, or name/item).
  static std::optional<std::size_t> place_of(const Contest& c, std::string_view name) {
    for (std::size_t k = 0; k < c.candidates.size(); ++k) {
      const std::string label = tally::label(c.candidates[k].name, c.candidates[k].note);
      if (!c.rating || c.rating->items.size() == 1) {
        if (name == label) return k;
        continue;
      }
      for (std::size_t i = 0; i < c.rating->items.size(); ++i)
        if (name == label + "/" + c.rating->items[i].title.zh) return k * c.rating->items.size() + i;
    }
    return std::nullopt;
  }

  Result<Column> write_in_column(std::size_t i, std::size_t contest, std::string_view rest) const {
    const Contest& c = *tables_[contest].rules;
    const bool under = c.write_ins.rule == tally::WriteInRule::under_opposed;
    if (under && rest.starts_with('@'))
      if (const auto at = place_of(c, rest.substr(1)))
        return Column{Use::write_in, contest, 0, static_cast<std::uint32_t>(*at + 1)};
    std::size_t number = 0;
    const auto [end, bad] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (!under && bad == std::errc() && end == rest.data() + rest.size() && number >= 1 && number <= c.write_ins.slots)
      return Column{Use::write_in, contest, number, 0};
    const std::string zh = c.write_ins.rule == tally::WriteInRule::none ? "本项不能另选他人"
                           : under                                      ? "应写作 另选@候选人"
                                   : "应写作 另选1 至 另选" + std::to_string(c.write_ins.slots);
    return refuse_cell(code::paper::column, i, zh,
                       under ? "write 另选@candidate"
                             : "this contest has " + std::to_string(c.write_ins.slots) + " places for write-ins");
  }

  Result<void> read_row() {
    ballot_.line = csv_.line();
    ballot_.box = 0;
    ballot_.copies = 1;
    std::fill(ballot_.unmarked.begin(), ballot_.unmarked.end(), 0);
    ballot_.invalid.clear();
    for (tally::Selection& s : ballot_.selections) s.write_ins.clear();
    if (cells_.size() != columns_.size())
      return refuse(code::paper::row, ballot_.line, 0,
                    "有 " + std::to_string(cells_.size()) + " 格，表头有 " + std::to_string(columns_.size()) + " 格",
                    std::to_string(cells_.size()) + " cells where the heading has " + std::to_string(columns_.size()));
    for (std::size_t i = 0; i < columns_.size(); ++i) TUIXUAN_CHECK(read_cell(i));
    return {};
  }

  Result<void> read_cell(std::size_t i) {
    const Column& column = columns_[i];
    const std::string& cell = cells_[i];
    switch (column.use) {
      case Use::mark:
        return read_sign(i, tables_[column.contest].marks, Mark::abstain,
                         ballot_.selections[column.contest].marks[column.at]);
      case Use::grade:
        return read_sign(i, tables_[column.contest].grades, tally::GradeMark{0},
                         ballot_.selections[column.contest].grades[column.at]);
      case Use::write_in:
        return cell.empty() ? Result<void>{} : read_write_in(i);
      case Use::box: {
        const auto box = box_named(scheme_, stage_, cell);
        if (!box)
          return refuse_cell(code::paper::box, i, "“" + cell + "”不是本环节的票箱",
                             "\"" + cell + "\" is no box of this stage");
        ballot_.box = *box;
        return {};
      }
      case Use::copies: {
        if (cell.empty()) return {};
        const auto [end, bad] = std::from_chars(cell.data(), cell.data() + cell.size(), ballot_.copies);
        if (bad != std::errc() || end != cell.data() + cell.size() || ballot_.copies == 0 ||
            ballot_.copies > kMaxCopies)
          return refuse_cell(code::paper::copies, i, "“" + cell + "”不是 1 至 1000000 的张数",
                             "\"" + cell + "\" is no number of papers from 1 to 1000000");
        return {};
      }
      case Use::invalid:
        ballot_.invalid = tally::invalid_check(cell);
        return {};
    }
    return {};
  }

  template <class T>
  Result<void> read_sign(std::size_t i, const std::vector<Sign<T>>& signs, T empty, T& to) const {
    const std::string& cell = cells_[i];
    to = empty;
    if (cell.empty()) return {};
    for (const auto& s : signs)
      if (s.text == cell) {
        to = s.value;
        return {};
      }
    return refuse_cell(code::paper::mark, i, "“" + cell + "”不是规定的符号；可用：" + list_of(signs) + "，或留空",
                       "\"" + cell + "\" is no sign of this ballot; allowed: " + list_of(signs) + ", or nothing");
  }

  Result<void> read_write_in(std::size_t i) {
    const Column& column = columns_[i];
    const Contest& c = *tables_[column.contest].rules;
    const std::string& sign = c.answers.approve.sign;
    std::string name = cells_[i];
    const bool alone = tally::name_alone_counts(c);
    bool marked = sign.empty();
    if (!marked && name.ends_with(sign)) {
      name.resize(name.size() - sign.size());
      marked = true;
    } else if (!marked && name.starts_with(sign)) {
      name.erase(0, sign.size());
      marked = true;
    }
    auto tidy = tally::tidy_name(name, c.write_ins.name_bytes);
    if (!tidy)
      return refuse_cell(code::paper::write_in, i, "“" + name + "”不能作为姓名；认不出的，请在“整票无效”写明或留空",
                         "\"" + name + "\" is no name: " + tidy.error().what);
    if (!marked && !alone) {
      ++ballot_.unmarked[column.contest];
      return {};
    }
    ballot_.selections[column.contest].write_ins.push_back({std::move(*tidy), column.against});
    return {};
  }

  const tally::Scheme& scheme_;
  const tally::Stage& stage_;
  CsvReader& csv_;
  std::vector<ContestTable> tables_;
  std::vector<Column> columns_;
  std::vector<std::string> cells_;
  PaperBallot ballot_;
};

}  // namespace

std::optional<std::size_t> box_named(const tally::Scheme& scheme, const tally::Stage& stage, std::string_view name) {
  for (std::size_t i = 0; i < stage.boxes.size(); ++i) {
    if (stage.boxes[i].name == name) return i;
    for (const tally::Box& b : scheme.boxes)
      if (b.id == stage.boxes[i] && (b.title.zh == name || (!b.title.en.empty() && b.title.en == name))) return i;
  }
  return std::nullopt;
}

Result<void> read_ballots(const tally::Scheme& scheme, const tally::Stage& stage, CsvReader& csv,
                          const BallotSink& sink) {
  return Reader(scheme, stage, csv).run(sink);
}

}  // namespace tuixuan::paper

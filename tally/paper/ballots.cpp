#include "tally/paper/ballots.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "crypto/codes/documents.h"
#include "tally/count/reasons.h"
#include "tally/names/names.h"
#include "tally/paper/ballot_columns.h"
#include "tally/table/fold.h"

namespace tuixuan::paper {

namespace {

using tally::Contest;
using tally::Mark;

constexpr std::uint64_t kMaxNumber = 10'000'000;

template <class T>
std::string list_of(const std::vector<Sign<T>>& signs) {
  std::string out;
  for (const auto& s : signs) out += (out.empty() ? "" : " ") + s.text;
  return out;
}

class Reader {
 public:
  Reader(const tally::Scheme& scheme, const tally::Stage& stage, BallotColumns columns, Table& rows, LastRow last)
      : scheme_(scheme), stage_(stage), ballot_columns_(std::move(columns)), table_(rows), last_(last) {}

  Result<void> run(const RowSink& sink) {
    for (const ContestTable& t : tables_) {
      ballot_.selections.push_back(tally::blank(*t.rules));
      ballot_.unmarked.push_back(0);
    }
    papers_.resize(std::max<std::size_t>(1, stage_.boxes.size()), 0);
    numbers_.resize(papers_.size());
    TUIXUAN_CHECK(ballot_columns_.find_heading(table_));
    for (;;) {
      TUIXUAN_TRY(more, table_.record());
      if (!more) break;
      if (table_.sum()) {
        TUIXUAN_CHECK(check_sum(*table_.sum()));
        continue;
      }
      TUIXUAN_CHECK(read_row());
      TUIXUAN_TRY(sum, is_sum());
      if (sum) {
        --table_.reading().records;
        table_.reading().note(table_.row(), table::RowFate::sum);
        continue;
      }
      papers_[ballot_.box] += ballot_.copies;
      ++rows_;
      TUIXUAN_CHECK(sink(ballot_, ballot_columns_));
    }
    note_gaps();
    return {};
  }

 private:
  tl::unexpected<Error> refuse_cell(Code check, std::size_t column, const std::string& zh,
                                    const std::string& en) const {
    return refuse(check, table_.row(), column + 1, zh, en);
  }
  const std::string& cell(std::size_t i) const { return table_.cells()[i]; }
  std::uint64_t papers() const { return std::accumulate(papers_.begin(), papers_.end(), std::uint64_t{0}); }

  // A row 合计 says how many papers there are above, if it says anything.
  Result<void> check_sum(const table::SumRow& sum) {
    const std::uint64_t above = sum.of == table::Sum::part ? papers() - papers_before_part_ : papers();
    std::optional<std::uint64_t> told = sum.number;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i] && columns_[i]->use == Use::copies && !cell(i).empty()) told = table::number_of(cell(i));
    if (told && *told != above)
      return refuse(code::table::sum, table_.row(), 0,
                    "合计行写 " + std::to_string(*told) + " 张，以上共 " + std::to_string(above) +
                        " 张；请核对，改正或删去这一行",
                    "the sum row says " + std::to_string(*told) + ", the rows above are " + std::to_string(above) +
                        " papers: look for what is missing, put the row right or delete it");
    if (sum.of == table::Sum::part) papers_before_part_ = papers();
    table_.reading().note(table_.row(), table::RowFate::sum, told ? std::to_string(*told) : "");
    return {};
  }

  // Nothing but as many papers as all rows above it together, in the last row.
  Result<bool> is_sum() {
    if (!says_nothing_ || rows_ < 2 || ballot_.copies != papers() || last_ == LastRow::papers) return false;
    TUIXUAN_TRY(last, table_.last());
    if (!last) return false;
    if (last_ == LastRow::sum) return true;
    const std::string n = std::to_string(ballot_.copies);
    return refuse(
        code::paper::sum_row, table_.row(), 0,
        "这一行只有张数 " + n + "，正好是以上各行之和：是合计行还是 " + n +
            " 张空白票？用 --last-row sum 或 --last-row papers 回答；也可在表中写“合计”，或在各格写“弃权”",
        "this row has nothing but " + n + ", which is the sum of the rows above: a sum row, or " + n +
            " blank papers? Answer with --last-row sum or --last-row papers, or write 合计, or 弃权 in its cells");
  }

  Result<void> read_row() {
    ballot_.line = table_.row();
    ballot_.box = 0;
    ballot_.number = 0;
    ballot_.copies = 1;
    std::fill(ballot_.unmarked.begin(), ballot_.unmarked.end(), 0);
    ballot_.invalid.clear();
    for (tally::Selection& s : ballot_.selections) s.write_ins.clear();
    bool copies = false;
    says_nothing_ = true;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!columns_[i]) continue;
      TUIXUAN_CHECK(read_cell(i));
      if (columns_[i]->use == Use::copies) copies = !cell(i).empty();
      const bool beside = columns_[i]->use == Use::copies || columns_[i]->use == Use::box;
      says_nothing_ = says_nothing_ && (beside || cell(i).empty());
    }
    says_nothing_ = says_nothing_ && copies;
    if (ballot_.number > 0) TUIXUAN_CHECK(number_once());
    for (tally::Selection& s : ballot_.selections) one_spelling(s.write_ins);
    return {};
  }

  // The same name in two spellings on one paper is the same name twice: the count gives it one vote.
  static void one_spelling(std::vector<tally::WriteIn>& names) {
    for (std::size_t k = 1; k < names.size(); ++k)
      for (std::size_t j = 0; j < k; ++j)
        if (names[j].name != names[k].name &&
            tally::spelling_key(names[j].name) == tally::spelling_key(names[k].name)) {
          names[k].name = names[j].name;
          break;
        }
  }

  Result<void> number_once() {
    std::vector<bool>& seen = numbers_[ballot_.box];
    if (seen.size() <= ballot_.number) seen.resize(ballot_.number + 1);
    if (seen[ballot_.number])
      return refuse(code::paper::number, ballot_.line, 0, "第 " + std::to_string(ballot_.number) + " 号选票已录入过",
                    "paper number " + std::to_string(ballot_.number) + " is there already");
    seen[ballot_.number] = true;
    return {};
  }

  void note_gaps() {
    for (std::size_t box = 0; box < numbers_.size(); ++box) {
      std::string missing;
      std::size_t n = 0;
      for (std::size_t k = 1; k < numbers_[box].size(); ++k)
        if (!numbers_[box][k] && ++n <= 10) missing += " " + std::to_string(k);
      if (n > 0)
        table_.reading().note(
            table_.row(), table::RowFate::remark,
            "缺 " + std::to_string(n) + " 个序号 / numbers that are missing:" + missing + (n > 10 ? " …" : ""));
    }
  }

  Result<void> read_cell(std::size_t i) {
    const Column& column = *columns_[i];
    const std::string& text = cell(i);
    switch (column.use) {
      case Use::mark:
        return read_sign(i, tables_[column.contest].marks, Mark::abstain,
                         ballot_.selections[column.contest].marks[column.at]);
      case Use::grade:
        return read_sign(i, tables_[column.contest].grades, tally::GradeMark{0},
                         ballot_.selections[column.contest].grades[column.at]);
      case Use::write_in:
        return text.empty() ? Result<void>{} : read_write_in(i);
      case Use::box: {
        if (text.empty() && stage_.boxes.size() == 1) return {};
        if (!box_ || box_text_ != text) box_ = box_named(scheme_, stage_, text);
        box_text_ = text;
        if (!box_)
          return refuse_cell(code::paper::box, i, "“" + text + "”不是本环节的票箱",
                             "\"" + text + "\" is no box of this stage");
        ballot_.box = *box_;
        return {};
      }
      case Use::number: {
        if (text.empty()) return {};
        const auto number = table::number_of(text);
        if (!number || *number == 0 || *number > kMaxNumber)
          return refuse_cell(code::paper::number, i, "“" + text + "”不是选票的序号",
                             "\"" + text + "\" is no number of a paper");
        ballot_.number = *number;
        return {};
      }
      case Use::copies: {
        if (text.empty()) return {};
        const auto copies = table::number_of(text);
        if (!copies || *copies == 0 || *copies > kMaxCopies)
          return refuse_cell(code::paper::copies, i, "“" + text + "”不是 1 至 1000000 的张数",
                             "\"" + text + "\" is no number of papers from 1 to 1000000");
        ballot_.copies = *copies;
        return {};
      }
      case Use::invalid:
        return read_invalid(i);
    }
    return {};
  }

  Result<void> read_invalid(std::size_t i) {
    const std::string& text = cell(i);
    if (text.empty()) return {};
    const std::string code = tally::invalid_check(text);
    const table::VoidMark mark = table::void_of(text);
    if (code != text)
      ballot_.invalid = code;
    else if (mark.answer == table::Answer::yes)
      ballot_.invalid = mark.reason.empty() ? "未写明原因" : tally::invalid_check(mark.reason);
    else if (mark.answer == table::Answer::unknown)
      return refuse_cell(code::paper::invalid, i,
                         "“" + text +
                             "”是不是无效，看不出来；有效的留空或写“否”，无效的写原因（污损、无法辨认、多选……），其他原"
                             "因写“无效：原因”",
                         "\"" + text +
                             "\" does not say whether the paper is invalid: leave it empty or write 否 if it is "
                             "not; else the reason, as 污损, or 无效：reason");
    return {};
  }

  template <class T>
  Result<void> read_sign(std::size_t i, const std::vector<Sign<T>>& signs, T empty, T& to) const {
    const std::string& text = cell(i);
    to = empty;
    if (text.empty()) return {};
    for (const auto& s : signs)
      if (s.text == text) {
        to = s.value;
        return {};
      }
    const std::string compared = table::sign_of(text);
    for (const auto& s : signs)
      if (s.compared == compared) {
        to = s.value;
        return {};
      }
    return refuse_cell(code::paper::mark, i, "“" + text + "”不是规定的符号；可用：" + list_of(signs) + "，或留空",
                       "\"" + text + "\" is no sign of this ballot; allowed: " + list_of(signs) + ", or nothing");
  }

  Result<void> read_write_in(std::size_t i) {
    const Column& column = *columns_[i];
    const Contest& c = *tables_[column.contest].rules;
    const std::string& sign = c.answers.approve.sign;
    std::string name = cell(i);
    const bool alone = tally::name_alone_counts(c);
    bool marked = sign.empty();
    if (!marked) {
      const auto characters = table::characters_of(name);
      const auto is_sign = [&](const std::string& text) { return table::sign_of(text) == table::sign_of(sign); };
      if (name.ends_with(sign)) {
        name.resize(name.size() - sign.size());
        marked = true;
      } else if (name.starts_with(sign)) {
        name.erase(0, sign.size());
        marked = true;
      } else if (characters.size() > 1 && is_sign(characters.back())) {
        name.resize(name.size() - characters.back().size());
        marked = true;
      } else if (characters.size() > 1 && is_sign(characters.front())) {
        name.erase(0, characters.front().size());
        marked = true;
      }
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
  BallotColumns ballot_columns_;
  Table& table_;
  LastRow last_;
  const std::vector<ContestTable>& tables_ = ballot_columns_.contests();
  const std::vector<std::optional<Column>>& columns_ = ballot_columns_.columns();
  PaperBallot ballot_;
  std::string box_text_;  // of the last row
  std::optional<std::size_t> box_;
  bool says_nothing_ = false;               // the row, but for 票箱 and 张数
  std::vector<std::uint64_t> papers_;       // of the boxes
  std::vector<std::vector<bool>> numbers_;  // of their papers
  std::uint64_t papers_before_part_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace

std::optional<std::size_t> box_named(const tally::Scheme& scheme, const tally::Stage& stage, std::string_view name) {
  const std::string folded = table::fold(name);
  if (folded.empty()) return std::nullopt;
  for (std::size_t i = 0; i < stage.boxes.size(); ++i) {
    if (table::fold(stage.boxes[i].name) == folded) return i;
    for (const tally::Box& b : scheme.boxes)
      if (b.id == stage.boxes[i] && (table::fold(b.title.zh) == folded || table::fold(b.title.en) == folded)) return i;
  }
  return std::nullopt;
}

Result<void> read_ballots_with(const tally::Scheme& scheme, const tally::Stage& stage, Table& rows, const RowSink& sink,
                               LastRow last) {
  TUIXUAN_TRY(columns, BallotColumns::of(scheme, stage));
  return Reader(scheme, stage, std::move(columns), rows, last).run(sink);
}

Result<void> read_ballots(const tally::Scheme& scheme, const tally::Stage& stage, Table& rows, const BallotSink& sink,
                          LastRow last) {
  return read_ballots_with(
      scheme, stage, rows, [&](const PaperBallot& b, const BallotColumns&) { return sink(b); }, last);
}

}  // namespace tuixuan::paper

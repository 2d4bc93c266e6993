#include "tally/paper/ballot_columns.h"

#include <algorithm>
#include <charconv>

#include "crypto/codes/documents.h"
#include "tally/names/names.h"
#include "tally/paper/ballots.h"
#include "tally/table/fold.h"

namespace tuixuan::paper {

using tally::Contest;
using tally::Mark;

template <class T>
static void add_sign(std::vector<Sign<T>>& signs, const std::string& text, T value) {
  if (text.empty()) return;
  for (const auto& s : signs)
    if (table::sign_of(s.text) == table::sign_of(text)) return;  // the scheme's own legend goes before the usual words
  signs.push_back({text, value, table::sign_of(text)});
}

static std::vector<Sign<Mark>> marks_of(const tally::Answers& a) {
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

static std::vector<Sign<tally::GradeMark>> grades_of(const tally::Rating& r) {
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

Result<BallotColumns> BallotColumns::of(const tally::Scheme& scheme, const tally::Stage& stage) {
  BallotColumns out(stage);
  for (const ContestId& id : stage.contests) {
    const Contest* c = scheme.contest(id);
    if (c == nullptr) return fail(code::paper::stage, "办法中没有 / not in the scheme: " + id.name);
    out.tables_.push_back(
        {c, marks_of(c->answers), c->rating ? grades_of(*c->rating) : decltype(ContestTable::grades){}});
  }
  return out;
}

static tl::unexpected<Error> refuse_heading(const Table& rows, std::size_t i, const std::string& zh,
                                            const std::string& en) {
  return refuse(code::paper::column, rows.reading().heading_row, i + 1, zh, en);
}

static bool is_same(std::string_view a, std::string_view b) { return a == b || table::fold(a) == table::fold(b); }

// In the marks, or in the grades (name, or name/item): written as the scheme has it, or the only one that differs by
// spaces and width alone.
static std::optional<std::size_t> place_of(const Contest& c, std::string_view name) {
  std::vector<std::string> labels;
  for (const tally::Candidate& person : c.candidates) {
    const std::string label = tally::label(person.name, person.note);
    if (!c.rating || c.rating->items.size() == 1) {
      labels.push_back(label);
      continue;
    }
    for (const auto& item : c.rating->items) labels.push_back(label + "/" + item.title.zh);
  }
  if (const auto exact = std::find(labels.begin(), labels.end(), name); exact != labels.end())
    return static_cast<std::size_t>(exact - labels.begin());
  std::optional<std::size_t> found;
  for (std::size_t k = 0; k < labels.size(); ++k)
    if (tally::spelling_key(labels[k]) == tally::spelling_key(name)) {
      if (found) return std::nullopt;
      found = k;
    }
  return found;
}

Result<void> BallotColumns::find_heading(Table& rows) {
  table::TableKind kind;
  kind.known = kind.key = [this](const std::string& folded) { return use_of(folded).has_value(); };
  kind.blank = table::BlankRows::records;
  kind.sums = table::SumRows::given;
  TUIXUAN_TRY(found, rows.find_heading(kind));
  if (found == Table::Found::empty) return fail(code::paper::row, "选票表是空的 / the table of ballots is empty");
  if (found == Table::Found::heading) return read_headings(rows);
  return refuse(code::paper::column, rows.row(), 0, "没有找到表头：表头中须有每名候选人一栏，如“" + an_example() + "”",
                "there is no heading row: it has a column for each candidate, as \"" + an_example() + "\"");
}

std::string BallotColumns::an_example() const {
  const Contest& c = *tables_.front().rules;
  const std::string name = c.candidates.empty() ? "另选1" : tally::label(c.candidates[0].name, c.candidates[0].note);
  return tables_.size() > 1 ? c.id.name + "/" + name : name;
}

Result<void> BallotColumns::read_headings(Table& rows) {
  const std::vector<std::string>& headings = rows.headings();
  for (std::size_t i = 0; i < headings.size(); ++i) {
    TUIXUAN_TRY(column, column_named(rows, i, headings[i]));
    if (column && std::find(columns_.begin(), columns_.end(), column) != columns_.end())
      return refuse_heading(rows, i, "“" + headings[i] + "”列了两次", "\"" + headings[i] + "\" is listed twice");
    columns_.push_back(column);
    if (column) rows.means(i, title_of(*column));
  }
  for (std::size_t c = 0; c < tables_.size(); ++c) TUIXUAN_CHECK(all_candidates(rows, c));
  if (!has(Use::box) && stage_->boxes.size() > 1)
    return refuse(code::paper::box, rows.reading().heading_row, 0, "本环节有几个票箱，须有“票箱”一列",
                  "the stage has several boxes: a column 票箱 is needed");
  return {};
}

bool BallotColumns::has(Use use) const {
  return std::any_of(columns_.begin(), columns_.end(), [&](const auto& c) { return c && c->use == use; });
}

std::string BallotColumns::title_of(const Column& c) const {
  const Contest& rules = *tables_[c.contest].rules;
  const auto person = [&](std::size_t k) { return tally::label(rules.candidates[k].name, rules.candidates[k].note); };
  switch (c.use) {
    case Use::mark:
      return "候选人 " + person(c.at);
    case Use::grade:
      return "测评 " + person(c.at / rules.rating->items.size());
    case Use::write_in:
      return "另选他人" + (c.against > 0 ? "（不赞成 " + person(c.against - 1) + "）" : std::to_string(c.at));
    case Use::box:
      return "票箱";
    case Use::number:
      return "选票的序号";
    case Use::copies:
      return "相同选票的张数";
    case Use::invalid:
      return "整票无效的原因";
  }
  return "";
}

Result<void> BallotColumns::all_candidates(const Table& rows, std::size_t c) const {
  const Contest& rules = *tables_[c].rules;
  const std::size_t cells =
      rules.rating ? rules.candidates.size() * rules.rating->items.size() : rules.candidates.size();
  for (std::size_t at = 0; at < cells; ++at) {
    const auto here = [&](const std::optional<Column>& k) {
      return k && (k->use == Use::mark || k->use == Use::grade) && k->contest == c && k->at == at;
    };
    const tally::Candidate& person = rules.candidates[rules.rating ? at / rules.rating->items.size() : at];
    const std::string name = tally::label(person.name, person.note);
    if (std::none_of(columns_.begin(), columns_.end(), here))
      return refuse(code::paper::column, rows.reading().heading_row, 0, "缺少“" + name + "”一列",
                    "there is no column for " + name);
  }
  return {};
}

// Nothing: it has no heading.
Result<std::optional<Column>> BallotColumns::column_named(const Table& rows, std::size_t i,
                                                          const std::string& heading) const {
  if (heading.empty()) return std::optional<Column>();
  if (const auto known = use_of(heading)) return known;
  const auto [contest, name] = split_contest(heading);
  if (!contest && tables_.size() > 1)
    return refuse_heading(rows, i, "“" + heading + "”应写作 选举项目/候选人",
                          "\"" + heading + "\": the stage has several contests, write contest/candidate");
  if (name.starts_with("另选")) return write_in_refused(rows, i, contest.value_or(0));
  return refuse_heading(rows, i, "“" + heading + "”不是票上的候选人，也不是规定的栏目",
                        "\"" + heading + "\" is neither a candidate nor a column that may stand here");
}

// The contest that is written before a stroke, and the rest.
std::pair<std::optional<std::size_t>, std::string> BallotColumns::split_contest(const std::string& heading) const {
  if (const auto slash = heading.find('/'); slash != std::string::npos)
    for (std::size_t c = 0; c < tables_.size(); ++c)
      if (is_same(heading.substr(0, slash), tables_[c].rules->id.name) ||
          is_same(heading.substr(0, slash), tables_[c].rules->title.zh))
        return {c, heading.substr(slash + 1)};
  return {std::nullopt, heading};
}

std::optional<Column> BallotColumns::use_of(const std::string& heading) const {
  static const std::pair<const char*, Use> kOwn[] = {
      {"票箱", Use::box},         {"序号", Use::number},      {"票号", Use::number},
      {"编号", Use::number},      {"张数", Use::copies},      {"票数", Use::copies},
      {"整票无效", Use::invalid}, {"无效原因", Use::invalid}, {"整票无效原因", Use::invalid}};
  const std::string folded = table::fold_heading(heading);
  for (const auto& [word, use] : kOwn)
    if (folded == word) return Column{use, 0, 0, 0};
  const auto [contest, name] = split_contest(heading);
  if (!contest && tables_.size() > 1) return std::nullopt;
  const std::size_t c = contest.value_or(0);
  if (const auto at = place_of(*tables_[c].rules, name))
    return Column{tables_[c].rules->rating ? Use::grade : Use::mark, c, *at, 0};
  return write_in_of(c, name);
}

std::optional<Column> BallotColumns::write_in_of(std::size_t contest, std::string_view name) const {
  const std::string folded = table::fold(name);
  std::string_view rest = folded;
  if (rest.starts_with("另选他人"))
    rest.remove_prefix(std::string_view("另选他人").size());
  else if (rest.starts_with("另选"))
    rest.remove_prefix(std::string_view("另选").size());
  else
    return std::nullopt;
  const Contest& c = *tables_[contest].rules;
  const bool under = c.write_ins.rule == tally::WriteInRule::under_opposed;
  if (under && rest.starts_with('@'))
    if (const auto at = place_of(c, rest.substr(1)))
      return Column{Use::write_in, contest, 0, static_cast<std::uint32_t>(*at + 1)};
  std::size_t number = 0;
  const auto [end, bad] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (!under && bad == std::errc() && end == rest.data() + rest.size() && number >= 1 && number <= c.write_ins.slots)
    return Column{Use::write_in, contest, number, 0};
  return std::nullopt;
}

tl::unexpected<Error> BallotColumns::write_in_refused(const Table& rows, std::size_t i, std::size_t contest) const {
  const Contest& c = *tables_[contest].rules;
  const bool under = c.write_ins.rule == tally::WriteInRule::under_opposed;
  const std::string zh = c.write_ins.rule == tally::WriteInRule::none ? "本项不能另选他人"
                         : under                                      ? "应写作 另选@候选人"
                                 : "应写作 另选1 至 另选" + std::to_string(c.write_ins.slots);
  return refuse_heading(rows, i, zh,
                        under ? "write 另选@candidate"
                              : "this contest has " + std::to_string(c.write_ins.slots) + " places for write-ins");
}

}  // namespace tuixuan::paper

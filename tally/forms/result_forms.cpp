// 选举结果报告单, 票决情况报告单, 测评汇总表, 当选名单: what a counted stage came to, with the reason of each outcome.
#include <algorithm>

#include "crypto/codes/organiser.h"
#include "tally/count/outcome.h"
#include "tally/count/reasons.h"
#include "tally/count/scores.h"
#include "tally/forms/build.h"

namespace tuixuan::forms {
namespace {

using tally::Contest;
using tally::ContestResult;
using tally::FormKind;
using tally::Kind;
using tally::PersonResult;
using Look = Paragraph::Look;

struct VoteColumn {  // one that some person may have a number in
  Text title;
  std::uint64_t PersonResult::*member;
  bool printed_only;  // a written name is only ever chosen
};

std::vector<VoteColumn> vote_columns(const Contest& contest, const ContestResult& result) {
  std::vector<VoteColumn> columns{{contest.answers.approve.label, &PersonResult::approve, false}};
  if (any(result, &PersonResult::written))
    columns.push_back({{"其中书面意见", "of these written"}, &PersonResult::written, true});
  if (any(result, &PersonResult::cascaded))
    columns.push_back({{"其中兼计", "of these for a higher office"}, &PersonResult::cascaded, false});
  columns.push_back({contest.answers.oppose.label, &PersonResult::oppose, true});
  columns.push_back({contest.answers.abstain.label, &PersonResult::abstain, true});
  if (contest.answers.postpone) columns.push_back({contest.answers.postpone->label, &PersonResult::postpone, true});
  if (any(result, &PersonResult::unreadable))
    columns.push_back({{"无法辨认", "unreadable"}, &PersonResult::unreadable, true});
  return columns;
}

Table votes_table(const Contest& contest, const ContestResult& result) {
  const std::vector<VoteColumn> votes = vote_columns(contest, result);
  Table table{
      result.contest.name, {{{"序号", "no."}, 12, false, {}}, {{"姓名", "name"}, 34, true, {"备注", "note"}}}, {}};
  if (result.kind == Kind::decision) table.columns[1].title = {"表决对象", "subject"};
  for (const VoteColumn& column : votes)
    table.columns.push_back({column.title, column.title.zh.size() > 9 ? 20.0 : 16.0, false, {}});
  table.columns.push_back({{"结果", "outcome"}, 24, false, {}});
  table.columns.push_back({{"理由", "reason"}, 52, true, {}});
  for (const PersonResult& person : result.persons) {
    const bool printed = person.number > 0;
    std::vector<Field> row{plain(printed ? number(person.number) : "")};
    const Text remark = remark_of(contest, person);
    row.push_back({{person.name, {}}, printed ? person.note : remark.zh, {}, false});
    for (const VoteColumn& column : votes)
      row.push_back(plain(column.printed_only && !printed ? "—" : number(person.*column.member)));
    row.push_back({tally::outcome_of(person, contest), {}, {}, true});
    row.push_back({tally::sentence(person.reason), {}, {}, false});
    table.rows.push_back(std::move(row));
  }
  return table;
}

// The sentence that is read out and written into the minutes.
void add_resolutions(Sheet& sheet, const Contest& contest, const ContestResult& result, const tally::Numbers& n) {
  const tally::Answers& answers = contest.answers;
  for (const PersonResult& p : result.persons) {
    const Text outcome = tally::outcome_of(p, contest);
    std::string zh = "关于“" + p.name + "”：应到会 " + number(n.expected) + " 人，实到会 " + number(n.present) +
                     " 人；" + answers.approve.label.zh + " " + number(p.approve) + " 票";
    if (p.written > 0) zh += "（含会前书面意见 " + number(p.written) + " 票）";
    zh += "，" + answers.oppose.label.zh + " " + number(p.oppose) + " 票，" + answers.abstain.label.zh + " " +
          number(p.abstain) + " 票";
    if (answers.postpone) zh += "，" + answers.postpone->label.zh + " " + number(p.postpone) + " 票";
    if (p.unreadable > 0) zh += "，无法辨认 " + number(p.unreadable) + " 票";
    sheet.blocks.emplace_back(Paragraph{{"票决结果：" + zh + "。" + outcome.zh + "。", {}}, Look::body});
  }
}

void add_left_over(Sheet& sheet, const ContestResult& result) {
  for (const auto& [check, count] : result.invalid_reasons) {
    const Text why = tally::invalid_reason(check);
    sheet.blocks.emplace_back(
        Paragraph{{"无效票：" + why.zh + "，" + number(count) + " 张", "Invalid: " + why.en + ", " + number(count)},
                  Look::small});
  }
  for (const auto& [check, count] : result.write_ins_not_counted) {
    const Text why = tally::invalid_reason(check);
    sheet.blocks.emplace_back(Paragraph{{"另选他人不计：" + why.zh + "，" + number(count) + " 处",
                                         "Write-ins not counted: " + why.en + ", " + number(count)},
                                        Look::small});
  }
  for (const tally::NextStep& step : result.next) {
    const Text text = tally::sentence(step);
    sheet.blocks.emplace_back(Paragraph{{"待办：" + text.zh, "Next: " + text.en}, Look::strong});
  }
}

void add_unsettled(Sheet& sheet, const ContestResult& result) {
  if (result.must_confirm.empty()) return;
  sheet.blocks.emplace_back(
      Paragraph{{"下列人员的结果取决于尚未确认的计算基数，确认之前不得宣布：" + joined(result.must_confirm),
                 "The outcome of these persons depends on a base that is not settled; not to be announced before it "
                 "is confirmed."},
                Look::strong});
}

std::vector<const PersonResult*> elected_of(const ContestResult& result) {
  std::vector<const PersonResult*> out;
  for (const PersonResult& p : result.persons)
    if (p.outcome == tally::Outcome::elected &&
        std::find(result.must_confirm.begin(), result.must_confirm.end(), name_of(p)) == result.must_confirm.end())
      out.push_back(&p);
  return out;
}

// With the note only where two names are the same.
std::vector<std::string> names_of(const std::vector<const PersonResult*>& persons) {
  std::vector<std::string> out;
  for (const PersonResult* p : persons) {
    const auto same = std::count_if(persons.begin(), persons.end(), [&](const auto* q) { return q->name == p->name; });
    out.push_back(same > 1 ? name_of(*p) : p->name);
  }
  return out;
}

// O-2: delegates and members by strokes, secretaries in the approved order, written names after them.
Result<void> add_names(Sheet& sheet, const Contest& contest, std::vector<std::string> names,
                       const tally::StrokeTable* strokes) {
  const bool by_strokes = contest.order == tally::NameOrder::strokes;
  std::vector<std::string> unknown;
  if (by_strokes && names.size() > 1) {
    if (strokes == nullptr) return fail(code::form::strokes, "a list by surname strokes needs the table of strokes");
    unknown = strokes->sort(names);
  }
  sheet.blocks.emplace_back(
      Paragraph{{contest.title.zh + "（" + number(names.size()) + " 名）", contest.title.en}, Look::heading});
  if (names.size() > 1)
    sheet.blocks.emplace_back(by_strokes ? Paragraph{{"（以姓氏笔画为序）", "by surname strokes"}, Look::small}
                              : contest.order == tally::NameOrder::approved
                                  ? Paragraph{{"按上级党组织批准的次序", "in the approved order"}, Look::small}
                                  : Paragraph{{"次序：" + contest.order_reason, "order as given"}, Look::small});
  if (names.empty()) {
    sheet.blocks.emplace_back(Paragraph{{"无", "nobody"}, Look::body});
  } else {
    sheet.blocks.emplace_back(Names{contest.id.name, std::move(names)});
  }
  if (!unknown.empty())
    sheet.blocks.emplace_back(
        Paragraph{{"笔画表中没有的字，其位置须人工核定：" + joined(unknown),
                   "Not in the table of strokes, their place is to be checked: " + joined(unknown)},
                  Look::strong});
  return {};
}

// Over all rounds: in the approved order as the scheme has it, whoever was written after.
std::vector<std::string> elected_over(const FormData& data, const scheme::Office& office) {
  std::vector<std::string> out;
  for (const ContestId& id : office.contests)
    for (const tally::Candidate& k : data.scheme.contest(id)->candidates) {
      const std::string name = tally::label(k.name, k.note);
      const bool in =
          std::any_of(office.elected.begin(), office.elected.end(), [&](const auto& e) { return e.name == name; });
      if (in && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    }
  for (const scheme::Elected& e : office.elected)
    if (std::find(out.begin(), out.end(), e.name) == out.end()) out.push_back(e.name);
  return out;
}

Result<Sheet> elected_over_all_rounds(const FormData& data) {
  Sheet sheet;
  sheet.blocks.emplace_back(Head{title_of(FormKind::elected, Kind::election), {}});
  for (const scheme::Office& office : data.outcome->offices) {
    const Contest& contest = *data.scheme.contest(office.contest);
    TUIXUAN_CHECK(add_names(sheet, contest, elected_over(data, office), data.strokes));
    if (office.reduced > 0)
      sheet.blocks.emplace_back(
          Paragraph{{"应选 " + number(office.seats) + " 名，经会议同意减少 " + number(office.reduced) + " 名。",
                     number(office.reduced) + " seats were cut with the consent of the meeting."},
                    Look::body});
    if (office.vacant > 0)
      sheet.blocks.emplace_back(
          Paragraph{{"空缺 " + number(office.vacant) + " 名。", number(office.vacant) + " left vacant."}, Look::body});
    if (contest.order == tally::NameOrder::approved && !office.elected.empty())
      sheet.blocks.emplace_back(Paragraph{
          {"以上人员已当选，须报上级党组织批准后任职。", "Elected, pending the approval of the superior body."},
          Look::strong});
  }
  sheet.blocks.emplace_back(Signatures{{{"主持人", "Chair"}, {"总监票人", "Chief supervisor"}}, false, {}});
  return sheet;
}

Result<void> add_elected(Sheet& sheet, const Contest& contest, const ContestResult& result,
                         const tally::StrokeTable* strokes) {
  return add_names(sheet, contest, names_of(elected_of(result)), strokes);
}

// No Party body examines whom villagers elected (village law, art. 11).
void add_state(Sheet& sheet, const Contest& contest, const ContestResult& result, bool village) {
  if (result.kind == Kind::preelection || village) return;
  if (contest.order == tally::NameOrder::approved && !elected_of(result).empty())
    sheet.blocks.emplace_back(
        Paragraph{{"以上人员已当选，须报上级党组织批准后任职。", "Elected, pending the approval of the superior body."},
                  Look::strong});
  for (const PersonResult* p : elected_of(result))
    if (p->number == 0)
      sheet.blocks.emplace_back(Paragraph{
          {p->name + "：另选他人当选，须经上级党组织审查。", p->name + ": elected as a write-in, subject to review."},
          Look::body});
}

}  // namespace

void add_contest_facts(Sheet& sheet, const Contest& contest, const ContestResult& result) {
  sheet.blocks.emplace_back(Paragraph{contest.title, Look::heading});
  Facts facts;
  if (result.seats > 0 && result.kind != Kind::decision)
    facts.push_back({"seats", {"应选名额", "seats"}, number(result.seats)});
  facts.push_back({"ballots", {"收回选票", "returned"}, number(result.ballots)});
  facts.push_back({"valid", {"有效票", "valid"}, number(result.valid)});
  facts.push_back({"invalid", {"无效票", "invalid"}, number(result.invalid)});
  facts.push_back({"blank", {"其中空白", "blank"}, number(result.blank)});
  if (!contest.rating && contest.majority.num > 0)
    facts.push_back({"need", {"须得票数", "needed"}, number(result.need)});
  sheet.blocks.emplace_back(std::move(facts));
  if (contest.rating) return;
  sheet.blocks.emplace_back(Paragraph{needed_words(contest, result), Look::body});
}

Table grades_table(const Contest& contest, const ContestResult& result, std::uint64_t base) {
  const tally::Rating& rating = *contest.rating;
  const bool items = rating.items.size() > 1;
  const bool unmarked = std::any_of(result.persons.begin(), result.persons.end(), [](const auto& p) {
    return std::any_of(p.items.begin(), p.items.end(), [](const auto& i) { return i.unmarked > 0; });
  });
  Table table{result.contest.name, {{{"测评对象", "rated"}, 32, true, {"备注", "note"}}}, {}};
  if (items) table.columns.push_back({{"项目", "item"}, 28, true, {}});
  for (const tally::Grade& grade : rating.grades)
    table.columns.push_back({grade.label, 18, false, {grade.label.zh + "率", grade.label.en + " rate"}});
  if (rating.not_acquainted) table.columns.push_back({{"不了解", "not known"}, 18, false, {}});
  if (unmarked) table.columns.push_back({{"未填", "blank"}, 16, false, {}});
  table.columns.push_back({{"得分", "score"}, 24, false, {}});
  for (const PersonResult& person : result.persons) {
    for (std::size_t i = 0; i < person.items.size(); ++i) {
      const tally::ItemResult& item = person.items[i];
      const bool nothing = rating.empty == tally::EmptyCell::nothing;
      const std::uint64_t of = base - std::min(base, item.not_acquainted + (nothing ? item.unmarked : 0));
      std::vector<Field> row{{{i == 0 ? person.name : "", {}}, i == 0 ? person.note : "", {}, false}};
      if (items) row.push_back({{rating.items[i].title.zh, {}}, number(rating.items[i].weight) + "%", {}, false});
      for (const std::uint64_t n : item.grades) row.push_back({{number(n), {}}, percent(n, of), {}, false});
      if (rating.not_acquainted) row.push_back(count_of(item.not_acquainted));
      if (unmarked) row.push_back(count_of(item.unmarked));
      row.push_back({{tally::decimal(item.score), {}}, {}, {}, !items});
      table.rows.push_back(std::move(row));
    }
    if (!items) continue;
    std::vector<Field> total(table.columns.size());
    total[1] = {{"总分", "overall"}, {}, {}, true};
    total.back() = {{tally::decimal(person.score), {}}, {}, {}, true};
    table.rows.push_back(std::move(total));
  }
  return table;
}

static void add_ranking(Sheet& sheet, const ContestResult& result) {
  sheet.blocks.emplace_back(Paragraph{{"按总分高低排列", "By score"}, Look::heading});
  Table table{
      result.contest.name + ".ranking",
      {{{"名次", "place"}, 30, false, {}}, {{"测评对象", "rated"}, 110, true, {}}, {{"总分", "score"}, 40, false, {}}},
      {}};
  const std::vector<std::size_t> order = tally::ranking(result);
  std::size_t place = 1;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const PersonResult& p = result.persons[order[i]];
    if (i > 0 && !(p.score == result.persons[order[i - 1]].score)) place = i + 1;
    table.rows.push_back({count_of(place), plain(name_of(p)), plain(tally::decimal(p.score))});
  }
  sheet.blocks.emplace_back(std::move(table));
}

void add_result(Sheet& sheet, const Contest& contest, const ContestResult& result) {
  add_contest_facts(sheet, contest, result);
  add_unsettled(sheet, result);
  sheet.blocks.emplace_back(votes_table(contest, result));
  add_left_over(sheet, result);
}

// G-2: the limit is on the grades that the committee gives in the end.
static void add_best_limit(Sheet& sheet, const Contest& contest, const ContestResult& result) {
  const tally::Rating& rating = *contest.rating;
  if (rating.max_best == 0 || rating.best_limit != tally::BestLimit::grades) return;
  const std::vector<std::size_t> best = tally::mostly_best(contest, result);
  const bool over = best.size() > rating.max_best;
  sheet.blocks.emplace_back(
      Paragraph{{"“" + rating.grades[0].label.zh + "”等次一般不超过 " + number(rating.max_best) +
                     " 人，由支部委员会或党员大会确定；按测评以“" + rating.grades[0].label.zh + "”为主的有 " +
                     number(best.size()) + " 人" + (over ? "，多于限额，确定等次时请注意。" : "。"),
                 "At most " + number(rating.max_best) +
                     " usually get the best grade in the end; most marks give it to " + number(best.size())},
                over ? Look::strong : Look::body});
}

static void add_rating(Sheet& sheet, const Contest& contest, const ContestResult& result, const tally::Numbers& n) {
  const std::uint64_t base = tally::base_of(contest.majority.base, n, result.valid);
  add_contest_facts(sheet, contest, result);
  const Text of = tally::word(contest.majority.base);
  std::string weights;
  for (const tally::Grade& g : contest.rating->grades)
    weights += (weights.empty() ? "" : "，") + g.label.zh + " " + number(g.weight);
  sheet.blocks.emplace_back(
      Paragraph{{"分值：" + weights + "；比率与得分的基数：" + of.zh + " " + number(base) +
                     (contest.rating->not_acquainted ? "，减去不了解" : "") +
                     (contest.rating->empty == tally::EmptyCell::nothing  ? "，减去空着不画的"
                      : contest.rating->empty == tally::EmptyCell::lowest ? "，空着不画的按最低等次计"
                                                                          : "") +
                     (contest.rating->items.size() > 1 && contest.rating->empty != tally::EmptyCell::as_before
                          ? "；总分＝各项目得分按权重合计"
                          : "") +
                     (contest.rating->trim ? "；多于 5 张时去掉一个最高分和一个最低分" : "") + "。",
                 "Rates and scores are of " + of.en + " (" + number(base) + ")" +
                     (contest.rating->not_acquainted ? " less those not acquainted" : "")},
                Look::body});
  sheet.blocks.emplace_back(grades_table(contest, result, base));
  add_best_limit(sheet, contest, result);
  add_left_over(sheet, result);
  if (result.persons.size() > 1) add_ranking(sheet, result);
}

Sheet report_sheet(const FormData& data, FormKind kind) {
  const tally::Stage& stage = stage_of(data);
  Sheet sheet;
  sheet.blocks.emplace_back(Head{title_of(kind, stage.kind), stage.title});
  if (data.corrects)
    sheet.blocks.emplace_back(
        Paragraph{{"更正：此前公布的报告单（指纹 " + to_hex(data.corrects->bytes).substr(0, 16) +
                       "…）有误，以本报告单为准，原报告单作废。更正原因：____________",
                   "Correction: the report announced before (" + to_hex(data.corrects->bytes).substr(0, 16) +
                       "…) was wrong; this one takes its place."},
                  Look::strong});
  add_numbers(sheet, data);
  for (const ContestResult& result : data.report->contests) {
    const Contest& contest = *data.scheme.contest(result.contest);
    if (contest.rating) {
      add_rating(sheet, contest, result, data.report->numbers);
      continue;
    }
    add_result(sheet, contest, result);
    if (result.kind == Kind::decision) add_resolutions(sheet, contest, result, data.report->numbers);
  }
  std::vector<std::string> supervisors;
  for (const tally::Supervisor& supervisor : data.scheme.supervisors) supervisors.push_back(supervisor.name);
  if (!supervisors.empty())
    sheet.blocks.emplace_back(
        Paragraph{{"选举办法所载监票人：" + joined(supervisors), "Supervisors named in the scheme"}, Look::body});
  sheet.blocks.emplace_back(counting_signatures());
  return sheet;
}

Result<Sheet> elected_sheet(const FormData& data) {
  if (data.outcome) return elected_over_all_rounds(data);
  const tally::Stage& stage = stage_of(data);
  Sheet sheet;
  sheet.blocks.emplace_back(Head{title_of(FormKind::elected, stage.kind), stage.title});
  for (const ContestResult& result : data.report->contests) {
    const Contest& contest = *data.scheme.contest(result.contest);
    TUIXUAN_CHECK(add_elected(sheet, contest, result, data.strokes));
    add_state(sheet, contest, result, of_villagers(stage));
    add_unsettled(sheet, result);
    for (const tally::NextStep& step : result.next)
      sheet.blocks.emplace_back(Paragraph{tally::sentence(step), Look::body});
  }
  sheet.blocks.emplace_back(Signatures{{{"主持人", "Chair"}, {"总监票人", "Chief supervisor"}}, false, {}});
  return sheet;
}

}  // namespace tuixuan::forms

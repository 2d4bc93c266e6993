// 计票单, 计票汇总单, 无效票登记表: what the counting groups fill in and check against each other (V-7).
#include <algorithm>

#include "tally/count/reasons.h"
#include "tally/forms/build.h"

namespace tuixuan::forms {
namespace {

using tally::Contest;
using tally::ContestResult;
using tally::FormKind;
using tally::PersonResult;
using Look = Paragraph::Look;

constexpr std::size_t kGroupsPerTable = 7;

Table strokes_table(const Contest& contest, const ContestResult& result) {
  const tally::Answers& answers = contest.answers;
  Table table{result.contest.name,
              {{{"序号", "no."}, 12, false, {}},
               {{"姓名", "name"}, 32, true, {"备注", "note"}},
               {{answers.approve.label.zh + "（画“正”）", answers.approve.label.en}, 70, true, {}},
               {answers.approve.label, 17, false, {}},
               {answers.oppose.label, 17, false, {}},
               {answers.abstain.label, 17, false, {}}},
              {}};
  if (answers.postpone) table.columns.push_back({answers.postpone->label, 17, false, {}});
  table.columns.push_back({{"无法辨认", "unreadable"}, 20, false, {}});
  for (const PersonResult& p : result.persons) {
    const bool printed = p.number > 0;
    const auto votes = [&](std::uint64_t n) { return plain(printed ? number(n) : "—"); };
    std::vector<Field> row{plain(printed ? number(p.number) : ""),
                           {{p.name, {}}, printed ? p.note : remark_of(contest, p).zh, {}, false},
                           {{}, {}, p.approve, false},
                           count_of(p.approve),
                           votes(p.oppose),
                           votes(p.abstain)};
    if (answers.postpone) row.push_back(votes(p.postpone));
    row.push_back(votes(p.unreadable));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table grade_strokes(const Contest& contest, const ContestResult& result) {
  const tally::Rating& rating = *contest.rating;
  Table table{result.contest.name, {{{"姓名", "name"}, 30, true, {}}, {{"项目", "item"}, 26, true, {}}}, {}};
  for (const tally::Grade& grade : rating.grades) table.columns.push_back({grade.label, 26, false, {}});
  if (rating.not_acquainted) table.columns.push_back({{"不了解", "not known"}, 20, false, {}});
  table.columns.push_back({{"未填", "blank"}, 16, false, {}});
  for (const PersonResult& p : result.persons)
    for (std::size_t i = 0; i < p.items.size(); ++i) {
      std::vector<Field> row{plain(i == 0 ? name_of(p) : ""), {rating.items[i].title, {}, {}, false}};
      for (const std::uint64_t n : p.items[i].grades) row.push_back({{number(n), {}}, {}, n, false});
      if (rating.not_acquainted) row.push_back(count_of(p.items[i].not_acquainted));
      row.push_back(count_of(p.items[i].unmarked));
      table.rows.push_back(std::move(row));
    }
  return table;
}

void add_group(Sheet& sheet, const FormData& data, const Group& group) {
  const tally::Stage& stage = stage_of(data);
  sheet.blocks.emplace_back(
      Head{title_of(FormKind::tally_sheet, stage.kind), {stage.title.zh + "　" + group.title.zh, group.title.en}});
  const auto or_line = [](const std::string& text) { return text.empty() ? std::string("____________") : text; };
  sheet.blocks.emplace_back(Paragraph{{"组长：" + or_line(group.leader) + "　　成员：" + or_line(joined(group.members)),
                                       "Leader, members of the group"},
                                      Look::body});
  for (const ContestResult& result : group.contests) {
    const Contest& contest = *data.scheme.contest(result.contest);
    sheet.blocks.emplace_back(Paragraph{contest.title, Look::heading});
    sheet.blocks.emplace_back(Facts{{"ballots", {"领到选票", "taken"}, number(result.ballots)},
                                    {"valid", {"有效票", "valid"}, number(result.valid)},
                                    {"invalid", {"无效票", "invalid"}, number(result.invalid)},
                                    {"blank", {"其中空白", "blank"}, number(result.blank)}});
    sheet.blocks.emplace_back(contest.rating ? grade_strokes(contest, result) : strokes_table(contest, result));
  }
  sheet.blocks.emplace_back(Signatures{
      {{"唱票人", "Caller"}, {"计票人", "Counter"}, {"监票人", "Supervisors"}, {"组长", "Leader"}}, false, {}});
}

// --- the summary -----------------------------------------------------------------------------------------------------

struct SummaryRow {
  std::string name;
  Text what;
  std::vector<std::optional<std::uint64_t>> of_group;
  std::uint64_t reported = 0;
};

const PersonResult* person_in(const ContestResult& result, const PersonResult& like) {
  for (const PersonResult& p : result.persons)
    if (p.number == like.number && p.name == like.name) return &p;
  return nullptr;
}

void add_row(std::vector<SummaryRow>& rows, const FormData& data, const ContestResult& whole, std::string name,
             Text what, const auto& figure) {
  SummaryRow row{std::move(name), std::move(what), {}, figure(whole).value_or(0)};
  for (const Group& group : data.groups) {
    const auto found = std::find_if(group.contests.begin(), group.contests.end(),
                                    [&](const auto& r) { return r.contest == whole.contest; });
    row.of_group.push_back(found == group.contests.end() ? std::nullopt : figure(*found));
  }
  rows.push_back(std::move(row));
}

std::vector<SummaryRow> summary_rows(const FormData& data, const Contest& contest, const ContestResult& whole) {
  using Number = std::optional<std::uint64_t>;
  std::vector<SummaryRow> rows;
  add_row(rows, data, whole, "选票", {"收回", "returned"}, [](const auto& r) { return Number(r.ballots); });
  add_row(rows, data, whole, "", {"有效", "valid"}, [](const auto& r) { return Number(r.valid); });
  add_row(rows, data, whole, "", {"无效", "invalid"}, [](const auto& r) { return Number(r.invalid); });
  for (const PersonResult& person : whole.persons) {
    std::string name = name_of(person) + (person.number == 0 ? "（另选）" : "");
    const auto votes = [&](const Text& what, std::uint64_t PersonResult::*member) {
      add_row(rows, data, whole, name, what, [&](const auto& r) -> Number {
        const PersonResult* p = person_in(r, person);
        return p == nullptr ? std::uint64_t{0} : p->*member;
      });
      name.clear();
    };
    if (contest.rating) {
      for (std::size_t i = 0; i < person.items.size(); ++i)
        for (std::size_t g = 0; g < contest.rating->grades.size(); ++g) {
          add_row(rows, data, whole, name,
                  {contest.rating->items[i].title.zh + " " + contest.rating->grades[g].label.zh,
                   contest.rating->grades[g].label.en},
                  [&](const auto& r) -> Number {
                    const PersonResult* p = person_in(r, person);
                    return p == nullptr ? std::uint64_t{0} : p->items[i].grades[g];
                  });
          name.clear();
        }
      continue;
    }
    votes(contest.answers.approve.label, &PersonResult::approve);
    if (person.number == 0) continue;
    votes(contest.answers.oppose.label, &PersonResult::oppose);
    votes(contest.answers.abstain.label, &PersonResult::abstain);
    if (contest.answers.postpone) votes(contest.answers.postpone->label, &PersonResult::postpone);
    if (any(whole, &PersonResult::unreadable)) votes({"无法辨认", "unreadable"}, &PersonResult::unreadable);
  }
  return rows;
}

std::uint64_t sum_of(const SummaryRow& row) {
  std::uint64_t sum = 0;
  for (const auto& n : row.of_group) sum += n.value_or(0);
  return sum;
}

Table summary_table(const FormData& data, const std::vector<SummaryRow>& rows, const std::string& id, std::size_t from,
                    std::size_t to) {
  const bool last = to == data.groups.size();
  Table table{id, {{{"姓名", "name"}, 34, true, {}}, {{"票别", "votes"}, 20, true, {}}}, {}};
  for (std::size_t g = from; g < to; ++g) table.columns.push_back({data.groups[g].title, 16, false, {}});
  if (last)
    for (const Text& title : {Text{"合计", "sum"}, Text{"报告单", "report"}, Text{"核对", "check"}})
      table.columns.push_back({title, 17, false, {}});
  for (const SummaryRow& row : rows) {
    std::vector<Field> cells{{{row.name, {}}, {}, {}, true}, {{row.what.zh, {}}, {}, {}, false}};
    for (std::size_t g = from; g < to; ++g) cells.push_back(plain(row.of_group[g] ? number(*row.of_group[g]) : "—"));
    if (last) {
      const bool good = sum_of(row) == row.reported;
      cells.push_back({{number(sum_of(row)), {}}, {}, {}, true});
      cells.push_back(count_of(row.reported));
      cells.push_back({{good ? "相符" : "不符", {}}, {}, {}, !good});
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

// --- the register of invalid ballots ---------------------------------------------------------------------------------

Table invalid_table(const FormData& data) {
  Table table{"invalid_ballots",
              {{{"序号", "no."}, 12, false, {}},
               {{"计票组（票箱）", "group"}, 30, true, {}},
               {{"票种", "contest"}, 36, true, {}},
               {{"堆内编号", "in pile"}, 20, false, {}},
               {{"无效原因", "reason"}, 56, true, {}},
               {{"认定人", "decided by"}, 28, true, {}}},
              {}};
  std::size_t line = 0;
  for (const InvalidBallot& ballot : data.invalid_ballots) {
    const Contest* contest = data.scheme.contest(ballot.contest);
    const Text why = tally::invalid_reason(ballot.reason);
    table.rows.push_back({count_of(++line),
                          plain(ballot.group),
                          plain(contest == nullptr ? ballot.contest.name : contest->title.zh),
                          count_of(ballot.number),
                          {why, {}, {}, false},
                          plain(ballot.decided_by)});
  }
  return table;
}

Table reasons_table(const FormData& data) {
  Table table{"reasons",
              {{{"票种", "contest"}, 50, true, {}},
               {{"无效原因", "reason"}, 100, true, {}},
               {{"张数", "ballots"}, 30, false, {}}},
              {}};
  for (const ContestResult& result : data.report->contests) {
    const std::string title = data.scheme.contest(result.contest)->title.zh;
    for (const auto& [check, count] : result.invalid_reasons)
      table.rows.push_back({plain(title), {tally::invalid_reason(check), {}, {}, false}, count_of(count)});
    table.rows.push_back({plain(title), {{"合计", "sum"}, {}, {}, true}, {{number(result.invalid), {}}, {}, {}, true}});
  }
  return table;
}

void check_register(Sheet& sheet, const FormData& data) {
  for (const ContestResult& result : data.report->contests) {
    const auto listed =
        static_cast<std::uint64_t>(std::count_if(data.invalid_ballots.begin(), data.invalid_ballots.end(),
                                                 [&](const auto& b) { return b.contest == result.contest; }));
    if (listed == result.invalid) continue;
    const std::string title = data.scheme.contest(result.contest)->title.zh;
    sheet.blocks.emplace_back(Paragraph{
        {"不符：" + title + "登记 " + number(listed) + " 张，计票为无效 " + number(result.invalid) + " 张，须查明。",
         "The register does not agree with the count."},
        Look::strong});
  }
}

}  // namespace

Sheet tally_sheet(const FormData& data) {
  Sheet sheet;
  for (const Group& group : data.groups) add_group(sheet, data, group);
  if (data.groups.empty()) add_group(sheet, data, Group{{"全部选票", "all ballots"}, {}, {}, data.report->contests});
  return sheet;
}

Sheet summary_sheet(const FormData& data) {
  const tally::Stage& stage = stage_of(data);
  Sheet sheet;
  sheet.blocks.emplace_back(Head{title_of(FormKind::tally_summary, stage.kind), stage.title});
  bool good = true;
  for (const ContestResult& result : data.report->contests) {
    const Contest& contest = *data.scheme.contest(result.contest);
    const std::vector<SummaryRow> rows = summary_rows(data, contest, result);
    sheet.blocks.emplace_back(Paragraph{contest.title, Look::heading});
    for (std::size_t from = 0; from < data.groups.size(); from += kGroupsPerTable) {
      const std::size_t to = std::min(from + kGroupsPerTable, data.groups.size());
      sheet.blocks.emplace_back(
          summary_table(data, rows, result.contest.name + "." + number(from / kGroupsPerTable + 1), from, to));
    }
    good = good && std::all_of(rows.begin(), rows.end(), [](const auto& r) { return sum_of(r) == r.reported; });
  }
  sheet.blocks.emplace_back(
      good ? Paragraph{{"各组合计与报告单全部相符。", "The groups add up to the report."}, Look::strong}
           : Paragraph{{"各组合计与报告单不符，须重新核对后才能签字。",
                        "The groups do not add up to the report: check again before signing."},
                       Look::strong});
  sheet.blocks.emplace_back(counting_signatures());
  return sheet;
}

Sheet invalid_sheet(const FormData& data) {
  const tally::Stage& stage = stage_of(data);
  Sheet sheet;
  sheet.blocks.emplace_back(Head{title_of(FormKind::invalid, stage.kind), stage.title});
  if (!data.invalid_ballots.empty()) {
    sheet.blocks.emplace_back(invalid_table(data));
    check_register(sheet, data);
  }
  sheet.blocks.emplace_back(Paragraph{{"按原因合计", "By reason"}, Look::heading});
  sheet.blocks.emplace_back(reasons_table(data));
  sheet.blocks.emplace_back(counting_signatures());
  return sheet;
}

}  // namespace tuixuan::forms

#include "tally/forms/report_form.h"

#include <algorithm>
#include <string>

#include "tally/count/reasons.h"
#include "tally/forms/flow.h"

namespace tuixuan::forms {
namespace {

using tally::ContestResult;
using tally::PersonResult;
using tally::Text;

constexpr Style kTitle{16, true, false, Align::centre};
constexpr Style kSubtitle{11, false, false, Align::centre};
constexpr Style kHeading{12, true, false, Align::left};
constexpr Style kBody{9.5, false, false, Align::left};
constexpr Style kStrong{9.5, true, false, Align::left};
constexpr Style kHead{8.5, true, false, Align::centre};
constexpr Style kNumber{10, false, false, Align::centre};
constexpr Style kSmall{8, false, false, Align::left};

std::string title_of(tally::Kind kind) {
  switch (kind) {
    case tally::Kind::election:
      return "选举结果报告单";
    case tally::Kind::recommendation:
      return "推荐结果汇总表";
    case tally::Kind::preelection:
      return "预选结果报告单";
    case tally::Kind::decision:
      return "票决情况报告单";
    case tally::Kind::rating:
      return "测评汇总表";
  }
  bug("no such kind");
}

std::string both(const Text& text) { return text.en.empty() ? text.zh : text.zh + "  " + text.en; }
std::string number(std::uint64_t n) { return std::to_string(n); }

const tally::Contest* find(const tally::Scheme& scheme, const ContestId& id) {
  const auto found =
      std::find_if(scheme.contests.begin(), scheme.contests.end(), [&](const auto& c) { return c.id == id; });
  return found == scheme.contests.end() ? nullptr : &*found;
}

Result<void> check_contest(const tally::Contest* contest, const ContestResult& result) {
  const std::string& id = result.contest.name;
  if (contest == nullptr) return fail("form.report", "the scheme has no contest " + id);
  if (result.persons.size() < contest->candidates.size()) return fail("form.report", id + ": candidates are missing");
  for (std::size_t i = 0; i < result.persons.size(); ++i) {
    const PersonResult& person = result.persons[i];
    const bool printed = i < contest->candidates.size();
    if (person.number != (printed ? i + 1 : 0) || (printed && person.name != contest->candidates[i].name))
      return fail("form.report", id + ": the persons are not the candidates in their order");
    if (person.items.size() != (contest->rating ? contest->rating->items.size() : 0) || person.score.den == 0)
      return fail("form.report", id + ": the grades do not belong to this contest");
    for (const tally::ItemResult& item : person.items)
      if (item.grades.size() != contest->rating->grades.size() || item.score.den == 0)
        return fail("form.report", id + ": the grades do not belong to this contest");
  }
  return {};
}

void attendance(Flow& flow, const tally::Numbers& n) {
  constexpr double kColumn = kTextWidth / 5;
  flow.row({{kColumn, "应到会有选举权\nexpected", kHead},
            {kColumn, "实到会有选举权\npresent", kHead},
            {kColumn, "发出选票\nissued", kHead},
            {kColumn, "投票人数\nvoters", kHead},
            {kColumn, "收回选票\nreturned", kHead}});
  flow.row({{kColumn, number(n.expected), kNumber},
            {kColumn, number(n.present), kNumber},
            {kColumn, number(n.issued), kNumber},
            {kColumn, number(n.voters), kNumber},
            {kColumn, number(n.returned), kNumber}});
}

void votes_table(Flow& flow, const tally::Contest& contest, const ContestResult& result) {
  const auto label = [](const tally::Answer& answer) { return answer.label.zh + "\n" + answer.label.en; };
  const double vote = contest.answers.postpone ? 14 : 17;
  const double reason = kTextWidth - 9 - 32 - 26 - vote * (contest.answers.postpone ? 4 : 3);
  std::vector<Cell> head{{9, "序号", kHead}, {32, "姓名\nname", kHead}};
  head.push_back({vote, label(contest.answers.approve), kHead});
  head.push_back({vote, label(contest.answers.oppose), kHead});
  head.push_back({vote, label(contest.answers.abstain), kHead});
  if (contest.answers.postpone) head.push_back({vote, label(*contest.answers.postpone), kHead});
  head.push_back({26, "结果\noutcome", kHead});
  head.push_back({reason, "理由\nreason", kHead});
  flow.begin_table(head);
  for (const PersonResult& person : result.persons) {
    const bool printed = person.number > 0;
    const std::string note = printed ? contest.candidates[person.number - 1].note : "另选他人 write-in";
    const auto votes = [&](std::uint64_t n) {
      return printed ? number(n) : "—";
    };  // a written name is only ever chosen
    std::vector<Cell> cells{{9, printed ? number(person.number) : "", kNumber},
                            {32, person.name + (note.empty() ? "" : "\n" + note), kBody},
                            {vote, number(person.approve), kNumber},
                            {vote, votes(person.oppose), kNumber},
                            {vote, votes(person.abstain), kNumber}};
    if (contest.answers.postpone) cells.push_back({vote, votes(person.postpone), kNumber});
    const Text outcome = tally::word(person.outcome, result.kind);
    const Text why = tally::sentence(person.reason);
    cells.push_back({26, outcome.zh + "\n" + outcome.en, kHead});
    cells.push_back({reason, why.zh + "\n" + why.en, kSmall});
    flow.row(cells);
  }
  flow.end_table();
}

void grades_table(Flow& flow, const tally::Contest& contest, const ContestResult& result) {
  const tally::Rating& rating = *contest.rating;
  const double column = (kTextWidth - 34 - 34 - 18) / static_cast<double>(rating.grades.size() + 2);
  std::vector<Cell> head{{34, "姓名\nname", kHead}, {34, "项目\nitem", kHead}};
  for (const tally::Grade& grade : rating.grades)
    head.push_back({column, grade.label.zh + "\n" + grade.label.en, kHead});
  head.push_back({column, "不了解", kHead});
  head.push_back({column, "未填", kHead});
  head.push_back({18, "得分\nscore", kHead});
  flow.begin_table(head);
  for (const PersonResult& person : result.persons) {
    for (std::size_t i = 0; i < person.items.size(); ++i) {
      const tally::ItemResult& item = person.items[i];
      std::vector<Cell> cells{{34, i == 0 ? person.name : "", kBody}, {34, rating.items[i].title.zh, kBody}};
      for (const std::uint64_t n : item.grades) cells.push_back({column, number(n), kNumber});
      cells.push_back({column, number(item.not_acquainted), kNumber});
      cells.push_back({column, number(item.unmarked), kNumber});
      cells.push_back({18, tally::decimal(item.score), kNumber});
      flow.row(cells);
    }
    flow.row({{kTextWidth - 18, person.name + "  总分 overall", kStrong}, {18, tally::decimal(person.score), kNumber}});
  }
  flow.end_table();
}

void contest_part(Flow& flow, const tally::Contest& contest, const ContestResult& result) {
  flow.keep(45);
  flow.space(5);
  flow.paragraph(both(contest.title), kHeading);
  std::string facts;
  if (result.seats > 0) facts += "应选名额 seats " + number(result.seats) + "    ";
  facts += "收回 returned " + number(result.ballots) + "    有效 valid " + number(result.valid) + "    无效 invalid " +
           number(result.invalid) + "    空白 blank " + number(result.blank);
  flow.paragraph(facts, kBody);
  if (!contest.rating) {
    const Text base = tally::word(contest.majority.base);
    flow.paragraph(
        "计算基数 base: " + both(base) + " " + number(result.base) + "    须达 needed: " + number(result.need), kBody);
  }
  if (!result.must_confirm.empty()) {
    std::string names;
    for (const std::string& name : result.must_confirm) names += (names.empty() ? "" : "、") + name;
    flow.paragraph("下列人员的结果取决于尚未确认的计算基数，确认之前不得宣布：" + names +
                       "\nThe outcome of these persons depends on a base that is not settled; not to be announced "
                       "before it is confirmed.",
                   kStrong);
  }
  flow.space(1.5);
  if (contest.rating) {
    grades_table(flow, contest, result);
  } else {
    votes_table(flow, contest, result);
  }
  flow.space(1.5);
  for (const auto& [check, count] : result.invalid_reasons)
    flow.paragraph("无效票 invalid: " + both(tally::invalid_reason(check)) + " — " + number(count), kSmall);
  for (const auto& [check, count] : result.write_ins_not_counted)
    flow.paragraph("另选他人不计 write-in not counted: " + both(tally::invalid_reason(check)) + " — " + number(count),
                   kSmall);
  for (const tally::NextStep& step : result.next) flow.paragraph("待办 next: " + both(tally::sentence(step)), kStrong);
}

void signatures(Flow& flow, const tally::Scheme& scheme) {
  flow.keep(48);
  flow.space(9);
  constexpr const char* kLine = "____________________";
  std::string officers;
  for (const tally::Supervisor& supervisor : scheme.supervisors)
    officers += (officers.empty() ? "" : "、") + supervisor.name;
  flow.paragraph("监票人（选举办法所载） supervisors of the scheme: " + officers, kBody);
  for (const char* role : {"总监票人 Chief supervisor", "监票人 Supervisors", "计票人 Counters"}) {
    flow.space(5);
    flow.paragraph(std::string(role) + "  " + kLine + "  " + kLine, kBody);
  }
  flow.space(5);
  flow.paragraph("日期 Date  ________ 年 ____ 月 ____ 日", kBody);
}

// One run over the form; returns the number of its pages.
unsigned draw(Document& page, const tally::Scheme& scheme, const scheme::Report& report, const tally::Stage& stage,
              const Sha256& report_file, unsigned pages) {
  Flow flow(page, "本表与记录中的报告文件一致 This form is the report file of the record. SHA-256 " + report_file.hex(),
            report.rehearsal ? "演练 REHEARSAL" : "", pages);
  flow.paragraph(scheme.congress.title.zh, kTitle);
  flow.paragraph(title_of(report.kind), kTitle);
  flow.paragraph(scheme.congress.title.en, kSubtitle);
  flow.space(2);
  flow.paragraph(both(scheme.congress.body) + "    " + both(scheme.congress.term), kBody);
  flow.paragraph(scheme.congress.date + "    " + both(scheme.congress.place), kBody);
  flow.paragraph(both(stage.title), kBody);
  flow.space(2);
  attendance(flow, report.numbers);
  for (const ContestResult& result : report.contests) contest_part(flow, *find(scheme, result.contest), result);
  signatures(flow, scheme);
  return flow.page_count();
}

}  // namespace

Result<Bytes> print_report(const tally::Scheme& scheme, const scheme::Report& report, const Sha256& report_file) {
  const auto stage =
      std::find_if(scheme.stages.begin(), scheme.stages.end(), [&](const auto& s) { return s.id == report.stage; });
  if (report.congress != scheme.congress.id || stage == scheme.stages.end())
    return fail("form.report",
                "the report of " + report.congress + ", stage " + report.stage.name + " is not of this scheme");
  if (report.rehearsal != scheme.rehearsal || report.kind != stage->kind)
    return fail("form.report", "the report and the scheme are not of one kind");
  for (const ContestResult& result : report.contests)
    TUIXUAN_CHECK(check_contest(find(scheme, result.contest), result));
  unsigned pages = 0;
  {
    Document trial(report.congress);
    pages = draw(trial, scheme, report, *stage, report_file, 1);
  }
  Document page(scheme.congress.title.zh + " " + title_of(report.kind));
  draw(page, scheme, report, *stage, report_file, pages);
  return page.finish();
}

}  // namespace tuixuan::forms

// The report form, printed from real counts and read back with pdftotext.
#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tally/forms/report_form.h"

namespace tuixuan::forms {
namespace {

namespace fs = std::filesystem;
using tally::Mark;

std::string run(const std::string& command) {
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return {};
  std::string out;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.append(buffer.data(), n);
  pclose(pipe);
  return out;
}

tally::Scheme scheme_of(std::size_t candidates) {
  tally::Scheme scheme;
  scheme.congress = {"c1",
                     {"中共红星村支部委员会换届选举大会", "Red Star Village Branch Congress"},
                     {"红星村支部", "Red Star branch"},
                     {"第五届", "5th term"},
                     "2026-05-20",
                     {"村文化礼堂", "Village hall"}};
  scheme.supervisors = {{"s1", "王大伟", {}}, {"s2", "李小红", {}}};
  tally::Stage stage;
  stage.id = StageId{"election"};
  stage.title = {"正式选举", "Election"};
  stage.contests = {ContestId{"committee"}};
  scheme.stages = {stage};
  tally::Contest contest;
  contest.id = ContestId{"committee"};
  contest.title = {"支部委员会委员", "Committee members"};
  contest.seats = 2;
  contest.max_choices = 2;
  for (std::size_t i = 0; i < candidates; ++i)
    contest.candidates.push_back({"候选人" + std::to_string(i + 1), i == 0 ? "女" : ""});
  contest.write_ins = {tally::WriteInRule::free_lines, 2, 30, {}};
  scheme.contests = {contest};
  return scheme;
}

scheme::Report report_of(const tally::Scheme& scheme) {
  const tally::Contest& contest = scheme.contests[0];
  scheme::Report report;
  report.congress = scheme.congress.id;
  report.stage = scheme.stages[0].id;
  report.kind = scheme.stages[0].kind;
  report.rehearsal = scheme.rehearsal;
  report.numbers = {20, 20, 18, 18, 17, 17};
  tally::ContestCount count(contest, report.numbers);
  for (std::size_t i = 0; i < 17; ++i) {
    tally::Selection selection = tally::blank(contest);
    selection.marks[0] = i < 14 ? Mark::approve : Mark::oppose;
    if (i < 11) selection.marks[1] = Mark::approve;
    if (i == 16) selection.write_ins = {{"周小明", 0}};
    if (i == 0) selection.marks[2] = Mark::approve;  // one too many
    count.add(selection);
  }
  report.contests = {count.finish()};
  return report;
}

Sha256 some_hash() {
  Sha256 hash;
  hash.bytes.fill(0xab);
  return hash;
}

class ReportForm : public testing::Test {
 protected:
  void SetUp() override {
    if (run("command -v pdftotext").empty() || run("command -v pdfinfo").empty())
      GTEST_SKIP() << "poppler-utils is not installed";
    std::string name = (fs::temp_directory_path() / "tuixuan-report-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    dir_ = name;
  }
  void TearDown() override {
    if (!dir_.empty()) fs::remove_all(dir_);
  }
  std::string path_of(const Result<Bytes>& pdf) const {
    if (!pdf) ADD_FAILURE() << pdf.error().text();
    const std::string path = dir_ / "report.pdf";
    if (pdf) std::ofstream(path, std::ios::binary) << as_text(*pdf);
    return path;
  }
  // The text without spaces and line ends, since columns break words where they must.
  std::string text_of(const Result<Bytes>& pdf) const {
    std::string text = run("pdftotext -raw " + path_of(pdf) + " -");
    std::erase_if(text, [](char c) { return c == '\n' || c == ' ' || c == '\f'; });
    return text;
  }
  fs::path dir_;
};

TEST_F(ReportForm, SaysWhatTheReportSays) {
  const tally::Scheme scheme = scheme_of(4);
  const scheme::Report report = report_of(scheme);
  ASSERT_EQ(report.contests[0].persons[0].outcome, tally::Outcome::elected);
  ASSERT_EQ(report.contests[0].persons[1].outcome, tally::Outcome::not_elected);  // 10 of 20 is not more than half
  const std::string text = text_of(print_report(scheme, report, some_hash()));
  for (const char* words : {"选举结果报告单",
                            "中共红星村支部委员会换届选举大会",
                            "正式选举",
                            "支部委员会委员",
                            "应选名额seats2",
                            "收回returned17",
                            "有效valid16",
                            "无效invalid1",
                            "须达needed:11",
                            "候选人1",
                            "女",
                            "周小明",
                            "另选他人",
                            "当选",
                            "未当选",
                            "得13票，达到须得的11票",
                            "得10票，未达到须得的11票",
                            "王大伟、李小红",
                            "总监票人",
                            "第1页共1页"})
    EXPECT_NE(text.find(words), std::string::npos) << words;
  EXPECT_NE(text.find(some_hash().hex()), std::string::npos);
  EXPECT_EQ(text.find("演练"), std::string::npos);
  EXPECT_EQ(text.find("尚未确认"), std::string::npos);
}

TEST_F(ReportForm, NamesWhoDependsOnAnUnsettledRule) {
  tally::Scheme scheme = scheme_of(4);
  scheme.contests[0].alternative = tally::Base::present;  // 10 of 18 is more than half
  const scheme::Report report = report_of(scheme);
  ASSERT_THAT(report.contests[0].must_confirm, testing::ElementsAre("候选人2"));
  const std::string text = text_of(print_report(scheme, report, some_hash()));
  EXPECT_NE(text.find("不得宣布：候选人2"), std::string::npos) << text;
}

TEST_F(ReportForm, RunsOverSeveralPagesWithTheHeadAgain) {
  tally::Scheme scheme = scheme_of(60);
  scheme.rehearsal = true;
  const auto pdf = print_report(scheme, report_of(scheme), some_hash());
  const std::string text = text_of(pdf);
  const auto times = [&text](std::string_view words) {
    std::size_t found = 0;
    for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++found;
    return found;
  };
  const std::size_t pages = times("页共");
  EXPECT_GE(pages, 3U);
  EXPECT_NE(run("pdfinfo " + path_of(pdf)).find("Pages:           " + std::to_string(pages) + "\n"), std::string::npos);
  EXPECT_EQ(times("共" + std::to_string(pages) + "页"), pages);
  EXPECT_EQ(times("演练"), pages);
  EXPECT_GE(times("序号"), pages - 1);  // the last page may hold the signatures only
  EXPECT_EQ(times("60候选人60"), 1U);
}

TEST_F(ReportForm, PrintsGrades) {
  tally::Scheme scheme = scheme_of(2);
  scheme.stages[0].kind = tally::Kind::rating;
  tally::Contest& contest = scheme.contests[0];
  contest.kind = tally::Kind::rating;
  contest.seats = 0;
  contest.write_ins = {};
  contest.majority.base = tally::Base::valid;
  contest.rating = tally::Rating{};
  contest.rating->grades = {{{"优秀", "excellent"}, 100}, {{"合格", "fair"}, 60}};
  contest.rating->items = {{{"总体评价", "overall"}, 60}, {{"廉洁", "integrity"}, 40}};
  scheme::Report report = report_of(scheme_of(3));
  report.kind = tally::Kind::rating;
  tally::ContestCount count(contest, report.numbers);
  for (int i = 0; i < 3; ++i) {
    tally::Selection selection = tally::blank(contest);
    selection.grades = {1, 1, 2, static_cast<tally::GradeMark>(i == 0 ? 1 : 2)};
    count.add(selection);
  }
  report.contests = {count.finish()};
  const std::string text = text_of(print_report(scheme, report, some_hash()));
  for (const char* words : {"测评汇总表", "优秀", "总体评价", "廉洁", "100.00", "73.33", "65.33"})
    EXPECT_NE(text.find(words), std::string::npos) << words << " in " << text;
}

TEST(ReportFormRefuses, AReportOfAnotherScheme) {
  const tally::Scheme scheme = scheme_of(4);
  const auto refusal = [&scheme](auto change) {
    scheme::Report report = report_of(scheme);
    change(report);
    const auto pdf = print_report(scheme, report, some_hash());
    return pdf ? std::string("printed") : pdf.error().check;
  };
  EXPECT_EQ(refusal([](auto&) {}), "printed");
  EXPECT_EQ(refusal([](auto& r) { r.congress = "c2"; }), "form.report");
  EXPECT_EQ(refusal([](auto& r) { r.stage = StageId{"other"}; }), "form.report");
  EXPECT_EQ(refusal([](auto& r) { r.kind = tally::Kind::preelection; }), "form.report");
  EXPECT_EQ(refusal([](auto& r) { r.rehearsal = true; }), "form.report");
  EXPECT_EQ(refusal([](auto& r) { r.contests[0].contest = ContestId{"other"}; }), "form.report");
  EXPECT_EQ(refusal([](auto& r) { r.contests[0].persons.resize(3); }), "form.report");
  EXPECT_EQ(refusal([](auto& r) { std::swap(r.contests[0].persons[0], r.contests[0].persons[1]); }), "form.report");
  EXPECT_EQ(refusal([](auto& r) { r.contests[0].persons[0].name = "别人"; }), "form.report");
  EXPECT_EQ(refusal([](auto& r) { r.contests[0].persons[0].items.resize(1); }), "form.report");
  EXPECT_EQ(refusal([](auto& r) { r.contests[0].persons.back().number = 9; }), "form.report");
  EXPECT_EQ(refusal([](auto& r) { r.contests[0].persons.back().name = "\xff"; }), "form.text");
}

}  // namespace
}  // namespace tuixuan::forms

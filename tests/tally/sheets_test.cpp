// The forms of a vote, made from real counts with 3 and with 60 names and read back with poppler's programs.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/organiser.h"
#include "tally/forms/sheet_file.h"
#include "tally/scheme/json.h"
#include "tests/tally/forms_kit.h"

namespace tuixuan::forms {
namespace {

namespace fs = std::filesystem;
using tally::FormKind;
using tally::Kind;
using testing::HasSubstr;
using testing::Not;

constexpr double kPoint = 72.0 / 25.4;

struct Case {
  FormKind form;
  Kind kind;
  std::size_t grades = 4;
};

FormData data_of(const Case& c, std::size_t persons) {
  if (c.form == FormKind::notice) return sample_notice(persons);
  if (c.form == FormKind::recommendation && c.grades == 2) return sample_proposal(persons);
  return sample(persons, c.kind, c.grades);
}

class Sheets : public testing::TestWithParam<std::tuple<Case, std::size_t>> {
 protected:
  void SetUp() override {
    if (run("command -v pdftotext").empty()) GTEST_SKIP() << "poppler-utils is not installed";
    if (!tally::StrokeTable::load()) GTEST_SKIP() << "rime-data-stroke is not installed";
    std::string name = (fs::temp_directory_path() / "tuixuan-sheets-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    dir_ = name;
  }
  void TearDown() override {
    if (!dir_.empty()) fs::remove_all(dir_);
  }
  std::string write(const Result<Bytes>& pdf) const {
    if (!pdf) ADD_FAILURE() << pdf.error().text();
    const std::string path = dir_ / "form.pdf";
    if (pdf) std::ofstream(path, std::ios::binary) << as_text(*pdf);
    return path;
  }
  std::string text_of(const Result<Bytes>& pdf) const { return squeezed(run("pdftotext -raw " + write(pdf) + " -")); }
  fs::path dir_;
};

std::size_t times(const std::string& text, std::string_view words) {
  std::size_t found = 0;
  for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++found;
  return found;
}

TEST_P(Sheets, SayEverythingOnEveryPageInEmbeddedFonts) {
  const auto& [c, persons] = GetParam();
  const FormData data = data_of(c, persons);
  const auto pdf = make(c.form, data);
  const std::string path = write(pdf);
  const std::string text = text_of(pdf);
  const std::size_t pages = times(text, "页共");
  EXPECT_THAT(run("pdfinfo " + path), HasSubstr("Pages:           " + std::to_string(pages) + "\n"));
  EXPECT_THAT(run("pdfinfo " + path), HasSubstr("A4"));
  EXPECT_EQ(times(text, data.fingerprint.hex()), pages);
  EXPECT_THAT(text, Not(HasSubstr("…")));
  EXPECT_EQ(times(text, "中国共产党红星村支部委员会换届选举党员大会"), pages - (c.form == FormKind::notice ? 1 : 0));
  const std::string fonts = run("pdffonts " + path + " | tail -n +3");
  EXPECT_THAT(fonts, HasSubstr("NotoSansCJK"));
  EXPECT_EQ(times(fonts, "\n"), times(fonts, " yes yes yes ")) << fonts;
  const bool everybody = c.form != FormKind::attendance && c.form != FormKind::papers && c.form != FormKind::invalid &&
                         c.form != FormKind::elected;
  for (const tally::Candidate& candidate : data.scheme.contests[0].candidates)
    if (everybody) {
      EXPECT_THAT(text, HasSubstr(squeezed(candidate.name)));
    }
}

TEST_P(Sheets, NothingIsOutsideThePageOrOverAnother) {
  const auto& [c, persons] = GetParam();
  const std::vector<Box> boxes = boxes_of(write(make(c.form, data_of(c, persons))));
  ASSERT_GT(boxes.size(), 20U);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const Box& a = boxes[i];
    EXPECT_GE(a.left, 14 * kPoint) << a.word;
    EXPECT_LE(a.right, (kPageWidth - 13.5) * kPoint) << a.word;
    EXPECT_LE(a.bottom, (kPageHeight - 5) * kPoint) << a.word;
    for (std::size_t j = i + 1; j < boxes.size() && boxes[j].page == a.page; ++j) {
      const Box& b = boxes[j];
      const double wide = std::min(a.right, b.right) - std::max(a.left, b.left);
      const double high = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
      const double smaller = std::min((a.right - a.left) * (a.bottom - a.top), (b.right - b.left) * (b.bottom - b.top));
      EXPECT_FALSE(wide > 0 && high > 0 && wide * high > 0.3 * smaller)
          << "page " << a.page << ": " << a.word << " over " << b.word;
    }
  }
}

TEST_P(Sheets, AreTheSameBytesAgainAndTheSameFiguresAsFiles) {
  const auto& [c, persons] = GetParam();
  const FormData data = data_of(c, persons);
  const auto pdf = make(c.form, data);
  ASSERT_TRUE(pdf);
  EXPECT_EQ(*pdf, *make(c.form, data));
  const auto csv = make_csv(c.form, data);
  const auto json = make_json(c.form, data);
  ASSERT_TRUE(csv && json);
  EXPECT_TRUE(as_text(*csv).starts_with("\xEF\xBB\xBF"));
  ASSERT_TRUE(scheme::parse_json(*json));
  const std::string text = text_of(pdf);
  // Every cell of the file stands on the paper.
  const auto parsed = scheme::parse_json(*json);
  std::size_t cells = 0;
  for (const scheme::JsonMember& member : parsed->members) {
    if (member.key != "blocks") continue;
    for (const scheme::Json& block : member.value.items)
      for (const scheme::JsonMember& part : block.members) {
        if (part.key != "rows") continue;
        for (const scheme::Json& row : part.value.items)
          for (const scheme::Json& cell : row.items) {
            ++cells;
            EXPECT_THAT(text, HasSubstr(squeezed(cell.members[0].value.text)));
          }
      }
  }
  EXPECT_GE(cells, c.form == FormKind::elected ? 0U : 4U);
}

INSTANTIATE_TEST_SUITE_P(
    All, Sheets,
    testing::Combine(testing::Values(Case{FormKind::attendance, Kind::election}, Case{FormKind::papers, Kind::election},
                                     Case{FormKind::tally_sheet, Kind::election},
                                     Case{FormKind::tally_sheet, Kind::rating, 6},
                                     Case{FormKind::tally_summary, Kind::election},
                                     Case{FormKind::tally_summary, Kind::rating, 2},
                                     Case{FormKind::invalid, Kind::election}, Case{FormKind::report, Kind::election},
                                     Case{FormKind::elected, Kind::election}, Case{FormKind::decision, Kind::decision},
                                     Case{FormKind::rating, Kind::rating, 2}, Case{FormKind::rating, Kind::rating, 6},
                                     Case{FormKind::recommendation, Kind::recommendation, 4},
                                     Case{FormKind::recommendation, Kind::recommendation, 2},
                                     Case{FormKind::notice, Kind::election}),
                     testing::Values(3U, 60U)));

// --- what each says --------------------------------------------------------------------------------------------------

class OneSheet : public Sheets {};
INSTANTIATE_TEST_SUITE_P(One, OneSheet, testing::Values(std::tuple{Case{FormKind::report, Kind::election}, 3U}));

TEST_P(OneSheet, AttendanceTellsWhoIsLeftOutAndWhetherEnoughCame) {
  FormData data = sample(3);
  std::string text = text_of(make(FormKind::attendance, data));
  for (const char* words : {"到会人数报告", "55", "不计入应到会", "镇委〔2026〕12号", "长期卧床、生活不能自理", "病假",
                            "91.84%", "不少于五分之四", "至少须到会40人，实到会45人，符合规定", "主持人"})
    EXPECT_THAT(text, HasSubstr(words));
  EXPECT_THAT(text, Not(HasSubstr("数字不符")));
  data.attendance->present = 39;
  text = text_of(make(FormKind::attendance, data));
  EXPECT_THAT(text, HasSubstr("未达到规定人数，不能进行投票"));
  EXPECT_THAT(text, HasSubstr("数字不符"));  // 49 expected, 39 present, 4 absent
}

TEST_P(OneSheet, PapersNameTheBoxWithTooMany) {
  FormData data = sample(3);
  std::string text = text_of(make(FormKind::papers, data));
  for (const char* words : {"选票领发情况报告单", "选票收回情况报告单", "第一票箱", "收回选票44张", "本次投票有效"})
    EXPECT_THAT(text, HasSubstr(words));
  data.attendance->boxes[1].returned = 21;  // the sums still look fine
  text = text_of(make(FormKind::papers, data));
  EXPECT_THAT(text, HasSubstr("数字不符：第二票箱"));
  EXPECT_THAT(text, Not(HasSubstr("本次投票有效")));
  data.attendance->boxes[0].returned = 26;
  EXPECT_THAT(text_of(make(FormKind::papers, data)), HasSubstr("本次投票无效"));
}

TEST_P(OneSheet, ReportGivesTheReasons) {
  const FormData data = sample(3);
  const std::string text = text_of(make(FormKind::report, data));
  const tally::PersonResult& first = data.report->contests[0].persons[0];
  ASSERT_EQ(first.outcome, tally::Outcome::elected);
  for (const std::string& words :
       {std::string("选举结果报告单"), std::string("周小明"), std::string("另选他人"), std::string("无法辨认"),
        "得" + std::to_string(first.approve) + "票，达到须得的25票（基数49人）", std::string("未达到须得的25票"),
        std::string("王大伟、李小红"), std::string("总监票人"), std::string("所选人数多于应选名额，1张")})
    EXPECT_THAT(text, HasSubstr(words));
  EXPECT_THAT(text, Not(HasSubstr("演练")));
  FormData rehearsal = data;
  rehearsal.scheme.rehearsal = rehearsal.report->rehearsal = true;
  EXPECT_THAT(text_of(make(FormKind::report, rehearsal)), HasSubstr("演练"));
  FormData chinese = data;
  chinese.english = false;
  EXPECT_THAT(text_of(make(FormKind::report, chinese)), Not(HasSubstr("were needed")));
}

TEST_P(OneSheet, ElectedComeByStrokesWithoutVotesAndNotBeforeTheBaseIsSettled) {
  FormData data = sample(60);
  const auto place = [&](const std::string& text, const char* name) { return text.find(name); };
  std::string text = text_of(make(FormKind::elected, data));
  EXPECT_THAT(text, HasSubstr("以姓氏笔画为序"));
  EXPECT_LT(place(text, "丁一"), place(text, "王小明"));
  EXPECT_LT(place(text, "王建国"), place(text, "赵德胜"));
  EXPECT_THAT(text, Not(HasSubstr("得票")));
  const std::string name = data.report->contests[0].persons[0].name;
  data.report->contests[0].must_confirm = {name};
  text = text_of(make(FormKind::elected, data));
  EXPECT_THAT(text, HasSubstr("不得宣布：" + name));
  data.scheme.contests[0].order = tally::NameOrder::approved;
  text = text_of(make(FormKind::elected, data));
  EXPECT_THAT(text, HasSubstr("须报上级党组织批准"));
  data.strokes = nullptr;
  EXPECT_TRUE(make(FormKind::elected, data));
  data.scheme.contests[0].order = tally::NameOrder::strokes;
  EXPECT_EQ(make(FormKind::elected, data).error().check, code::form::strokes);
}

TEST_P(OneSheet, DecisionCountsWrittenOpinions) {
  const FormData data = sample(1, Kind::decision);
  const tally::PersonResult& p = data.report->contests[0].persons[0];
  ASSERT_EQ(p.written, 2U);
  const std::string text = text_of(make(FormKind::decision, data));
  EXPECT_THAT(text, HasSubstr("赞成" + std::to_string(p.approve) + "票（含会前书面意见2票）"));
  EXPECT_THAT(text, HasSubstr("缓议"));
}

TEST_P(OneSheet, SummarySaysWhereTheGroupsDoNotAddUp) {
  FormData data = sample(3);
  EXPECT_THAT(text_of(make(FormKind::tally_summary, data)), HasSubstr("全部相符"));
  ++data.groups[0].contests[0].persons[1].approve;
  const std::string text = text_of(make(FormKind::tally_summary, data));
  EXPECT_EQ(times(text, "不符"), 2U);  // the row, and the sentence
  EXPECT_THAT(text, Not(HasSubstr("全部相符")));
}

TEST_P(OneSheet, RegisterOfInvalidBallotsIsHeldToTheCount) {
  FormData data = sample(3);
  std::string text = text_of(make(FormKind::invalid, data));
  EXPECT_THAT(text, HasSubstr("王大伟、李小红"));
  EXPECT_THAT(text, Not(HasSubstr("不符")));
  data.invalid_ballots.push_back(data.invalid_ballots[0]);
  EXPECT_THAT(text_of(make(FormKind::invalid, data)), HasSubstr("不符"));
}

TEST_P(OneSheet, ProposalTellsChambersRatesAndRule) {
  const FormData data = sample_proposal(3);
  const std::string text = text_of(make(FormKind::recommendation, data));
  for (const char* words : {"推荐结果汇总表", "党员得票", "群众得票", "各方得票率加权；上级党组织推荐占20%；取前2名",
                            "列入推荐", "未列入", "66.67%", "64.57", "由上级党组织考察后决定"})
    EXPECT_THAT(text, HasSubstr(words));
}

TEST_P(OneSheet, NoticeHasItsTimeAndContact) {
  const std::string text = text_of(make(FormKind::notice, sample_notice(3)));
  for (const char* words : {"公示", "2026年5月8日至2026年5月14日", "0530-1234567", "中共红星镇委员会", "1975年3月生"})
    EXPECT_THAT(text, HasSubstr(words));
}

TEST_P(OneSheet, CodeOnThePaperIsTheFingerprint) {
  if (run("command -v zbarimg").empty()) GTEST_SKIP() << "zbar-tools is not installed";
  const FormData data = sample(3);
  const std::string path = write(make(FormKind::invalid, data));
  run("pdftoppm -r 150 -png " + path + " " + path);
  EXPECT_THAT(run("zbarimg -q --raw " + path + "-1.png"), HasSubstr("sha256:" + data.fingerprint.hex()));
}

// Each stroke adds ink; more than can be drawn are told in words.
TEST_P(OneSheet, StrokesAreDrawnOneByOne) {
  const auto ink = [&](std::uint64_t votes) {
    Document page("strokes");
    page.strokes(20, 20, 100, votes);
    const std::string grey = run("pdftoppm -r 100 -gray " + write(page.finish()));
    return std::count_if(grey.begin(), grey.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
  };
  for (std::uint64_t n = 1; n <= 12; ++n) EXPECT_GT(ink(n), ink(n - 1)) << n;
  EXPECT_EQ(ink(kMostStrokes + 1), ink(0));
  FormData data = sample(3);
  data.groups[0].contests[0].persons[0].approve = 5 * kMostStrokes + 3;
  EXPECT_THAT(text_of(make(FormKind::tally_sheet, data)), HasSubstr("正×600，另3画"));
}

// --- files and refusals ----------------------------------------------------------------------------------------------

TEST(FormFiles, CellsAreNoFormulas) {
  EXPECT_EQ(csv_cell("王小明"), "王小明");
  EXPECT_EQ(csv_cell(""), "");
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("+86"), "'+86");
  EXPECT_EQ(csv_cell("-2"), "'-2");
  EXPECT_EQ(csv_cell("@x"), "'@x");
  EXPECT_EQ(csv_cell("\tx"), "'\tx");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(csv_cell("=a,\"b\""), "\"'=a,\"\"b\"\"\"");
  FormData data = sample_notice(3);
  data.notice->persons[0].data = "=HYPERLINK(\"x\")";
  const auto csv = make_csv(FormKind::notice, data);
  ASSERT_TRUE(csv);
  EXPECT_THAT(std::string(as_text(*csv)), HasSubstr(",\"'=HYPERLINK(\"\"x\"\")\"\r\n"));
}

TEST(FormRefuses, WhatIsMissingOrOfAnotherScheme) {
  const auto refusal = [](FormKind kind, FormData data, auto change) {
    change(data);
    EXPECT_EQ(can_make(kind, data), make_json(kind, data).has_value());
    const auto pdf = make(kind, data);
    return pdf ? std::string("printed") : std::string(name_of(pdf.error().check));
  };
  const FormData data = sample(4);
  const auto report = FormKind::report;
  EXPECT_EQ(refusal(report, data, [](auto&) {}), "printed");
  EXPECT_EQ(refusal(report, data, [](auto& d) { d.report.reset(); }), "form.data");
  EXPECT_EQ(refusal(FormKind::attendance, data, [](auto& d) { d.attendance.reset(); }), "form.data");
  EXPECT_EQ(refusal(FormKind::papers, data, [](auto& d) { d.attendance->boxes.clear(); }), "form.data");
  EXPECT_EQ(refusal(FormKind::tally_summary, data, [](auto& d) { d.groups.clear(); }), "form.data");
  EXPECT_EQ(refusal(FormKind::decision, data, [](auto&) {}), "form.data");
  EXPECT_EQ(refusal(FormKind::rating, data, [](auto&) {}), "form.data");
  EXPECT_EQ(refusal(FormKind::notice, data, [](auto&) {}), "form.data");
  EXPECT_EQ(refusal(FormKind::recommendation, sample_proposal(3), [](auto& d) { d.sources.clear(); }), "form.data");
  EXPECT_EQ(refusal(FormKind::recommendation, sample_proposal(3), [](auto& d) { d.proposal->congress = "c2"; }),
            "form.report");
  EXPECT_EQ(refusal(report, data, [](auto& d) { d.report->congress = "c2"; }), "form.report");
  EXPECT_EQ(refusal(report, data, [](auto& d) { d.stage = StageId{"other"}; }), "form.report");
  EXPECT_EQ(refusal(report, data, [](auto& d) { d.attendance->stage = StageId{"other"}; }), "form.report");
  EXPECT_EQ(refusal(report, data, [](auto& d) { d.report->kind = Kind::preelection; }), "form.report");
  EXPECT_EQ(refusal(report, data, [](auto& d) { d.report->rehearsal = true; }), "form.report");
  EXPECT_EQ(refusal(report, data, [](auto& d) { d.report->contests[0].contest = ContestId{"other"}; }), "form.report");
  EXPECT_EQ(refusal(report, data, [](auto& d) { d.report->contests[0].persons.resize(3); }), "form.report");
  EXPECT_EQ(refusal(report, data, [](auto& d) { d.report->contests[0].persons[0].name = "别人"; }), "form.report");
  EXPECT_EQ(refusal(report, data, [](auto& d) { d.report->contests[0].persons[0].items.resize(1); }), "form.report");
  EXPECT_EQ(refusal(report, data, [](auto& d) { d.groups[1].contests[0].persons.back().number = 9; }), "form.report");
  const auto pdf = [&] {
    FormData bad = data;
    bad.report->contests[0].persons.back().name = "\xff";
    return make(report, bad);
  }();
  EXPECT_EQ(pdf ? Code() : pdf.error().check, code::form::text);
}

}  // namespace
}  // namespace tuixuan::forms

// The ballot paper as paper: read back with pdftotext. Every name and instruction stands on it, each copy is like every
// other, and nothing on it could tell one from another.
#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>

#include "crypto/codes/organiser.h"
#include "tally/forms/ballot_paper.h"
#include "tally/profiles/new_scheme.h"
#include "tally/scheme/ballot_text.h"

namespace tuixuan::forms {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

std::string run(const std::string& command) {
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return {};
  std::string out;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.append(buffer.data(), n);
  pclose(pipe);
  return out;
}

class BallotPaper : public testing::Test {
 protected:
  void SetUp() override {
    if (run("command -v pdftotext").empty()) GTEST_SKIP() << "pdftotext is not installed";
    std::string name = (fs::temp_directory_path() / "tuixuan-ballot-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    dir_ = name;
  }
  void TearDown() override {
    if (!dir_.empty()) fs::remove_all(dir_);
  }
  // Without white space: a Chinese text may be broken anywhere.
  std::string text_of(const Bytes& pdf) {
    const std::string path = dir_ / "ballot.pdf";
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
    pages_ = std::stoul("0" + run("pdfinfo " + path + " | sed -n 's/^Pages: *//p'"));
    return without_space(run("pdftotext -layout " + path + " -"));
  }
  static std::string without_space(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    return text;
  }
  fs::path dir_;
  std::size_t pages_ = 0;
};

tally::Scheme scheme_of(const char* profile, const std::vector<std::string>& names, bool rehearsal = false) {
  profiles::Request r;
  r.date = "2026-11-23";
  r.title = {"柳河村党支部党员大会", "Liuhe branch"};
  r.body = {"柳河村党支部", "branch"};
  r.term = {"第八届", "eighth"};
  r.place = {"礼堂", "hall"};
  r.manual_reason = "测试";
  r.rehearsal = rehearsal;
  for (const std::string& name : names) r.candidates.push_back({"", {name, ""}});
  return profiles::make_scheme(*profiles::find_profile(profile), r, nullptr)->scheme;
}

std::vector<std::string> many(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back("阿卜杜拉·买买提" + std::string(i < 26 ? 1 : 2, static_cast<char>('A' + i % 26)));
  return out;
}

TEST_F(BallotPaper, HasEveryNameAndInstruction) {
  for (const std::size_t count : {3U, 60U}) {
    const tally::Scheme s = scheme_of("party-2020", many(count));
    const auto pdf = print_ballot_papers(s, s.stages[0].id);
    ASSERT_TRUE(pdf) << pdf.error().text();
    const std::string text = text_of(*pdf);
    for (const tally::Candidate& person : s.contests[0].candidates)
      EXPECT_THAT(text, HasSubstr(person.name.substr(person.name.find_last_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") + 1)));
    for (const tally::Text& line : scheme::ballot_instructions(s, s.contests[0]))
      EXPECT_THAT(text, HasSubstr(without_space(line.zh)));
    EXPECT_THAT(text, Not(HasSubstr("演练")));
    EXPECT_EQ(pages_, count == 3 ? 1U : 2U);
  }
}

TEST_F(BallotPaper, HasNoNumberAndNoMark) {
  const tally::Scheme s = scheme_of("party-2020", {"丁文华", "王建国", "李秀英", "张志强", "陈玉兰", "赵海涛"});
  const auto pdf = print_ballot_papers(s, s.stages[0].id);
  ASSERT_TRUE(pdf);
  EXPECT_EQ(*pdf, *print_ballot_papers(s, s.stages[0].id)) << "each copy is the same, byte for byte";
  const std::string text = text_of(*pdf);
  // All digits on it are those of its date and its instructions.
  std::string known = without_space("2026年11月23日");
  for (const tally::Text& line : scheme::ballot_instructions(s, s.contests[0])) known += "1234567." + line.zh + line.en;
  const std::regex digits("[0-9]{2,}");
  for (std::sregex_iterator it(text.begin(), text.end(), digits), end; it != end; ++it)
    EXPECT_THAT(known, HasSubstr(it->str()));
  EXPECT_THAT(text, Not(HasSubstr("编号：")));
  EXPECT_EQ(run("pdfimages -list " + (dir_ / "ballot.pdf").string() + " | tail -n +3"), "") << "no picture, no code";
}

TEST_F(BallotPaper, OneContestASheetButCascadesOnOne) {
  const tally::Scheme two = scheme_of("congress", {});
  ASSERT_TRUE(print_ballot_papers(two, two.stages[0].id));
  text_of(*print_ballot_papers(two, two.stages[0].id));
  EXPECT_EQ(pages_, 2U);
  const tally::Scheme village = scheme_of("village-committee", {"王建国", "张志强"}, true);
  const std::string text = text_of(*print_ballot_papers(village, village.stages[0].id));
  EXPECT_THAT(text, HasSubstr("演练"));
  for (const tally::Contest& c : village.contests) EXPECT_THAT(text, HasSubstr(c.title.zh));
  EXPECT_EQ(text.find("填写说明") != std::string::npos, true);
  EXPECT_EQ(pages_, 1U) << "one page with its seal";
  EXPECT_THAT(text, HasSubstr("该职务栏无效"));
  EXPECT_THAT(text, Not(HasSubstr("column"))) << "Chinese alone";
  EXPECT_THAT(text_of(*print_ballot_papers(village, village.stages[0].id, true)), HasSubstr("column"));
}

TEST_F(BallotPaper, Ratings) {
  const tally::Scheme s = scheme_of("leaders-rating", {"王建国", "李秀英"});
  const std::string text = text_of(*print_ballot_papers(s, s.stages[0].id));
  for (const char* word : {"优秀", "基本称职", "不了解", "工作实绩", "王建国", "李秀英"})
    EXPECT_THAT(text, HasSubstr(word));
}

// Where the paper asks for the sign there is a box for it beside each written line; where a name is enough, none.
TEST_F(BallotPaper, HasABoxBesideEachWrittenLineOrAsksForTheNameAlone) {
  tally::Scheme s = scheme_of("party-2020", {"丁文华", "王建国", "李秀英", "张志强", "陈玉兰", "赵海涛"});
  const auto boxes = [&] {
    const std::string text = text_of(*print_ballot_papers(s, s.stages[0].id));
    std::size_t found = 0;
    for (std::size_t at = text.find("画○"); at != std::string::npos; at = text.find("画○", at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(boxes(), 6U);
  s.contests[0].write_ins.unmarked = tally::Unmarked::counted;
  EXPECT_EQ(boxes(), 0U);
}

TEST(BallotPaperOf, NoSuchStage) {
  EXPECT_EQ(print_ballot_papers(scheme_of("party-2020", {}), StageId{"nothing"}).error().check, code::form::ballot);
}

}  // namespace
}  // namespace tuixuan::forms

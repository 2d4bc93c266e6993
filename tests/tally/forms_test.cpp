// The slip sheet as paper: what stands on it is read back from the finished PDF with the usual tools (pdftotext,
// pdffonts, pdftoppm, zbarimg), not from our own drawing code.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/organiser.h"
#include "tally/forms/slip_sheet.h"

namespace tuixuan::forms {
namespace {

namespace fs = std::filesystem;

std::string code(std::size_t n) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out = "TX1";
  for (std::size_t i = 0; i < 28; ++i) {
    if (i % 4 == 0) out += '-';
    out += kLetters[(n * 7 + i * i * 5 + i * n) % kLetters.size()];
  }
  return out;
}

SlipSheet sheet_of(std::size_t count) {
  SlipSheet sheet{
      {"中共红星村支部委员会换届选举大会", "Red Star Village Branch Congress"}, {"第一投票站", "Box 1"}, 2, {}, false};
  for (std::size_t i = 0; i < count; ++i) sheet.slips.push_back(code(i));
  return sheet;
}

std::string run(const std::string& command) {
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return {};
  std::string out;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.append(buffer.data(), n);
  pclose(pipe);
  return out;
}

class Printed : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* tool : {"pdftotext", "pdffonts", "pdftoppm", "zbarimg"})
      if (run(std::string("command -v ") + tool).empty()) GTEST_SKIP() << tool << " is not installed";
    std::string name = (fs::temp_directory_path() / "tuixuan-forms-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    dir_ = name;
  }
  void TearDown() override {
    if (!dir_.empty()) fs::remove_all(dir_);
  }
  std::string save(const Bytes& pdf) {
    const std::string path = dir_ / "form.pdf";
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
    return path;
  }
  fs::path dir_;
};

std::string refusal(const SlipSheet& sheet) {
  const auto pdf = print_slips(sheet);
  return pdf ? "printed" : std::string(name_of(pdf.error().check));
}

TEST(SlipSheetRefuses, WhatIsNoSheet) {
  EXPECT_EQ(refusal(sheet_of(0)), "form.slips");
  SlipSheet twice = sheet_of(3);
  twice.slips[2] = twice.slips[0];
  EXPECT_EQ(refusal(twice), "form.slips");
  for (const char* bad : {"", "TX1-", "TX2-ABCD", "TX1-abcd", "TX1-AB CD", "TX1-王"}) {
    SlipSheet sheet = sheet_of(1);
    sheet.slips[0] = bad;
    EXPECT_EQ(refusal(sheet), "form.slips") << bad;
  }
  SlipSheet longer = sheet_of(1);
  longer.slips[0] = "TX1-" + std::string(61, 'A');
  EXPECT_EQ(refusal(longer), "form.slips");
  SlipSheet many = sheet_of(1);
  many.slips.assign(kMaxSlips + 1, "TX1-A");
  EXPECT_EQ(refusal(many), "form.slips");
}

TEST(SlipSheetRefuses, TextThatCannotBePrinted) {
  SlipSheet sheet = sheet_of(1);
  sheet.congress.zh = "bad \xff";
  EXPECT_EQ(refusal(sheet), "form.text");
  sheet = sheet_of(1);
  sheet.box.en = std::string("bell \a");
  EXPECT_EQ(refusal(sheet), "form.text");
  sheet = sheet_of(1);
  sheet.box.en = "\u0378";  // never assigned: no font has it
  EXPECT_EQ(refusal(sheet), "form.font");
}

TEST(DocumentRefuses, AndKeepsTheFirstFault) {
  Document page("form");
  page.qr(10, 10, 30, std::string(5000, 'x'));
  page.text({10, 50, 100, 10}, "\xff", {});
  const auto pdf = page.finish();
  ASSERT_FALSE(pdf);
  EXPECT_EQ(pdf.error().check, code::form::qr);
  Document empty("form");
  empty.qr(10, 10, 30, "");
  EXPECT_EQ(empty.finish().error().check, code::form::qr);
  EXPECT_EQ(Document("\xff").finish().error().check, code::form::text);
}

TEST(Document, LongTextGetsSmallerAndThenIsCut) {
  Document page("form");
  const Area area{10, 10, 60, 6};
  const double one = page.text(area, "一行", {10, false, false, Align::left});
  EXPECT_GT(one, 3);
  EXPECT_LE(one, 6);
  std::string text;
  for (int i = 0; i < 200; ++i) text += "很长的名称";
  EXPECT_LE(page.text(area, text, {10, false, false, Align::left}), 6.0);
  EXPECT_TRUE(page.finish());
}

TEST(SlipSheet, TheSameSheetGivesTheSameBytes) {
  const auto a = print_slips(sheet_of(12));
  const auto b = print_slips(sheet_of(12));
  ASSERT_TRUE(a && b);
  EXPECT_EQ(*a, *b);
}

TEST_F(Printed, EverySlipScansAndReads) {
  const SlipSheet sheet = sheet_of(23);
  const auto pdf = print_slips(sheet);
  ASSERT_TRUE(pdf) << pdf.error().text();
  const std::string path = save(*pdf);

  // Cut apart first, as the desk does: each cell by itself has one code.
  for (std::size_t i = 0; i < sheet.slips.size(); ++i) {
    const std::size_t place = i % kSlipsPerPage;
    const std::string page = std::to_string(i / kSlipsPerPage + 1);
    const std::string cell = dir_ / ("slip" + std::to_string(i));
    run("pdftoppm -r 254 -singlefile -f " + page + " -l " + page + " -x " + std::to_string(100 + place % 2 * 950) +
        " -y " + std::to_string(110 + place / 2 * 550) + " -W 950 -H 550 -gray " + path + " " + cell);
    EXPECT_EQ(run("zbarimg -q --raw " + cell + ".pgm"), sheet.slips[i] + "\n");
  }

  // The typed form: all groups, in order, in the text of the page.
  std::string text = run("pdftotext -raw " + path + " -");
  for (const char* words : {"领票凭条", "中共红星村支部委员会换届选举大会", "第一投票站", "第 2 轮"})
    EXPECT_NE(text.find(words), std::string::npos) << words;
  std::erase_if(text, [](char c) { return c == '\n' || c == ' '; });
  for (const std::string& slip : sheet.slips) EXPECT_NE(text.find(slip), std::string::npos) << slip;
}

TEST_F(Printed, ARehearsalSaysSoOnEverySlip) {
  const auto count = [this](const SlipSheet& sheet) {
    const std::string text = run("pdftotext -raw " + save(*print_slips(sheet)) + " -");
    std::size_t found = 0;
    for (auto at = text.find("演练"); at != std::string::npos; at = text.find("演练", at + 1)) ++found;
    return found;
  };
  SlipSheet sheet = sheet_of(11);
  EXPECT_EQ(count(sheet), 0U);
  sheet.rehearsal = true;
  EXPECT_EQ(count(sheet), 11U);
}

TEST_F(Printed, FontsAreEmbedded) {
  const std::string path = save(*print_slips(sheet_of(1)));
  std::istringstream fonts(run("pdffonts " + path));
  std::string line;
  std::getline(fonts, line);
  const std::size_t column = line.find("emb");
  ASSERT_NE(column, std::string::npos);
  std::getline(fonts, line);
  int count = 0;
  for (; std::getline(fonts, line); ++count) EXPECT_EQ(line.substr(column, 3), "yes") << line;
  EXPECT_GE(count, 2);
}

// Two sheets with the same slip in different places: its picture is the same, so that where it
// stood on the sheet cannot be told from it.
TEST_F(Printed, ASlipDoesNotShowItsPlace) {
  constexpr std::size_t kDotsPerMm = 10;
  const auto picture_of = [this](std::size_t place) {
    SlipSheet sheet = sheet_of(10);
    std::swap(sheet.slips[0], sheet.slips[place]);
    const std::string path = save(*print_slips(sheet));
    run("pdftoppm -gray -r 254 " + path + " " + (dir_ / "grey").string());
    std::ifstream in(dir_ / "grey-1.pgm", std::ios::binary);
    std::string magic;
    std::size_t width = 0;
    std::size_t height = 0;
    std::size_t top = 0;
    in >> magic >> width >> height >> top;
    in.get();
    std::string pixels(width * height, '\0');
    in.read(pixels.data(), static_cast<std::streamsize>(pixels.size()));
    EXPECT_EQ(magic, "P5");
    // The cell without its cut lines: 93 x 53 mm from 1 mm inside.
    std::string cell;
    const std::size_t x = (10 + place % 2 * 95 + 1) * kDotsPerMm;
    const std::size_t y = (11 + place / 2 * 55 + 1) * kDotsPerMm;
    for (std::size_t row = 0; row < 53 * kDotsPerMm; ++row)
      cell += pixels.substr((y + row) * width + x, 93 * kDotsPerMm);
    return cell;
  };
  const std::string first = picture_of(0);
  ASSERT_EQ(first.size(), 93U * 53 * kDotsPerMm * kDotsPerMm);
  EXPECT_LT(
      *std::min_element(first.begin(), first.end(),
                        [](char a, char b) { return static_cast<unsigned char>(a) < static_cast<unsigned char>(b); }),
      64);
  for (std::size_t place = 1; place < kSlipsPerPage; ++place) {
    const std::string other = picture_of(place);
    ASSERT_EQ(other.size(), first.size());
    std::size_t different = 0;  // dots clearly lighter or darker
    for (std::size_t i = 0; i < first.size(); ++i)
      if (std::abs(static_cast<unsigned char>(first[i]) - static_cast<unsigned char>(other[i])) > 128) ++different;
    EXPECT_LT(different, first.size() / 1000) << "at place " << place;
  }
}

}  // namespace
}  // namespace tuixuan::forms

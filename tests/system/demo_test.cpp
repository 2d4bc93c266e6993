// The whole appliance as its users see it: the demo's congress, and 365 real approval ballots, each through every
// program from slip to verified result.
#include <boost/json.hpp>

#include "tally/demo/ballot_file.h"
#include "tests/system/demo_kit.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

using DemoTest = DemoKit;

TEST_F(DemoTest, ACongressFromSchemeToVerifiedResult) {
  const fs::path hall = folder_ / "hall";
  const Said demo = run({"tuixuan", "demo", "--exit", "--voters", "12", "--kiosks", "2", "--dir", hall});
  ASSERT_EQ(demo.status, 0) << demo.text;
  for (const char* words : {"党员推荐", "群众推荐", "推荐汇总", "候选人公示 7 天", "服务器突然断电",
                            "the kiosks cast 12 ballots, the log has 12", "支部委员会委员", "支部书记", "得票相同",
                            "重新投票", "上级已批复：柳委〔2026〕21号", "4 位核对后签署了最后的检查点，须有 3 位",
                            "验证通过 verified", "查验机器", "全部完成"})
    EXPECT_THAT(demo.text, HasSubstr(words));
  // What it leaves behind can be checked and printed by itself.
  const Said verified = run({"tuixuan-verify", hall / "record.tuixuan", "--lang", "en"});
  EXPECT_EQ(verified.status, 0) << verified.text;
  EXPECT_THAT(verified.text, HasSubstr("verified: everything holds"));
  EXPECT_THAT(verified.text, HasSubstr("4 of 5 cosigned this checkpoint, 3 are needed"));
  EXPECT_GT(fs::file_size(hall / "forms" / "election-report.pdf"), 10'000U);
  EXPECT_FALSE(fs::exists(hall / "slips.txt"));
  // Nothing that was secret lies about: every file of a role is for its owner only.
  for (const auto& f : fs::recursive_directory_iterator(hall)) {
    if (!f.is_regular_file() || f.path().filename() == "record.tuixuan") continue;
    if (f.path().filename().string().starts_with("log.ledger")) continue;  // public; its folder is closed
    EXPECT_EQ(f.status().permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none) << f.path();
  }
}

// TUIXUAN_BALLOTS names another file, such as one of real ballots.
TEST_F(DemoTest, BallotsComeOutAsInTheFile) {
  const char* given = std::getenv("TUIXUAN_BALLOTS");
  const fs::path file = given != nullptr
                            ? fs::path(given)
                            : fs::path(std::getenv("TUIXUAN_SOURCE_DIR")) / "tests/system/data/ballots.csv";
  std::ifstream in(file, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto ballots = demo::parse_ballot_file(as_bytes(text));
  ASSERT_TRUE(ballots) << ballots.error().text();
  std::vector<std::uint64_t> approvals(ballots->candidates.size());
  for (const auto& ballot : ballots->ballots)
    for (const std::uint32_t candidate : ballot) ++approvals[candidate - 1];

  const fs::path hall = folder_ / "hall";
  const Said demo = run({"tuixuan", "demo", "--exit", "--ballots", file, "--dir", hall});
  ASSERT_EQ(demo.status, 0) << demo.text;
  const Said verified = run({"tuixuan-verify", hall / "record.tuixuan", "--json"});
  ASSERT_EQ(verified.status, 0);
  const boost::json::value json = boost::json::parse(verified.text);
  const auto& contest = json.at("stages").at(0).at("report").at("contests").at(0);
  EXPECT_EQ(contest.at("valid").to_number<std::uint64_t>(), ballots->ballots.size());
  const auto& persons = contest.at("persons").as_array();
  ASSERT_EQ(persons.size(), approvals.size());
  for (std::size_t i = 0; i < approvals.size(); ++i) {
    EXPECT_EQ(std::string(persons[i].at("name").as_string()), ballots->candidates[i]);
    EXPECT_EQ(persons[i].at("approve").to_number<std::uint64_t>(), approvals[i]) << ballots->candidates[i];
    std::printf("%s %llu, ", ballots->candidates[i].c_str(), static_cast<unsigned long long>(approvals[i]));
  }
  std::printf("of %zu ballots\n", ballots->ballots.size());
}

}  // namespace
}  // namespace tuixuan

// What an election can leave open, played by the real programs and exported: the record verifies as one, and the report
// of tuixuan-verify says what was decided and why.
#include <boost/json.hpp>

#include "tests/system/demo_kit.h"

namespace tuixuan {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

class DemoStories : public DemoKit {
 protected:
  // A small demo in the folder "hall".
  Said hold(std::vector<std::string> options) {
    std::vector<std::string> words{"tuixuan", "demo", "--exit", "--dir", folder_ / "hall"};
    words.insert(words.end(), options.begin(), options.end());
    return run(std::move(words));
  }
  // The report of the verifier on the story's record, as people read it and as machines do.
  void play(const std::string& story) {
    const std::filesystem::path hall = folder_ / "hall";
    const Said demo = hold({"--voters", "12", "--kiosks", "2", "--story", story});
    ASSERT_EQ(demo.status, 0) << demo.text;
    const Said text = run({"tuixuan-verify", hall / "record.tuixuan", "--lang", "zh"});
    ASSERT_EQ(text.status, 0) << text.text;
    text_ = text.text;
    const Said machine = run({"tuixuan-verify", hall / "record.tuixuan", "--json"});
    ASSERT_EQ(machine.status, 0) << machine.text;
    json_ = json::parse(machine.text);
  }
  const json::object& committee() const { return json_.at("outcome").at("offices").at(0).as_object(); }
  // How many decisions of this kind the log has.
  std::size_t decided(std::string_view kind) const {
    std::size_t n = 0;
    for (const json::value& d : json_.at("decisions").as_array()) n += d.at("kind").as_string() == kind ? 1U : 0U;
    return n;
  }
  std::string text_;
  json::value json_;
};

// So few voters that shares are coarse: nobody shares the last place of the recommendation, two the last seat.
TEST_F(DemoStories, FiveVotersAndOneTrustee) {
  const Said demo = hold({"--voters", "5", "--kiosks", "1", "--trustees", "1"});
  EXPECT_EQ(demo.status, 0) << demo.text;
  EXPECT_THAT(demo.text, HasSubstr("得票相同"));
  EXPECT_THAT(demo.text, HasSubstr("重新投票"));
}

TEST_F(DemoStories, NewRoundFillsAnEmptySeat) {
  play("new-round");
  EXPECT_THAT(text_, HasSubstr("“支部委员会委员”另行选举空缺名额，名额 1："));
  EXPECT_EQ(decided("stage-added"), 1U);
  EXPECT_EQ(committee().at("elected").as_array().size(), 5U);
  EXPECT_EQ(committee().at("contests").as_array().size(), 2U);
  EXPECT_EQ(json_.at("stages").as_array().size(), 4U);
}

TEST_F(DemoStories, SeatsAreCutWithConsent) {
  play("seats-cut");
  EXPECT_THAT(text_, HasSubstr("“支部委员会委员”经大会同意减少名额 1 名，赞成 12 人"));
  EXPECT_THAT(text_, HasSubstr("减少名额 1\n"));
  EXPECT_EQ(decided("seats-reduced"), 1U);
  EXPECT_EQ(decided("stage-added"), 0U);
  EXPECT_EQ(committee().at("elected").as_array().size(), 4U);
  EXPECT_EQ(committee().at("reduced").to_number<int>(), 1);
}

TEST_F(DemoStories, VoidedStageIsHeldAgain) {
  play("voided");
  EXPECT_THAT(text_, HasSubstr("“选举支部委员会和书记”作废；理由：选票领发账目与实际不符"));
  EXPECT_THAT(text_, HasSubstr("“支部委员会委员”重新进行该项投票，名额 5："));
  EXPECT_EQ(decided("stage-voided"), 1U);
  const json::array& stages = json_.at("stages").as_array();
  ASSERT_EQ(stages.size(), 4U);
  EXPECT_EQ(stages[2].at("id").as_string(), "election");
  EXPECT_FALSE(stages[2].at("counted").as_bool());
  EXPECT_EQ(stages[2].at("cast").to_number<int>(), 12);  // kept, and never opened
  EXPECT_TRUE(stages[3].at("counted").as_bool());
  EXPECT_EQ(stages[3].at("cast").to_number<int>(), 12);
  EXPECT_EQ(committee().at("elected").as_array().size(), 5U);
}

// A profile in place of the thread: members and masses by two boxes, with the superior body's part.
TEST_F(DemoStories, AProfileIsVotedAndCombined) {
  const Said demo = hold({"--voters", "6", "--kiosks", "1", "--profile", "two-c6"});
  ASSERT_EQ(demo.status, 0) << demo.text;
  EXPECT_THAT(demo.text, HasSubstr("列入推荐"));
  EXPECT_THAT(demo.text, HasSubstr("验证通过 verified"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "hall/forms" / "by-members-recommendation.pdf"));
}

TEST_F(DemoStories, AProfileWithVotesThatOnlyPaperCanCount) {
  const Said demo = hold({"--voters", "6", "--kiosks", "1", "--profile", "village-committee"});
  ASSERT_EQ(demo.status, 0) << demo.text;
  EXPECT_THAT(demo.text, HasSubstr("“得票下加”只能用于纸质选票"));
  EXPECT_THAT(demo.text, HasSubstr("验证通过 verified"));
}

TEST_F(DemoStories, AProfileThatIsNotThereIsToldAtOnce) {
  const Said demo = hold({"--profile", "two-c99"});
  EXPECT_EQ(demo.status, 1);
  EXPECT_THAT(demo.text, HasSubstr("two-c99"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "hall"));
}

}  // namespace
}  // namespace tuixuan

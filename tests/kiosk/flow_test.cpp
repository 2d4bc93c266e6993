// The flow of a voter without a screen: the pages and no others, an overvote explained and kept, names under opposed
// candidates, faults of the disk, silence; names found by pinyin and strokes; pinyin that learns nothing.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <random>

#include "crypto/codes/ballot.h"
#include "kiosk/flow/pinyin_entry.h"
#include "kiosk/flow/roll_search.h"
#include "kiosk/ui/speaker.h"
#include "kiosk/ui/specimen.h"
#include "tests/support/seed.h"

namespace tuixuan::kiosk {
namespace {

using tally::Mark;
using testing::ElementsAre;
using testing::IsEmpty;

class FlowTest : public testing::Test {
 protected:
  FlowTest() { flow().tick(now); }
  Flow& flow() { return kiosk.flow(); }
  void wait(std::chrono::seconds time) {
    now += time;
    flow().tick(now);
  }
  void scan() { ASSERT_TRUE(flow().offer_slip(kiosk.slip())); }
  void to_review() {
    while (flow().page() == Page::contest) ASSERT_TRUE(flow().next());
    ASSERT_EQ(flow().page(), Page::review);
  }
  void seal() {  // whatever is empty
    ASSERT_TRUE(flow().seal());
    if (flow().page() == Page::question) {
      ASSERT_TRUE(flow().confirm());
    }
    ASSERT_EQ(flow().page(), Page::sealed);
  }
  Specimen kiosk;
  Flow::Time now = std::chrono::steady_clock::now();
};

TEST_F(FlowTest, OneContestAPageAndDecisionsAndItemsOnePersonAPage) {
  const auto contests = specimen_contests();
  const auto steps = steps_of(contests);
  ASSERT_EQ(steps.size(), 6U);
  EXPECT_FALSE(steps[0].candidate);
  EXPECT_EQ(steps[3].candidate, 0U);  // a decision
  EXPECT_FALSE(steps[4].candidate);   // a rating of one item
  EXPECT_EQ(steps[5].candidate, 0U);  // of three items
  EXPECT_EQ(form_of(contests[0]), Form::answers);
  EXPECT_EQ(form_of(contests[2]), Form::choose);
  EXPECT_EQ(form_of(contests[4]), Form::grades);
}

TEST_F(FlowTest, FromSlipToThanksTheBallotIsNotCastUntilItIs) {
  EXPECT_EQ(flow().ballot(), BallotState::none);
  scan();
  EXPECT_EQ(flow().ballot(), BallotState::not_cast);
  ASSERT_TRUE(flow().mark(0, Mark::approve));
  to_review();
  ASSERT_TRUE(flow().seal());
  EXPECT_EQ(flow().page(), Page::question) << "five of six parts are empty";
  EXPECT_EQ(flow().empty_steps().size(), 5U);
  ASSERT_TRUE(flow().stay());
  ASSERT_EQ(flow().page(), Page::review);
  seal();
  EXPECT_EQ(flow().ballot(), BallotState::not_cast);
  EXPECT_FALSE(flow().mark(0, Mark::oppose)) << "sealed";
  ASSERT_TRUE(flow().cast());
  EXPECT_EQ(flow().ballot(), BallotState::cast);
  EXPECT_EQ(kiosk.state().counts.cast, 1U);
  ASSERT_TRUE(flow().finish());
  EXPECT_EQ(flow().page(), Page::waiting);
  EXPECT_TRUE(flow().sealed().tracker.empty());
}

TEST_F(FlowTest, AnOvervoteIsKeptAndHoldsUpTheWay) {
  scan();
  for (std::size_t i = 0; i < 6; ++i) ASSERT_TRUE(flow().mark(i, Mark::approve));
  EXPECT_FALSE(flow().next());
  EXPECT_EQ(flow().refusal()->check, code::ballot::overvote);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(flow().selection().marks[i], Mark::approve);
  ASSERT_TRUE(flow().mark(5, Mark::abstain));
  EXPECT_TRUE(flow().next());
}

TEST_F(FlowTest, ANameIsWrittenUnderAnOpposedCandidateOnly) {
  scan();
  EXPECT_FALSE(flow().start_write_in(1)) << "not opposed";
  EXPECT_FALSE(flow().start_write_in(0)) << "no free lines here";
  ASSERT_TRUE(flow().mark(0, Mark::oppose));
  ASSERT_TRUE(flow().start_write_in(1));
  EXPECT_FALSE(flow().write_in("李秀兰"));
  EXPECT_EQ(flow().refusal()->check, code::ballot::write_in_printed);
  EXPECT_FALSE(flow().write_in("某某某"));
  EXPECT_EQ(flow().refusal()->check, code::ballot::write_in_eligible);
  EXPECT_FALSE(flow().write_in("王小", "m"));
  EXPECT_EQ(flow().refusal()->check, code::ballot::name_pending);
  for (const char* half : {"·", "阿·", "·阿依"}) {
    EXPECT_FALSE(flow().write_in(half));
    EXPECT_EQ(flow().refusal()->check, code::ballot::name_half) << half;
  }
  ASSERT_TRUE(flow().write_in("王小明"));
  ASSERT_EQ(flow().page(), Page::question);
  ASSERT_TRUE(flow().stay()) << "not this name";
  ASSERT_EQ(flow().page(), Page::write_in);
  EXPECT_TRUE(flow().selection().write_ins.empty());
  ASSERT_TRUE(flow().write_in("王小明"));
  ASSERT_TRUE(flow().confirm());
  EXPECT_FALSE(flow().start_write_in(1)) << "one name each";
  ASSERT_TRUE(flow().mark(0, Mark::approve)) << "the voter's mark is taken";
  EXPECT_FALSE(flow().next()) << "but the name under it must go first";
  EXPECT_EQ(flow().selection().write_ins.size(), 1U) << "which the machine does not do";
  ASSERT_TRUE(flow().change_written(0));
  EXPECT_EQ(flow().question(), Question::written);
  EXPECT_EQ(flow().asked_name(), "王小明");
  ASSERT_TRUE(flow().stay());
  EXPECT_EQ(flow().selection().write_ins.size(), 1U);
  ASSERT_TRUE(flow().change_written(0));
  ASSERT_TRUE(flow().confirm());
  EXPECT_TRUE(flow().selection().write_ins.empty());
  EXPECT_TRUE(flow().next());
}

TEST_F(FlowTest, AChallengeIsFollowedByAnotherVoteWithTheSameSlip) {
  scan();
  ASSERT_TRUE(flow().mark(0, Mark::approve));
  to_review();
  seal();
  ASSERT_TRUE(flow().challenge());
  ASSERT_EQ(flow().page(), Page::question);
  EXPECT_EQ(kiosk.state().counts.challenged, 0U) << "it is asked first";
  ASSERT_TRUE(flow().stay());
  ASSERT_EQ(flow().page(), Page::sealed);
  ASSERT_TRUE(flow().challenge());
  ASSERT_TRUE(flow().confirm());
  EXPECT_EQ(flow().ballot(), BallotState::not_cast);
  ASSERT_TRUE(flow().again());
  EXPECT_TRUE(tally::is_blank(flow().selection()));
  to_review();
  seal();
  ASSERT_TRUE(flow().cast());
  EXPECT_EQ(kiosk.state().counts.challenged, 1U);
  EXPECT_EQ(kiosk.state().counts.cast, 1U);
}

TEST_F(FlowTest, SilenceAsksAndThenForgetsWithoutATrace) {
  scan();
  ASSERT_TRUE(flow().mark(0, Mark::approve));
  wait(std::chrono::seconds(170));
  EXPECT_EQ(flow().page(), Page::contest);
  flow().touched(now);
  wait(std::chrono::seconds(170));
  EXPECT_EQ(flow().page(), Page::contest) << "a slow voter is not sent away";
  wait(std::chrono::seconds(20));
  EXPECT_EQ(flow().page(), Page::idle);
  ASSERT_TRUE(flow().stay());
  EXPECT_EQ(flow().page(), Page::contest);
  EXPECT_EQ(flow().selection().marks[0], Mark::approve);
  wait(std::chrono::seconds(200));
  wait(std::chrono::seconds(100));
  EXPECT_EQ(flow().page(), Page::waiting);
  EXPECT_EQ(flow().ballot(), BallotState::none);
}

TEST_F(FlowTest, WhoLeavesASealedBallotGivesItUp) {
  scan();
  to_review();
  seal();
  ASSERT_TRUE(flow().ask_leave());
  ASSERT_TRUE(flow().leave());
  EXPECT_EQ(flow().page(), Page::waiting);
  EXPECT_EQ(kiosk.state().counts.abandoned, 1U);
}

TEST_F(FlowTest, AFaultComesBackToItsPage) {
  scan();
  flow().report({FaultKind::printer, "no paper"});
  EXPECT_EQ(flow().page(), Page::fault);
  EXPECT_FALSE(flow().mark(0, Mark::approve));
  ASSERT_TRUE(flow().retry());
  EXPECT_EQ(flow().page(), Page::contest);
}

TEST_F(FlowTest, WhatIsNotMarkedIsToldFromAbstainingByHand) {
  scan();
  EXPECT_THAT(flow().abstained(0), testing::Each(false));
  EXPECT_EQ(flow().empty_steps().size(), flow().steps().size());
  ASSERT_TRUE(flow().mark(2, Mark::abstain));
  EXPECT_TRUE(flow().abstained(0)[2]);
  EXPECT_EQ(flow().empty_steps().size(), flow().steps().size() - 1) << "who abstains by hand has marked something";
  ASSERT_TRUE(flow().mark(2, Mark::approve));
  EXPECT_FALSE(flow().abstained(0)[2]);
  ASSERT_TRUE(flow().mark(2, Mark::abstain));
  ASSERT_TRUE(flow().ask_leave());
  ASSERT_TRUE(flow().leave());
  scan();
  EXPECT_THAT(flow().abstained(0), testing::Each(false)) << "the next voter's boxes are empty";
}

TEST_F(FlowTest, AWrittenNameIsWrittenAnewInItsPlace) {
  scan();
  ASSERT_TRUE(flow().mark(0, Mark::oppose));
  ASSERT_TRUE(flow().start_write_in(1));
  ASSERT_TRUE(flow().write_in("王小明"));
  ASSERT_TRUE(flow().confirm());
  ASSERT_TRUE(flow().change_written(0));
  ASSERT_TRUE(flow().rewrite());
  ASSERT_EQ(flow().page(), Page::write_in);
  ASSERT_TRUE(flow().back()) << "thought better of it";
  EXPECT_EQ(flow().selection().write_ins.at(0).name, "王小明");
  ASSERT_TRUE(flow().change_written(0));
  ASSERT_TRUE(flow().rewrite());
  ASSERT_TRUE(flow().write_in("孙玉兰"));
  ASSERT_TRUE(flow().confirm());
  ASSERT_EQ(flow().selection().write_ins.size(), 1U);
  EXPECT_EQ(flow().selection().write_ins[0].name, "孙玉兰");
  EXPECT_EQ(flow().selection().write_ins[0].against, 1U);
}

TEST_F(FlowTest, ARefusalDoesNotWaitForTheNextVoter) {
  EXPECT_FALSE(flow().offer_slip("TX1-AAAA"));
  flow().touched(now);
  wait(std::chrono::seconds(20));
  EXPECT_TRUE(flow().refusal());
  wait(std::chrono::seconds(30));
  EXPECT_FALSE(flow().refusal());
  EXPECT_TRUE(flow().left_alone());
  flow().touched(now);
  EXPECT_FALSE(flow().left_alone());
}

TEST_F(FlowTest, BetweenStagesItIsClosed) {
  kiosk.set_open(false);
  wait(std::chrono::seconds(1));
  EXPECT_EQ(flow().page(), Page::closed);
  EXPECT_FALSE(flow().offer_slip(kiosk.slip()));
  kiosk.set_open(true);
  wait(std::chrono::seconds(1));
  scan();
  kiosk.set_open(false);
  wait(std::chrono::seconds(1));
  EXPECT_EQ(flow().page(), Page::contest) << "who is voting is not interrupted";
}

// Whatever is asked in whatever order: a page of the graph, never cast without a seal, always a way back.
TEST_F(FlowTest, RandomStepsStayInTheGraph) {
  std::mt19937 random(static_cast<unsigned>(kit::seed_or(20261127)));
  std::uint64_t cast = 0;
  for (int i = 0; i < 4000; ++i) {
    const Page before = flow().page();
    const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    switch (pick(20)) {
      case 0:
        flow().begin();
        break;
      case 1:
        flow().offer_slip(pick(4) == 0 ? "TX1-no" : kiosk.slip());
        break;
      case 2:
      case 3:
        flow().mark(pick(8), static_cast<Mark>(pick(4)));
        break;
      case 4:
        flow().grade(pick(4), pick(4), static_cast<tally::GradeMark>(pick(7)));
        break;
      case 5:
      case 6:
      case 7:
        flow().next();
        break;
      case 8:
        flow().back();
        break;
      case 9:
        flow().start_write_in(static_cast<std::uint32_t>(pick(4)));
        break;
      case 10:
        flow().write_in(pick(2) == 0 ? "王小明" : "孙 玉 兰");
        break;
      case 11:
        flow().change_written(pick(2));
        break;
      case 17:
        flow().confirm();
        break;
      case 18:
        flow().rewrite();
        break;
      case 12:
        flow().seal();
        break;
      case 13:
        cast += flow().cast() ? 1 : 0;
        break;
      case 14:
        if (pick(3) == 0) {
          flow().challenge();
        } else {
          flow().again();
        }
        break;
      case 15:
        if (pick(4) == 0) {
          flow().ask_leave();
        } else {
          flow().stay();
        }
        break;
      case 16:
        if (pick(5) == 0) {
          flow().leave();
        } else {
          flow().finish();
        }
        break;
      default:
        flow().go_to(pick(7));
        break;
    }
    EXPECT_TRUE(flow().page() != Page::done || before == Page::sealed || before == Page::done);
    EXPECT_NE(flow().page(), Page::fault);
    EXPECT_EQ(flow().ballot() == BallotState::cast, flow().page() == Page::done);
  }
  EXPECT_GT(cast, 5U);
  EXPECT_EQ(kiosk.state().counts.cast, cast);
}

// --- the voice ---

TEST(VoiceChoice, ChineseIsSpokenByAMandarinVoiceOrNotAtAll) {
  const std::vector<VoiceOffer> espeak{{"Bishnupriya Manipuri", "zh_CN"},
                                       {"Chinese (Cantonese)", "zh_HK"},
                                       {"Hakka Chinese", "zh_CN"},
                                       {"Chinese (Mandarin, latin as Pinyin)", "C"},
                                       {"Chinese (Mandarin, latin as English)", "C"},
                                       {"English (America)", "en_US"},
                                       {"English (Lancaster)", "en_GB"}};
  EXPECT_EQ(choose_voice(espeak, "zh"), 4);
  EXPECT_EQ(choose_voice(espeak, "en"), 5);
  auto better = espeak;
  better.push_back({"Tingting", "zh_CN"});
  EXPECT_EQ(choose_voice(better, "zh"), 7) << "a better one than espeak's is installed";
  EXPECT_EQ(choose_voice({espeak[1], espeak[2], espeak[5]}, "zh"), -1) << "no other language instead";
  EXPECT_EQ(choose_voice({}, "en"), -1);
}

// --- names -----------------------------------------------------------------------------------------------------------

class RollTest : public testing::Test {
 protected:
  PinyinTable pinyin = PinyinTable::load().value();
  tally::StrokeTable strokes = tally::StrokeTable::load().value();
  RollSearch roll{{{"曾国华", ""},
                   {"单雄信", ""},
                   {"王小明", "一组"},
                   {"王小明", "二组"},
                   {"王秀兰", ""},
                   {"张志强", ""},
                   {"阿依古丽·买买提", ""}},
                  pinyin,
                  strokes};
  std::vector<std::string> find(std::string_view query) const {
    std::vector<std::string> out;
    for (const std::size_t i : roll.find(query)) out.push_back(roll.roll()[i].name + roll.roll()[i].note);
    return out;
  }
};

TEST_F(RollTest, InitialsPinyinAndMixtures) {
  EXPECT_THAT(find("wxm"), ElementsAre("王小明一组", "王小明二组"));
  EXPECT_THAT(find("wangxiaoming"), ElementsAre("王小明一组", "王小明二组"));
  EXPECT_THAT(find("wangxl"), ElementsAre("王秀兰"));
  EXPECT_THAT(find("zzq"), ElementsAre("张志强"));
  EXPECT_THAT(find("zhzhq"), ElementsAre("张志强"));
  EXPECT_THAT(find("aygl"), ElementsAre("阿依古丽·买买提"));
  EXPECT_THAT(find("xyz"), IsEmpty());
}

TEST_F(RollTest, EveryReadingOfASurnameCounts) {
  EXPECT_THAT(find("zenggh"), ElementsAre("曾国华"));
  EXPECT_THAT(find("cengg"), ElementsAre("曾国华"));
  EXPECT_THAT(find("shanx"), ElementsAre("单雄信"));
  EXPECT_THAT(find("danx"), ElementsAre("单雄信"));
}

TEST_F(RollTest, StrokesSurnamesAndSameNames) {
  EXPECT_THAT(find("1121"), ElementsAre("王小明一组", "王小明二组", "王秀兰"));
  EXPECT_EQ(roll.surnames().front().name, "王");
  EXPECT_EQ(roll.surnames().front().people, 3U);
  EXPECT_THAT(find("王秀"), ElementsAre("王秀兰"));
  EXPECT_TRUE(roll.is_shared(0));
  EXPECT_TRUE(roll.is_shared(1));
  EXPECT_FALSE(roll.is_shared(2));
}

std::vector<std::string> candidates_after(std::string_view letters) {
  auto entry = PinyinEntry::open().value();
  for (const char c : letters) entry->type(c);
  return entry->candidates();
}

TEST(Pinyin, ANameSyllableBySyllable) {
  auto entry = PinyinEntry::open().value();
  for (const char c : std::string_view("wangxiaoming")) entry->type(c);
  for (const char* character : {"王", "小", "明"}) {
    const auto& list = entry->candidates();
    const auto at = std::find(list.begin(), list.end(), character);
    ASSERT_NE(at, list.end()) << character;
    entry->choose(static_cast<std::size_t>(at - list.begin()));
  }
  EXPECT_EQ(entry->text(), "王小明");
  EXPECT_EQ(entry->spelling(), "");
  entry->erase();
  EXPECT_EQ(entry->text(), "王小");
}

TEST(Pinyin, WhatOneVoterTypesChangesNothingForTheNext) {
  const auto before = candidates_after("yuchi");
  for (int voter = 0; voter < 20; ++voter) {
    auto entry = PinyinEntry::open().value();
    for (const char c : std::string_view("yuchi")) entry->type(c);
    entry->choose(entry->candidates().size() - 1);
    while (!entry->candidates().empty()) entry->choose(entry->candidates().size() - 1);
  }
  EXPECT_EQ(candidates_after("yuchi"), before);
}

}  // namespace
}  // namespace tuixuan::kiosk

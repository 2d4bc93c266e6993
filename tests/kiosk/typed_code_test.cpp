// Reader or person: readers of every speed and ending, with a person's keys before, after and in the middle; and every
// short sequence of keys and pauses against what the header promises.
#include <gmock/gmock.h>

#include <functional>

#include "crypto/primitives/random.h"
#include "kiosk/flow/typed_code.h"

namespace tuixuan::kiosk {
namespace {

using namespace std::chrono_literals;
using Time = TypedCode::Time;

constexpr int kEnter = 1;
constexpr int kTab = 2;
constexpr int kDown = 3;
constexpr int kSpace = 4;
const TypedKey kKeyEnter{KeySort::enter, 0, kEnter, false};
const TypedKey kKeyTab{KeySort::steer, 0, kTab, true};
const TypedKey kKeyDown{KeySort::steer, 0, kDown, false};
const TypedKey kKeySpace{KeySort::steer, ' ', kSpace, false};
const TypedKey kShift{KeySort::nothing, 0, 9, false};
const std::string kCode = "TX1-ABCD-2345-EFGH-67IJ-KLMN-OPQR-STUV";

struct Hand {
  TypedCode typed;
  Time now = 10s;
  std::vector<std::string> codes;
  std::vector<int> keys;
  void take(const std::vector<Typed>& all) {
    for (const Typed& t : all) t.code.empty() ? keys.push_back(t.key) : codes.push_back(t.code);
  }
  void wait(Time time) {
    for (Time end = now + time; now < end;) {
      now += std::min<Time>(end - now, 100ms);
      take(typed.pass(now));
    }
  }
  void press(const TypedKey& key) { take(typed.press(key, now)); }
  void read(const std::string& code, Time each, const std::vector<TypedKey>& ending, bool shift_each = true) {
    if (!shift_each) press(kShift);
    for (const char c : code) {
      if (shift_each) press(kShift);
      press({KeySort::sign, c, c, false});
      now += each;
    }
    for (const TypedKey& key : ending) {
      press(key);
      now += each;
    }
  }
};

const std::vector<std::vector<TypedKey>> kEndings{
    {kKeyEnter}, {kKeyTab}, {kKeyEnter, kKeyEnter}, {kKeyTab, kKeyEnter}, {kKeyEnter, kKeyTab}, {}};

TEST(TypedCode, ReadersOfEverySpeedAndEnding) {
  for (const Time each : {0ms, 1ms, 5ms, 20ms, 50ms, 100ms, 240ms})
    for (const auto& ending : kEndings)
      for (const bool shift : {true, false}) {
        Hand hand;
        hand.read(kCode, each, ending, shift);
        hand.wait(2s);
        EXPECT_THAT(hand.codes, testing::ElementsAre(kCode)) << each.count() << " ms, " << ending.size();
        EXPECT_THAT(hand.keys, testing::IsEmpty()) << each.count() << " ms, " << ending.size();
      }
}

TEST(TypedCode, APersonsKeysAreAPersons) {
  for (const Time between : {30ms, 60ms, 150ms, 400ms, 3000ms}) {
    Hand hand;
    for (const TypedKey& key : {kKeyDown, kKeyDown, kKeyTab, kKeySpace, kKeyEnter, kKeySpace, kKeyEnter}) {
      hand.press(key);
      hand.wait(between);
    }
    hand.wait(200ms);
    EXPECT_THAT(hand.keys, testing::ElementsAre(kDown, kDown, kTab, kSpace, kEnter, kSpace, kEnter));
    EXPECT_THAT(hand.codes, testing::IsEmpty());
  }
}

TEST(TypedCode, AnEnterWaitsNoLongerThanItMust) {
  Hand hand;
  hand.press(kKeyEnter);
  EXPECT_THAT(hand.typed.pass(hand.now + TypedCode::kHold), testing::IsEmpty());
  EXPECT_EQ(hand.typed.pass(hand.now + TypedCode::kHold + 1ms).size(), 1U);
}

TEST(TypedCode, ATremblingHandPressesOnce) {
  Hand hand;
  hand.press(kKeyEnter);
  hand.now += 40ms;
  hand.press(kKeyEnter);
  hand.wait(1s);
  EXPECT_THAT(hand.keys, testing::ElementsAre(kEnter));
}

TEST(TypedCode, AReaderThatBeginsWithEnter) {
  for (const Time each : {1ms, 20ms, 50ms}) {
    Hand hand;
    hand.press(kKeyEnter);
    hand.now += each;
    hand.read(kCode, each, {kKeyEnter});
    hand.wait(2s);
    EXPECT_THAT(hand.codes, testing::ElementsAre(kCode));
    EXPECT_THAT(hand.keys, testing::IsEmpty());
  }
}

TEST(TypedCode, TwoScansInARow) {
  for (const auto& ending : kEndings) {
    if (ending.empty()) continue;
    for (const Time pause : {0ms, 50ms, 300ms, 3000ms}) {
      Hand hand;
      hand.read(kCode, 20ms, ending);
      hand.wait(pause);
      hand.read(kCode, 5ms, ending);
      hand.wait(2s);
      EXPECT_THAT(hand.codes, testing::ElementsAre(kCode, kCode));
      EXPECT_THAT(hand.keys, testing::IsEmpty());
    }
  }
}

TEST(TypedCode, HalfAScanThenAPersonsKeys) {
  Hand hand;
  hand.read(kCode.substr(0, 15), 20ms, {});
  hand.press(kKeyDown);
  hand.press(kKeySpace);
  hand.wait(1200ms);
  EXPECT_THAT(hand.codes, testing::ElementsAre(kCode.substr(0, 15) + " ")) << "answered in words";
  EXPECT_THAT(hand.keys, testing::IsEmpty());
  hand.press(kKeyDown);
  hand.wait(300ms);
  hand.press(kKeyEnter);
  hand.wait(300ms);
  EXPECT_THAT(hand.keys, testing::ElementsAre(kDown, kEnter));
}

TEST(TypedCode, KeysThatSteerInsideABurst) {
  Hand hand;
  hand.read(kCode.substr(0, 10), 20ms, {kKeyDown, kKeyDown});
  hand.read(kCode.substr(10), 20ms, {kKeyEnter});
  hand.wait(2s);
  EXPECT_THAT(hand.codes, testing::ElementsAre(kCode));
  EXPECT_THAT(hand.keys, testing::IsEmpty());
}

TEST(TypedCode, FewCharactersAreNothingButTheirEnterIsNotAPersons) {
  Hand hand;
  hand.read("abc", 20ms, {kKeyEnter});
  hand.wait(2s);
  EXPECT_THAT(hand.codes, testing::IsEmpty());
  EXPECT_THAT(hand.keys, testing::IsEmpty());
  hand.press(kKeyEnter);
  hand.wait(200ms);
  EXPECT_THAT(hand.keys, testing::ElementsAre(kEnter));
}

TEST(TypedCode, WhatIsTooLongIsCut) {
  Hand hand;
  hand.read(std::string(5000, 'A'), 1ms, {kKeyEnter});
  hand.wait(2s);
  ASSERT_EQ(hand.codes.size(), 1U);
  EXPECT_EQ(hand.codes[0].size(), TypedCode::kMost);
  EXPECT_THAT(hand.keys, testing::IsEmpty());
}

TEST(TypedCode, AVoterWhoHasGoneTakesWhatWasTypedAlong) {
  Hand hand;
  hand.read(kCode, 20ms, {});
  hand.press(kKeyEnter);
  hand.read(kCode, 20ms, {});
  hand.typed.wipe();
  hand.wait(2s);
  EXPECT_EQ(hand.codes.size(), 1U);
}

// --- every short sequence
// ---------------------------------------------------------------------------------------------

struct Event {
  TypedKey key;
  Time at{};
};

// What the header promises, said from the events alone.
void judge(const std::vector<Event>& events, const Hand& hand) {
  std::vector<int> may;   // a person's, perhaps
  std::vector<int> must;  // certainly
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Event& e = events[i];
    if (e.key.sort == KeySort::sign || e.key.sort == KeySort::nothing) continue;
    bool reader = false;  // a character shortly before, or shortly after
    bool near = false;    // to any other key that could claim it
    for (std::size_t k = 0; k < events.size(); ++k) {
      if (k == i) continue;
      const Time gap = k < i ? e.at - events[k].at : events[k].at - e.at;
      const bool sign = events[k].key.sort == KeySort::sign;
      if (sign && k < i && gap <= TypedCode::kQuiet) near = true;
      if (sign && k < i && gap <= TypedCode::kQuiet) {
        bool ended = false;
        for (std::size_t m = k + 1; m < i; ++m)
          ended = ended || ((events[m].key.sort == KeySort::enter || events[m].key.ends));
        reader = reader || !ended;
      }
      if (sign && k > i && gap <= TypedCode::kHold && e.key.sort == KeySort::enter) reader = near = true;
      if (!sign && events[k].key.sort != KeySort::nothing && gap <= TypedCode::kTail) near = true;
    }
    if (!reader) may.push_back(e.key.code);
    if (!near) must.push_back(e.key.code);
  }
  const auto is_within = [](const std::vector<int>& part, const std::vector<int>& whole) {
    std::size_t at = 0;
    for (const int k : whole)
      if (at < part.size() && part[at] == k) ++at;
    return at == part.size();
  };
  std::string all;
  for (const Event& e : events)
    all += " " + std::to_string(e.at.count()) + ":" + std::to_string(e.key.code) + (e.key.sign == 'A' ? "A" : "");
  ASSERT_TRUE(is_within(hand.keys, may)) << all << testing::PrintToString(hand.keys);
  ASSERT_TRUE(is_within(must, hand.keys)) << all << testing::PrintToString(hand.keys);
}

void run(const std::vector<Event>& events) {
  Hand hand;
  for (const Event& e : events) {
    hand.wait(e.at - hand.now);
    hand.press(e.key);
  }
  hand.wait(3s);
  judge(events, hand);
}

TEST(TypedCode, EveryShortSequenceOfKeysAndPauses) {
  const TypedKey kSign{KeySort::sign, 'A', 'A', false};
  const std::vector<TypedKey> keys{kSign, kKeyEnter, kKeyTab, kKeyDown, kShift};
  const std::vector<Time> pauses{10ms, 90ms, 200ms, 600ms, 1500ms};
  std::size_t tried = 0;
  std::vector<Event> events;
  const std::function<void(std::size_t)> deeper = [&](std::size_t left) {
    if (left == 0) {
      ++tried;
      run(events);
      return;
    }
    for (const TypedKey& key : keys)
      for (const Time pause : pauses) {
        events.push_back({key, (events.empty() ? Time(10s) : events.back().at) + pause});
        deeper(left - 1);
        events.pop_back();
        if (testing::Test::HasFatalFailure()) return;
      }
  };
  for (std::size_t length = 1; length <= 4 && !HasFatalFailure(); ++length) deeper(length);
  EXPECT_EQ(tried, 25U + 625U + 15'625U + 390'625U);
}

TEST(TypedCode, LongRandomSequences) {
  const TypedKey kSign{KeySort::sign, 'A', 'A', false};
  const std::vector<TypedKey> keys{kSign, kSign, kSign, kKeyEnter, kKeyTab, kKeyDown, kShift};
  for (int round = 0; round < 5000 && !HasFatalFailure(); ++round) {
    std::vector<Event> events;
    Time at = 10s;
    while (events.size() < 30) {
      at += Time(primitives::random_below(primitives::random_below(4) == 0 ? 1600 : 120));
      events.push_back({keys[primitives::random_below(static_cast<std::uint32_t>(keys.size()))], at});
    }
    run(events);
  }
}

}  // namespace
}  // namespace tuixuan::kiosk

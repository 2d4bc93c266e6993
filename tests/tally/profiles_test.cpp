// Profiles: each makes a scheme that checks clean, before and after its names are put in; what the request sets is in
// it and what follows from it is adjusted; names come out by strokes from any start.
#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <random>
#include <set>

#include "crypto/codes/documents.h"
#include "tally/ballot/label.h"
#include "tally/names/names.h"
#include "tally/profiles/advice.h"
#include "tally/profiles/new_scheme.h"
#include "tally/scheme/ballot_text.h"

namespace tuixuan::profiles {
namespace {

using scheme::Use;
using testing::ElementsAre;
using testing::IsEmpty;

const tally::StrokeTable& table() {
  static const tally::StrokeTable t = tally::StrokeTable::load().value();
  return t;
}

Request filled() {
  Request r;
  r.date = "2026-11-23";
  r.title = {"柳河村党支部党员大会", "members' meeting"};
  r.body = {"柳河村党支部", "branch"};
  r.term = {"第八届", "eighth"};
  r.place = {"礼堂", "hall"};
  return r;
}

std::vector<std::string> names_of(const tally::Contest& c) {
  std::vector<std::string> out;
  for (const tally::Candidate& person : c.candidates) out.push_back(person.name);
  return out;
}

Request with(const std::vector<std::string>& names) {
  Request r = filled();
  for (const std::string& name : names) r.candidates.push_back({"", {name, ""}});
  return r;
}

std::string told(const scheme::Faults& faults) {
  std::string out;
  for (const scheme::Fault& f : faults) out += f.path + ": " + f.en + "\n";
  return out;
}

class EveryProfile : public testing::TestWithParam<Profile> {};

TEST_P(EveryProfile, MakesASchemeThatWaitsOnlyForNames) {
  Request r;
  r.date = "2026-11-23";
  const auto made = make_scheme(GetParam(), r, nullptr);
  ASSERT_TRUE(made) << made.error().text();
  const scheme::Parsed parsed = check_file(scheme::write_scheme(made->scheme), Use::paper, &table());
  ASSERT_TRUE(parsed.scheme) << told(parsed.faults);
  EXPECT_EQ(*parsed.scheme, made->scheme);
  EXPECT_FALSE(parsed.faults.empty()) << "places to fill in are told";
  for (const scheme::Fault& f : parsed.faults) EXPECT_EQ(f.code, "unfilled") << f.path << ": " << f.en;
}

TEST_P(EveryProfile, ChecksCleanWhenItIsFilledIn) {
  const Profile& p = GetParam();
  const std::vector<std::string> people{"黄晓明", "王建国", "赵海涛", "丁文华", "陈玉兰",
                                        "李秀英", "张志强", "孙桂芳", "刘洋"};
  Request r = filled();
  for (const tally::Contest& c : p.scheme.contests) {
    const std::size_t least = p.names > 0 ? p.names : c.seats + c.min_extra;
    for (std::size_t i = 0; i < least; ++i) {
      if (p.no_names || (p.same_names && c.id != p.scheme.contests.front().id)) continue;
      r.candidates.push_back({p.same_names ? "" : c.id.name, {people[i], ""}});
    }
    if (!c.write_ins.eligible.empty()) r.eligible = {{"王建国", ""}, {"李秀英", ""}, {"黄晓明", ""}};
  }
  const auto made = make_scheme(p, r, &table());
  ASSERT_TRUE(made) << made.error().text();
  const scheme::Parsed parsed = check_file(scheme::write_scheme(made->scheme), Use::paper, &table());
  ASSERT_TRUE(parsed.scheme);
  EXPECT_THAT(parsed.faults, IsEmpty()) << told(parsed.faults);
}

TEST_P(EveryProfile, IsExplainedAndSaysWhatItFollows) {
  const Profile& p = GetParam();
  for (const tally::Text* text : {&p.title, &p.about}) {
    EXPECT_FALSE(text->zh.empty());
    EXPECT_FALSE(text->en.empty());
  }
  for (const tally::Contest& c : p.scheme.contests) EXPECT_FALSE(c.articles.empty()) << c.id.name;
  EXPECT_EQ(find_profile(p.name), &*std::find_if(all_profiles().begin(), all_profiles().end(),
                                                 [&](const Profile& other) { return other.name == p.name; }));
}

INSTANTIATE_TEST_SUITE_P(Profiles, EveryProfile, testing::ValuesIn(all_profiles()), [](const auto& of) {
  std::string name = of.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Profiles, HaveNamesOfTheirOwnAndCoverEveryRuleOfCombination) {
  std::set<std::string> names;
  std::set<tally::CombinationRule> rules;
  bool superior = false;
  for (const Profile& p : all_profiles()) {
    names.insert(p.name);
    for (const tally::Combination& c : p.scheme.combinations) {
      rules.insert(c.rule);
      superior = superior || c.superior_weight > 0;
    }
  }
  EXPECT_EQ(names.size(), all_profiles().size());
  EXPECT_EQ(rules.size(), 8U);
  EXPECT_TRUE(superior) << "C6";
  EXPECT_EQ(find_profile("nothing"), nullptr);
}

TEST(NewScheme, OrdersByStrokesFromAnyStart) {
  const std::vector<std::string> right{"丁文华", "王一", "王建国", "李秀英", "张志强", "陈玉兰", "赵海涛", "黄晓明"};
  for (unsigned seed = 0; seed < 10; ++seed) {
    std::vector<std::string> names = right;
    std::shuffle(names.begin(), names.end(), std::mt19937(seed));
    const auto made = make_scheme(*find_profile("party-2020"), with(names), &table());
    ASSERT_TRUE(made);
    EXPECT_EQ(names_of(made->scheme.contests[0]), right);
  }
}

TEST(NewScheme, KeepsAnOrderGivenWithAReasonAndTheApprovedOne) {
  Request r = with({"黄晓明", "丁文华"});
  r.manual_reason = "“黄”按本人写法";
  const auto made = make_scheme(*find_profile("party-2020"), r, nullptr);
  ASSERT_TRUE(made);
  EXPECT_THAT(names_of(made->scheme.contests[0]), ElementsAre("黄晓明", "丁文华"));
  EXPECT_EQ(made->scheme.contests[0].order, tally::NameOrder::manual);
  EXPECT_EQ(made->scheme.contests[0].order_reason, r.manual_reason);
  const auto office = make_scheme(*find_profile("direct"), with({"张志强", "王建国"}), &table());
  ASSERT_TRUE(office);
  EXPECT_THAT(names_of(office->scheme.contests[0]), ElementsAre("张志强", "王建国"));
  EXPECT_EQ(make_scheme(*find_profile("party-2020"), with({"丁文华"}), nullptr).error().check, code::strokes::file);
}

TEST(NewScheme, TellsCharactersWithoutStrokes) {
  const auto made = make_scheme(*find_profile("party-2020"), with({"Anna", "丁文华"}), &table());
  ASSERT_TRUE(made);
  EXPECT_THAT(made->unknown, ElementsAre("A", "n", "a"));
}

TEST(NewScheme, FollowsTheSeats) {
  for (const auto& [seats, extra] : {std::pair{1U, 1U}, {5U, 1U}, {6U, 2U}, {10U, 2U}, {11U, 3U}}) {
    Request r = filled();
    r.seats = {{"", seats}};
    const auto made = make_scheme(*find_profile("party-2020"), r, &table());
    ASSERT_TRUE(made);
    const tally::Contest& c = made->scheme.contests[0];
    EXPECT_EQ(c.max_choices, seats);
    EXPECT_EQ(c.min_extra, extra);
    EXPECT_EQ(c.candidates.size(), seats + extra);
    EXPECT_EQ(c.write_ins.slots, seats + extra);
  }
  Request village = filled();
  village.seats = {{"member", 5}};
  const auto made = make_scheme(*find_profile("village-committee"), village, &table());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->scheme.contests[0].seats, 1U);
  EXPECT_EQ(made->scheme.contests[2].write_ins.slots, 5U);
}

TEST(NewScheme, OneApplicantAtATime) {
  const auto made = make_scheme(*find_profile("admission"), with({"许志明", "何小燕", "丁文华"}), &table());
  ASSERT_TRUE(made);
  ASSERT_EQ(made->scheme.stages.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(made->scheme.stages[i].round, i + 1);
    EXPECT_THAT(made->scheme.stages[i].contests, ElementsAre(made->scheme.contests[i].id));
    EXPECT_EQ(made->scheme.contests[i].candidates.size(), 1U);
  }
  EXPECT_EQ(made->scheme.contests[0].candidates[0].name, "丁文华");
}

TEST(NewScheme, ThePeopleOfSeveralChambersAreTheSame) {
  const auto made = make_scheme(*find_profile("leaders-rating"), with({"王建国", "李秀英"}), &table());
  ASSERT_TRUE(made);
  ASSERT_EQ(made->scheme.contests.size(), 3U);
  for (const tally::Contest& c : made->scheme.contests) EXPECT_THAT(names_of(c), ElementsAre("王建国", "李秀英"));
}

TEST(NewScheme, BoxesReplaceThoseOfTheirChamber) {
  Request r = with({"王建国", "李秀英", "黄晓明"});
  r.boxes = {{BoxId{"east"}, {"东会场", ""}, tally::ChamberId{"masses"}, {}},
             {BoxId{"west"}, {"西会场", ""}, tally::ChamberId{"masses"}, {}}};
  r.kiosks = 2;
  const auto made = make_scheme(*find_profile("two-c1"), r, &table());
  ASSERT_TRUE(made);
  EXPECT_THAT(made->scheme.stages[0].boxes, ElementsAre(BoxId{"box-members"}));
  EXPECT_THAT(made->scheme.stages[1].boxes, ElementsAre(BoxId{"east"}, BoxId{"west"}));
  EXPECT_EQ(made->scheme.kiosks.size(), 6U);
  r.boxes[0].chamber.name = "nobody";
  EXPECT_EQ(make_scheme(*find_profile("two-c1"), r, &table()).error().check, code::scheme::new_);
}

TEST(NewScheme, RefusesWhatTheProfileDoesNotHave) {
  Request r = filled();
  r.candidates = {{"nothing", {"王建国", ""}}};
  EXPECT_EQ(make_scheme(*find_profile("party-2020"), r, &table()).error().check, code::scheme::new_);
  Request seats = filled();
  seats.seats = {{"", 3}};
  EXPECT_EQ(make_scheme(*find_profile("admission"), seats, &table()).error().check, code::scheme::new_);
}

TEST(NewScheme, ReadsANoteAfterTheName) {
  EXPECT_EQ(*tally::read_candidate(" 王凯（东村） "), (tally::Candidate{"王凯", "东村"}));
  EXPECT_EQ(*tally::read_candidate("王凯(1970)"), (tally::Candidate{"王凯", "1970"}));
  EXPECT_EQ(*tally::read_candidate("阿卜杜拉·买买提"), (tally::Candidate{"阿卜杜拉·买买提", ""}));
  EXPECT_FALSE(tally::read_candidate(""));
  EXPECT_FALSE(tally::read_candidate("王\x01"));
}

// L-4: offices that exclude or contain each other, and proxies, on paper; where they cannot be they are
// refused.
TEST(PaperRules, AreRefusedWhereTheyCannotBe) {
  const auto codes = [](const char* profile, const std::function<void(tally::Scheme&)>& change, Use use) {
    Request r = filled();
    r.manual_reason = "测试";
    tally::Scheme s = make_scheme(*find_profile(profile), r, nullptr)->scheme;
    change(s);
    std::set<std::string> out;
    for (const scheme::Fault& f : scheme::check_scheme(s, use))
      if (!f.warning && (f.path.find("excludes") != std::string::npos || f.path.find("within") != std::string::npos ||
                         f.path.find("proxies") != std::string::npos))
        out.insert(f.code);
    return out;
  };
  const auto as_it_is = [](tally::Scheme&) {};
  using Codes = std::set<std::string>;
  EXPECT_EQ(codes("first-meeting", as_it_is, Use::paper), Codes{});
  EXPECT_EQ(codes("first-meeting", as_it_is, Use::sealed), Codes{"choice"}) << "a sealed vote counts each by itself";
  EXPECT_EQ(codes("direct", as_it_is, Use::sealed), Codes{"choice"});
  EXPECT_EQ(codes("village-committee", as_it_is, Use::sealed), Codes{"choice"})
      << "nobody votes for another at a kiosk";
  EXPECT_EQ(codes(
                "party-2020", [](auto& s) { s.stages[0].proxies = 1; }, Use::paper),
            Codes{"choice"})
      << "a Party vote is never entrusted";
  EXPECT_EQ(codes(
                "first-meeting", [](auto& s) { s.contests[0].excludes = {ContestId{"nothing"}}; }, Use::paper),
            Codes{"reference"});
  EXPECT_EQ(codes(
                "first-meeting",
                [](auto& s) {
                  std::swap(s.contests[0].excludes, s.contests[1].excludes),
                      s.contests[1].excludes = {s.contests[0].id};
                },
                Use::paper),
            Codes{"order"});
  EXPECT_EQ(codes(
                "direct", [](auto& s) { s.contests[0].excludes = {s.contests[1].id}; }, Use::paper),
            Codes{"within"});
  EXPECT_EQ(codes(
                "direct", [](auto& s) { s.contests[0].within = s.contests[0].id; }, Use::paper),
            Codes{"reference"});
  // With kiosks the profile leaves them out, and says so.
  for (const char* profile : {"first-meeting", "direct", "village-committee"}) {
    Request r = filled();
    r.manual_reason = "测试";
    r.kiosks = 1;
    const auto made = make_scheme(*find_profile(profile), r, nullptr);
    ASSERT_TRUE(made);
    EXPECT_FALSE(made->left_out.empty()) << profile;
    for (const tally::Contest& c : made->scheme.contests) EXPECT_TRUE(c.excludes.empty() && !c.within);
    EXPECT_EQ(made->scheme.stages[0].proxies, 0U);
  }
}

TEST(BallotText, KeepsToTheWidthAndShowsEveryName) {
  std::vector<std::string> names{"阿卜杜拉·买买提江·艾合麦提", "欧阳修远", "丁文华", "王凯", "李秀英",
                                 "Alexander Ivanovich Petrov"};
  const auto made = make_scheme(*find_profile("party-2020"), with(names), &table());
  ASSERT_TRUE(made);
  for (const std::size_t columns : {40U, 60U, 80U, 132U})
    for (const char* language : {"zh", "en"}) {
      const std::string text = scheme::stage_text(made->scheme, made->scheme.stages[0], language, columns);
      for (const char* name : {"丁文华", "欧阳修远", "李秀英"}) EXPECT_THAT(text, testing::HasSubstr(name));
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        // Every line, the frames too, fits.
        EXPECT_LE(tally::display_width(std::string_view(text).substr(at, end - at)), columns);
        at = end + 1;
      }
    }
}

}  // namespace
}  // namespace tuixuan::profiles

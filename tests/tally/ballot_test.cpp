// The rules on paper: worked cases (data/cases.json), and what a ballot may and may not say.
#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>

#include "crypto/codes/ballot.h"
#include "crypto/codes/catalogue.h"
#include "tally/ballot/codec.h"
#include "tally/count/following.h"
#include "tally/count/outcome.h"
#include "tally/count/reasons.h"
#include "tally/names/names.h"

namespace tuixuan::tally {
namespace {

namespace json = boost::json;
using testing::ElementsAreArray;
using testing::UnorderedElementsAreArray;

const json::array& cases() {
  static const json::array all = [] {
    std::ifstream in(std::string(std::getenv("TUIXUAN_SOURCE_DIR")) + "/tests/tally/data/cases.json");
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    return json::parse(text).as_array();
  }();
  return all;
}
const json::object& the(std::string_view id) {
  for (const json::value& c : cases())
    if (c.at("id").as_string() == id) return c.as_object();
  ADD_FAILURE() << "no case " << id;
  std::abort();
}
std::uint64_t number(const json::object& o, const char* name, std::uint64_t absent = 0) {
  const json::value* v = o.if_contains(name);
  return v == nullptr ? absent : v->to_number<std::uint64_t>();
}
std::vector<std::string> names(const json::value& list) {
  std::vector<std::string> out;
  for (const json::value& v : list.as_array()) out.emplace_back(v.as_string());
  return out;
}
std::vector<std::string> with(const ContestResult& r, Outcome outcome) {
  std::vector<std::string> out;
  for (const PersonResult& p : r.persons)
    if (p.outcome == outcome) out.push_back(p.name);
  return out;
}

Contest contest_of(std::size_t candidates, std::uint32_t seats) {
  Contest c;
  c.id = ContestId{"c"};
  for (std::size_t i = 0; i < candidates; ++i) c.candidates.push_back({"候选人" + std::to_string(i + 1), ""});
  c.seats = seats;
  c.max_choices = seats;
  return c;
}

// --- outcomes from totals --------------------------------------------------------------------------------------------

class Totals {
 public:
  explicit Totals(const json::object& input) {
    contest = contest_of(0, static_cast<std::uint32_t>(number(input, "seats", number(input, "keep"))));
    numbers.expected = numbers.registered = number(input, "expected");
    numbers.present = number(input, "present");
    numbers.issued = number(input, "issued", numbers.present);
    numbers.voters = number(input, "voters", numbers.present);
    numbers.returned = number(input, "returned", numbers.present);
    result.seats = contest.seats;
    result.valid = numbers.returned;
    for (const auto& [name, votes] : input.at("votes").as_object()) {
      PersonResult p;
      p.number = static_cast<std::uint32_t>(result.persons.size() + 1);
      p.name = name;
      p.approve = votes.to_number<std::uint64_t>();
      result.persons.push_back(p);
      contest.candidates.push_back({std::string(name), ""});
    }
  }
  ContestResult by(Base base) {
    contest.majority.base = base;
    ContestResult r = result;
    decide(contest, numbers, r);
    return r;
  }
  Contest contest;
  Numbers numbers;
  ContestResult result;
};

void expect_outcome(const ContestResult& r, const json::object& expected, const std::string& id) {
  EXPECT_THAT(with(r, Outcome::elected), UnorderedElementsAreArray(names(expected.at("elected")))) << id;
  EXPECT_THAT(with(r, Outcome::tied), UnorderedElementsAreArray(names(expected.at("tied")))) << id;
  EXPECT_EQ(r.vacant, number(expected, "vacant")) << id;
  EXPECT_EQ(r.tied_seats, number(expected, "tie_seats")) << id;
  for (const PersonResult& p : r.persons) {
    EXPECT_NE(p.reason.code, code::reason::undecided) << id << " " << p.name;
    EXPECT_EQ(sentence(p.reason).zh.find('{'), std::string::npos) << "every number of the sentence is there";
  }
}

TEST(Outcomes, OfTheWorkedCases) {
  std::size_t checked = 0;
  for (const char* id : {"E1", "E2", "E4", "E6", "E9"})
    for (const auto& [name, base] : {std::pair{"base_expected", Base::expected}, {"base_present", Base::present}})
      if (const json::value* expected = the(id).at("expect").as_object().if_contains(name)) {
        expect_outcome(Totals(the(id).at("input").as_object()).by(base), expected->as_object(), id);
        ++checked;
      }
  for (const char* id : {"P1", "P2", "S1"}) {
    Totals totals(the(id).at("input").as_object());
    totals.contest.kind = id[0] == 'P' ? Kind::preelection : Kind::election;
    expect_outcome(totals.by(Base::expected), the(id).at("expect").as_object(), id);
    ++checked;
  }
  EXPECT_EQ(checked, 10U);
  EXPECT_EQ(Totals(the("E9").at("input").as_object()).by(Base::expected).need, 25U);
}

TEST(Outcomes, NobodysFateMayDependOnTheBaseSilently) {
  Totals totals(the("E2").at("input").as_object());
  totals.contest.alternative = Base::present;
  const ContestResult r = totals.by(Base::expected);
  EXPECT_THAT(r.must_confirm, testing::ElementsAre("丙"));
  EXPECT_EQ(r.alternative_need, 23U);
  ASSERT_FALSE(r.next.empty());
  EXPECT_EQ(r.next[0].kind, NextKind::confirm_base);
}

TEST(Outcomes, MoreReturnedThanVotersVoidsTheVote) {
  for (const char* id : {"V1", "V3"}) {
    Totals totals(the("E1").at("input").as_object());
    const json::object& in = the(id).at("input").as_object();
    totals.numbers.issued = number(in, "issued");
    totals.numbers.voters = number(in, "voters");
    totals.numbers.returned = number(in, "returned");
    const ContestResult r = totals.by(Base::expected);
    const bool valid = the(id).at("expect").at("valid").as_bool();
    EXPECT_EQ(with(r, Outcome::no_decision).empty(), valid) << id;
    EXPECT_EQ(!r.next.empty() && r.next[0].kind == NextKind::vote_again, !valid);
  }
}

TEST(Outcomes, WhatFollowsATieAndAShortage) {
  Totals tie(the("E4").at("input").as_object());
  EXPECT_EQ(tie.by(Base::expected).next.at(0), (NextStep{NextKind::run_off, 1, {"丙", "丁"}}));
  tie.contest.tie = TieRule::superior;
  EXPECT_EQ(tie.by(Base::expected).next.at(0).kind, NextKind::superior_decides);
  Totals shortage(the("E6").at("input").as_object());
  shortage.contest.min_extra = 1;
  EXPECT_EQ(shortage.by(Base::expected).next.at(0), (NextStep{NextKind::new_round, 2, {"乙", "丙", "丁"}}));
  shortage.contest.shortage = ShortageRule::renominate;
  EXPECT_EQ(shortage.by(Base::expected).next.at(0).kind, NextKind::renominate);
  shortage.contest.shortage = ShortageRule::leave_vacant;
  EXPECT_EQ(shortage.by(Base::expected).next.at(0).kind, NextKind::leave_vacant);
}

TEST(Following, HasTheMajorityThatTheSchemeGives) {
  Totals shortage(the("E6").at("input").as_object());
  const auto new_round = [&] {
    const ContestResult r = shortage.by(Base::expected);
    return draft_following(shortage.contest, r, FollowKind::new_round, ContestId{"again"});
  };
  shortage.contest.alternative = Base::present;
  EXPECT_EQ(new_round().majority, (Threshold{1, 2, Comparison::more_than, Base::expected}));
  EXPECT_EQ(new_round().alternative, Base::present);
  shortage.contest.new_round = Threshold{1, 3, Comparison::at_least, Base::voters};
  EXPECT_EQ(new_round().majority, *shortage.contest.new_round);
  EXPECT_EQ(new_round().alternative, std::nullopt);

  Totals tie(the("E4").at("input").as_object());
  const auto run_off = [&] {
    return draft_following(tie.contest, tie.by(Base::expected), FollowKind::run_off, ContestId{"run-off"});
  };
  EXPECT_EQ(run_off().majority.num, 0U) << "more votes win";
  tie.contest.tie = TieRule::run_off_majority;
  EXPECT_EQ(run_off().majority, tie.contest.majority);
  EXPECT_EQ(run_off().seats, 1U);
  EXPECT_EQ(run_off().candidates, (std::vector<Candidate>{{"丙", ""}, {"丁", ""}}));
}

TEST(Outcomes, LeastExtraCandidates) {
  const json::object& c = the("D1");
  const auto& seats = c.at("input").at("seats").as_array();
  const auto& extra = c.at("expect").at("min_extra").as_array();
  for (std::size_t i = 0; i < seats.size(); ++i)
    EXPECT_EQ(least_extra(seats[i].to_number<std::uint64_t>()), extra[i].to_number<std::uint64_t>());
}

TEST(Thresholds, OfTheWorkedCases) {
  const Threshold four_fifths{4, 5, Comparison::at_least, Base::expected};
  const Threshold over_four_fifths{4, 5, Comparison::more_than, Base::expected};
  for (const char* id : {"Q1", "Q2", "Q3"}) {
    const json::object& in = the(id).at("input").as_object();
    const json::object& expected = the(id).at("expect").as_object();
    EXPECT_EQ(holds(four_fifths, number(in, "present"), number(in, "expected")), expected.at("ok_2020").as_bool())
        << id;
    EXPECT_EQ(holds(over_four_fifths, number(in, "present"), number(in, "expected")),
              expected.at("ok_1990_strict").as_bool())
        << id;
  }
  EXPECT_EQ(need(four_fifths, 49), number(the("Q9").at("expect").as_object(), "min_present"));
  const Threshold two_thirds{2, 3, Comparison::at_least, Base::expected};
  EXPECT_TRUE(holds(two_thirds, 21, 30));
  EXPECT_FALSE(holds(two_thirds, 33, 50));
  EXPECT_EQ(need(Threshold{}, 2524), number(the("X2").at("expect").as_object(), "need"));
  // The least number that reaches it: one fewer does not.
  for (const Threshold& t : {Threshold{}, four_fifths, over_four_fifths, two_thirds})
    for (std::uint64_t whole = 1; whole < 200; ++whole) {
      const std::uint64_t n = need(t, whole);
      EXPECT_TRUE(holds(t, n, whole)) << n << " of " << whole;
      EXPECT_FALSE(n > 0 && holds(t, n - 1, whole)) << n << " of " << whole;
    }
}

// Against a slow count of all ballots of small contests: who has a majority, who is among the first.
TEST(Outcomes, AgreeWithASlowVersionOnSmallWorlds) {
  for (std::uint32_t seats = 1; seats <= 3; ++seats)
    for (unsigned code = 0; code < 7 * 7 * 7 * 7; ++code) {
      Contest c = contest_of(4, seats);
      ContestResult r;
      r.seats = seats;
      r.valid = 10;
      unsigned rest = code;
      for (std::uint32_t i = 1; i <= 4; ++i, rest /= 7) {
        PersonResult p;
        p.number = i;
        p.name = std::to_string(i);
        p.approve = 3 + rest % 7;  // 3 to 9, 6 are needed of 10
        r.persons.push_back(p);
      }
      decide(c, {10, 10, 10, 10, 10, 10}, r);
      std::size_t elected = 0;
      for (const PersonResult& p : r.persons) {
        std::size_t above = 0;
        std::size_t level = 0;
        for (const PersonResult& o : r.persons) {
          above += o.approve > p.approve ? 1 : 0;
          level += o.approve == p.approve ? 1 : 0;
        }
        const bool over = p.approve >= 6;
        const Outcome want = !over || above >= seats  ? Outcome::not_elected
                             : above + level <= seats ? Outcome::elected
                                                      : Outcome::tied;
        ASSERT_EQ(p.outcome, want) << "seats " << seats << ", code " << code << ", person " << p.name;
        elected += want == Outcome::elected ? 1 : 0;
      }
      const std::size_t over = static_cast<std::size_t>(
          std::count_if(r.persons.begin(), r.persons.end(), [](auto& p) { return p.approve >= 6; }));
      EXPECT_EQ(r.vacant, over < seats ? seats - over : 0);
      EXPECT_EQ(elected + r.vacant + r.tied_seats, seats);
    }
}

// --- ballots ---------------------------------------------------------------------------------------------------------

Selection read_ballot(const Contest& c, std::string_view text) {
  Selection s = blank(c);
  for (std::size_t at = 0, i = 0; at < text.size() && i < s.marks.size(); ++i) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    const bool circle = text.substr(at).starts_with("○");
    s.marks[i] = circle ? Mark::approve : Mark::oppose;
    at += std::string_view(circle ? "○" : "×").size();
  }
  return s;
}

TEST(Ballots, OfTheWorkedCases) {
  for (const char* id : {"B1", "B2", "B4", "B5", "B8"}) {
    const json::object& in = the(id).at("input").as_object();
    const json::object& expected = the(id).at("expect").as_object();
    Contest c = contest_of(4, static_cast<std::uint32_t>(number(in, "seats")));
    c.write_ins = {WriteInRule::under_opposed, 2, 45, {}};
    Selection s = read_ballot(c, in.at("ballot").as_string());
    if (number(in, "writein_marked") > 0)  // in the place of candidate 4
      s.write_ins.push_back({"王小明", 4});
    ContestCount count(c, {});
    count.add(decode(c, encode(c, s).value()));
    const ContestResult r = count.finish();
    EXPECT_EQ(r.valid == 1, expected.at("valid").as_bool()) << id;
    if (const auto* counted = expected.if_contains("writein_counted"); counted != nullptr && !counted->as_bool()) {
      EXPECT_EQ(r.persons.size(), 4U) << id;
      EXPECT_EQ(r.write_ins_not_counted.at("ballot.write_in_place"), 1U);
    }
    EXPECT_EQ(r.persons.size() == 5, id == std::string("B4")) << "a name that counts is a person of the result";
    EXPECT_EQ(r.blank, id == std::string("B8") ? 1U : 0U);
    if (id != std::string("B2")) continue;
    for (const json::value& n : expected.at("abstain").as_array())
      EXPECT_EQ(r.persons[n.to_number<std::size_t>() - 1].abstain, 1U);
  }
}

TEST(Ballots, EverySelectionHasOneByteString) {
  Contest c = contest_of(5, 5);
  c.write_ins = {WriteInRule::free_lines, 2, 12, {}};
  for (unsigned code = 0; code < 243; ++code)
    for (const std::vector<WriteIn>& extra : {std::vector<WriteIn>{}, {{"王小明", 0}}, {{"甲", 0}, {"王小明", 0}}}) {
      Selection s = blank(c);
      unsigned rest = code;
      for (Mark& m : s.marks) {
        m = static_cast<Mark>(rest % 3);
        rest /= 3;
      }
      s.write_ins = extra;
      const Bytes bytes = encode(c, s).value();
      EXPECT_LE(bytes.size(), content_limit(c));
      const auto back = decode(c, bytes);
      ASSERT_TRUE(back) << back.error().text();
      EXPECT_EQ(encode(c, *back).value(), bytes);
      EXPECT_EQ(back->marks, s.marks);
    }
}

TEST(Ballots, RefusedContents) {
  Contest c = contest_of(3, 2);
  c.write_ins = {WriteInRule::free_lines, 2, 12, {}};
  const auto check = [&](Bytes bytes) {
    const auto s = decode(c, bytes);
    return s ? std::string("taken") : std::string(name_of(s.error().check));
  };
  EXPECT_EQ(check({0x15, 0}), "taken");
  EXPECT_EQ(check({0x55, 0}), "ballot.spare");
  EXPECT_EQ(check({0x03, 0}), "ballot.form");  // the fourth answer, where there is none
  EXPECT_EQ(check({}), "ballot.form");
  EXPECT_EQ(check({0x15}), "ballot.form");
  EXPECT_EQ(check({0x15, 0, 0}), "ballot.form");
  EXPECT_EQ(check({0x15, 3, 0, 1, 'a', 0, 1, 'b', 0, 1, 'c'}), "ballot.form");
  EXPECT_EQ(check({0x15, 1, 1, 1, 'a'}), "ballot.form");  // a free line stands against nobody
  EXPECT_EQ(check({0x15, 2, 0, 1, 'b', 0, 1, 'a'}), "ballot.order");
  EXPECT_EQ(check({0x15, 2, 0, 1, 'a', 0, 1, 'a'}), "ballot.order");
  EXPECT_EQ(check({0x15, 1, 0, 1, ' '}), "ballot.name");
  EXPECT_EQ(check({0x15, 1, 0, 1, 0xff}), "ballot.name");
  EXPECT_EQ(check({0x15, 1, 0, 3, 'e', 0xcc, 0x81}), "ballot.name");  // not in normal form C
}

TEST(Names, TidiedAndRefused) {
  EXPECT_EQ(tidy_name("  王　小明 ", 45).value(), "王 小明");
  EXPECT_EQ(tidy_name("e\xcc\x81", 45).value(), "é");
  EXPECT_EQ(tidy_name("阿卜杜拉·买买提", 45).value(), "阿卜杜拉·买买提");
  for (const char* bad : {"", "   ", "a\u200b", "a\x01", "\xff", "名\u202e字", "\xee\x80\x80", "👍"})
    EXPECT_EQ(tidy_name(bad, 45).error().check, code::ballot::name) << bad;
  EXPECT_EQ(tidy_name("很长很长的名字", 9).error().check, code::ballot::name);
}

// --- decisions and grades --------------------------------------------------------------------------------------------

TEST(Decisions, WrittenOpinionsCount) {
  for (const char* id : {"M1", "M3"}) {
    const json::object& in = the(id).at("input").as_object();
    Contest c = contest_of(1, 1);
    c.kind = Kind::decision;
    const std::uint64_t written = number(in, "written_yes");
    ContestCount count(c,
                       {number(in, "expected"), number(in, "expected"), number(in, "present"), number(in, "present"),
                        number(in, "present"), number(in, "present")},
                       {}, {{written, 0}});
    for (const auto& [name, mark] : {std::pair{"yes", Mark::approve}, {"no", Mark::oppose}, {"abstain", Mark::abstain}})
      for (std::uint64_t i = 0; i < number(in, name); ++i) count.add(Selection{{mark}, {}, {}});
    const ContestResult r = count.finish();
    EXPECT_EQ(r.need, number(the(id).at("expect").as_object(), "need"));
    EXPECT_EQ(r.persons[0].outcome == Outcome::passed, the(id).at("expect").at("passed").as_bool()) << id;
  }
}

TEST(Grades, ScoresAreExact) {
  const json::object& in = the("G1").at("input").as_object();
  Contest c = contest_of(1, 0);
  c.kind = Kind::rating;
  c.majority.base = Base::valid;
  c.rating = Rating{};
  for (const json::value& w : in.at("weights").as_array())
    c.rating->grades.push_back({{"等次", ""}, static_cast<std::uint32_t>(w.to_number<std::uint64_t>())});
  c.rating->items = {{{"总体", ""}, 100}};
  ContestCount count(c, {});
  const auto& counts = in.at("counts").as_array();
  for (std::size_t g = 0; g < counts.size(); ++g)
    for (std::uint64_t i = 0; i < counts[g].to_number<std::uint64_t>(); ++i)
      count.add(Selection{{}, {}, {static_cast<GradeMark>(g + 1)}});
  const ContestResult r = count.finish();
  EXPECT_EQ(r.persons[0].score, (Fraction{80, 1}));
  EXPECT_EQ(r.persons[0].items[0].score, (Fraction{80, 1}));
  EXPECT_EQ(r.persons[0].outcome, Outcome::graded);
}

Contest strict_rating() {
  Contest c = contest_of(3, 0);
  c.kind = Kind::rating;
  c.majority.base = Base::valid;
  c.rating = Rating{};
  for (const std::uint32_t weight : {100U, 80U, 60U}) c.rating->grades.push_back({{"等次", ""}, weight});
  c.rating->items = {{{"德", ""}, 40}, {{"能", ""}, 60}};
  c.rating->not_acquainted = c.rating->refuse_identical = c.rating->trim = true;
  c.rating->max_best = 1;
  return c;
}

// The grades of a form: person by person, item by item; 4 is "not acquainted", 0 no mark.
TEST(Grades, FormsThatAreInvalidOrTrimmed) {
  const Contest c = strict_rating();
  ContestCount few(c, {});
  few.add(Selection{{}, {}, {1, 2, 2, 2, 3, 3}});
  few.add(Selection{{}, {}, {1, 1, 4, 4, 0, 2}});
  few.add(Selection{{}, {}, {1, 1, 1, 1, 2, 2}});  // two people with the best grade, where one may have it
  few.add(Selection{{}, {}, {2, 2, 2, 2, 2, 2}});  // one grade for everybody
  const ContestResult r = few.finish();
  EXPECT_EQ(r.invalid_reasons,
            (std::map<std::string, std::uint64_t>{{"ballot.best_limit", 1}, {"ballot.identical", 1}}));
  EXPECT_EQ(r.persons[0].score, (Fraction{94, 1}));  // of 88 and 100
  EXPECT_EQ(r.persons[1].items[0].not_acquainted, 1U);
  EXPECT_EQ(r.persons[1].score, (Fraction{80, 1}));  // of the one who is acquainted
  EXPECT_EQ(r.persons[2].items[0].unmarked, 1U);

  ContestCount six(c, {});
  for (const GradeMark g : {GradeMark{1}, GradeMark{2}, GradeMark{3}, GradeMark{3}, GradeMark{2}, GradeMark{2}})
    six.add(Selection{{}, {}, {g, g, 2, 3, 3, 3}});
  EXPECT_EQ(six.finish().persons[0].score, (Fraction{75, 1}));  // without the highest and the lowest
}

}  // namespace
}  // namespace tuixuan::tally

// The worked cases (data/cases.json), every one of them: read as data, counted by the code that counts real votes. A
// case that no group here knows fails the test, so does a group without cases.
#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <map>

#include "crypto/codes/catalogue.h"
#include "tally/count/outcome.h"
#include "tally/paper/paper_count.h"
#include "tally/profiles/new_scheme.h"

namespace tuixuan::tally {
namespace {

namespace json = boost::json;
using testing::UnorderedElementsAreArray;

struct Case {
  std::string id;
  json::value input;
  json::object expect;
};

std::uint64_t num(const json::value& o, const char* name, std::uint64_t absent = 0) {
  const json::value* v = o.as_object().if_contains(name);
  return v == nullptr ? absent : v->to_number<std::uint64_t>();
}
bool flag(const json::object& o, const char* name) { return o.at(name).as_bool(); }
std::vector<std::string> names(const json::value& list) {
  std::vector<std::string> out;
  for (const json::value& v : list.as_array()) out.emplace_back(v.as_string());
  return out;
}

const std::vector<Case>& cases() {
  static const std::vector<Case> all = [] {
    std::ifstream in(std::string(std::getenv("TUIXUAN_SOURCE_DIR")) + "/tests/tally/data/cases.json");
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    std::vector<Case> out;
    const json::value parsed = json::parse(text);
    for (const json::value& v : parsed.as_array())
      out.push_back({std::string(v.at("id").as_string()), v.at("input"), v.at("expect").as_object()});
    return out;
  }();
  return all;
}
const Case& the(const std::string& id) {
  for (const Case& c : cases())
    if (c.id == id) return c;
  ADD_FAILURE() << "no case " << id;
  std::abort();
}

Contest contest_of(const std::vector<std::string>& people, std::uint64_t seats) {
  Contest c;
  c.id = ContestId{"c"};
  for (const std::string& name : people) c.candidates.push_back({name, ""});
  c.seats = c.max_choices = static_cast<std::uint32_t>(seats);
  return c;
}
Numbers numbers_in(const json::value& in) {
  Numbers n;
  n.expected = num(in, "expected");
  n.registered = num(in, "registered", n.expected);
  n.present = num(in, "present", num(in, "voters"));
  n.issued = num(in, "issued", n.present);
  n.voters = num(in, "voters", n.present);
  n.returned = num(in, "returned", n.voters);
  return n;
}
std::vector<std::string> with(const ContestResult& r, Outcome outcome) {
  std::vector<std::string> out;
  for (const PersonResult& p : r.persons)
    if (p.outcome == outcome) out.push_back(p.name);
  return out;
}

// Totals of names, as a hand count would give them: the rest are abstentions.
ContestResult counted(Contest c, const json::value& in, Base base, std::optional<Base> other = std::nullopt) {
  const Numbers n = numbers_in(in);
  c.majority.base = base;
  c.alternative = other;
  ContestTotals t;
  t.ballots = n.returned;
  for (const auto& [name, votes] : in.at("votes").as_object()) {
    const auto approve = votes.to_number<std::uint64_t>();
    c.candidates.push_back({std::string(name), ""});
    t.persons.push_back({std::string(name), approve, 0, t.ballots - approve, 0, 0});
  }
  ContestCount count(c, n);
  count.add_totals(t);
  return count.finish();
}

void expect_outcome(const ContestResult& r, const json::object& e, const std::string& id) {
  EXPECT_THAT(with(r, Outcome::elected), UnorderedElementsAreArray(names(e.at("elected")))) << id;
  EXPECT_THAT(with(r, Outcome::tied), UnorderedElementsAreArray(names(e.at("tied")))) << id;
  EXPECT_EQ(r.vacant, num(e, "vacant")) << id;
  EXPECT_EQ(r.tied_seats, num(e, "tie_seats")) << id;
}

// --- the groups ---

constexpr Threshold kFourFifths{4, 5, Comparison::at_least, Base::expected};
constexpr Threshold kOverFourFifths{4, 5, Comparison::more_than, Base::expected};
constexpr Threshold kTwoThirds{2, 3, Comparison::at_least, Base::expected};
constexpr Threshold kHalf{1, 2, Comparison::more_than, Base::expected};

void quorum(const Case& c) {
  std::uint64_t expected = num(c.input, "expected");
  if (const json::value* roll = c.input.as_object().if_contains("roll")) {
    Attendance a;
    a.registered = roll->to_number<std::uint64_t>();
    a.probationary = num(c.input, "probationary");
    a.on_probation = num(c.input, "lcd");
    a.suspended = num(c.input, "suspended");
    a.with_vote = num(c.expect, "voting_roll");
    a.present = num(c.input, "present");
    a.expected = expected = num(c.expect, "expected");
    a.excluded = {{"长期患病", num(c.input, "excluded_approved"), "18号", a.present}};
    EXPECT_THAT(roll_imbalances({}, {}, a), testing::IsEmpty());
    a.excluded.push_back({"外出", num(c.input, "excluded_not_approved"), "", 0});
    a.expected -= num(c.input, "excluded_not_approved");
    std::vector<std::string> codes;
    for (const Imbalance& i : roll_imbalances({}, {}, a)) codes.push_back(std::string(name_of(i.code)));
    EXPECT_THAT(codes, testing::Contains("roll.consent")) << "without both approvals they may not be left out";
    EXPECT_EQ(need(kFourFifths, expected), num(c.expect, "min_present"));
  }
  EXPECT_EQ(holds(kFourFifths, num(c.input, "present"), expected), flag(c.expect, "ok_2020")) << c.id;
  if (const json::value* strict = c.expect.if_contains("ok_1990_strict")) {
    EXPECT_EQ(holds(kOverFourFifths, num(c.input, "present"), expected), strict->as_bool()) << c.id;
  }
}

void election(const Case& c) {
  const Contest rules = contest_of({}, num(c.input, "seats", num(c.input, "keep")));
  if (c.expect.contains("elected")) {  // a pre-election, or a new round
    Contest k = rules;
    k.kind = c.id[0] == 'P' ? Kind::preelection : Kind::election;
    return expect_outcome(counted(k, c.input, Base::expected), c.expect, c.id);
  }
  const ContestResult r = counted(rules, c.input, Base::expected, Base::present);
  expect_outcome(r, c.expect.at("base_expected").as_object(), c.id);
  if (const json::value* other = c.expect.if_contains("base_present"))
    expect_outcome(counted(rules, c.input, Base::present), other->as_object(), c.id);
  EXPECT_EQ(!r.must_confirm.empty(), c.expect.contains("must_warn")) << c.id;
  EXPECT_EQ(r.need, num(c.expect, "need", r.need)) << c.id;
}

void whole_vote(const Case& c) {
  if (const json::value* open = c.expect.if_contains("may_open_poll")) {
    Scheme s;
    Stage stage;
    stage.boxes = {BoxId{"b"}};
    Attendance a;
    a.registered = a.with_vote = a.expected = a.present = num(c.input, "present");
    const std::uint64_t issued = num(c.input, "issued");
    a.boxes = {{BoxId{"b"}, a.present, issued, issued, 0, 0, 0, 0}};
    std::vector<std::string> codes;
    for (const Imbalance& i : imbalances(s, stage, a)) codes.push_back(std::string(name_of(i.code)));
    EXPECT_EQ(codes.empty(), open->as_bool());
    EXPECT_THAT(codes, testing::ElementsAre("box.issued"));
    return;
  }
  const Numbers n = numbers_in(c.input);
  ContestCount count(contest_of({"甲"}, 1), n);
  count.add(Selection{{Mark::approve}, {}, {}}, n.returned);
  EXPECT_EQ(with(count.finish(), Outcome::no_decision).empty(), flag(c.expect, "valid")) << c.id;
}

void ballot(const Case& c) {
  Contest rules = contest_of({"甲", "乙", "丙", "丁"}, num(c.input, "seats"));
  rules.write_ins = {WriteInRule::under_opposed, 4, 60, {}, Unmarked::not_counted};
  Selection s = blank(rules);
  const std::string text(c.input.at("ballot").as_string());
  for (std::size_t at = 0, i = 0; at < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(at);
    s.marks.at(i) = rest.starts_with("○") ? Mark::approve : rest.starts_with("×") ? Mark::oppose : Mark::abstain;
    at += rest[0] == ' ' ? 1 : std::string_view(rest.starts_with("○") ? "○" : "×").size();
  }
  if (num(c.input, "writein_marked") > 0) s.write_ins = {{"周立新", 4}};
  ContestCount count(rules, {});
  count.add(s, 1);
  const ContestResult r = count.finish();
  EXPECT_EQ(r.valid == 1, flag(c.expect, "valid")) << c.id;
  for (const auto& [member, votes] : {std::pair{"approve", &PersonResult::approve},
                                      {"oppose", &PersonResult::oppose},
                                      {"abstain", &PersonResult::abstain}})
    if (const json::value* list = c.expect.if_contains(member)) {
      for (const json::value& n : list->as_array())
        EXPECT_EQ(r.persons.at(n.to_number<std::size_t>() - 1).*votes, 1U) << c.id << " " << member;
    }
  if (num(c.input, "writein_marked") > 0) {
    const bool counts = !c.expect.contains("writein_counted") || flag(c.expect, "writein_counted");
    EXPECT_EQ(r.persons.size() == 5, counts) << c.id;
  }
  if (c.expect.contains("all_abstain")) {
    for (const PersonResult& p : r.persons) EXPECT_EQ(p.abstain, 1U);
  }
}

// The exceptions of a pile, as they are typed in.
void accounting(const Case& c) {
  Scheme s;
  s.boxes = {{BoxId{"b"}, {"票箱", ""}, {}, {}}};
  s.contests = {contest_of({"甲"}, 1)};
  Stage stage;
  stage.boxes = {BoxId{"b"}};
  stage.contests = {s.contests[0].id};
  const auto n = [&](const char* name) { return std::to_string(num(c.input, name)); };
  paper::Table csv(paper::text_source("内容,姓名,张数,不赞成,弃权,作废格\n收回,," + n("returned") +
                                      ",,,\n空白,,0,,,\n无效,污损," + n("invalid") + ",,,\n候选人,甲,," + n("oppose") +
                                      "," + n("abstain") + "," + n("cell_invalid") + "\n"));
  const auto piles = paper::read_piles(s, stage, csv);
  ASSERT_TRUE(piles) << piles.error().what;
  paper::PaperCount count(s, stage, nullptr, {});
  ASSERT_TRUE(count.add(piles->at(0)));
  const ContestResult r = count.report().contests.at(0);
  EXPECT_EQ(r.valid, num(c.expect, "valid"));
  EXPECT_EQ(r.persons.at(0).approve, num(c.expect, "approve"));
}

void differential(const Case& c) {
  const auto& seats = c.input.at("seats").as_array();
  const auto& extra = c.expect.at("min_extra").as_array();
  ASSERT_EQ(seats.size(), extra.size());
  for (std::size_t i = 0; i < seats.size(); ++i)
    EXPECT_EQ(least_extra(seats[i].to_number<std::uint64_t>()), extra[i].to_number<std::uint64_t>());
}

ContestResult chamber(const json::value& in, const std::string& id, bool majority) {
  Contest c = contest_of({}, 3);
  c.id = ContestId{id};
  c.kind = Kind::recommendation;
  if (!majority) c.majority = {0, 1, Comparison::at_least, Base::returned};
  json::object votes = in.as_object();
  votes["returned"] = votes["voters"] = votes.at("ballots");
  return counted(c, votes, Base::returned);
}
CombinedResult combined(CombinationRule rule) {
  Combination k{CombinationId{"two"}, {"两推", ""}, rule, {}, 0, 0, 0};
  const bool weighted = rule != CombinationRule::all_over;
  k.sources = {{ContestId{"members"}, weighted ? 60U : 0U, 0}, {ContestId{"masses"}, weighted ? 40U : 0U, 0}};
  const json::value& in = the("R1").input;
  const std::vector<ContestResult> results{chamber(in.at("members"), "members", !weighted),
                                           chamber(in.at("masses"), "masses", !weighted)};
  return combine(k, results).value();
}

void recommendation(const Case& c) {
  if (c.expect.contains("members_ok")) {
    for (const char* who : {"members", "reps"}) {
      const auto& in = c.input.at(who).as_array();
      const auto A = in[0].to_number<std::uint64_t>();
      const auto E = in[1].to_number<std::uint64_t>();
      EXPECT_EQ(holds(kTwoThirds, A, E), flag(c.expect, (std::string(who) + "_ok").c_str()));
      Threshold strict = kTwoThirds;
      strict.comparison = Comparison::more_than;
      if (const json::value* v = c.expect.if_contains(std::string(who) + "_ok_strict")) {
        EXPECT_EQ(holds(strict, A, E), v->as_bool());
      }
    }
    return;
  }
  if (const json::value* pass = c.expect.if_contains("pass_")) {
    std::vector<std::string> proposed;
    for (const CombinedPerson& p : combined(CombinationRule::all_over).persons)
      if (p.proposal == Proposal::proposed) proposed.push_back(p.name);
    EXPECT_THAT(proposed, testing::ElementsAreArray(names(*pass)));
    return;
  }
  const bool rates = c.expect.contains("score_pct");
  const CombinedResult r = combined(rates ? CombinationRule::weighted_rates : CombinationRule::weighted_votes);
  std::vector<std::string> rank;
  for (const CombinedPerson& p : r.persons) {
    rank.push_back(p.name);
    const double score = c.expect.at(rates ? "score_pct" : "score").at(p.name).to_number<double>();
    EXPECT_EQ(decimal(p.score), decimal(fraction(static_cast<std::uint64_t>(score * 100 + 0.5), 100)))
        << c.id << p.name;
    if (!rates) continue;
    const Fraction exact = fraction(p.score.num, p.score.den * 100);
    EXPECT_EQ(std::to_string(exact.num) + "/" + std::to_string(exact.den), c.expect.at("exact").at(p.name).as_string());
  }
  EXPECT_EQ(rank, names(c.expect.at("rank")));
}

void admission(const Case& c) {
  Contest rules = contest_of({"申请人"}, 1);
  rules.kind = Kind::decision;
  const Numbers n = numbers_in(c.input);
  const std::uint64_t written = num(c.input, "written_yes");
  ContestCount count(rules, n, {}, {{written, 0}});
  for (const auto& [name, mark] : {std::pair{"yes", Mark::approve}, {"no", Mark::oppose}, {"abstain", Mark::abstain}})
    count.add(Selection{{mark}, {}, {}}, num(c.input, name));
  const ContestResult r = count.finish();
  EXPECT_EQ(r.need, num(c.expect, "need"));
  // A meeting that is none stops before the count (attendance), whatever the votes come to.
  Stage stage;
  stage.contests = {rules.id};
  stage.boxes = {BoxId{"b"}};
  stage.quorum = kHalf;
  Scheme s;
  s.contests = {rules};
  Attendance a;
  a.registered = a.with_vote = a.expected = n.expected;
  a.present = n.present;
  a.boxes = {{BoxId{"b"}, n.present, n.issued, n.issued, 0, 0, n.voters, n.returned}};
  if (written > 0) a.written = {{rules.id, 1, written, 0}};
  const bool meeting = imbalances(s, stage, a).empty();
  EXPECT_EQ(meeting, flag(c.expect, "meeting_ok")) << c.id;
  EXPECT_EQ(meeting && r.persons[0].outcome == Outcome::passed, flag(c.expect, "passed")) << c.id;
}

void rating(const Case& c) {
  if (const json::value* members = c.input.as_object().if_contains("members")) {
    const auto& most = c.expect.at("max_excellent").as_array();
    for (std::size_t i = 0; i < members->as_array().size(); ++i) {
      profiles::Request request;
      request.manual_reason = "按名册";
      request.title = request.body = request.term = request.place = {"会", ""};
      request.date = "2026-11-23";
      for (std::uint64_t k = 0; k < members->as_array()[i].to_number<std::uint64_t>(); ++k)
        request.candidates.push_back({"", {"党员" + std::to_string(k), ""}});
      const auto made = profiles::make_scheme(*profiles::find_profile("members-review"), request, nullptr);
      ASSERT_TRUE(made) << made.error().text();
      EXPECT_EQ(made->scheme.contests[0].rating->max_best, most[i].to_number<std::uint64_t>());
    }
    return;
  }
  Contest rules = contest_of({"甲"}, 0);
  rules.kind = Kind::rating;
  rules.majority.base = Base::valid;
  rules.rating = Rating{};
  for (const json::value& w : c.input.at("weights").as_array())
    rules.rating->grades.push_back({{"等次", ""}, static_cast<std::uint32_t>(w.to_number<std::uint64_t>())});
  rules.rating->items = {{{"总体", ""}, 100}};
  ContestCount count(rules, {});
  const auto& counts = c.input.at("counts").as_array();
  for (std::size_t g = 0; g < counts.size(); ++g)
    count.add(Selection{{}, {}, {static_cast<GradeMark>(g + 1)}}, counts[g].to_number<std::uint64_t>());
  EXPECT_EQ(std::to_string(count.finish().persons[0].score.num), c.expect.at("score").as_string());
  EXPECT_EQ(count.finish().persons[0].score.den, 1U);
}

// Votes for one person as chair, deputy and member on one sheet.
void village(const Case& c) {
  if (c.input.as_object().contains("registered")) {
    Contest rules = contest_of({}, 1);
    rules.turnout = Threshold{1, 2, Comparison::more_than, Base::registered};
    json::object in = c.input.as_object();
    in["votes"] = json::object{{"甲", in.at("votes")}};
    const ContestResult r = counted(rules, in, Base::voters);
    EXPECT_EQ(with(r, Outcome::no_decision).empty(), flag(c.expect, "valid"));
    EXPECT_EQ(with(r, Outcome::elected).size() == 1, flag(c.expect, "elected"));
    in["voters"] = 500;
    EXPECT_EQ(with(counted(rules, in, Base::voters), Outcome::no_decision).size(), 1U) << "half is not more than half";
    return;
  }
  Scheme s;
  s.boxes = {{BoxId{"b"}, {"票箱", ""}, {}, {}}};
  Stage stage;
  stage.boxes = {BoxId{"b"}};
  for (const char* office : {"chair", "deputy", "member"}) {
    Contest rules = contest_of({"甲", "乙"}, 1);
    rules.id = ContestId{office};
    rules.majority.base = Base::returned;
    s.contests.push_back(rules);
    stage.contests.push_back(rules.id);
  }
  s.contests[0].cascade = {ContestId{"deputy"}, ContestId{"member"}};
  s.contests[1].cascade = {ContestId{"member"}};
  paper::PaperCount count(s, stage, nullptr, {});
  for (std::size_t at = 0; at < 3; ++at) {
    paper::PaperBallot b;
    b.copies = num(c.input, stage.contests[at].name.c_str());
    b.unmarked = {0, 0, 0};
    for (const Contest& k : s.contests) b.selections.push_back(blank(k));
    b.selections[at].marks[0] = Mark::approve;
    ASSERT_TRUE(count.add(b));
  }
  const scheme::Report r = count.report();
  EXPECT_EQ(r.contests[0].persons[0].approve, num(c.expect, "as_chair"));
  EXPECT_EQ(r.contests[1].persons[0].approve, num(c.expect, "as_deputy"));
  EXPECT_EQ(r.contests[2].persons[0].approve, num(c.expect, "as_member"));
}

void real(const Case& c) {
  const std::uint64_t votes = num(c.input, "votes");
  const std::uint64_t valid = num(c.input, "valid");
  EXPECT_EQ(decimal(fraction(votes, valid), 100), std::to_string(c.expect.at("pct").as_double()).substr(0, 5));
  EXPECT_EQ(holds(kHalf, votes, valid), flag(c.expect, "over_half"));
  EXPECT_EQ(need(kHalf, valid), num(c.expect, "need"));
}

// Three boxes, one with a paper too many: the totals look fine, the stage stops with the box.
void venues(const Case& c) {
  Scheme s;
  Stage stage;
  stage.quorum = kHalf;
  Attendance a;
  std::uint64_t issued = 0;
  std::uint64_t returned = 0;
  for (const json::value& v : c.input.as_array()) {
    const BoxId box{"b" + std::to_string(stage.boxes.size() + 1)};
    stage.boxes.push_back(box);
    a.boxes.push_back(
        {box, num(v, "issued"), num(v, "issued"), num(v, "issued"), 0, 0, num(v, "issued"), num(v, "returned")});
    issued += num(v, "issued");
    returned += num(v, "returned");
  }
  a.registered = a.with_vote = a.expected = a.present = issued;
  EXPECT_EQ(issued, num(c.expect, "total_issued"));
  EXPECT_EQ(returned, num(c.expect, "total_returned"));
  EXPECT_EQ(returned <= issued, flag(c.expect, "total_test_ok"));
  const std::vector<Imbalance> found = imbalances(s, stage, a);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(name_of(found[0].code), "box.returned");
  EXPECT_EQ(found[0].box.name, "b" + std::to_string(num(c.expect, "bad_venue")));
}

TEST(WorkedCases, EveryOneOfThem) {
  const std::map<char, void (*)(const Case&)> groups{
      {'Q', quorum}, {'E', election},   {'S', election},     {'P', election},       {'V', whole_vote},
      {'B', ballot}, {'A', accounting}, {'D', differential}, {'R', recommendation}, {'M', admission},
      {'G', rating}, {'C', village},    {'X', real},         {'N', venues}};
  std::map<char, int> run;
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.id);
    const auto group = groups.find(c.id.at(0));
    ASSERT_NE(group, groups.end()) << "no group here knows the case " << c.id;
    group->second(c);
    ++run[c.id[0]];
  }
  EXPECT_EQ(run.size(), groups.size()) << "a group without a case";
  EXPECT_GE(cases().size(), 34U);
}

}  // namespace
}  // namespace tuixuan::tally

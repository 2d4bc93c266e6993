// Every case of data/paper-counts.json: a table of paper ballots counted by the program must come out as it was worked
// out by hand. Also the neighbours that need no table: piles, which tell less than papers.
#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/documents.h"
#include "tally/count/scores.h"
#include "tally/paper/paper_count.h"

namespace tuixuan::paper {
namespace {

namespace json = boost::json;
using testing::IsSupersetOf;
using testing::UnorderedElementsAreArray;

const json::array& cases() {
  static const json::value all = [] {
    std::ifstream in(std::filesystem::path(std::getenv("TUIXUAN_SOURCE_DIR")) / "tests/tally/data/paper-counts.json");
    std::stringstream text;
    text << in.rdbuf();
    return json::parse(text.str());
  }();
  return all.at("cases").as_array();
}

const json::value* has(const json::object& o, std::string_view name) { return o.if_contains(name); }
std::uint64_t number(const json::object& o, std::string_view name, std::uint64_t otherwise) {
  const json::value* v = has(o, name);
  return v == nullptr ? otherwise : v->to_number<std::uint64_t>();
}
std::string text(const json::object& o, std::string_view name, const char* otherwise = "") {
  const json::value* v = has(o, name);
  return v == nullptr ? otherwise : std::string(v->as_string());
}
std::vector<std::string> texts(const json::value& list) {
  std::vector<std::string> out;
  for (const json::value& v : list.as_array()) out.emplace_back(v.as_string());
  return out;
}

tally::Base base_named(const std::string& word) {
  using tally::Base;
  return word == "registered" ? Base::registered
         : word == "present"  ? Base::present
         : word == "voters"   ? Base::voters
         : word == "returned" ? Base::returned
         : word == "valid"    ? Base::valid
                              : Base::expected;
}

// "1/2 more_than voters"
tally::Threshold threshold(const std::string& words) {
  std::istringstream in(words);
  tally::Threshold t;
  char slash = 0;
  std::string comparison;
  std::string base;
  in >> t.num >> slash >> t.den >> comparison >> base;
  t.comparison = comparison == "at_least" ? tally::Comparison::at_least : tally::Comparison::more_than;
  t.base = base_named(base);
  return t;
}

tally::Contest contest_of(const json::object& o) {
  using tally::Kind;
  tally::Contest c;
  c.id = ContestId{text(o, "id")};
  c.title = {c.id.name, ""};
  const std::string kind = text(o, "kind", "election");
  c.kind = kind == "recommendation" ? Kind::recommendation
           : kind == "decision"     ? Kind::decision
           : kind == "rating"       ? Kind::rating
                                    : Kind::election;
  c.seats = static_cast<std::uint32_t>(number(o, "seats", c.kind == Kind::rating ? 0 : 1));
  c.max_choices = static_cast<std::uint32_t>(number(o, "choices", c.seats));
  for (const std::string& name : texts(o.at("candidates"))) c.candidates.push_back({name, ""});
  const auto slots = static_cast<std::uint32_t>(number(o, "slots", 0));
  if (slots > 0) {
    const std::string unmarked = text(o, "unmarked", "not_counted");
    c.write_ins = {
        text(o, "rule") == "under_opposed" ? tally::WriteInRule::under_opposed : tally::WriteInRule::free_lines,
        slots,
        45,
        {},
        unmarked == "counted"   ? tally::Unmarked::counted
        : unmarked == "abstain" ? tally::Unmarked::abstain
                                : tally::Unmarked::not_counted};
  }
  if (has(o, "majority")) c.majority = threshold(text(o, "majority"));
  if (has(o, "turnout")) c.turnout = threshold(text(o, "turnout"));
  if (const json::value* v = has(o, "cascade"))
    for (const std::string& id : texts(*v)) c.cascade.push_back(ContestId{id});
  if (const json::value* v = has(o, "excludes"))
    for (const std::string& id : texts(*v)) c.excludes.push_back(ContestId{id});
  if (has(o, "within")) c.within = ContestId{text(o, "within")};
  if (text(o, "shortage") == "renominate") c.shortage = tally::ShortageRule::renominate;
  if (text(o, "return_check") == "issued") c.return_check = tally::ReturnCheck::issued;
  if (has(o, "postpone")) c.answers.postpone = tally::Answer{{text(o, "postpone"), ""}, "△"};
  c.each_answer = has(o, "each_answer") != nullptr;
  if (c.kind != Kind::rating) return c;
  c.majority = {0, 1, tally::Comparison::at_least, tally::Base::valid};
  tally::Rating& r = c.rating.emplace();
  for (const json::value& w : o.at("grades").as_array())
    r.grades.push_back(
        {{"等次" + std::to_string(r.grades.size()), ""}, static_cast<std::uint32_t>(w.to_number<std::uint64_t>())});
  for (const json::value& w : o.at("items").as_array())
    r.items.push_back(
        {{"项" + std::to_string(r.items.size() + 1), ""}, static_cast<std::uint32_t>(w.to_number<std::uint64_t>())});
  r.not_acquainted = has(o, "not_acquainted") != nullptr;
  r.trim = has(o, "trim") != nullptr;
  r.empty = text(o, "empty") == "lowest" ? tally::EmptyCell::lowest : tally::EmptyCell::nothing;
  r.max_best = static_cast<std::uint32_t>(number(o, "max_best", 0));
  if (text(o, "best_limit") == "grades") r.best_limit = tally::BestLimit::grades;
  return c;
}

struct World {
  tally::Scheme scheme;
  tally::Attendance attendance;
  Spellings spellings;
};

World world_of(const json::object& o) {
  World w;
  w.scheme.congress.id = std::string("c");
  w.scheme.boxes = {{BoxId{"b"}, {"票箱", ""}, {}, {}}};
  tally::Stage stage;
  stage.id = StageId{"vote"};
  stage.boxes = {BoxId{"b"}};
  stage.quorum = {0, 1, tally::Comparison::at_least, tally::Base::expected};
  for (const json::value& c : o.at("contests").as_array()) {
    w.scheme.contests.push_back(contest_of(c.as_object()));
    stage.contests.push_back(w.scheme.contests.back().id);
  }
  stage.kind = w.scheme.contests[0].kind;
  if (const json::value* p = has(o, "proxies"))
    stage.proxies = static_cast<std::uint32_t>(number(p->as_object(), "per_person", 0));
  w.scheme.stages = {stage};
  const json::object& m = o.at("meeting").as_object();
  tally::Attendance& a = w.attendance;
  a.stage = stage.id;
  a.registered = a.with_vote = number(m, "registered", 0);
  a.expected = number(m, "expected", 0);
  a.present = number(m, "present", 0);
  const std::uint64_t papers = number(m, "papers", 0);
  const std::uint64_t issued = number(m, "issued", std::max(papers, number(m, "voters", papers)));
  a.boxes = {
      {BoxId{"b"}, a.present, issued, issued, 0, 0, number(m, "voters", papers), papers, number(m, "proxies", 0)}};
  if (const json::value* s = has(o, "spellings"))
    for (const auto& [from, to] : s->as_object()) w.spellings.emplace(from, std::string(to.as_string()));
  return w;
}

const tally::PersonResult* person(const tally::ContestResult& r, std::string_view name) {
  for (const tally::PersonResult& p : r.persons)
    if (tally::label(p.name, p.note) == name) return &p;
  return nullptr;
}

std::vector<std::string> with(const tally::ContestResult& r, tally::Outcome outcome) {
  std::vector<std::string> out;
  for (const tally::PersonResult& p : r.persons)
    if (p.outcome == outcome) out.push_back(tally::label(p.name, p.note));
  return out;
}

std::string step_text(const tally::NextStep& s) {
  static const std::map<tally::NextKind, std::string> kWords{
      {tally::NextKind::run_off, "run_off"},           {tally::NextKind::superior_decides, "superior"},
      {tally::NextKind::new_round, "new_round"},       {tally::NextKind::renominate, "renominate"},
      {tally::NextKind::leave_vacant, "leave_vacant"}, {tally::NextKind::confirm_base, "confirm_base"},
      {tally::NextKind::vote_again, "vote_again"}};
  std::string out = kWords.at(s.kind) + " " + std::to_string(s.seats);
  for (const std::string& name : s.names) out += " " + name;
  return out;
}

void expect_people(const json::object& e, const tally::ContestResult& r) {
  using tally::Outcome;
  const auto of = [&](const char* name, std::uint64_t tally::PersonResult::*member) {
    if (const json::value* v = has(e, name))
      for (const auto& [who, n] : v->as_object()) {
        const tally::PersonResult* p = person(r, who);
        ASSERT_NE(p, nullptr) << who;
        EXPECT_EQ(p->*member, n.to_number<std::uint64_t>()) << name << " " << who;
      }
  };
  of("votes", &tally::PersonResult::approve);
  of("cascaded", &tally::PersonResult::cascaded);
  for (const auto& [name, outcome] : {std::pair{"elected", Outcome::elected},
                                      {"tied", Outcome::tied},
                                      {"reached", Outcome::reached},
                                      {"postponed", Outcome::postponed},
                                      {"refused", Outcome::refused},
                                      {"not_passed", Outcome::not_passed},
                                      {"waits", Outcome::no_decision}}) {
    const json::value* v = has(e, name);
    if (v != nullptr) {
      EXPECT_THAT(with(r, outcome), UnorderedElementsAreArray(texts(*v))) << name;
    }
  }
  if (const json::value* v = has(e, "reasons")) {
    for (const auto& [who, code] : v->as_object())
      EXPECT_EQ(name_of(person(r, who)->reason.code), code.as_string()) << who;
  }
}

void expect_scores(const json::object& e, const tally::Contest& c, const tally::ContestResult& r) {
  if (const json::value* v = has(e, "score")) {
    for (const auto& [who, score] : v->as_object())
      EXPECT_EQ(tally::decimal(person(r, who)->score), score.as_string()) << who;
  }
  if (const json::value* v = has(e, "items"))
    for (const auto& [who, scores] : v->as_object()) {
      const std::vector<std::string> wanted = texts(scores);
      for (std::size_t i = 0; i < wanted.size(); ++i)
        EXPECT_EQ(tally::decimal(person(r, who)->items[i].score), wanted[i]) << who << " item " << i + 1;
    }
  if (const json::value* v = has(e, "best")) {
    std::vector<std::string> best;
    for (const std::size_t p : tally::mostly_best(c, r)) best.push_back(r.persons[p].name);
    EXPECT_EQ(best, texts(*v));
  }
}

void expect_contest(const json::object& e, const tally::Contest& c, const tally::ContestResult& r) {
  SCOPED_TRACE(c.id.name);
  EXPECT_EQ(r.need, number(e, "need", r.need));
  EXPECT_EQ(r.base, number(e, "base", r.base));
  EXPECT_EQ(r.vacant, number(e, "vacant", r.vacant));
  EXPECT_EQ(r.invalid, number(e, "invalid", r.invalid));
  EXPECT_EQ(r.blank, number(e, "blank", r.blank));
  if (const json::value* v = has(e, "uncounted")) {
    std::map<std::string, std::uint64_t> wanted;
    for (const auto& [check, n] : v->as_object()) wanted.emplace(check, n.to_number<std::uint64_t>());
    EXPECT_EQ(r.write_ins_not_counted, wanted);
  }
  if (const json::value* v = has(e, "next")) {
    std::vector<std::string> steps;
    for (const tally::NextStep& s : r.next) steps.push_back(step_text(s));
    EXPECT_EQ(steps, texts(*v));
  }
  expect_people(e, r);
  expect_scores(e, c, r);
}

void expect_beside(const json::object& o, const PaperCount& count) {
  const auto codes = [](const std::vector<tally::Imbalance>& all) {
    std::vector<std::string> out;
    for (const tally::Imbalance& i : all) out.emplace_back(name_of(i.code));
    return out;
  };
  const json::value* wrong = has(o, "imbalances");
  EXPECT_EQ(codes(count.imbalances()), wrong == nullptr ? std::vector<std::string>{} : texts(*wrong));
  const json::value* warned = has(o, "warnings");
  EXPECT_EQ(codes(count.warnings()), warned == nullptr ? std::vector<std::string>{} : texts(*warned));
  const json::value* doubtful = has(o, "doubtful");
  ASSERT_EQ(count.doubtful().size(), doubtful == nullptr ? 0U : doubtful->as_array().size());
  for (std::size_t i = 0; i < count.doubtful().size(); ++i) {
    const json::object& wanted = doubtful->as_array()[i].as_object();
    EXPECT_EQ(count.doubtful()[i].number, number(wanted, "number", 0));
    EXPECT_EQ(count.doubtful()[i].copies, number(wanted, "copies", 0));
    EXPECT_EQ(count.doubtful()[i].name, text(wanted, "name"));
    EXPECT_EQ(name_of(count.doubtful()[i].reason), text(wanted, "reason"));
  }
}

class PaperCases : public testing::TestWithParam<std::size_t> {};

TEST_P(PaperCases, ComeOutAsByHand) {
  const json::object& o = cases()[GetParam()].as_object();
  SCOPED_TRACE(text(o, "id") + ": " + text(o, "by_hand"));
  const World w = world_of(o);
  PaperCount count(w.scheme, w.scheme.stages[0], &w.attendance, w.spellings);
  Table csv(text_source(text(o, "ballots")));
  const auto done = read_ballots(w.scheme, w.scheme.stages[0], csv, [&](const PaperBallot& b) { return count.add(b); });
  ASSERT_TRUE(done) << done.error().text();
  expect_beside(o, count);
  const scheme::Report report = count.report();
  const json::value* expected = has(o, "expect");
  if (expected == nullptr) return;
  for (const json::value& e : expected->as_array())
    for (std::size_t i = 0; i < report.contests.size(); ++i)
      if (report.contests[i].contest.name == text(e.as_object(), "contest"))
        expect_contest(e.as_object(), w.scheme.contests[i], report.contests[i]);
}

INSTANTIATE_TEST_SUITE_P(All, PaperCases, testing::Range(std::size_t{0}, cases().size()), [](const auto& of) {
  std::string name = text(cases()[of.param].as_object(), "id");
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

// Sums do not tell whether two votes for one person stand on one paper: refused, not added up.
TEST(PaperPiles, ThatCannotTellWhetherAPaperNamesAPersonTwiceAreRefused) {
  const World w = world_of(cases()[0].as_object());
  const auto counted = [&](const std::string& deputy) {
    PaperCount count(w.scheme, w.scheme.stages[0], nullptr, {});
    Table csv(text_source(
        "票箱,选举项目,内容,姓名,张数,不赞成,弃权\nb,chair,收回,,200,,\nb,chair,空白,,0,,\nb,chair,候选人,王一,,0,140\n"
        "b,chair,候选人,孙五,,0,60\nb,deputy,收回,,200,,\nb,deputy,空白,,0,,\nb,deputy,候选人,赵三,,0,130\n"
        "b,deputy,候选人,钱四,,0,130\n" +
        deputy));
    const auto piles = read_piles(w.scheme, w.scheme.stages[0], csv);
    Result<void> done;
    if (!piles) return Result<void>(tl::unexpected<Error>(piles.error()));
    for (const Pile& pile : *piles)
      if (done) done = count.add(pile);
    return done;
  };
  EXPECT_TRUE(counted(""));
  const auto twice = counted("b,deputy,另选,王一,60,,\n");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().check, code::paper::cascade);
  EXPECT_NE(twice.error().what.find("每张票一行"), std::string::npos) << twice.error().what;
}

}  // namespace
}  // namespace tuixuan::paper

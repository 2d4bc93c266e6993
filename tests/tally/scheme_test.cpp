// Scheme and report files: one is read back as it was written; each member missing, misspelt, repeated or of the wrong
// form is told at its place; what the rules ask is refused by name.
#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/documents.h"
#include "tally/scheme/report.h"
#include "tally/scheme/scheme_file.h"
#include "tests/support/congress_kit.h"

namespace tuixuan::scheme {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

tally::Scheme a_scheme() {
  static const kit::Congress congress;
  tally::Scheme s = congress.scheme;
  s.superior_key = primitives::SigningKey::random().verify_key().bytes;
  s.contests[0].answers.postpone.reset();
  s.contests[0].turnout = tally::Threshold{};
  s.contests[0].alternative = tally::Base::present;
  s.contests[0].articles = {"选举工作条例第二十三条"};
  return s;
}
json::value tree_of(const tally::Scheme& s) { return json::parse(as_text(write_scheme(s))); }
Faults faults_of(const json::value& tree) { return parse_scheme(as_bytes(json::serialize(tree))).faults; }

bool has(const Faults& faults, std::string_view code, std::string_view path) {
  for (const Fault& f : faults)
    if (f.code == code && f.path == path && !f.zh.empty() && !f.en.empty() && !f.warning) return true;
  return false;
}

// Calls with each place of the tree: its JSON pointer and the value there.
void walk(json::value& v, const std::string& path, const std::function<void(const std::string&, json::value&)>& visit) {
  visit(path, v);
  if (auto* object = v.if_object())
    for (auto& member : *object) walk(member.value(), path + "/" + std::string(member.key()), visit);
  if (auto* array = v.if_array())
    for (std::size_t i = 0; i < array->size(); ++i) walk((*array)[i], path + "/" + std::to_string(i), visit);
}

TEST(SchemeFile, IsReadBackAsItWasWritten) {
  const tally::Scheme s = a_scheme();
  const Parsed parsed = parse_scheme(write_scheme(s));
  for (const Fault& f : parsed.faults) EXPECT_TRUE(f.warning) << f.path << " " << f.en;
  ASSERT_TRUE(parsed.scheme);
  EXPECT_EQ(*parsed.scheme, s);
}

TEST(SchemeFile, EveryMemberIsNeededOnceAndSpeltRight) {
  json::value tree = tree_of(a_scheme());
  std::vector<std::string> objects;
  walk(tree, "", [&](const std::string& path, json::value& v) {
    if (v.is_object()) objects.push_back(path);
  });
  std::size_t tried = 0;
  for (const std::string& at : objects) {
    boost::system::error_code ec;
    for (const auto& member : tree.find_pointer(at, ec)->as_object()) {
      const std::string name(member.key());
      json::value without = tree;
      without.find_pointer(at, ec)->as_object().erase(name);
      EXPECT_TRUE(has(faults_of(without), "missing", at + "/" + name)) << at << "/" << name;
      json::value misspelt = without;
      misspelt.find_pointer(at, ec)->as_object()[name + "s"] = member.value();
      EXPECT_TRUE(has(faults_of(misspelt), "unknown", at + "/" + name + "s")) << at << "/" << name;
      ++tried;
    }
  }
  EXPECT_GT(tried, 150U);
  std::printf("%zu members, each left out and misspelt\n", tried);
}

TEST(SchemeFile, AMemberTwiceIsRefused) {
  std::string text(as_text(write_scheme(a_scheme())));
  const auto at = text.find("\"rehearsal\"");
  text.insert(at, "\"rehearsal\": false,\n  ");
  EXPECT_TRUE(has(parse_scheme(as_bytes(text)).faults, "repeated", "/rehearsal"));
}

TEST(SchemeFile, EveryValueHasItsForm) {
  json::value tree = tree_of(a_scheme());
  std::size_t tried = 0;
  const auto refused = [&](const std::string& path, const json::value& put) {
    json::value changed = tree;
    boost::system::error_code ec;
    *changed.find_pointer(path, ec) = put;
    ++tried;
    const Faults faults = faults_of(changed);
    EXPECT_TRUE(refuses(faults)) << path << " = " << json::serialize(put);
  };
  walk(tree, "", [&](const std::string& path, json::value& v) {
    if (v.is_number())
      for (const json::value& put : {json::value(-1), json::value(1.5), json::value("1"), json::value(nullptr),
                                     json::value(std::uint64_t{1} << 40), json::value(json::array{})})
        refused(path, put);
    if (v.is_string())
      for (const json::value& put : {json::value(std::string(5000, 'x')), json::value("a\x01"), json::value(7),
                                     json::value(json::object{}), json::value("\u202e")})
        refused(path, put);
    if (v.is_bool()) refused(path, json::value("true"));
    if (v.is_array()) refused(path, json::value(json::object{}));
    if (v.is_object() && !path.empty()) refused(path, json::value(json::array{}));
  });
  std::printf("%zu wrong values\n", tried);
  EXPECT_GT(tried, 500U);
}

TEST(SchemeFile, WhatIsNoJson) {
  for (const char* text : {"", "{", "[]", "{} {}", "{\"a\": 1e400}", "{\"a\": 01}", "{\"a\": 1,}", "\xff", "// x\n{}"})
    EXPECT_TRUE(refuses(parse_scheme(as_bytes(text)).faults)) << text;
  EXPECT_TRUE(refuses(parse_scheme(Bytes(5U << 20U, ' ')).faults)) << "too long";
  EXPECT_TRUE(refuses(parse_scheme(to_bytes(std::string(100000, '['))).faults)) << "too deep";
}

struct Wrong {
  const char* check;
  const char* path;
  std::function<void(tally::Scheme&)> change;
};

TEST(SchemeRules, AreRefusedByNameAndPlace) {
  const Wrong wrongs[] = {
      {"V01.threshold", "/trustees/threshold", [](auto& s) { s.threshold = 0; }},
      {"V01.threshold", "/trustees/threshold", [](auto& s) { s.threshold = 4; }},
      {"V01.mixers", "/trustees/min_mixers", [](auto& s) { s.min_mixers = 1; }},
      {"V01.mixers", "/trustees/min_mixers", [](auto& s) { s.min_mixers = 9; }},
      {"V01.officers", "/supervisors", [](auto& s) { s.supervisors.pop_back(); }},
      {"V01.scheme", "/desk/key", [](auto& s) { s.desk_key = s.organiser_key; }},
      {"V01.scheme", "/kiosks/1/key", [](auto& s) { s.kiosks[1].key = s.kiosks[0].key; }},
      {"V01.scheme", "/trustees/members/2/key", [](auto& s) { s.trustees[2].key = s.trustees[0].key; }},
      {"V01.scheme", "/kiosks/1/id", [](auto& s) { s.kiosks[1].id = s.kiosks[0].id; }},
      {"V01.scheme", "/kiosks/0/box", [](auto& s) { s.kiosks[0].box.name = "nowhere"; }},
      {"V01.scheme", "/boxes/0/chamber", [](auto& s) { s.boxes[0].chamber.name = "nobody"; }},
      {"V01.scheme", "/stages/0/contests/1", [](auto& s) { s.stages[0].contests[1].name = "nothing"; }},
      {"V01.scheme", "/stages/0/contests/0", [](auto& s) { s.contests[0].kind = tally::Kind::decision; }},
      {"V01.scheme", "/contests/1", [](auto& s) { s.stages[0].contests.pop_back(); }},
      {"V01.scheme", "/stages/0/boxes", [](auto& s) { s.stages[0].boxes.clear(); }},
      {"V01.scheme", "/contests/0/candidates", [](auto& s) { s.contests[0].candidates.resize(5); }},
      {"V01.scheme", "/contests/0/candidates/1",
       [](auto& s) { s.contests[0].candidates[1] = s.contests[0].candidates[0]; }},
      {"V01.scheme", "/contests/0/max_choices", [](auto& s) { s.contests[0].max_choices = 10; }},
      {"V01.scheme", "/contests/0/min_choices", [](auto& s) { s.contests[0].min_choices = 6; }},
      {"V01.scheme", "/contests/0/seats", [](auto& s) { s.contests[0].seats = 0; }},
      {"V01.scheme", "/contests/0/write_ins", [](auto& s) { s.contests[0].write_ins.rule = tally::WriteInRule::none; }},
      {"V01.scheme", "/contests/0/write_ins/slots", [](auto& s) { s.contests[0].write_ins.slots = 0; }},
      {"V01.scheme", "/contests/0/write_ins/name_bytes", [](auto& s) { s.contests[0].write_ins.name_bytes = 2; }},
      {"V01.scheme", "/contests/0/majority", [](auto& s) { s.contests[0].majority.num = 3; }},
      {"V01.scheme", "/contests/0/alternative",
       [](auto& s) { s.contests[0].alternative = s.contests[0].majority.base; }},
      {"V01.scheme", "/contests/0/answers",
       [](auto& s) { s.contests[0].answers.oppose = s.contests[0].answers.approve; }},
      {"V01.scheme", "/contests/0/rating", [](auto& s) { s.contests[0].rating = tally::Rating{}; }},
      {"V01.scheme", "/contests/0/unlink", [](auto& s) { s.contests[0].unlink = tally::Unlink::candidate; }},
      {"V01.scheme", "/log/origin", [](auto& s) { s.log.origin = "two words"; }}};
  for (const Wrong& wrong : wrongs) {
    tally::Scheme s = a_scheme();
    wrong.change(s);
    bool found = false;
    std::string told;
    for (const Fault& f : check_scheme(s)) {
      found = found || (name_of(f.check) == wrong.check && f.path == wrong.path && !f.warning);
      told += std::string(name_of(f.check)) + " " + f.path + "; ";
    }
    EXPECT_TRUE(found) << wrong.check << " " << wrong.path << " expected, told: " << told;
    EXPECT_FALSE(parse_scheme(write_scheme(s)).scheme) << wrong.path;
  }
}

TEST(SchemeRules, WarningsDoNotStopAScheme) {
  tally::Scheme s = a_scheme();
  s.threshold = 1;
  s.contests[0].max_choices = 6;
  const Parsed parsed = parse_scheme(write_scheme(s));
  EXPECT_TRUE(parsed.scheme);
  std::size_t warnings = 0;
  for (const Fault& f : parsed.faults) warnings += f.warning ? 1 : 0;
  EXPECT_GE(warnings, 2U);
}

TEST(ReportFile, HasOneSpelling) {
  kit::Congress congress;
  congress.run(7);
  const Bytes file = congress.stage().report;
  const auto report = parse_report(file);
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(write_report(*report), file);
  const std::string text(as_text(file));
  EXPECT_EQ(parse_report(to_bytes(text + "\n")).error().check, code::report::canonical);
  EXPECT_EQ(parse_report(to_bytes(" " + text)).error().check, code::report::canonical);
  std::string other = text;
  other.replace(other.find("\"rehearsal\":true"), 16, "\"rehearsal\":\"yes\"");
  EXPECT_EQ(parse_report(to_bytes(other)).error().check, code::report::form);
  EXPECT_EQ(parse_report(to_bytes(text.substr(0, text.size() - 1))).error().check, code::report::json);
  const auto number = text.find("\"valid\":");
  std::string zero = text;
  zero.insert(number + 8, "0");
  EXPECT_FALSE(parse_report(to_bytes(zero)));
}

}  // namespace
}  // namespace tuixuan::scheme

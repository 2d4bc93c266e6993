// Broken schemes (data/broken-schemes.json): each is a sound one with an edit or two; every fault is found, placed and
// explained in both languages, all at once, and refuses the scheme or warns as it should.
#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <set>

#include "tally/profiles/advice.h"
#include "tally/profiles/new_scheme.h"

namespace tuixuan::profiles {
namespace {

namespace json = boost::json;

const tally::StrokeTable& table() {
  static const tally::StrokeTable t = tally::StrokeTable::load().value();
  return t;
}

json::array cases() {
  std::ifstream in(std::string(std::getenv("TUIXUAN_SOURCE_DIR")) + "/tests/tally/data/broken-schemes.json");
  return json::parse(std::string((std::istreambuf_iterator<char>(in)), {})).as_array();
}

tally::Key key(std::uint8_t n) {
  tally::Key k{};
  k[0] = n;
  return k;
}

// Names by strokes, keys (not real ones, but all different) where the vote is sealed.
tally::Scheme sound(const std::string& profile, bool sealed) {
  Request r;
  r.date = "2026-11-23";
  r.title = {"党员大会", "meeting"};
  r.body = {"党支部", "branch"};
  r.term = {"第八届", "eighth"};
  r.place = {"礼堂", "hall"};
  const Profile& p = *find_profile(profile);
  const char* people[] = {"丁文华", "王建国", "李秀英", "张志强", "陈玉兰", "赵海涛", "黄晓明", "刘洋", "孙桂芳"};
  for (const tally::Contest& c : p.scheme.contests)
    for (std::size_t i = 0; i < (p.names > 0 ? p.names : c.seats + c.min_extra); ++i)
      if (!p.same_names || &c == &p.scheme.contests.front())
        r.candidates.push_back({p.same_names ? "" : c.id.name, {people[i], ""}});
  if (sealed) {
    r.kiosks = 1;
    r.supervisors = {"周敏", "吴建军"};
    r.trustees = {"郑国强", "冯丽华", "许志明"};
  }
  tally::Scheme s = make_scheme(p, r, &table())->scheme;
  std::uint8_t n = 0;
  if (!sealed) return s;
  for (tally::Key* k : {&s.log.key, &s.organiser_key, &s.desk_key, &s.server_pin.bytes}) *k = key(++n);
  for (auto& x : s.supervisors) x.key = key(++n);
  for (auto& x : s.kiosks) x.key = key(++n);
  for (auto& x : s.trustees) x.key = key(++n);
  return s;
}

json::value tree_of(const tally::Scheme& s) { return json::parse(as_text(scheme::write_scheme(s))); }

scheme::Faults faults_of(const json::value& tree, bool sealed) {
  return check_file(as_bytes(json::serialize(tree)), sealed ? scheme::Use::sealed : scheme::Use::paper, &table())
      .faults;
}

// An edit: [pointer, value]; without a value the member is taken away.
void edit(json::value& tree, const json::array& change) {
  const std::string pointer(change[0].as_string());
  const auto slash = pointer.rfind('/');
  json::value& parent = *tree.find_pointer(pointer.substr(0, slash), *std::make_unique<boost::system::error_code>());
  const std::string last = pointer.substr(slash + 1);
  if (auto* object = parent.if_object()) {
    if (change.size() < 2) {
      object->erase(last);
    } else {
      (*object)[last] = change[1];
    }
    return;
  }
  json::array& list = parent.as_array();
  if (last == "-") {
    list.push_back(change[1]);
  } else if (change.size() < 2) {
    list.erase(list.begin() + std::stol(last));
  } else {
    list.at(std::stoul(last)) = change[1];
  }
}

TEST(BrokenSchemes, EachFaultIsFoundPlacedAndExplained) {
  const json::array all = cases();
  std::set<std::string> codes;
  std::size_t faults = 0;
  std::size_t refused = 0;
  for (const json::value& one : all) {
    const std::string name(one.at("name").as_string());
    SCOPED_TRACE(name);
    const auto* sealed_member = one.as_object().if_contains("sealed");
    const bool sealed = sealed_member != nullptr && sealed_member->as_bool();
    json::value tree = tree_of(sound(std::string(one.at("profile").as_string()), sealed));
    const scheme::Faults before = faults_of(tree, sealed);
    EXPECT_FALSE(scheme::refuses(before));
    for (const json::value& change : one.at("edits").as_array()) edit(tree, change.as_array());
    const scheme::Faults found = faults_of(tree, sealed);
    bool should_refuse = false;
    for (const json::value& wanted : one.at("faults").as_array()) {
      const std::string code(wanted.at(0).as_string());
      const std::string path(wanted.at(1).as_string());
      const bool warning = wanted.at(2).as_string() == "warning";
      should_refuse = should_refuse || !warning;
      const auto it = std::find_if(found.begin(), found.end(), [&](const scheme::Fault& f) {
        return f.code == code && f.path == path && f.warning == warning;
      });
      std::string told;
      for (const scheme::Fault& f : found) told += f.code + " " + f.path + (f.warning ? " warning; " : "; ");
      ASSERT_NE(it, found.end()) << code << " " << path << " expected, told: " << told;
      EXPECT_EQ(std::count(before.begin(), before.end(), *it), 0) << "told before anything was wrong";
      codes.insert(code);
      ++faults;
    }
    EXPECT_EQ(scheme::refuses(found), should_refuse);
    refused += should_refuse ? 1 : 0;
    for (const scheme::Fault& f : found) {
      EXPECT_FALSE(f.zh.empty());
      EXPECT_FALSE(f.en.empty());
      EXPECT_NE(f.zh, f.en);
      EXPECT_NE(f.check, Code());
      boost::system::error_code ec;
      const std::string parent = f.path.substr(0, f.path.rfind('/'));
      EXPECT_TRUE(f.path.empty() || tree.find_pointer(parent, ec) != nullptr) << f.path << " is no place of the file";
    }
  }
  EXPECT_GE(refused, 30U);
  std::printf("%zu broken schemes, %zu refused, %zu faults of %zu codes\n", all.size(), refused, faults, codes.size());
}

}  // namespace
}  // namespace tuixuan::profiles

// Every code has a name of its own and a Chinese and an English sentence that say what to do, and finds its way back.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "crypto/codes/base.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/client.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/kiosk.h"
#include "crypto/codes/server.h"

namespace tuixuan {
namespace {

bool has_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xe4; });
}
bool has_english(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; }) > 4;
}

TEST(Codes, each_has_both_sentences_and_says_what_to_do) {
  for (const Code code : all_codes()) {
    const Sentences words = sentences_of(code);
    const Sentences advice = advice_on(code);
    EXPECT_TRUE(has_chinese(words.zh)) << name_of(code) << ": " << words.zh;
    EXPECT_TRUE(has_english(words.en) && !has_chinese(words.en)) << name_of(code) << ": " << words.en;
    EXPECT_EQ(advice.zh.empty(), advice.en.empty()) << name_of(code);
    const bool fact = code == code::plain::none || code.area() == Area::reason;  // nothing is to be done
    if (fact || !advice.zh.empty()) continue;
    const bool zh = words.zh.find("；") != std::string_view::npos || words.zh.find("请") != std::string_view::npos;
    const bool en = words.en.find("; ") != std::string_view::npos ||
                    words.en.find("lease ") != std::string_view::npos || words.en.find(", ") != std::string_view::npos;
    EXPECT_TRUE(zh) << name_of(code) << " does not say what to do: " << words.zh;
    EXPECT_TRUE(en) << name_of(code) << " does not say what to do: " << words.en;
  }
}

TEST(Codes, names_are_unique_and_lead_back) {
  std::set<std::string_view> names;
  for (const Code code : all_codes()) {
    EXPECT_TRUE(names.insert(name_of(code)).second) << name_of(code);
    EXPECT_EQ(code_named(name_of(code)), code);
    EXPECT_TRUE(is_listed(name_of(code)));
  }
  EXPECT_GT(names.size(), 380U);
  EXPECT_EQ(code_named("V08.pok"), code::V08::pok);
  EXPECT_EQ(name_of(code::net::pin), "net.pin");
  EXPECT_EQ(name_of(code::log::short_), "log.short");
  EXPECT_EQ(name_of(Code()), "none");
  EXPECT_FALSE(is_listed("nobody.knows"));
  EXPECT_EQ(code_named("nobody.knows"), code::plain::unknown);
}

// What the rules of the log refuse is never taken; nothing else is refused for ever by a server or a network, and no
// machine's own disk passes for either.
TEST(Codes, only_the_rules_refuse_for_ever) {
  static const std::regex kRule("[EVAC][0-9]{2}\\..*");
  for (const Code code : all_codes())
    if (std::regex_match(std::string(name_of(code)), kRule)) {
      EXPECT_EQ(kind_of(code) == ErrorKind::never, code != code::E09::stale) << name_of(code);
    }
  for (const Code code :
       {Code(code::net::connect), Code(code::net::tls), Code(code::net::timeout), Code(code::net::broken),
        Code(code::net::http), Code(code::net::pin), Code(code::server::busy), Code(code::server::storage),
        Code(code::server::stopping), Code(code::server::trouble), Code(code::plain::unknown)})
    EXPECT_EQ(kind_of(code), ErrorKind::later) << name_of(code);
  for (const Code code :
       {Code(code::journal::write), Code(code::journal::read), Code(code::journal::open), Code(code::ledger::io),
        Code(code::ledger::full), Code(code::ledger::readonly), Code(code::ledger::broken), Code(code::device::scanner),
        Code(code::kiosk::witness), Code(code::witness::storage), Code(code::trustee::folder), Code(code::key::file)})
    EXPECT_EQ(kind_of(code), ErrorKind::mine) << name_of(code);
}

TEST(Codes, differ_by_area_and_number) {
  EXPECT_NE(Code(code::V03::encoding), Code(code::V04::encoding));
  EXPECT_EQ(Code(code::V04::encoding).area(), Area::V04);
  EXPECT_NE(Code(code::V13::E1), Code(code::V13::E2));
}

}  // namespace
}  // namespace tuixuan

// A file of approval ballots, read or refused whole with its line.
#include "tally/demo/ballot_file.h"
#include "crypto/codes/catalogue.h"

#include <gtest/gtest.h>

namespace tuixuan::demo {
namespace {

constexpr std::string_view kNames = "# Candidates, numbered from 1: 1 Anne, 2 Bao, 3 Chloé\n";

std::string refusal(const std::string& file) {
  const auto read = parse_ballot_file(as_bytes(file));
  return read ? "" : std::string(name_of(read.error().check)) + " " + read.error().what;
}

TEST(BallotFile, GivesABallotForEachVoter) {
  const auto read = parse_ballot_file(as_bytes(std::string(kNames) + "voters,approved\r\n2,1 3\n1,\n"));
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read->candidates, (std::vector<std::string>{"Anne", "Bao", "Chloé"}));
  EXPECT_EQ(read->ballots, (std::vector<std::vector<std::uint32_t>>{{1, 3}, {1, 3}, {}}));
}

TEST(BallotFile, RefusesWithTheLine) {
  const std::string names(kNames);
  const std::string head = names + "voters,approved\n";
  EXPECT_EQ(refusal(""), "ballot-file there is no ballot in it");
  EXPECT_EQ(refusal("voters,approved\n1,1\n"), "ballot-file line 1: no comment before names the candidates");
  EXPECT_EQ(refusal(names + "1,1\n"), "ballot-file line 2: the table begins with \"voters,approved\"");
  EXPECT_EQ(refusal("# Candidates, numbered from 1: 2 Bao\n"), "ballot-file line 1: candidate 1 is expected next");
  EXPECT_EQ(refusal(head + names), "ballot-file line 3: the candidates are named a second time");
  EXPECT_EQ(refusal(head + "1\n"), "ballot-file line 3: a row is \"voters,approved\"");
  EXPECT_EQ(refusal(head + "x,1\n"), "ballot-file line 3: the number of voters is not one, or too large");
  EXPECT_EQ(refusal(head + "1000001,1\n"), "ballot-file line 3: the number of voters is not one, or too large");
  for (const char* list : {"4", "0", "2 1", "1 1", "1  2", "-1"})
    EXPECT_EQ(refusal(head + "1," + list + "\n").substr(0, 20), "ballot-file line 3: ") << list;
}

}  // namespace
}  // namespace tuixuan::demo

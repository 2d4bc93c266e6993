// Small worlds of paper, all of them: votes that fall to a lower office, and ratings with empty cells, counted by the
// program and by a slow obvious count written here from the rules (RULES.md L-3, G-4, G-6), which shares nothing with
// it.
#include <gtest/gtest.h>

#include <numeric>
#include <set>

#include "tally/paper/paper_count.h"

namespace tuixuan::paper {
namespace {

using Names = std::set<std::string>;

struct Column {                    // of one office on one paper
  std::vector<std::string> cells;  // as in the table: two candidates and one line
  Names votes;                     // none where too many are chosen
};

// Every way to fill an office's column, and whom it gives a vote.
std::vector<Column> columns(const std::string& first, const std::string& second,
                            const std::vector<std::string>& written) {
  std::vector<Column> out;
  const std::vector<std::string> signs{"", "○"};
  for (const std::string& a : signs)
    for (const std::string& b : signs)
      for (const std::string& name : written) {
        Column c{{a, b, name.empty() ? "" : name + "○"}, {}};
        const int chosen = (a.empty() ? 0 : 1) + (b.empty() ? 0 : 1) + (name.empty() ? 0 : 1);
        if (chosen <= 1) {
          if (!a.empty()) c.votes.insert(first);
          if (!b.empty()) c.votes.insert(second);
          if (!name.empty() && name != first && name != second) c.votes.insert(name);
        }
        out.push_back(c);
      }
  return out;
}

tally::Contest office(const char* id, const std::string& first, const std::string& second) {
  tally::Contest c;
  c.id = ContestId{id};
  c.title = {id, ""};
  c.candidates = {{first, ""}, {second, ""}};
  c.write_ins = {tally::WriteInRule::free_lines, 1, 45, {}, tally::Unmarked::not_counted};
  c.majority = {1, 2, tally::Comparison::more_than, tally::Base::returned};
  return c;
}

// Elected to the one seat: whoever alone has the most of those over half; nobody where several have.
std::string elected(const std::map<std::string, int>& votes, int papers, const std::string& above) {
  std::string best;
  int most = 0;
  int level = 0;
  for (const auto& [name, n] : votes) {
    if (2 * n <= papers || name == above) continue;
    if (n > most) most = n, level = 0, best = name;
    if (n == most) ++level;
  }
  return level == 1 ? best : "";
}

TEST(SmallPapers, APaperGivesAPersonOneVoteAnOfficeHoweverItReachesIt) {
  tally::Scheme s;
  s.congress.id = std::string("c");
  s.boxes = {{BoxId{"b"}, {"票箱", ""}, {}, {}}};
  tally::Contest chair = office("chair", "甲", "乙");
  chair.cascade = {ContestId{"deputy"}};
  s.contests = {chair, office("deputy", "甲", "丙")};
  tally::Stage stage;
  stage.id = StageId{"vote"};
  stage.boxes = {BoxId{"b"}};
  stage.contests = {ContestId{"chair"}, ContestId{"deputy"}};
  s.stages = {stage};
  const auto chairs = columns("甲", "乙", {"", "丁", "甲"});
  const auto deputies = columns("甲", "丙", {"", "丁", "乙"});
  const std::size_t all = chairs.size() * deputies.size();
  const std::string head = "chair/甲,chair/乙,chair/另选1,deputy/甲,deputy/丙,deputy/另选1,张数\n";
  for (std::size_t one = 0; one < all; ++one)
    for (std::size_t two = one; two < all; ++two) {
      std::map<std::string, int> up;
      std::map<std::string, int> low;
      std::string table = head;
      for (const std::size_t paper : {one, two}) {
        const Column& a = chairs[paper / deputies.size()];
        const Column& b = deputies[paper % deputies.size()];
        for (const Column* c : {&a, &b})
          for (const std::string& cell : c->cells) table += cell + (c == &b && &cell == &b.cells.back() ? ",1\n" : ",");
        Names there = b.votes;
        there.insert(a.votes.begin(), a.votes.end());
        for (const std::string& name : a.votes) ++up[name];
        for (const std::string& name : there) ++low[name];
      }
      PaperCount count(s, stage, nullptr, {});
      Table csv(text_source(table));
      ASSERT_TRUE(read_ballots(s, stage, csv, [&](const PaperBallot& b) { return count.add(b); })) << table;
      const scheme::Report r = count.report();
      const std::string chosen = elected(up, 2, "");
      for (std::size_t i = 0; i < 2; ++i) {
        const auto& votes = i == 0 ? up : low;
        const std::string who = i == 0 ? chosen : elected(low, 2, chosen);
        for (const tally::PersonResult& p : r.contests[i].persons) {
          const auto it = votes.find(p.name);
          ASSERT_EQ(p.approve, static_cast<std::uint64_t>(it == votes.end() ? 0 : it->second)) << p.name << "\n"
                                                                                               << table;
          ASSERT_EQ(p.outcome == tally::Outcome::elected, p.name == who) << p.name << "\n" << table;
        }
      }
    }
}

// Marks of one item: 1 to 3 a grade, 4 不了解, 0 nothing. The mean as sum and number, after the trim.
std::pair<long, long> item(std::vector<int> marks, bool lowest, bool trim) {
  std::vector<long> points;
  for (const int m : marks) {
    if (m >= 1 && m <= 3) points.push_back(m == 1 ? 100 : m == 2 ? 80 : 60);
    if (m == 0 && lowest) points.push_back(60);
  }
  std::sort(points.begin(), points.end());
  if (trim && points.size() > 5) points = {points.begin() + 1, points.end() - 1};
  return {std::accumulate(points.begin(), points.end(), 0L), static_cast<long>(points.size())};
}

TEST(SmallPapers, ATotalIsItsItemsByTheirWeights) {
  tally::Contest c;
  c.id = ContestId{"r"};
  c.kind = tally::Kind::rating;
  c.seats = c.max_choices = 0;
  c.candidates = {{"甲", ""}};
  c.majority = {0, 1, tally::Comparison::at_least, tally::Base::valid};
  c.rating.emplace();
  c.rating->grades = {{{"优", ""}, 100}, {{"良", ""}, 80}, {{"差", ""}, 60}};
  c.rating->items = {{{"德", ""}, 30}, {{"能", ""}, 70}};
  c.rating->not_acquainted = true;
  for (const bool lowest : {false, true})
    for (const bool trim : {false, true}) {
      c.rating->empty = lowest ? tally::EmptyCell::lowest : tally::EmptyCell::nothing;
      c.rating->trim = trim;
      const int copies = trim ? 2 : 1;  // six forms, so that there is something to trim
      for (int world = 0; world < 25 * 25 * 25; ++world) {
        tally::ContestCount count(c, {});
        std::vector<int> first;
        std::vector<int> second;
        for (int form = 0, rest = world; form < 3; ++form, rest /= 25) {
          const int a = rest % 25 / 5;
          const int b = rest % 5;
          count.add({{}, {}, {static_cast<tally::GradeMark>(a), static_cast<tally::GradeMark>(b)}},
                    static_cast<std::uint64_t>(copies));
          for (int i = 0; i < copies; ++i) first.push_back(a), second.push_back(b);
        }
        const auto [s1, n1] = item(first, lowest, trim);
        const auto [s2, n2] = item(second, lowest, trim);
        long num = 0;
        long den = 1;
        if (n1 > 0 && n2 > 0) num = 30 * s1 * n2 + 70 * s2 * n1, den = 100 * n1 * n2;
        if (n1 > 0 && n2 == 0) num = s1, den = n1;
        if (n1 == 0 && n2 > 0) num = s2, den = n2;
        const tally::Fraction score = count.finish().persons[0].score;
        ASSERT_EQ(static_cast<long>(score.num) * den, num * static_cast<long>(score.den))
            << world << " " << lowest << trim;
      }
    }
}

}  // namespace
}  // namespace tuixuan::paper

// The printed words and the rule that counts never disagree: a paper of every profile is filled in as its words say, by
// somebody who reads nothing but the words, and counted; what the words promise must come out.
#include <gmock/gmock.h>

#include "tally/paper/paper_count.h"
#include "tally/profiles/new_scheme.h"
#include "tally/scheme/ballot_text.h"

namespace tuixuan::profiles {
namespace {

using tally::Contest;
using tally::ContestResult;

constexpr const char* kPeople[] = {"黄晓明", "王建国", "赵海涛", "丁文华", "陈玉兰",
                                   "李秀英", "张志强", "孙桂芳", "刘洋"};
constexpr const char* kOthers[] = {"欧阳一", "欧阳二", "欧阳三", "欧阳四", "欧阳五",
                                   "欧阳六", "欧阳七", "欧阳八", "欧阳九"};
constexpr std::uint64_t kPapers = 10;

tally::Scheme filled_in(const Profile& p) {
  Request r;
  r.date = "2026-11-23";
  r.manual_reason = "测试";
  for (const Contest& c : p.scheme.contests) {
    const std::size_t least = p.names > 0 ? p.names : c.seats + c.min_extra;
    for (std::size_t i = 0; i < least && !p.no_names; ++i)
      if (!p.same_names || c.id == p.scheme.contests.front().id)
        r.candidates.push_back({p.same_names ? "" : c.id.name, {kPeople[i], ""}});
    if (!c.write_ins.eligible.empty())
      for (const char* name : kOthers) r.eligible.push_back({name, ""});
  }
  auto made = make_scheme(p, r, nullptr);
  EXPECT_TRUE(made) << made.error().text();
  return made->scheme;
}

// What somebody knows who has the paper in front of them: its words, its names, its blank lines.
class Reader {
 public:
  Reader(const tally::Scheme& s, const tally::Stage& stage, const Contest& c) : s_(s), stage_(stage), c_(c) {
    for (const tally::Text& line : scheme::ballot_instructions(s, c)) words_ += line.zh;
  }

  bool says(std::string_view words) const { return words_.find(words) != std::string::npos; }
  const std::string& words() const { return words_; }
  // The text between two others, or nothing.
  std::string between(const std::string& before, const std::string& after) const {
    const std::size_t at = words_.find(before);
    if (at == std::string::npos) return {};
    const std::size_t from = at + before.size();
    const std::size_t to = words_.find(after, from);
    return to == std::string::npos ? std::string{} : words_.substr(from, to - from);
  }
  // The sign that the legend gives an answer, by its label; empty where nothing is drawn.
  std::optional<std::string> sign_of(const std::string& label) const {
    for (const char* lead : {"：", "，"})
      if (const std::string sign = between(lead + label + "画“", "”"); !sign.empty()) return sign;
    for (const char* lead : {"：", "，"})
      if (says(lead + label + "不画任何符号")) return "";
    return std::nullopt;
  }
  std::size_t most() const {
    if (says("只能选 1 名") || says("只能推荐 1 名")) return 1;
    for (const char* verb : {"至多选 ", "至多推荐 "})
      if (const std::string n = between(verb, " 名"); !n.empty()) return std::stoul(n);
    return 0;
  }
  // A name as the words ask to write it.
  std::string written(const std::string& name) const {
    if (says("写上姓名即为")) return name;
    return name + between("在其姓名的空格内画“", "”");
  }

  // Fills the same paper kPapers times: cells by their column ("甲", "另选1", ...), of this contest and of others.
  std::vector<ContestResult> count(const std::map<std::string, std::string>& cells,
                                   const Contest* also = nullptr) const {
    std::string head;
    std::string row;
    for (const ContestId& id : stage_.contests) {
      const Contest& c = *s_.contest(id);
      for (const std::string& column : columns(c)) {
        head += column_name(c, column) + ",";
        const bool mine = c.id == c_.id || (also != nullptr && c.id == also->id);
        const auto it = cells.find(column);
        row += (mine && it != cells.end() ? it->second : "") + ",";
      }
    }
    paper::PaperCount count(s_, stage_, nullptr, {});
    paper::Table csv(
        paper::text_source(head + "票箱,张数\n" + row + stage_.boxes[0].name + "," + std::to_string(kPapers) + "\n"));
    const auto done = paper::read_ballots(s_, stage_, csv, [&](const paper::PaperBallot& b) { return count.add(b); });
    EXPECT_TRUE(done) << done.error().text() << "\n" << head << "\n" << row;
    return count.report().contests;
  }
  ContestResult count_mine(const std::map<std::string, std::string>& cells) const {
    for (ContestResult& r : count(cells))
      if (r.contest == c_.id) return r;
    return {};
  }

 private:
  static std::vector<std::string> columns(const Contest& c) {
    std::vector<std::string> out;
    for (const tally::Candidate& k : c.candidates)
      if (c.rating && c.rating->items.size() > 1)
        for (const tally::Item& item : c.rating->items) out.push_back(k.name + "/" + item.title.zh);
      else
        out.push_back(k.name);
    for (std::uint32_t i = 0; i < c.write_ins.slots; ++i)
      out.push_back(c.write_ins.rule == tally::WriteInRule::under_opposed ? "另选@" + c.candidates[i].name
                                                                          : "另选" + std::to_string(i + 1));
    return out;
  }
  std::string column_name(const Contest& c, const std::string& column) const {
    return stage_.contests.size() > 1 ? c.id.name + "/" + column : column;
  }

  const tally::Scheme& s_;
  const tally::Stage& stage_;
  const Contest& c_;
  std::string words_;
};

std::uint64_t votes(const ContestResult& r, const std::string& name) {
  for (const tally::PersonResult& p : r.persons)
    if (p.name == name) return p.approve;
  return 0;
}

void a_written_name_counts_as_the_words_say(const Reader& paper, const Contest& c) {
  std::map<std::string, std::string> cells;
  const bool under = c.write_ins.rule == tally::WriteInRule::under_opposed;
  if (under) {
    const auto oppose = paper.sign_of(c.answers.oppose.label.zh);
    ASSERT_TRUE(oppose) << paper.words();
    cells[c.candidates[0].name] = *oppose;
  }
  const std::string place = under ? "另选@" + c.candidates[0].name : "另选1";
  cells[place] = paper.written(kOthers[0]);
  const ContestResult r = paper.count_mine(cells);
  EXPECT_EQ(votes(r, kOthers[0]), kPapers) << "filled in as the paper says: " << paper.words();
  EXPECT_TRUE(r.write_ins_not_counted.empty());
  cells[place] = kOthers[0];  // the bare name
  const ContestResult bare = paper.count_mine(cells);
  const bool counts = paper.says("写上姓名即为");
  const bool not_counted = paper.says("只写姓名不画的不计票");
  const bool abstains = paper.says("只写姓名不画的按弃权计");
  ASSERT_EQ((counts ? 1 : 0) + (not_counted ? 1 : 0) + (abstains ? 1 : 0), 1) << paper.words();
  EXPECT_EQ(votes(bare, kOthers[0]), counts ? kPapers : 0) << paper.words();
  if (not_counted) {
    EXPECT_EQ(bare.write_ins_not_counted.count("ballot.write_in_unmarked"), 1U);
  }
  if (abstains) {
    EXPECT_EQ(bare.write_ins_not_counted.count("ballot.write_in_abstained"), 1U);
  }
}

void signs_mean_what_the_legend_says(const Reader& paper, const Contest& c) {
  std::vector<std::pair<const tally::Answer*, std::uint64_t tally::PersonResult::*>> all{
      {&c.answers.approve, &tally::PersonResult::approve},
      {&c.answers.oppose, &tally::PersonResult::oppose},
      {&c.answers.abstain, &tally::PersonResult::abstain}};
  if (c.answers.postpone) all.emplace_back(&*c.answers.postpone, &tally::PersonResult::postpone);
  for (const auto& [answer, member] : all) {
    const auto sign = paper.sign_of(answer->label.zh);
    ASSERT_TRUE(sign) << answer->label.zh << ": " << paper.words();
    const ContestResult r = paper.count_mine({{c.candidates[0].name, *sign}});
    EXPECT_EQ(r.persons[0].*member, kPapers) << answer->label.zh << ": " << paper.words();
  }
}

// As many as may be chosen count; one more is what the words say it is.
void the_limit_is_the_one_printed(const Reader& paper, const Contest& c) {
  const std::size_t most = paper.most();
  ASSERT_GT(most, 0U) << paper.words();
  const std::string approve = c.candidates.empty() ? "" : paper.sign_of(c.answers.approve.label.zh).value_or("");
  const auto filled = [&](std::size_t n) {
    std::map<std::string, std::string> cells;
    for (std::size_t i = 0; i < n && i < c.candidates.size(); ++i) cells[c.candidates[i].name] = approve;
    if (c.write_ins.rule == tally::WriteInRule::free_lines)
      for (std::size_t i = c.candidates.size(); i < n; ++i)
        cells["另选" + std::to_string(i - c.candidates.size() + 1)] = paper.written(kOthers[i - c.candidates.size()]);
    return cells;
  };
  const std::size_t places =
      c.candidates.size() + (c.write_ins.rule == tally::WriteInRule::free_lines ? c.write_ins.slots : 0);
  EXPECT_EQ(paper.count_mine(filled(std::min(most, places))).invalid, 0U) << paper.words();
  if (places <= most) return;
  EXPECT_TRUE(paper.says("整票无效") != paper.says("该职务栏无效")) << paper.words();
  for (const ContestResult& r : paper.count(filled(most + 1)))
    EXPECT_EQ(r.invalid, r.contest == c.id ? kPapers : 0U) << r.contest.name << ": " << paper.words();
}

void a_blank_is_what_the_words_say(const Reader& paper) {
  const ContestResult r = paper.count_mine({});
  const bool invalid = paper.says("什么都不填的为无效票");
  EXPECT_EQ(r.invalid, invalid ? kPapers : 0U) << paper.words();
  if (!invalid) {
    EXPECT_EQ(r.blank, kPapers);
  }
}

void ratings_score_as_the_words_say(const Reader& paper, const tally::Scheme& s, const Contest& c) {
  const tally::Rating& rating = *c.rating;
  std::map<std::string, std::string> cells;
  std::vector<std::string> columns;
  for (const tally::Candidate& k : c.candidates)
    for (const tally::Item& item : rating.items)
      columns.push_back(rating.items.size() > 1 ? k.name + "/" + item.title.zh : k.name);
  for (const std::string& column : columns) cells[column] = rating.grades[1].label.zh;
  const std::string first = columns[0];
  cells[first].clear();  // an empty cell in the first item of the first person
  const ContestResult r = paper.count_mine(cells);
  const bool nothing = paper.says("空着不画的，不计入得分");
  ASSERT_NE(nothing, paper.says("空着不画的，按“")) << paper.words();
  if (nothing && rating.items.size() > 1) {
    EXPECT_EQ(tally::decimal(r.persons[0].score), tally::decimal(r.persons[1].score));
  }
  if (paper.says("“不了解”栏")) {
    cells[first] = "不了解";
    EXPECT_EQ(tally::decimal(paper.count_mine(cells).persons[0].score),
              tally::decimal(paper.count_mine(cells).persons[1].score));
  }
  for (const std::string& column : columns) cells[column] = rating.grades[0].label.zh;
  const bool voids = paper.says("人，多于的整票无效") || paper.says("评同一等次的，整票无效");
  EXPECT_EQ(paper.count_mine(cells).invalid, voids ? kPapers : 0U) << paper.words();
  EXPECT_FALSE(s.contests.empty());
}

// "此处的得票同时计入“X”": the paper marks the upper office only.
void votes_fall_where_the_words_say(const Reader& paper, const tally::Scheme& s, const Contest& c) {
  const auto approve = paper.sign_of(c.answers.approve.label.zh);
  ASSERT_TRUE(approve);
  const std::vector<ContestResult> all = paper.count({{c.candidates[0].name, *approve}});
  for (const ContestResult& r : all) {
    const std::string title = s.contest(r.contest)->title.zh;
    const bool here = r.contest == c.id || paper.says("此处的得票同时计入“" + title + "”");
    EXPECT_EQ(votes(r, c.candidates[0].name), here ? kPapers : 0U) << title << ": " << paper.words();
  }
}

class EveryPaper : public testing::TestWithParam<Profile> {};

TEST_P(EveryPaper, FilledInAsItsWordsSayCountsAsTheySay) {
  const tally::Scheme s = filled_in(GetParam());
  for (const tally::Stage& stage : s.stages)
    for (const ContestId& id : stage.contests) {
      const Contest& c = *s.contest(id);
      SCOPED_TRACE(stage.id.name + "/" + id.name);
      const Reader paper(s, stage, c);
      a_blank_is_what_the_words_say(paper);
      if (c.rating) {
        ratings_score_as_the_words_say(paper, s, c);
        continue;
      }
      if (!c.candidates.empty()) signs_mean_what_the_legend_says(paper, c);
      if (c.write_ins.rule != tally::WriteInRule::none) a_written_name_counts_as_the_words_say(paper, c);
      if (c.kind != tally::Kind::decision) the_limit_is_the_one_printed(paper, c);
      if (!c.cascade.empty()) votes_fall_where_the_words_say(paper, s, c);
      EXPECT_EQ(paper.says("不推荐画"), c.kind == tally::Kind::recommendation && !c.candidates.empty());
    }
}

INSTANTIATE_TEST_SUITE_P(Profiles, EveryPaper, testing::ValuesIn(all_profiles()), [](const auto& of) {
  std::string name = of.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace tuixuan::profiles

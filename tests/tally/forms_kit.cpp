#include "tests/tally/forms_kit.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace tuixuan::forms {
namespace {

using tally::Kind;
using tally::Mark;

constexpr std::array kNames{"丁一",
                            "王建国",
                            "王小明",
                            "阿不都热依木·买买提江",
                            "李红",
                            "欧阳文静",
                            "张伟",
                            "陈晓东",
                            "古丽巴哈尔·艾尔肯",
                            "赵德胜",
                            "诺尔布·次仁旺堆多吉",
                            "司马长风",
                            "刘洋",
                            "黄志强",
                            "魏佳"};

std::string name_of_person(std::size_t i) {
  std::string name = kNames.at(i % kNames.size());
  static constexpr std::array kMore{"", "甲", "乙", "丙", "丁"};
  return name + kMore.at(i / kNames.size() % kMore.size());
}

tally::Contest contest_of(std::size_t persons, Kind kind, std::size_t grades) {
  tally::Contest contest;
  contest.id = ContestId{"committee"};
  contest.kind = kind;
  contest.title = {"中共红星村支部委员会委员", "Members of the branch committee"};
  contest.seats = kind == Kind::rating ? 0 : static_cast<std::uint32_t>(persons > 10 ? persons * 5 / 6 : persons - 1);
  contest.max_choices = std::max(1U, contest.seats);
  for (std::size_t i = 0; i < persons; ++i)
    contest.candidates.push_back({name_of_person(i), i % 7 == 4 ? "女，红星村第三村民小组" : ""});
  if (kind == Kind::election || kind == Kind::recommendation)
    contest.write_ins = {tally::WriteInRule::free_lines, 2, 60, {}};
  if (kind == Kind::decision) contest.answers.postpone = tally::Answer{{"缓议", "postpone"}, "△"};
  if (kind != Kind::rating) return contest;
  contest.majority.base = tally::Base::valid;
  contest.rating = tally::Rating{};
  static const std::array<tally::Text, 6> kGrades{{{"优秀", "excellent"},
                                                   {"良好", "good"},
                                                   {"称职", "fair"},
                                                   {"基本称职", "mostly fair"},
                                                   {"一般", "middling"},
                                                   {"不称职", "unfit"}}};
  for (std::size_t g = 0; g < grades; ++g)
    contest.rating->grades.push_back({kGrades.at(g), static_cast<std::uint32_t>(100 - 15 * g)});
  contest.rating->items = {{{"总体评价", "overall"}, 60}, {{"廉洁自律", "integrity"}, 40}};
  contest.rating->not_acquainted = true;
  return contest;
}

tally::Selection selection_of(const tally::Contest& contest, std::size_t ballot) {
  tally::Selection s = tally::blank(contest);
  for (std::size_t i = 0; i < s.grades.size(); ++i)
    s.grades[i] = static_cast<tally::GradeMark>((i * 3 + ballot * ballot) % (contest.rating->grades.size() + 2));
  std::size_t chosen = 0;
  for (std::size_t i = 0; i < s.marks.size(); ++i) {
    const std::size_t mood = (i * 7 + ballot * 5) % (12 + i % 9);
    s.marks[i] = mood < 9 && chosen < contest.max_choices ? Mark::approve
                 : mood % 2 == 0                          ? Mark::oppose
                                                          : Mark::abstain;
    chosen += s.marks[i] == Mark::approve ? 1 : 0;
  }
  if (ballot == 3 && !s.marks.empty()) s.marks.assign(s.marks.size(), Mark::approve);  // too many
  if (ballot == 4 && !s.marks.empty()) s.marks.back() = Mark::unreadable;
  if (ballot % 9 == 5 && contest.write_ins.slots > 0) {
    s = tally::blank(contest);
    s.write_ins = {{"周小明", 0}};
  }
  return s;
}

tally::Scheme scheme_of(const tally::Contest& contest) {
  tally::Scheme scheme;
  scheme.congress = {"c1",
                     {"中国共产党红星村支部委员会换届选举党员大会", "Congress of the Red Star village branch"},
                     {"中共红星村支部", "Red Star branch"},
                     {"第五届", "5th term"},
                     "2026-05-20",
                     {"村文化礼堂", "Village hall"}};
  scheme.supervisors = {{"s1", "王大伟", {}}, {"s2", "李小红", {}}};
  scheme.chambers = {{tally::ChamberId{"members"}, {"党员", "members"}},
                     {tally::ChamberId{"masses"}, {"群众", "masses"}}};
  scheme.boxes = {{BoxId{"b1"}, {"第一票箱", "Box 1"}, tally::ChamberId{"members"}, {"主会场", "hall"}},
                  {BoxId{"b2"}, {"第二票箱", "Box 2"}, tally::ChamberId{"members"}, {"分会场", "school"}},
                  {BoxId{"b3"}, {"群众票箱", "Box 3"}, tally::ChamberId{"masses"}, {"广场", "square"}}};
  tally::Stage stage;
  stage.id = StageId{"main"};
  stage.kind = contest.kind;
  stage.title = {"正式投票", "Vote"};
  stage.boxes = {BoxId{"b1"}, BoxId{"b2"}};
  stage.contests = {contest.id};
  scheme.stages = {stage};
  scheme.contests = {contest};
  return scheme;
}

tally::Attendance attendance_of() {
  tally::Attendance a;
  a.stage = StageId{"main"};
  a.registered = 60;
  a.probationary = 3;
  a.on_probation = 1;
  a.suspended = 1;
  a.with_vote = 55;
  a.excluded = {{"长期卧床、生活不能自理", 4, "镇委〔2026〕12号", 40}, {"出国半年以上", 2, "镇委〔2026〕12号", 41}};
  a.expected = 49;
  a.present = 45;
  a.absent = {{"病假", 2}, {"事假", 1}, {"值班", 1}};
  a.boxes = {{BoxId{"b1"}, 25, 30, 25, 1, 4, 25, 24}, {BoxId{"b2"}, 20, 25, 20, 0, 5, 20, 20}};
  return a;
}

void count_groups(FormData& data) {
  const tally::Contest& contest = data.scheme.contests[0];
  data.report = scheme::Report{};
  scheme::Report& report = *data.report;
  report.congress = data.scheme.congress.id;
  report.stage = data.stage;
  report.kind = contest.kind;
  report.numbers = tally::numbers_of(*data.attendance);
  std::vector<tally::Written> written;
  if (contest.kind == Kind::decision) written.assign(contest.candidates.size(), {2, 1});
  tally::ContestCount whole(contest, report.numbers, {}, written);
  const std::array<std::size_t, 3> ends{0, 24, 44};
  for (std::size_t g = 0; g < 2; ++g) {
    tally::ContestCount part(contest, report.numbers);
    for (std::size_t ballot = ends.at(g); ballot < ends.at(g + 1); ++ballot) {
      const tally::Selection s = selection_of(contest, ballot);
      whole.add(s);
      part.add(s);
    }
    Group group{
        g == 0 ? tally::Text{"第一组", "Group 1"} : tally::Text{"第二组", "Group 2"}, "孙强", {"周芳", "吴敏"}, {}};
    group.contests = {part.finish()};
    data.groups.push_back(std::move(group));
  }
  report.contests = {whole.finish()};
  for (std::uint64_t n = 1; n <= report.contests[0].invalid; ++n)
    data.invalid_ballots.push_back({contest.id, "第一组", n, "ballot.overvote", "王大伟、李小红"});
}

}  // namespace

FormData sample(std::size_t persons, Kind kind, std::size_t grades) {
  static const auto strokes = tally::StrokeTable::load();
  FormData data;
  data.scheme = scheme_of(contest_of(persons, kind, grades));
  data.stage = StageId{"main"};
  data.attendance = attendance_of();
  data.fingerprint.bytes.fill(0xab);
  data.date = "2026-05-20";
  data.strokes = strokes ? &*strokes : nullptr;
  count_groups(data);
  return data;
}

FormData sample_proposal(std::size_t persons) {
  FormData data = sample(persons, Kind::recommendation);
  tally::Scheme& scheme = data.scheme;
  scheme.contests[0].id = ContestId{"by_members"};
  scheme.stages[0].contests = {ContestId{"by_members"}};
  tally::Contest masses = scheme.contests[0];
  masses.id = ContestId{"by_masses"};
  masses.title = {"群众推荐", "by the masses"};
  tally::Stage stage = scheme.stages[0];
  stage.id = StageId{"masses"};
  stage.boxes = {BoxId{"b3"}};
  stage.contests = {masses.id};
  scheme.stages.push_back(stage);
  scheme.contests.push_back(masses);
  data.report->contests[0].contest = ContestId{"by_members"};
  data.groups.clear();
  data.invalid_ballots.clear();
  scheme::Report second = *data.report;
  second.stage = stage.id;
  second.numbers = {90, 90, 80, 80, 80, 80};
  tally::ContestCount count(masses, second.numbers);
  for (std::size_t ballot = 0; ballot < 80; ++ballot) count.add(selection_of(masses, ballot * 3 + 1));
  second.contests = {count.finish()};
  tally::Combination c;
  c.id = tally::CombinationId{"both"};
  c.title = {"党员推荐与群众推荐", "Two recommendations"};
  c.rule = tally::CombinationRule::weighted_rates;
  c.sources = {{ContestId{"by_members"}, 50, 0}, {masses.id, 30, 0}};
  c.superior_weight = 20;
  c.keep = static_cast<std::uint32_t>(persons / 2 + 1);
  scheme.combinations = {c};
  const std::vector<tally::ContestResult> results{data.report->contests[0], second.contests[0]};
  const std::vector<tally::Points> points{{scheme.contests[0].candidates[0].name, 80}};
  auto combined = tally::combine(c, results, points);
  if (!combined) std::abort();
  data.proposal = scheme::ProposalFile{scheme.congress.id, false, *combined};
  data.sources = {*data.report, second};
  return data;
}

FormData sample_notice(std::size_t persons) {
  FormData data = sample(persons);
  Notice n;
  n.title = {"关于拟确定中共红星村支部委员会委员候选人的公示", "Candidates of the branch committee"};
  n.text = "根据党员推荐、群众推荐和上级党组织考察情况，现将拟确定的候选人予以公示。";
  for (const tally::Candidate& c : data.scheme.contests[0].candidates)
    n.persons.push_back(
        {c.name, "男，汉族，1975年3月生，大专文化，1998年7月加入中国共产党，现任红星村第二村民小组组长"});
  n.from = "2026-05-08";
  n.to = "2026-05-14";
  n.contact = "红星镇党委组织办公室，电话 0530-1234567";
  n.issuer = "中共红星镇委员会";
  data.notice = n;
  return data;
}

std::string run(const std::string& command) {
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return {};
  std::string out;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.append(buffer.data(), n);
  pclose(pipe);
  return out;
}

std::string squeezed(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == ' ' || c == '\f'; });
  for (const char* wide : {"　"})
    for (auto at = text.find(wide); at != std::string::npos; at = text.find(wide)) text.erase(at, 3);
  return text;
}

std::vector<Box> boxes_of(const std::string& pdf_file) {
  const std::string html = run("pdftotext -bbox '" + pdf_file + "' -");
  std::vector<Box> out;
  unsigned page = 0;
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t end = std::min(html.find('\n', at), html.size());
    const std::string line = html.substr(at, end - at);
    at = end + 1;
    if (line.find("<page ") != std::string::npos) ++page;
    const std::size_t from = line.find("<word ");
    if (from == std::string::npos) continue;
    const auto number = [&](const char* name) {
      const std::string key = std::string(name) + "=\"";
      return std::strtod(line.c_str() + line.find(key) + key.size(), nullptr);
    };
    const std::size_t open = line.find('>', from) + 1;
    out.push_back({page, number("xMin"), number("yMin"), number("xMax"), number("yMax"),
                   line.substr(open, line.find("</word>") - open)});
  }
  return out;
}

}  // namespace tuixuan::forms

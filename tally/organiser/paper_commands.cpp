#include "tally/organiser/paper_commands.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/documents.h"
#include "crypto/primitives/hash.h"
#include "hardware/devices/durable_file.h"
#include "tally/alike/alike.h"
#include "tally/count/combination.h"
#include "tally/count/reasons.h"
#include "tally/forms/forms.h"
#include "tally/organiser/attendance_input.h"
#include "tally/organiser/round_commands.h"
#include "tally/organiser/scheme_commands.h"
#include "tally/organiser/table_file.h"
#include "tally/organiser/tell.h"
#include "tally/paper/compare.h"
#include "tally/paper/paper_count.h"
#include "tally/scheme/enum_names.h"
#include "tally/scheme/report_text.h"

namespace tuixuan::organiser {

namespace {

using paper::PaperCount;
using tally::Stage;

constexpr std::size_t kMaxFile = std::size_t{4} << 20U;
constexpr Code kCheck = code::count::file;

std::string box_title(const tally::Scheme& scheme, const BoxId& id, std::string_view language) {
  const tally::Box* box = scheme.box(id);
  return box != nullptr ? box->title.in(language) : id.name;
}

// Everything that one count needs and finds.
struct Counted {
  tally::Scheme scheme;
  Stage stage;
  std::optional<tally::Attendance> attendance;
  scheme::Report report;
  std::vector<scheme::ProposalFile> proposals;
  std::vector<scheme::Report> reports;  // this and those before
  std::optional<Sha256> corrects;       // the report that this one corrects
  bool english = false;
};

// A result that was announced wrongly is corrected by a new report that names the old one.
Result<std::optional<Sha256>> corrected_of(const std::string& file, const tally::Scheme& scheme, const Stage& stage) {
  if (file.empty()) return std::nullopt;
  TUIXUAN_TRY(bytes, devices::read_all(file, kMaxFile, false, kCheck));
  if (!bytes.empty() && bytes.back() == '\n') bytes.pop_back();
  auto report = scheme::parse_report(bytes);
  if (!report) return fail_at(file, report.error());
  if (report->congress != scheme.congress.id || report->stage != stage.id)
    return fail(code::count::corrects, file + " 不是本环节的报告 / is no report of this stage");
  return primitives::sha256(bytes);
}

// What the superior body, or whoever gives bonus points, decided: 姓名,分数.
Result<std::vector<tally::Points>> points_from(const std::string& file) {
  if (file.empty()) return std::vector<tally::Points>{};
  std::vector<tally::Points> out;
  TUIXUAN_CHECK(with_table(file, [&](table::Table& rows) -> Result<void> {
    TUIXUAN_TRY(read, paper::read_points(rows));
    out = std::move(read);
    return {};
  }));
  return out;
}

Result<void> add_proposals(Counted& c, const std::vector<tally::Points>& points) {
  bool used = points.empty();
  for (const tally::Combination& rule : c.scheme.combinations) {
    std::vector<tally::ContestResult> sources;
    bool ours = false;
    for (const tally::Source& source : rule.sources)
      for (const scheme::Report& r : c.reports)
        for (const tally::ContestResult& result : r.contests)
          if (result.contest == source.contest) {
            sources.push_back(result);
            ours = ours || r.stage == c.stage.id;
          }
    if (!ours || sources.size() != rule.sources.size()) continue;
    const bool takes_points = rule.superior_weight > 0 || rule.bonus > 0;
    if (rule.superior_weight > 0 && points.empty()) {
      say("“" + rule.title.zh + "”还须上级党组织的推荐分：用 --points 给出，再汇总",
          rule.id.name + ": the superior body recommends too; give its points with --points to combine");
      continue;
    }
    used = used || takes_points;
    TUIXUAN_TRY(combined, tally::combine(rule, sources, takes_points ? points : std::vector<tally::Points>{}));
    c.proposals.push_back({c.scheme.congress.id, c.scheme.rehearsal, combined});
  }
  if (!used)
    return fail(code::count::points,
                "没有用到 --points：办法中没有需要它的汇总，或者缺少其他环节的 --report / nothing here takes "
                "--points, or reports of other stages are missing");
  return {};
}

void print_boxes(const Counted& c, const PaperCount& count, const std::string& language) {
  const bool en = language == "en";
  std::printf("\n%s\n", en ? "Boxes" : "各票箱");
  for (std::size_t box = 0; box < c.stage.boxes.size(); ++box) {
    const BoxId& id = c.stage.boxes[box];
    std::printf("  %s: %s %llu", box_title(c.scheme, id, language).c_str(), en ? "counted" : "计票",
                static_cast<unsigned long long>(count.papers(box)));
    if (c.attendance)
      for (const tally::BoxPapers& b : c.attendance->boxes)
        if (b.box == id)
          std::printf(en ? "  issued %llu  voters %llu  returned %llu" : "  发出 %llu  投票 %llu  收回 %llu",
                      static_cast<unsigned long long>(b.issued), static_cast<unsigned long long>(b.voters),
                      static_cast<unsigned long long>(b.returned));
    std::printf("\n");
  }
}

// W4: names that are printed candidates', one by one, for two people to decide.
void print_doubtful(const Counted& c, const PaperCount& count, const std::string& language) {
  if (count.doubtful().empty()) return;
  const bool en = language == "en";
  std::printf("\n%s\n", en ? "Names written that are printed candidates': two people decide on each paper"
                           : "另选他人处写了票上候选人的姓名：逐张由两人认定；认定为赞成的，在该候选人栏填赞成符号并删"
                             "去所写姓名，再计票");
  for (const paper::DoubtfulName& d : count.doubtful()) {
    const std::string last = std::to_string(d.number + d.copies - 1);
    std::printf("  %s %s %s%s%s: %s\n", d.contest.name.c_str(),
                box_title(c.scheme, c.stage.boxes[d.box], language).c_str(), en ? "paper " : "第 ",
                (std::to_string(d.number) + (d.copies > 1 ? "-" + last : "")).c_str(), en ? "" : " 张", d.name.c_str());
  }
}

void print_proposals(const Counted& c, const std::string& language) {
  for (const scheme::ProposalFile& file : c.proposals)
    std::printf("\n%s", scheme::proposal_text(c.scheme, file, language).c_str());
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) out += '\'';
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string invalid_table(const Counted& c, const PaperCount& count) {
  std::string out = "\xEF\xBB\xBF选举项目,票箱,序号,张数,无效原因\r\n";
  for (const paper::InvalidPaper& p : count.invalid())
    out += p.contest.name + "," + quoted(box_title(c.scheme, c.stage.boxes[p.box], "zh")) + "," +
           std::to_string(p.number) + "," + std::to_string(p.copies) + "," +
           quoted(tally::invalid_reason(p.reason).zh) + "\r\n";
  return out;
}

std::string doubtful_table(const Counted& c, const PaperCount& count) {
  std::string out = "\xEF\xBB\xBF选举项目,票箱,序号,张数,所写姓名,情形,认定,认定人一,认定人二\r\n";
  for (const paper::DoubtfulName& d : count.doubtful())
    out += d.contest.name + "," + quoted(box_title(c.scheme, c.stage.boxes[d.box], "zh")) + "," +
           std::to_string(d.number) + "," + std::to_string(d.copies) + "," + quoted(d.name) + "," +
           quoted(tally::invalid_reason(name_of(d.reason)).zh) + ",,,\r\n";
  return out;
}

forms::FormData form_data(const Counted& c, const PaperCount& count, const Bytes& report) {
  forms::FormData data;
  data.scheme = c.scheme;
  data.stage = c.stage.id;
  data.attendance = c.attendance;
  data.report = c.report;
  data.fingerprint = primitives::sha256(report);
  data.english = c.english;
  data.corrects = c.corrects;
  for (std::size_t box = 0; box < c.stage.boxes.size(); ++box)
    data.groups.push_back(
        {{box_title(c.scheme, c.stage.boxes[box], "zh"), box_title(c.scheme, c.stage.boxes[box], "en")},
         "",
         {},
         count.box_results(box)});
  if (count.invalid_rows() <= paper::kMaxListed)
    for (const paper::InvalidPaper& p : count.invalid())
      for (std::uint64_t i = 0; i < p.copies && data.invalid_ballots.size() < paper::kMaxListed; ++i)
        data.invalid_ballots.push_back(
            {p.contest, box_title(c.scheme, c.stage.boxes[p.box], "zh"), p.number + i, p.reason, ""});
  return data;
}

std::string name_of(tally::FormKind kind) {
  for (const auto& [value, text] : scheme::kFormKinds)
    if (value == kind) return std::string(text);
  bug("a form without a name");
}

// One form as a paper to sign, and its figures as a table and as data.
Result<void> write_form(tally::FormKind kind, const forms::FormData& data, const std::filesystem::path& base) {
  TUIXUAN_TRY(pdf, forms::make(kind, data));
  TUIXUAN_CHECK(devices::write_new(base.string() + ".pdf", pdf, kCheck));
  TUIXUAN_TRY(csv, forms::make_csv(kind, data));
  TUIXUAN_CHECK(devices::write_new(base.string() + ".csv", csv, kCheck));
  TUIXUAN_TRY(json, forms::make_json(kind, data));
  return devices::write_new(base.string() + ".form.json", json, kCheck);
}

Result<void> write_forms(const Counted& c, const PaperCount& count, const Bytes& report,
                         const std::filesystem::path& folder) {
  forms::FormData data = form_data(c, count, report);
  auto strokes = tally::StrokeTable::load();
  if (strokes) data.strokes = &*strokes;
  for (const tally::FormKind kind : c.scheme.forms)
    if (forms::can_make(kind, data)) TUIXUAN_CHECK(write_form(kind, data, folder / name_of(kind)));
  for (const scheme::ProposalFile& proposal : c.proposals) {
    data.proposal = proposal;
    data.sources = c.reports;
    const std::string name = name_of(tally::FormKind::recommendation) + "-" + proposal.result.combination.name;
    TUIXUAN_CHECK(write_form(tally::FormKind::recommendation, data, folder / name));
  }
  return {};
}

Result<void> write_all(const Counted& c, const PaperCount& count, const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::create_directory(folder, error))
    return fail(kCheck, folder.string() + " 已有或不能新建 / is there already, or cannot be made");
  const Bytes report = scheme::write_report(c.report);
  TUIXUAN_CHECK(devices::write_new(folder / "report.json", report, kCheck));
  for (const scheme::ProposalFile& p : c.proposals)
    TUIXUAN_CHECK(devices::write_new(folder / ("proposal-" + p.result.combination.name + ".json"),
                                     scheme::write_proposal(p), kCheck));
  TUIXUAN_CHECK(devices::write_new(folder / "invalid-papers.csv", as_bytes(invalid_table(c, count)), kCheck));
  if (!count.doubtful().empty())
    TUIXUAN_CHECK(devices::write_new(folder / "doubtful-names.csv", as_bytes(doubtful_table(c, count)), kCheck));
  if (count.invalid_rows() > paper::kMaxListed)
    say("无效票很多，只逐张列出前 " + std::to_string(paper::kMaxListed) + " 行，合计以报告为准",
        "so many invalid papers that only the first rows are listed; the report holds the sums");
  return write_forms(c, count, report, folder);
}

Result<paper::Spellings> spellings_from(const std::string& file) {
  if (file.empty()) return paper::Spellings{};
  paper::Spellings out;
  TUIXUAN_CHECK(with_table(file, [&](table::Table& rows) -> Result<void> {
    TUIXUAN_TRY(read, paper::read_spellings(rows));
    out = std::move(read);
    return {};
  }));
  return out;
}

// A last row that may be a sum or blank papers: answered on the command line, or at the terminal.
Result<paper::LastRow> last_row_of(const PaperCountOptions& o, const std::string& file, const Counted& c) {
  if (o.last_row == "sum") return paper::LastRow::sum;
  if (o.last_row == "papers") return paper::LastRow::papers;
  if (isatty(STDIN_FILENO) == 0) return paper::LastRow::ask;
  TUIXUAN_TRY(rows, open_table(file));
  const auto trial = paper::read_ballots(c.scheme, c.stage, rows, [](const auto&) { return Result<void>{}; });
  if (trial || trial.error().check != code::paper::sum_row) return paper::LastRow::ask;
  std::printf("%s: %s\n合计行请输入 s，空白票请输入 p / s for a sum row, p for papers: ", file.c_str(),
              trial.error().what.c_str());
  std::fflush(stdout);
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "s" ? paper::LastRow::sum : answer == "p" ? paper::LastRow::papers : paper::LastRow::ask;
}

Result<void> count_table(const std::string& file, const Counted& c, PaperCount& count, paper::LastRow last,
                         Report report) {
  TUIXUAN_TRY(first, open_table(file));
  auto piles = paper::is_pile_table(first);
  if (!piles) return fail_at(file, piles.error());
  return with_table(
      file,
      [&](table::Table& rows) -> Result<void> {
        if (!*piles)
          return paper::read_ballots(
              c.scheme, c.stage, rows, [&](const paper::PaperBallot& b) { return count.add(b); }, last);
        TUIXUAN_TRY(all, paper::read_piles(c.scheme, c.stage, rows));
        for (const paper::Pile& pile : all) TUIXUAN_CHECK(count.add(pile));
        return {};
      },
      report);
}

// The tables of two typists say the same, or every difference is told and nothing else happens.
Result<void> compare_typists(const Counted& c, const std::string& a, const std::string& b, paper::LastRow last,
                             int& status) {
  const auto typed = [](const std::string& name) { return paper::Typed{name, [name] { return open_table(name); }}; };
  TUIXUAN_TRY(found, paper::compare_tables(c.scheme, c.stage, typed(a), typed(b), last));
  if (found.all == 0) {
    std::fprintf(stderr, "两份录入一致，共 %llu 张 / both typed the same: %llu papers\n",
                 static_cast<unsigned long long>(found.papers), static_cast<unsigned long long>(found.papers));
    return {};
  }
  std::printf("%s", paper::to_text(found, a, b).c_str());
  status = kTypistsDiffer;
  return fail(code::count::compare,
              "两份录入有 " + std::to_string(found.all) +
                  " 处不同，见上；请对照选票改正后再比，没有计票 / the two tables differ in " +
                  std::to_string(found.all) +
                  " places, above: look at the papers, put them right and compare again; nothing is "
                  "counted");
}

// Names that are perhaps one person: for two people to decide on before the result is signed.
Result<void> show_alike(const scheme::Report& report, const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const tally::ContestResult& r : report.contests)
    for (const tally::PersonResult& p : r.persons) names.push_back(p.name);
  TUIXUAN_TRY(groups, alike::groups_of(names, false));
  if (groups.empty()) return {};
  say("写法相近，可能是同一人，按所写分别计票；由两名负责人决定，是同一人的列入 --spellings 的表后重新计票：",
      "names that are perhaps one person, counted as written; two people decide, and merge with --spellings:");
  std::string proposed = "\xEF\xBB\xBF写法,姓名\r\n";
  for (const alike::Group& g : groups) {
    std::string line;
    for (const std::string& name : g.names) line += (line.empty() ? "" : "、") + name;
    std::printf("  %s（%s）\n", line.c_str(), std::string(alike::words(g.by)).c_str());
    for (std::size_t i = 1; i < g.names.size(); ++i) proposed += quoted(g.names[i]) + "," + quoted(g.names[0]) + "\r\n";
  }
  if (folder.empty()) return {};
  return devices::write_new(folder / "spellings-proposed.csv", as_bytes(proposed), kCheck);
}

}  // namespace

Result<void> count_paper(const PaperCountOptions& o, int& status) {
  if (o.ballots.empty() == o.compare.empty())
    return fail(code::count::ballots,
                "请给出选票表，或用 --compare 给出两份 / give a table of ballots, or two with --compare");
  TUIXUAN_TRY(congress, load_paper_congress({o.scheme, o.reports, o.rounds, o.decisions, o.decisions_again}));
  TUIXUAN_TRY(stage, stage_of(congress.scheme(), o.stage));
  TUIXUAN_TRY(corrected, corrected_of(o.corrects, congress.scheme(), stage));
  std::optional<tally::Attendance> attendance;
  if (!o.attendance.empty()) {
    TUIXUAN_TRY(read, attendance_from(o.attendance, congress.scheme(), stage, paper::BoxNumbers::needed));
    attendance = std::move(read);
  }
  Counted c{congress.scheme(), stage, attendance, {}, {}, {}, corrected, o.english};
  if (!c.attendance) TUIXUAN_CHECK(paper::needs_no_attendance(c.scheme, c.stage));
  TUIXUAN_TRY(spellings, spellings_from(o.spellings));
  PaperCount count(c.scheme, c.stage, c.attendance ? &*c.attendance : nullptr, spellings);
  const std::string& ballots = o.compare.empty() ? o.ballots : o.compare[0];
  TUIXUAN_TRY(last, last_row_of(o, ballots, c));
  if (!o.compare.empty()) TUIXUAN_CHECK(compare_typists(c, o.compare[0], o.compare[1], last, status));
  TUIXUAN_CHECK(count_table(ballots, c, count, last, o.json ? Report::not_shown : Report::shown));
  const std::vector<tally::Imbalance> wrong = count.imbalances();
  for (const tally::Imbalance& i : wrong)
    std::fprintf(stderr, "%s: %s / %s\n", std::string(name_of(i.code)).c_str(), i.what.zh.c_str(), i.what.en.c_str());
  if (!wrong.empty())
    return fail(code::count::balance, "数字不平衡，停止计票 / the numbers do not balance: nothing is counted");
  for (const tally::Imbalance& i : count.warnings())
    std::fprintf(stderr, "%s: %s / %s\n", std::string(name_of(i.code)).c_str(), i.what.zh.c_str(), i.what.en.c_str());
  c.report = count.report(congress.settled(stage.id));
  c.reports.push_back(c.report);
  for (const scheme::Report& r : congress.reports()) {
    if (r.stage == stage.id) return fail(code::count::report, "本环节已有报告 / its stage is there already");
    c.reports.push_back(r);
  }
  TUIXUAN_CHECK(congress.check_decisions(stage.id));
  TUIXUAN_TRY(points, points_from(o.points));
  TUIXUAN_CHECK(add_proposals(c, points));
  if (o.json) {
    std::printf("%s\n", std::string(as_text(scheme::write_report(c.report))).c_str());
  } else {
    std::printf("%s", scheme::report_text(c.scheme, c.report, o.language).c_str());
    print_doubtful(c, count, o.language);
    print_boxes(c, count, o.language);
    print_proposals(c, o.language);
  }
  if (!o.out.empty()) TUIXUAN_CHECK(write_all(c, count, o.out));
  return o.json ? Result<void>{} : show_alike(c.report, o.out);
}

void add_paper_commands(CLI::App& app, std::function<Result<void>()>& chosen, int& status) {
  const auto o = std::make_shared<PaperCountOptions>();
  CLI::App* c = app.add_subcommand("count", "纸质选票计票 / count paper ballots from a table, without a log");
  c->callback([&chosen, &status, o] { chosen = [&status, o] { return count_paper(*o, status); }; });
  c->add_option("scheme", o->scheme, "scheme file (tuixuan-scheme/1)")->required();
  CLI::Option* ballots = c->add_option("ballots", o->ballots,
                                       "选票表（XLSX 或 CSV）：每张票一行，或按票箱只录例外 / table: a row for each "
                                       "paper, or the exceptions of each box; FILE.xlsx#SHEET for a sheet");
  c->add_option("--compare", o->compare,
                "两人录入的两份选票表：列出每处不同；一致才计票 / the tables of two typists: every difference is told, "
                "and they are counted when there is none")
      ->expected(2)
      ->excludes(ballots);
  c->add_option("--last-row", o->last_row,
                "末行只有张数时：sum 是合计行，papers 是空白票 / what a last row of nothing but 张数 is")
      ->check(CLI::IsMember({"sum", "papers"}));
  c->add_option("--stage", o->stage, "环节 / stage, where the scheme has several");
  c->add_option("--attendance", o->attendance, "到会人数和选票领发收回 / attendance: a table, or tuixuan-attendance/1");
  c->add_option("--spellings", o->spellings, "写法,姓名 / table of spellings and the names they stand for");
  c->add_option("--report", o->reports,
                "其他环节、前几轮的报告 / report of another stage to combine with, or of a round before; repeat it");
  c->add_option("--round", o->rounds,
                "另行选举各轮的文件，可重复 / file of a further round (tuixuan round); repeat it");
  c->add_option("--decisions", o->decisions, "签字的决定，第一人录入 / signed decisions, typed by one person");
  c->add_option("--decisions-again", o->decisions_again, "同上，第二人录入 / the same, typed by another");
  c->add_option("--corrects", o->corrects, "更正此前公布的报告 / report, announced wrongly, that this one corrects");
  c->add_option("--points", o->points, "姓名,分数 / points of the superior body, or bonus points, as decided");
  c->add_option("--out", o->out, "新文件夹：报告、表格 / new folder for the report and the forms");
  c->add_option("--lang", o->language, "zh or en")->check(CLI::IsMember({"zh", "en"}))->capture_default_str();
  c->add_flag("--english", o->english, "表格附英文 / English under the Chinese on the forms");
  c->add_flag("--json", o->json, "只输出报告 JSON / print the report as JSON");
}

}  // namespace tuixuan::organiser

#include "tally/organiser/round_commands.h"

#include <cstdio>
#include <filesystem>

#include "crypto/codes/documents.h"
#include "crypto/codes/organiser.h"
#include "crypto/primitives/hash.h"
#include "hardware/devices/durable_file.h"
#include "tally/ballot/label.h"
#include "tally/forms/forms.h"
#include "tally/organiser/scheme_commands.h"
#include "tally/organiser/table_file.h"
#include "tally/organiser/tell.h"

namespace tuixuan::organiser {

namespace {

constexpr std::size_t kMaxFile = std::size_t{4} << 20U;
constexpr Code kCheck = code::count::file;

Result<std::vector<paper::PaperDecision>> decisions_of(const std::string& file) {
  TUIXUAN_TRY(source, file_source(file));
  paper::Table csv(source);
  auto out = paper::read_decisions(csv);
  if (!out) return fail_at(file, out.error());
  return out;
}

Result<std::vector<paper::PaperDecision>> both_typists(const PaperFiles& files) {
  if (files.decisions.empty() && files.decisions_again.empty()) return std::vector<paper::PaperDecision>{};
  if (files.decisions.empty() || files.decisions_again.empty())
    return fail(code::decision::differs,
                "签字的决定须由两人各录入一份：--decisions 和 --decisions-again / signed decisions are typed by two "
                "people, each a table of their own: --decisions and --decisions-again");
  TUIXUAN_TRY(first, decisions_of(files.decisions));
  TUIXUAN_TRY(second, decisions_of(files.decisions_again));
  return paper::typed_twice(std::move(first), second);
}

Result<scheme::AddedStage> read_round(const std::string& file) {
  TUIXUAN_TRY(bytes, devices::read_all(file, kMaxFile, false, kCheck));
  auto parsed = scheme::parse_stage(bytes, scheme::Use::paper);
  if (show_faults(parsed.faults) || !parsed.added)
    return fail(code::round::stage, file + " 有上述问题 / has the faults above");
  return std::move(*parsed.added);
}

Result<scheme::Report> read_report(const std::string& file) {
  TUIXUAN_TRY(bytes, devices::read_all(file, kMaxFile, false, kCheck));
  if (!bytes.empty() && bytes.back() == '\n') bytes.pop_back();  // as --json prints it
  auto report = scheme::parse_report(bytes);
  if (!report) return fail_at(file, report.error());
  return report;
}

// A round is drafted from a report, and reported by one: each is taken when what it needs is there.
template <class T, class Take>
bool take_some(std::vector<std::pair<std::string, T>>& waiting, std::optional<Error>& why, const Take& take) {
  bool any = false;
  for (std::size_t i = 0; i < waiting.size();) {
    const Result<void> done = take(waiting[i].second);
    if (done) {
      waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(i));
      any = true;
      continue;
    }
    why = Error{done.error().check, waiting[i].first + "：" + done.error().what};
    ++i;
  }
  return any;
}

struct RoundOptions {
  PaperFiles files;
  std::string contest;
  std::vector<std::string> candidates;
  std::string id;
  std::string out;
};

Result<void> draft_round(const RoundOptions& o) {
  TUIXUAN_TRY(congress, load_paper_congress(o.files));
  TUIXUAN_CHECK(congress.check_decisions());
  std::vector<tally::Candidate> nominated;
  for (const std::string& name : o.candidates) {
    TUIXUAN_TRY(person, tally::read_candidate(name));
    nominated.push_back(std::move(person));
  }
  TUIXUAN_TRY(added, congress.draft(ContestId{o.contest}, nominated, o.id.empty() ? o.contest + "-2" : o.id));
  TUIXUAN_CHECK(devices::write_new(o.out, scheme::write_stage(added), kCheck));
  const tally::Contest& c = added.contests[0];
  std::string names;
  for (const tally::Candidate& k : c.candidates) names += (names.empty() ? "" : "、") + tally::label(k.name, k.note);
  std::printf("%s：名额 %u，候选人 %s / %s: %u seats, candidates %s\n", c.title.zh.c_str(), c.seats, names.c_str(),
              c.id.name.c_str(), c.seats, names.c_str());
  return {};
}

struct OutcomeOptions {
  PaperFiles files;
  std::string out;
  bool english = false;
};

Result<void> write_outcome(const OutcomeOptions& o, const paper::PaperCongress& congress) {
  std::error_code error;
  const std::filesystem::path folder = o.out;
  if (!std::filesystem::create_directory(folder, error))
    return fail(kCheck, o.out + " 已有或不能新建 / is there already, or cannot be made");
  forms::FormData data;
  data.scheme = congress.scheme();
  data.outcome = congress.outcome();
  data.stage = data.scheme.stages.front().id;
  data.english = o.english;
  auto strokes = tally::StrokeTable::load();
  if (strokes) data.strokes = &*strokes;
  const Bytes outcome = scheme::write_outcome(*data.outcome);
  data.fingerprint = primitives::sha256(outcome);
  TUIXUAN_TRY(pdf, forms::make(tally::FormKind::elected, data));
  TUIXUAN_TRY(csv, forms::make_csv(tally::FormKind::elected, data));
  TUIXUAN_TRY(json, forms::make_json(tally::FormKind::elected, data));
  TUIXUAN_CHECK(devices::write_new(folder / "outcome.json", outcome, kCheck));
  TUIXUAN_CHECK(devices::write_new(folder / "elected.pdf", pdf, kCheck));
  TUIXUAN_CHECK(devices::write_new(folder / "elected.csv", csv, kCheck));
  return devices::write_new(folder / "elected.form.json", json, kCheck);
}

Result<void> tell_outcome(const OutcomeOptions& o) {
  TUIXUAN_TRY(congress, load_paper_congress(o.files));
  TUIXUAN_CHECK(congress.check_decisions());
  const scheme::Outcome outcome = congress.outcome();
  for (const scheme::Office& office : outcome.offices) {
    std::string names;
    for (const scheme::Elected& e : office.elected) names += (names.empty() ? "" : "、") + e.name;
    std::printf("%s：当选 %s；名额 %llu", office.contest.name.c_str(), names.empty() ? "（无）" : names.c_str(),
                static_cast<unsigned long long>(office.seats));
    if (office.reduced > 0) std::printf("，减少 %llu", static_cast<unsigned long long>(office.reduced));
    if (office.vacant > 0) std::printf("，空缺 %llu", static_cast<unsigned long long>(office.vacant));
    std::printf("\n");
  }
  const std::vector<paper::PaperMatter> open = congress.open();
  for (const paper::PaperMatter& m : open) {
    const tally::Text text = paper::sentence(congress.scheme(), m);
    std::printf("  → %s / %s\n", text.zh.c_str(), text.en.c_str());
  }
  if (o.out.empty()) return {};
  if (!open.empty())
    return fail(code::outcome::open,
                "还有未定事项，见上，不能出具当选人名单 / matters are open, see above: no list of the elected yet");
  return write_outcome(o, congress);
}

}  // namespace

Result<paper::PaperCongress> load_paper_congress(const PaperFiles& files) {
  TUIXUAN_TRY(bytes, devices::read_all(files.scheme, kMaxFile, false, kCheck));
  auto parsed = scheme::parse_scheme(bytes, scheme::Use::paper);
  if (scheme::refuses(parsed.faults)) {
    show_faults(parsed.faults);
    return fail(code::scheme::file, files.scheme + " 有上述问题 / has the faults above");
  }
  TUIXUAN_TRY(decisions, both_typists(files));
  paper::PaperCongress out(std::move(*parsed.scheme), std::move(decisions));
  std::vector<std::pair<std::string, scheme::AddedStage>> rounds;
  std::vector<std::pair<std::string, scheme::Report>> reports;
  for (const std::string& file : files.rounds) {
    TUIXUAN_TRY(round, read_round(file));
    rounds.emplace_back(file, std::move(round));
  }
  for (const std::string& file : files.reports) {
    TUIXUAN_TRY(report, read_report(file));
    reports.emplace_back(file, std::move(report));
  }
  for (std::optional<Error> why; !rounds.empty() || !reports.empty();) {
    const bool reported = take_some(reports, why, [&](const scheme::Report& r) { return out.add_report(r); });
    const bool added = take_some(rounds, why, [&](const scheme::AddedStage& r) { return out.add_round(r); });
    if (!reported && !added) return tl::unexpected<Error>(*why);
  }
  return out;
}

void add_paper_files(CLI::App* c, PaperFiles& files) {
  c->add_option("--report", files.reports, "已计票各环节、各轮的报告，可重复 / report of a stage or round; repeat it");
  c->add_option("--round", files.rounds, "另行选举各轮的文件，可重复 / file of a further round; repeat it");
  c->add_option("--decisions", files.decisions, "签字的决定，第一人录入 / signed decisions, typed by one person");
  c->add_option("--decisions-again", files.decisions_again, "同上，第二人录入 / the same, typed by another");
}

void add_round_commands(CLI::App& app, std::function<Result<void>()>& chosen) {
  const auto r = std::make_shared<RoundOptions>();
  CLI::App* round =
      app.add_subcommand("round", "纸质选举的下一轮：再次投票、另行选举、重新投票 / the next round of a vote on paper");
  round->callback([&chosen, r] { chosen = [r] { return draft_round(*r); }; });
  round->add_option("scheme", r->files.scheme, "scheme file (tuixuan-scheme/1)")->required();
  add_paper_files(round, r->files);
  round->add_option("--contest", r->contest, "上一轮的项目编号 / contest that it follows from")->required();
  round->add_option("--candidate", r->candidates, "重新酝酿的候选人，逐名 / of nominations anew; once for each");
  round->add_option("--id", r->id, "本轮编号 / id of the round");
  round->add_option("--out", r->out, "新文件 / new file")->required();
  const auto o = std::make_shared<OutcomeOptions>();
  CLI::App* outcome = app.add_subcommand(
      "outcome", "纸质选举各项职务的结果和待办，当选人名单 / where each office stands, and the list of the elected");
  outcome->callback([&chosen, o] { chosen = [o] { return tell_outcome(*o); }; });
  outcome->add_option("scheme", o->files.scheme, "scheme file (tuixuan-scheme/1)")->required();
  add_paper_files(outcome, o->files);
  outcome->add_option("--out", o->out, "新文件夹：当选人名单 / new folder for the list of the elected");
  outcome->add_flag("--english", o->english, "表格附英文 / English under the Chinese");
}

}  // namespace tuixuan::organiser

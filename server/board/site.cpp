#include "server/board/site.h"

#include <charconv>

#include "crypto/codes/organiser.h"
#include "server/board/page.h"
#include "server/board/stage_forms.h"
#include "tally/scheme/stage_file.h"

namespace tuixuan::board {

namespace {

Error no_page(std::string_view path) {
  return {code::board::page, "there is no page " + std::string(path.substr(0, 200))};
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool one_spelling = text.size() == 1 || (!text.empty() && text.front() != '0');
  if (error != std::errc{} || end != text.data() + text.size() || !one_spelling) return std::nullopt;
  return value;
}

// What stands between a fixed beginning and a fixed end.
std::optional<std::string_view> between(std::string_view path, std::string_view beginning, std::string_view end) {
  if (path.size() < beginning.size() + end.size() || !path.starts_with(beginning) || !path.ends_with(end))
    return std::nullopt;
  return path.substr(beginning.size(), path.size() - beginning.size() - end.size());
}

Result<File> stage_file(const Site& site, const election::StageState& stage) {
  const tally::Stage& plan = site.state.plan->stages.at(stage.stage);
  scheme::AddedStage file{plan, {}};
  for (const ContestId& id : plan.contests)
    if (const tally::Contest* c = site.state.plan->contest(id)) file.contests.push_back(*c);
  return File{"application/json", std::string(as_text(scheme::write_stage(file))), false};
}

// Below stage/: <id>.html, <id>/replay.html, <id>/result.csv, <id>/report.json, <id>/stage.json
Result<File> of_stage(const Page& p, std::string_view rest) {
  const std::size_t slash = rest.find('/');
  const auto name = slash == std::string_view::npos ? between(rest, "", ".html") : rest.substr(0, slash);
  const std::string_view what = slash == std::string_view::npos ? "" : rest.substr(slash + 1);
  const election::StageState* stage = name && p.state.plan ? p.state.stage(StageId{std::string(*name)}) : nullptr;
  if (stage == nullptr) return tl::unexpected(no_page(p.path));
  if (slash == std::string_view::npos) return stage_page(p, *stage);
  if (what == "replay.html") return replay_page(p, *stage);
  if (what == "result.csv") return result_csv(p, *stage);
  if (what == "stage.json" && !p.en) return stage_file(p.site, *stage);
  if (what == "report.json" && !p.en && !stage->report.empty())
    return File{"application/json", std::string(as_text(stage->report)), false};
  return tl::unexpected(no_page(p.path));
}

}  // namespace

Result<File> render(const Site& site, std::string_view path) {
  const bool en = path.starts_with("en/");
  const std::string_view rest = en ? path.substr(3) : path;
  if (const Asset* asset = en ? nullptr : find_asset(rest))
    return File{std::string(asset->type), std::string(asset->bytes), false};
  const Page p(site, en, std::string(rest));
  if (!en)
    if (const auto form = find_form(site, rest)) return form->make();
  if (rest == "index.html") return congress_page(p);
  if (rest == "results.html") return results_page(p);
  if (rest == "hall.html") return hall_page(p);
  if (rest == "verify.html") return verify_page(p);
  if (rest == "receipt.html") return receipt_page(p);
  if (rest == "ballot.html") return ballot_form(p);
  if (rest.starts_with("stage/")) return of_stage(p, rest.substr(6));
  if (const auto tracker = between(rest, "ballot/", ".html")) return ballot_page(p, *tracker);
  if (const auto tracker = en ? std::nullopt : between(rest, "ballot/", ".tlog-proof"))
    return ballot_proof(site, *tracker);
  if (const auto text = between(rest, "log/", ".html"))
    if (const auto number = number_in(*text);
        number && (*number == 0 || *number < (site.size + kEntriesOfPage - 1) / kEntriesOfPage))
      return log_page(p, *number);
  return tl::unexpected(no_page(path));
}

std::vector<std::string> paths(const Site& site) {
  std::vector<std::string> pages{"index.html",   "results.html", "hall.html", "verify.html",
                                 "receipt.html", "ballot.html",  "log/0.html"};
  std::vector<std::string> shared;
  for (const std::string_view asset : asset_names()) shared.emplace_back(asset);
  for (std::uint64_t i = 1; i * kEntriesOfPage < site.size; ++i) pages.push_back("log/" + n(i) + ".html");
  for (const auto& [id, stage] : site.state.stages) {
    pages.push_back("stage/" + id.name + ".html");
    shared.push_back("stage/" + id.name + "/stage.json");
    for (const tally::FormKind kind : forms_at_hand(site, id))
      for (const std::string_view format : kFormFormats)
        shared.push_back("stage/" + id.name + "/forms/" + form_name(kind) + "." + std::string(format));
    if (!stage.report.empty()) {
      shared.push_back("stage/" + id.name + "/report.json");
      pages.push_back("stage/" + id.name + "/replay.html");
      pages.push_back("stage/" + id.name + "/result.csv");
    }
    for (const auto& [hash, index] : stage.ballots) {
      if (index >= site.size) continue;
      pages.push_back("ballot/" + compact_tracker(hash) + ".html");
      shared.push_back("ballot/" + compact_tracker(hash) + ".tlog-proof");
    }
  }
  const std::size_t chinese = pages.size();
  for (std::size_t i = 0; i < chinese; ++i) pages.push_back("en/" + pages[i]);
  pages.insert(pages.end(), shared.begin(), shared.end());
  return pages;
}

}  // namespace tuixuan::board

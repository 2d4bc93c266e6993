#include "server/http/board_pages.h"

#include "crypto/codes/organiser.h"
#include "crypto/codes/server.h"
#include "crypto/primitives/hash.h"
#include "server/board/page.h"
#include "server/http/fit.h"
#include "server/service/ledger_objects.h"

namespace tuixuan::http {

using Clock = std::chrono::steady_clock;
static constexpr std::chrono::seconds kNewest{1};   // a page of an older size is shown for so long
static constexpr std::chrono::seconds kOldest{60};  // pages tell the time too: what is due, which notices run
static constexpr std::size_t kMostBytes = std::size_t{16} << 20U;
static const std::string kTurnout = "v1/turnout";
static constexpr int kPageLevel = 5;   // of gzip: quickly
static constexpr int kAssetLevel = 9;  // once

// Another number: something to show has changed that is not on the log.
std::uint64_t BoardPages::changes() const {
  const auto standing = service_.standby();
  return service_.cosigners().changes() + service_.epochs().changes() +
         (standing ? static_cast<std::uint64_t>(*standing) << 32U : 0) +
         (service_.storage().ok ? 0 : std::uint64_t{1} << 40U);
}

bool BoardPages::is_fresh(const std::string& path, const Kept& kept) const {
  const auto age = Clock::now() - kept.made;
  return age < kNewest ||
         (age < kOldest && (is_form(path) || (kept.size == service_.ledger().size() && kept.changes == changes())));
}

static bool shrinks(std::string_view type) {
  return type.starts_with("text/") || type == "application/json" || type == "application/pdf";
}

// Of a file: held once for all readers, with its gzip and its tag.
static Response held(std::string type, std::string bytes, int level) {
  Response out;
  out.type = std::move(type);
  out.shared = std::make_shared<const Bytes>(to_bytes(bytes));
  if (shrinks(out.type)) {
    Bytes packed = gzip(*out.shared, level);
    if (packed.size() < out.shared->size()) out.packed = std::make_shared<const Bytes>(std::move(packed));
  }
  out.tag = "\"" + primitives::sha256(*out.shared).hex().substr(0, 32) + "\"";
  out.page = true;
  return out;
}

BoardPages::BoardPages(service::Service& service) : service_(service) {
  for (const std::string_view name : board::asset_names()) {
    const board::Asset& asset = *board::find_asset(name);
    assets_.emplace(name, held(std::string(asset.type), std::string(asset.bytes), kAssetLevel));
  }
}

// Read when the first form is asked for; null if this machine has none.
static const tally::StrokeTable* strokes() {
  static const auto table = tally::StrokeTable::load();
  return table ? &*table : nullptr;
}

static std::uint32_t now_in_minutes() {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::minutes>(std::chrono::system_clock::now().time_since_epoch()).count());
}

Response BoardPages::make(const std::string& path) const {
  const ledger::Ledger& ledger = service_.ledger();
  const service::LedgerObjects objects(ledger);
  const service::Witnessed witnessed = service_.cosigners().witnessed();
  const service::Storage storage = service_.storage();
  const std::string checkpoint = service_.cosigners().checkpoint().value_or("");
  const auto refusal_now = service_.epochs().refusal();
  const bool moved = refusal_now && refusal_now->check == code::server::superseded;
  const auto epoch =
      moved ? log::open_epoch(service_.epochs().note(), service_.key()) : fail(code::server::unknown, "");
  const std::string moved_to = epoch ? epoch->epoch.address : "";
  Result<board::File> file = fail(code::board::page, path);
  std::optional<board::FormAsked> form;  // set in type after the state is let go
  service_.read_state([&](const election::State& state) {
    if (path == kTurnout) {
      file = board::File{"application/json", board::turnout_json(state), false};
      return;
    }
    board::Site site{state, objects, service_.key(), checkpoint, 0, true, now_in_minutes(), {}, {}};
    if (const auto opened = log::open_checkpoint(site.checkpoint, site.log)) site.size = opened->checkpoint.size;
    site.witnessed = witnessed.note;
    site.late = witnessed.late;
    site.storage = storage.what;
    for (const std::string& name : witnessed.alarms) site.alarms.push_back("v1/evidence/" + name);
    site.moved_to = moved_to;
    site.alone = service_.standby() == service::Replica::Standing::alone;
    site.entries = [&](std::uint64_t from, std::uint64_t to) { return ledger.entries(from, to); };
    site.receipt = [&](std::uint64_t index) { return ledger.receipt(index); };
    if (path.find("/forms/") != std::string::npos) site.strokes = strokes();
    form = board::find_form(site, path);
    if (!form) file = board::render(site, path);
  });
  if (form) file = form->make();
  if (!file)
    return refusal(
        {file.error().check == code::board::page ? code::http::target : file.error().check, file.error().what});
  Response out = held(std::move(file->type), std::move(file->bytes), kPageLevel);
  if (file->absent) out.status = 404;
  return out;
}

std::optional<Response> BoardPages::find(const std::string& path) {
  if (const auto asset = assets_.find(path); asset != assets_.end()) return asset->second;
  const Lock lock(mutex_);
  const auto it = kept_.find(path);
  if (it == kept_.end() || !is_fresh(path, it->second)) return std::nullopt;
  return it->second.response;
}

// Pages of single ballots are many and are not kept.
Response BoardPages::page(const std::string& path) {
  if (is_form(path)) return page_or_made(path);
  const Lock turn(making_);
  return page_or_made(path);
}

Response BoardPages::page_or_made(const std::string& path) {
  if (auto there = find(path)) return std::move(*there);  // made by whoever had the turn before
  const std::uint64_t size = service_.ledger().size();
  const std::uint64_t before = changes();
  Response made = make(path);
  if (made.status != 200 || path.find("ballot/") != std::string::npos) return made;
  const std::size_t bytes = made.shared->size() + (made.packed ? made.packed->size() : 0);
  const Lock lock(mutex_);
  if (kept_bytes_ + bytes > kMostBytes) {
    kept_.clear();
    kept_bytes_ = 0;
  }
  Kept& kept = kept_[path];
  kept_bytes_ += bytes - kept.bytes;
  kept = {size, before, Clock::now(), made, bytes};
  return made;
}

// Without scripts the form of "my ballot" asks here.
static std::optional<std::string> asked_ballot(std::string_view target) {
  const std::size_t query = target.find("ballot.html?tracker=");
  if (query == std::string_view::npos) return std::nullopt;
  std::string tracker;
  for (const char c : target.substr(target.find('=') + 1)) {
    if (c >= 'a' && c <= 'z') tracker += static_cast<char>(c - 'a' + 'A');
    if ((c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7')) tracker += c;
  }
  return "ballot/" + tracker.substr(0, 26) + ".html";
}

static std::string path_of(std::string_view target) {
  std::string path(target.substr(0, target.find('?')));
  path.erase(0, 1);
  if (path.empty() || path == "en/") path += "index.html";
  return path;
}

Response BoardPages::answer(const Request& request) {
  const std::string_view target = request.target;
  if (const auto ballot = asked_ballot(target)) {
    Response out = text("");
    out.status = 303;
    out.location = *ballot;
    return out;
  }
  return page(path_of(target));
}

std::optional<Response> BoardPages::at_hand(const Request& request) {
  if (asked_ballot(request.target)) return std::nullopt;
  return find(path_of(request.target));
}

std::string BoardPages::turnout() {
  const Response now = page(kTurnout);
  return std::string(as_text(now.content()));
}

}  // namespace tuixuan::http

#include "server/http/board_pages.h"

#include "crypto/primitives/hash.h"
#include "server/service/ledger_objects.h"

namespace tuixuan::http {

using Clock = std::chrono::steady_clock;
static constexpr std::chrono::seconds kNewest{1};   // a page of an older size is shown for so long
static constexpr std::chrono::seconds kOldest{60};  // pages tell the time too: what is due, which notices run
static constexpr std::size_t kMostBytes = std::size_t{16} << 20U;
static const std::string kTurnout = "v1/turnout";

bool BoardPages::is_fresh(const Kept& kept) const {
  const auto age = Clock::now() - kept.made;
  return age < kNewest ||
         (kept.size == service_.ledger().size() && kept.changes == service_.cosigners().changes() && age < kOldest);
}

static std::uint32_t now_in_minutes() {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::minutes>(std::chrono::system_clock::now().time_since_epoch()).count());
}

Response BoardPages::make(const std::string& path) const {
  const ledger::Ledger& ledger = service_.ledger();
  const service::LedgerObjects objects(ledger);
  const service::Witnessed witnessed = service_.cosigners().witnessed();
  const std::string checkpoint = service_.cosigners().checkpoint().value_or("");
  Result<board::File> file = fail("board.page", path);
  service_.read_state([&](const election::State& state) {
    if (path == kTurnout) {
      file = board::File{"application/json", board::turnout_json(state), false};
      return;
    }
    board::Site site{state, objects, service_.key(), checkpoint, 0, true, now_in_minutes(), {}, {}};
    if (const auto opened = log::open_checkpoint(site.checkpoint, site.log)) site.size = opened->checkpoint.size;
    site.witnessed = witnessed.note;
    site.late = witnessed.late;
    for (const std::string& name : witnessed.alarms) site.alarms.push_back("v1/evidence/" + name);
    site.entries = [&](std::uint64_t from, std::uint64_t to) { return ledger.entries(from, to); };
    site.receipt = [&](std::uint64_t index) { return ledger.receipt(index); };
    file = board::render(site, path);
  });
  if (!file)
    return refusal({file.error().check == "board.page" ? "http.target" : file.error().check, file.error().what});
  Response out = text(std::move(file->bytes), std::move(file->type));
  out.tag = "\"" + primitives::sha256(out.body).hex().substr(0, 32) + "\"";
  out.page = true;
  return out;
}

// Pages of single ballots are many and are not kept.
Response BoardPages::page(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  if (const auto it = kept_.find(path); it != kept_.end() && is_fresh(it->second)) return it->second.response;
  const std::uint64_t size = service_.ledger().size();
  const std::uint64_t changes = service_.cosigners().changes();
  Response made = make(path);
  if (made.status != 200 || path.find("ballot/") != std::string::npos) return made;
  if (kept_bytes_ + made.body.size() > kMostBytes) {
    kept_.clear();
    kept_bytes_ = 0;
  }
  Kept& kept = kept_[path];
  kept_bytes_ += made.body.size();
  kept_bytes_ -= kept.response.body.size();
  kept = {size, changes, Clock::now(), made};
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

Response BoardPages::answer(const Request& request) {
  const std::string_view target = request.target;
  if (const auto ballot = asked_ballot(target)) {
    Response out = text("");
    out.status = 303;
    out.location = *ballot;
    return out;
  }
  std::string path(target.substr(0, target.find('?')));
  path.erase(0, 1);
  if (path.empty() || path == "en/") path += "index.html";
  Response out = page(path);
  if (!out.tag.empty() && out.tag == request.if_none_match) {
    out.status = 304;
    out.body.clear();
  }
  return out;
}

std::string BoardPages::turnout() { return std::string(as_text(page(kTurnout).body)); }

}  // namespace tuixuan::http

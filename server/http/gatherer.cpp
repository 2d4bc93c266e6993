#include "server/http/gatherer.h"

#include <charconv>
#include <future>

#include "crypto/base/reader.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/client.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "crypto/log/witness.h"
#include "tally/election/witnesses.h"

namespace tuixuan::http {

static constexpr client::TimeLimits kLimits{std::chrono::seconds(2), std::chrono::seconds(5)};
static constexpr std::chrono::seconds kRest{1};
static constexpr std::chrono::seconds kLongestRest{30};  // after a witness was not reached again and again
static constexpr std::size_t kMaxAnswer = log::kMaxEpochSize;
static constexpr std::size_t kMaxWitnesses = 50;

Result<std::unique_ptr<Gatherer>> Gatherer::open(service::Service& service, const std::vector<std::string>& addresses) {
  if (addresses.size() > kMaxWitnesses) return fail(code::server::witness, "a scheme has at most 50 witnesses");
  std::unique_ptr<Gatherer> out(new Gatherer(service));
  for (const std::string& text : addresses) {
    const auto at = text.find('=');
    if (at == std::string::npos || !log::is_key_name(text.substr(0, at)))
      return fail(code::server::witness,
                  "\"" + text + "\" is not NAME=URL, such as witness.example/liu=http://10.0.0.7:8081");
    auto url = client::Address::parse_any(text.substr(at + 1));
    if (!url) return fail(code::server::witness, url.error().what);
    out->peers_.push_back(
        std::unique_ptr<Peer>(new Peer{text.substr(0, at), client::Https(std::move(*url), std::nullopt, kLimits)}));
  }
  for (const auto& peer : out->peers_) out->threads_.emplace_back([g = out.get(), p = peer.get()] { g->run(*p); });
  return out;
}

Gatherer::~Gatherer() {
  {
    const Lock lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Gatherer::run(Peer& peer) {
  for (;;) {
    {
      const Lock lock(mutex_);
      if (stopping_) return;
    }
    ask(peer);
    const auto end = std::chrono::steady_clock::now() + peer.rest;
    const Lock lock(mutex_);
    while (!stopping_ && wakes_.wait_until(mutex_, end)) {
    }
  }
}

void Gatherer::ask(Peer& peer) {
  const auto note = service_.cosigners().round();
  if (!note) return;
  const auto round = log::open_checkpoint(*note, service_.key());
  if (!round || round->checkpoint.size == peer.asked) return;
  const auto done = offer(peer, *round, *note);
  const bool away = !done && kind_of(done.error()) == ErrorKind::later;
  peer.rest = away ? std::min(peer.rest * 2, kLongestRest) : kRest;
  if (away) return;
  service_.cosigners().refused(peer.name, done ? std::nullopt : std::optional(done.error()));
  peer.asked = round->checkpoint.size;  // a refusal is not asked for again before there is something new
}

static std::optional<std::uint64_t> size_in(std::string_view body) {
  if (!body.ends_with('\n')) return std::nullopt;
  body.remove_suffix(1);
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), out);
  if (error != std::errc() || end != body.data() + body.size()) return std::nullopt;
  return out;
}

// The first line of what it says about it, for people.
static std::string reason_in(std::string_view body) {
  const std::string line(body.substr(0, std::min<std::size_t>(body.find('\n'), 200)));
  return is_printable_utf8(line) && !line.empty() ? ": " + line : "";
}

// Before it is asked to cosign for a server of this epoch, it keeps the epoch. Witnesses that know no epochs have no
// such address.
Result<void> Gatherer::tell_epoch(Peer& peer, std::uint64_t number) {
  if (number == 0 || peer.told == number) return {};
  const std::string note = service_.epochs().note();
  TUIXUAN_TRY(answer, peer.https.ask({"POST", "/epoch", {}, as_bytes(note)}, log::kMaxEpochSize));
  if (answer.status >= 500) return fail(code::net::http, "status " + std::to_string(answer.status));
  if (answer.status == 409) return heard_epoch(as_text(answer.body));
  if (answer.status != 200 && answer.status != 404 && answer.status != 405)
    return fail(code::witness::refused, "status " + std::to_string(answer.status) + reason_in(as_text(answer.body)));
  peer.told = number;
  return {};
}

Result<void> Gatherer::heard_epoch(std::string_view note) {
  TUIXUAN_CHECK(service_.learn_epoch(note));
  return fail(code::witness::refused, "it holds another epoch of this log");
}

// A witness says once at most which size it holds; then the proof is from there.
Result<void> Gatherer::offer(Peer& peer, const log::OpenedCheckpoint& round, const std::string& note) {
  const std::uint64_t epoch = service_.epochs().number();
  TUIXUAN_CHECK(tell_epoch(peer, epoch));
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (peer.held > service_.ledger().size())
      return fail(code::log::rollback, "it has cosigned " + std::to_string(peer.held) + " entries, and this log has " +
                                           std::to_string(service_.ledger().size()) + " now");
    if (peer.held > round.checkpoint.size) return {};
    TUIXUAN_TRY(proof, service_.ledger().consistency_proof(peer.held, round.checkpoint.size));
    const std::string body = log::format_add_checkpoint({peer.held, std::move(proof), note});
    TUIXUAN_TRY(answer, peer.https.ask({"POST", "/add-checkpoint", {}, as_bytes(body), epoch}, kMaxAnswer));
    const std::string_view text = as_text(answer.body);
    if (answer.status == 410) return heard_epoch(text);
    if (answer.status == 200) return taken(peer, round, note, text);
    const auto held =
        answer.status == 409 && answer.type.starts_with("text/x.tlog.size") ? size_in(text) : std::nullopt;
    if (!held || *held == peer.held)
      return fail(answer.status >= 500 ? Code(code::net::http) : code::witness::refused,
                  "status " + std::to_string(answer.status) + reason_in(text));
    peer.held = *held;
  }
  return fail(code::net::http, "it does not keep to what it says it holds");
}

Result<void> Gatherer::taken(Peer& peer, const log::OpenedCheckpoint& round, const std::string& note,
                             std::string_view lines) {
  TUIXUAN_TRY(parsed, log::parse_signature_lines(lines));
  for (const log::NoteSignature& line : parsed)
    if (line.name != peer.name) return fail(code::witness::cosignature, "it answered with a line of " + line.name);
  std::promise<Result<std::uint64_t>> promise;
  auto stored = promise.get_future();
  service_.cosigners().submit(note + std::string(lines),
                              [&](Result<std::uint64_t> size) { promise.set_value(std::move(size)); });
  TUIXUAN_CHECK(stored.get().map([](std::uint64_t) {}));
  peer.held = round.checkpoint.size;
  return {};
}

}  // namespace tuixuan::http

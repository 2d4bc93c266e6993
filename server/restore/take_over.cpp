#include "server/restore/take_over.h"

#include <algorithm>

#include "crypto/base/parallel.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "hardware/devices/durable_file.h"
#include "server/ledger/copy.h"
#include "server/service/ledger_objects.h"
#include "tally/election/replay.h"

namespace tuixuan::restore {

namespace fs = std::filesystem;

static void say(const Plan& plan, const std::string& line) {
  if (plan.tell) plan.tell(line);
}

Result<std::set<std::string>> ask_witnesses(const Plan& plan, const log::NoteKey& log, Findings& found) {
  std::set<std::string> answered;
  for (const std::string& text : plan.witnesses) {
    TUIXUAN_TRY(witness, client::parse_witness(text));
    const auto holds = client::ask_witness(witness, log);
    if (!holds) {
      say(plan, "见证人没有回答 / a witness does not answer: " + witness.name + ": " + holds.error().text());
      continue;
    }
    answered.insert(witness.name);
    if (holds->checkpoint) found.add_seen(*holds->checkpoint, witness.name);
    found.add_epoch(holds->epoch);
  }
  return answered;
}

static Result<std::unique_ptr<election::Fold>> replay(const ledger::Ledger& ledger, const client::CongressCard& card) {
  auto fold = std::make_unique<election::Fold>(
      election::Anchor{primitives::VerifyKey{card.organiser}, ledger.key().key}, hardware_threads());
  const service::LedgerObjects objects(ledger);
  for (std::uint64_t from = 0; from < ledger.size(); from = fold->size()) {
    TUIXUAN_TRY(entries, ledger.entries(from, std::min(ledger.size(), from + 4096)));
    TUIXUAN_CHECK(election::replay_all(*fold, entries, objects, hardware_threads(), election::Reading::strict));
  }
  if (!fold->state().plan) return fail(code::restore::nothing, "the log has no entry yet: make a new server");
  return fold;
}

static Result<void> holds_all(const ledger::Ledger& ledger, const Findings& found) {
  for (const Seen& seen : found.seen()) {
    const log::Checkpoint& c = seen.checkpoint;
    if (c.size > ledger.size())
      return fail(code::restore::behind, seen.who + " has seen " + std::to_string(c.size) +
                                             " entries of this log, and here are " + std::to_string(ledger.size()) +
                                             "; nothing is signed. Put in what holds them");
    if (ledger.root_at(c.size) != c.root)
      return fail(code::log::fork, "what " + seen.who + " has seen of " + std::to_string(c.size) +
                                       " entries are others than those here; nothing is signed");
  }
  return {};
}

// A standby holds all that was ever acknowledged, so its kiosks need not be asked one by one.
static Result<void> all_named(const Plan& plan, const tally::Scheme& scheme, const std::set<std::string>& asked) {
  std::string missing;
  const auto need = [&](const std::string& name) {
    if (asked.contains(name) || std::find(plan.without.begin(), plan.without.end(), name) != plan.without.end()) return;
    missing += (missing.empty() ? "" : ", ") + name;
  };
  for (const std::string& vkey : scheme.witnesses)
    if (const auto key = log::parse_vkey(vkey)) need(key->name);
  if (plan.cause == log::EpochCause::restored)
    for (const tally::Kiosk& kiosk : scheme.kiosks) need(kiosk.id.name);
  if (missing.empty()) return {};
  return fail(code::restore::absent,
              "these may have seen more of the log and were not asked: " + missing +
                  ". Bring their folders (--kiosk) or reach them (--witness); what cannot be reached "
                  "the supervisors name with --without");
}

static Result<void> of_the_scheme(const Supervisors& who, const tally::Scheme& scheme) {
  std::set<primitives::VerifyKey> different;
  for (const primitives::SigningKey& key : who.keys) {
    const bool known = std::any_of(scheme.supervisors.begin(), scheme.supervisors.end(),
                                   [&](const tally::Supervisor& s) { return s.key == key.verify_key().bytes; });
    if (!known)
      return fail(code::restore::supervisors,
                  "the key " + key.verify_key().hex().substr(0, 16) + "… is no supervisor's here");
    different.insert(key.verify_key());
  }
  if (different.size() < 2) return fail(code::restore::supervisors, "two different supervisors must sign this");
  return {};
}

static std::string signed_epoch(const log::Epoch& epoch, const primitives::SigningKey& log_key,
                                const Supervisors& who) {
  std::vector<const primitives::SigningKey*> keys;
  for (const primitives::SigningKey& key : who.keys) keys.push_back(&key);
  return log::sign_epoch(epoch, log_key, keys);
}

// Those that know no epochs are no hindrance; one that holds another one is.
static Result<void> witnesses_take(const Plan& plan, const std::string& note) {
  std::size_t against = 0;
  std::string why;
  for (const std::string& text : plan.witnesses) {
    TUIXUAN_TRY(witness, client::parse_witness(text));
    std::string held;
    const auto told = client::tell_witness(witness, note, held);
    if (told) continue;
    say(plan, told.error().text());
    if (told.error().check != code::epoch::conflict) continue;
    ++against;
    why = told.error().what;
  }
  if (against * 2 >= plan.witnesses.size() && against > 0)
    return fail(code::restore::lost, "another machine has taken the log over meanwhile: " + why);
  return {};
}

static Result<void> write_file(const fs::path& file, std::string_view text) {
  return devices::replace(file, as_bytes(text), code::restore::file);
}

static log::Epoch epoch_of(const Plan& plan, const ledger::Ledger& ledger, const Findings& found, const Sha256& pin) {
  log::Epoch out{ledger.key().name, found.highest_epoch() + 1,
                 ledger.size(),     ledger.root_at(ledger.size()),
                 plan.address,      pin,
                 plan.cause,        plan.without};
  std::sort(out.without.begin(), out.without.end());
  out.without.erase(std::unique(out.without.begin(), out.without.end()), out.without.end());
  return out;
}

Result<log::Epoch> take_over(const Plan& plan, const Findings& found, std::set<std::string> asked,
                             const std::function<Result<Supervisors>()>& come) {
  const identity::IdentityFiles files{plan.folder};
  TUIXUAN_CHECK(client::Address::parse(plan.address).map([](const client::Address&) {}));
  TUIXUAN_TRY(log, log::parse_vkey(plan.card.log));
  TUIXUAN_TRY(sealed, devices::read_all(plan.sealed, identity::kMaxSealedKeySize, false, code::restore::file));
  TUIXUAN_TRY(ledger, ledger::Ledger::open(files.ledger(), log));
  TUIXUAN_TRY(fold, replay(*ledger, plan.card));
  const tally::Scheme& scheme = *fold->state().plan;
  TUIXUAN_CHECK(holds_all(*ledger, found));
  TUIXUAN_CHECK(all_named(plan, scheme, asked));
  TUIXUAN_TRY(pin, identity::load_pin(files));
  const log::Epoch epoch = epoch_of(plan, *ledger, found, pin);
  say(plan, "由监票人签署 / for the supervisors to sign:\n" + log::format_epoch(epoch) +
                "校验数字 / fingerprint: " + log::fingerprint({epoch.origin, epoch.size, epoch.root}));
  TUIXUAN_TRY(who, come());
  TUIXUAN_CHECK(of_the_scheme(who, scheme));
  TUIXUAN_TRY(log_key, identity::open_log_key(as_text(sealed), who.people[0], who.people[1]));
  if (log_key.verify_key() != log.key)
    return fail(code::sealed::form, plan.sealed.string() + " is of another log's key");
  const std::string note = signed_epoch(epoch, log_key, who);
  TUIXUAN_CHECK(witnesses_take(plan, note));
  std::string former = plan.card.server + "\n";
  for (const std::string& address : found.addresses())
    if (address != plan.address) former += address + "\n";
  TUIXUAN_CHECK(write_file(files.former(), former));
  TUIXUAN_CHECK(write_file(files.epoch(), note));
  if (std::error_code ec; !fs::exists(files.sealed_key(), ec))
    TUIXUAN_CHECK(write_file(files.sealed_key(), as_text(sealed)));
  TUIXUAN_CHECK(identity::put_log_key(files, log.name, std::move(log_key)).map([](const identity::Identity&) {}));
  return epoch;
}

Result<log::Epoch> go_on_alone(const Plan& plan, const std::function<Result<Supervisors>()>& come) {
  const identity::IdentityFiles files{plan.folder};
  TUIXUAN_TRY(self, identity::load_identity(files));
  Findings found(self.vkey());
  for (const fs::path& file : {files.epoch(), files.superseded()})
    if (const auto bytes = devices::read_all(file, log::kMaxEpochSize, false, code::restore::file))
      found.add_epoch(as_text(*bytes));
  // Asked before the ledger is read, which may grow meanwhile.
  TUIXUAN_CHECK(ask_witnesses(plan, self.vkey(), found).map([](const std::set<std::string>&) {}));
  const Scratch scratch;
  TUIXUAN_CHECK(scratch.made());
  const fs::path copy = scratch.path() / "log.ledger";
  TUIXUAN_CHECK(ledger::copy_ledger(files.ledger(), copy, self.vkey()).map([](const ledger::Copied&) {}));
  TUIXUAN_TRY(ledger, ledger::Ledger::open(copy, self.vkey()));
  TUIXUAN_TRY(fold, replay(*ledger, plan.card));
  TUIXUAN_CHECK(holds_all(*ledger, found));
  const log::Epoch epoch = epoch_of(plan, *ledger, found, self.pin);
  say(plan, "由监票人签署 / for the supervisors to sign:\n" + log::format_epoch(epoch));
  TUIXUAN_TRY(who, come());
  TUIXUAN_CHECK(of_the_scheme(who, *fold->state().plan));
  const std::string note = signed_epoch(epoch, self.log_key, who);
  TUIXUAN_CHECK(witnesses_take(plan, note));
  TUIXUAN_CHECK(write_file(files.epoch(), note));
  return epoch;
}

}  // namespace tuixuan::restore

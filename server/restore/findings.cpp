#include "server/restore/findings.h"

#include <algorithm>

#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "crypto/primitives/hash.h"
#include "hardware/devices/durable_file.h"
#include "kiosk/core/log_copy.h"
#include "server/verify/record.h"

namespace tuixuan::restore {

namespace fs = std::filesystem;
static constexpr std::uint64_t kChunk = 4096;

// --- what was found --------------------------------------------------------------------------------------------------

void Findings::add_entry(std::uint64_t index, ByteView entry, bool proven, const std::string& who) {
  const Sha256 leaf = log::leaf_hash(entry);
  const auto [at, fresh] = entries_.try_emplace(index, Candidate{{}, leaf, proven, false, who});
  Candidate& known = at->second;
  if (fresh) {
    known.entry = to_bytes(entry);
    return;
  }
  if (known.leaf == leaf) {
    known.proven = known.proven || proven;
    return;
  }
  const std::string what =
      "entry " + std::to_string(index) + " of " + who + " is another one than that of " + known.who;
  if (known.proven && proven) {
    contradiction_ = Error{code::log::fork, what + ", and both are signed"};
  } else if (proven) {
    damage_.push_back(known.who + ": entry " + std::to_string(index) + " is not the signed one");
    known = {to_bytes(entry), leaf, true, false, who};
  } else if (known.proven) {
    damage_.push_back(who + ": entry " + std::to_string(index) + " is not the signed one");
  } else {
    known.disputed = true;
    damage_.push_back(what);
  }
}

void Findings::add_sequence(std::span<const Bytes> entries, std::uint64_t proven, const std::string& who) {
  for (std::size_t i = 0; i < entries.size(); ++i) add_entry(i, entries[i], i < proven, who);
}

void Findings::add_seen(const log::OpenedCheckpoint& opened, const std::string& who, bool receipt) {
  seen_.push_back({opened.checkpoint, log::format_note(opened.note), who, receipt});
}

void Findings::add_epoch(std::string_view note) {
  const auto opened = log::open_epoch(note, log_);
  if (!opened) return;
  highest_epoch_ = std::max(highest_epoch_, opened->epoch.number);
  addresses_.push_back(opened->epoch.address);
}

static void add_epoch_file(Findings& to, const fs::path& file) {
  const auto bytes = devices::read_all(file, log::kMaxEpochSize, false, code::restore::other);
  if (bytes) to.add_epoch(as_text(*bytes));
}

Result<void> Findings::add_ledger(const fs::path& folder) {
  auto scratch = std::make_unique<Scratch>();
  TUIXUAN_CHECK(scratch->made());
  for (const char* name : {"log.ledger", "log.ledger-wal"}) {
    std::error_code ec;
    if (fs::exists(folder / name, ec)) fs::copy_file(folder / name, scratch->path() / name, ec);
    if (ec) return fail(code::restore::other, (folder / name).string() + ": " + ec.message());
  }
  auto ledger = ledger::Ledger::open(scratch->path() / "log.ledger", log_);
  if (!ledger) return fail_at(folder.string(), ledger.error());
  const std::uint64_t size = (*ledger)->size();
  for (std::uint64_t from = 0; from < size; from += kChunk) {
    TUIXUAN_TRY(part, (*ledger)->entries(from, std::min(size, from + kChunk)));
    for (std::size_t i = 0; i < part.size(); ++i) add_entry(from + i, part[i], true, folder.string());
  }
  if (const auto note = (*ledger)->latest_checkpoint()) {
    TUIXUAN_TRY(opened, log::open_checkpoint(*note, log_));
    add_seen(opened, folder.string());
  }
  ledgers_.push_back(std::move(*ledger));
  scratches_.push_back(std::move(scratch));
  add_epoch_file(*this, folder / "epoch.note");
  add_epoch_file(*this, folder / "superseded.note");
  return {};
}

Result<void> Findings::add_record(const std::string& where) {
  TUIXUAN_TRY(source, verify::open_source(where, std::nullopt));
  TUIXUAN_TRY(note, source->read("checkpoint", log::kMaxNoteSize));
  const auto opened = log::open_checkpoint(as_text(note), log_);
  if (!opened) return fail(code::restore::other, where + " is no record of this log: " + opened.error().text());
  std::vector<Bytes> entries;
  for (const log::BundleId& id : log::bundles_of(opened->checkpoint.size)) {
    TUIXUAN_TRY(bundle, verify::read_bundle(*source, id));
    std::move(bundle.begin(), bundle.end(), std::back_inserter(entries));
  }
  log::Frontier frontier;
  for (const Bytes& entry : entries) frontier.append(log::leaf_hash(entry));
  if (frontier.root() != opened->checkpoint.root)
    return fail(code::restore::other, where + " is damaged: its entries are not those of its checkpoint");
  add_sequence(entries, entries.size(), where);
  add_seen(*opened, where);
  records_.push_back(std::move(source));
  return {};
}

// --- kiosks ----------------------------------------------------------------------------------------------------------

Result<kiosk::KioskIdentity> Findings::add_kiosk(const fs::path& folder) {
  TUIXUAN_TRY(kiosk, kiosk::kiosk_identity(folder));
  const std::string who = "kiosk " + kiosk.id.name;
  auto receipts = kiosk::read_receipts(folder, log_);
  // A journal that cannot be read any more is no reason to leave the rest of the folder out.
  if (!receipts) damage_.push_back(who + ": " + receipts.error().text());
  bool of_this_log = receipts && !receipts->held.empty();
  if (receipts) {
    for (const std::string& where : receipts->damaged) damage_.push_back(who + ": ballot " + where + " is damaged");
    for (const kiosk::ReceiptHeld& r : receipts->held) {
      if (!r.entry.empty()) add_entry(r.receipt.index, r.entry, true, who);
      receipts_.push_back({kiosk.id.name, r.stage, r.seq, r.ballot, r.receipt.index});
      TUIXUAN_TRY(opened, log::open_checkpoint(r.receipt.checkpoint, log_));
      if (seen_.empty() || seen_.back().checkpoint != r.checkpoint) add_seen(opened, who, true);
    }
  }
  TUIXUAN_TRY(cosigned, kiosk::cosigned_by(folder, log_));
  if (!cosigned.empty()) {
    TUIXUAN_TRY(opened, log::open_checkpoint(cosigned, log_));
    add_seen(opened, who);
    of_this_log = true;
  }
  const fs::path copy = kiosk::log_copy_folder(folder, log_);
  if (std::error_code ec; fs::exists(copy / "vkey", ec)) {
    const auto kept = kiosk::read_log_copy(copy);
    if (!kept) {
      damage_.push_back(who + ": " + kept.error().text());
    } else {
      const std::uint64_t signed_size = kept->followed ? kept->followed->size : 0;
      add_sequence(kept->entries, signed_size <= kept->entries.size() ? signed_size : 0, who);
      if (kept->followed) {
        TUIXUAN_TRY(opened, log::open_checkpoint(kept->note, log_));
        add_seen(opened, who);
      }
      copies_.push_back(copy);
    }
    of_this_log = true;
  }
  add_epoch_file(*this, folder / "epoch.note");
  if (!of_this_log)
    return fail(code::restore::other,
                folder.string() + " (kiosk " + kiosk.id.name +
                    ") holds nothing of this log: it is of another congress, or has never been used");
  return kiosk;
}

// --- put together ----------------------------------------------------------------------------------------------------

std::vector<ReceiptGiven> Findings::receipts_from(std::uint64_t index) const {
  std::vector<ReceiptGiven> out;
  std::copy_if(receipts_.begin(), receipts_.end(), std::back_inserter(out),
               [&](const ReceiptGiven& r) { return r.index >= index; });
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.index < b.index; });
  return out;
}

std::optional<log::Fork> Findings::fork() const {
  std::map<std::uint64_t, const Seen*> first;
  for (const Seen& s : seen_) {
    const auto [at, fresh] = first.try_emplace(s.checkpoint.size, &s);
    if (!fresh && at->second->checkpoint != s.checkpoint) return log::Fork{at->second->note, s.note};
  }
  return std::nullopt;
}

Result<Bytes> Findings::find(const Sha256& hash) const {
  if (const auto found = objects_.find(hash); found != objects_.end()) return found->second;
  const auto keep = [&](Bytes bytes) { return objects_.insert_or_assign(hash, std::move(bytes)).first->second; };
  for (const auto& ledger : ledgers_)
    if (auto bytes = ledger->object(hash)) return keep(std::move(*bytes));
  for (const auto& record : records_)
    if (auto bytes = record->read("object/" + hash.hex(), ledger::kMaxObjectSize);
        bytes && primitives::sha256(*bytes) == hash)
      return keep(std::move(*bytes));
  for (const fs::path& copy : copies_)
    if (auto bytes = kiosk::read_kept_object(copy, hash)) return keep(std::move(*bytes));
  return fail(code::E04::object, "object " + hash.hex() + " is held by nobody who was asked");
}

Result<Whole> Findings::put_together() const {
  if (contradiction_) return tl::unexpected<Error>(*contradiction_);
  if (fork()) return fail(code::log::fork, "the log's key has signed two logs of one size");
  Whole out;
  std::map<std::uint64_t, const Seen*> by_size;
  for (const Seen& s : seen_)
    if (const auto [at, fresh] = by_size.try_emplace(s.checkpoint.size, &s); at->second->receipt) at->second = &s;
  if (by_size.empty()) return fail(code::restore::nothing, "nobody who was asked holds anything of this log");
  const std::uint64_t size = by_size.rbegin()->first;
  std::optional<std::uint64_t> first;
  std::uint64_t missing = 0;
  for (std::uint64_t i = 0; i < size; ++i) {
    const auto at = entries_.find(i);
    if (at != entries_.end() && at->second.disputed)
      return fail(code::restore::unclear, "two copies disagree about entry " + std::to_string(i) + ", first " +
                                              at->second.who + "'s, and no signature reaches so far; leave one out");
    if (at == entries_.end()) ++missing;
    if (at == entries_.end() && !first) first = i;
    if (missing == 0) out.entries.push_back(at->second.entry);
  }
  if (first)
    return fail(code::restore::ended, "this log ends after entry " + std::to_string(*first) + ": its key has signed " +
                                          std::to_string(size) + " entries (seen by " + by_size.rbegin()->second->who +
                                          "), and " + std::to_string(missing) +
                                          " of them nobody holds any more. They are never replaced under this key");
  log::Frontier frontier;
  auto next = by_size.begin();
  for (const Bytes& entry : out.entries) {
    frontier.append(log::leaf_hash(entry));
    if (frontier.size() != next->first) continue;
    if (frontier.root() != next->second->checkpoint.root)
      return fail(code::log::fork, "what " + next->second->who + " has seen of " + std::to_string(next->first) +
                                       " entries are others than those that were found");
    if (!next->second->receipt || next->first == size) out.seen.push_back(*next->second);
    ++next;
  }
  return out;
}

}  // namespace tuixuan::restore

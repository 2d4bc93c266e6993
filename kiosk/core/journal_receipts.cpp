#include "kiosk/core/journal_receipts.h"

#include <algorithm>
#include <cstdlib>

#include "crypto/codes/kiosk.h"
#include "hardware/devices/durable_file.h"
#include "hardware/devices/files.h"
#include "kiosk/core/folder.h"
#include "kiosk/core/log_witness.h"
#include "kiosk/core/statement.h"

namespace tuixuan::kiosk {

namespace fs = std::filesystem;

namespace {

// A folder of its own for as long as it lives.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "tuixuan-journal-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~Scratch() {
    std::error_code ec;
    if (!path_.empty()) fs::remove_all(path_, ec);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Row {
  StageId stage;
  std::uint64_t seq = 0;
  Hash64 ballot;
  Bytes entry;
  std::string receipt;
};

struct Closer {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};

Result<std::vector<Row>> read_rows(const fs::path& file) {
  sqlite3* raw = nullptr;
  const int status = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
  const std::unique_ptr<sqlite3, Closer> db(raw);
  if (status != SQLITE_OK) return fail(code::journal::open, "the journal cannot be opened");
  Statement s(raw, "SELECT stage, seq, hash, entry, receipt FROM ballot WHERE receipt <> '' ORDER BY stage, seq");
  std::vector<Row> out;
  int step = s.step();
  for (; step == SQLITE_ROW; step = s.step()) {
    Row row{StageId{s.text(0)}, s.number(1), {}, to_bytes(s.blob(3)), s.text(4)};
    if (s.blob(2).size() == Hash64::kSize) std::memcpy(row.ballot.bytes.data(), s.blob(2).data(), Hash64::kSize);
    out.push_back(std::move(row));
  }
  if (step != SQLITE_DONE)
    return fail(code::journal::read, std::string("the journal is damaged: ") + sqlite3_errmsg(raw));
  return out;
}

}  // namespace

Result<KioskIdentity> kiosk_identity(const fs::path& folder) {
  TUIXUAN_TRY(name, devices::read_all(folder / "kiosk.id", 64, false, code::kiosk::folder));
  devices::FileKeyStore store(folder);
  TUIXUAN_TRY(seed, store.get("kiosk.key"));
  if (seed.size() != primitives::SigningKey::kSeedSize) return fail(code::kiosk::key, "kiosk.key is damaged");
  const primitives::SigningKey key(
      std::span<const std::uint8_t, primitives::SigningKey::kSeedSize>(seed.data(), seed.size()));
  primitives::wipe(seed);
  return KioskIdentity{KioskId{std::string(as_text(name))}, key.verify_key()};
}

Result<JournalReceipts> read_receipts(const fs::path& folder, const log::NoteKey& log) {
  JournalReceipts out;
  std::error_code ec;
  if (!fs::exists(folder / "journal.sqlite", ec)) return out;
  const Scratch scratch;
  if (scratch.path().empty()) return fail(code::journal::open, "no folder for a copy of the journal");
  for (const char* name : {"journal.sqlite", "journal.sqlite-wal"})
    if (fs::exists(folder / name, ec)) fs::copy_file(folder / name, scratch.path() / name, ec);
  if (ec) return fail(code::journal::open, (folder / "journal.sqlite").string() + ": " + ec.message());
  auto rows = read_rows(scratch.path() / "journal.sqlite");
  if (!rows) return fail_at(folder.string(), rows.error());
  for (Row& row : *rows) {
    auto receipt = log::parse_receipt(row.receipt);
    const std::string where = row.stage.name + " " + std::to_string(row.seq);
    if (!receipt) {
      out.damaged.push_back(where);
      continue;
    }
    const auto opened = log::open_checkpoint(receipt->checkpoint, log);
    if (!opened) {
      ++out.of_other_logs;
      continue;
    }
    const bool whole = log::verify_receipt(*receipt, log::leaf_hash(row.entry), log).has_value();
    if (!whole) out.damaged.push_back(where);
    out.held.push_back({row.stage, row.seq, row.ballot, whole ? std::move(row.entry) : Bytes(), std::move(*receipt),
                        opened->checkpoint});
  }
  std::sort(out.held.begin(), out.held.end(),
            [](const ReceiptHeld& a, const ReceiptHeld& b) { return a.receipt.index < b.receipt.index; });
  return out;
}

Result<std::string> cosigned_by(const fs::path& folder, const log::NoteKey& log) {
  const fs::path file = seen_file(folder, log);
  std::error_code ec;
  if (!fs::exists(file, ec)) return std::string();
  TUIXUAN_TRY(bytes, devices::read_all(file, log::kMaxNoteSize, false, code::kiosk::witness));
  return std::string(as_text(bytes));
}

}  // namespace tuixuan::kiosk

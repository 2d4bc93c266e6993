// The kiosk's own copy of the log: every entry and object that it has followed, so that a log whose server's disk died
// can be put together again. In the kiosk's folder, one folder for each log: log/<16 hex of SHA-256 of its vkey>/
//   vkey          the log's key as text
//   entries       only grows: u32 length (little-endian), the entry, the first 8 bytes of its leaf hash; and so on
//   checkpoint    the newest signed checkpoint followed: of what stands before it
//   objects/<hex of SHA-256>
//   verified.log  what was verified, so that it is not verified again (tally/snapshot)
// It is a copy, so it is synced now and then and never holds up a vote: what cannot be written is told by trouble() and
// tried again. Leaves at least kSpare bytes of the disk to the journal. A reader believes hashes, not lengths: a frame
// that was torn ends the entries. Errors: "kiosk.copy".
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>

#include "tally/client/congress_card.h"

namespace tuixuan::kiosk {

// Where the copy of this log lies in a kiosk's folder.
std::filesystem::path log_copy_folder(const std::filesystem::path& kiosk, const log::NoteKey& log);

// --- reading ---

struct KeptLog {
  log::NoteKey log;
  std::vector<Bytes> entries;               // from the first; all that are whole
  std::optional<log::Checkpoint> followed;  // the newest checkpoint that was followed, its signature checked
  std::string note;                         // the same, as signed; empty: none
  bool torn = false;                        // something stands behind the last whole entry
};
// The copies in a kiosk's folder, of whatever logs it has served.
std::vector<std::filesystem::path> log_copies(const std::filesystem::path& kiosk);
// One of them. Entries over the checkpoint's size were followed, but no checkpoint says so. Refuses a copy whose
// entries are not those of its checkpoint.
[[nodiscard]] Result<KeptLog> read_log_copy(const std::filesystem::path& copy);
// Refuses one that is not there or has another hash.
[[nodiscard]] Result<Bytes> read_kept_object(const std::filesystem::path& copy, const Sha256& hash);
std::vector<Sha256> kept_objects(const std::filesystem::path& copy);  // by name; read_kept_object() checks each

// --- keeping ---

class LogCopy final : public client::Keeper {
 public:
  static constexpr std::uint64_t kSpare = std::uint64_t{256} << 20U;
  LogCopy(const std::filesystem::path& kiosk, log::NoteKey log, std::uint64_t spare = kSpare);
  ~LogCopy() override;
  LogCopy(const LogCopy&) = delete;
  LogCopy& operator=(const LogCopy&) = delete;

  void entries(std::uint64_t first, std::span<const Bytes>) override;
  void object(const Sha256& hash, ByteView bytes) override;
  void checkpoint(const log::OpenedCheckpoint&) override;
  std::uint64_t kept() override;
  // Why something is not kept at the moment. The log contradicts this copy: it is left as it is, for good.
  const std::optional<Error>& trouble() const { return trouble_; }
  // The newest checkpoint that this kiosk followed before it was started: the log must hold it.
  const std::optional<log::Checkpoint>& followed() const { return followed_; }

 private:
  [[nodiscard]] Result<void> open();
  [[nodiscard]] Result<void> keep(std::uint64_t first, std::span<const Bytes> entries);
  [[nodiscard]] Result<void> put(const std::filesystem::path& name, ByteView bytes) const;
  [[nodiscard]] Result<void> write_frames();
  [[nodiscard]] Result<void> room_for(std::uint64_t bytes) const;
  void note(const Result<void>& done);
  void sync(bool now);

  std::filesystem::path folder_;
  log::NoteKey log_;
  std::uint64_t spare_;
  bool contradicted_ = false;
  std::vector<Sha256> leaves_;  // of the entries held, then of those in waiting_
  Bytes waiting_;               // frames that could not be written yet
  std::uint64_t written_ = 0;   // bytes of whole frames in the file
  std::optional<log::Checkpoint> followed_;
  std::optional<Error> trouble_;
  int fd_ = -1;
  bool dirty_ = false;
  std::chrono::steady_clock::time_point synced_{};
};

// Nothing that this kiosk has verified is verified again (tally/snapshot); its folder keeps it.
// patience: as of snapshot::SnapshotFile; a kiosk runs on, so it writes seldom.
inline constexpr unsigned kSnapshotPatience = 10;
void go_on_from_verified(client::Congress&, const std::string& folder, unsigned patience = kSnapshotPatience);

}  // namespace tuixuan::kiosk

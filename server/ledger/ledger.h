// The durable store of one log: entries, signed checkpoints with the witnesses' cosignatures, and the objects that
// entries name by hash, in one SQLite file. Promises: what append() or put_object() answered is on the disk (WAL,
// synchronous=FULL); a batch and its checkpoint are one transaction, and no checkpoint is signed outside the one that
// stores it; one process at a time holds a ledger. Refuses to open what does not fit: each entry's hash, the root by
// two routes, every checkpoint and its signature. After a write whose outcome is unknown it is broken: nothing more is
// written until recover(), or it is closed and opened again. Errors: ledger.locked, .version, .origin, .schema,
// .damaged, .leaf, .root, .checkpoint (opening); .full, .readonly, .io, .uncertain (a failed commit: on the disk or
// not), .broken, .conflict, .sign, .entry (writing); .absent, .range, .object, .large (asking). All methods may be
// called from any thread; reads go on during a write.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "crypto/log/proof.h"
#include "crypto/log/tile.h"

namespace tuixuan::ledger {

inline constexpr std::size_t kMaxObjectSize = std::size_t{512} << 20U;
inline constexpr std::uint64_t kMaxRange = 65536;  // entries in one answer

// Makes the signed note of this checkpoint; called inside the transaction that stores it.
using SignCheckpoint = std::function<Result<std::string>(const log::Checkpoint&)>;

struct Appended {
  std::uint64_t first = 0;  // index of the batch's first entry
  std::uint64_t size = 0;   // of the log with the batch
  std::string checkpoint;   // the note that covers it
};

// A witness's cosignature of the stored checkpoint of this size, as the line of a note.
struct StoredCosignature {
  std::uint64_t size = 0;
  std::string witness;  // vkey
  std::string line;
  friend bool operator==(const StoredCosignature&, const StoredCosignature&) = default;
};

class Ledger {
 public:
  // A new, empty ledger; refuses a path where anything is already. The key's name is the origin of the log.
  [[nodiscard]] static Result<std::unique_ptr<Ledger>> create(const std::filesystem::path& path,
                                                              const log::NoteKey& key);
  // Checks everything, then opens. Refuses a path where nothing is: a lost disk is not a new election.
  [[nodiscard]] static Result<std::unique_ptr<Ledger>> open(const std::filesystem::path& path, const log::NoteKey& key);
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  [[nodiscard]] Result<Appended> append(std::span<const Bytes> entries, const SignCheckpoint& sign);
  [[nodiscard]] Result<void> put_object(const Sha256& hash, ByteView bytes);  // again is no error
  // In one commit. The first of a witness for a size stays; sizes without a stored checkpoint are refused. What the
  // lines say is not looked at: whoever uses them verifies them.
  [[nodiscard]] Result<void> put_cosignatures(std::span<const StoredCosignature> cosignatures);
  bool broken() const;
  // After a failed write: opens the file anew under the same lock, checks all of it, and proves by a durable write that
  // writing works; that write also takes the place of what a failed commit left in the write-ahead file. Reading goes
  // on meanwhile, but where every connection has to be closed first, since SQLite itself still holds a lock that could
  // not be let go. Refuses a file that does not continue what this ledger has answered.
  [[nodiscard]] Result<void> recover();
  // A small durable write that changes nothing: whether writing works now.
  [[nodiscard]] Result<void> probe();
  // Moves what stands only in the write-ahead file into the ledger's own file, and syncs it.
  [[nodiscard]] Result<void> checkpoint();

  const log::NoteKey& key() const;
  std::uint64_t size() const;
  Sha256 root_at(std::uint64_t size) const;                     // size <= size()
  std::optional<std::string> latest_checkpoint() const;         // none while the log is empty
  std::optional<std::uint64_t> find(const Sha256& leaf) const;  // the first entry with this leaf hash

  [[nodiscard]] Result<Bytes> entry(std::uint64_t index) const;
  [[nodiscard]] Result<std::vector<Bytes>> entries(std::uint64_t from, std::uint64_t to) const;  // to is not included
  [[nodiscard]] Result<Bytes> object(const Sha256& hash) const;  // checked against its hash at each reading
  [[nodiscard]] Result<std::uint64_t> object_size(const Sha256& hash) const;
  [[nodiscard]] Result<bool> has_object(const Sha256& hash) const;
  [[nodiscard]] Result<std::vector<Sha256>> objects() const;  // the hashes of all of them
  // The first checkpoint that covers this entry, and the receipt under it.
  [[nodiscard]] Result<std::string> checkpoint_covering(std::uint64_t index) const;
  [[nodiscard]] Result<log::Receipt> receipt(std::uint64_t index) const;
  // The checkpoint of just this size, if one was signed.
  [[nodiscard]] Result<std::optional<std::string>> checkpoint_of(std::uint64_t size) const;
  // Those of the newest sizes, newest first, at most so many sizes.
  [[nodiscard]] Result<std::vector<StoredCosignature>> newest_cosignatures(std::size_t sizes) const;
  [[nodiscard]] Result<log::Hashes> consistency_proof(std::uint64_t old_size, std::uint64_t size) const;
  [[nodiscard]] Result<Bytes> tile(const log::TileId& tile) const;
  [[nodiscard]] Result<Bytes> bundle(const log::BundleId& bundle) const;

 private:
  struct State;
  explicit Ledger(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace tuixuan::ledger

// The kiosk's durable journal of sealed ballots: one SQLite file (WAL, synchronous=FULL, mode 0600). A ballot is
// written before its tracker is shown, its fate before it is sent, its receipt when it is held. It never holds a plain
// choice, a slip secret or a person; what a challenge opens is public by design. After a power cut a ballot without a
// fate is abandoned under the same number, so that the kiosk's numbers have no gap. May be called from any thread.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "crypto/base/ids.h"
#include "crypto/primitives/sign.h"
#include "tally/election/kinds.h"

struct sqlite3;

namespace tuixuan::kiosk {

struct JournalBallot {
  std::uint64_t seq = 0;
  Hash64 hash;
  Bytes ballot;                        // sealed and signed by the kiosk: the body of an abandon entry
  std::optional<election::Kind> fate;  // cast, challenge or abandon; none while the voter decides
  Bytes entry;                         // the envelope to send, once there is a fate
  std::string receipt;                 // tlog-proof, once delivered
  std::string refused;                 // why a cast was turned into an abandon
};

struct JournalCounts {
  std::uint64_t cast = 0;
  std::uint64_t challenged = 0;
  std::uint64_t abandoned = 0;
  std::uint64_t undelivered = 0;
};

class Journal {
 public:
  // Errors: "journal.open" (cannot be opened or is of another kiosk or version), "journal.locked".
  [[nodiscard]] static Result<Journal> open(const std::string& path, const KioskId& kiosk);
  Journal(Journal&&) noexcept = default;
  Journal& operator=(Journal&&) noexcept = default;

  // Each is durable when it returns. Error "journal.write": what failed (disk full, read-only, ...); nothing was
  // changed.
  [[nodiscard]] Result<void> prepare(const StageId&, std::uint64_t seq, const Hash64& hash,
                                     const primitives::VerifyKey& credential, ByteView ballot);
  [[nodiscard]] Result<void> decide(const StageId&, std::uint64_t seq, election::Kind fate, ByteView entry);
  [[nodiscard]] Result<void> delivered(const StageId&, std::uint64_t seq, std::string_view receipt);
  // A cast that the log refused for good: the ballot becomes an abandon with the same number.
  [[nodiscard]] Result<void> turn_into_abandon(const StageId&, std::uint64_t seq, ByteView entry, std::string_view why);

  [[nodiscard]] Result<std::uint64_t> next_seq(const StageId&) const;  // from 1
  [[nodiscard]] Result<std::vector<JournalBallot>> undecided(const StageId&) const;
  [[nodiscard]] Result<std::vector<JournalBallot>> undelivered(const StageId&) const;  // decided, in order
  // Its receipt, or why it was refused, if it has come to that.
  [[nodiscard]] Result<std::optional<JournalBallot>> find(const StageId&, std::uint64_t seq) const;
  // The newest receipt over all stages; empty if there is none.
  [[nodiscard]] Result<std::string> last_receipt() const;
  // Whether this kiosk has cast a ballot by this slip that was not refused since.
  [[nodiscard]] Result<bool> has_cast(const StageId&, const primitives::VerifyKey& credential) const;
  [[nodiscard]] Result<JournalCounts> counts(const StageId&) const;

 private:
  struct Closer {
    void operator()(sqlite3*) const;
  };
  explicit Journal(sqlite3* db) : db_(db) {}
  std::unique_ptr<std::mutex> turn_ = std::make_unique<std::mutex>();  // an error's text is the connection's
  std::unique_ptr<sqlite3, Closer> db_;
};

}  // namespace tuixuan::kiosk

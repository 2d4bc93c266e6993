// The kiosk's durable journal of sealed ballots: one SQLite file (WAL, synchronous=FULL, mode 0600). A ballot is
// written before its tracker is shown, its fate before it is sent, its receipt when it is held. It never holds a plain
// choice, a slip secret or a person; what a challenge opens is public by design. After a power cut a ballot without a
// fate is abandoned under the same number, so that the kiosk's numbers have no gap. A journal is of one kiosk and one
// log; a stage whose voting has ended here takes no ballot any more, by the file itself. May be called from any thread.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "crypto/base/ids.h"
#include "crypto/base/mutex.h"
#include "crypto/primitives/sign.h"
#include "tally/election/kinds.h"

struct sqlite3;

namespace tuixuan::kiosk {

class Statement;

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
  std::uint64_t turned = 0;  // casts that the log refused for good: among the abandoned
};

// The end of voting in a stage at this kiosk.
struct JournalEnd {
  std::uint64_t last = 0;
  Bytes entry;          // kiosk-final, to send; empty if the log said it first
  std::string receipt;  // once delivered
};

// A cast that is in the journal and has no receipt, or is not on the log.
struct MissingBallot {
  StageId stage;
  std::uint64_t seq = 0;
  Hash64 hash;
  friend bool operator==(const MissingBallot&, const MissingBallot&) = default;
};

class Journal {
 public:
  // Errors: "journal.open" (cannot be opened or is of another kiosk or version), "journal.locked".
  [[nodiscard]] static Result<Journal> open(const std::string& path, const KioskId& kiosk);
  Journal(Journal&&) noexcept = default;
  Journal& operator=(Journal&&) noexcept = default;

  // Closes it, and gives the file this name beside itself: it is never deleted. Errors: "journal.write".
  [[nodiscard]] static Result<void> set_aside(Journal journal, const std::string& path, const std::string& to);

  // Each is durable when it returns. Errors: "journal.full" (the disk), "journal.write": what failed; nothing was
  // changed, for certain, as another write in its place has proven. "journal.unknown": the disk answers neither this
  // nor that, and only a later write that succeeds (settle() tries one) undoes it; killed before, this program may find
  // it done when it starts again. "kiosk.ended": the stage has ended here.
  [[nodiscard]] Result<void> prepare(const StageId&, std::uint64_t seq, const Hash64& hash,
                                     const primitives::VerifyKey& credential, ByteView ballot);
  [[nodiscard]] Result<void> decide(const StageId&, std::uint64_t seq, election::Kind fate, ByteView entry);
  [[nodiscard]] Result<void> delivered(const StageId&, std::uint64_t seq, std::string_view receipt);
  // A cast that the log refused for good: the ballot becomes an abandon with the same number.
  [[nodiscard]] Result<void> turn_into_abandon(const StageId&, std::uint64_t seq, ByteView entry, std::string_view why);

  // After "journal.unknown": a write in the place of the one in doubt. When it succeeds, that one is undone.
  [[nodiscard]] Result<void> settle();

  // No ballot of this stage is prepared after this. Again is no error; the first stays, but an entry is added.
  [[nodiscard]] Result<void> end(const StageId&, std::uint64_t last, ByteView entry);
  [[nodiscard]] Result<void> end_delivered(const StageId&, std::string_view receipt);
  [[nodiscard]] Result<std::optional<JournalEnd>> ended(const StageId&) const;

  // The log that it is of, as vkey; empty before the first. Binding it to another one is refused: "journal.log".
  [[nodiscard]] Result<std::string> log() const;
  [[nodiscard]] Result<void> bind_log(std::string_view vkey);

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
  [[nodiscard]] Result<JournalCounts> counts() const;  // over all stages
  std::uint64_t changes() const { return *changes_; }  // grows with every write: what was read before may be kept
  // Casts without a receipt, in all stages, in order; at most so many.
  [[nodiscard]] Result<std::vector<MissingBallot>> casts_without_receipt(std::size_t most) const;
  // Number and hash of all ballots from this number on, in order.
  [[nodiscard]] Result<std::vector<std::pair<std::uint64_t, Hash64>>> hashes(const StageId&, std::uint64_t from) const;

 private:
  struct Closer {
    void operator()(sqlite3*) const;
  };
  explicit Journal(sqlite3* db) : db_(db) {}
  [[nodiscard]] bool changed_one(Statement& s) TUIXUAN_REQUIRES(*turn_);
  [[nodiscard]] tl::unexpected<Error> undo(std::string_view what) TUIXUAN_REQUIRES(*turn_);
  std::unique_ptr<Mutex> turn_ = std::make_unique<Mutex>();  // an error's text is the connection's
  std::unique_ptr<std::atomic<std::uint64_t>> changes_ = std::make_unique<std::atomic<std::uint64_t>>(0);
  std::unique_ptr<sqlite3, Closer> db_ TUIXUAN_GUARDED_BY(*turn_);
};

}  // namespace tuixuan::kiosk

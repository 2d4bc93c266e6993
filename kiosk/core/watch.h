// Follows the log on a thread of its own, so that no voter waits for the network, and holds the newest picture of what
// a kiosk must know of it: whether its stage is open, which slips may vote, whether the server is reached. A picture is
// a value that never changes; slips are checked against the newest one, as far as the log is known here. A log that
// contradicts itself (client/follower.h) stops the watch for good and is told in `trouble`. While it follows, it
// cosigns what it has checked (log_witness.h) and keeps a copy (log_copy.h).
#pragma once

#include <thread>

#include "crypto/base/mutex.h"
#include "kiosk/core/log_copy.h"
#include "kiosk/core/log_witness.h"
#include "kiosk/core/standing.h"

namespace tuixuan::kiosk {

struct Picture {
  tally::Text congress;
  tally::Text body;
  tally::Text stage_title;
  tally::Text box_title;
  bool rehearsal = false;
  std::vector<tally::Supervisor> supervisors;
  std::uint64_t entries = 0;  // of the log
  std::string fingerprint;    // of its checkpoint (crypto/log/checkpoint.h), for people to compare
  std::optional<OpenStage> stage;
  std::optional<Error> closed;         // why there is no stage: "kiosk.closed", "kiosk.enrolment"
  std::optional<Error> standing;       // the log does not agree with this kiosk (standing.h)
  election::StageState slips;          // of the stage: its slips only
  std::vector<BoxId> boxes;            // of the stage
  bool reached = false;                // the server answered the last time it was asked
  std::vector<MissingBallot> missing;  // casts of stages that are not open any more, and not on the log
  bool followed = false;               // the log has been followed to its end since this program was started
  std::optional<Error> late;           // why it does not answer now
  std::optional<Error> trouble;        // why nothing more is believed
};
// The picture that this state of the log gives a kiosk.
Picture picture_of(const election::State&, const KioskId&);
// As slip_check() of session.h.
SlipCheck slip_check(std::shared_ptr<const Picture>);

// What the kiosk saw of the log before it was started last, by its newest receipt: a server whose log was set back is
// known at once ("log.rollback", "log.fork"). Errors: "journal.*", those of the receipt's form.
[[nodiscard]] Result<void> remember_receipts(client::Congress&, const Journal&);

class Watch {
 public:
  Watch(KioskId kiosk, std::unique_ptr<client::Congress> congress, LogWitness witness, std::unique_ptr<LogCopy> copy,
        Standing standing, const Journal& journal, std::chrono::milliseconds rest);
  ~Watch();  // stops after the request under way
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  std::shared_ptr<const Picture> picture() const;

 private:
  void run();
  void look();
  KioskId kiosk_;
  std::unique_ptr<client::Congress> congress_;
  LogWitness witness_;
  std::unique_ptr<LogCopy> copy_;
  Standing standing_;
  const Journal& journal_;
  std::chrono::milliseconds rest_;
  mutable Mutex mutex_;
  Condition wakes_;
  bool stopping_ TUIXUAN_GUARDED_BY(mutex_) = false;
  std::shared_ptr<const Picture> picture_ TUIXUAN_GUARDED_BY(mutex_) = std::make_shared<Picture>();
  std::thread thread_;
};

}  // namespace tuixuan::kiosk

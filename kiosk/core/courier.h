// Delivers the journal on a thread of its own, so that no voter waits for the network: at once after wake(), and again
// and again while something waits. It alone uses the client. What the network, the server or this machine's own disk
// delays (crypto/codes/catalogue.h) stays in the journal and is tried again for ever. What the log refuses stays there
// too and is told by trouble(); it is tried again when somebody asks by wake(), and now and then.
#pragma once

#include <thread>

#include "crypto/base/mutex.h"
#include "kiosk/core/sender.h"
#include "tally/client/client.h"

namespace tuixuan::kiosk {

// What has become of a ballot that was cast.
enum class Fate { waiting, on_log, refused };

class Courier {
 public:
  // Called on the courier's thread, after each round that delivered or turned something.
  using Tell = std::function<void(const Delivery&, std::size_t waiting)>;
  Courier(Journal& journal, const OpenStage& stage, const primitives::SigningKey& key, client::Client& client,
          Tell tell);
  ~Courier();  // stops after the request under way
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;

  void wake();
  // What is in the way now: the log's refusal, or this machine's disk; what is only late is no trouble.
  std::optional<Error> trouble() const;
  bool reached() const;  // the server answered in the last round
  Fate fate(std::uint64_t seq) const;
  // Until it is no longer waiting, or waiting is of no use: the server is not reached, or this time is over.
  Fate wait_for(std::uint64_t seq, std::chrono::milliseconds patience);
  // Goes on until nothing waits, or for so long, or until the log refuses; then stops. How many ballots still wait.
  // Errors: the log's refusal, this machine's disk.
  [[nodiscard]] Result<std::size_t> finish(std::chrono::seconds patience);

 private:
  void run();
  bool is_told_to_go() TUIXUAN_EXCLUDES(mutex_);  // waits for it; false: stop
  [[nodiscard]] Result<bool> round();             // whether nothing is in the way
  std::chrono::milliseconds rest_after(const Result<bool>& done);
  Journal& journal_;
  const OpenStage& stage_;
  const primitives::SigningKey& key_;
  client::Client& client_;
  Tell tell_;
  mutable Mutex mutex_;
  Condition wakes_;
  Condition rested_;  // a round has ended
  bool asked_ TUIXUAN_GUARDED_BY(mutex_) = true;
  bool stopping_ TUIXUAN_GUARDED_BY(mutex_) = false;
  bool empty_ TUIXUAN_GUARDED_BY(mutex_) = false;  // nothing waited after the last round
  bool reached_ TUIXUAN_GUARDED_BY(mutex_) = true;
  std::uint64_t rounds_ TUIXUAN_GUARDED_BY(mutex_) = 0;
  std::optional<Error> trouble_ TUIXUAN_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace tuixuan::kiosk

// Delivers the journal on a thread of its own, so that no voter waits for the network: at once after wake(), and again
// and again while something waits. It alone uses the client. What the network or a busy server delays stays in the
// journal; any other failure stops the courier and is told by trouble() and finish().
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "kiosk/core/sender.h"
#include "tally/client/client.h"

namespace tuixuan::kiosk {

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
  std::optional<Error> trouble() const;
  // Goes on until nothing waits, or for so long; then stops. How many still wait.
  [[nodiscard]] Result<std::size_t> finish(std::chrono::seconds patience);

 private:
  void run();
  [[nodiscard]] Result<bool> round();  // whether to go on at once: nothing is in the way
  Journal& journal_;
  const OpenStage& stage_;
  const primitives::SigningKey& key_;
  client::Client& client_;
  Tell tell_;
  mutable std::mutex mutex_;
  std::condition_variable wakes_;
  std::condition_variable rested_;  // a round has ended
  bool asked_ = true;
  bool stopping_ = false;
  bool empty_ = false;  // nothing waited after the last round
  std::optional<Error> trouble_;
  std::thread thread_;
};

}  // namespace tuixuan::kiosk

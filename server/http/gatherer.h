// Asks the witnesses of the scheme for cosignatures over the network (c2sp.org/tlog-witness, add-checkpoint): each on a
// thread of its own, so that one that is dead or slow costs nobody anything, at most once a second, and again only when
// there is something new to cosign. What a witness answers is believed only with its good signature; what it refuses is
// said (service::Cosigners). Errors of open(): "server.witness".
#pragma once

#include <memory>
#include <thread>

#include "crypto/base/mutex.h"
#include "server/service/service.h"
#include "tally/client/https.h"

namespace tuixuan::http {

class Gatherer {
 public:
  // addresses: NAME=URL, NAME as in the witness's vkey, URL the prefix of add-checkpoint without a path.
  [[nodiscard]] static Result<std::unique_ptr<Gatherer>> open(service::Service&,
                                                              const std::vector<std::string>& addresses);
  ~Gatherer();  // stops after the questions under way

 private:
  struct Peer {
    std::string name;
    client::Https https;
    std::uint64_t held = 0;   // the size that it said it holds
    std::uint64_t asked = 0;  // the round that it has answered
    std::uint64_t told = 0;   // the epoch that it has taken
    std::chrono::seconds rest{1};
  };
  explicit Gatherer(service::Service& service) : service_(service) {}
  void run(Peer& peer);
  void ask(Peer& peer);
  [[nodiscard]] Result<void> tell_epoch(Peer& peer, std::uint64_t number);
  [[nodiscard]] Result<void> heard_epoch(std::string_view note);
  [[nodiscard]] Result<void> offer(Peer& peer, const log::OpenedCheckpoint& round, const std::string& note);
  [[nodiscard]] Result<void> taken(Peer& peer, const log::OpenedCheckpoint& round, const std::string& note,
                                   std::string_view lines);

  service::Service& service_;
  Mutex mutex_;
  Condition wakes_;
  bool stopping_ TUIXUAN_GUARDED_BY(mutex_) = false;
  std::vector<std::unique_ptr<Peer>> peers_;
  std::vector<std::thread> threads_;
};

}  // namespace tuixuan::http

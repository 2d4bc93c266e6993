// What a server must know of the world before it signs, and tell it while it serves. At the start it asks the witnesses
// what they hold, and takes no entries before more than half of them have answered: one that has cosigned more than
// this ledger holds proves that the ledger was set back ("log.rollback", it never signs), and one that holds a higher
// epoch, that the log is served elsewhere now ("server.superseded"). Witnesses that are away can be left out by name.
// Then, while this server has an epoch, it is said to the hall (client/beacon.h) and to the former servers of the log,
// so that they stop. Errors of open(): "witness.address".
#pragma once

#include <memory>
#include <thread>

#include "crypto/base/mutex.h"
#include "server/service/service.h"
#include "tally/client/witness_held.h"

namespace tuixuan::http {

struct Neighbourhood {
  std::vector<std::string> witnesses;  // NAME=URL
  std::vector<std::string> without;    // names of those that are not waited for
  std::filesystem::path former;        // a file with the addresses of former servers, one a line
  std::function<void(const std::string&)> tell;
};

class Neighbours {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Neighbours>> open(service::Service&, Neighbourhood);
  ~Neighbours();  // stops after the questions under way

 private:
  struct Former {
    client::Address address;
    bool told = false;
  };
  explicit Neighbours(service::Service& service) : service_(service) {}
  void run();
  void ask_all();
  [[nodiscard]] Result<void> ask(const client::WitnessAddress& witness);
  void tell_world();

  service::Service& service_;
  Neighbourhood hall_;
  std::vector<client::WitnessAddress> waiting_;  // that have not answered yet
  std::size_t needed_ = 0;                       // answers before entries are taken
  std::size_t answered_ = 0;
  std::vector<Former> former_;
  unsigned ticks_ = 0;
  Mutex mutex_;
  Condition wakes_;
  bool stopping_ TUIXUAN_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace tuixuan::http

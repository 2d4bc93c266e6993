// Bytes on their way to readers, each content once in memory however many are sent it, and no more than a bound in all:
// a crowd of slow readers cannot fill the memory. Small ones are kept for the next reader as long as there is room.
// Error "server.busy": no room now. From any thread.
#pragma once

#include <atomic>
#include <map>

#include "crypto/base/mutex.h"
#include "server/http/message.h"

namespace tuixuan::http {

class Shelf {
 public:
  // most: bytes in all; one that is larger is let through alone. kept: of them, for the next reader.
  Shelf(std::size_t most, std::size_t kept)
      : held_(std::make_shared<std::atomic<std::size_t>>(0)), most_(most), kept_most_(kept) {}

  // A place for so many bytes, given back with the last who holds it.
  class Place {
   public:
    Place(std::shared_ptr<std::atomic<std::size_t>> held, std::size_t bytes) : held_(std::move(held)), bytes_(bytes) {}
    ~Place() { *held_ -= bytes_; }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    std::shared_ptr<std::atomic<std::size_t>> held_;
    std::size_t bytes_;
  };

  SharedBytes find(const std::string& name);  // null: nobody has it
  [[nodiscard]] Result<std::unique_ptr<Place>> place(std::size_t bytes);
  SharedBytes put(const std::string& name, Bytes bytes, std::unique_ptr<Place> room);
  std::size_t held() const { return *held_; }

 private:
  struct Item {
    Bytes bytes;
    std::unique_ptr<Place> place;
  };
  bool take(std::size_t bytes);
  void sweep() TUIXUAN_REQUIRES(mutex_);  // forgets what nobody holds

  const std::shared_ptr<std::atomic<std::size_t>> held_;
  const std::size_t most_;
  const std::size_t kept_most_;
  Mutex mutex_;
  std::map<std::string, std::weak_ptr<const Bytes>> all_ TUIXUAN_GUARDED_BY(mutex_);
  std::map<std::string, SharedBytes> kept_ TUIXUAN_GUARDED_BY(mutex_);
  std::size_t kept_bytes_ TUIXUAN_GUARDED_BY(mutex_) = 0;
};

}  // namespace tuixuan::http

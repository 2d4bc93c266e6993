#include "server/http/shelf.h"

#include "crypto/codes/server.h"

namespace tuixuan::http {

SharedBytes Shelf::find(const std::string& name) {
  const Lock lock(mutex_);
  const auto it = all_.find(name);
  return it == all_.end() ? nullptr : it->second.lock();
}

bool Shelf::take(std::size_t bytes) {
  const std::size_t now = *held_;
  if (now != 0 && (now > most_ || bytes > most_ - now)) return false;
  *held_ += bytes;
  return true;
}

Result<std::unique_ptr<Shelf::Place>> Shelf::place(std::size_t bytes) {
  const Lock lock(mutex_);
  if (!take(bytes)) {
    kept_.clear();  // what nobody is being sent
    kept_bytes_ = 0;
    if (!take(bytes))
      return fail(code::server::busy,
                  std::to_string(*held_) + " bytes are being sent to readers already; ask again in a moment");
  }
  return std::make_unique<Place>(held_, bytes);
}

void Shelf::sweep() {
  std::erase_if(all_, [](const auto& item) { return item.second.expired(); });
}

SharedBytes Shelf::put(const std::string& name, Bytes bytes, std::unique_ptr<Place> room) {
  const auto item = std::make_shared<Item>(Item{std::move(bytes), std::move(room)});
  const SharedBytes out(item, &item->bytes);
  const Lock lock(mutex_);
  if (kept_bytes_ + out->size() > kept_most_) {
    kept_.clear();
    kept_bytes_ = 0;
    sweep();
  }
  constexpr std::size_t kMany = 4096;
  if (all_.size() > kMany) sweep();
  all_[name] = out;
  if (out->size() <= kept_most_ / 8 && kept_.emplace(name, out).second) kept_bytes_ += out->size();
  return out;
}

}  // namespace tuixuan::http

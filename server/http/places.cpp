#include "server/http/places.h"

namespace tuixuan::http {

void Places::count(const Held& held, bool more) {
  if (!held.key.empty() || held.leaving) return;
  Address& of = addresses_[held.address];
  const auto step = [&](std::size_t& n) { more ? ++n : --n; };
  step(of.all);
  step(all_.all);
  if (is_half_open(held.doing)) {
    step(of.half_open);
    step(all_.half_open);
  }
  if (of.all == 0) addresses_.erase(held.address);
}

// Of the addresses with the most of what is too much: by what it is doing, then the oldest.
std::optional<Places::Id> Places::worst(bool half_open_only) const {
  const auto of = [&](const Address& a) { return half_open_only ? a.half_open : a.all; };
  std::size_t top = 0;
  for (const auto& [name, address] : addresses_) top = std::max(top, of(address));
  std::optional<Id> out;
  const Held* found = nullptr;
  for (const auto& [id, held] : held_) {
    if (!held.key.empty() || held.leaving || held.doing == Doing::working) continue;
    if (half_open_only && !is_half_open(held.doing)) continue;
    const auto address = addresses_.find(held.address);
    // Whoever comes alone is not closed while an address with many has anybody who can be.
    const bool crowded = address != addresses_.end() && of(address->second) == top;
    const bool found_crowded = found != nullptr && of(addresses_.at(found->address)) == top;
    if (found != nullptr && found_crowded != crowded) {
      if (found_crowded) continue;
    } else if (found != nullptr) {
      if (held.doing > found->doing) continue;
      if (held.doing == found->doing && held.since > found->since) continue;
    }
    found = &held;
    out = id;
  }
  return out;
}

Places::Entered Places::enter(const std::string& address) {
  Entered out;
  const bool half = all_.half_open >= half_open_;
  if (half || all_.all >= most_) {
    out.close = worst(half);
    if (!out.close) return out;
    Held& going = held_.at(*out.close);
    count(going, false);
    going.leaving = true;
    ++driven_out_;
  }
  out.id = next_++;
  const Held& held = held_.emplace(*out.id, Held{address, Doing::silent, ++changes_, {}, false}).first->second;
  count(held, true);
  return out;
}

void Places::doing(Id id, Doing what) {
  const auto it = held_.find(id);
  if (it == held_.end()) return;
  count(it->second, false);
  it->second.doing = what;
  it->second.since = ++changes_;
  count(it->second, true);
}

std::optional<Places::Id> Places::introduced(Id id, const std::string& key) {
  const auto it = held_.find(id);
  if (it == held_.end() || !it->second.key.empty() || it->second.leaving) return std::nullopt;
  count(it->second, false);
  it->second.key = key;
  ++known_;
  std::set<Id>& of_key = keys_[key];
  of_key.insert(id);
  if (of_key.size() <= of_one_key_) return std::nullopt;
  const Id oldest = *of_key.begin();
  return oldest;
}

bool Places::is_known(Id id) const {
  const auto it = held_.find(id);
  return it != held_.end() && !it->second.key.empty();
}

bool Places::is_at_rest(Id id) const {
  const auto it = held_.find(id);
  return it != held_.end() && (is_half_open(it->second.doing) || it->second.doing == Doing::idle);
}

void Places::leave(Id id) {
  const auto it = held_.find(id);
  if (it == held_.end()) return;
  count(it->second, false);
  if (!it->second.key.empty()) {
    --known_;
    std::set<Id>& of_key = keys_[it->second.key];
    of_key.erase(id);
    if (of_key.empty()) keys_.erase(it->second.key);
  }
  held_.erase(it);
}

}  // namespace tuixuan::http

#include "kiosk/flow/typed_code.h"

#include <algorithm>

#include "crypto/primitives/secret.h"

namespace tuixuan::kiosk {

static void wipe_text(std::string& text) {
  primitives::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  text.clear();
}

void TypedCode::wipe() {
  wipe_text(text_);
  ended_.reset();
  held_.clear();
}

void TypedCode::finish(std::vector<Typed>& out) {
  if (text_.size() >= kLeast) out.push_back({text_, 0});
  wipe_text(text_);
}

// What the time alone decides.
void TypedCode::settle(Time now, std::vector<Typed>& out) {
  if (!text_.empty() && now - last_ > kQuiet) finish(out);
  if (ended_ && now - *ended_ > kTail) ended_.reset();
  const auto waits = std::find_if(held_.begin(), held_.end(),
                                  [&](const Held& h) { return h.key.sort == KeySort::enter && now - h.at <= kHold; });
  for (auto h = held_.begin(); h != waits; ++h) out.push_back({{}, h->key.code});
  held_.erase(held_.begin(), waits);
}

std::vector<Typed> TypedCode::pass(Time now) {
  std::vector<Typed> out;
  settle(now, out);
  return out;
}

std::vector<Typed> TypedCode::press(const TypedKey& key, Time now) {
  std::vector<Typed> out;
  if (key.sort == KeySort::nothing) return out;
  settle(now, out);
  const bool reading = !text_.empty();
  if (key.sort == KeySort::sign || (reading && key.sign != 0)) {
    held_.clear();
    if (text_.capacity() < kMost) text_.reserve(kMost);  // no copies of it are left behind
    if (text_.size() < kMost) text_ += key.sign;
    last_ = now;
    return out;
  }
  const bool ending = key.sort == KeySort::enter || key.ends;
  if (reading) {
    if (!ending) return out;
    finish(out);
    ended_ = now;
    return out;
  }
  if (ending && ended_) return out;
  if (key.sort == KeySort::enter && !held_.empty() && held_.back().key.sort == KeySort::enter) return out;
  if (key.sort == KeySort::enter || !held_.empty()) {
    held_.push_back({key, now});
  } else {
    out.push_back({{}, key.code});
  }
  return out;
}

}  // namespace tuixuan::kiosk

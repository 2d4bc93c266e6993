// Tells what a code reader types from what a person presses, by timing and shape alone: a reader's keys come as a burst
// of characters with an Enter, a Tab or nothing at its end, at any speed and with whatever Shift; a person has five
// keys or two switches and no characters. Promises: an Enter within kQuiet after a character, or within kHold before
// one, never reaches a button; a person's Enter always does, kHold late, and keeps its turn. Pure: the time is told
// with each key, in milliseconds that never go back. What was typed is wiped.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace tuixuan::kiosk {

enum class KeySort {
  sign,     // a character
  enter,    // Return, Enter
  steer,    // Tab, Space, arrows: a person's way over the page; and any other key
  nothing,  // Shift, Caps Lock and their like, and what repeats itself
};
struct TypedKey {
  KeySort sort = KeySort::nothing;
  char sign = 0;      // of a sign; a Space is both, ' ' with steer
  int code = 0;       // given back when it was a person's
  bool ends = false;  // a steering key that readers end with: Tab, line feed
};

// In the order of its coming: a code that was read, or a person's key.
struct Typed {
  std::string code;  // secret; empty: a key
  int key = 0;
};

class TypedCode {
 public:
  using Time = std::chrono::milliseconds;
  static constexpr Time kQuiet{1000};        // after a character, all keys are the reader's
  static constexpr Time kHold{100};          // so long an Enter waits whether a reader began with it
  static constexpr Time kTail{250};          // after the end of a code: CR LF, a second Enter
  static constexpr std::size_t kLeast = 8;   // characters of a code; fewer are a mistake of the hand and nothing
  static constexpr std::size_t kMost = 512;  // the rest is cut off

  ~TypedCode() { wipe(); }
  std::vector<Typed> press(const TypedKey& key, Time now);
  std::vector<Typed> pass(Time now);  // time goes by without a key
  void wipe();                        // forgets what was typed

 private:
  void settle(Time now, std::vector<Typed>& out);
  void finish(std::vector<Typed>& out);
  std::string text_;
  Time last_{};  // character
  std::optional<Time> ended_;
  struct Held {
    TypedKey key;
    Time at;
  };
  std::vector<Held> held_;  // a person's Enter, as it seems, and what came behind it
};

}  // namespace tuixuan::kiosk

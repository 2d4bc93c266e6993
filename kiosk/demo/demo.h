// The demo's congress: a server, keys of every role, slips and an opening, made by the real programs on this machine
// (tally/demo), so that a newcomer can vote at a real kiosk within a minute. The ballot is of the kind asked for:
// a stage of a congress has one kind. At the end it says how many ballots the log holds. Errors: "demo.*", "process".
#pragma once

#include <memory>

#include "tally/demo/hall.h"

namespace tuixuan::demo {

class KioskDemo {
 public:
  static constexpr std::size_t kSlips = 40;
  [[nodiscard]] static Result<std::unique_ptr<KioskDemo>> prepare(tally::Kind kind, const std::string& folder = {});

  std::string kiosk_folder() const { return hall_.file("K1"); }
  std::string card() const { return hall_.file("congress.json"); }
  std::string print_folder() const { return hall_.file("printed"); }
  std::string key_folder() const { return hall_.file("stick"); }
  Hall& hall() { return hall_; }
  std::string next_slip();
  [[nodiscard]] Result<void> finish();

 private:
  explicit KioskDemo(Hall hall) : hall_(std::move(hall)) {}
  [[nodiscard]] Result<void> open_congress(tally::Kind kind);
  [[nodiscard]] Result<void> take_slips();
  Hall hall_;
  std::vector<std::string> slips_;
  std::size_t used_ = 0;
};

}  // namespace tuixuan::demo

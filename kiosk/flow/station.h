// A kiosk at work: its folder, the flow of its voters, the log followed and the journal delivered on threads of their
// own. A folder without a key is a new kiosk: the key is made and shown for the scheme, and the station waits until the
// congress card is there and names it. All methods are for the screen's thread. Errors: those of folder.h, "card".
#pragma once

#include "kiosk/core/courier.h"
#include "kiosk/core/folder.h"
#include "kiosk/core/watch.h"
#include "kiosk/flow/machine.h"

namespace tuixuan::kiosk {

struct StationOptions {
  std::string folder;
  std::string id;    // of a new kiosk
  std::string card;  // the file; need not be there yet
  Flow::Timing timing;
  std::chrono::milliseconds rest{1000};  // between looks at the log
};

class Station final : public Machine {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Station>> open(StationOptions options);

  Flow& flow() override { return *flow_; }
  void tick() override;
  MachineState state() const override;
  std::optional<std::string> receipt(std::uint64_t seq) const override;
  [[nodiscard]] Result<election::OpenedBallot> opened(std::uint64_t seq) const override {
    return opened_in(folder_.journal, stage_, seq);
  }
  [[nodiscard]] Result<void> end_voting() override;

 private:
  Station(StationOptions options, KioskFolder folder);
  void join();
  const OpenStage* open_stage() const;
  StationOptions options_;
  KioskFolder folder_;
  Session session_;
  std::shared_ptr<const Picture> picture_ = std::make_shared<Picture>();
  std::optional<client::CongressCard> card_;
  std::optional<Error> card_trouble_;
  OpenStage stage_;                             // that the courier delivers for
  std::unique_ptr<client::Congress> delivery_;  // its client is the courier's
  std::unique_ptr<Watch> watch_;
  std::unique_ptr<Courier> courier_;
  std::unique_ptr<Flow> flow_;
};

}  // namespace tuixuan::kiosk

// A kiosk at work: its folder, the flow of its voters, the log followed and the journal delivered on threads of their
// own. A folder without a key is a new kiosk: the key is made and shown for the scheme, and the station waits until the
// congress card is there and names it. A card that is replaced is read between two voters. It takes slips only while
// the log agrees with it (kiosk/core/standing.h). All methods are for the screen's thread. Errors: those of folder.h,
// "card".
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

  void retry() override;

 private:
  Station(StationOptions options, KioskFolder folder);
  void look_at_card();
  [[nodiscard]] Result<void> join(client::CongressCard card);
  void part();
  void follow_stage();
  [[nodiscard]] Result<void> standing() const;
  std::optional<Flow::Around::Word> word(std::uint64_t seq) const;
  std::optional<Error> stop() const;
  const OpenStage* open_stage() const;
  void count() const;
  StationOptions options_;
  KioskFolder folder_;
  Session session_;
  std::shared_ptr<const Picture> picture_ = std::make_shared<Picture>();
  std::optional<client::CongressCard> card_;  // joined
  Bytes card_file_;                           // as read last
  std::optional<Error> card_trouble_;
  unsigned ticks_ = 0;
  std::uint64_t seen_ = 0;
  std::vector<std::string> set_aside_;
  bool ended_ = false;                          // in stage_
  OpenStage stage_;                             // that the courier delivers for
  std::unique_ptr<client::Congress> delivery_;  // its client is the courier's
  std::unique_ptr<Watch> watch_;
  std::unique_ptr<Courier> courier_;
  std::unique_ptr<Flow> flow_;
  mutable std::uint64_t counted_ = ~std::uint64_t{0};  // at which change of the journal
  mutable StageId counted_stage_;
  mutable JournalCounts counts_;
  mutable JournalCounts all_;
  mutable std::optional<JournalEnd> end_;
  mutable std::vector<MissingBallot> unsent_;
};

}  // namespace tuixuan::kiosk

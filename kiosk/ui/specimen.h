// A kiosk to look at, for the self-test and for pictures: a specimen ballot with every kind of contest, a real session,
// real sealing and a real journal in a folder of its own that goes with it; no server, so that its receipts are told
// to it. Votes at it reach no log.
#pragma once

#include <filesystem>

#include "kiosk/flow/machine.h"

namespace tuixuan::kiosk {

std::vector<tally::Contest> specimen_contests();

class Specimen final : public Machine {
 public:
  explicit Specimen(std::vector<tally::Contest> contests = specimen_contests());
  ~Specimen() override;

  Flow& flow() override { return *flow_; }
  void tick() override {}
  MachineState state() const override;
  std::optional<std::string> receipt(std::uint64_t) const override { return receipt_; }
  [[nodiscard]] Result<election::OpenedBallot> opened(std::uint64_t seq) const override {
    return opened_in(*journal_, stage_, seq);
  }
  [[nodiscard]] Result<void> end_voting() override {
    ended_ = true;
    return {};
  }

  std::string slip() const;  // a new one
  void set_open(bool open) { open_ = open; }
  void set_enrolling(bool on) { enrolling_ = on; }
  void set_missing(std::vector<MissingBallot> missing) { missing_ = std::move(missing); }
  void set_stop(std::optional<Error> why) { stop_ = std::move(why); }
  void set_receipt(std::optional<std::string> receipt) { receipt_ = std::move(receipt); }
  void set_supervisors(std::vector<tally::Supervisor> s) { supervisors_ = std::move(s); }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  primitives::SigningKey key_ = primitives::SigningKey::random();
  std::optional<Journal> journal_;
  std::optional<Session> session_;
  OpenStage stage_;
  bool open_ = true;
  bool enrolling_ = false;
  std::optional<std::string> receipt_;
  std::optional<Error> stop_;
  std::vector<MissingBallot> missing_;
  bool ended_ = false;
  std::vector<tally::Supervisor> supervisors_;
  std::optional<Flow> flow_;
};

}  // namespace tuixuan::kiosk

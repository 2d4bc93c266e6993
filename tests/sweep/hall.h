// A real server with an open congress and many kiosks, each of which is taken once: a sweep's run begins with a new
// one, three slips in hand. When all are taken the next hall is opened.
#pragma once

#include <filesystem>
#include <memory>

#include "tests/support/real_server.h"

namespace tuixuan::sweep {

inline constexpr std::size_t kSlipsOfAKiosk = 3;

class Hall {
 public:
  explicit Hall(std::size_t kiosks);
  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path card() const { return folder_ / "congress.json"; }
  bool used_up() const { return next_ >= kit.kiosks.size(); }
  std::size_t take() { return next_++; }  // the kiosk
  std::filesystem::path kiosk_folder(std::size_t kiosk) const { return folder_ / kit.kiosks[kiosk].id.name; }
  std::string slip(std::size_t kiosk, std::size_t i) const {
    return kit.slip_secrets[kiosk * kSlipsOfAKiosk + i].text();
  }
  // The log now, replayed by the rules.
  const election::StageState& logged();
  bool has_cast(std::size_t kiosk, std::size_t i);     // by this slip, as of logged()
  bool has_tracker(const std::string& tracker) const;  // a ballot on the log, as of logged()

  kit::Congress kit;
  kit::RealServer server;

 private:
  std::filesystem::path folder_;
  std::size_t next_ = 0;
  std::unique_ptr<client::Congress> reader_;
};

}  // namespace tuixuan::sweep

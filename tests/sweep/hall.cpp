#include "tests/sweep/hall.h"

#include <fstream>

#include "kiosk/core/folder.h"

namespace tuixuan::sweep {

Hall::Hall(std::size_t kiosks)
    : kit({kiosks * kSlipsOfAKiosk, kiosks, 3, 2, false}, 2), server(kit), folder_(server.folder()) {
  for (std::size_t k = 0; k < kiosks; ++k)
    kit.scheme.kiosks[k].key = kiosk::make_kiosk(kiosk_folder(k), kit.kiosks[k].id.name).value().bytes;
  kit.found();
  kit.ceremony();
  kit.slips();
  kit.attendance();
  kit.open();
  if (!server.start()) std::abort();
  client::Client client = server.client();
  server.send_log(client, 0, 1);
  server.send_log(client, 1, kit.log.size());
  std::ofstream(card()) << client::write_card(server.card());
  reader_ = client::Congress::join(server.card(), kit::kHang, 2).value();
}

const election::StageState& Hall::logged() {
  if (!reader_->sync()) std::abort();
  return *reader_->state().stage(kit.stage_id);
}

bool Hall::has_cast(std::size_t kiosk, std::size_t i) {
  const auto& slips = reader_->state().stage(kit.stage_id)->slips;
  const auto key = kit.slip_secrets[kiosk * kSlipsOfAKiosk + i].credential(kit.congress(), 1).verify_key();
  const auto at = slips.find(key);
  return at != slips.end() && at->second.cast;
}

bool Hall::has_tracker(const std::string& tracker) const {
  for (const auto& [hash, index] : reader_->state().stage(kit.stage_id)->ballots)
    if (protocol::tracker(hash) == tracker) return true;
  return false;
}

}  // namespace tuixuan::sweep

#include "kiosk/demo/demo.h"

#include <cstdio>
#include <thread>

#include "crypto/base/parallel.h"
#include "crypto/codes/organiser.h"
#include "crypto/primitives/secret.h"
#include "hardware/devices/durable_file.h"
#include "kiosk/ui/specimen.h"
#include "tally/client/congress_card.h"
#include "tally/client/key_file.h"
#include "tally/scheme/scheme_file.h"

namespace tuixuan::demo {

namespace fs = std::filesystem;

static constexpr const char* kStage = "vote";
static constexpr const char* kStickPassphrase = "demo demo";

Result<std::unique_ptr<KioskDemo>> KioskDemo::prepare(tally::Kind kind, const std::string& folder) {
  TUIXUAN_TRY(hall, Hall::prepare(folder));
  std::unique_ptr<KioskDemo> demo(new KioskDemo(std::move(hall)));
  TUIXUAN_CHECK(demo->open_congress(kind));
  return demo;
}

// A supervisor of the demo whose key lies on a stick with a passphrase that one can type.
static Result<tally::Supervisor> stick_supervisor(const std::string& folder) {
  std::error_code ec;
  fs::create_directory(folder, ec);
  TUIXUAN_TRY(
      key, client::make_key_file(folder + "/helper.key", "supervisor", as_bytes(std::string_view(kStickPassphrase))));
  return tally::Supervisor{"S3", "何伟", key.bytes};
}

Result<void> KioskDemo::open_congress(tally::Kind kind) {
  narrate("准备一个演示大会：服务器、密钥、凭条，然后打开投票机",
          "a demo congress: server, keys, slips, then the kiosk");
  std::error_code ec;
  fs::create_directory(print_folder(), ec);
  TUIXUAN_TRY(keys, hall_.make_keys({"K1"}, 3));
  tally::Scheme scheme = approval_scheme(keys, 2, {{"演示"}, {}});
  scheme.congress.id = "demo-kiosk";
  scheme.congress.title = {"柳河村党支部党员大会", "Liuhe village branch congress"};
  TUIXUAN_TRY(helper, stick_supervisor(key_folder()));
  scheme.supervisors.push_back(helper);
  scheme.contests.clear();
  scheme.stages[0].id = StageId{kStage};
  scheme.stages[0].kind = kind;
  scheme.stages[0].quorum = tally::Stage{}.quorum;
  scheme.stages[0].contests.clear();
  for (tally::Contest& c : kiosk::specimen_contests()) {
    if (c.kind != kind) continue;
    scheme.stages[0].title = c.title;
    scheme.stages[0].contests.push_back(c.id);
    scheme.contests.push_back(std::move(c));
  }
  TUIXUAN_CHECK(devices::write_new(hall_.file("scheme.json"), scheme::write_scheme(scheme), code::demo::file));
  TUIXUAN_CHECK(hall_.start_server("127.0.0.1:0"));
  TUIXUAN_CHECK(hall_.command({"create", "--scheme", hall_.file("scheme.json"), "--card", card()}, {"organiser"}));
  TUIXUAN_CHECK(hall_.start_trustees());
  TUIXUAN_TRY(loaded, client::load_card(card()));
  TUIXUAN_TRY(congress, client::Congress::join(loaded, std::chrono::seconds(30), hardware_threads()));
  const auto wait_for = [&](const std::function<bool(const election::State&)>& done) -> Result<void> {
    for (int i = 0; i < 600; ++i) {
      TUIXUAN_CHECK(congress->sync());
      if (done(congress->state())) return {};
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return fail(code::demo::wait, "the trustees do not answer; see the messages in " + hall_.file("").string());
  };
  TUIXUAN_CHECK(wait_for([](const auto& s) { return s.ceremony.key.has_value(); }));
  TUIXUAN_CHECK(take_slips());
  const std::string n = std::to_string(kSlips);
  TUIXUAN_CHECK(hall_.command({"attendance", "--stage", kStage, "--registered", n, "--present", n}, {"S1", "S2"}));
  TUIXUAN_CHECK(hall_.command({"open", "--stage", kStage}, {"S1", "S2"}));
  TUIXUAN_CHECK(wait_for([](const auto& s) { return s.stage(StageId{kStage})->phase == election::Phase::open; }));
  std::printf("  监票人密钥 supervisor's key: %s/helper.key  口令 passphrase: %s\n", key_folder().c_str(),
              kStickPassphrase);
  std::fflush(stdout);
  return {};
}

Result<void> KioskDemo::take_slips() {
  TUIXUAN_CHECK(hall_.command({"slips", "--box", kMembersBox, "--round", "1", "--count", std::to_string(kSlips),
                               "--sheet", hall_.file("slips.pdf"), "--codes", hall_.file("slips.txt")},
                              {"desk"}));
  TUIXUAN_TRY(codes, devices::read_all(hall_.file("slips.txt"), 1U << 20U, true, code::demo::file));
  std::string line;
  for (const std::uint8_t c : codes) {
    if (c != '\n') {
      line += static_cast<char>(c);
    } else {
      slips_.push_back(std::move(line));
      line.clear();
    }
  }
  primitives::wipe(codes);
  return {};
}

std::string KioskDemo::next_slip() { return slips_[used_++ % slips_.size()]; }

Result<void> KioskDemo::finish() {
  TUIXUAN_TRY(loaded, client::load_card(card()));
  TUIXUAN_TRY(congress, client::Congress::join(loaded, std::chrono::seconds(10), hardware_threads()));
  TUIXUAN_CHECK(congress->sync());
  const election::StageState& stage = *congress->state().stage(StageId{kStage});
  narrate("日志中有 " + std::to_string(stage.cast) + " 张选票，查验 " + std::to_string(stage.challenged) + " 张",
          "the log holds " + std::to_string(stage.cast) + " ballots, and " + std::to_string(stage.challenged) +
              " opened to check the machine");
  hall_.end_server(true);
  return {};
}

}  // namespace tuixuan::demo

#include "tally/demo/congress.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <thread>

#include "crypto/base/parallel.h"
#include "crypto/codes/organiser.h"
#include "crypto/primitives/random.h"
#include "crypto/primitives/secret.h"
#include "hardware/devices/durable_file.h"
#include "tally/election/witnesses.h"
#include "tally/scheme/scheme_file.h"

namespace tuixuan::demo {

static constexpr std::size_t kSpareSlips = 4;  // one of them for the voter who spoils one
static constexpr std::size_t kMaxSlipCodes = std::size_t{16} << 20U;

static std::string number(std::size_t n) { return std::to_string(n); }

Slips::~Slips() {
  for (std::string& slip : codes_) primitives::wipe({reinterpret_cast<std::uint8_t*>(slip.data()), slip.size()});
}

// --- before voting ---------------------------------------------------------------------------------------------------

Result<void> DemoCongress::found(const std::vector<std::string>& kiosks, const MakeScheme& make) {
  TUIXUAN_CHECK(make_keys(kiosks, make));
  TUIXUAN_CHECK(freeze_scheme());
  return make_election_key();
}

Result<void> DemoCongress::make_keys(const std::vector<std::string>& kiosks, const MakeScheme& make) {
  narrate("各方各自生成密钥：服务器、组织者、领票处、主持人、上级党组织、2 位监票人、" + number(kiosks.size()) +
              " 台投票机、" + number(o_.trustees) + " 位密钥保管人",
          "everyone makes their own keys: server, organiser, desk, chair, superior body, 2 supervisors, " +
              number(kiosks.size()) + " kiosks, " + number(o_.trustees) + " trustees");
  std::printf("  %s\n", hall_.file("").c_str());
  std::fflush(stdout);
  TUIXUAN_TRY(keys, hall_.make_keys(kiosks, o_.trustees));
  scheme_ = make(keys);
  return {};
}

Result<void> DemoCongress::freeze_scheme() {
  narrate("服务器启动；选举办法经检查后冻结为第 0 条记录，此后不能再改",
          "the server starts; the scheme is checked and frozen as entry 0, and cannot change any more");
  TUIXUAN_CHECK(devices::write_new(hall_.file("scheme.json"), scheme::write_scheme(scheme_), code::demo::file));
  TUIXUAN_CHECK(hall_.start_witness());
  TUIXUAN_CHECK(hall_.start_server(o_.listen));
  TUIXUAN_CHECK(hall_.command({"create", "--scheme", hall_.file("scheme.json"), "--card", hall_.file("congress.json")},
                              {"organiser"}));
  TUIXUAN_TRY(card, client::load_card(hall_.file("congress.json")));
  TUIXUAN_TRY(congress, client::Congress::join(card, std::chrono::seconds(30), hardware_threads()));
  congress_ = std::move(congress);
  return congress_->sync();
}

Result<void> DemoCongress::make_election_key() {
  const bool alone = o_.threshold == 1;
  narrate(alone ? "保管人共同生成选票公钥；门限为 1，任何一位保管人都能单独开票"
                : "保管人共同生成选票公钥：任何一人都没有能单独开票的钥匙，任意 " + number(o_.threshold) +
                      " 人可以一起解密",
          alone ? "the trustees make the election key together; with a threshold of 1 any one of them can open ballots"
                : "the trustees make the election key together: no one of them can open a ballot, any " +
                      number(o_.threshold) + " can decrypt");
  TUIXUAN_CHECK(hall_.start_trustees());
  return wait_until(
      hall_, *congress_, [](const auto& s) { return s.ceremony.key.has_value(); }, "密钥仪式", "the key ceremony");
}

Result<Slips> DemoCongress::make_slips(const char* box, std::size_t voters, unsigned rounds) {
  const std::string sheet = "slips-" + std::string(box) + ".pdf";
  std::vector<std::string> words{"slips",
                                 "--box",
                                 box,
                                 "--count",
                                 number(voters + kSpareSlips),
                                 "--sheet",
                                 hall_.file(sheet),
                                 "--codes",
                                 hall_.file("slips.txt")};
  for (unsigned round = 1; round <= rounds; ++round) words.insert(words.end(), {"--round", number(round)});
  TUIXUAN_CHECK(hall_.command(words, {"desk"}));
  TUIXUAN_TRY(codes, devices::read_all(hall_.file("slips.txt"), kMaxSlipCodes, true, code::demo::file));
  std::error_code ec;
  std::filesystem::remove(hall_.file("slips.txt"), ec);
  std::vector<std::string> slips(1);
  for (const std::uint8_t c : codes) {
    if (c != '\n')
      slips.back() += static_cast<char>(c);
    else
      slips.emplace_back();
  }
  slips.pop_back();
  primitives::wipe(codes);
  for (std::size_t i = slips.size(); i > 1; --i)  // cut and shuffled
    std::swap(slips[i - 1], slips[primitives::random_below(static_cast<std::uint32_t>(i))]);
  return Slips(std::move(slips));
}

// --- voting ----------------------------------------------------------------------------------------------------------

std::string DemoCongress::title(const StageId& id) const {
  const tally::Stage* stage = state().plan->stage(id);
  return stage != nullptr ? stage->title.zh : id.name;
}

Result<void> DemoCongress::vote(StagePlay play) {
  TUIXUAN_CHECK(congress_->sync());
  play.title = title(play.stage);
  play.listen = o_.listen;
  StageVote vote(hall_, *congress_, play);
  TUIXUAN_CHECK(vote.hold());
  if (!play.voided_because.empty()) return {};
  const auto some = vote.trackers();
  trackers_.insert(trackers_.end(), some.begin(), some.end());
  return {};
}

Result<void> DemoCongress::command(std::vector<std::string> words, const std::vector<std::string>& keys) {
  TUIXUAN_CHECK(hall_.command(std::move(words), keys));
  return congress_->sync();
}

Result<void> DemoCongress::restart_server() {
  hall_.end_server(true);
  return hall_.start_server(o_.listen);
}

Result<void> DemoCongress::lose_a_trustee() {
  if (o_.trustees <= o_.threshold || trustee_lost_) return {};
  trustee_lost_ = true;
  const std::string last = number(o_.trustees);
  narrate("第 " + last + " 位密钥保管人的设备坏了：监票人记录其缺席，其余 " + number(o_.trustees - 1) +
              " 位（不少于门限 " + number(o_.threshold) + "）足以混票和解密",
          "the device of trustee " + last + " is gone: the supervisors record it, and the other " +
              number(o_.trustees - 1) + ", not fewer than the threshold of " + number(o_.threshold) +
              ", are enough to mix and decrypt");
  hall_.lose_trustee(o_.trustees);
  return hall_.command({"trustee-lost", "--trustee", last, "--reason", "设备损坏 broken device"}, {"S1", "S2"});
}

// --- after voting ----------------------------------------------------------------------------------------------------

Result<void> DemoCongress::forms() {
  TUIXUAN_CHECK(congress_->sync());
  for (const tally::Stage& s : state().plan->stages)
    if (state().stage(s.id)->phase == election::Phase::counted)
      TUIXUAN_CHECK(hall_.command({"form", "--stage", s.id.name, "--kind", "all", "--dir", hall_.file("forms")}, {}));
  return {};
}

Result<void> DemoCongress::export_and_verify() {
  narrate("导出整份记录；任何人可离线验证：从选举办法到公布的名单，不必相信服务器、投票机或任何人",
          "the record is exported; anyone can check it offline, from the scheme to the names, trusting nobody");
  const std::string record = hall_.file("record.tuixuan");
  TUIXUAN_CHECK(hall_.command({"export", "--file", record}, {}));
  std::vector<std::string> words{record,
                                 "--log",
                                 hall_.vkey(),
                                 "--organiser",
                                 to_hex(hall_.keys().organiser),
                                 "--checkpoint",
                                 hall_.early_checkpoint(),
                                 "--lang",
                                 o_.language};
  for (const std::string& tracker : trackers_) words.insert(words.end(), {"--tracker", tracker});
  TUIXUAN_TRY(status, hall_.verify(words));
  if (status != 0) return fail(code::demo::verify, "the record does not verify");
  return {};
}

static bool is_lost(const election::State& state, const KioskId& kiosk) {
  for (const auto& [id, stage] : state.stages)
    if (const auto it = stage.kiosks.find(kiosk); it != stage.kiosks.end() && it->second.lost) return true;
  return false;
}

// The kiosks are switched on once more; the witness is there all the time.
Result<void> DemoCongress::witness_the_end() {
  std::size_t asked = 1;  // the laptop
  for (const tally::Kiosk& kiosk : state().plan->kiosks)
    if (!is_lost(state(), kiosk.id)) {
      TUIXUAN_CHECK(hall_.cosign(kiosk.id.name).map([](const std::string&) {}));
      ++asked;
    }
  const std::size_t n = election::witnesses_of(*state().plan).size();
  const std::size_t needed = election::witnesses_needed(n);
  std::vector<log::Cosignature> cosigned;
  for (int i = 0; i < 100 && cosigned.size() < asked; ++i) {
    if (i > 0) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    TUIXUAN_TRY(opened, congress_->client().checkpoint());
    TUIXUAN_TRY(lines, log::cosignatures(opened.note, election::witnesses_of(*state().plan)));
    cosigned = std::move(lines);
  }
  narrate("见证：" + number(n) + " 位见证人（1 台笔记本、" + number(n - 1) + " 台投票机）中，" +
              number(cosigned.size()) + " 位核对后签署了最后的检查点，须有 " + number(needed) + " 位",
          "of " + number(n) + " witnesses (a laptop and " + number(n - 1) + " kiosks), " + number(cosigned.size()) +
              " checked the log and cosigned its last checkpoint; " + number(needed) + " are needed");
  for (const log::Cosignature& c : cosigned) std::printf("  %s\n", c.witness.name.c_str());
  return {};
}

Result<void> DemoCongress::publish() {
  TUIXUAN_CHECK(hall_.end_trustees());
  TUIXUAN_CHECK(congress_->sync());
  TUIXUAN_CHECK(witness_the_end());
  TUIXUAN_CHECK(forms());
  TUIXUAN_CHECK(export_and_verify());
  std::printf("\n  %s  报告单 forms\n  %s  记录 record\n", hall_.file("forms").c_str(),
              hall_.file("record.tuixuan").c_str());
  return {};
}

void DemoCongress::stay() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  narrate("服务器仍在 " + hall_.address() + " ，按 Ctrl-C 结束；日志公钥 " + hall_.vkey(),
          "the server stays at " + hall_.address() + " until Ctrl-C; the log's public key is the one above");
  int number = 0;
  sigwait(&signals, &number);
}

void DemoCongress::end() {
  if (!o_.exit) stay();
  hall_.end_server(true);
}

}  // namespace tuixuan::demo

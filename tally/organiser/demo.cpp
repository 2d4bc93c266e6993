#include "tally/organiser/demo.h"

#include <algorithm>
#include <atomic>
#include <boost/json.hpp>
#include <csignal>
#include <cstdio>
#include <thread>

#include "crypto/base/parallel.h"
#include "crypto/primitives/random.h"
#include "crypto/primitives/secret.h"
#include "hardware/devices/durable_file.h"
#include "tally/client/congress_card.h"
#include "tally/organiser/demo_hall.h"
#include "tally/scheme/scheme_file.h"

namespace tuixuan::organiser {

namespace {

namespace json = boost::json;

constexpr std::size_t kSpareSlips = 4;  // one of them for the voter who spoils one
constexpr std::size_t kMaxDemoBallots = std::size_t{16} << 20U;

// Voters of one kiosk, one after the other. Counts what its program says.
struct Queue {
  explicit Queue(Process p) : kiosk(std::move(p)) {}
  Process kiosk;
  std::vector<std::size_t> voters;
  std::vector<std::string> trackers;  // of the ballots cast, in order
  std::string challenged;             // tracker of a ballot that was opened
  std::string trouble;
  std::thread thread;
};

class Demo {
 public:
  Demo(const DemoOptions& options, Hall hall) : o_(options), hall_(std::move(hall)) {}
  Result<void> hold();

 private:
  Result<void> choose_ballots();
  Result<void> set_up();
  Result<void> freeze_scheme();
  Result<void> prepare_vote();
  Result<void> vote();
  void serve(Queue&);
  bool take_lines_until_cast(Queue&);
  Result<void> power_cut();
  Result<void> end_kiosks();
  Result<void> close_and_tally();
  Result<void> publish_and_verify();
  void stay();
  Result<void> wait_for(const std::function<bool(const election::State&)>& done, const char* zh, const char* en);
  std::string report_progress(const election::State&) const;
  std::size_t total() const { return choices_.size(); }

  const DemoOptions& o_;
  Hall hall_;
  std::optional<ApprovalBallots> file_;
  tally::Scheme scheme_;
  std::unique_ptr<client::Congress> congress_;  // the demo itself follows the log, with no key
  std::vector<std::string> choices_;            // of the made-up voters
  std::vector<std::string> slips_;
  std::vector<std::unique_ptr<Queue>> queues_;
  std::atomic<std::size_t> allowed_{0};  // voters 0 to allowed-1 may vote
  std::atomic<std::size_t> voted_{0};
  std::string early_checkpoint_;
};

std::string number(std::size_t n) { return std::to_string(n); }

// --- before voting ---------------------------------------------------------------------------------------------------

Result<void> Demo::choose_ballots() {
  if (o_.ballots.empty()) return {};
  TUIXUAN_TRY(bytes, devices::read_all(o_.ballots, kMaxDemoBallots, false, "ballot-file"));
  TUIXUAN_TRY(parsed, parse_ballot_file(bytes));
  file_ = std::move(parsed);
  return {};
}

Result<void> Demo::set_up() {
  narrate("各方各自生成密钥：服务器、组织者、发票处、2 位监票人、" + number(o_.kiosks) + " 台投票机、" +
              number(o_.trustees) + " 位密钥保管人",
          "everyone makes their own keys: server, organiser, desk, 2 supervisors, " + number(o_.kiosks) + " kiosks, " +
              number(o_.trustees) + " trustees");
  std::printf("  %s\n", hall_.file("").c_str());
  std::fflush(stdout);
  TUIXUAN_TRY(keys, hall_.make_keys(o_.kiosks, o_.trustees));
  scheme_ = file_ ? approval_scheme(keys, o_.threshold, *file_) : branch_scheme(keys, o_.threshold);
  if (file_) {
    for (const auto& ballot : file_->ballots) choices_.push_back(approval_choices(ballot));
  } else {
    for (std::uint32_t i = 0; i < o_.voters; ++i) choices_.push_back(made_up_choices(scheme_));
  }
  return {};
}

Result<void> Demo::freeze_scheme() {
  narrate("服务器启动；选举办法经检查后冻结为第 0 条记录，此后不能再改",
          "the server starts; the scheme is checked and frozen as entry 0, and cannot change any more");
  TUIXUAN_CHECK(devices::write_new(hall_.file("scheme.json"), scheme::write_scheme(scheme_), "demo.file"));
  TUIXUAN_CHECK(hall_.start_server(o_.listen));
  TUIXUAN_CHECK(hall_.command({"found", "--scheme", hall_.file("scheme.json"), "--card", hall_.file("congress.json")},
                              {"organiser"}));
  TUIXUAN_TRY(card, client::load_card(hall_.file("congress.json")));
  TUIXUAN_TRY(congress, client::Congress::join(card, std::chrono::seconds(30), hardware_threads()));
  congress_ = std::move(congress);
  return congress_->sync();
}

Result<void> Demo::wait_for(const std::function<bool(const election::State&)>& done, const char* zh, const char* en) {
  const auto patience = std::chrono::seconds(120);
  auto end = std::chrono::steady_clock::now() + patience;
  std::uint64_t size = congress_->state().tree.size();
  std::string shown;
  while (!done(congress_->state())) {
    TUIXUAN_CHECK(congress_->sync());
    if (congress_->state().tree.size() != size) {
      size = congress_->state().tree.size();
      end = std::chrono::steady_clock::now() + patience;
    }
    if (const std::string now = report_progress(congress_->state()); now != shown) {
      shown = now;
      std::printf("%s", now.c_str());
      std::fflush(stdout);
    }
    if (std::chrono::steady_clock::now() > end)
      return fail("demo.wait", std::string("nothing happens any more; waited for: ") + en + " / " + zh +
                                   ". Messages of the programs are in " + hall_.file("").string());
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return {};
}

std::string Demo::report_progress(const election::State& state) const {
  const election::StageState& stage = *state.stage(StageId{kDemoStage});
  std::string out;
  if (stage.phase != election::Phase::tallying) return out;
  for (const election::ContestState& c : stage.contests)
    out += "    " + scheme_.contests[c.contest].title.zh + ": 洗票 mixes " + number(c.mixers.size()) + "/" +
           number(scheme_.min_mixers) + ", 解密 decryptions " + number(c.decryptions.size()) + "/" +
           number(scheme_.threshold) + "\n";
  return out;
}

Result<void> Demo::prepare_vote() {
  narrate("保管人共同生成选票公钥：任何一人都没有能单独开票的钥匙，任意 " + number(o_.threshold) + " 人可以一起解密",
          "the trustees make the election key together: no one of them can open a ballot, any " + number(o_.threshold) +
              " can decrypt");
  TUIXUAN_CHECK(hall_.start_trustees());
  TUIXUAN_CHECK(wait_for([](const auto& s) { return s.ceremony.key.has_value(); }, "密钥仪式", "the key ceremony"));
  narrate("发票处制作凭条：投票前公布凭条公钥清单，凭条与人没有任何联系",
          "the desk makes the slips; their public keys are published before voting, nothing joins a slip to a person");
  TUIXUAN_CHECK(hall_.command({"slips", "--box", kDemoBox, "--round", "1", "--count", number(total() + kSpareSlips),
                               "--sheet", hall_.file("slips.pdf"), "--codes", hall_.file("slips.txt")},
                              {"desk"}));
  TUIXUAN_TRY(codes, devices::read_all(hall_.file("slips.txt"), kMaxDemoBallots, true, "demo.file"));
  std::error_code ec;
  std::filesystem::remove(hall_.file("slips.txt"), ec);
  std::string line;
  for (const std::uint8_t c : codes) {
    if (c != '\n') {
      line += static_cast<char>(c);
      continue;
    }
    slips_.push_back(line);
    line.clear();
  }
  primitives::wipe(codes);
  for (std::size_t i = slips_.size(); i > 1; --i)  // cut and shuffled
    std::swap(slips_[i - 1], slips_[primitives::random_below(static_cast<std::uint32_t>(i))]);
  narrate("监票人记录到会人数，签署开始投票；保管人核对数字后同意",
          "the supervisors record attendance and sign the opening; the trustees compare the digits and agree");
  const std::size_t expected = total() + total() / 20;
  TUIXUAN_CHECK(hall_.command({"attendance", "--stage", kDemoStage, "--registered", number(expected + 1),
                               "--probationary", "1", "--present", number(total())},
                              {"S1", "S2"}));
  TUIXUAN_CHECK(hall_.command({"open", "--stage", kDemoStage}, {"S1", "S2"}));
  return wait_for([](const auto& s) { return s.stage(StageId{kDemoStage})->phase == election::Phase::open; },
                  "保管人同意开始", "the trustees' agreement to the opening");
}

// --- voting ----------------------------------------------------------------------------------------------------------

bool Demo::take_lines_until_cast(Queue& q) {
  while (const auto line = q.kiosk.read_line()) {
    boost::system::error_code ec;
    const json::value said = json::parse(*line, ec);
    if (ec) break;
    const json::object& event = said.as_object();
    const auto& name = event.at("event").as_string();
    if (name == "cast") {
      q.trackers.emplace_back(event.at("tracker").as_string());
      return true;
    }
    if (name == "challenged") q.challenged = event.at("tracker").as_string().c_str();
    if (name == "refused" || name == "turned") {
      q.trouble = *line;
      return false;
    }
  }
  q.trouble = "the kiosk ended";
  return false;
}

void Demo::serve(Queue& q) {
  const std::size_t challenger = total() / 4;
  for (const std::size_t voter : q.voters) {
    for (std::size_t now = allowed_; voter >= now; now = allowed_) allowed_.wait(now);
    std::string line = R"({"slip":")" + slips_[voter] + R"(","choices":)" + choices_[voter] + R"(,"then":")" +
                       (voter == challenger ? "challenge" : "cast") + "\"}";
    const bool taken = q.kiosk.write_line(line) && take_lines_until_cast(q);
    primitives::wipe({reinterpret_cast<std::uint8_t*>(line.data()), line.size()});
    if (!taken) return;
    const std::size_t n = ++voted_;
    if (n * 10 / total() != (n - 1) * 10 / total()) {
      std::printf("    已投 voted %zu/%zu\n", n, total());
      std::fflush(stdout);
    }
  }
}

Result<void> Demo::power_cut() {
  const auto wait_until_voted = [&](std::size_t n) {
    const auto stuck = [&] {
      return std::any_of(queues_.begin(), queues_.end(), [](const auto& q) { return !q->kiosk.running(); });
    };
    while (voted_ < n && !stuck()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  TUIXUAN_TRY(note, congress_->client().checkpoint_note());
  early_checkpoint_ = hall_.file("checkpoint-before-power-cut");
  TUIXUAN_CHECK(devices::write_new(early_checkpoint_, as_bytes(note), "demo.file"));
  wait_until_voted(total() / 2);
  hall_.cut_power();
  narrate("服务器突然断电！投票机继续投票，已封好的选票先存在投票机里",
          "the server loses its power! The kiosks go on voting and keep the sealed ballots in their journals");
  wait_until_voted(total() * 3 / 4);
  narrate("恢复供电，服务器重新启动；投票机补送选票，一张不少，一张不重",
          "power is back, the server starts again; the kiosks deliver, no ballot is lost and none counted twice");
  TUIXUAN_CHECK(hall_.start_server(o_.listen));
  allowed_ = total();
  allowed_.notify_all();
  return {};
}

Result<void> Demo::vote() {
  narrate("投票开始：" + number(total()) + " 人，" + number(o_.kiosks) +
              " 台投票机；其中一人质询自己的选票，一人写坏凭条换领",
          "voting: " + number(total()) + " voters at " + number(o_.kiosks) +
              " kiosks; one challenges the machine to open a ballot, one spoils a slip and gets another");
  for (std::uint32_t k = 0; k < o_.kiosks; ++k) {
    TUIXUAN_TRY(kiosk, hall_.start_kiosk(k));
    queues_.push_back(std::make_unique<Queue>(std::move(kiosk)));
    for (std::size_t v = k; v < total(); v += o_.kiosks) queues_.back()->voters.push_back(v);
  }
  for (auto& q : queues_)
    if (!q->kiosk.read_line())
      return fail("demo.step", "a kiosk did not start; see the messages in " + hall_.file("").string());
  TUIXUAN_CHECK(
      hall_.command({"void", "--stage", kDemoStage, "--reason", "写坏 spoiled"}, {"S1", "S2"}, slips_[total()]));
  for (auto& q : queues_) q->thread = std::thread([this, &q] { serve(*q); });
  allowed_ = total() * 3 / 4;
  allowed_.notify_all();
  const auto cut = power_cut();
  allowed_ = total();
  allowed_.notify_all();
  for (auto& q : queues_) q->thread.join();
  TUIXUAN_CHECK(cut);
  return end_kiosks();
}

Result<void> Demo::end_kiosks() {
  for (auto& q : queues_) q->kiosk.close_input();
  std::size_t cast = 0;
  for (std::size_t k = 0; k < queues_.size(); ++k) {
    Queue& q = *queues_[k];
    q.kiosk.read_all();
    const int status = q.kiosk.wait();
    if (status != 0 || !q.trouble.empty())
      return fail("demo.step", "kiosk K" + number(k + 1) + " ended with status " +
                                   number(static_cast<std::size_t>(status)) + " " + q.trouble +
                                   "; see the messages in " + hall_.file("").string());
    cast += q.trackers.size();
  }
  for (std::string& slip : slips_) primitives::wipe({reinterpret_cast<std::uint8_t*>(slip.data()), slip.size()});
  TUIXUAN_CHECK(congress_->sync());
  const std::uint64_t logged = congress_->state().stage(StageId{kDemoStage})->cast;
  narrate("投票机投出 " + number(cast) + " 张，记录中有 " + number(logged) + " 张",
          "the kiosks cast " + number(cast) + " ballots, the log has " + number(logged));
  if (logged != total() || cast != total()) return fail("demo.count", "that is not one ballot for each voter");
  return {};
}

// --- after voting ----------------------------------------------------------------------------------------------------

Result<void> Demo::close_and_tally() {
  narrate(
      "监票人清点凭条，签署结束投票；保管人同意后逐个洗票、解密",
      "the supervisors count the slips and sign the close; the trustees agree, shuffle one after the other, decrypt");
  TUIXUAN_CHECK(hall_.command(
      {"close", "--stage", kDemoStage, "--papers",
       std::string(kDemoBox) + "=" + number(total()) + "," + number(total()) + "," + number(kSpareSlips - 1)},
      {"S1", "S2"}));
  const auto decrypted = [&](const election::State& state) {
    const election::StageState& stage = *state.stage(StageId{kDemoStage});
    return stage.phase == election::Phase::tallying &&
           std::all_of(stage.contests.begin(), stage.contests.end(), [&](const election::ContestState& c) {
             return c.mixers.size() >= scheme_.min_mixers && c.decryptions.size() >= scheme_.threshold;
           });
  };
  TUIXUAN_CHECK(wait_for(decrypted, "洗票与解密", "mixes and decryptions"));
  narrate("计票：按选举办法逐人计算结果和理由，监票人签署",
          "the count: every person's result with its reason, by the scheme; the supervisors sign");
  TUIXUAN_CHECK(hall_.command({"count", "--stage", kDemoStage}, {"S1", "S2"}));
  TUIXUAN_CHECK(hall_.end_trustees());
  return hall_.command({"form", "--stage", kDemoStage, "--file", hall_.file("result.pdf")}, {});
}

Result<void> Demo::publish_and_verify() {
  narrate("导出整份记录；任何人可离线验证：从选举办法到公布的名单，不必相信服务器、投票机或任何人",
          "the record is exported; anyone can check it offline, from the scheme to the names, trusting nobody");
  const std::string record = hall_.file("record.tuixuan");
  TUIXUAN_CHECK(hall_.command({"export", "--file", record}, {}));
  std::vector<std::string> words{
      record,         "--log",           hall_.vkey(), "--organiser", to_hex(hall_.keys().organiser),
      "--checkpoint", early_checkpoint_, "--lang",     o_.language};
  for (const auto& q : queues_) {
    if (!q->trackers.empty()) words.insert(words.end(), {"--tracker", q->trackers.front()});
    if (!q->challenged.empty()) words.insert(words.end(), {"--tracker", q->challenged});
  }
  TUIXUAN_TRY(status, hall_.verify(words));
  if (status != 0) return fail("demo.verify", "the record does not verify");
  return {};
}

void Demo::stay() {
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

Result<void> Demo::hold() {
  if (o_.threshold > o_.trustees) return fail("demo.options", "--threshold is more than --trustees");
  TUIXUAN_CHECK(choose_ballots());
  TUIXUAN_CHECK(set_up());
  TUIXUAN_CHECK(freeze_scheme());
  TUIXUAN_CHECK(prepare_vote());
  TUIXUAN_CHECK(vote());
  TUIXUAN_CHECK(close_and_tally());
  TUIXUAN_CHECK(publish_and_verify());
  std::printf("\n  %s  报告单 form\n  %s  记录 record\n", hall_.file("result.pdf").c_str(),
              hall_.file("record.tuixuan").c_str());
  if (!o_.exit) stay();
  hall_.end_server(true);
  return {};
}

}  // namespace

Result<void> hold_demo(const DemoOptions& options) {
  TUIXUAN_TRY(hall, Hall::prepare(options.folder));
  Demo demo(options, std::move(hall));
  return demo.hold();
}

}  // namespace tuixuan::organiser

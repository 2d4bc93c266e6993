#include "tally/demo/vote.h"

#include <algorithm>
#include <boost/json.hpp>
#include <csignal>
#include <cstdio>

#include "crypto/codes/organiser.h"
#include "crypto/primitives/secret.h"
#include "hardware/devices/durable_file.h"

namespace tuixuan::demo {

namespace json = boost::json;

static std::string number(std::size_t n) { return std::to_string(n); }

// Voters of one kiosk, one after the other. Counts what its program says.
struct StageVote::Queue {
  explicit Queue(programs::Process p) : kiosk(std::move(p)) {}
  programs::Process kiosk;
  std::vector<std::size_t> voters;
  std::vector<std::string> trackers;  // of the ballots cast, in order
  std::string challenged;             // tracker of a ballot that was opened
  std::string trouble;
  bool broken = false;
  std::thread thread;
};

StageVote::StageVote(Hall& hall, client::Congress& congress, const StagePlay& play)
    : hall_(hall), congress_(congress), p_(play) {}
StageVote::~StageVote() = default;

Result<void> wait_until(Hall& hall, client::Congress& congress, const Done& done, const char* zh, const char* en,
                        const Progress& progress) {
  const auto patience = std::chrono::seconds(120);
  auto end = std::chrono::steady_clock::now() + patience;
  std::uint64_t size = congress.state().tree.size();
  std::string shown;
  while (!done(congress.state())) {
    TUIXUAN_CHECK(congress.sync());
    if (congress.state().tree.size() != size) {
      size = congress.state().tree.size();
      end = std::chrono::steady_clock::now() + patience;
    }
    if (const std::string now = progress ? progress(congress.state()) : std::string(); now != shown) {
      shown = now;
      std::printf("%s", now.c_str());
      std::fflush(stdout);
    }
    if (std::chrono::steady_clock::now() > end)
      return fail(code::demo::wait, std::string("nothing happens any more; waited for: ") + en + " / " + zh +
                                        ". Messages of the programs are in " + hall.file("").string());
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return {};
}

std::string StageVote::progress(const election::State& state) const {
  const election::StageState& now = *state.stage(p_.stage);
  std::string out;
  if (now.phase != election::Phase::tallying) return out;
  for (const election::ContestState& c : now.contests)
    out += "    " + state.plan->contests[c.contest].title.zh + ": 混票 mixes " + number(c.mixers.size()) + "/" +
           number(state.mixers_needed()) + ", 解密 decryptions " + number(c.decryptions.size()) + "/" +
           number(state.plan->threshold) + "\n";
  return out;
}

Result<void> StageVote::hold() {
  TUIXUAN_CHECK(open());
  TUIXUAN_CHECK(vote());
  return p_.voided_because.empty() ? close_and_tally() : void_stage();
}

Result<void> StageVote::open() {
  narrate("监票人记录到会人数，签署开始投票；保管人核对数字后同意",
          "the supervisors record attendance and sign the opening; the trustees compare the digits and agree");
  const std::size_t expected = total() + total() / 20;
  TUIXUAN_CHECK(hall_.command({"attendance", "--stage", p_.stage.name, "--registered", number(expected + 1),
                               "--probationary", "1", "--present", number(total())},
                              {"S1", "S2"}));
  std::vector<std::string> words{"open", "--stage", p_.stage.name};
  if (!p_.as_of.empty()) words.insert(words.end(), {"--as-of", p_.as_of});
  TUIXUAN_CHECK(hall_.command(words, {"S1", "S2"}));
  return wait_until(
      hall_, congress_, [&](const auto& s) { return s.stage(p_.stage)->phase == election::Phase::open; },
      "保管人同意开始", "the trustees' agreement to the opening");
}

bool StageVote::take_lines_until_cast(Queue& q) {
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

void StageVote::serve(Queue& q) {
  const std::size_t challenger = p_.incidents ? total() / 4 : total();
  for (const std::size_t voter : q.voters) {
    for (std::size_t now = allowed_; voter >= now; now = allowed_) allowed_.wait(now);
    std::string line = R"({"slip":")" + p_.slips[voter] + R"(","choices":)" + p_.choices[voter] + R"(,"then":")" +
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

Result<void> StageVote::power_cut() {
  const auto wait_until_voted = [&](std::size_t n) {
    const auto stuck = [&] {
      return std::any_of(queues_.begin(), queues_.end(), [](const auto& q) { return !q->kiosk.running(); });
    };
    while (voted_ < n && !stuck()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  TUIXUAN_TRY(note, congress_.client().checkpoint_note());
  TUIXUAN_CHECK(devices::write_new(hall_.early_checkpoint(), as_bytes(note), code::demo::file));
  wait_until_voted(total() / 2);
  hall_.cut_power();
  narrate("服务器突然断电！投票机继续投票，已封好的选票先存在投票机里",
          "the server loses its power! The kiosks go on voting and keep the sealed ballots in their journals");
  wait_until_voted(total() * 3 / 4);
  narrate("恢复供电，服务器重新启动；投票机补送选票，一张不少，一张不重",
          "power is back, the server starts again; the kiosks deliver, no ballot is lost and none counted twice");
  return hall_.start_server(p_.listen);
}

Result<void> StageVote::start_kiosk(const std::string& name) {
  TUIXUAN_TRY(kiosk, hall_.start_kiosk(name));
  queues_.push_back(std::make_unique<Queue>(std::move(kiosk)));
  if (!queues_.back()->kiosk.read_line())
    return fail(code::demo::step, "kiosk " + name + " did not start; see the messages in " + hall_.file("").string());
  return {};
}

// Half of the voters at the kiosk that breaks, the others at the one that takes its place. What is on the log stays.
Result<void> StageVote::replace_kiosk() {
  allowed_ = total();
  Queue& first = *queues_[0];
  for (std::size_t v = 0; v < total() / 2; ++v) first.voters.push_back(v);
  serve(first);
  TUIXUAN_CHECK(wait_until(
      hall_, congress_, [&](const auto& s) { return s.stage(p_.stage)->cast >= total() / 2 || !first.trouble.empty(); },
      "投票机送交选票", "the kiosk's ballots"));
  narrate("投票机 " + p_.kiosks[0] + " 损坏：监票人宣布其失效，登记新投票机 " + p_.replaced_by +
              "；新机当场生成密钥，已投的选票都在日志里",
          "kiosk " + p_.kiosks[0] + " breaks: the supervisors declare it lost and enrol " + p_.replaced_by +
              ", which makes its key on the spot; the ballots cast are on the log");
  first.kiosk.signal(SIGKILL);
  first.kiosk.wait();
  first.broken = true;
  TUIXUAN_CHECK(hall_.command(
      {"kiosk-lost", "--stage", p_.stage.name, "--kiosk", p_.kiosks[0], "--reason", "屏幕损坏 broken screen"},
      {"S1", "S2"}));
  TUIXUAN_TRY(key, hall_.new_kiosk(p_.replaced_by));
  TUIXUAN_CHECK(hall_.command({"enrol", "--kiosk", p_.replaced_by, "--box", p_.box, "--public-key", to_hex(key),
                               "--reason", "替换 " + p_.kiosks[0]},
                              {"S1", "S2"}));
  TUIXUAN_CHECK(start_kiosk(p_.replaced_by));
  for (std::size_t v = total() / 2; v < total(); ++v) queues_[1]->voters.push_back(v);
  serve(*queues_[1]);
  return {};
}

Result<void> StageVote::vote() {
  narrate(
      "投票开始（" + p_.title + "）：" + number(total()) + " 人，" + number(p_.kiosks.size()) + " 台投票机" +
          (p_.incidents ? "；其中一人质询自己的选票，一人写坏凭条换领" : ""),
      "voting: " + number(total()) + " voters at " + number(p_.kiosks.size()) + " kiosks" +
          (p_.incidents ? "; one challenges the machine to open a ballot, one spoils a slip and gets another" : ""));
  for (const std::string& name : p_.kiosks) TUIXUAN_CHECK(start_kiosk(name));
  if (!p_.replaced_by.empty()) {
    TUIXUAN_CHECK(replace_kiosk());
    return end_kiosks();
  }
  for (std::size_t v = 0; v < total(); ++v) queues_[v % queues_.size()]->voters.push_back(v);
  if (p_.incidents)
    TUIXUAN_CHECK(
        hall_.command({"void", "--stage", p_.stage.name, "--reason", "写坏 spoiled"}, {"S1", "S2"}, p_.slips[total()]));
  for (auto& q : queues_) q->thread = std::thread([this, &q] { serve(*q); });
  allowed_ = p_.incidents ? total() * 3 / 4 : total();
  allowed_.notify_all();
  const auto cut = p_.incidents ? power_cut() : Result<void>{};
  allowed_ = total();
  allowed_.notify_all();
  for (auto& q : queues_) q->thread.join();
  TUIXUAN_CHECK(cut);
  return end_kiosks();
}

Result<void> StageVote::end_kiosks() {
  for (auto& q : queues_) q->kiosk.close_input();
  std::size_t cast = 0;
  for (std::size_t k = 0; k < queues_.size(); ++k) {
    Queue& q = *queues_[k];
    if (!q.broken) q.kiosk.read_all();
    const int status = q.broken ? 0 : q.kiosk.wait();
    if (status != 0 || !q.trouble.empty())
      return fail(code::demo::step, "kiosk " + (k < p_.kiosks.size() ? p_.kiosks[k] : p_.replaced_by) +
                                        " ended with status " + number(static_cast<std::size_t>(status)) + " " +
                                        q.trouble + "; see the messages in " + hall_.file("").string());
    cast += q.trackers.size();
  }
  TUIXUAN_CHECK(congress_.sync());
  const std::uint64_t logged = stage().cast;
  narrate("投票机投出 " + number(cast) + " 张，记录中有 " + number(logged) + " 张",
          "the kiosks cast " + number(cast) + " ballots, the log has " + number(logged));
  if (logged != total() || cast != total()) return fail(code::demo::count, "that is not one ballot for each voter");
  return {};
}

Result<void> StageVote::close_and_tally() {
  narrate(
      "监票人清点凭条，签署结束投票；保管人同意后逐个混票、解密",
      "the supervisors count the slips and sign the close; the trustees agree, shuffle one after the other, decrypt");
  TUIXUAN_CHECK(hall_.command(
      {"close", "--stage", p_.stage.name, "--papers",
       p_.box + "=" + number(total()) + "," + number(total()) + "," + number(spare() - (p_.incidents ? 1 : 0))},
      {"S1", "S2"}));
  const auto decrypted = [&](const election::State& state) {
    const election::StageState& now = *state.stage(p_.stage);
    return now.phase == election::Phase::tallying &&
           std::all_of(now.contests.begin(), now.contests.end(), [&](const election::ContestState& c) {
             return c.mixers.size() >= state.mixers_needed() && c.decryptions.size() >= state.plan->threshold;
           });
  };
  TUIXUAN_CHECK(wait_until(hall_, congress_, decrypted, "混票与解密", "mixes and decryptions",
                           [&](const election::State& state) { return progress(state); }));
  narrate("计票：按选举办法逐人计算结果和理由，监票人签署",
          "the count: every person's result with its reason, by the scheme; the supervisors sign");
  TUIXUAN_CHECK(hall_.command({kCountCommand, "--stage", p_.stage.name}, {"S1", "S2"}));
  return congress_.sync();
}

Result<void> StageVote::void_stage() {
  narrate("清点时发现账目不符：监票人签署本环节作废；已投的选票不再打开，全部留在记录中",
          "the papers do not add up: the supervisors declare the stage void; its ballots stay on the log and are never "
          "opened");
  TUIXUAN_CHECK(hall_.command({"void-stage", "--stage", p_.stage.name, "--reason", p_.voided_because}, {"S1", "S2"}));
  return congress_.sync();
}

std::vector<std::string> StageVote::trackers() const {
  std::vector<std::string> out;
  for (const auto& q : queues_) {
    if (!q->trackers.empty()) out.push_back(q->trackers.front());
    if (!q->challenged.empty()) out.push_back(q->challenged);
  }
  return out;
}

}  // namespace tuixuan::demo

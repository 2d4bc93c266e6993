#include "server/http/neighbours.h"

#include <algorithm>
#include <fstream>

#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "tally/client/beacon.h"

namespace tuixuan::http {

static constexpr std::chrono::seconds kTick{1};
static constexpr unsigned kFormerTicks = 2;  // between two words to a former server
static constexpr client::TimeLimits kLimits{std::chrono::seconds(1), std::chrono::seconds(2)};

Result<std::unique_ptr<Neighbours>> Neighbours::open(service::Service& service, Neighbourhood hall) {
  std::unique_ptr<Neighbours> out(new Neighbours(service));
  for (const std::string& text : hall.witnesses) {
    TUIXUAN_TRY(witness, client::parse_witness(text));
    if (std::find(hall.without.begin(), hall.without.end(), witness.name) == hall.without.end())
      out->waiting_.push_back(std::move(witness));
  }
  std::ifstream former(hall.former);
  for (std::string line; std::getline(former, line);)
    if (auto address = client::Address::parse(line)) out->former_.push_back({std::move(*address), false});
  out->hall_ = std::move(hall);
  // An empty log has nothing to lose.
  if (!out->waiting_.empty() && service.ledger().size() > 0) {
    out->needed_ = out->waiting_.size() / 2 + 1;
    service.epochs().hold({code::server::asking, "the witnesses are asked first what they have seen of this log"});
  }
  out->thread_ = std::thread([n = out.get()] { n->run(); });
  return out;
}

Neighbours::~Neighbours() {
  {
    const Lock lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_all();
  thread_.join();
}

void Neighbours::run() {
  for (;;) {
    if (answered_ < needed_) ask_all();
    service_.epochs().look();
    tell_world();
    const auto next = std::chrono::steady_clock::now() + kTick;
    const Lock lock(mutex_);
    while (!stopping_ && wakes_.wait_until(mutex_, next)) {
    }
    if (stopping_) return;
  }
}

Result<void> Neighbours::ask(const client::WitnessAddress& witness) {
  TUIXUAN_TRY(holds, client::ask_witness(witness, service_.key()));
  if (!holds.epoch.empty())
    if (const auto learned = service_.learn_epoch(holds.epoch); !learned) hall_.tell(learned.error().text());
  if (!holds.checkpoint) return {};
  const log::Checkpoint& seen = holds.checkpoint->checkpoint;
  const ledger::Ledger& ledger = service_.ledger();
  if (seen.size <= ledger.size() && ledger.root_at(seen.size) == seen.root) return {};
  // Evidence beside the ledger, and on the board.
  service_.cosigners().submit(holds.note, [](const Result<std::uint64_t>&) {});
  Error why{code::log::rollback, "this server's log was set back: the witness " + witness.name + " has cosigned " +
                                     std::to_string(seen.size) + " entries, and the ledger has " +
                                     std::to_string(ledger.size()) + (seen.size <= ledger.size() ? " others" : "") +
                                     "; nothing is signed. Restore it with tuixuan-server restore"};
  hall_.tell("警报：服务器的日志被退回，什么也不签 / ALARM: " + why.text());
  service_.epochs().hold(std::move(why));
  return {};
}

void Neighbours::ask_all() {
  std::string missing;
  std::erase_if(waiting_, [&](const client::WitnessAddress& witness) {
    if (ask(witness)) {
      ++answered_;
      return true;
    }
    missing += (missing.empty() ? "" : ", ") + witness.name;
    return false;
  });
  if (answered_ >= needed_) {
    service_.epochs().release(code::server::asking);
    hall_.tell("见证人已回答，开始收条目 / the witnesses have answered, entries are taken");
  } else if (ticks_ % 10 == 0) {
    hall_.tell("等待见证人回答，暂不收条目 / no entries are taken before these witnesses answer: " + missing +
               "（不在场的用 --without / leave one out with --without）");
  }
}

void Neighbours::tell_world() {
  ++ticks_;
  if (service_.epochs().number() == 0) return;
  const std::string note = service_.epochs().note();
  if (!service_.epochs().refusal()) client::send_beacon(note);
  if (ticks_ % kFormerTicks != 1) return;
  for (Former& former : former_) {
    client::Https https(former.address, std::nullopt, kLimits);
    const auto answer = https.ask({"POST", "/v1/epoch", {}, as_bytes(note)}, log::kMaxEpochSize);
    const bool told = answer && answer->status == 200;
    if (told && !former.told)
      hall_.tell("原服务器已停止签署 / the former server signs nothing more: " + former.address.url());
    former.told = told;
  }
}

}  // namespace tuixuan::http

#include "kiosk/core/vote_lines.h"

#include <poll.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cstdio>

#include "crypto/base/parallel.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/kiosk.h"
#include "crypto/log/proof.h"
#include "kiosk/core/folder.h"
#include "kiosk/core/headless.h"
#include "kiosk/core/watch.h"

namespace tuixuan::kiosk {

// Lines from a file descriptor, with a pause in which the kiosk may do other things.
class Lines {
 public:
  static constexpr std::size_t kMax = 65536;
  enum class Got { line, nothing, end };
  Got next(std::string& line) {
    for (;;) {
      if (const auto at = pending_.find('\n'); at != std::string::npos) {
        line = pending_.substr(0, at);
        pending_.erase(0, at + 1);
        return Got::line;
      }
      if (pending_.size() > kMax) {
        line = std::move(pending_);
        pending_.clear();
        return Got::line;  // too long: refused as it is read
      }
      if (ended_) {
        line = std::move(pending_);
        pending_.clear();
        return line.empty() ? Got::end : Got::line;
      }
      pollfd waiting{STDIN_FILENO, POLLIN, 0};
      if (::poll(&waiting, 1, 500) <= 0) return Got::nothing;
      char part[4096];
      const ssize_t n = ::read(STDIN_FILENO, part, sizeof part);
      if (n <= 0) ended_ = true;
      if (n > 0) pending_.append(part, static_cast<std::size_t>(n));
    }
  }

 private:
  std::string pending_;
  bool ended_ = false;
};

static void show(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

// A log that contradicts what this kiosk has seen: said at once, with where the evidence is.
static Result<void> judged(Result<void> done, const LogWitness& witness, client::Congress& congress) {
  if (done || done.error().check.area() != Area::log) return done;
  const std::string evidence = witness.accuse(congress);
  show(boost::json::serialize(boost::json::object{{"event", "alarm"},
                                                  {"check", name_of(done.error().check)},
                                                  {"what", done.error().what},
                                                  {"evidence", evidence}}));
  return done;
}

// Not being able to cosign now is no fault of the vote; another log is.
static Result<void> cosign(LogWitness& witness, client::Congress& congress) {
  const auto cosigned = witness.cosign(congress);
  if (cosigned || cosigned.error().check.area() != Area::log) return {};
  return judged(tl::unexpected<Error>(cosigned.error()), witness, congress);
}

static Result<void> vote_all(Headless& kiosk, const VoteLines& o) {
  Lines lines;
  std::string line;
  for (Lines::Got got = lines.next(line); got != Lines::Got::end; got = lines.next(line)) {
    if (got == Lines::Got::line && !line.empty()) kiosk.vote(line);
    primitives::wipe({reinterpret_cast<std::uint8_t*>(line.data()), line.size()});
    if (auto why = kiosk.trouble()) return tl::unexpected<Error>(std::move(*why));
  }
  if (o.final) TUIXUAN_CHECK(kiosk.end());
  TUIXUAN_TRY(waiting, kiosk.finish(std::chrono::seconds(o.patience)));
  if (waiting > 0)
    return fail(code::kiosk::undelivered, std::to_string(waiting) +
                                              " ballots wait in the journal; they are safe there. Start " +
                                              "'tuixuan-kiosk vote' again when the server is back");
  return {};
}

Result<void> vote_lines(const VoteLines& o) {
  TUIXUAN_TRY(kiosk, open_kiosk(o.folder));
  TUIXUAN_TRY(card, client::load_card(o.card));
  card.epoch_file = epoch_file(o.folder);
  const client::TimeLimits limits{std::chrono::seconds(2), std::chrono::seconds(10)};
  TUIXUAN_TRY(congress, client::Congress::join(card, std::chrono::seconds(0), hardware_threads(), limits));
  congress->client().introduce_as(kiosk.key.copy());
  TUIXUAN_CHECK(join_log(kiosk, o.folder, congress->client().log()).map([](const std::string&) {}));
  TUIXUAN_CHECK(remember_receipts(*congress, kiosk.journal));
  TUIXUAN_TRY(witness, LogWitness::open(o.folder, kiosk.id, kiosk.key.copy(), congress->client().log()));
  witness.remember(*congress);
  TUIXUAN_TRY(receipt, kiosk.journal.last_receipt());
  if (const auto parsed = log::parse_receipt(receipt)) witness.saw(parsed->checkpoint);
  LogCopy copy(o.folder, congress->client().log());
  if (copy.followed()) congress->remember(*copy.followed());
  congress->keep_in(&copy);
  go_on_from_verified(*congress, o.folder);
  Headless headless(kiosk.id, kiosk.key, kiosk.journal, *congress, show);
  const auto started = headless.start(std::chrono::seconds(o.patience));
  TUIXUAN_CHECK(judged(started, witness, *congress));
  show(R"({"event":"open","stage":")" + headless.stage().id.name + "\"}");
  TUIXUAN_CHECK(vote_all(headless, o));
  // The courier has ended: the connection is free, and what it delivered can be followed and cosigned.
  const auto newest = kiosk.journal.last_receipt();
  if (const auto parsed = newest ? log::parse_receipt(*newest) : tl::unexpected<Error>(newest.error())) {
    witness.saw(parsed->checkpoint);
    if (const auto opened = log::open_checkpoint(parsed->checkpoint, congress->client().log()))
      congress->remember(opened->checkpoint);
  }
  const auto synced = judged(congress->sync(), witness, *congress);
  if (!synced) return kind_of(synced.error()) != ErrorKind::never ? Result<void>() : synced;
  return cosign(witness, *congress);
}

}  // namespace tuixuan::kiosk

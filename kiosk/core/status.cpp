#include "kiosk/core/status.h"

#include "crypto/base/parallel.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/kiosk.h"
#include "kiosk/core/folder.h"
#include "kiosk/core/standing.h"
#include "tally/client/congress_card.h"
#include "tally/client/refusals.h"

namespace tuixuan::kiosk {

static std::string number(std::uint64_t n) { return std::to_string(n); }

// Not on the log, of whatever stage; ballots that only wait for the network are among them.
static std::vector<MissingBallot> not_on_log(const election::State& state, const Journal& journal) {
  return missing_casts(state, journal, StageId{});
}

static void tell_missing(const std::vector<MissingBallot>& missing, const TellLine& tell) {
  if (missing.empty()) return tell("本机的选票都在日志上 every ballot of this kiosk is on the log");
  tell("本机有 " + number(missing.size()) +
       " 张选票不在日志上 ballots of this kiosk that are not on the log: " + number(missing.size()));
  for (const MissingBallot& ballot : missing)
    tell("  " + ballot.stage.name + "  " + number(ballot.seq) + "  " + protocol::tracker(ballot.hash));
  tell(
      "  先运行 tuixuan-kiosk vote "
      "或打开屏幕，等它们送达；日志不接收时，请选票查验码在上列的投票人带凭条到另一台机器再投一次，"
      "不会算两次");
  tell(
      "  run tuixuan-kiosk vote or the screen until they are delivered; if the log refuses them, whoever has one of "
      "these trackers votes again at another kiosk with the same slip: nothing counts twice");
}

static Result<bool> tell_standing(const KioskFolder& kiosk, Standing& standing, const election::State& state,
                                  const TellLine& tell) {
  const auto open = open_stage_for(state, kiosk.id);
  const auto agrees = standing.check(state, open ? open->id : StageId{});
  if (agrees) {
    tell(open ? "环节 stage " + open->id.name + ": 日志与本机相符 the log agrees with this kiosk"
              : "现在没有开放的环节 no stage is open for it");
    return true;
  }
  tell(agrees.error().text());
  tell("  " + std::string(sentences_of(agrees.error().check).zh));
  return agrees.error().check == code::kiosk::ended;
}

Result<bool> kiosk_status(const std::string& folder, const std::string& card_file, const TellLine& tell) {
  TUIXUAN_TRY(kiosk, open_kiosk(folder));
  TUIXUAN_TRY(counts, kiosk.journal.counts());
  tell("投票机 kiosk " + kiosk.id.name + "  公钥 public key " + kiosk.key.verify_key().hex());
  tell("已投 cast " + number(counts.cast) + "  查验 checked " + number(counts.challenged) + "  放弃 given up " +
       number(counts.abandoned) + "  待送 to deliver " + number(counts.undelivered));
  for (const std::string& name : journals_set_aside(folder)) tell("以前的记录 record of an earlier vote: " + name);
  TUIXUAN_TRY(card, client::load_card(card_file));
  TUIXUAN_TRY(congress, client::Congress::join(card, std::chrono::seconds(0), hardware_threads()));
  TUIXUAN_TRY(bound, kiosk.journal.log());
  if (!bound.empty() && bound != card.log)
    return fail(code::kiosk::other_log, "the journal is of the log " + bound.substr(0, bound.find('+')));
  TUIXUAN_CHECK(congress->sync());
  Standing standing(kiosk.id, kiosk.key.verify_key(), kiosk.journal);
  TUIXUAN_TRY(agrees, tell_standing(kiosk, standing, congress->state(), tell));
  const auto missing = not_on_log(congress->state(), kiosk.journal);
  tell_missing(missing, tell);
  return agrees && missing.empty();
}

}  // namespace tuixuan::kiosk

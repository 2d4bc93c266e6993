#include "tally/demo/settle.h"

#include <algorithm>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/organiser.h"

namespace tuixuan::demo {

static std::string number(std::size_t n) { return std::to_string(n); }

namespace {

class Settling {
 public:
  Settling(DemoCongress& congress, const VoteAgain& vote) : c_(congress), vote_(vote) {}
  Result<void> run();

 private:
  Result<void> settle_one(const std::vector<election::OpenMatter>&, int again);
  Result<void> hold_again(const std::vector<election::OpenMatter>&, int again);

  DemoCongress& c_;
  const VoteAgain& vote_;
};

struct Telling {
  code::matter code;
  const char* option;
  tally::Text title;
  const char* zh;
  const char* en;
};
static const Telling kTellings[] = {
    {code::matter::run_off,
     "--run-off",
     {"重新投票", "run-off"},
     "末位得票相同：机器不抽签，起草对票数相同者的重新投票，由监票人签署",
     "a tie at the last seat: the machine draws no lots; it drafts a run-off between the tied, which the supervisors "
     "sign"},
    {code::matter::new_round,
     "--new-round",
     {"另行选举", "new round"},
     "名额未选足：起草另行选举，由监票人签署",
     "a seat is left empty: a new round is drafted, which the supervisors sign"},
    {code::matter::repeat,
     "--repeat",
     {"重新选举", "held again"},
     "作废的环节重新进行：同样的候选人和规则，用下一轮凭条；作废的一切都留在记录中",
     "the voided stage is held again, with the same candidates and rules and the next round of slips; everything of "
     "the "
     "voided one stays on the log"},
};

// In one stage all matters of the first one's kind.
Result<void> Settling::hold_again(const std::vector<election::OpenMatter>& open, int again) {
  const auto* telling = std::find_if(std::begin(kTellings), std::end(kTellings),
                                     [&](const Telling& t) { return open.front().code == t.code; });
  if (telling == std::end(kTellings))
    return fail(code::demo::settle,
                "the demo cannot settle " + open.front().contest.name + ": " + std::string(name_of(open.front().code)));
  narrate(telling->zh, telling->en);
  TUIXUAN_CHECK(c_.lose_a_trustee());
  const std::string stage = "again-" + number(static_cast<std::size_t>(again));
  std::vector<std::string> words{"add-stage",  "--stage",        stage, "--title", telling->title.zh,
                                 "--title-en", telling->title.en};
  for (const election::OpenMatter& m : open)
    if (m.code == telling->code && m.stage == open.front().stage)
      words.insert(words.end(), {telling->option, m.contest.name});
  TUIXUAN_CHECK(c_.command(std::move(words), {"S1", "S2"}));
  return vote_(StageId{stage});
}

Result<void> Settling::settle_one(const std::vector<election::OpenMatter>& open, int again) {
  const election::OpenMatter& m = open.front();
  const std::string& contest = m.contest.name;
  if (m.code == code::matter::confirm_base) {
    narrate("有人是否当选取决于过半数的基数：两名监票人确认办法所定的基数",
            "somebody's outcome depends on the base of the majority: two supervisors confirm the scheme's");
    return c_.command({"confirm-base", "--stage", m.stage.name, "--contest", contest, "--base", "expected"},
                      {"S1", "S2"});
  }
  const bool cut =
      m.code == code::matter::new_round && (c_.options().story == Story::seats_cut || again > int(kSpareRounds));
  if (!cut) return hold_again(open, again);
  narrate("名额未选足，经大会过半数同意减少名额",
          "seats are empty; more than half of the meeting agree to leave them so");
  return c_.command({"reduce-seats", "--stage", m.stage.name, "--contest", contest, "--seats", number(m.seats),
                     "--votes-for", number(c_.options().voters)},
                    {"S1", "S2"});
}

Result<void> Settling::run() {
  for (int again = 1;; ++again) {
    TUIXUAN_CHECK(c_.sync());
    const auto open = election::open_matters(c_.state());
    if (open.empty()) return {};
    if (again > 12) return fail(code::demo::settle, "the results do not settle");
    TUIXUAN_CHECK(settle_one(open, again));
  }
}

}  // namespace

Result<void> settle(DemoCongress& congress, const VoteAgain& vote) { return Settling(congress, vote).run(); }

}  // namespace tuixuan::demo

#include "tally/demo/demo.h"

#include "crypto/codes/organiser.h"
#include "hardware/devices/durable_file.h"
#include "tally/demo/branch.h"
#include "tally/demo/congress.h"
#include "tally/demo/profile.h"
#include "tally/demo/voters.h"
#include "tally/profiles/profile.h"

namespace tuixuan::demo {

// One recommendation by approval, with the ballots of a file.
static Result<void> hold_approval_congress(DemoCongress& congress, const ApprovalBallots& file) {
  StagePlay play;
  play.stage = StageId{"recommendation"};
  play.box = kMembersBox;
  for (std::uint32_t k = 1; k <= congress.options().kiosks; ++k) play.kiosks.push_back("K" + std::to_string(k));
  TUIXUAN_CHECK(congress.found(
      play.kiosks, [&](const DemoKeys& keys) { return approval_scheme(keys, congress.options().threshold, file); }));
  for (const auto& ballot : file.ballots) play.choices.push_back(approval_choices(ballot));
  narrate("领票处制作凭条：投票前公布凭条公钥清单，凭条与人没有任何联系",
          "the desk makes the slips; their public keys are published before voting, nothing joins a slip to a person");
  TUIXUAN_TRY(slips, congress.make_slips(kMembersBox, play.choices.size(), 1));
  play.slips = slips.codes();
  play.incidents = true;
  return congress.vote(std::move(play));
}

static Result<void> check_threshold(DemoOptions& o) {
  if (o.threshold == 0) o.threshold = o.trustees / 2 + 1;
  if (o.threshold <= o.trustees) return {};
  const std::string threshold = std::to_string(o.threshold);
  const std::string trustees = std::to_string(o.trustees);
  return fail(code::demo::options, "解密门限 " + threshold + " 多于保管人数 " + trustees +
                                       "，请改 --threshold / a threshold of " + threshold + " with " + trustees +
                                       " trustees: give a smaller --threshold");
}

Result<void> hold_demo(DemoOptions options) {
  TUIXUAN_CHECK(check_threshold(options));
  if (!options.profile.empty() && profiles::find_profile(options.profile) == nullptr)
    return fail(code::demo::options, "没有模板“" + options.profile +
                                         "”，请用 tuixuan scheme new --list 查看 / there is no profile of this name; "
                                         "tuixuan scheme new --list shows them");
  std::optional<ApprovalBallots> file;
  if (!options.ballots.empty()) {
    TUIXUAN_TRY(bytes, devices::read_all(options.ballots, kMaxBallotFile, false, code::plain::ballot_file));
    TUIXUAN_TRY(parsed, parse_ballot_file(bytes));
    file = std::move(parsed);
  }
  pace_narration(options.live ? 4 : 0);
  TUIXUAN_TRY(hall, Hall::prepare(options.folder));
  DemoCongress congress(options, std::move(hall));
  TUIXUAN_CHECK(file                      ? hold_approval_congress(congress, *file)
                : options.profile.empty() ? hold_branch_congress(congress)
                                          : hold_profile_congress(congress, options.profile));
  TUIXUAN_CHECK(congress.publish());
  congress.end();
  return {};
}

}  // namespace tuixuan::demo

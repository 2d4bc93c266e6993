// Mixes, partial decryptions and the count: protocol sections "Mixing", "Decryption", "Count"; V13 to V15.
#include <algorithm>

#include "crypto/codes/entries.h"
#include "crypto/protocol/decryption.h"
#include "crypto/protocol/mix.h"
#include "tally/election/counting.h"
#include "tally/election/rules.h"
#include "tally/names/names.h"
#include "tally/scheme/report.h"

namespace tuixuan::election {

using primitives::Point;

static Result<const StageState*> tallying_stage(const State& state, const StageId& id) {
  const StageState* stage = state.stage(id);
  if (stage != nullptr && stage->phase == Phase::closing)
    return fail(code::V12::sig, "stage " + id.name + ": " + std::to_string(state.plan->threshold) +
                                    " trustees must agree to the close, " + std::to_string(stage->close_agreed.size()) +
                                    " have");
  if (stage == nullptr || stage->phase != Phase::tallying)
    return fail(code::E07::order, "stage " + id.name + " is not being tallied: it must be closed, and not counted yet");
  return stage;
}

static Result<std::size_t> contest_slot(const State& state, const StageState& stage, const ContestId& id, Code check) {
  for (std::size_t i = 0; i < stage.contests.size(); ++i)
    if (state.plan->contests[stage.contests[i].contest].id == id) return i;
  return fail(check, "stage has no contest " + id.name);
}

Result<Action> mix_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, MixBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_trustee(e, *c.state.plan, body.mixer));
  TUIXUAN_TRY(stage, tallying_stage(c.state, body.stage));
  TUIXUAN_TRY(slot, contest_slot(c.state, *stage, body.contest, code::V13::contests));
  const ContestState& contest = stage->contests[slot];
  const tally::Stage& plan = c.state.plan->stages[stage->stage];
  if (stage->cast < plan.min_ballots && !stage->small_group)
    return fail(code::A03::small, std::to_string(stage->cast) + " ballots, stage " + plan.id.name + " is opened with " +
                                      std::to_string(plan.min_ballots) + " or more, or by decision of two supervisors");
  const std::string which = "mix " + std::to_string(body.position.value) + " of contest " + body.contest.name;
  if (contest.list.empty()) return fail(code::V13::contests, which + ": nobody voted, there is nothing to mix");
  if (!contest.decryptions.empty()) return fail(code::E07::order, which + ": decryption has begun");
  if (body.position.value != contest.mixers.size() + 1)
    return fail(code::V13::position, which + " where " + std::to_string(contest.mixers.size() + 1) + " was expected");
  if (std::find(contest.mixers.begin(), contest.mixers.end(), body.mixer) != contest.mixers.end())
    return fail(code::V13::mixers, which + ": trustee " + std::to_string(body.mixer.value) + " has mixed already");
  TUIXUAN_TRY(bytes, c.objects.load(body.record));
  auto record = protocol::MixRecord::decode(bytes, c.threads, c.checking);
  if (!record) return fail_at(which, record.error());
  const protocol::MixStatement statement{stage->tctx, body.contest, body.position, body.mixer,
                                         stage->opening->public_key};
  if (auto verified = protocol::verify_mix(statement, contest.list, *record, c.threads, c.checking); !verified)
    return fail_at(which, verified.error());
  return Action(
      [body = std::move(body), slot = slot, output = std::move(record->output)](State& state) -> Result<void> {
        ContestState& now = state.stage(body.stage)->contests[slot];
        now.list = output;
        now.mixers.push_back(body.mixer);
        return {};
      });
}

Result<Action> decryption_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, DecryptionBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_trustee(e, *c.state.plan, body.trustee));
  TUIXUAN_TRY(stage, tallying_stage(c.state, body.stage));
  TUIXUAN_TRY(slot, contest_slot(c.state, *stage, body.contest, code::V14::trustee));
  const ContestState& contest = stage->contests[slot];
  const std::string which =
      "decryption of contest " + body.contest.name + " by trustee " + std::to_string(body.trustee.value);
  if (contest.list.empty()) return fail(code::E07::order, which + ": nobody voted, there is nothing to decrypt");
  if (contest.mixers.size() < c.state.mixers_needed())
    return fail(code::V13::mixers, which + ": " + std::to_string(contest.mixers.size()) + " trustees have mixed, " +
                                       std::to_string(c.state.mixers_needed()) + " must");
  if (contest.decryptions.contains(body.trustee)) return fail(code::V14::trustee, which + ": done already");
  TUIXUAN_TRY(bytes, c.objects.load(body.record));
  auto record = protocol::DecryptionRecord::decode(bytes, c.threads, c.checking);
  if (!record) return fail_at(which, record.error());
  const protocol::DecryptionStatement statement{stage->tctx, body.contest, body.trustee, stage->opening->public_key,
                                                stage->opening->trustee_keys[body.trustee.value - 1]};
  if (auto verified = protocol::verify_decryption(statement, contest.list, *record, c.threads, c.checking); !verified)
    return fail_at(which, verified.error());
  return Action(
      [body = std::move(body), slot = slot, factors = std::move(record->factors)](State& state) -> Result<void> {
        state.stage(body.stage)->contests[slot].decryptions.emplace(body.trustee, factors);
        return {};
      });
}

// V13.contests: the contest was mixed; V14.quorum, V14.trustee: exactly k have decrypted, each once.
static Result<void> check_decryptors(const CountedContest& counted, const ContestState& contest, const State& state) {
  const tally::Scheme& scheme = *state.plan;
  const std::string which = "contest " + counted.contest.name;
  const std::uint32_t threshold = scheme.threshold;
  if (contest.list.empty())
    return counted.trustees.empty() ? Result<void>{}
                                    : fail(code::V14::quorum, which + ": nobody voted, nobody decrypted");
  if (contest.mixers.size() < state.mixers_needed())
    return fail(code::V13::contests, which + " was mixed by " + std::to_string(contest.mixers.size()) + " trustees, " +
                                         std::to_string(state.mixers_needed()) + " must");
  if (std::adjacent_find(counted.trustees.begin(), counted.trustees.end(), std::greater_equal<>()) !=
      counted.trustees.end())
    return fail(code::V14::trustee, which + ": a trustee twice, or not in ascending order");
  if (counted.trustees.size() != threshold)
    return fail(code::V14::quorum, which + ": " + std::to_string(counted.trustees.size()) +
                                       " decryptions listed, exactly " + std::to_string(threshold) + " must be");
  for (const TrusteeIndex t : counted.trustees)
    if (!contest.decryptions.contains(t))
      return fail(code::V14::trustee, which + ": trustee " + std::to_string(t.value) + " has not decrypted");
  return {};
}

// A written name may stand for another written name, never for a printed candidate (W4); no chain of spellings.
static Result<void> check_spellings(const SpellingsBody& body, const tally::Contest& contest) {
  for (std::size_t i = 0; i < body.names.size(); ++i) {
    const auto& [spelling, name] = body.names[i];
    if (i > 0 && spelling <= body.names[i - 1].first)
      return fail(code::V15::spellings, spelling + " is listed twice or out of order");
    if (spelling == name) return fail(code::V15::spellings, spelling + " stands for itself");
    for (const std::string& written : {spelling, name}) {
      if (const auto fits = tally::check_name(written, contest.write_ins.name_bytes); !fits)
        return fail(code::V15::spellings, fits.error().what);
      for (const tally::Candidate& k : contest.candidates)
        if (written == k.name || written == tally::label(k.name, k.note))
          return fail(code::V15::spellings, written + " is the name of a printed candidate");
    }
    const auto chained =
        std::find_if(body.names.begin(), body.names.end(), [&n = name](const auto& other) { return other.first == n; });
    if (chained != body.names.end()) return fail(code::V15::spellings, name + " is itself merged into another name");
  }
  return {};
}

Result<Action> spellings_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, SpellingsBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  TUIXUAN_TRY(stage, tallying_stage(c.state, body.stage));
  TUIXUAN_TRY(slot, contest_slot(c.state, *stage, body.contest, code::V15::spellings));
  const tally::Contest& contest = c.state.plan->contests[stage->contests[slot].contest];
  if (contest.write_ins.rule == tally::WriteInRule::none)
    return fail(code::V15::spellings, "contest " + body.contest.name + " has no write-ins");
  TUIXUAN_CHECK(check_spellings(body, contest));
  return Action([body = std::move(body), slot = slot](State& state) -> Result<void> {
    auto& spellings = state.stage(body.stage)->contests[slot].spellings;
    spellings.clear();
    spellings.insert(body.names.begin(), body.names.end());
    return {};
  });
}

Result<Action> count_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, CountBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  TUIXUAN_TRY(stage, tallying_stage(c.state, body.stage));
  if (body.contests.size() != stage->contests.size()) return fail(code::V15::contests, "stage " + body.stage.name);
  std::vector<std::vector<Point>> opened;
  for (std::size_t i = 0; i < body.contests.size(); ++i) {
    const CountedContest& counted = body.contests[i];
    const ContestState& contest = stage->contests[i];
    if (counted.contest != c.state.plan->contests[contest.contest].id)
      return fail(code::V15::contests, "contest " + counted.contest.name);
    TUIXUAN_CHECK(check_decryptors(counted, contest, c.state));
    TUIXUAN_TRY(published, c.objects.load(counted.opened));
    if (c.checking == batch::Checking::merged) {
      if (auto points = opened_as_published(contest, counted.trustees, published, c.threads)) {
        opened.push_back(std::move(*points));
        continue;
      }
    }
    opened.push_back(open_ballots(contest, counted.trustees, c.threads));
    const Bytes expected = encode_opened(opened.back(), contest.width);
    if (published.size() != expected.size()) return fail(code::V15::count, "contest " + counted.contest.name);
    if (published != expected) return fail(code::V15::points, "contest " + counted.contest.name);
  }
  TUIXUAN_TRY(report, c.objects.load(body.report));
  if (report != make_report(c.state, *stage, opened, c.threads, c.checking))
    return fail(code::V15::tally, "stage " + body.stage.name);
  auto parsed = scheme::parse_report(report);
  if (!parsed) bug("a report of our own that cannot be read");
  return Action([body = std::move(body), report = std::move(report),
                 results = std::move(parsed->contests)](State& state) -> Result<void> {
    StageState* now = state.stage(body.stage);
    for (std::size_t i = 0; i < body.contests.size(); ++i) now->contests[i].counted = body.contests[i];
    now->count = body;
    now->report = report;
    now->results = results;
    now->phase = Phase::counted;
    return {};
  });
}

}  // namespace tuixuan::election

#include "tally/organiser/thread_steps.h"

#include <algorithm>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/organiser.h"
#include "tally/ballot/label.h"
#include "tally/election/rules.h"
#include "tally/election/settlement.h"
#include "tally/names/strokes.h"
#include "tally/scheme/proposal.h"

namespace tuixuan::organiser {

using election::Kind;
using election::State;

Result<void> put_entry(client::Congress& congress, Kind kind, Bytes body, const Supervisors& who,
                       const std::string& text) {
  TUIXUAN_CHECK(congress.sync());
  if (!congress.state().plan) return fail(code::step::scheme, "the log has no scheme yet");
  return append_agreed(congress, kind, std::move(body), who, text);
}

// --- candidates ------------------------------------------------------------------------------------------------------

Result<void> put_shortlist(client::Congress& congress, const tally::CombinationId& id, const Supervisors& who) {
  TUIXUAN_CHECK(congress.sync());
  TUIXUAN_TRY(proposal, election::combine_results(congress.state(), id));
  const Bytes file = scheme::write_proposal(proposal);
  TUIXUAN_CHECK(congress.put_object(who.keys[0], file));
  std::string text = "推荐汇总 " + id.name + " / shortlist";
  for (const tally::CombinedPerson& p : proposal.result.persons)
    if (p.proposal == tally::Proposal::proposed) text += "\n  " + std::to_string(p.place) + " " + p.name;
  return put_entry(congress, Kind::shortlist, election::ShortlistBody{id, election::ObjectRef::of(file)}.encode(), who,
                   text);
}

// Without the dictionary the names stay as they were: whoever signs sees and decides their order.
static void by_strokes(std::vector<std::string>& names) {
  if (const auto table = tally::StrokeTable::load()) table->sort(names);
}

Result<election::CandidatesBody> draft_candidates(const State& state, const ContestId& id, const std::string& reference,
                                                  std::vector<Nominee> nominees) {
  const tally::Contest* contest = state.plan ? state.plan->contest(id) : nullptr;
  if (contest == nullptr) return fail(code::step::contest, "the scheme has no contest \"" + id.name + "\"");
  if (nominees.empty()) {
    TUIXUAN_TRY(names, election::proposed_for(state, *contest));
    if (!names) return fail(code::step::nominees, "nobody was proposed for \"" + id.name + "\": say who is nominated");
    if (contest->order == tally::NameOrder::strokes) by_strokes(*names);
    for (std::string& name : *names) nominees.push_back({std::move(name), ""});
  }
  election::CandidatesBody body{id, reference, {}};
  for (const Nominee& n : nominees) {
    TUIXUAN_TRY(k, tally::read_candidate(n.label));
    body.candidates.push_back({k.name, k.note, n.reason});
  }
  return body;
}

Result<void> decide_candidates(client::Congress& congress, const ContestId& id, const std::string& reference,
                               std::vector<Nominee> nominees, const Supervisors& superior) {
  TUIXUAN_CHECK(congress.sync());
  TUIXUAN_TRY(body, draft_candidates(congress.state(), id, reference, std::move(nominees)));
  const tally::Text& title = congress.state().plan->contest(id)->title;
  std::string text = "“" + title.zh + "”候选人（" + reference + "）\ncandidates of " + title.in("en");
  for (const election::DecidedCandidate& k : body.candidates)
    text += "\n  " + tally::label(k.name, k.note) + (k.reason.empty() ? "" : "：" + k.reason);
  return put_entry(congress, Kind::candidates, body.encode(), superior, text);
}

// --- added stages ----------------------------------------------------------------------------------------------------

static std::optional<std::uint8_t> next_round(const State& state, const std::vector<BoxId>& boxes) {
  for (unsigned round = 1; round <= 255; ++round) {
    const auto r = static_cast<std::uint8_t>(round);
    const bool listed = std::all_of(boxes.begin(), boxes.end(), [&](const BoxId& box) {
      return state.slip_lists.contains({box, r});
    });
    const bool used = std::any_of(state.plan->stages.begin(), state.plan->stages.end(), [&](const tally::Stage& s) {
      return s.round == r && std::any_of(s.boxes.begin(), s.boxes.end(), [&](const BoxId& b) {
               return std::find(boxes.begin(), boxes.end(), b) != boxes.end();
             });
    });
    if (listed && !used) return r;
  }
  return std::nullopt;
}

static const char* suffix(tally::FollowKind kind) {
  switch (kind) {
    case tally::FollowKind::run_off:
      return "-runoff";
    case tally::FollowKind::new_round:
      return "-round";
    case tally::FollowKind::renominate:
      return "-anew";
    case tally::FollowKind::repeat:
      return "-again";
  }
  bug("a kind of following without a name");
}

// Who stands in nominations anew, if nobody else decides on that.
static Result<void> nominate(tally::Contest& contest, const Following& f) {
  const bool wanted = f.kind == tally::FollowKind::renominate && !contest.approval;
  if (wanted == !f.nominees.empty()) {
    for (const std::string& label : f.nominees) {
      TUIXUAN_TRY(candidate, tally::read_candidate(label));
      contest.candidates.push_back(std::move(candidate));
    }
    return {};
  }
  return fail(
      code::step::nominees,
      wanted ? "“" + f.contest.name + "”重新提名：请用 --nominee 写明被提名人 / say with --nominee who is nominated"
             : "--nominee 只用于没有上级批复的重新提名 / --nominee is for nominations anew that no superior "
               "body decides on");
}

Result<scheme::AddedStage> draft_stage(const State& state, const StageId& id, const tally::Text& title,
                                       std::span<const Following> following) {
  if (following.empty()) return fail(code::step::contest, "say which contests are voted on again");
  scheme::AddedStage out;
  for (const Following& f : following) {
    const tally::Stage* before = election::stage_of_contest(*state.plan, f.contest);
    if (before == nullptr) return fail(code::step::contest, "the congress has no contest \"" + f.contest.name + "\"");
    ContestId fresh{f.contest.name + suffix(f.kind)};
    for (int n = 2; state.plan->contest(fresh) != nullptr; ++n)
      fresh.name = f.contest.name + suffix(f.kind) + std::to_string(n);
    TUIXUAN_TRY(contest, election::draft_contest(state, f.contest, f.kind, fresh));
    TUIXUAN_CHECK(nominate(contest, f));
    std::vector<std::string> names;
    for (const tally::Candidate& k : contest.candidates) names.push_back(tally::label(k.name, k.note));
    if (contest.order == tally::NameOrder::strokes) by_strokes(names);
    std::sort(contest.candidates.begin(), contest.candidates.end(), [&](const auto& a, const auto& b) {
      const auto at = [&](const tally::Candidate& k) {
        return std::find(names.begin(), names.end(), tally::label(k.name, k.note));
      };
      return at(a) < at(b);
    });
    const std::uint32_t notice = election::notice_of_added(state, contest);
    out.contests.push_back(std::move(contest));
    if (out.stage.id.name.empty()) {
      out.stage = *before;
      out.stage.id = id;
      out.stage.title = title;
      out.stage.contests.clear();
      out.stage.after.clear();
      out.stage.not_before.clear();
      out.stage.notice_days = 0;
    }
    out.stage.notice_days = std::max(out.stage.notice_days, notice);
    out.stage.contests.push_back(out.contests.back().id);
  }
  const auto round = next_round(state, out.stage.boxes);
  if (!round)
    return fail(code::step::slips,
                "the boxes have no slips left for another round; the desk prints new ones for it first");
  out.stage.round = *round;
  return out;
}

Result<void> add_stage(client::Congress& congress, const scheme::AddedStage& added, const Supervisors& who) {
  const Bytes file = scheme::write_stage(added);
  TUIXUAN_CHECK(congress.put_object(who.keys[0], file));
  std::string text = "增加环节“" + added.stage.title.zh + "”，凭条第 " + std::to_string(added.stage.round) +
                     " 轮\nadd the stage " + added.stage.title.in("en") + ", slips of round " +
                     std::to_string(added.stage.round);
  for (const tally::Contest& c : added.contests) {
    text += "\n  " + c.title.zh + " " + std::to_string(c.seats) + "：";
    for (const tally::Candidate& k : c.candidates) text += " " + tally::label(k.name, k.note);
  }
  return put_entry(congress, Kind::stage_added, election::StageAddedBody{election::ObjectRef::of(file)}.encode(), who,
                   text);
}

// --- report and answer -----------------------------------------------------------------------------------------------

Result<void> report_up(client::Congress& congress, const Supervisors& chair) {
  TUIXUAN_CHECK(congress.sync());
  const State& state = congress.state();
  if (!state.plan) return fail(code::step::scheme, "the log has no scheme yet");
  if (const auto open = election::open_matters(state); !open.empty())
    return fail(code::step::early,
                "contest " + open[0].contest.name + " is not settled: " + std::string(name_of(open[0].code)));
  const scheme::Outcome outcome = election::outcome_of(state);
  const Bytes file = scheme::write_outcome(outcome);
  TUIXUAN_CHECK(congress.put_object(chair.keys[0], file));
  std::string text = "报批、备案 / report to the superior body";
  for (const scheme::Office& office : outcome.offices) {
    text += "\n  " + state.plan->contest(office.contest)->title.zh + "：";
    for (const scheme::Elected& person : office.elected) text += " " + person.name;
  }
  return put_entry(congress, Kind::report_up, election::ReportUpBody{election::ObjectRef::of(file)}.encode(), chair,
                   text);
}

Result<void> countersign(client::Congress& congress, bool accepted, const std::string& reference,
                         const std::string& reason, const Supervisors& superior) {
  TUIXUAN_CHECK(congress.sync());
  if (!congress.state().reported) return fail(code::step::early, "nothing has been reported yet");
  const election::CountersignBody body{congress.state().reported->index, accepted, reference, reason};
  return put_entry(congress, Kind::countersign, body.encode(), superior,
                   accepted ? "同意，文号 " + reference + " / accepted" : "退回：" + reason + " / sent back");
}

Result<void> put_audit(client::Congress& congress, bool holds, const std::string& findings,
                       const Supervisors& auditor) {
  TUIXUAN_CHECK(congress.sync());
  const State& state = congress.state();
  const election::AuditBody body{state.tree.size(), state.tree.root(), holds, findings};
  return put_entry(congress, Kind::audit, body.encode(), auditor,
                   "审核至第 " + std::to_string(state.tree.size()) + " 条：" + (holds ? "无误" : "有异议") + "；" +
                       findings + "\naudited up to entry " + std::to_string(state.tree.size()) + ": " +
                       (holds ? "holds" : "objects"));
}

}  // namespace tuixuan::organiser

#include "tally/paper/rounds.h"

#include <algorithm>

#include "crypto/codes/organiser.h"
#include "tally/count/following.h"
#include "tally/count/outcome.h"
#include "tally/count/reasons.h"

namespace tuixuan::paper {

using tally::Contest;
using tally::ContestResult;
using tally::FollowKind;
using tally::NextKind;
using tally::Outcome;

namespace {

bool elects(const Contest& c) { return c.kind == tally::Kind::election || c.kind == tally::Kind::preelection; }

std::optional<tally::Base> base_named(const std::string& words) {
  using tally::Base;
  for (const auto& [name, base] : {std::pair{"应到", Base::expected},
                                   {"实到", Base::present},
                                   {"投票", Base::voters},
                                   {"收回", Base::returned},
                                   {"有效", Base::valid}})
    if (words.starts_with(name)) return base;
  return std::nullopt;
}

const tally::NextStep* step(const ContestResult& r, NextKind kind) {
  for (const tally::NextStep& s : r.next)
    if (s.kind == kind) return &s;
  return nullptr;
}

}  // namespace

PaperCongress::PaperCongress(tally::Scheme scheme, std::vector<PaperDecision> decisions)
    : scheme_(std::move(scheme)), decisions_(std::move(decisions)) {
  for (Contest& c : scheme_.contests)
    if (const PaperDecision* d = decision(c.id, DecisionKind::base))
      if (const auto base = base_named(d->what); base && (*base == c.majority.base || base == c.alternative)) {
        c.majority.base = *base;
        c.alternative.reset();
      }
}

// --- looking up ------------------------------------------------------------------------------------------------------

const Contest* PaperCongress::contest(const ContestId& id) const {
  for (const Contest& c : scheme_.contests)
    if (c.id == id) return &c;
  return nullptr;
}

const tally::Stage* PaperCongress::stage_of(const ContestId& id) const {
  for (const tally::Stage& s : scheme_.stages)
    if (std::find(s.contests.begin(), s.contests.end(), id) != s.contests.end()) return &s;
  return nullptr;
}

const scheme::Report* PaperCongress::report_of(const ContestId& id) const {
  const tally::Stage* stage = stage_of(id);
  for (const scheme::Report& r : reports_)
    if (stage != nullptr && r.stage == stage->id) return &r;
  return nullptr;
}

const ContestResult* PaperCongress::result_of(const ContestId& id) const {
  if (const scheme::Report* report = report_of(id))
    for (const ContestResult& r : report->contests)
      if (r.contest == id) return &r;
  return nullptr;
}

const PaperDecision* PaperCongress::decision(const ContestId& id, DecisionKind kind) const {
  for (const PaperDecision& d : decisions_)
    if (d.contest == id && d.kind == kind) return &d;
  return nullptr;
}

const Contest* PaperCongress::follower(const ContestId& id, std::initializer_list<FollowKind> kinds) const {
  for (const Contest& c : scheme_.contests)
    if (c.follows && c.follows->contest == id && std::find(kinds.begin(), kinds.end(), c.follows->kind) != kinds.end())
      return &c;
  return nullptr;
}

std::uint64_t PaperCongress::cut(const ContestId& id) const {
  const PaperDecision* d = decision(id, DecisionKind::cut_seats);
  return d == nullptr ? 0 : std::stoull(d->what);
}

std::vector<tally::Settled> PaperCongress::settled(const StageId& but) const {
  std::vector<tally::Settled> out;
  for (const scheme::Report& report : reports_) {
    if (report.stage == but) continue;
    for (const ContestResult& r : report.contests)
      if (const Contest* c = contest(r.contest)) out.push_back({*c, r});
  }
  return out;
}

// --- reports and rounds ----------------------------------------------------------------------------------------------

Result<void> PaperCongress::add_report(scheme::Report report) {
  if (report.congress != scheme_.congress.id)
    return fail(code::round::report, "报告属于另一会议 " + report.congress + " / a report of another congress");
  const auto stage = std::find_if(scheme_.stages.begin(), scheme_.stages.end(),
                                  [&](const tally::Stage& s) { return s.id == report.stage; });
  if (stage == scheme_.stages.end())
    return fail(code::round::report, "没有环节 " + report.stage.name +
                                         "：另行选举的，先用 --round 给出该轮文件 / there is no "
                                         "stage " +
                                         report.stage.name + "; give the file of a further round with --round first");
  for (const scheme::Report& other : reports_)
    if (other.stage == report.stage)
      return fail(code::round::report, "环节 " + report.stage.name + " 的报告给了两次 / a second report of this stage");
  for (const ContestResult& r : report.contests) {
    const Contest* c = contest(r.contest);
    if (c == nullptr || c->kind != r.kind)
      return fail(code::round::report, "报告中的 " + r.contest.name + " 不在选举办法中 / is not in the scheme");
    if (!c->rating && r.base != tally::base_of(c->majority.base, report.numbers, r.valid))
      return fail(code::round::report,
                  "“" + c->title.zh + "”的报告不是按确认的基数计票的，请用 --decisions 重新计票 / " + r.contest.name +
                      ": counted by another base than the one confirmed; count it again");
  }
  reports_.push_back(std::move(report));
  return {};
}

// The step that a result leaves, and what it needs.
std::optional<FollowKind> PaperCongress::due(const Contest& c) const {
  if (decision(c.id, DecisionKind::withdrawn) != nullptr || decision(c.id, DecisionKind::repeat) != nullptr)
    return FollowKind::repeat;
  const ContestResult* r = result_of(c.id);
  if (r == nullptr || !r->must_confirm.empty()) return std::nullopt;
  if (step(*r, NextKind::vote_again) != nullptr) return FollowKind::repeat;
  if (step(*r, NextKind::run_off) != nullptr && follower(c.id, {FollowKind::run_off}) == nullptr &&
      decision(c.id, DecisionKind::tie) == nullptr)
    return FollowKind::run_off;
  for (const auto& [next, follow] :
       {std::pair{NextKind::new_round, FollowKind::new_round}, {NextKind::renominate, FollowKind::renominate}})
    if (const tally::NextStep* s = step(*r, next); s != nullptr && cut(c.id) < s->seats) return follow;
  return std::nullopt;
}

Result<Contest> PaperCongress::draft_of(const Contest& of, FollowKind kind, ContestId id) const {
  if (kind == FollowKind::repeat) {
    Contest c = tally::draft_repeat(of, std::move(id));
    if (const PaperDecision* d = decision(of.id, DecisionKind::withdrawn)) {
      for (const std::string& name : names_in(d->what))
        std::erase_if(c.candidates, [&](const auto& k) { return tally::label(k.name, k.note) == name; });
      c.min_extra = 0;
      const auto places = static_cast<std::uint32_t>(c.candidates.size()) + c.write_ins.slots;
      if (c.write_ins.rule == tally::WriteInRule::under_opposed)
        c.write_ins.slots = std::min(c.write_ins.slots, static_cast<std::uint32_t>(c.candidates.size()));
      c.max_choices = std::min(c.max_choices, places);
    }
    return c;
  }
  const ContestResult* r = result_of(of.id);
  if (r == nullptr || tally::step_for(kind, *r) == nullptr)
    return fail(code::round::follows,
                "“" + of.title.zh + "”的结果没有这一步 / the result of " + of.id.name + " leaves no room for this");
  Contest c = tally::draft_following(of, *r, kind, std::move(id));
  c.approval = false;  // the superior body's paper is in the minutes
  if (kind != FollowKind::run_off && cut(of.id) > 0) {
    c.seats -= static_cast<std::uint32_t>(cut(of.id));
    c.max_choices = c.seats;
    c.min_choices = std::min(c.min_choices, c.max_choices);
  }
  return c;
}

Result<scheme::AddedStage> PaperCongress::draft(const ContestId& id, const std::vector<tally::Candidate>& nominated,
                                                const std::string& name) const {
  const Contest* of = contest(id);
  const auto kind = of == nullptr ? std::nullopt : due(*of);
  if (!kind || follower(id, {*kind}) != nullptr)
    return fail(code::round::none, "“" + (of == nullptr ? id.name : of->title.zh) +
                                       "”没有下一轮，或须先作出决定；用 tuixuan outcome 查看 / nothing follows from " +
                                       id.name + ", or a decision comes first: see tuixuan outcome");
  TUIXUAN_TRY(c, draft_of(*of, *kind, ContestId{name}));
  if ((*kind == FollowKind::renominate) == nominated.empty())
    return fail(code::round::nominated,
                nominated.empty()
                    ? "须重新酝酿候选人：用 --candidate 逐名给出 / nominations are due: give each with --candidate"
                    : "本轮的候选人由上一轮结果确定，不能另给 / the result before it names the people");
  if (*kind == FollowKind::renominate) {
    c.candidates = nominated;
    c.max_choices = c.seats;
    if (c.write_ins.rule == tally::WriteInRule::under_opposed)
      c.write_ins.slots = std::min(c.write_ins.slots, static_cast<std::uint32_t>(nominated.size()));
  }
  scheme::AddedStage out;
  out.stage = *stage_of(id);
  out.stage.id = StageId{name};
  out.stage.title = {out.stage.title.zh + "（另行选举）",
                     out.stage.title.en.empty() ? "" : out.stage.title.en + ", again"};
  out.stage.contests = {c.id};
  out.stage.after.clear();
  out.stage.not_before.clear();
  out.stage.notice_days = 0;
  for (const tally::Stage& s : scheme_.stages)
    if (s.boxes == out.stage.boxes) out.stage.round = std::max<std::uint8_t>(out.stage.round, s.round);
  ++out.stage.round;
  out.contests = {std::move(c)};
  return out;
}

Result<void> PaperCongress::add_round(const scheme::AddedStage& added) {
  if (added.contests.size() != 1 || added.stage.contests != std::vector<ContestId>{added.contests[0].id})
    return fail(code::round::stage, "一轮文件只有一项选举 / a round has one contest");
  const Contest& held = added.contests[0];
  for (const tally::Stage& s : scheme_.stages)
    if (s.id == added.stage.id)
      return fail(code::round::stage, "已有环节 " + s.id.name + "，请换一个编号 / there is a stage of this name");
  const Contest* of = held.follows ? contest(held.follows->contest) : nullptr;
  if (of == nullptr || contest(held.id) != nullptr)
    return fail(code::round::follows, held.id.name + " 不是本次会议某项选举的下一轮 / follows from no contest here");
  const auto kind = due(*of);
  if (!kind || *kind != held.follows->kind)
    return fail(code::round::follows, "“" + of->title.zh +
                                          "”的结果没有这一步，或上一轮报告尚未给出（--report 与 --round 按先后给） / "
                                          "nothing of this kind follows from " +
                                          of->id.name + ", or its report is missing");
  if (follower(of->id, {*kind}) != nullptr)
    return fail(code::round::follows, "“" + of->title.zh + "”已有下一轮 / " + of->id.name + " is followed already");
  TUIXUAN_TRY(draft, draft_of(*of, *kind, held.id));
  Contest same = held;
  if (*kind == FollowKind::renominate) same.write_ins.slots = draft.write_ins.slots;
  if (!tally::follows_draft(draft, same))
    return fail(code::round::follows, held.id.name + " 与“" + of->title.zh +
                                          "”结果应有的下一轮不同，请用 tuixuan round 重新生成 / "
                                          "is not what follows from " +
                                          of->id.name + "; draft it again with tuixuan round");
  const tally::Stage& before = *stage_of(of->id);
  if (before.boxes != added.stage.boxes || before.quorum != added.stage.quorum || before.proxies != added.stage.proxies)
    return fail(code::round::follows, "票箱、到会要求与上一轮不同 / boxes or quorum are not those of the stage before");
  scheme_.stages.push_back(added.stage);
  scheme_.contests.push_back(held);
  return {};
}

// --- where each office stands ----------------------------------------------------------------------------------------

void PaperCongress::tied(const Contest& c, const ContestResult& r, Walk& w) const {
  if (r.tied_seats == 0) return;
  std::vector<std::string> names;
  for (const tally::PersonResult& p : r.persons)
    if (p.outcome == Outcome::tied) names.push_back(tally::label(p.name, p.note));
  if (const PaperDecision* d = decision(c.id, DecisionKind::tie)) {
    for (const std::string& name : names_in(d->what)) w.office.elected.push_back({name, c.id});
  } else if (const Contest* again = follower(c.id, {FollowKind::run_off})) {
    walk_on(again->id, w);
  } else {
    const bool superior = c.tie == tally::TieRule::superior;
    w.open.push_back({superior ? code::matter::tie : code::matter::run_off, c.id, r.tied_seats, names});
  }
}

void PaperCongress::vacant(const Contest& c, const ContestResult& r, Walk& w) const {
  const std::uint64_t empty = r.vacant;
  if (empty == 0) return;
  const std::uint64_t reduced = std::min(empty, cut(c.id));
  w.office.reduced += reduced;
  if (const Contest* next = follower(c.id, {FollowKind::new_round, FollowKind::renominate}))
    return walk_on(next->id, w);
  if (empty == reduced) return;
  if (c.shortage == tally::ShortageRule::leave_vacant) {
    w.office.vacant += empty - reduced;
    return;
  }
  const bool again = c.shortage == tally::ShortageRule::new_round;
  w.open.push_back({again ? code::matter::new_round : code::matter::renominate, c.id, empty - reduced, {}});
}

// somebody whose seat waits for another office. barred: that office is settled, and keeps the person out.
bool PaperCongress::other_office_open(const Contest& c, const std::string& name, bool& barred) const {
  ContestId office = c.id;
  for (const Contest* at = &c; at != nullptr && at->follows; at = contest(at->follows->contest))
    office = at->follows->contest;
  bool open = false;
  for (const Contest& other : scheme_.contests) {
    const bool excludes = std::find(other.excludes.begin(), other.excludes.end(), office) != other.excludes.end();
    const bool within = c.within && *c.within == other.id;
    if (other.follows || (!excludes && !within)) continue;
    const Walk there = walk(other);
    open = open || !there.open.empty();
    const bool holds = std::any_of(there.office.elected.begin(), there.office.elected.end(),
                                   [&](const scheme::Elected& e) { return e.name == name; });
    barred = barred || (excludes && holds) || (within && !holds && there.open.empty());
  }
  return open && !barred;
}

void PaperCongress::walk_on(const ContestId& id, Walk& w) const {
  const Contest& c = *contest(id);
  w.office.contests.push_back(id);
  if (const Contest* repeat = follower(id, {FollowKind::repeat})) return walk_on(repeat->id, w);
  const ContestResult* r = result_of(id);
  if (due(c) == FollowKind::repeat) return w.open.push_back({code::matter::repeat, id, c.seats, {}});
  if (r == nullptr) return w.open.push_back({code::matter::count, id, 0, {}});
  if (!r->must_confirm.empty()) return w.open.push_back({code::matter::confirm_base, id, 0, r->must_confirm});
  for (const tally::PersonResult& p : r->persons) {
    const std::string name = tally::label(p.name, p.note);
    if (p.outcome == Outcome::elected) w.office.elected.push_back({name, id});
    if (p.outcome != Outcome::no_decision || p.reason.code != code::reason::office_open) continue;
    bool barred = false;
    if (other_office_open(c, name, barred)) {
      w.open.push_back({code::matter::office, id, 1, {name}});
    } else if (barred) {
      w.open.push_back({code::matter::recount, id, 1, {name}});
    } else {
      w.office.elected.push_back({name, id});
    }
  }
  tied(c, *r, w);
  vacant(c, *r, w);
}

PaperCongress::Walk PaperCongress::walk(const Contest& root) const {
  Walk w;
  w.office.contest = root.id;
  w.office.seats = root.seats;
  walk_on(root.id, w);
  return w;
}

std::vector<PaperMatter> PaperCongress::open() const {
  std::vector<PaperMatter> out;
  for (const Contest& c : scheme_.contests) {
    if (!elects(c) || c.follows) continue;
    const Walk w = walk(c);
    out.insert(out.end(), w.open.begin(), w.open.end());
  }
  return out;
}

scheme::Outcome PaperCongress::outcome() const {
  scheme::Outcome out{scheme_.congress.id, scheme_.rehearsal, {}};
  for (const Contest& c : scheme_.contests)
    if (c.kind == tally::Kind::election && !c.follows) out.offices.push_back(walk(c).office);
  return out;
}

tally::Text sentence(const tally::Scheme& scheme, const PaperMatter& m) {
  tally::Text title{m.contest.name, m.contest.name};
  for (const Contest& c : scheme.contests)
    if (c.id == m.contest) title = {c.title.zh, c.title.in("en")};
  std::string names;
  for (const std::string& name : m.names) names += (names.empty() ? "" : "、") + name;
  const std::string n = std::to_string(m.seats);
  const std::string next = "tuixuan round … --contest " + m.contest.name;
  const std::string zh = "“" + title.zh + "”：";
  const std::string en = title.en + ": ";
  if (m.code == code::matter::count)
    return {zh + "尚未计票（tuixuan count … --round）", en + "not counted yet (tuixuan count … --round)"};
  if (m.code == code::matter::confirm_base)
    return {zh + names + " 的结果取决于基数，须由会议确认（--decisions 中写“确认基数”）后重新计票",
            en + "the outcome of " + names +
                " depends on the base; the meeting confirms it (确认基数 in --decisions), "
                "then count again"};
  if (m.code == code::matter::run_off)
    return {zh + names + " 得票相等，再次投票选 " + n + " 名（" + next + "）",
            en + names + " are tied for " + n + " seats: a run-off (" + next + ")"};
  if (m.code == code::matter::tie)
    return {zh + names + " 得票相等，报上级决定 " + n + " 名（--decisions 中写“上级决定”）",
            en + names + " are tied for " + n + " seats: the superior body decides (上级决定 in --decisions)"};
  if (m.code == code::matter::repeat)
    return {zh + "重新投票（" + next + "）", en + "the vote is held again (" + next + ")"};
  if (m.code == code::matter::office)
    return {zh + names + " 的名额待相关职务确定", en + "the seat of " + names + " waits for another office"};
  if (m.code == code::matter::recount)
    return {zh + "相关职务已确定，" + names + " 不能占此名额，请带上各轮报告（--report、--round）重新计票",
            en + "the other office is settled and keeps " + names + " out: count again with the reports of its rounds"};
  const bool again = m.code == code::matter::new_round;
  return {zh + "缺额 " + n + " 名，" + (again ? "另行选举" : "重新酝酿候选人后另行选举") + "（" + next +
              "），或由会议同意减少名额（--decisions 中写“减少名额”）",
          en + n + " seats are empty: " + (again ? "a new round" : "nominations and a new round") + " (" + next +
              "), or the meeting leaves them empty (减少名额 in --decisions)"};
}

// --- decisions -------------------------------------------------------------------------------------------------------

Result<void> PaperCongress::check(const PaperDecision& d) const {
  const auto no = [&](const std::string& zh, const std::string& en) {
    return fail(code::decision::form,
                "“" + d.contest.name + "”的决定：" + zh + " / the decision on " + d.contest.name + ": " + en);
  };
  const Contest* c = contest(d.contest);
  if (c == nullptr) return no("办法和各轮中没有这一项", "no such contest in the scheme or its rounds");
  const ContestResult* r = result_of(d.contest);
  const scheme::Report* report = report_of(d.contest);
  switch (d.kind) {
    case DecisionKind::base: {
      const auto base = base_named(d.what);
      if (!base || *base != c->majority.base)
        return no("基数“" + d.what + "”不是办法所列的两种之一", "the base is neither of the two in the scheme");
      return {};
    }
    case DecisionKind::cut_seats:
      if (r == nullptr || report == nullptr || r->vacant < std::stoull(d.what))
        return no("没有这么多缺额可减", "there are not so many empty seats");
      if (2 * d.votes <= report->numbers.present)
        return no("减少名额须实到会过半数同意，现为 " + std::to_string(d.votes) + "/" +
                      std::to_string(report->numbers.present),
                  "more than half of those present must agree");
      return {};
    case DecisionKind::tie: {
      const std::vector<std::string> names = names_in(d.what);
      const bool second = c->follows && c->follows->kind == FollowKind::run_off;
      if (c->tie != tally::TieRule::superior && !second)
        return no("办法规定先再次投票", "the scheme asks for a run-off first");
      if (r == nullptr || names.size() != r->tied_seats || d.reference.empty())
        return no("须写明票数相等的人中的几名和文号", "name as many of the tied as there are seats, and the paper");
      for (const std::string& name : names)
        if (std::none_of(r->persons.begin(), r->persons.end(), [&](const auto& p) {
              return p.outcome == Outcome::tied && tally::label(p.name, p.note) == name;
            }))
          return no(name + " 不在票数相等的人中", name + " is not one of the tied");
      return {};
    }
    case DecisionKind::withdrawn:
      for (const std::string& name : names_in(d.what))
        if (std::none_of(c->candidates.begin(), c->candidates.end(),
                         [&](const auto& k) { return tally::label(k.name, k.note) == name; }))
          return no(name + " 不是候选人", name + " is no candidate");
      return {};
    case DecisionKind::repeat:
      return {};
  }
  bug("an unknown decision");
}

Result<void> PaperCongress::check_decisions(const StageId& counting) const {
  for (const PaperDecision& d : decisions_) {
    const tally::Stage* stage = stage_of(d.contest);
    if (stage != nullptr && stage->id == counting && d.kind != DecisionKind::base) continue;
    TUIXUAN_CHECK(check(d));
  }
  return {};
}

}  // namespace tuixuan::paper

#include "tests/support/thread_kit.h"

#include <algorithm>
#include <cstdlib>

#include "tally/count/following.h"
#include "tally/election/rules.h"

namespace tuixuan::kit {

using election::Kind;

Thread::Thread(const Change& change, Size s) : Congress(s) {
  scheme = thread_scheme(*this);
  if (change) change(scheme);
}

void Thread::begin() {
  found();
  ceremony();
}

// Rates of members and masses make the order 丁文华, 王建国, 李秀英, 张志强, 陈玉兰; 赵海涛 is last.
void Thread::recommend() {
  const Ballots members = {{"丁文华", "王建国", "李秀英", "张志强", "陈玉兰"},
                           {"丁文华", "王建国", "李秀英", "张志强", "陈玉兰"},
                           {"丁文华", "王建国", "李秀英", "张志强"},
                           {"丁文华", "王建国", "李秀英"},
                           {"丁文华", "王建国"},
                           {"丁文华"}};
  hold(kMembers, members);
  hold(kMasses, {members.begin(), members.begin() + 5});
}

Bytes Thread::points_body() const {
  return election::SuperiorRecommendationBody{kShortlist, {{"丁文华", 90}, {"王建国", 80}}, "考察意见"}.encode();
}
void Thread::points() { append(by_superior(Kind::superior_recommendation, points_body())); }

Bytes Thread::shortlist_body() {
  auto file = election::combine_results(fold.state(), kShortlist);
  if (!file) std::abort();
  return election::ShortlistBody{kShortlist, objects.put(scheme::write_proposal(*file))}.encode();
}
void Thread::shortlist() { append(by_supervisors(Kind::shortlist, shortlist_body())); }

Bytes Thread::committee_body() const {
  election::CandidatesBody body{kCommittee, "柳发〔2025〕7 号", {}};
  for (const char* name : {"丁文华", "王建国", "李秀英", "张志强", "陈玉兰"}) body.candidates.push_back({name, "", ""});
  return body.encode();
}
void Thread::decide() { append(by_superior(Kind::candidates, committee_body())); }

Bytes Thread::notice_body(std::uint32_t days) const {
  return election::NoticeBody{kElection, minutes, day(days), "镇党委组织办"}.encode();
}
void Thread::notice() {
  append(by_chair(Kind::notice, notice_body()));
  minutes = day(5);
}

void Thread::up_to_election() {
  begin();
  recommend();
  points();
  shortlist();
  decide();
  notice();
}

void Thread::elect(const Ballots& ballots) { hold(kElection, ballots); }

void Thread::decide_secretary() {
  election::CandidatesBody body{kSecretaryContest, "柳发〔2025〕8 号", {}};
  for (const auto& person : standing(kCommittee).office.elected) body.candidates.push_back({person.name, "", ""});
  append(by_superior(Kind::candidates, body.encode()));
}

Bytes Thread::report_body() {
  return election::ReportUpBody{objects.put(scheme::write_outcome(election::outcome_of(fold.state())))}.encode();
}
void Thread::report() { append(by_chair(Kind::report_up, report_body())); }

void Thread::countersign(bool accepted) {
  const election::CountersignBody body{fold.state().reported->index, accepted, "柳发〔2025〕9 号", "材料不全"};
  append(by_superior(Kind::countersign, body.encode()));
}

scheme::AddedStage Thread::following(const ContestId& of, tally::FollowKind kind, const std::string& id) const {
  const tally::Scheme& now = *fold.state().plan;
  auto draft = election::draft_contest(fold.state(), of, kind, ContestId{id});
  if (!draft) {
    std::fprintf(stderr, "thread kit: %s\n", draft.error().text().c_str());
    std::abort();
  }
  const tally::Stage& of_stage = *election::stage_of_contest(now, of);
  scheme::AddedStage out{of_stage, {std::move(*draft)}};
  out.stage.id = StageId{id};
  out.stage.contests = {ContestId{id}};
  out.stage.after.clear();
  out.stage.not_before.clear();
  out.stage.notice_days = election::notice_of_added(fold.state(), out.contests[0]);
  for (const tally::Stage& s : now.stages)
    if (s.boxes == of_stage.boxes) out.stage.round = std::max(out.stage.round, static_cast<std::uint8_t>(s.round + 1));
  return out;
}

Bytes Thread::added_entry(const scheme::AddedStage& added) {
  return by_supervisors(Kind::stage_added, election::StageAddedBody{objects.put(scheme::write_stage(added))}.encode());
}

StageId Thread::add(const ContestId& of, tally::FollowKind kind, const std::string& id) {
  append(added_entry(following(of, kind, id)));
  return StageId{id};
}

Ballots clear_votes() {
  return {{"丁文华", "王建国", "李秀英"}, {"丁文华", "王建国", "李秀英"}, {"丁文华", "王建国", "李秀英"},
          {"丁文华", "王建国", "李秀英"}, {"丁文华", "王建国", "张志强"}, {"丁文华", "陈玉兰"}};
}

Ballots tied_votes() {
  return {{"丁文华", "王建国", "李秀英"}, {"丁文华", "王建国", "张志强"}, {"丁文华", "王建国", "李秀英"},
          {"丁文华", "王建国", "张志强"}, {"李秀英", "张志强", "王建国"}, {"李秀英", "张志强", "丁文华"}};
}

Ballots short_votes() {
  return {{"丁文华", "王建国"}, {"丁文华", "王建国"}, {"丁文华", "王建国"},
          {"丁文华", "王建国"}, {"李秀英"},           {"张志强"}};
}

void only_committee(tally::Scheme& s) {
  s.superior_key.reset();
  tally::Contest office = s.contests[2];
  office.source.reset();
  office.approval = false;
  office.shortage = tally::ShortageRule::renominate;
  for (const char* name : {"丁文华", "王建国", "李秀英", "张志强"}) office.candidates.push_back({name, ""});
  s.contests = {office};
  s.stages[2].after.clear();
  s.stages[2].notice_days = 0;
  s.stages = {s.stages[2]};
  s.combinations.clear();
}

// --- where a step can be tried ---------------------------------------------------------------------------------------

std::string open_by_two(Thread& t) { return t.offer(t.by_supervisors(Kind::opening, t.opening_body())); }

Thread ready_for_candidates() {
  Thread t;
  t.begin();
  t.recommend();
  t.points();
  t.shortlist();
  return t;
}

void prepare_election(Thread& t) {
  t.enter(kElection);
  t.slips();
  t.attendance();
}

Bytes candidates_with(const std::function<void(election::CandidatesBody&)>& change, const Thread& t) {
  auto body = election::CandidatesBody::decode(t.committee_body()).value();
  change(body);
  return body.encode();
}

}  // namespace tuixuan::kit

// The steps between the votes: candidates, notices, stages voided and added, the report; and which step is tried next.
#include "tally/election/rules.h"
#include "tests/tally/thread_walk.h"

namespace tuixuan::walk {

void Walk::small(const std::string& id) {
  const bool reason = chance(90);
  const Phase phase = w_.stages.at(id).phase;
  const bool may = reason && phase != Phase::counted && phase != Phase::voided;
  if (offer(Kind::small_group, t_.reason_body(StageId{id}, reason ? "人少" : ""), two(), may, id))
    w_.stages.at(id).small = true;
}

void Walk::declare_void(const std::string& id, bool result) {
  const bool may = w_.may_void(id, result);
  const Bytes body = t_.reason_body(StageId{id});
  const bool taken = result ? offer(Kind::result_voided, body, {&t_.superior}, may, id)
                            : offer(Kind::stage_voided, body, two(), may, id);
  if (taken) w_.declare_void(id);
}

void Walk::points() {
  const std::uint32_t given = chance(90) ? 60 : 101;
  const std::string who = kPeople[chance(50) ? 0 : 6];
  const election::SuperiorRecommendationBody body{kit::kShortlist, {{who, given}}, ""};
  if (!offer(Kind::superior_recommendation, body.encode(), {&t_.superior}, given <= 100 && !w_.shortlisted, who))
    return;
  w_.points = true;
  w_.in_points = {who};
}

void Walk::shortlist() {
  election::ShortlistBody body{kit::kShortlist, {}};
  const auto file = election::combine_results(t_.fold.state(), kit::kShortlist);
  const bool right = file && chance(90);
  Bytes bytes = file ? scheme::write_proposal(*file) : to_bytes("{}");
  if (!right) bytes.push_back(' ');
  body.proposal = t_.objects.put(std::move(bytes));
  const bool may = w_.may_shortlist();
  if (may && !file) mismatch_ = "the rules allow a shortlist, the fold has none: " + file.error().text();
  if (!offer(Kind::shortlist, body.encode(), two(), may && right, "the combination")) return;
  w_.shortlisted = true;
  w_.shortlist = w_.in_sources;
  w_.shortlist.insert(w_.shortlist.end(), w_.in_points.begin(), w_.in_points.end());
}

void Walk::decide(const std::string& id) {
  const auto before = w_.proposed(w_.stages.at(id));
  std::vector<model::Person> people;
  if (before)
    for (const std::string& name : *before)
      if (std::none_of(people.begin(), people.end(), [&](const auto& p) { return p.name == name; }))
        people.push_back({name, false});
  if (chance(20)) people.push_back({chance(50) ? "赵海涛" : chance(50) ? "黄晓明" : "周敏", chance(50)});
  if (chance(10) && !people.empty()) people.resize(below(people.size()));
  election::CandidatesBody body{contest_of(id), "文号", {}};
  for (const model::Person& p : people) body.candidates.push_back({p.name, "", p.reason ? "另有考虑" : ""});
  if (!offer(Kind::candidates, body.encode(), {&t_.superior}, w_.may_decide(id, people), id)) return;
  model::Stage& s = w_.stages.at(id);
  s.decided = next_index() - 1;
  s.candidates.clear();
  for (const model::Person& p : people) s.candidates.push_back(p.name);
}

void Walk::notice(const std::string& id) {
  const std::uint32_t from = t_.minutes - (chance(10) ? 1441 : 0);
  const std::uint32_t until = from + (chance(80) ? 7200 : below(7200));
  const election::NoticeBody body{StageId{id}, from, until, "镇党委"};
  if (!offer(Kind::notice, body.encode(), {&t_.chair}, w_.may_notice(id, t_.minutes, from, until), id)) return;
  w_.notices[next_index() - 1] = {id, until};
}

void Walk::object() {
  std::uint64_t of = next_index() - 1;
  if (!w_.notices.empty() && chance(90)) of = std::next(w_.notices.begin(), below(w_.notices.size()))->first;
  if (!offer(Kind::objection, election::ObjectionBody{of, "反映问题"}.encode(), {&t_.chair}, w_.may_object(of),
             "a notice"))
    return;
  w_.objections[next_index() - 1] = {w_.notices.at(of).stage, {}, false};
}

void Walk::answer() {
  std::uint64_t of = next_index() - 1;
  if (!w_.objections.empty() && chance(90)) of = std::next(w_.objections.begin(), below(w_.objections.size()))->first;
  const bool upheld = chance(30);
  const election::ObjectionAnsweredBody body{of, upheld, "已核查"};
  if (!offer(Kind::objection_answered, body.encode(), {&t_.chair}, w_.may_answer(of), "an objection")) return;
  w_.objections.at(of).answered = next_index() - 1;
  w_.objections.at(of).upheld = upheld;
}

// The file is drafted by the model; one in five is not what follows.
void Walk::follow(const std::string& of, Follow how) {
  if (added_ + 4 > kRounds) return;
  model::Stage s = w_.draft(of, how, "more-" + std::to_string(++added_));
  const tally::Scheme& now = *t_.fold.state().plan;
  scheme::AddedStage file{*election::stage_of_contest(now, contest_of(of)), {*now.contest(contest_of(of))}};
  tally::Contest& c = file.contests[0];
  c.id = ContestId{s.id};
  c.source.reset();
  c.approval = s.approval;
  c.follows = tally::Follows{how == Follow::run_off     ? tally::FollowKind::run_off
                             : how == Follow::new_round ? tally::FollowKind::new_round
                                                        : tally::FollowKind::repeat,
                             contest_of(of)};
  c.candidates.clear();
  for (const std::string& name : s.candidates) c.candidates.push_back({name, ""});
  if (how != Follow::repeat) {
    c.seats = s.seats;
    c.max_choices = s.seats;
    c.min_extra = 0;
    if (how == Follow::run_off) c.majority.num = 0;
  }
  file.stage.id = StageId{s.id};
  file.stage.contests = {c.id};
  file.stage.after.clear();
  file.stage.not_before.clear();
  file.stage.notice_days = s.notice_days;
  file.stage.round = static_cast<std::uint8_t>(added_ + 3);
  bool right = true;
  if (chance(20)) {
    right = false;
    switch (below(5)) {
      case 0:
        c.candidates.push_back({"何人", ""});
        break;
      case 1:
        c.min_extra += 1;
        break;
      case 2:
        file.stage.round = 1;
        break;
      case 3:
        file.stage.notice_days += 1;
        break;
      case 4:
        c.approval = !c.approval;
        break;
    }
  }
  const bool may = right && w_.may_follow(of, how);
  const Bytes body = election::StageAddedBody{t_.objects.put(scheme::write_stage(file))}.encode();
  if (!offer(Kind::stage_added, body, two(), may, s.id + " of " + of)) {
    --added_;
    return;
  }
  model::Stage& from = w_.stages.at(of);
  (how == Follow::run_off ? from.run_off : how == Follow::new_round ? from.new_round : from.repeat) = s.id;
  for (const tally::Kiosk& k : t_.fold.state().plan->kiosks)
    if (k.box == file.stage.boxes[0]) s.kiosks.insert(k.id.name);
  w_.stages[s.id] = s;
}

void Walk::cut(const std::string& id) {
  const std::uint32_t seats = below(4);
  const std::uint32_t votes = chance(70) ? 2 + below(2) : below(5);
  const election::SeatsReducedBody body{StageId{id}, contest_of(id), seats, votes};
  if (offer(Kind::seats_reduced, body.encode(), two(), w_.may_cut(id, seats, votes), id))
    w_.stages.at(id).reduced += seats;
}

void Walk::tie(const std::string& id) {
  model::Names names;
  const model::Stage& s = w_.stages.at(id);
  if (s.phase == Phase::counted && chance(85)) {
    const model::Result r = w_.result(s);
    names = r.tied;
    std::sort(names.begin(), names.end());
    names.resize(std::min<std::size_t>(names.size(), r.tied_seats));
  } else {
    names = {kPeople[below(7)]};
  }
  const election::TieDecidedBody body{StageId{id}, contest_of(id), names, "文号"};
  if (offer(Kind::tie_decided, body.encode(), {&t_.superior}, w_.may_decide_tie(id, names), id))
    w_.stages.at(id).tie = names;
}

void Walk::report() {
  auto outcome = election::outcome_of(t_.fold.state());
  const bool right = chance(90);
  if (!right) outcome.offices[0].vacant += 1;
  const Bytes body = election::ReportUpBody{t_.objects.put(scheme::write_outcome(outcome))}.encode();
  if (!offer(Kind::report_up, body, {&t_.chair}, w_.may_report() && right, "the outcome")) return;
  w_.reported = next_index() - 1;
  w_.reported_outcome = w_.outcome();
  w_.answered = false;
}

void Walk::countersign() {
  const bool accepted = chance(50);
  const bool right = chance(90);
  const std::uint64_t index = w_.reported.value_or(0) + (right ? 0 : 1);
  World again = w_;
  again.answered = true;
  const bool stands = again.may_report() && w_.outcome() == w_.reported_outcome;
  const bool may = w_.reported && !w_.answered && right && (!accepted || stands);
  const election::CountersignBody body{index, accepted, "文号", "材料不全"};
  if (!offer(Kind::countersign, body.encode(), {&t_.superior}, may, "the report")) return;
  w_.answered = true;
  w_.accepted = accepted;
}

void Walk::audit() {
  const auto& tree = t_.fold.state().tree;
  const std::uint64_t size = tree.size() - (chance(10) ? 1 : 0);
  const election::AuditBody body{size, tree.root(), chance(80), "已核对"};
  (void)offer(Kind::audit, body.encode(), {&t_.auditor}, size == tree.size(), "the log");
}

void Walk::lose() {
  const std::uint32_t t = 1 + below(3);
  const election::TrusteeLostBody body{TrusteeIndex{t}, "离场"};
  if (!offer(Kind::trustee_lost, body.encode(), two(), w_.may_lose(t), "trustee")) return;
  w_.lost.insert(t);
  for (auto& [id, s] : w_.stages) w_.open_if_agreed(s);
}

// Of a kiosk whose key nobody here has: it votes no more, so it is declared lost before the close.
void Walk::enrol() {
  const KioskId id{chance(80) ? "N" + std::to_string(kiosks_) : "K1"};
  const bool may = id.name != "K1";
  kit::KioskKeys fresh;
  fresh.id = id;
  const election::EnrolmentBody body{id, BoxId{"main"}, fresh.signing.verify_key(), "加开"};
  if (!offer(Kind::enrolment, body.encode(), two(), may, id.name)) return;
  ++kiosks_;
  t_.kiosks.push_back(std::move(fresh));
  for (auto& [name, s] : w_.stages) {
    const bool main = w_.root(s).id != kit::kMasses.name;
    const bool coming = s.phase == Phase::planned || s.phase == Phase::proposed || s.phase == Phase::open;
    if (main && coming) s.kiosks.insert(id.name);
  }
}

// What an honest congress would do next with the stage.
void Walk::forward(const std::string& id) {
  const model::Stage& s = w_.stages.at(id);
  const std::uint32_t t = 1 + below(2);
  switch (s.phase) {
    case Phase::planned:
      for (const std::string& before : w_.root(s).after)
        if (!w_.settled(before)) return forward(before);
      if (!s.present || *s.present < 3) return attendance(id);
      if (s.min_ballots > *s.present && !s.small) return small(id);
      if (s.approval && !s.decided) {
        if (const auto before = w_.proposed(s);
            w_.root(s).source == model::Source::elected && before && before->size() < 2 && chance(60)) {
          std::string last = w_.root(s).source_of;  // too few were elected: that vote is held again
          while (!w_.stages.at(last).repeat.empty()) last = w_.stages.at(last).repeat;
          return declare_void(last, true);
        }
        if (w_.root(s).source != model::Source::shortlist || w_.shortlisted) return decide(id);
        return w_.points ? shortlist() : points();
      }
      for (const auto& [index, o] : w_.objections)
        if (o.stage == id && !o.answered) return answer();
      if (s.notice_days > 0 && !w_.may_open(id, ~0U)) return chance(70) ? notice(id) : decide(id);
      if (!w_.may_open(id, t_.minutes)) t_.minutes += 1440 * below(4);
      return opening(id);
    case Phase::proposed:
      return agree_opening(id, t);
    case Phase::open:
      if (s.ballots.size() < 3 && chance(s.election || s.turnout ? 75 : 15)) return vote(id);
      for (const std::string& kiosk : s.kiosks)
        if (!s.ended.contains(kiosk)) return end_kiosk(id, kiosk);
      return close(id);
    case Phase::closing:
      return agree_close(id, t);
    case Phase::tallying:
      if (w_.may_count(id)) return count(id);
      if (s.ballots.size() < s.min_ballots && !s.small) return small(id);
      return s.mixed.empty() ? mix(id, t) : decrypt(id, t);
    case Phase::voided:
      return s.repeat.empty() ? follow(id, Follow::repeat) : forward(s.repeat);
    case Phase::counted: {
      const model::Result r = w_.result(s);
      if (!s.repeat.empty()) return forward(s.repeat);
      if (r.again) return follow(id, Follow::repeat);
      if (r.tied_seats > 0 && s.tie.empty() && !s.run_off.empty()) return forward(s.run_off);
      if (r.tied_seats > 0 && s.tie.empty()) return chance(50) ? follow(id, Follow::run_off) : tie(id);
      if (!s.new_round.empty()) return forward(s.new_round);
      if (r.vacant > s.reduced && !s.leave_vacant) return chance(50) ? follow(id, Follow::new_round) : cut(id);
      return w_.answered ? report() : countersign();
    }
  }
}

void Walk::anything(const std::string& id) {
  const std::uint32_t t = 1 + below(2);
  switch (below(24)) {
    case 0:
      return attendance(id);
    case 1:
      return opening(id);
    case 2:
      return agree_opening(id, t);
    case 3:
      return end_kiosk(id, "K" + std::to_string(1 + below(3)));
    case 4:
      return close(id);
    case 5:
      return agree_close(id, t);
    case 6:
      return mix(id, t);
    case 7:
      return decrypt(id, t);
    case 8:
      return count(id);
    case 9:
      return small(id);
    case 10:
      return chance(70) ? declare_void(id, chance(w_.stages.at(id).phase == Phase::counted ? 90 : 20)) : enrol();
    case 11:
      return points();
    case 12:
      return shortlist();
    case 13:
      return decide(id);
    case 14:
      return notice(id);
    case 15:
      return object();
    case 16:
      return answer();
    case 17:
      return follow(id, Follow::run_off);
    case 18:
      return follow(id, chance(50) ? Follow::new_round : Follow::repeat);
    case 19:
      return cut(id);
    case 20:
      return tie(id);
    case 21:
      return chance(50) ? report() : countersign();
    case 22:
      return audit();
    case 23:
      return lose();
  }
}

void Walk::step() {
  if (chance(65)) return forward(chance(60) ? kit::kSecretary.name : some_stage());
  anything(some_stage());
}

}  // namespace tuixuan::walk

// Random walks over the state machine of a congress, right and wrong steps mixed, each really signed: the fold takes
// exactly those that the written rules allow (thread_model.h). At the end of each walk a second fold reads the log.
// TUIXUAN_WALK_STEPS sets how many steps (quick default 4,000), TUIXUAN_WALK_SEED the first seed; a failure prints its
// own.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "crypto/protocol/decryption.h"
#include "crypto/protocol/mix.h"
#include "tally/election/counting.h"
#include "tally/election/rules.h"
#include "tests/support/thread_kit.h"
#include "tests/tally/thread_model.h"

namespace tuixuan {
namespace {

using election::Kind;
using model::Follow;
using model::Phase;
using model::World;
using primitives::SigningKey;

constexpr std::uint8_t kRounds = 14;
const char* const kPeople[] = {"丁文华", "王建国", "李秀英", "张志强", "陈玉兰", "赵海涛", "黄晓明"};

void change_scheme(tally::Scheme& s) {
  s.min_mixers = 1;
  for (tally::Stage& stage : s.stages) stage.min_ballots = 0;
  s.stages[0].min_ballots = 4;
  s.stages[2].not_before = "2025-02-22";
  s.contests[1].turnout = tally::Threshold{1, 2, tally::Comparison::at_least, tally::Base::present};
  s.contests[3].shortage = tally::ShortageRule::leave_vacant;
  s.combinations[0].keep = 0;
}

// A congress whose keys and slips are made; walks start here.
struct Start {
  kit::Thread t{change_scheme, kit::Size{3, 3, 2, 1, true}};
  World world;
  std::size_t entries = 0;
  election::ObjectMap objects;
  election::Fold fold;
  tally::Scheme scheme;

  Start() {
    t.begin();
    t.enter(kit::kMembers);
    t.slips();
    t.enter(kit::kMasses);
    t.slips();
    for (const char* box : {"main", "masses"})
      for (std::uint8_t round = 2; round <= kRounds; ++round) list_slips(BoxId{box}, round);
    entries = t.log.size();
    objects = t.objects;
    fold = t.fold;
    scheme = *t.fold.state().scheme;
    make_world();
  }
  void list_slips(const BoxId& box, std::uint8_t round) {
    std::vector<primitives::VerifyKey> keys;
    for (std::size_t i = 0; i < t.slip_secrets.size(); ++i)
      if (t.slip_boxes[i] == box) keys.push_back(t.slip_secrets[i].credential(t.congress(), round).verify_key());
    std::sort(keys.begin(), keys.end());
    Writer list;
    for (const auto& key : keys) list.fixed(key.view());
    t.append(t.entry(Kind::slips, election::SlipsBody{box, round, t.objects.put(list.take())}.encode(), {&t.desk}));
  }
  void make_world() {
    const auto stage = [&](const StageId& id, bool election, std::set<std::string> kiosks) -> model::Stage& {
      model::Stage& s = world.stages[id.name];
      s.id = id.name;
      s.election = election;
      s.kiosks = std::move(kiosks);
      return s;
    };
    for (std::size_t i = 0; i < 6; ++i) world.in_sources.emplace_back(kPeople[i]);
    for (const StageId& id : {kit::kMembers, kit::kMasses}) {
      model::Stage& s =
          stage(id, false, id == kit::kMembers ? std::set<std::string>{"K1", "K2"} : std::set<std::string>{"K3"});
      s.candidates = world.in_sources;
      s.seats = 3;
    }
    world.stages[kit::kMembers.name].min_ballots = 4;
    world.stages[kit::kMasses.name].turnout = true;
    model::Stage& e = stage(kit::kElection, true, {"K1", "K2"});
    e.source = model::Source::shortlist;
    e.approval = true;
    e.seats = 3;
    e.min_extra = 1;
    e.after = {kit::kMembers.name, kit::kMasses.name};
    e.notice_days = 5;
    e.not_before = (20141 * 24 - 8) * 60;  // 2025-02-22 in Beijing
    model::Stage& s = stage(kit::kSecretary, true, {"K1", "K2"});
    s.source = model::Source::elected;
    s.source_of = kit::kElection.name;
    s.approval = true;
    s.min_extra = 1;
    s.leave_vacant = true;
    s.after = {kit::kElection.name};
    world.scrutineers = {"周敏", "吴刚"};
  }
};

Start& start() {
  static Start all;
  return all;
}

struct Offers {
  std::uint64_t taken = 0;
  std::uint64_t refused = 0;  // though signed rightly
};

class Walk {
 public:
  explicit Walk(std::uint64_t seed) : random_(seed), w_(start().world), t_(start().t) {
    t_.fold = start().fold;
    t_.log.resize(start().entries);
    t_.kiosks.resize(3);
    t_.objects = start().objects;
    t_.minutes = 29'000'040;
  }

  std::uint64_t run(std::uint64_t steps) {
    std::uint64_t done = 0;
    while (done < steps && mismatch_.empty() && !(w_.ended() && after_end_++ > 5)) {
      step();
      ++done;
    }
    return done;
  }
  const std::string& mismatch() const { return mismatch_; }
  std::uint64_t taken() const { return taken_; }
  const std::map<Kind, Offers>& offers() const { return offers_; }
  bool accepted() const { return w_.accepted; }

  // A reader of the log comes to what its writer came to.
  std::string replay() const {
    election::Fold reader = start().fold;
    for (std::size_t i = start().entries; i < t_.log.size(); ++i)
      if (const auto read = reader.replay(t_.log[i], t_.objects); !read) return read.error().text();
    const election::State& a = reader.state();
    const election::State& b = t_.fold.state();
    return a.tree.root() == b.tree.root() && *a.scheme == *b.scheme &&
                   election::outcome_of(a) == election::outcome_of(b) && election::is_over(a) == election::is_over(b) &&
                   a.incidents.size() == b.incidents.size()
               ? ""
               : "the reader of the log is in another state";
  }

 private:
  std::uint32_t below(std::size_t n) { return static_cast<std::uint32_t>(random_() % n); }
  bool chance(unsigned percent) { return below(100) < percent; }
  std::uint64_t next_index() const { return t_.fold.size(); }

  // The contest of a stage has its id, but for the four of the scheme.
  static ContestId contest_of(const std::string& stage) {
    if (stage == kit::kMembers.name) return kit::kMembersContest;
    if (stage == kit::kMasses.name) return kit::kMassesContest;
    if (stage == kit::kElection.name) return kit::kCommittee;
    if (stage == kit::kSecretary.name) return kit::kSecretaryContest;
    return ContestId{stage};
  }

  // Offers it, mostly signed rightly; true if it was taken. `allowed` is the model's word on all but the signers.
  bool offer(Kind kind, Bytes body, std::vector<const SigningKey*> right, bool allowed, const std::string& about) {
    std::vector<const SigningKey*> keys = right;
    bool signed_rightly = true;
    if (chance(4)) {
      signed_rightly = false;
      if (right.size() == 2 && chance(50))
        keys = {right[0]};
      else if (right.size() == 1 && chance(50))
        keys = {right[0], &stranger()};
      else
        keys = {&stranger()};
    }
    const bool may = allowed && signed_rightly && (!w_.ended() || kind == Kind::audit);
    const Bytes entry = election::sign_entry(kind, {t_.congress(), true}, t_.minutes, std::move(body),
                                             std::span<const SigningKey* const>(keys));
    const auto said = t_.fold.accept(entry, t_.objects);
    if (said.has_value() != may) {
      mismatch_ = std::string(election::info(kind).name) + " of " + about + ": the rules " +
                  (may ? "allow" : "forbid") + " it, the fold " + (said ? "takes it" : "says " + said.error().text());
      return false;
    }
    if (signed_rightly) ++(said ? offers_[kind].taken : offers_[kind].refused);
    if (said) {
      t_.log.push_back(entry);
      ++taken_;
    }
    return said.has_value();
  }
  static const SigningKey& stranger() {
    static const SigningKey key = SigningKey::random();
    return key;
  }
  std::vector<const SigningKey*> two() const { return {&t_.supervisors[0], &t_.supervisors[1]}; }

  std::string some_stage() {
    auto it = w_.stages.begin();
    std::advance(it, below(w_.stages.size()));
    return it->first;
  }

  void step();
  void forward(const std::string& id);
  void anything(const std::string& id);

  void attendance(const std::string& id);
  void opening(const std::string& id);
  void agree_opening(const std::string& id, std::uint32_t t);
  void vote(const std::string& id);
  void end_kiosk(const std::string& id, const std::string& kiosk);
  void close(const std::string& id);
  void agree_close(const std::string& id, std::uint32_t t);
  void mix(const std::string& id, std::uint32_t t);
  void decrypt(const std::string& id, std::uint32_t t);
  void count(const std::string& id);
  void small(const std::string& id);
  void declare_void(const std::string& id, bool result);
  void points();
  void shortlist();
  void decide(const std::string& id);
  void notice(const std::string& id);
  void object();
  void answer();
  void follow(const std::string& of, Follow how);
  void cut(const std::string& id);
  void tie(const std::string& id);
  void report();
  void countersign();
  void audit();
  void lose();
  void enrol();

  std::mt19937_64 random_;
  World w_;
  kit::Thread& t_;
  std::string mismatch_;
  std::uint64_t taken_ = 0;
  std::map<Kind, Offers> offers_;
  std::uint64_t added_ = 0;
  std::uint64_t kiosks_ = 0;
  int after_end_ = 0;
};

void Walk::attendance(const std::string& id) {
  const std::uint32_t present = chance(85) ? 3 : below(3);
  t_.stage_id = StageId{id};
  const bool ok = w_.stages.at(id).phase == Phase::planned;
  if (offer(Kind::attendance, election::AttendanceBody{t_.everybody(3, present)}.encode(), two(), ok, id))
    w_.stages.at(id).present = present;
}

void Walk::opening(const std::string& id) {
  t_.enter(StageId{id});
  if (!offer(Kind::opening, t_.opening_body(), two(), w_.may_open(id, t_.minutes), id)) return;
  model::Stage& s = w_.stages.at(id);
  s.phase = Phase::proposed;
  s.was_opened = true;
}

void Walk::agree_opening(const std::string& id, std::uint32_t t) {
  const election::AgreementBody body{StageId{id}, TrusteeIndex{t}, t_.fold.state().stage(StageId{id})->ctx};
  if (!offer(Kind::opening_agreed, body.encode(), {&t_.trustees[t - 1].signing}, w_.may_agree_opening(id, t), id))
    return;
  w_.stages.at(id).opening_agreed.insert(t);
  w_.open_if_agreed(w_.stages.at(id));
}

// One ballot, by a slip that has not cast and a kiosk that goes on, where there are such.
void Walk::vote(const std::string& id) {
  model::Stage& s = w_.stages.at(id);
  if (s.phase != Phase::open || s.ballots.size() >= 3) return;
  t_.enter(StageId{id});
  const std::size_t slip = t_.slips_here()[s.ballots.size()];
  for (std::size_t k = 0; k < t_.kiosks.size(); ++k) {
    const std::string& name = t_.kiosks[k].id.name;
    if (!s.kiosks.contains(name) || s.ended.contains(name)) continue;
    const auto& contest = t_.fold.state().scheme->contests[t_.stage().contests[0].contest];
    tally::Selection choice = tally::blank(contest);
    model::Names names;
    for (std::size_t i = 0; i < choice.marks.size() && names.size() < contest.max_choices; ++i) {
      if (chance(40)) continue;
      choice.marks[i] = tally::Mark::approve;
      names.push_back(contest.candidates[i].name);
    }
    t_.minutes -= t_.minutes % 60;
    const std::string said = t_.offer(t_.cast_entry(t_.seal(slip, k, {choice}), slip));
    if (!said.empty()) mismatch_ = "a ballot of " + id + ": " + said;
    s.ballots.push_back(std::move(names));
    return;
  }
}

void Walk::end_kiosk(const std::string& id, const std::string& kiosk) {
  const auto held = std::find_if(t_.kiosks.begin(), t_.kiosks.end(), [&](const auto& k) { return k.id.name == kiosk; });
  if (held == t_.kiosks.end()) return;
  const auto& kiosks = t_.fold.state().stage(StageId{id})->kiosks;
  const auto now = kiosks.find(held->id);
  const std::uint64_t last = now == kiosks.end() ? 0 : now->second.next - 1;
  const bool wrong = chance(5);
  const bool lost = chance(20);
  const election::KioskEndBody body{StageId{id}, held->id, last + (wrong ? 1 : 0), lost ? "掉电" : ""};
  const bool may = w_.may_end_kiosk(id, kiosk) && !wrong;
  const bool taken = lost ? offer(Kind::kiosk_lost, body.encode(), two(), may, id)
                          : offer(Kind::kiosk_final, body.encode(), {&held->signing}, may, id);
  if (taken) w_.stages.at(id).ended.insert(kiosk);
}

void Walk::close(const std::string& id) {
  t_.enter(StageId{id});
  election::CloseBody body;
  body.stage = StageId{id};
  if (t_.stage().phase == election::Phase::open) body = t_.close_body();
  if (offer(Kind::close, body.encode(), two(), w_.may_close(id), id)) w_.stages.at(id).phase = Phase::closing;
}

void Walk::agree_close(const std::string& id, std::uint32_t t) {
  const election::AgreementBody body{StageId{id}, TrusteeIndex{t}, t_.fold.state().stage(StageId{id})->tctx};
  if (!offer(Kind::close_agreed, body.encode(), {&t_.trustees[t - 1].signing}, w_.may_agree_close(id, t), id)) return;
  model::Stage& s = w_.stages.at(id);
  s.close_agreed.insert(t);
  if (s.close_agreed.size() >= w_.threshold) s.phase = Phase::tallying;
}

void Walk::mix(const std::string& id, std::uint32_t t) {
  t_.enter(StageId{id});
  const bool may = w_.may_mix(id, t);
  const auto& contest = t_.stage().contests[0];
  const MixPosition position{static_cast<std::uint32_t>(contest.mixers.size()) + 1};
  election::MixBody body{StageId{id}, contest_of(id), position, TrusteeIndex{t}, {}};
  if (may) {
    const protocol::MixStatement what{t_.stage().tctx, contest_of(id), position, TrusteeIndex{t}, t_.public_key()};
    body.record = t_.objects.put(protocol::make_mix(what, contest.list, 1).encode());
  }
  if (offer(Kind::mix, body.encode(), {&t_.trustees[t - 1].signing}, may, id)) w_.stages.at(id).mixed.insert(t);
}

void Walk::decrypt(const std::string& id, std::uint32_t t) {
  t_.enter(StageId{id});
  const bool may = w_.may_decrypt(id, t);
  election::DecryptionBody body{StageId{id}, contest_of(id), TrusteeIndex{t}, {}};
  if (may) {
    const protocol::DecryptionStatement what{t_.stage().tctx, contest_of(id), TrusteeIndex{t}, t_.public_key(),
                                             t_.stage().opening->trustee_keys[t - 1]};
    body.record = t_.objects.put(
        protocol::make_decryption(what, t_.stage().contests[0].list, t_.trustees[t - 1].share, 1).encode());
  }
  if (offer(Kind::decryption, body.encode(), {&t_.trustees[t - 1].signing}, may, id))
    w_.stages.at(id).decrypted.insert(t);
}

void Walk::count(const std::string& id) {
  t_.enter(StageId{id});
  const bool may = w_.may_count(id);
  election::CountBody body{StageId{id}, {{contest_of(id), {}, {}}}, {}};
  if (may) {
    const auto& contest = t_.stage().contests[0];
    std::vector<TrusteeIndex> who;
    if (!contest.list.empty()) who.push_back(TrusteeIndex{*w_.stages.at(id).decrypted.begin()});
    const std::vector<std::vector<primitives::Point>> opened = {election::open_ballots(contest, who, 1)};
    body.contests[0].trustees = who;
    body.contests[0].opened = t_.objects.put(election::encode_opened(opened[0], contest.width));
    body.report = t_.objects.put(election::make_report(t_.fold.state(), t_.stage(), opened));
  }
  if (offer(Kind::count, body.encode(), two(), may, id)) w_.stages.at(id).phase = Phase::counted;
}

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
  const tally::Scheme& now = *t_.fold.state().scheme;
  scheme::AddedStage file{*election::stage_of_contest(now, contest_of(of)),
                          {*election::find_contest(now, contest_of(of))}};
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
  for (const tally::Kiosk& k : t_.fold.state().scheme->kiosks)
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
      if (s.ballots.size() < 3 && chance(25)) return vote(id);
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
      return chance(30) ? declare_void(id, chance(50)) : enrol();
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
  if (chance(45)) return forward(chance(60) ? kit::kSecretary.name : some_stage());
  anything(some_stage());
}

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST(ThreadModel, TheFoldTakesWhatTheRulesAllow) {
  const std::uint64_t steps = number_from("TUIXUAN_WALK_STEPS", 4000);
  std::uint64_t seed = number_from("TUIXUAN_WALK_SEED", 1);
  std::printf("walks from seed %llu, %llu steps\n", static_cast<unsigned long long>(seed),
              static_cast<unsigned long long>(steps));
  std::uint64_t done = 0;
  std::uint64_t taken = 0;
  std::uint64_t ended = 0;
  std::uint64_t walks = 0;
  std::map<Kind, Offers> offers;
  for (; done < steps; ++seed, ++walks) {
    Walk walk(seed);
    done += std::max<std::uint64_t>(1, walk.run(std::min<std::uint64_t>(600, steps - done)));
    taken += walk.taken();
    ended += walk.accepted() ? 1 : 0;
    for (const auto& [kind, n] : walk.offers()) {
      offers[kind].taken += n.taken;
      offers[kind].refused += n.refused;
    }
    ASSERT_EQ(walk.mismatch(), "") << "seed " << seed;
    ASSERT_EQ(walk.replay(), "") << "seed " << seed;
  }
  std::printf("%llu steps in %llu walks: %llu taken, %llu congresses accepted\n", static_cast<unsigned long long>(done),
              static_cast<unsigned long long>(walks), static_cast<unsigned long long>(taken),
              static_cast<unsigned long long>(ended));
  EXPECT_GT(ended, 0U);
  for (const auto& [kind, n] : offers) {
    std::printf("%-24s taken %8llu, refused %8llu\n", election::info(kind).name.data(),
                static_cast<unsigned long long>(n.taken), static_cast<unsigned long long>(n.refused));
    EXPECT_GT(n.taken, 0U) << election::info(kind).name;
    EXPECT_GT(n.refused, 0U) << election::info(kind).name;
  }
}

}  // namespace
}  // namespace tuixuan

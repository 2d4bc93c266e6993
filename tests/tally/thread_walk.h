// A random walk over the state machine of a congress: right and wrong steps mixed, each really signed and offered to
// the fold, which must take exactly those that the model of the written rules allows (thread_model.h). The same seed
// walks the same way.
#pragma once

#include <map>
#include <random>

#include "tally/election/agenda.h"
#include "tally/snapshot/state_bytes.h"
#include "tests/support/thread_kit.h"
#include "tests/tally/thread_model.h"

namespace tuixuan::walk {

using election::Kind;
using model::Follow;
using model::Phase;
using model::World;
using primitives::SigningKey;

inline constexpr std::uint8_t kRounds = 14;
inline const char* const kPeople[] = {"丁文华", "王建国", "李秀英", "张志强", "陈玉兰", "赵海涛", "黄晓明"};

inline void change_scheme(tally::Scheme& s) {
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
    scheme = *t.fold.state().plan;
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
    world.supervisors = {"周敏", "吴刚"};
  }
};

inline Start& start() {
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

  // A reader of the log, who sets down what he knows after each entry, comes to what its writer came to.
  std::string replay() const {
    election::Fold reader = start().fold;
    for (std::size_t i = start().entries; i < t_.log.size(); ++i) {
      if (const auto read = reader.replay(t_.log[i], t_.objects); !read) return read.error().text();
      auto known = snapshot::decode_state(snapshot::encode_state(reader.state()));
      if (!known) return known.error().text();
      reader = election::Fold({}, 1, std::move(*known));
    }
    const election::State& a = reader.state();
    const election::State& b = t_.fold.state();
    if (election::agenda(a, t_.minutes).empty() != election::is_over(a)) return "nothing is due, and it is not over";
    if (snapshot::encode_state(a) != snapshot::encode_state(b)) return "the reader of the log knows something else";
    return a.tree.root() == b.tree.root() && *a.plan == *b.plan && election::outcome_of(a) == election::outcome_of(b) &&
                   election::is_over(a) == election::is_over(b) && a.incidents.size() == b.incidents.size()
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

}  // namespace tuixuan::walk

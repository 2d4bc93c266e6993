// The written rules of the thread (crypto/README.md, section 13) once more, small and slow, for one contest a stage and
// for the marks of an election alone: whether a step may be taken, and what it then means. Written from the text; it
// shares no code with the fold.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tuixuan::model {

using Names = std::vector<std::string>;

enum class Phase { planned, proposed, open, closing, tallying, counted, voided };
enum class Follow { none, run_off, new_round, repeat };
enum class Source { none, shortlist, elected };

struct Person {
  std::string name;
  bool reason = false;
};

struct Stage {  // with its one contest, of the same id
  std::string id;
  std::string of;  // what it follows
  Follow follow = Follow::none;
  bool election = true;  // else a recommendation
  Source source = Source::none;
  std::string source_of;
  bool approval = false;
  std::uint32_t seats = 1;
  std::uint32_t min_extra = 0;
  bool asks_majority = true;  // more than half of those present
  bool turnout = false;       // at least half of those present
  bool leave_vacant = false;
  Names candidates;
  std::set<std::string> after;
  std::uint32_t notice_days = 0;
  std::uint32_t not_before = 0;  // minutes
  std::uint32_t min_ballots = 0;
  std::set<std::string> kiosks;

  Phase phase = Phase::planned;
  bool was_opened = false;
  std::optional<std::uint32_t> present;  // of three expected
  bool small = false;
  std::optional<std::uint64_t> decided;  // index of the entry
  std::set<std::uint32_t> opening_agreed;
  std::set<std::uint32_t> close_agreed;
  std::set<std::uint32_t> mixed;
  std::set<std::uint32_t> decrypted;
  std::set<std::string> ended;  // kiosks
  std::vector<Names> ballots;
  std::uint32_t reduced = 0;
  Names tie;
  std::string run_off;
  std::string new_round;
  std::string repeat;
};

struct Result {
  bool again = false;
  Names elected;
  Names tied;
  std::uint32_t tied_seats = 0;
  std::uint32_t vacant = 0;
  Names next;  // of a new round
};

struct Notice {
  std::string stage;
  std::uint32_t until = 0;
};
struct Objection {
  std::string stage;
  std::optional<std::uint64_t> answered;
  bool upheld = false;
};

struct World {
  std::map<std::string, Stage> stages;
  std::uint32_t trustees = 2;
  std::uint32_t threshold = 1;
  std::uint32_t min_mixers = 1;
  std::set<std::uint32_t> lost;
  std::set<std::string> supervisors;
  Names in_sources;  // everybody in a recommendation
  Names in_points;   // and whom the superior body named
  bool points = false;
  bool shortlisted = false;
  Names shortlist;
  std::map<std::uint64_t, Notice> notices;
  std::map<std::uint64_t, Objection> objections;
  std::optional<std::uint64_t> reported;
  std::string reported_outcome;
  bool answered = true;
  bool accepted = false;

  const Stage* find(const std::string& id) const;
  const Stage& root(const Stage&) const;
  Result result(const Stage&) const;  // of a counted one
  bool settled(const std::string& id) const;
  Names elected(const std::string& id) const;  // over all its rounds
  std::string outcome() const;
  bool candidates_stand(const Stage&) const;
  bool rests_on(const Stage& other, const Stage& on) const;
  std::optional<Names> proposed(const Stage&) const;  // none: not known yet
  std::size_t mixers() const;

  // May it be? Signers apart; a world that has ended takes audits alone (ended()).
  bool ended() const { return accepted; }
  bool may_open(const std::string& id, std::uint32_t minutes) const;
  bool may_agree_opening(const std::string& id, std::uint32_t trustee) const;
  bool may_end_kiosk(const std::string& id, const std::string& kiosk) const;
  bool may_close(const std::string& id) const;
  bool may_agree_close(const std::string& id, std::uint32_t trustee) const;
  bool may_mix(const std::string& id, std::uint32_t trustee) const;
  bool may_decrypt(const std::string& id, std::uint32_t trustee) const;
  bool may_count(const std::string& id) const;
  bool may_void(const std::string& id, bool result) const;
  bool may_shortlist() const;
  bool may_decide(const std::string& id, const std::vector<Person>&) const;
  bool may_notice(const std::string& id, std::uint32_t minutes, std::uint32_t from, std::uint32_t until) const;
  bool may_object(std::uint64_t notice) const;
  bool may_answer(std::uint64_t objection) const;
  bool may_follow(const std::string& of, Follow) const;
  bool may_cut(const std::string& id, std::uint32_t seats, std::uint32_t votes) const;
  bool may_decide_tie(const std::string& id, const Names&) const;
  bool may_report() const;
  bool may_lose(std::uint32_t trustee) const;

  Stage draft(const std::string& of, Follow, const std::string& id) const;
  void open_if_agreed(Stage&) const;
  void declare_void(const std::string& id);

 private:
  bool nothing_open() const;
  void fall(Stage&);
};

}  // namespace tuixuan::model

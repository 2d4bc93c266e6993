// The scheme of a congress (选举办法) as data: who takes part, what is voted on, and the rules to count by. Frozen as
// entry 0 of the log. tally/scheme reads and writes the file; a Scheme from there is consistent: every id is a short
// name, every reference names something that exists, every number is in the range given here. Default values are those
// of the 2020 regulation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"
#include "tally/ballot/threshold.h"

namespace tuixuan::tally {

using Key = ByteArray<32>;  // Ed25519 public key; this room does no cryptography
using ChamberId = NameId<struct ChamberTag>;
using CombinationId = NameId<struct CombinationTag>;

// What people read, in both languages. zh is never empty; en may be, then zh is shown.
struct Text {
  std::string zh;
  std::string en;
  const std::string& in(std::string_view language) const { return language == "en" && !en.empty() ? en : zh; }
  friend auto operator<=>(const Text&, const Text&) = default;
};

// --- who takes part --------------------------------------------------------------------------------------------------

struct Congress {
  std::string id;  // short name
  Text title;
  Text body;         // 组织
  Text term;         // 届次
  std::string date;  // YYYY-MM-DD
  Text place;
  friend bool operator==(const Congress&, const Congress&) = default;
};

struct Log {
  std::string origin;  // first line of its checkpoints
  Key key{};
  friend bool operator==(const Log&, const Log&) = default;
};

struct Supervisor {  // 监票人
  std::string id;    // short name
  std::string name;
  Key key{};
  friend bool operator==(const Supervisor&, const Supervisor&) = default;
};

struct Officer {   // the chair (主持人), an auditor of a higher committee
  std::string id;  // short name
  std::string name;
  Key key{};
  friend bool operator==(const Officer&, const Officer&) = default;
};

struct Kiosk {
  KioskId id;
  Key key{};
  BoxId box;
  friend bool operator==(const Kiosk&, const Kiosk&) = default;
};

struct Trustee {  // index = place in the list, from 1
  std::string name;
  Key key{};
  friend bool operator==(const Trustee&, const Trustee&) = default;
};

struct Chamber {  // 党员, 群众, ...; its roll comes with the attendance
  ChamberId id;
  Text title;
  friend bool operator==(const Chamber&, const Chamber&) = default;
};

struct Box {
  BoxId id;
  Text title;
  ChamberId chamber;
  Text venue;
  friend bool operator==(const Box&, const Box&) = default;
};

// --- what is voted on ------------------------------------------------------------------------------------------------

enum class Kind { election, recommendation, preelection, decision, rating };  // 选举, 推荐, 预选, 票决, 测评

// One round of voting of one chamber: all its ballots hold the same contests, in this order.
struct Stage {
  StageId id;
  Kind kind = Kind::election;
  Text title;
  std::uint8_t round = 0;    // which of the credentials of a slip it uses; a box uses a round once
  std::vector<BoxId> boxes;  // all of one chamber
  std::vector<ContestId> contests;
  Threshold quorum{4, 5, Comparison::at_least, Base::expected};  // present of expected
  std::uint32_t min_ballots = 5;                                 // below it a result could tell how somebody voted
  std::vector<StageId> after;                                    // these are settled before it opens
  std::string not_before;                                        // YYYY-MM-DD in Beijing time; empty: any day
  std::uint32_t notice_days = 0;  // 公示: so many whole days between the notice of its candidates and the opening
  std::uint32_t proxies = 0;  // 委托投票: most that one person may carry; 0: none. Village committees, on paper (L-4)
  friend bool operator==(const Stage&, const Stage&) = default;
};

struct Candidate {
  std::string name;
  std::string note;  // told apart by it where names are equal; may be empty
  friend bool operator==(const Candidate&, const Candidate&) = default;
};

enum class WriteInRule {
  none,
  under_opposed,  // W1: in the place under a candidate who is opposed, one name each
  free_lines,     // W2: in blank lines after the names
};

// A written name without the sign of approval, on paper (W3a, W3b, W3c): what the paper's own words say, which are made
// from this. At a kiosk every written name is an approval.
enum class Unmarked { not_counted, abstain, counted };

struct WriteIns {
  WriteInRule rule = WriteInRule::none;
  std::uint32_t slots = 0;          // names on one ballot, at most 30; 0 exactly if there are none
  std::uint32_t name_bytes = 0;     // UTF-8 bytes of one name, 3 to 90; 0 exactly if there are none
  std::vector<Candidate> eligible;  // only these may be written (W5, W6), as name or name（note）; empty: anybody
  Unmarked unmarked = Unmarked::not_counted;
  friend bool operator==(const WriteIns&, const WriteIns&) = default;
};

// What the marks are called and look like; the legend differs between places, so it is data. Signs may be empty
// (blank).
struct Answer {
  Text label;
  std::string sign;
  friend bool operator==(const Answer&, const Answer&) = default;
};
struct Answers {
  Answer approve{{"赞成", "approve"}, "○"};
  Answer oppose{{"不赞成", "oppose"}, "×"};
  Answer abstain{{"弃权", "abstain"}, ""};
  std::optional<Answer> postpone;  // 缓议: only where the scheme gives it
  friend bool operator==(const Answers&, const Answers&) = default;
};

enum class TieRule {
  run_off,
  run_off_majority,
  superior
};  // the tied again, more votes win | and a majority | superior decides
enum class ShortageRule {
  new_round,
  renominate,
  leave_vacant
};  // among the top unelected | after new nominations | meeting decides
enum class BlankRule { abstain, invalid };
enum class ReturnCheck { voters, issued };  // more ballots returned than this: the vote is not valid (V-1, V-2)
// Names on the ballot: by surname strokes | in the order the superior body approved | as given, with a reason (O-1).
enum class NameOrder { strokes, approved, manual };
enum class Unlink { ballot, candidate };  // one shaken pile of ballots, or one for each candidate

struct Grade {
  Text label;
  std::uint32_t weight = 0;  // 0 to 1000
  friend bool operator==(const Grade&, const Grade&) = default;
};
struct Item {
  Text title;
  std::uint32_t weight = 0;  // the weights of all items sum to 100
  friend bool operator==(const Item&, const Item&) = default;
};
// A cell without a mark (G-4): no grade, or the lowest. as_before: schemes that do not say; there an item's empty cells
// are zeros, and the total leaves out whole forms.
enum class EmptyCell { as_before, nothing, lowest };
// What max_best limits: a form, which is void above it, or the final grades: forms count and people are told (G-2).
enum class BestLimit { form, grades };
// Only in contests of kind rating; there the candidates are those rated.
struct Rating {
  std::vector<Grade> grades;      // 2 to 6, best first
  std::vector<Item> items;        // 1 to 12
  bool not_acquainted = false;    // 不了解 may be marked; it is left out of the person's base
  std::uint32_t max_best = 0;     // at most so many people with the best overall grade; 0: no limit
  bool refuse_identical = false;  // a form with one grade for everybody is invalid
  bool trim = false;              // with more than 5 forms the highest and the lowest are dropped
  BestLimit best_limit = BestLimit::form;
  EmptyCell empty = EmptyCell::nothing;
  friend bool operator==(const Rating&, const Rating&) = default;
};

// Where the candidates of a contest come from, if not from the scheme itself.
enum class SourceKind { combination, preelection, elected };  // proposed by 两推 | by a pre-election | of those elected
struct CandidateSource {
  SourceKind kind = SourceKind::combination;
  std::string id;  // of the combination, or of the contest
  friend bool operator==(const CandidateSource&, const CandidateSource&) = default;
};

// How a contest that was not in the scheme follows from the result of an earlier one.
enum class FollowKind { run_off, new_round, renominate, repeat };  // 另行选举的几种情形
struct Follows {
  FollowKind kind = FollowKind::run_off;
  ContestId contest;
  friend bool operator==(const Follows&, const Follows&) = default;
};

struct Contest {
  ContestId id;
  Text title;
  Kind kind = Kind::election;
  std::uint32_t seats = 1;                // 应选名额; in a pre-election: places on the list; 0 in ratings
  std::vector<Candidate> candidates;      // in the order of the ballot, at most 250; none: voters write all names
  std::optional<CandidateSource> source;  // then the scheme names no candidates; the superior body's decision does
  bool approval = false;                  // opens only with the superior body's decision on its candidates (N-6)
  std::optional<Follows> follows;         // only in a stage that was added to the scheme
  NameOrder order = NameOrder::strokes;
  std::string order_reason;       // why the order is as it is; only where it is manual
  std::uint32_t min_choices = 0;  // fewer chosen is invalid
  std::uint32_t max_choices = 1;  // more chosen is invalid
  std::uint32_t min_extra = 0;    // 差额: so many more candidates than seats
  WriteIns write_ins;
  Answers answers;
  Threshold majority;
  std::optional<Base> alternative;   // the base on which views differ: nobody's fate may silently depend on it
  std::optional<Threshold> turnout;  // voters of the base, or the vote is not valid
  TieRule tie = TieRule::run_off;
  ShortageRule shortage = ShortageRule::new_round;
  std::optional<Threshold> new_round;  // the majority in a new round, where it is another (village committees: 1/3)
  ReturnCheck return_check = ReturnCheck::voters;
  std::vector<ContestId> cascade;   // votes for a person here count for the same person there too (L-3)
  std::vector<ContestId> excludes;  // who is elected here cannot hold these later offices; on paper
  std::optional<ContestId> within;  // who is elected here must be among those elected there; on paper
  bool each_answer = false;         // of a decision: each answer that reaches the majority is the resolution
  BlankRule blank = BlankRule::abstain;
  Unlink unlink = Unlink::ballot;
  std::optional<Rating> rating;
  std::vector<std::string> articles;  // of the regulations that these rules follow
  friend bool operator==(const Contest&, const Contest&) = default;
};

// --- two recommendations (两推)
// ---------------------------------------------------------------------------------------

// How the recommendations of several chambers become one proposal; C1 to C7 of the forms in use.
enum class CombinationRule {
  all_over,        // C1 each source's own majority
  weighted_votes,  // C2
  weighted_rates,  // C3
  gate,            // C4 over the first source's majority, ranked by the second
  top_union,       // C5 in the first `top` of some source
  top_common,      // C5 in the first `top` of every source
  staged,          // C7 each source keeps its first `top` of those kept before
  composite,       // of ratings: weighted scores and bonus points (G-5)
};
struct Source {
  ContestId contest;
  std::uint32_t weight = 0;  // of weighted rules, all together 100
  std::uint32_t top = 0;     // of top_* and staged
  friend bool operator==(const Source&, const Source&) = default;
};
struct Combination {
  CombinationId id;
  Text title;
  CombinationRule rule = CombinationRule::all_over;
  std::vector<Source> sources;
  std::uint32_t superior_weight = 0;  // C6: the superior body's own recommendation, of the same 100
  std::uint32_t bonus = 0;            // composite: most points that may be added by decision
  std::uint32_t keep = 0;             // names proposed; 0: all that pass
  friend bool operator==(const Combination&, const Combination&) = default;
};

// --- the forms to print ---
enum class FormKind {
  attendance,      // 到会人数报告
  papers,          // 选票领发、收回情况
  tally_sheet,     // 计票单
  tally_summary,   // 计票汇总
  invalid,         // 无效票登记
  report,          // 监票人报告单
  elected,         // 当选名单
  recommendation,  // 推荐汇总表
  decision,        // 票决情况报告单
  rating,          // 测评汇总表
  notice,          // 公示
};

// --- the whole -------------------------------------------------------------------------------------------------------

struct Scheme {
  Congress congress;
  bool rehearsal = false;  // 演练: everything printed and shown says so
  Log log;
  Sha256 server_pin;  // of the server certificate's public key (SPKI)
  Key organiser_key{};
  std::vector<Supervisor> supervisors;  // 2 or more
  Key desk_key{};
  std::optional<Officer> chair;
  std::optional<Key> superior_key;
  std::vector<Officer> auditors;
  std::vector<Kiosk> kiosks;
  std::vector<Trustee> trustees;       // n
  std::uint32_t threshold = 0;         // k, 1 to n: so many decrypt
  std::uint32_t min_mixers = 0;        // k to n
  std::vector<std::string> witnesses;  // vkeys
  std::vector<Chamber> chambers;
  std::vector<Box> boxes;
  std::vector<Stage> stages;
  std::vector<Contest> contests;
  std::vector<Combination> combinations;
  std::vector<FormKind> forms;  // that this congress prints
  friend bool operator==(const Scheme&, const Scheme&) = default;

  // What has this id; null where nothing has.
  const Kiosk* kiosk(const KioskId& id) const { return with_id(kiosks, id); }
  const Chamber* chamber(const ChamberId& id) const { return with_id(chambers, id); }
  const Box* box(const BoxId& id) const { return with_id(boxes, id); }
  const Stage* stage(const StageId& id) const { return with_id(stages, id); }
  const Contest* contest(const ContestId& id) const { return with_id(contests, id); }
  const Combination* combination(const CombinationId& id) const { return with_id(combinations, id); }

 private:
  template <class Item, class Id>
  static const Item* with_id(const std::vector<Item>& items, const Id& id) {
    for (const Item& item : items)
      if (item.id == id) return &item;
    return nullptr;
  }
};

}  // namespace tuixuan::tally

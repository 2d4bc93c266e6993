// Counting one contest (计票): the ballots one after the other, then the outcome with its reason for every person.
// Memory grows with the candidates and the different names written in, not with the ballots. An undecodable ballot is
// counted invalid, with why. Rules: majority and its base (E-1 to E-4), more than the seats (E-5), ties (T-1 to T-4),
// too few (F-1 to F-5), ballots (B-1 to B-5, W1 to W6) of RULES.md. Where the rules do not decide, nobody is made up:
// the result says who must decide what.
#pragma once

#include <map>

#include "crypto/codes/reasons.h"
#include "tally/ballot/choice.h"
#include "tally/count/fraction.h"

namespace tuixuan::tally {

struct Numbers {
  std::uint64_t registered = 0;  // 登记 (village rolls); else the same as expected
  std::uint64_t expected = 0;    // 应到会有选举权人数
  std::uint64_t present = 0;     // 实到会有选举权人数
  std::uint64_t issued = 0;      // 发出
  std::uint64_t voters = 0;      // 投票人数
  std::uint64_t returned = 0;    // 收回
  friend bool operator==(const Numbers&, const Numbers&) = default;
};
std::uint64_t base_of(Base, const Numbers&, std::uint64_t valid);

// A fact of the count, as data; reasons.h makes sentences of it. Numbers are named and in a fixed order for each code.
struct Reason {
  code::reason code{};
  std::vector<std::pair<std::string, std::uint64_t>> numbers;
  friend bool operator==(const Reason&, const Reason&) = default;
};

// reached, not_reached: in a recommendation, whether the threshold was; refused, postponed: the answer that is the
// resolution, where each may be; graded: a rating decides nothing.
enum class Outcome {
  elected,
  not_elected,
  tied,
  reached,
  not_reached,
  passed,
  not_passed,
  refused,
  postponed,
  graded,
  no_decision
};

struct ItemResult {                   // of a rating
  std::vector<std::uint64_t> grades;  // best first
  std::uint64_t not_acquainted = 0;
  std::uint64_t unmarked = 0;
  Fraction score;
  friend bool operator==(const ItemResult&, const ItemResult&) = default;
};

struct PersonResult {
  std::uint32_t number = 0;  // of the candidate, from 1; 0 for a write-in (另选他人)
  std::string name;
  std::string note;  // of the candidate
  std::uint64_t approve = 0;
  std::uint64_t written = 0;  // of these, prior written opinions (decisions only)
  std::uint64_t oppose = 0;
  std::uint64_t abstain = 0;
  std::uint64_t postpone = 0;
  std::uint64_t unreadable = 0;  // cells on paper that could not be made out
  std::uint64_t cascaded = 0;    // of the approvals: votes for a higher office that count here too
  Outcome outcome = Outcome::not_elected;
  Reason reason;
  std::vector<ItemResult> items;  // of a rating
  Fraction score;                 // of a rating: over all items
  friend bool operator==(const PersonResult&, const PersonResult&) = default;
};

// What the rules let follow. A stage is drafted from it by the machine and decided by people.
enum class NextKind { run_off, superior_decides, new_round, renominate, leave_vacant, confirm_base, vote_again };
struct NextStep {
  NextKind kind = NextKind::run_off;
  std::uint64_t seats = 0;
  std::vector<std::string> names;  // labels, in the order of the ballot, write-ins after, by name
  friend bool operator==(const NextStep&, const NextStep&) = default;
};

struct ContestResult {
  ContestId contest;
  Kind kind = Kind::election;
  std::uint64_t ballots = 0;
  std::uint64_t valid = 0;
  std::uint64_t invalid = 0;
  std::uint64_t blank = 0;                                     // valid ballots with no mark
  std::map<std::string, std::uint64_t> invalid_reasons;        // by check
  std::map<std::string, std::uint64_t> write_ins_not_counted;  // by check
  std::uint64_t base = 0;                                      // what the majority is a fraction of
  std::uint64_t need = 0;                                      // the least number of votes that reach it
  std::uint64_t seats = 0;
  std::uint64_t vacant = 0;                       // seats nobody reached
  std::uint64_t tied_seats = 0;                   // seats that the tied vote again for
  std::vector<PersonResult> persons;              // candidates in their order, then write-ins by name
  std::optional<std::uint64_t> alternative_need;  // by the other base, if the scheme names one
  std::vector<std::string> must_confirm;  // whose fate differs between the bases: two officials confirm the rule first
  std::vector<NextStep> next;
  friend bool operator==(const ContestResult&, const ContestResult&) = default;
};

// Somebody whom another office bars from a seat here: the code of the reason. higher_office: elected above on the same
// sheet; exclusive_office: elected to an office that this one excludes; not_within: not one of those among whom
// the office is filled; office_open: which of these it is, is not settled, so the seat waits for the person.
struct Barred {
  std::string label;
  code::reason code;
  friend bool operator==(const Barred&, const Barred&) = default;
};

// Prior written opinions of a decision, for each candidate or subject; empty if there are none.
struct Written {
  std::uint64_t approve = 0;
  std::uint64_t oppose = 0;
  friend bool operator==(const Written&, const Written&) = default;
};

// A pile of ballots as counted by hand. The marks of a candidate sum to the valid ballots.
struct PersonTotals {
  std::string label;  // of a candidate, or a name written in
  std::uint64_t approve = 0;
  std::uint64_t oppose = 0;
  std::uint64_t abstain = 0;
  std::uint64_t postpone = 0;
  std::uint64_t unreadable = 0;
};
struct ContestTotals {
  std::uint64_t ballots = 0;
  std::uint64_t blank = 0;                       // of the valid ones
  std::map<std::string, std::uint64_t> invalid;  // by check or the reason written down
  std::vector<PersonTotals> persons;             // every candidate in order, then write-ins
};

class ContestCount {
 public:
  // merged: spelling -> the name it stands for, as decided on the log by two people.
  ContestCount(const Contest&, const Numbers&, std::map<std::string, std::string> merged = {},
               std::vector<Written> written = {});

  // A selection as decoded from an opened ballot; or why it could not be.
  void add(const Result<Selection>&);
  // So many papers with the same marks; the check that makes them invalid, empty if none does.
  std::string add(const Selection&, std::uint64_t copies);
  // So many that somebody found invalid, and why.
  void add_invalid(const std::string& reason, std::uint64_t copies);
  // Paper that was counted by hand: these totals of a pile.
  void add_totals(const ContestTotals&);
  // So many names written on paper without the sign of approval: no votes, told apart by the scheme's rule (W3a, W3b).
  void add_unmarked(std::uint64_t names);
  // A vote for a higher office on the same sheet that also counts for this one (the contest's `cascade`).
  void add_cascaded(const std::string& label, std::uint64_t copies = 1);
  void set_numbers(const Numbers& n) { numbers_ = n; }  // where they are known only after the papers
  // Those who take no seat here, or not yet, because of another office, and why.
  void set_barred(std::vector<Barred> barred) { barred_ = std::move(barred); }
  ContestResult finish() const;

 private:
  std::string add_known(const Selection&, std::uint64_t copies);
  void add_marks(const Selection&, const std::vector<Problem>&, std::uint64_t copies);
  void add_grades(const Selection&, std::uint64_t copies);
  void finish_grades(ContestResult&) const;
  Fraction score_as_before(std::size_t person, std::uint64_t base) const;

  // Of one person rated, where a scheme does not say what an empty cell is (EmptyCell::as_before), over the valid
  // forms: the weighted sum of each, as hundredths of a grade's weight.
  struct FormScores {
    std::uint64_t not_acquainted = 0;
    std::uint64_t forms = 0;
    std::uint64_t sum = 0;
    std::uint64_t least = 0;
    std::uint64_t most = 0;
  };

  Contest contest_;
  Numbers numbers_;
  std::map<std::string, std::string> merged_;
  std::map<std::string, std::uint64_t> write_in_votes_;
  std::map<std::string, std::uint64_t> write_in_cascaded_;
  std::vector<Barred> barred_;
  std::vector<FormScores> forms_;
  ContestResult result_;
};

}  // namespace tuixuan::tally

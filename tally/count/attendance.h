// The numbers of a meeting and whether they balance (V-4 to V-7): who is on the roll, who should attend, who
// does, and for each box the papers from the printer to the box. A stage whose numbers do not balance stops: each
// imbalance names the box and the numbers.
#pragma once

#include "tally/count/count.h"

namespace tuixuan::tally {

struct ExcludedPersons {  // 不计算在应到会人数内
  std::string ground;
  std::uint64_t persons = 0;
  std::string consent;          // of the superior body: its reference
  std::uint64_t votes_for = 0;  // of the meeting
  friend bool operator==(const ExcludedPersons&, const ExcludedPersons&) = default;
};

struct AbsentPersons {  // 缺席
  std::string reason;
  std::uint64_t persons = 0;
  friend bool operator==(const AbsentPersons&, const AbsentPersons&) = default;
};

struct BoxPapers {
  BoxId box;
  std::uint64_t present = 0;   // voting members at this box
  std::uint64_t drawn = 0;     // P 领取
  std::uint64_t issued = 0;    // I 发出
  std::uint64_t spoiled = 0;   // taken back and replaced 作废换发
  std::uint64_t left = 0;      // Z 剩余
  std::uint64_t voters = 0;    // K 投票人数
  std::uint64_t returned = 0;  // R 收回
  std::uint64_t proxies = 0;  // 委托投票: absent voters for whom somebody present votes here; village committees (L-4)
  friend bool operator==(const BoxPapers&, const BoxPapers&) = default;
};

struct WrittenOpinion {  // 会前书面意见, of a decision
  ContestId contest;
  std::uint32_t subject = 0;  // from 1
  std::uint64_t approve = 0;
  std::uint64_t oppose = 0;
  friend bool operator==(const WrittenOpinion&, const WrittenOpinion&) = default;
};

struct Attendance {
  StageId stage;
  std::uint64_t registered = 0;    // L 总数
  std::uint64_t probationary = 0;  // 预备党员
  std::uint64_t on_probation = 0;  // 留党察看
  std::uint64_t suspended = 0;     // rights suspended, membership stopped
  std::uint64_t with_vote = 0;     // E0 有选举权
  std::vector<ExcludedPersons> excluded;
  std::uint64_t expected = 0;  // E 应到会
  std::uint64_t present = 0;   // A 实到会
  std::vector<AbsentPersons> absent;
  std::vector<BoxPapers> boxes;
  std::vector<WrittenOpinion> written;
  friend bool operator==(const Attendance&, const Attendance&) = default;
};

struct Imbalance {
  Code code;
  BoxId box;  // empty: the meeting as a whole
  Text what;
};
// Codes: roll.rights, roll.excluded, roll.consent, roll.expected, roll.present, roll.absent, written.contest,
//        written.number, proxies.none (this vote has none), proxies.many (more than those present may carry),
//        proxies.people (with those present more than there are).
std::vector<Imbalance> roll_imbalances(const Scheme&, const Stage&, const Attendance&);
// The whole, when the papers are counted too. Codes: those above, quorum, box.unknown, box.missing, box.twice,
// box.present, box.papers, box.issued, box.voters, box.returned.
// More papers than voters in the only box of a stage is no imbalance: it makes the vote void (V-1), which the count
// says. Where there are several boxes, the one that has too many stops the stage.
std::vector<Imbalance> imbalances(const Scheme&, const Stage&, const Attendance&);

// What does not stop the count and is told all the same. Codes: box.more_than_voted: by the papers issued the vote is
// valid (V-2), and yet more came back than people voted.
std::vector<Imbalance> warnings(const Scheme&, const Stage&, const Attendance&);

// Those present, and where the stage has proxies those who entrusted their vote: who a quorum is counted of (L-4).
std::uint64_t taking_part(const Stage&, const Attendance&);
Numbers numbers_of(const Attendance&);
// Written opinions of a contest by subject; empty if there are none.
std::vector<Written> written_of(const Attendance&, const Contest&);

}  // namespace tuixuan::tally

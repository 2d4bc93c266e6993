// What one voter marks in one contest, and whether the rules let it count. A Selection is a secret while it belongs to
// a voter: wipe() it when done. Rules: the numbers chosen (B-1), write-ins (W1, W2, W4), limits of a rating form.
#pragma once

#include "tally/ballot/scheme.h"

namespace tuixuan::tally {

// unreadable (作废格): on paper only, a cell that two people could not make out (B-3); a sealed ballot has no such
// mark.
enum class Mark : std::uint8_t { abstain = 0, approve = 1, oppose = 2, postpone = 3, unreadable = 4 };

struct WriteIn {
  std::string name;
  std::uint32_t against = 0;  // number of the candidate, from 1, in whose place it is written; 0: a free line
  friend auto operator<=>(const WriteIn&, const WriteIn&) = default;
};

// Grades, only in ratings: for candidate c and item i (from 0) at c * items + i; 0 not marked, 1 the best grade, ...;
// number of grades + 1: not acquainted.
using GradeMark = std::uint8_t;

struct Selection {
  std::vector<Mark> marks;  // one for each candidate; empty in ratings
  std::vector<WriteIn> write_ins;
  std::vector<GradeMark> grades;  // empty but in ratings
  friend bool operator==(const Selection&, const Selection&) = default;
};

Selection blank(const Contest&);
void wipe(Selection&);  // overwrites the memory, then clears
bool is_blank(const Selection&);
// Approved candidates and marked write-ins (已选人数).
std::uint32_t chosen(const Selection&);

// On paper: whether a written name without the sign is a vote (W3c). On a form without printed names a name is all that
// anybody can write, so there it always is (N-8). The paper's words and its boxes follow from this.
bool name_alone_counts(const Contest&);

// A name that tells everybody on the ballot apart: with the note, if there is one, in brackets （）.
std::string label(std::string_view name, std::string_view note);

// Why a selection would not count as it stands, for the voter to put right. The same checks decide in the count.
struct Problem {
  Code check;        // "ballot.overvote", ...: the table in choice.cpp
  std::string what;  // in English
  std::string zh;
  std::uint32_t number = 0;  // by how many (overvote), or the candidate or write-in meant, from 1
  friend bool operator==(const Problem&, const Problem&) = default;
};
// Empty if all is well. Checks that make the whole ballot invalid come first:
//   ballot.form             not a selection of this contest at all (encode() would refuse it)
//   ballot.overvote         number = how many too many
//   ballot.undervote        number = how many too few (only where the scheme asks for a least number)
//   ballot.blank            nothing marked (only where the scheme calls that invalid)
//   ballot.best_limit       too many people with the best grade;  ballot.identical: one grade for everybody
// Checks that make one write-in not count (number = its place in the list):
//   ballot.write_in_place   not under an opposed candidate, or two in one place (W1)
//   ballot.write_in_printed a printed candidate's name (W4)
//   ballot.write_in_eligible  nobody of the list of those who may be written (W5, W6)
//   ballot.write_in_repeat  the same name twice
std::vector<Problem> check(const Contest&, const Selection&);
bool makes_invalid(Code check);

}  // namespace tuixuan::tally

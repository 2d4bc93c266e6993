// A scheme from a profile: names, seats, boxes and machines put in, candidates in their order. What is not given stays
// as a place to fill in, "（待填：…）", and keys as 64 zeros: the check tells each of them. Adjusts what follows from
// the seats: names that may be chosen, the least differential, lines for write-ins, the limit of best grades.
#pragma once

#include "tally/names/strokes.h"
#include "tally/profiles/profile.h"

namespace tuixuan::profiles {

template <class T>
struct OfContest {
  std::string contest;  // empty: the first one, or all where the profile's people stand in all
  T value;
};

struct Request {
  std::string id;
  std::string date;
  tally::Text title, body, term, place;
  bool rehearsal = false;
  std::vector<OfContest<std::uint32_t>> seats;
  std::vector<OfContest<tally::Text>> titles;
  std::vector<OfContest<tally::Candidate>> candidates;
  std::vector<tally::Candidate> eligible;  // who may be written in
  std::vector<tally::Box> boxes;           // with an empty chamber: of the first one; none: one for each chamber
  std::uint32_t kiosks = 0;                // for each box
  std::vector<std::string> supervisors;
  std::vector<std::string> trustees;
  std::uint32_t threshold = 0;  // 0: a majority of the trustees
  std::string manual_reason;    // not empty: candidates stay as given, for this reason
};

struct Made {
  tally::Scheme scheme;
  std::vector<std::string> unknown;   // characters whose strokes are not known: somebody looks at their place
  std::vector<tally::Text> left_out;  // rules of the profile that count on paper only, where kiosks were asked for
};

// strokes: null where there is no dictionary; then names ordered by strokes are refused.
// Errors: "scheme.new": a contest or chamber the profile does not have; "strokes.file".
[[nodiscard]] Result<Made> make_scheme(const Profile&, const Request&, const tally::StrokeTable* strokes);

// Whether a text still waits to be filled in.
bool is_unfilled(std::string_view text);

}  // namespace tuixuan::profiles

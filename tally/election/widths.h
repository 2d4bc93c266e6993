// How a contest of the scheme is sealed: its place in the scheme, the points its selection takes.
#pragma once

#include "crypto/base/ids.h"
#include "tally/ballot/scheme.h"

namespace tuixuan::election {

std::size_t contest_index(const tally::Scheme&, const ContestId&);  // the scheme is consistent: it is there
// Points of 30 bytes for the longest legal content and its 2-byte length; the same for every ballot of the contest.
// More points than this a ballot cannot seal.
inline constexpr std::size_t kMaxSealedWidth = 64;
std::size_t sealed_width(const tally::Contest&);
// The scheme of a file, checked. Error "V01.*": the first fault, and how many there are.
Result<tally::Scheme> read_scheme(ByteView file);

}  // namespace tuixuan::election

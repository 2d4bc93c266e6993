// Approval ballots from a file, to be voted through the kiosks: a table "voters,approved" with one row for each
// different ballot, how many voters cast it, then the numbers of the approved candidates with spaces between. Lines
// that begin with # are comments; one of them names the candidates: "# Candidates, numbered from 1: 1 NAME, 2 NAME".
// Errors: "ballot-file" with the number of the line.
#pragma once

#include <string>
#include <vector>

#include "crypto/base/bytes.h"

namespace tuixuan::demo {

struct ApprovalBallots {
  std::vector<std::string> candidates;
  std::vector<std::vector<std::uint32_t>> ballots;  // one for each voter: numbers from 1, ascending
};
inline constexpr std::size_t kMaxBallotFile = std::size_t{16} << 20U;
[[nodiscard]] Result<ApprovalBallots> parse_ballot_file(ByteView file);

}  // namespace tuixuan::demo

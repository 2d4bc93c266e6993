// From partial decryptions to the report: the opened ballots of a contest, and the count of a stage by its rules. The
// organiser makes with these what the fold then recomputes and compares (crypto/README.md, "Count").
#pragma once

#include "tally/election/state.h"

namespace tuixuan::election {

// The points of the final list, row by row, from the decryptions of exactly the threshold of trustees. Empty if nobody
// voted.
std::vector<primitives::Point> open_ballots(const ContestState&, std::span<const TrusteeIndex> trustees,
                                            unsigned threads);
// The points of the object that publishes them, if open_ballots() would give just these; nothing: it is for that to
// say.
std::optional<std::vector<primitives::Point>> opened_as_published(const ContestState&,
                                                                  std::span<const TrusteeIndex> trustees,
                                                                  ByteView published, unsigned threads);
// The object that publishes them: u32 number of ballots, u32 width, the points row by row.
Bytes encode_opened(std::span<const primitives::Point> points, std::size_t width);

// The report file of a stage (tally/scheme/report.h) from the opened points of its contests, in the stage's order. A
// ballot that cannot be decoded is counted invalid.
Bytes make_report(const State&, const StageState&, std::span<const std::vector<primitives::Point>> opened,
                  unsigned threads = 1, batch::Checking checking = batch::Checking::merged);
// The decoded selections of one contest, in list order; an undecodable ballot is the error that says why.
std::vector<Result<Bytes>> opened_contents(std::span<const primitives::Point> points, std::size_t width);

}  // namespace tuixuan::election

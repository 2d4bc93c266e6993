#include "tally/election/widths.h"

#include "crypto/protocol/encoding.h"
#include "tally/ballot/codec.h"
#include "tally/scheme/scheme_file.h"

namespace tuixuan::election {

std::size_t contest_index(const tally::Scheme& scheme, const ContestId& id) {
  for (std::size_t i = 0; i < scheme.contests.size(); ++i)
    if (scheme.contests[i].id == id) return i;
  bug("a stage with a contest that the scheme does not have");
}

static_assert(kMaxSealedWidth == protocol::kMaxWidth);

std::size_t sealed_width(const tally::Contest& contest) { return protocol::points_for(tally::content_limit(contest)); }

Result<tally::Scheme> read_scheme(ByteView file) {
  scheme::Parsed parsed = scheme::parse_scheme(file);
  if (parsed.scheme) {
    for (const tally::Contest& contest : parsed.scheme->contests)
      if (sealed_width(contest) > kMaxSealedWidth)
        return fail("V01.scheme",
                    "contest " + contest.id.name + " leaves room for more writing than a ballot can seal");
    return std::move(*parsed.scheme);
  }
  std::size_t refusing = 0;
  const scheme::Fault* first = nullptr;
  for (const scheme::Fault& f : parsed.faults) {
    if (f.warning) continue;
    if (refusing++ == 0) first = &f;
  }
  if (first == nullptr) bug("a scheme refused without a fault");
  return fail(first->check, first->path + ": " + first->en + " (" + std::to_string(refusing) + " faults in all)");
}

}  // namespace tuixuan::election

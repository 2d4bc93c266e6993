// What several recommendations or ratings come to together, "tuixuan-proposal/1": canonical JSON like the report, so
// that whoever combines the published reports by the scheme gets these very bytes. write(parse(b)) == b.
#pragma once

#include "tally/count/combination.h"

namespace tuixuan::scheme {

struct ProposalFile {
  std::string congress;  // id of the scheme
  bool rehearsal = false;
  tally::CombinedResult result;
  friend bool operator==(const ProposalFile&, const ProposalFile&) = default;
};

Bytes write_proposal(const ProposalFile&);
// Errors: "proposal.json", "proposal.form", "proposal.canonical".
[[nodiscard]] Result<ProposalFile> parse_proposal(ByteView);

}  // namespace tuixuan::scheme

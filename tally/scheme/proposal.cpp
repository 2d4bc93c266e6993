#include "tally/scheme/proposal.h"

#include "crypto/codes/documents.h"
#include "tally/scheme/result_members.h"

namespace tuixuan::scheme {

template <class Io>
void members(Io& io, tally::InSource& s) {
  io.number("votes", s.votes, 0, kAnyNumber);
  io.object("rate", s.rate);
  io.boolean("over", s.over);
}

template <class Io>
void members(Io& io, tally::CombinedPerson& p) {
  io.text("name", p.name, 600);
  io.objects("sources", p.sources, 10);
  io.number("points", p.points, 0, 100);
  io.object("score", p.score);
  io.number("place", p.place, 0, kAnyNumber);
  io.choice("proposal", p.proposal, kProposals);
  io.object("reason", p.reason);
}

template <class Io>
void members(Io& io, ProposalFile& f) {
  io.constant("format", "tuixuan-proposal/1");
  io.text("congress", f.congress, 32, TextRule::short_name);
  io.boolean("rehearsal", f.rehearsal);
  io.id("combination", f.result.combination);
  io.choice("rule", f.result.rule, kCombinationRules);
  io.number("keep", f.result.keep, 0, 250);
  io.objects("persons", f.result.persons, 1U << 20);
}

Bytes write_proposal(const ProposalFile& file) { return to_bytes(write_form(file, 0)); }

static constexpr std::size_t kMaxProposal = std::size_t{64} << 20;

Result<ProposalFile> parse_proposal(ByteView bytes) {
  const auto json = parse_json(bytes, kMaxProposal);
  if (!json) return fail(code::proposal::json, json.error().what);
  Faults faults;
  ProposalFile file = read_form<ProposalFile>(*json, faults);
  if (!faults.empty()) return fail(code::proposal::form, faults[0].path + ": " + faults[0].en);
  if (!equal(write_proposal(file), bytes))
    return fail(code::proposal::canonical, "the proposal is not in its one canonical spelling");
  return file;
}

}  // namespace tuixuan::scheme

#include "tally/election/fold.h"

#include "crypto/base/parallel.h"
#include "crypto/log/merkle.h"
#include "crypto/protocol/ballot.h"
#include "tally/election/rules.h"

namespace tuixuan::election {

static Rule rule_of(Kind kind) {
  switch (kind) {
#define TUIXUAN_KIND(number, id, name, signers, check, body, rule, zh, en) \
  case Kind::id:                                                           \
    return rule;
#include "crypto/codes/entries.h"
#include "tally/election/kinds.def"
#undef TUIXUAN_KIND
  }
  bug("a kind without a rule");
}

Fold::Fold(Anchor anchor, unsigned threads, batch::Checking checking)
    : anchor_(std::move(anchor)), threads_(threads), checking_(checking) {}

Fold::Fold(Anchor anchor, unsigned threads, State state)
    : anchor_(std::move(anchor)), threads_(threads), checking_(batch::Checking::merged), state_(std::move(state)) {}

Result<Prepared> Fold::prepare(ByteView entry, const Objects& objects) const {
  return prepare(entry, objects, nullptr, nullptr);
}

Result<Prepared> Fold::prepare(ByteView entry, const Objects& objects, batch::Claims* claims,
                               const protocol::DecodedPoints* points) const {
  TUIXUAN_TRY(envelope, Envelope::decode(entry));
  const bool first = !state_.plan.has_value();
  if (first != (envelope.kind == Kind::scheme))
    return fail(code::E08::first, first ? "the first entry is not the scheme" : "a second scheme");
  if (!first && envelope.congress != state_.congress)
    return fail(code::E03::congress, "the entry is of congress " + envelope.congress.hex().substr(0, 16) +
                                         "…, this log is of " + state_.congress.hex().substr(0, 16) + "…");
  if (!first && envelope.rehearsal != state_.plan->rehearsal)
    return fail(code::E03::rehearsal, state_.plan->rehearsal
                                          ? "the entry of a real congress in a rehearsal's log"
                                          : "the entry of a rehearsal in the log of a real congress");
  const bool ended = state_.reported && state_.reported->accepted.value_or(false);
  if (ended && envelope.kind != Kind::audit)
    return fail(code::C07::ended, "the superior body has accepted the result; only audits may follow");
  TUIXUAN_TRY(action,
              rule_of(envelope.kind)(envelope, Context{state_, objects, anchor_, threads_, checking_, claims, points}));
  return Prepared{log::leaf_hash(entry), state_.epoch, envelope.kind, std::move(action)};
}

// The ballots of the entries that have one, as far as their envelopes can be read.
static protocol::DecodedPoints decoded_points(std::span<const ByteView> entries) {
  std::vector<BallotEntryBody> bodies;
  for (const ByteView entry : entries) {
    const auto envelope = Envelope::decode(entry);
    if (!envelope || !keeps_epoch(envelope->kind)) continue;
    if (auto body = BallotEntryBody::decode(envelope->body)) bodies.push_back(std::move(*body));
  }
  std::vector<ByteView> ballots;
  for (const BallotEntryBody& body : bodies) ballots.push_back(body.ballot);
  return protocol::DecodedPoints(ballots);
}

std::vector<std::optional<Prepared>> Fold::prepare_run(std::span<const ByteView> entries, const Objects& objects,
                                                       unsigned threads) const {
  constexpr std::size_t kFewer = 4;  // pay for no batch
  const bool merged = checking_ == batch::Checking::merged && entries.size() >= kFewer;
  std::vector<std::optional<Prepared>> out(entries.size());
  const protocol::DecodedPoints points = merged ? decoded_points(entries) : protocol::DecodedPoints();
  std::vector<batch::Claims> claims(merged ? entries.size() : 0);
  parallel_for(entries.size(), threads, [&](std::size_t k) {
    if (auto p = merged ? prepare(entries[k], objects, &claims[k], &points) : prepare(entries[k], objects))
      out[k] = std::move(*p);
  });
  std::vector<std::size_t> claiming;
  std::vector<const batch::Claims*> items;
  for (std::size_t k = 0; k < claims.size(); ++k) {
    if (!out[k] || claims[k].empty()) continue;
    claiming.push_back(k);
    items.push_back(&claims[k]);
  }
  const std::vector<bool> held = batch::which_hold(items, threads);
  for (std::size_t i = 0; i < claiming.size(); ++i)
    if (!held[i]) out[claiming[i]].reset();
  return out;
}

void Fold::append_leaf(const Sha256& leaf, Kind kind) {
  state_.tree.append(leaf);
  ++state_.entries_of_kind[kind];
  if (!keeps_epoch(kind)) ++state_.epoch;
}

Result<void> Fold::apply(const Prepared& prepared) {
  if (prepared.epoch != state_.epoch) return fail(code::E09::stale, "another entry came in between");
  TUIXUAN_CHECK(prepared.action(state_));
  append_leaf(prepared.leaf, prepared.kind);
  return {};
}

Result<void> Fold::accept(ByteView entry, const Objects& objects) {
  TUIXUAN_TRY(prepared, prepare(entry, objects));
  return apply(prepared);
}

Result<void> Fold::strike(ByteView entry, const Error& why) {
  const auto envelope = Envelope::decode(entry);
  if (!envelope || !is_voting(envelope->kind) || why.check == code::E09::stale) return tl::unexpected<Error>(why);
  for (auto& [id, stage] : state_.stages) {
    if (stage.phase != Phase::open) continue;
    const std::uint64_t index = state_.tree.size();
    stage.struck.emplace(index, why);
    state_.incidents.push_back({index, why});
    append_leaf(log::leaf_hash(entry), envelope->kind);
    return {};
  }
  return tl::unexpected<Error>(why);
}

Result<void> Fold::replay(ByteView entry, const Objects& objects) {
  auto accepted = accept(entry, objects);
  if (accepted) return {};
  return strike(entry, accepted.error());
}

}  // namespace tuixuan::election

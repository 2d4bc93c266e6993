#include "tests/support/congress_kit.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "crypto/codes/catalogue.h"
#include "crypto/protocol/decryption.h"
#include "crypto/protocol/mix.h"
#include "tally/ballot/codec.h"
#include "tally/election/counting.h"
#include "tally/election/digests.h"
#include "tally/scheme/scheme_file.h"
#include "tests/support/kit_scheme.h"

namespace tuixuan::kit {

using election::Kind;
using primitives::SigningKey;

template <class T>
static T must(Result<T> result, const char* what) {
  if (!result) {
    std::fprintf(stderr, "congress kit: %s: %s\n", what, result.error().text().c_str());
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

Congress::Congress(Size s, unsigned n) : size(s), threads(n), fold({}, n) {
  for (int i = 0; i < 2; ++i) supervisors.push_back(SigningKey::random());
  trustees.resize(size.trustees);
  for (std::size_t k = 0; k < size.kiosks; ++k) {
    kiosks.emplace_back();
    kiosks.back().id = KioskId{"K" + std::to_string(k + 1)};
  }
  scheme = kit_scheme(*this);
}

void Congress::rewind(std::size_t n) {
  if (n >= before.size()) return;
  fold = before[n];
  before.resize(n, fold);
  log.resize(n);
}

void Congress::force(Bytes bytes) {
  before.push_back(fold);
  (void)fold.replay(bytes, objects);
  log.push_back(std::move(bytes));
}

const Bytes& Congress::append(Bytes bytes) {
  if (keeps_history) before.push_back(fold);
  must(fold.accept(bytes, objects), election::info(election::Envelope::decode(bytes)->kind).name.data());
  log.push_back(std::move(bytes));
  return log.back();
}

Bytes Congress::entry(Kind kind, Bytes body, std::initializer_list<const SigningKey*> keys) const {
  return election::sign_entry(kind, {congress(), scheme.rehearsal}, minutes, std::move(body), keys);
}

void Congress::found() {
  const Bytes file = scheme::write_scheme(scheme);
  const election::SchemeBody body{objects.put(file)};
  append(election::sign_entry(Kind::scheme, {protocol::draft_digest(file), scheme.rehearsal}, minutes, body.encode(),
                              {&organiser}));
}

void Congress::ceremony() {
  const protocol::CeremonyParameters p{congress(), size.trustees, size.threshold};
  const auto message = [&](std::uint32_t i, Bytes m) {
    return election::CeremonyBody{1, TrusteeIndex{i}, std::move(m)}.encode();
  };
  std::vector<protocol::CeremonyCommit> commits;
  std::vector<protocol::CeremonyShare> shares;
  for (std::uint32_t i = 1; i <= size.trustees; ++i) {
    TrusteeKeys& t = trustees[i - 1];
    t.ceremony = protocol::CeremonySecret::random(size.threshold);
    commits.push_back(protocol::make_commit(p, TrusteeIndex{i}, t.ceremony));
    append(entry(Kind::ceremony_commit, message(i, commits.back().encode()), {&t.signing}));
  }
  const Hash64 gamma = protocol::ceremony_digest(p, commits);
  for (std::uint32_t i = 1; i <= size.trustees; ++i) {
    shares.push_back(protocol::make_share(p, gamma, TrusteeIndex{i}, trustees[i - 1].ceremony, commits));
    append(entry(Kind::ceremony_share, message(i, shares.back().encode()), {&trustees[i - 1].signing}));
  }
  const Hash64 transcript = protocol::transcript_digest(gamma, shares);
  for (std::uint32_t i = 1; i <= size.trustees; ++i) {
    TrusteeKeys& t = trustees[i - 1];
    auto x = protocol::open_shares(gamma, TrusteeIndex{i}, t.ceremony, commits, shares);
    if (!x) std::abort();
    t.share = std::move(*x);
    const auto confirm = protocol::make_confirm(transcript, TrusteeIndex{i}, t.share);
    append(entry(Kind::ceremony_confirm, message(i, confirm.encode()), {&t.signing}));
  }
}

const tally::Stage& Congress::plan() const {
  const auto& stages = fold.state().plan->stages;
  const auto it = std::find_if(stages.begin(), stages.end(), [&](const auto& s) { return s.id == stage_id; });
  if (it == stages.end()) {
    std::fprintf(stderr, "congress kit: there is no stage %s\n", stage_id.name.c_str());
    std::abort();
  }
  return *it;
}

void Congress::enter(const StageId& id) {
  stage_id = id;
  box = plan().boxes[0];
}

SigningKey Congress::credential(std::size_t slip) const {
  return slip_secrets[slip].credential(congress(), plan().round);
}

std::vector<std::size_t> Congress::slips_here() const {
  std::vector<std::size_t> out;
  for (const BoxId& of : plan().boxes)
    for (std::size_t i = 0; i < slip_secrets.size(); ++i)
      if (slip_boxes[i] == of) out.push_back(i);
  return out;
}

std::string Congress::offer(Bytes bytes) {
  const auto taken = fold.accept(bytes, objects);
  if (!taken) return std::string(name_of(taken.error().check));
  log.push_back(std::move(bytes));
  return {};
}

void Congress::slips() {
  for (const BoxId& of : plan().boxes) {
    if (std::find(slip_boxes.begin(), slip_boxes.end(), of) == slip_boxes.end())
      for (std::size_t i = 0; i < size.slips; ++i) {
        slip_secrets.push_back(protocol::Slip::random());
        slip_boxes.push_back(of);
      }
    std::vector<primitives::VerifyKey> keys;
    for (std::size_t i = 0; i < slip_secrets.size(); ++i)
      if (slip_boxes[i] == of) keys.push_back(credential(i).verify_key());
    std::sort(keys.begin(), keys.end());
    Writer list;
    for (const auto& key : keys) list.fixed(key.view());
    append(entry(Kind::slips, election::SlipsBody{of, plan().round, objects.put(list.take())}.encode(), {&desk}));
  }
}

void Congress::attendance() {
  append(entry(Kind::attendance, election::AttendanceBody{everybody(slips_here().size(), slips_here().size())}.encode(),
               {&supervisors[0], &supervisors[1]}));
}

tally::Attendance Congress::everybody(std::uint64_t expected, std::uint64_t present) const {
  tally::Attendance a;
  a.stage = stage_id;
  a.registered = expected + 2;
  a.probationary = 2;
  a.with_vote = expected;
  a.expected = expected;
  a.present = present;
  return a;
}

Bytes Congress::opening_body() const {
  const election::State& state = fold.state();
  election::OpeningBody body{stage_id,
                             {},
                             state.tree.size(),
                             state.tree.root(),
                             *state.ceremony.transcript,
                             state.ceremony.key->public_key,
                             state.ceremony.key->trustee_keys};
  for (const BoxId& of : plan().boxes) {
    const auto list = state.slip_lists.find({of, plan().round});
    if (list == state.slip_lists.end()) continue;
    body.boxes.push_back({of, list->second.object, list->second.credentials.size()});
  }
  return body.encode();
}

void Congress::open() {
  append(entry(Kind::opening, opening_body(), {&supervisors[0], &supervisors[1]}));
  for (std::uint32_t i = 1; i <= size.trustees; ++i)
    if (!absent.contains(i))
      append(entry(Kind::opening_agreed, election::AgreementBody{stage_id, TrusteeIndex{i}, stage().ctx}.encode(),
                   {&trustees[i - 1].signing}));
}

HeldBallot Congress::seal(std::size_t slip, std::size_t kiosk, const std::vector<tally::Selection>& selections) const {
  HeldBallot held;
  held.ballot = {stage().ctx,
                 slip_boxes[slip],
                 credential(slip).verify_key(),
                 kiosks[kiosk].id,
                 stage().kiosks.at(kiosks[kiosk].id).next,
                 {}};
  for (std::size_t i = 0; i < stage().contests.size(); ++i) {
    const election::ContestState& contest = stage().contests[i];
    const tally::Contest& rules = fold.state().plan->contests[contest.contest];
    const Bytes content = must(tally::encode(rules, selections[i]), "encode");
    auto sealed = protocol::seal_contest(held.ballot, rules.id, public_key(), content, contest.width);
    held.ballot.contests.push_back(std::move(sealed.contest));
    held.secrets.push_back(std::move(sealed.secret));
  }
  held.kiosk_signature = kiosks[kiosk].signing.sign(protocol::kiosk_statement(held.ballot.hash()).view());
  return held;
}

Bytes Congress::cast_entry(const HeldBallot& held, std::size_t slip) const {
  const SigningKey key = credential(slip);
  return entry(Kind::cast, election::BallotEntryBody{held.ballot.encode(), held.kiosk_signature, {}}.encode(), {&key});
}

Bytes Congress::challenge_entry(const HeldBallot& held, std::size_t slip) const {
  const SigningKey key = credential(slip);
  const Bytes opening = protocol::publish(held.secrets).encode();
  return entry(Kind::challenge, election::BallotEntryBody{held.ballot.encode(), held.kiosk_signature, opening}.encode(),
               {&key});
}

Bytes Congress::abandon_entry(const HeldBallot& held, std::size_t kiosk) const {
  return entry(Kind::abandon, election::BallotEntryBody{held.ballot.encode(), held.kiosk_signature, {}}.encode(),
               {&kiosks[kiosk].signing});
}

void Congress::vote(std::size_t ballots) {
  for (std::size_t i = 0; i < ballots; ++i) append(cast_entry(seal(i, i % size.kiosks, some_selections(i)), i));
}

void Congress::vote_for(const std::vector<std::vector<std::string>>& ballots) {
  const tally::Contest& contest = fold.state().plan->contests[stage().contests.at(0).contest];
  const std::vector<std::size_t> slips = slips_here();
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    tally::Selection selection = tally::blank(contest);
    for (const std::string& name : ballots[i])
      for (std::size_t k = 0; k < contest.candidates.size(); ++k)
        if (tally::label(contest.candidates[k].name, contest.candidates[k].note) == name)
          selection.marks[k] = tally::Mark::approve;
    for (const std::string& name : ballots[i])
      if (name.starts_with('+')) selection.write_ins.push_back({name.substr(1), 0});
    std::vector<std::size_t> serving;
    for (std::size_t k = 0; k < kiosks.size(); ++k)
      if (const auto it = stage().kiosks.find(kiosks[k].id);
          kiosks[k].box == slip_boxes[slips[i]] && it != stage().kiosks.end() && !it->second.last)
        serving.push_back(k);
    append(cast_entry(seal(slips[i], serving.at(i % serving.size()), {selection}), slips[i]));
  }
}

void Congress::hold(const StageId& id, const std::vector<std::vector<std::string>>& ballots) {
  enter(id);
  slips();
  attendance();
  open();
  vote_for(ballots);
  finish();
}

void Congress::finish() {
  close();
  mix();
  decrypt();
  count();
}

election::CloseBody Congress::close_body() const {
  const election::StageState& s = stage();
  election::CloseBody body{
      stage_id, fold.state().tree.size(), fold.state().tree.root(), s.cast, s.challenged, s.abandoned, s.voided, {}, {},
      {}};
  for (std::size_t i = 0; i < plan().boxes.size(); ++i) {
    const auto slips = static_cast<std::uint64_t>(std::count(slip_boxes.begin(), slip_boxes.end(), plan().boxes[i]));
    body.boxes.push_back({plan().boxes[i], s.cast_of_box[i], s.cast_of_box[i],
                          slips - s.cast_of_box[i] - s.voided_of_box[i], s.voided_of_box[i], s.cast_of_box[i]});
  }
  for (const tally::Kiosk& k : fold.state().plan->kiosks)
    if (const auto it = s.kiosks.find(k.id); it != s.kiosks.end())
      body.kiosks.push_back({k.id, it->second.last.value_or(0)});
  for (const auto& [index, why] : s.struck) body.struck.push_back(index);
  return body;
}

std::vector<std::uint32_t> Congress::quorum() const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 1; i <= size.trustees && out.size() < size.threshold; ++i)
    if (!absent.contains(i)) out.push_back(i);
  return out;
}

void Congress::close() {
  for (const KioskKeys& k : kiosks)
    if (const auto it = stage().kiosks.find(k.id); it != stage().kiosks.end() && !it->second.last)
      append(entry(Kind::kiosk_final, election::KioskEndBody{stage_id, k.id, it->second.next - 1, {}}.encode(),
                   {&k.signing}));
  append(entry(Kind::close, close_body().encode(), {&supervisors[0], &supervisors[1]}));
  for (const std::uint32_t i : quorum())
    append(entry(Kind::close_agreed, election::AgreementBody{stage_id, TrusteeIndex{i}, stage().tctx}.encode(),
                 {&trustees[i - 1].signing}));
}

void Congress::mix() {
  for (std::size_t c = 0; c < stage().contests.size(); ++c)
    for (std::uint32_t i = 1; i <= size.trustees; ++i) {
      const election::ContestState& contest = stage().contests[c];
      if (contest.list.empty() || absent.contains(i)) continue;
      const MixPosition position{static_cast<std::uint32_t>(contest.mixers.size()) + 1};
      const ContestId& id = fold.state().plan->contests[contest.contest].id;
      const auto record =
          protocol::make_mix({stage().tctx, id, position, TrusteeIndex{i}, public_key()}, contest.list, threads);
      append(entry(Kind::mix,
                   election::MixBody{stage_id, id, position, TrusteeIndex{i}, objects.put(record.encode())}.encode(),
                   {&trustees[i - 1].signing}));
    }
}

void Congress::decrypt() {
  for (std::size_t c = 0; c < stage().contests.size(); ++c)
    for (const std::uint32_t i : quorum()) {
      const election::ContestState& contest = stage().contests[c];
      if (contest.list.empty()) continue;
      const ContestId& id = fold.state().plan->contests[contest.contest].id;
      const auto record = protocol::make_decryption(
          {stage().tctx, id, TrusteeIndex{i}, public_key(), stage().opening->trustee_keys[i - 1]}, contest.list,
          trustees[i - 1].share, threads);
      append(entry(Kind::decryption,
                   election::DecryptionBody{stage_id, id, TrusteeIndex{i}, objects.put(record.encode())}.encode(),
                   {&trustees[i - 1].signing}));
    }
}

void Congress::count() {
  election::CountBody body{stage_id, {}, {}};
  std::vector<std::vector<primitives::Point>> opened;
  for (const election::ContestState& contest : stage().contests) {
    std::vector<TrusteeIndex> who;
    if (!contest.list.empty())
      for (const std::uint32_t i : quorum()) who.push_back(TrusteeIndex{i});
    opened.push_back(election::open_ballots(contest, who, threads));
    body.contests.push_back({fold.state().plan->contests[contest.contest].id, who,
                             objects.put(election::encode_opened(opened.back(), contest.width))});
  }
  body.report = objects.put(election::make_report(fold.state(), stage(), opened));
  append(entry(Kind::count, body.encode(), {&supervisors[0], &supervisors[1]}));
}

void Congress::run(std::size_t ballots) {
  found();
  ceremony();
  slips();
  attendance();
  open();
  vote(ballots);
  finish();
}

}  // namespace tuixuan::kit

// The steps of one stage, from the attendance to the count.
#include "tests/tally/thread_walk.h"
#include "crypto/protocol/decryption.h"
#include "crypto/protocol/mix.h"
#include "tally/election/counting.h"

namespace tuixuan::walk {

void Walk::attendance(const std::string& id) {
  const std::uint32_t present = chance(85) ? 3 : below(3);
  t_.stage_id = StageId{id};
  const bool ok = w_.stages.at(id).phase == Phase::planned;
  if (offer(Kind::attendance, election::AttendanceBody{t_.everybody(3, present)}.encode(), two(), ok, id))
    w_.stages.at(id).present = present;
}

void Walk::opening(const std::string& id) {
  t_.enter(StageId{id});
  if (!offer(Kind::opening, t_.opening_body(), two(), w_.may_open(id, t_.minutes), id)) return;
  model::Stage& s = w_.stages.at(id);
  s.phase = Phase::proposed;
  s.was_opened = true;
}

void Walk::agree_opening(const std::string& id, std::uint32_t t) {
  const election::AgreementBody body{StageId{id}, TrusteeIndex{t}, t_.fold.state().stage(StageId{id})->ctx};
  if (!offer(Kind::opening_agreed, body.encode(), {&t_.trustees[t - 1].signing}, w_.may_agree_opening(id, t), id))
    return;
  w_.stages.at(id).opening_agreed.insert(t);
  w_.open_if_agreed(w_.stages.at(id));
}

// One ballot, by a slip that has not cast and a kiosk that goes on, where there are such.
void Walk::vote(const std::string& id) {
  model::Stage& s = w_.stages.at(id);
  if (s.phase != Phase::open || s.ballots.size() >= 3) return;
  t_.enter(StageId{id});
  const std::size_t slip = t_.slips_here()[s.ballots.size()];
  for (std::size_t k = 0; k < t_.kiosks.size(); ++k) {
    const std::string& name = t_.kiosks[k].id.name;
    if (!s.kiosks.contains(name) || s.ended.contains(name)) continue;
    const auto& contest = t_.fold.state().plan->contests[t_.stage().contests[0].contest];
    tally::Selection choice = tally::blank(contest);
    model::Names names;
    for (std::size_t i = 0; i < choice.marks.size() && names.size() < contest.max_choices; ++i) {
      if (chance(25)) continue;
      choice.marks[i] = tally::Mark::approve;
      names.push_back(contest.candidates[i].name);
    }
    t_.minutes -= t_.minutes % 60;
    const std::string said = t_.offer(t_.cast_entry(t_.seal(slip, k, {choice}), slip));
    if (!said.empty()) mismatch_ = "a ballot of " + id + ": " + said;
    s.ballots.push_back(std::move(names));
    return;
  }
}

void Walk::end_kiosk(const std::string& id, const std::string& kiosk) {
  const auto held = std::find_if(t_.kiosks.begin(), t_.kiosks.end(), [&](const auto& k) { return k.id.name == kiosk; });
  if (held == t_.kiosks.end()) return;
  const auto& kiosks = t_.fold.state().stage(StageId{id})->kiosks;
  const auto now = kiosks.find(held->id);
  const std::uint64_t last = now == kiosks.end() ? 0 : now->second.next - 1;
  const bool wrong = chance(5);
  const bool lost = chance(20);
  const election::KioskEndBody body{StageId{id}, held->id, last + (wrong ? 1 : 0), lost ? "掉电" : ""};
  const bool may = w_.may_end_kiosk(id, kiosk) && !wrong;
  const bool taken = lost ? offer(Kind::kiosk_lost, body.encode(), two(), may, id)
                          : offer(Kind::kiosk_final, body.encode(), {&held->signing}, may, id);
  if (taken) w_.stages.at(id).ended.insert(kiosk);
}

void Walk::close(const std::string& id) {
  t_.enter(StageId{id});
  election::CloseBody body;
  body.stage = StageId{id};
  if (t_.stage().phase == election::Phase::open) body = t_.close_body();
  if (offer(Kind::close, body.encode(), two(), w_.may_close(id), id)) w_.stages.at(id).phase = Phase::closing;
}

void Walk::agree_close(const std::string& id, std::uint32_t t) {
  const election::AgreementBody body{StageId{id}, TrusteeIndex{t}, t_.fold.state().stage(StageId{id})->tctx};
  if (!offer(Kind::close_agreed, body.encode(), {&t_.trustees[t - 1].signing}, w_.may_agree_close(id, t), id)) return;
  model::Stage& s = w_.stages.at(id);
  s.close_agreed.insert(t);
  if (s.close_agreed.size() >= w_.threshold) s.phase = Phase::tallying;
}

void Walk::mix(const std::string& id, std::uint32_t t) {
  t_.enter(StageId{id});
  const bool may = w_.may_mix(id, t);
  const auto& contest = t_.stage().contests[0];
  const MixPosition position{static_cast<std::uint32_t>(contest.mixers.size()) + 1};
  election::MixBody body{StageId{id}, contest_of(id), position, TrusteeIndex{t}, {}};
  if (may) {
    const protocol::MixStatement what{t_.stage().tctx, contest_of(id), position, TrusteeIndex{t}, t_.public_key()};
    body.record = t_.objects.put(protocol::make_mix(what, contest.list, 1).encode());
  }
  if (offer(Kind::mix, body.encode(), {&t_.trustees[t - 1].signing}, may, id)) w_.stages.at(id).mixed.insert(t);
}

void Walk::decrypt(const std::string& id, std::uint32_t t) {
  t_.enter(StageId{id});
  const bool may = w_.may_decrypt(id, t);
  election::DecryptionBody body{StageId{id}, contest_of(id), TrusteeIndex{t}, {}};
  if (may) {
    const protocol::DecryptionStatement what{t_.stage().tctx, contest_of(id), TrusteeIndex{t}, t_.public_key(),
                                             t_.stage().opening->trustee_keys[t - 1]};
    body.record = t_.objects.put(
        protocol::make_decryption(what, t_.stage().contests[0].list, t_.trustees[t - 1].share, 1).encode());
  }
  if (offer(Kind::decryption, body.encode(), {&t_.trustees[t - 1].signing}, may, id))
    w_.stages.at(id).decrypted.insert(t);
}

void Walk::count(const std::string& id) {
  t_.enter(StageId{id});
  const bool may = w_.may_count(id);
  election::CountBody body{StageId{id}, {{contest_of(id), {}, {}}}, {}};
  if (may) {
    const auto& contest = t_.stage().contests[0];
    std::vector<TrusteeIndex> who;
    if (!contest.list.empty()) who.push_back(TrusteeIndex{*w_.stages.at(id).decrypted.begin()});
    const std::vector<std::vector<primitives::Point>> opened = {election::open_ballots(contest, who, 1)};
    body.contests[0].trustees = who;
    body.contests[0].opened = t_.objects.put(election::encode_opened(opened[0], contest.width));
    body.report = t_.objects.put(election::make_report(t_.fold.state(), t_.stage(), opened));
  }
  if (offer(Kind::count, body.encode(), two(), may, id)) w_.stages.at(id).phase = Phase::counted;
}

}  // namespace tuixuan::walk

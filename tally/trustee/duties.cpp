#include "tally/trustee/duties.h"

#include <algorithm>

#include "crypto/codes/client.h"
#include "crypto/protocol/mix.h"
#include "tally/election/digests.h"
#include "tally/election/envelope.h"
#include "tally/election/settlement.h"

namespace tuixuan::trustee {

using election::Kind;
using election::Phase;

Duties::Duties(Device& device, client::Congress& congress, AskPerson ask, Tell tell, unsigned threads)
    : device_(device), congress_(congress), ask_(std::move(ask)), tell_(std::move(tell)), threads_(threads) {}

Result<void> Duties::append(Kind kind, Bytes body) {
  if (congress_.checkpoint()) TUIXUAN_CHECK(device_.remember(*congress_.checkpoint()));
  const Bytes entry =
      election::sign_entry(kind, state().mark(), client::minutes_now(), std::move(body), {&device_.key()});
  return congress_.append(entry).map([](const log::Receipt&) {});
}

Result<Acted> Duties::act(bool out_of_turn) {
  TUIXUAN_CHECK(congress_.sync());
  if (!state().plan) return Acted::nothing;
  TUIXUAN_TRY(me, device_.index_in(*state().plan));
  me_ = me;
  TUIXUAN_TRY(done, ceremony());
  if (done) return Acted::something;
  for (const tally::Stage& plan : state().plan->stages) {
    const election::StageState& stage = *state().stage(plan.id);
    TUIXUAN_TRY(opened, opening(plan, stage));
    if (opened) return Acted::something;
    TUIXUAN_TRY(closed, closing(plan, stage));
    if (closed) return Acted::something;
    TUIXUAN_TRY(mixed, mixing(plan, stage, out_of_turn));
    if (mixed) return Acted::something;
    TUIXUAN_TRY(decrypted, decrypting(plan, stage));
    if (decrypted) return Acted::something;
  }
  return election::is_over(state()) ? Acted::finished : Acted::nothing;
}

// --- key ceremony ----------------------------------------------------------------------------------------------------

template <class T>
static std::vector<T> all_of(const std::vector<std::optional<T>>& messages) {
  std::vector<T> out;
  for (const auto& m : messages) out.push_back(*m);
  return out;
}

Result<bool> Duties::ceremony() {
  const election::CeremonyState& now = state().ceremony;
  if (now.key) return false;
  const std::size_t at = me_.value - 1;
  const protocol::CeremonyParameters p{state().congress, static_cast<std::uint32_t>(state().plan->trustees.size()),
                                       state().plan->threshold};
  const auto body = [&](Bytes message) {
    return election::CeremonyBody{now.attempt, me_, std::move(message)}.encode();
  };
  if (!now.commits[at]) {
    TUIXUAN_TRY(secret, device_.ceremony_secret(now.attempt, p.threshold));
    TUIXUAN_CHECK(append(Kind::ceremony_commit, body(protocol::make_commit(p, me_, secret).encode())));
    tell_("密钥仪式第一步：已交承诺", "key ceremony, step 1: commitment sent");
    return true;
  }
  if (!now.gamma) return false;
  TUIXUAN_TRY(secret, device_.ceremony_secret(now.attempt, p.threshold));
  const auto commits = all_of(now.commits);
  if (!now.shares[at]) {
    const auto share = protocol::make_share(p, *now.gamma, me_, secret, commits);
    TUIXUAN_CHECK(append(Kind::ceremony_share, body(share.encode())));
    tell_("密钥仪式第二步：已交加密的份额", "key ceremony, step 2: encrypted shares sent");
    return true;
  }
  if (!now.transcript || now.confirms[at]) return false;
  const auto x = protocol::open_shares(*now.gamma, me_, secret, commits, all_of(now.shares));
  if (!x) {
    const election::ComplaintBody complaint{now.attempt, me_, x.error().dealer, secret.e.publish()};
    TUIXUAN_CHECK(append(Kind::ceremony_complaint, complaint.encode()));
    tell_("收到的份额不对，已投诉，仪式重来", "a share was wrong: complained, the ceremony starts again");
    return true;
  }
  TUIXUAN_CHECK(device_.keep_share(*x));
  const auto confirm = protocol::make_confirm(*now.transcript, me_, *x);
  TUIXUAN_CHECK(append(Kind::ceremony_confirm, body(confirm.encode())));
  const std::string digits = election::spoken_digest(*now.transcript);
  tell_("密钥仪式完成，请各保管人核对数字：" + digits,
        "key ceremony done; all trustees compare these digits: " + digits);
  return true;
}

// --- agreeing --------------------------------------------------------------------------------------------------------

static tl::unexpected<Error> declined() {
  return fail(code::trustee::declined, "you did not agree; nothing was sent. Call the supervisors, then start again");
}

Result<bool> Duties::opening(const tally::Stage& plan, const election::StageState& stage) {
  if (stage.phase != Phase::proposed || stage.opening_agreed.contains(me_)) return false;
  const Question q{"“" + plan.title.zh + "”开始投票，数字与大家的一致吗？",
                   "open " + plan.title.in("en") + ": are the digits the same as everyone's?",
                   election::spoken_digest(stage.ctx)};
  if (!ask_(q)) return declined();
  TUIXUAN_CHECK(append(Kind::opening_agreed, election::AgreementBody{plan.id, me_, stage.ctx}.encode()));
  tell_("已同意开始投票", "agreed to the opening");
  return true;
}

Result<bool> Duties::closing(const tally::Stage& plan, const election::StageState& stage) {
  if (stage.phase != Phase::closing || stage.close_agreed.contains(me_)) return false;
  const Question q{"“" + plan.title.zh + "”结束投票，收回 " + std::to_string(stage.cast) + " 张，数字与大家的一致吗？",
                   "close " + plan.title.in("en") + " with " + std::to_string(stage.cast) +
                       " ballots: are the digits the same as everyone's?",
                   election::spoken_digest(stage.tctx)};
  if (!ask_(q)) return declined();
  TUIXUAN_CHECK(append(Kind::close_agreed, election::AgreementBody{plan.id, me_, stage.tctx}.encode()));
  tell_("已同意结束投票", "agreed to the close");
  return true;
}

// --- mixing and decrypting -------------------------------------------------------------------------------------------

static bool has_mixed(const election::ContestState& contest, TrusteeIndex t) {
  return std::find(contest.mixers.begin(), contest.mixers.end(), t) != contest.mixers.end();
}

Result<bool> Duties::mixing(const tally::Stage& plan, const election::StageState& stage, bool out_of_turn) {
  if (stage.phase != Phase::tallying) return false;
  for (const election::ContestState& contest : stage.contests) {
    if (contest.list.empty() || contest.mixers.size() >= state().mixers_needed() || has_mixed(contest, me_)) continue;
    bool my_turn = true;
    for (std::uint32_t t = 1; t < me_.value; ++t)
      my_turn = my_turn && (has_mixed(contest, TrusteeIndex{t}) || state().lost_trustees.contains(TrusteeIndex{t}));
    if (!my_turn && !out_of_turn) continue;
    const tally::Contest& rules = state().plan->contests[contest.contest];
    const MixPosition position{static_cast<std::uint32_t>(contest.mixers.size() + 1)};
    tell_("正在混票：" + rules.title.zh, "mixing " + rules.title.in("en"));
    const Bytes record =
        protocol::make_mix({stage.tctx, rules.id, position, me_, stage.opening->public_key}, contest.list, threads_)
            .encode();
    TUIXUAN_CHECK(congress_.put_object(device_.key(), record));
    const election::MixBody body{plan.id, rules.id, position, me_, election::ObjectRef::of(record)};
    TUIXUAN_CHECK(append(Kind::mix, body.encode()));
    return true;
  }
  return false;
}

Result<bool> Duties::decrypting(const tally::Stage& plan, const election::StageState& stage) {
  if (stage.phase != Phase::tallying) return false;
  const tally::Scheme& scheme = *state().plan;
  for (const election::ContestState& contest : stage.contests) {
    if (contest.list.empty() || contest.mixers.size() < state().mixers_needed()) continue;
    if (contest.decryptions.size() >= scheme.threshold || contest.decryptions.contains(me_)) continue;
    TUIXUAN_CHECK(device_.allow_decryption(state(), stage, contest));
    TUIXUAN_TRY(x, device_.share());
    const tally::Contest& rules = scheme.contests[contest.contest];
    tell_("正在解密：" + rules.title.zh, "decrypting " + rules.title.in("en"));
    const protocol::DecryptionStatement statement{stage.tctx, rules.id, me_, stage.opening->public_key,
                                                  stage.opening->trustee_keys[me_.value - 1]};
    const Bytes record = protocol::make_decryption(statement, contest.list, x, threads_).encode();
    TUIXUAN_CHECK(congress_.put_object(device_.key(), record));
    const election::DecryptionBody body{plan.id, rules.id, me_, election::ObjectRef::of(record)};
    TUIXUAN_CHECK(append(Kind::decryption, body.encode()));
    return true;
  }
  return false;
}

}  // namespace tuixuan::trustee

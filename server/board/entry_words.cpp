// What an entry of the log says, for people.
#include "crypto/protocol/ballot.h"
#include "server/board/page.h"
#include "tally/election/decisions.h"
#include "tally/election/thread_bodies.h"

namespace tuixuan::board {

namespace {

using election::Envelope;
using election::Kind;

std::string trustee(const Page& p, TrusteeIndex index) {
  const auto& list = p.state.plan->trustees;
  const std::string name =
      index.value >= 1 && index.value <= list.size() ? esc(list[index.value - 1].name) : n(index.value);
  return p.say("第 ", "trustee ") + n(index.value) + p.say(" 位保管人 ", ": ") + name;
}

// The body as Body, said by `words`; nothing if it cannot be read.
template <class Body, class Words>
std::string say(const Envelope& e, const Words& words) {
  const auto body = Body::decode(e.body);
  return body ? words(*body) : "";
}

std::string ballot(const Page& p, const Envelope& e) {
  return say<election::BallotEntryBody>(e, [&](const auto& b) -> std::string {
    const auto sealed = protocol::BallotBody::decode(b.ballot);
    if (!sealed) return "";
    const Hash64 hash = sealed->hash();
    return p.box_title(sealed->box) + p.say("，投票机 ", ", kiosk ") + esc(sealed->kiosk.name) +
           p.say(" 第 ", " number ") + n(sealed->seq) + p.say(" 张，选票查验码 ", ", tracker ") +
           link(p.to("ballot/" + compact_tracker(hash) + ".html"), protocol::tracker(hash));
  });
}

std::string agreement(const Page& p, const Envelope& e) {
  return say<election::AgreementBody>(
      e, [&](const auto& b) { return p.stage_title(b.stage) + " · " + trustee(p, b.trustee); });
}

std::string opening_day(const Page& p, const Envelope& e) {
  if (e.kind == Kind::slips)
    return say<election::SlipsBody>(e, [&](const auto& b) {
      return p.box_title(b.box) + p.say("，第 ", ", round ") + n(b.round) + p.say(" 轮，", ", slips: ") +
             n(b.list.length / 32) + p.say(" 张", "");
    });
  if (e.kind == Kind::attendance)
    return say<election::AttendanceBody>(e, [&](const auto& b) {
      return p.stage_title(b.there.stage) + p.say("：应到 ", ": expected ") + n(b.there.expected) +
             p.say("，实到 ", ", present ") + n(b.there.present);
    });
  if (e.kind == Kind::opening)
    return say<election::OpeningBody>(e, [&](const auto& b) { return p.stage_title(b.stage); });
  return say<election::VoidSlipBody>(
      e, [&](const auto& b) { return p.stage_title(b.stage) + p.say("；理由：", "; because: ") + esc(b.reason); });
}

std::string closing(const Page& p, const Envelope& e) {
  if (e.kind == Kind::close)
    return say<election::CloseBody>(e, [&](const auto& b) {
      return p.stage_title(b.stage) + p.say("：投出 ", ": cast ") + n(b.cast) + p.say("，查验 ", ", challenged ") +
             n(b.challenged) + p.say("，未投 ", ", abandoned ") + n(b.abandoned) +
             p.say("，作废凭条 ", ", slips voided ") + n(b.voided);
    });
  return say<election::KioskEndBody>(e, [&](const auto& b) {
    return p.stage_title(b.stage) + p.say("，投票机 ", ", kiosk ") + esc(b.kiosk.name) + p.say("，共 ", ", ballots: ") +
           n(b.last) + p.say(" 张", "");
  });
}

std::string tallying(const Page& p, const Envelope& e) {
  if (e.kind == Kind::mix)
    return say<election::MixBody>(e, [&](const auto& b) {
      return p.contest_title(b.contest) + p.say("，第 ", ", pass ") + n(b.position.value) + p.say(" 次，", ", ") +
             trustee(p, b.mixer);
    });
  if (e.kind == Kind::decryption)
    return say<election::DecryptionBody>(
        e, [&](const auto& b) { return p.contest_title(b.contest) + p.say("，", ", ") + trustee(p, b.trustee); });
  return say<election::CountBody>(e, [&](const auto& b) {
    return link(p.to("stage/" + b.stage.name + ".html"), p.say("结果：", "result of ")) + p.stage_title(b.stage);
  });
}

std::string details(const Page& p, const Envelope& e) {
  switch (e.kind) {
    case Kind::ceremony_commit:
    case Kind::ceremony_share:
    case Kind::ceremony_confirm:
      return say<election::CeremonyBody>(e, [&](const auto& b) { return trustee(p, b.trustee); });
    case Kind::ceremony_complaint:
      return say<election::ComplaintBody>(
          e, [&](const auto& b) { return trustee(p, b.complainer) + " → " + trustee(p, b.dealer); });
    case Kind::slips:
    case Kind::attendance:
    case Kind::opening:
    case Kind::void_slip:
      return opening_day(p, e);
    case Kind::opening_agreed:
    case Kind::close_agreed:
      return agreement(p, e);
    case Kind::cast:
    case Kind::challenge:
    case Kind::abandon:
      return ballot(p, e);
    case Kind::kiosk_final:
    case Kind::close:
      return closing(p, e);
    case Kind::mix:
    case Kind::decryption:
    case Kind::count:
      return tallying(p, e);
    default:
      return "";
  }
}

}  // namespace

std::string entry_words(const Page& p, ByteView entry) {
  const auto envelope = Envelope::decode(entry);
  if (!envelope) return p.say("读不懂的内容", "bytes that are no entry");
  const election::KindInfo& kind = election::info(envelope->kind);
  std::string out = el("b", p.say(kind.zh, kind.en));
  if (!p.state.plan) return out;
  std::string more = details(p, *envelope);
  if (const auto decided = election::decision_in_words(entry, p.state, p.site.objects)) more = p.in(*decided);
  if (!more.empty()) out += " " + more;
  return out;
}

}  // namespace tuixuan::board

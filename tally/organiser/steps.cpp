#include "tally/organiser/steps.h"

#include <algorithm>

#include "crypto/codes/organiser.h"
#include "crypto/protocol/slip.h"
#include "tally/election/counting.h"
#include "tally/election/digests.h"
#include "tally/election/envelope.h"
#include "tally/election/widths.h"
#include "tally/forms/slip_sheet.h"
#include "tally/scheme/report_text.h"
#include "tally/scheme/scheme_file.h"

namespace tuixuan::organiser {

using election::Kind;
using election::State;
using primitives::SigningKey;

using Keys = std::span<const SigningKey* const>;

static Result<void> append(client::Congress& congress, Kind kind, Bytes body, Keys keys,
                           std::uint32_t minutes = client::minutes_now()) {
  const Bytes entry = election::sign_entry(kind, congress.state().mark(), minutes, std::move(body), keys);
  TUIXUAN_CHECK(congress.append(entry).map([](const log::Receipt&) {}));
  return congress.sync();
}

static Result<void> append(client::Congress& congress, Kind kind, Bytes body, const SigningKey& key) {
  const SigningKey* one[] = {&key};
  return append(congress, kind, std::move(body), one);
}

Result<void> append_agreed(client::Congress& congress, Kind kind, Bytes body, const Supervisors& supervisors,
                           const std::string& text) {
  if (supervisors.as_of && !congress.state().plan->rehearsal)
    return fail(code::step::rehearsal, "only a rehearsal may claim another time than now / 只有演练可以预演日期");
  if (!supervisors.agree(text)) return fail(code::step::declined, "the supervisors did not agree; nothing was signed");
  std::vector<const SigningKey*> keys;
  for (const SigningKey& key : supervisors.keys) keys.push_back(&key);
  return append(congress, kind, std::move(body), Keys(keys), supervisors.as_of.value_or(client::minutes_now()));
}

static std::string title_of(const State& state, const StageId& id) {
  const tally::Stage* stage = state.plan->stage(id);
  return stage != nullptr ? "“" + stage->title.zh + "” (" + stage->title.in("en") + ")" : id.name;
}

static Result<const election::StageState*> stage_of(client::Congress& congress, const StageId& id) {
  TUIXUAN_CHECK(congress.sync());
  if (!congress.state().plan) return fail(code::step::scheme, "the log has no scheme yet");
  const election::StageState* stage = congress.state().stage(id);
  if (stage == nullptr) return fail(code::step::stage, "the scheme has no stage \"" + id.name + "\"");
  return stage;
}

// --- before voting ---------------------------------------------------------------------------------------------------

Result<client::CongressCard> found_congress(const std::string& server, const Sha256& pin, ByteView file,
                                            const SigningKey& organiser) {
  TUIXUAN_TRY(scheme, election::read_scheme(file));
  if (scheme.organiser_key != organiser.verify_key().bytes)
    return fail(code::step::scheme, "this key is not the organiser's of the scheme");
  if (scheme.server_pin != pin) return fail(code::step::scheme, "the scheme names another server than the one given");
  const log::NoteKey log{scheme.log.origin, log::KeyType::kEd25519, primitives::VerifyKey{scheme.log.key}};
  client::CongressCard card{server, pin.bytes, log::format_vkey(log), organiser.verify_key().bytes};
  TUIXUAN_TRY(congress, client::Congress::join(card, std::chrono::seconds(30), 1));
  TUIXUAN_CHECK(congress->sync());
  const Hash64 digest = protocol::draft_digest(file);
  if (congress->state().plan) {
    if (congress->state().congress == digest) return card;
    return fail(code::step::scheme,
                "这个服务器的日志已有另一份选举办法，请新建一个服务器 / the log of this server has another scheme "
                "already; make a new server for this one");
  }
  TUIXUAN_CHECK(congress->put_object(organiser, file));
  const Bytes entry = election::sign_entry(Kind::scheme, {digest, scheme.rehearsal}, client::minutes_now(),
                                           election::SchemeBody{election::ObjectRef::of(file)}.encode(), {&organiser});
  TUIXUAN_CHECK(congress->append(entry).map([](const log::Receipt&) {}));
  return card;
}

static Result<Bytes> print_sheet(const tally::Scheme& scheme, const BoxId& id, std::uint8_t round,
                                 const std::vector<std::string>& codes) {
  forms::SlipSheet sheet{scheme.congress.title, {}, round, codes, scheme.rehearsal};
  if (const tally::Box* box = scheme.box(id)) sheet.box = box->title;
  if (sheet.box.zh.empty()) return fail(code::step::box, "the scheme has no box \"" + id.name + "\"");
  return forms::print_slips(sheet);
}

static Result<void> publish_slips(client::Congress& congress, const BoxId& box, std::uint8_t round,
                                  std::span<const protocol::Slip> slips, const SigningKey& desk) {
  std::vector<primitives::VerifyKey> credentials;
  for (const protocol::Slip& slip : slips)
    credentials.push_back(slip.credential(congress.state().congress, round).verify_key());
  std::sort(credentials.begin(), credentials.end());
  Bytes list;
  for (const auto& c : credentials) list.insert(list.end(), c.bytes.begin(), c.bytes.end());
  TUIXUAN_CHECK(congress.put_object(desk, list));
  const election::SlipsBody body{box, round, election::ObjectRef::of(list)};
  return append(congress, Kind::slips, body.encode(), desk);
}

Result<void> make_slips(client::Congress& congress, const BoxId& box, std::span<const std::uint8_t> rounds,
                        std::size_t count, const SigningKey& desk,
                        const std::function<Result<void>(const PrintedSlips&)>& keep) {
  TUIXUAN_CHECK(congress.sync());
  const election::State& state = congress.state();
  if (!state.plan) return fail(code::step::scheme, "the log has no scheme yet");
  if (rounds.empty() || count == 0) return fail(code::step::slips, "say how many slips, and for which rounds");
  for (const std::uint8_t round : rounds)
    if (state.slip_lists.contains({box, round}))
      return fail(code::step::slips, "票箱“" + box.name + "”已有第 " + std::to_string(round) + " 轮凭条 / box " +
                                         box.name + " has its slips of round " + std::to_string(round) + " already");
  std::vector<protocol::Slip> slips;
  PrintedSlips printed;
  for (std::size_t i = 0; i < count; ++i) {
    slips.push_back(protocol::Slip::random());
    printed.codes.push_back(slips.back().text());
  }
  TUIXUAN_TRY(sheet, print_sheet(*state.plan, box, rounds.front(), printed.codes));
  printed.sheet = std::move(sheet);
  TUIXUAN_CHECK(keep(printed));
  for (const std::uint8_t round : rounds) TUIXUAN_CHECK(publish_slips(congress, box, round, slips, desk));
  return {};
}

Result<void> take_attendance(client::Congress& congress, const tally::Attendance& there,
                             const Supervisors& supervisors) {
  TUIXUAN_CHECK(stage_of(congress, there.stage).map([](const auto*) {}));
  const std::string n[] = {std::to_string(there.expected), std::to_string(there.present)};
  return append_agreed(congress, Kind::attendance, election::AttendanceBody{there}.encode(), supervisors,
                       title_of(congress.state(), there.stage) + "\n应到 " + n[0] + "，实到 " + n[1] + "\nexpected " +
                           n[0] + ", present " + n[1]);
}

Result<Hash64> open_stage(client::Congress& congress, const StageId& id, const Supervisors& supervisors) {
  TUIXUAN_TRY(stage, stage_of(congress, id));
  const election::State& state = congress.state();
  if (!state.ceremony.key) return fail(code::step::early, "the trustees' key ceremony is not finished");
  const tally::Stage& plan = state.plan->stages[stage->stage];
  std::vector<election::OpeningBox> boxes;
  for (const BoxId& box : plan.boxes) {
    const auto list = state.slip_lists.find({box, plan.round});
    if (list == state.slip_lists.end())
      return fail(code::step::early,
                  "box " + box.name + " has no slips of round " + std::to_string(plan.round) + " yet");
    boxes.push_back({box, list->second.object, list->second.credentials.size()});
  }
  const election::OpeningBody body{id,
                                   std::move(boxes),
                                   state.tree.size(),
                                   state.tree.root(),
                                   *state.ceremony.transcript,
                                   state.ceremony.key->public_key,
                                   state.ceremony.key->trustee_keys};
  std::string text = title_of(state, id) + "\n开始投票，凭条数：\nopening; slips:";
  for (const election::OpeningBox& box : body.boxes) text += " " + box.box.name + " " + std::to_string(box.slip_count);
  const Bytes bytes = body.encode();
  text += "\n" + election::spoken_digest(election::opening_digest(state.congress, bytes));
  TUIXUAN_CHECK(append_agreed(congress, Kind::opening, bytes, supervisors, text));
  return congress.state().stage(id)->ctx;
}

// --- while voting, and its end ---------------------------------------------------------------------------------------

Result<void> void_slip(client::Congress& congress, const StageId& id, std::string_view code, const std::string& reason,
                       const Supervisors& supervisors) {
  TUIXUAN_TRY(stage, stage_of(congress, id));
  TUIXUAN_TRY(slip, protocol::Slip::parse(code));
  const std::uint8_t round = congress.state().plan->stages[stage->stage].round;
  const auto credential = slip.credential(congress.state().congress, round).verify_key();
  return append_agreed(congress, Kind::void_slip, election::VoidSlipBody{id, credential, reason}.encode(), supervisors,
                       title_of(congress.state(), id) + "\n作废一张凭条：" + reason + "\nvoid one slip: " + reason);
}

Result<void> declare_kiosk_lost(client::Congress& congress, const StageId& id, const KioskId& kiosk,
                                const std::string& reason, const Supervisors& supervisors) {
  TUIXUAN_TRY(stage, stage_of(congress, id));
  const auto it = stage->kiosks.find(kiosk);
  if (it == stage->kiosks.end()) return fail(code::step::kiosk, "kiosk " + kiosk.name + " does not serve this stage");
  const election::KioskEndBody body{id, kiosk, it->second.next - 1, reason};
  return append_agreed(congress, Kind::kiosk_lost, body.encode(), supervisors,
                       title_of(congress.state(), id) + "\n宣布投票机失联：" + kiosk.name + "，记录中有 " +
                           std::to_string(body.last) + " 张\nkiosk " + kiosk.name +
                           " is lost; ballots of it on the log: " + std::to_string(body.last));
}

Result<void> declare_trustee_lost(client::Congress& congress, TrusteeIndex trustee, const std::string& reason,
                                  const Supervisors& supervisors) {
  TUIXUAN_CHECK(congress.sync());
  const std::string number = std::to_string(trustee.value);
  return append_agreed(congress, Kind::trustee_lost, election::TrusteeLostBody{trustee, reason}.encode(), supervisors,
                       "宣布密钥保管人失联：第 " + number + " 位\ntrustee " + number + " is lost");
}

static Result<std::vector<election::BoxAccount>> accounts(const tally::Stage& plan, const election::StageState& stage,
                                                          std::span<const BoxPapers> papers) {
  std::vector<election::BoxAccount> out;
  for (std::size_t i = 0; i < plan.boxes.size(); ++i) {
    const auto p =
        std::find_if(papers.begin(), papers.end(), [&](const BoxPapers& b) { return b.box == plan.boxes[i]; });
    if (p == papers.end()) return fail(code::step::box, "the papers of box " + plan.boxes[i].name + " are not given");
    out.push_back({p->box, p->checked_in, p->issued, p->unused, stage.voided_of_box[i], stage.cast_of_box[i]});
  }
  return out;
}

static std::string close_text(const State& state, const election::CloseBody& body) {
  std::string out = title_of(state, body.stage) + "\n结束投票 / closing\n";
  for (const election::BoxAccount& b : body.boxes)
    out += "票箱 " + b.box.name + "：到场 " + std::to_string(b.checked_in) + "，发出 " + std::to_string(b.issued) +
           "，剩余 " + std::to_string(b.unused) + "，作废 " + std::to_string(b.voided) + "，收回 " +
           std::to_string(b.cast) + "\nbox " + b.box.name + ": came " + std::to_string(b.checked_in) + ", issued " +
           std::to_string(b.issued) + ", unused " + std::to_string(b.unused) + ", voided " + std::to_string(b.voided) +
           ", cast " + std::to_string(b.cast) + "\n";
  if (!body.struck.empty())
    out += "无效记录 " + std::to_string(body.struck.size()) +
           " 条\nstruck entries: " + std::to_string(body.struck.size()) + "\n";
  return out;
}

Result<Hash64> close_stage(client::Congress& congress, const StageId& id, std::span<const BoxPapers> papers,
                           const Supervisors& supervisors) {
  TUIXUAN_TRY(stage, stage_of(congress, id));
  const election::State& state = congress.state();
  if (stage->phase != election::Phase::open) return fail(code::step::early, "stage " + id.name + " is not open");
  TUIXUAN_TRY(boxes, accounts(state.plan->stages[stage->stage], *stage, papers));
  election::CloseBody body{id,
                           state.tree.size(),
                           state.tree.root(),
                           stage->cast,
                           stage->challenged,
                           stage->abandoned,
                           stage->voided,
                           std::move(boxes),
                           {},
                           {}};
  for (const tally::Kiosk& kiosk : state.plan->kiosks)
    if (const auto it = stage->kiosks.find(kiosk.id); it != stage->kiosks.end())
      body.kiosks.push_back({kiosk.id, it->second.last.value_or(0)});
  for (const auto& [index, why] : stage->struck) body.struck.push_back(index);
  const Bytes bytes = body.encode();
  TUIXUAN_CHECK(
      append_agreed(congress, Kind::close, bytes, supervisors,
                    close_text(state, body) + election::spoken_digest(election::close_digest(stage->ctx, bytes))));
  return congress.state().stage(id)->tctx;
}

// --- counting --------------------------------------------------------------------------------------------------------

static Result<std::vector<TrusteeIndex>> decryptors(const tally::Scheme& scheme,
                                                    const election::ContestState& contest) {
  std::vector<TrusteeIndex> out;
  for (const auto& [trustee, factors] : contest.decryptions)
    if (out.size() < scheme.threshold) out.push_back(trustee);
  if (!contest.list.empty() && out.size() < scheme.threshold)
    return fail(code::step::early, "contest " + scheme.contests[contest.contest].id.name + " has " +
                                       std::to_string(out.size()) + " of " + std::to_string(scheme.threshold) +
                                       " partial decryptions");
  return out;
}

Result<OpenedStage> open_and_count(const State& state, const StageId& id, unsigned threads) {
  const election::StageState* stage = state.plan ? state.stage(id) : nullptr;
  if (stage == nullptr) return fail(code::step::stage, "the scheme has no stage \"" + id.name + "\"");
  const tally::Scheme& rules = *state.plan;
  if (stage->phase != election::Phase::tallying)
    return fail(code::step::early, "stage " + id.name + " is not closed and agreed, or counted already");
  OpenedStage out;
  std::vector<std::vector<primitives::Point>> opened;
  for (const election::ContestState& contest : stage->contests) {
    TUIXUAN_TRY(who, decryptors(rules, contest));
    if (contest.list.empty()) who.clear();
    opened.push_back(election::open_ballots(contest, who, threads));
    out.points.push_back(election::encode_opened(opened.back(), contest.width));
    out.trustees.push_back(std::move(who));
  }
  out.report = election::make_report(state, *stage, opened);
  return out;
}

Result<scheme::Report> count_stage(client::Congress& congress, const StageId& id, const Supervisors& supervisors,
                                   unsigned threads) {
  TUIXUAN_TRY(stage, stage_of(congress, id));
  TUIXUAN_TRY(now, open_and_count(congress.state(), id, threads));
  const tally::Scheme& rules = *congress.state().plan;
  election::CountBody body{id, {}, {}};
  for (std::size_t i = 0; i < now.points.size(); ++i) {
    TUIXUAN_CHECK(congress.put_object(supervisors.keys[0], now.points[i]));
    body.contests.push_back(
        {rules.contests[stage->contests[i].contest].id, now.trustees[i], election::ObjectRef::of(now.points[i])});
  }
  TUIXUAN_TRY(result, scheme::parse_report(now.report));
  TUIXUAN_CHECK(congress.put_object(supervisors.keys[0], now.report));
  body.report = election::ObjectRef::of(now.report);
  TUIXUAN_CHECK(
      append_agreed(congress, Kind::count, body.encode(), supervisors, scheme::report_text(rules, result, "zh")));
  return std::move(result);
}

}  // namespace tuixuan::organiser

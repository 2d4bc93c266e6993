#include "tally/election/decisions.h"

#include "tally/count/reasons.h"
#include "tally/election/settlement.h"
#include "tally/election/thread_bodies.h"
#include "tally/scheme/beijing_time.h"
#include "tally/scheme/proposal.h"
#include "tally/scheme/stage_file.h"

namespace tuixuan::election {

using tally::Text;

namespace {

std::string n(std::uint64_t value) { return std::to_string(value); }

// One way to say the body of one kind.
class Words {
 public:
  Words(const State& state, const Objects& objects) : s_(state), objects_(objects) {}
  std::optional<Text> of(const Envelope& e) const;

 private:
  template <class Body, class Say>
  std::optional<Text> say(const Envelope& e, const Say& words) const {
    const auto body = Body::decode(e.body);
    if (!body) return std::nullopt;
    return words(*body);
  }
  // “title” of a stage, a contest or a combination; its id if it has none.
  Text stage(const StageId& id) const { return title(s_.plan->stage(id), id.name); }
  Text contest(const ContestId& id) const { return title(s_.plan->contest(id), id.name); }
  Text combination(const tally::CombinationId& id) const { return title(s_.plan->combination(id), id.name); }
  template <class Item>
  static Text title(const Item* item, const std::string& id) {
    return item != nullptr ? quoted(item->title) : Text{id, id};
  }
  static Text quoted(const Text& title) { return {"“" + title.zh + "”", "“" + title.in("en") + "”"}; }
  static std::string list(const std::vector<std::string>& names, const char* between) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : between) + name;
    return out;
  }

  std::optional<Text> people(const Envelope&) const;
  std::optional<Text> candidates(const Envelope&) const;
  std::optional<Text> result(const Envelope&) const;
  std::optional<Text> report(const Envelope&) const;
  std::optional<Text> added(const StageAddedBody&) const;
  std::optional<Text> shortlisted(const ShortlistBody&) const;

  const State& s_;
  const Objects& objects_;
};

// --- people and machines ---------------------------------------------------------------------------------------------

Text role_word(Role role) {
  switch (role) {
    case Role::organiser:
      return {"组织者", "organiser"};
    case Role::chair:
      return {"主持人", "chair"};
    case Role::desk:
      return {"领票处", "desk"};
    case Role::supervisor:
      return {"监票人", "supervisor"};
    case Role::auditor:
      return {"审核人", "auditor"};
  }
  return {"", ""};
}

std::optional<Text> Words::people(const Envelope& e) const {
  if (e.kind == Kind::kiosk_lost)
    return say<KioskEndBody>(e, [&](const KioskEndBody& b) {
      return Text{
          "投票机 " + b.kiosk.name + " 失效，此前送达 " + n(b.last) + " 张；理由：" + b.reason,
          "kiosk " + b.kiosk.name + " is lost, " + n(b.last) + " ballots delivered before; because: " + b.reason};
    });
  if (e.kind == Kind::trustee_lost)
    return say<TrusteeLostBody>(e, [&](const TrusteeLostBody& b) {
      return Text{"第 " + n(b.trustee.value) + " 位密钥保管人缺席；理由：" + b.reason,
                  "trustee " + n(b.trustee.value) + " is lost; because: " + b.reason};
    });
  if (e.kind == Kind::enrolment)
    return say<EnrolmentBody>(e, [&](const EnrolmentBody& b) {
      return Text{"登记投票机 " + b.kiosk.name + "（票箱 " + b.box.name + "）；理由：" + b.reason,
                  "kiosk " + b.kiosk.name + " is enrolled for box " + b.box.name + "; because: " + b.reason};
    });
  if (e.kind == Kind::key_replaced)
    return say<KeyReplacedBody>(e, [&](const KeyReplacedBody& b) {
      const Text role = role_word(b.role);
      return Text{"更换" + role.zh + "的密钥；理由：" + b.reason,
                  "the key of a " + role.en + " is replaced; because: " + b.reason};
    });
  return say<ReasonBody>(e, [&](const ReasonBody& b) {  // small_group
    const Text at = stage(b.stage);
    return Text{at.zh + "人数较少，决定仍然开票；理由：" + b.reason,
                "the few ballots of " + at.en + " are opened all the same; because: " + b.reason};
  });
}

// --- candidates ------------------------------------------------------------------------------------------------------

std::optional<Text> Words::shortlisted(const ShortlistBody& b) const {
  const Text name = combination(b.combination);
  std::vector<std::string> proposed;
  const auto file = objects_.load(b.proposal);
  if (!file) return std::nullopt;
  const auto proposal = scheme::parse_proposal(*file);
  if (!proposal) return std::nullopt;
  for (const tally::CombinedPerson& p : proposal->result.persons)
    if (p.proposal == tally::Proposal::proposed) proposed.push_back(p.name);
  return Text{name.zh + "汇总，建议人选：" + list(proposed, "、"),
              name.en + " combined; proposed: " + list(proposed, ", ")};
}

std::optional<Text> Words::candidates(const Envelope& e) const {
  if (e.kind == Kind::superior_recommendation)
    return say<SuperiorRecommendationBody>(e, [&](const auto& b) {
      std::vector<std::string> people;
      for (const tally::Points& p : b.points) people.push_back(p.name + " " + n(p.points));
      const Text name = combination(b.combination);
      return Text{
          name.zh + "：上级党组织推荐（分值）" + list(people, "、") + "；理由：" + b.reason,
          name.en + ": recommended by the superior body, in points: " + list(people, ", ") + "; because: " + b.reason};
    });
  if (e.kind == Kind::shortlist) return say<ShortlistBody>(e, [&](const auto& b) { return shortlisted(b); });
  if (e.kind == Kind::candidates)
    return say<CandidatesBody>(e, [&](const auto& b) {
      std::vector<std::string> people;
      for (const DecidedCandidate& k : b.candidates)
        people.push_back(tally::label(k.name, k.note) + (k.reason.empty() ? "" : "（" + k.reason + "）"));
      const Text name = contest(b.contest);
      return Text{name.zh + "候选人，" + b.reference + "：" + list(people, "、"),
                  "candidates of " + name.en + ", " + b.reference + ": " + list(people, ", ")};
    });
  if (e.kind == Kind::notice)
    return say<NoticeBody>(e, [&](const NoticeBody& b) {
      const Text at = stage(b.stage);
      const std::string from = scheme::beijing_time(b.from);
      const std::string until = scheme::beijing_time(b.until);
      return Text{at.zh + "公示：" + from + " 至 " + until + "；异议请送：" + b.address,
                  "notice of " + at.en + " from " + from + " to " + until + "; objections to: " + b.address};
    });
  if (e.kind == Kind::objection)
    return say<ObjectionBody>(e, [&](const ObjectionBody& b) {
      return Text{"对第 " + n(b.notice) + " 条公示的异议：" + b.summary,
                  "objection to the notice at entry " + n(b.notice) + ": " + b.summary};
    });
  return say<ObjectionAnsweredBody>(e, [&](const ObjectionAnsweredBody& b) {
    return Text{
        "第 " + n(b.objection) + " 条异议" + (b.upheld ? "成立：" : "不成立：") + b.answer,
        "the objection at entry " + n(b.objection) + (b.upheld ? " is upheld: " : " is not upheld: ") + b.answer};
  });
}

// --- what follows a result -------------------------------------------------------------------------------------------

Text follow_word(tally::FollowKind kind) {
  switch (kind) {
    case tally::FollowKind::run_off:
      return {"对得票相同者重新投票", "run-off between the tied"};
    case tally::FollowKind::new_round:
      return {"另行选举空缺名额", "new round for the empty seats"};
    case tally::FollowKind::renominate:
      return {"重新提名后选举空缺名额", "new nominations for the empty seats"};
    case tally::FollowKind::repeat:
      return {"重新进行该项投票", "the same vote again"};
  }
  return {"", ""};
}

std::optional<Text> Words::added(const StageAddedBody& b) const {
  const auto file = objects_.load(b.stage);
  if (!file) return std::nullopt;
  const auto parsed = scheme::parse_stage(*file);
  if (!parsed.added) return std::nullopt;
  Text out{"增加环节“" + parsed.added->stage.title.zh + "”：",
           "stage “" + parsed.added->stage.title.in("en") + "” added: "};
  bool first = true;
  for (const tally::Contest& k : parsed.added->contests) {
    if (!k.follows) return std::nullopt;
    const Text of = contest(k.follows->contest);
    const Text how = follow_word(k.follows->kind);
    std::vector<std::string> people;
    for (const tally::Candidate& c : k.candidates) people.push_back(tally::label(c.name, c.note));
    out.zh += (first ? "" : "；") + of.zh + how.zh + "，名额 " + n(k.seats) + "：" + list(people, "、");
    out.en += (first ? "" : "; ") + of.en + ", " + how.en + ", seats " + n(k.seats) + ": " + list(people, ", ");
    first = false;
  }
  return out;
}

std::optional<Text> Words::result(const Envelope& e) const {
  if (e.kind == Kind::spellings)
    return say<SpellingsBody>(e, [&](const SpellingsBody& b) {
      const Text name = contest(b.contest);
      Text out{name.zh + "另选人姓名归并：", "spellings merged in " + name.en + ": "};
      for (std::size_t i = 0; i < b.names.size(); ++i) {
        out.zh += (i == 0 ? "" : "，") + b.names[i].first + " 即 " + b.names[i].second;
        out.en += (i == 0 ? "" : ", ") + b.names[i].first + " is " + b.names[i].second;
      }
      return out;
    });
  if (e.kind == Kind::base_confirmed)
    return say<BaseConfirmedBody>(e, [&](const BaseConfirmedBody& b) {
      const Text name = contest(b.contest);
      const Text base = tally::word(b.base);
      return Text{name.zh + "过半数以" + base.zh + "为基数", "the majority in " + name.en + " is of " + base.en};
    });
  if (e.kind == Kind::stage_added) return say<StageAddedBody>(e, [&](const auto& b) { return added(b); });
  if (e.kind == Kind::seats_reduced)
    return say<SeatsReducedBody>(e, [&](const SeatsReducedBody& b) {
      const Text name = contest(b.contest);
      return Text{name.zh + "经大会同意减少名额 " + n(b.seats) + " 名，赞成 " + n(b.votes_for) + " 人",
                  "the meeting leaves seats of " + name.en + " empty: " + n(b.seats) +
                      ", with votes for it: " + n(b.votes_for)};
    });
  if (e.kind == Kind::tie_decided)
    return say<TieDecidedBody>(e, [&](const TieDecidedBody& b) {
      const Text name = contest(b.contest);
      return Text{name.zh + "得票相同，上级决定：" + list(b.elected, "、") + "（" + b.reference + "）",
                  "of the tied in " + name.en + " the superior body decides for: " + list(b.elected, ", ") + " (" +
                      b.reference + ")"};
    });
  return say<ReasonBody>(e, [&](const ReasonBody& b) {
    const Text at = stage(b.stage);
    const bool counted = e.kind == Kind::result_voided;
    return Text{at.zh + (counted ? "的结果由上级宣布无效；理由：" : "作废；理由：") + b.reason,
                (counted ? "the superior body voids the result of " : "voided: ") + at.en + "; because: " + b.reason};
  });
}

// --- report and answer -----------------------------------------------------------------------------------------------

std::optional<Text> Words::report(const Envelope& e) const {
  if (e.kind == Kind::report_up) return Text{"结果报上级批准、备案", "the result is reported to the superior body"};
  if (e.kind == Kind::countersign)
    return say<CountersignBody>(e, [&](const CountersignBody& b) {
      if (b.accepted) return Text{"上级批复同意：" + b.reference, "accepted by the superior body: " + b.reference};
      return Text{"上级退回：" + b.reason, "sent back by the superior body: " + b.reason};
    });
  return say<AuditBody>(e, [&](const AuditBody& b) {
    return Text{"审核至第 " + n(b.log_size) + " 条，" + (b.holds ? "无误：" : "有异议：") + b.findings,
                "audited up to entry " + n(b.log_size) + (b.holds ? ", holds: " : ", objects: ") + b.findings};
  });
}

std::optional<Text> Words::of(const Envelope& e) const {
  switch (e.kind) {
    case Kind::kiosk_lost:
    case Kind::trustee_lost:
    case Kind::enrolment:
    case Kind::key_replaced:
    case Kind::small_group:
      return people(e);
    case Kind::superior_recommendation:
    case Kind::shortlist:
    case Kind::candidates:
    case Kind::notice:
    case Kind::objection:
    case Kind::objection_answered:
      return candidates(e);
    case Kind::spellings:
    case Kind::stage_voided:
    case Kind::result_voided:
    case Kind::base_confirmed:
    case Kind::stage_added:
    case Kind::seats_reduced:
    case Kind::tie_decided:
      return result(e);
    case Kind::report_up:
    case Kind::countersign:
    case Kind::audit:
      return report(e);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<Text> decision_in_words(ByteView entry, const State& state, const Objects& objects) {
  const auto envelope = Envelope::decode(entry);
  if (!envelope || !state.plan) return std::nullopt;
  return Words(state, objects).of(*envelope);
}

}  // namespace tuixuan::election

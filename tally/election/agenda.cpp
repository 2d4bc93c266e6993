#include "tally/election/agenda.h"

#include <algorithm>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "tally/election/rules.h"
#include "tally/election/settlement.h"

namespace tuixuan::election {

namespace {

class Agenda {
 public:
  Agenda(const State& state, std::uint32_t minutes) : s_(state), minutes_(minutes) {}

  std::vector<Due> run() && {
    if (!s_.plan) {
      due(Who::organiser, "found", {}, "", "把选举办法冻结为第一条记录", "freeze the scheme as the first entry");
      return std::move(out_);
    }
    if (is_over(s_)) return {};
    ceremony();
    for (const tally::Combination& k : s_.plan->combinations) combination(k);
    for (const tally::Stage& plan : s_.plan->stages) stage(plan, *s_.stage(plan.id));
    for (const tally::Contest& c : s_.plan->contests)
      if (!c.follows)
        for (const OpenMatter& m : standing_of(s_, c.id).open) matter(m);
    report();
    return std::move(out_);
  }

 private:
  void due(Who who, std::string step, const StageId& stage, std::string about, std::string zh, std::string en) {
    out_.push_back({who, std::move(step), stage, std::move(about), {std::move(zh), std::move(en)}});
  }
  static std::string n(std::uint64_t v) { return std::to_string(v); }

  void ceremony() {
    if (s_.ceremony.key) return;
    for (std::size_t i = 0; i < s_.plan->trustees.size(); ++i) {
      const bool done = !s_.ceremony.commits[i]                              ? false
                        : s_.ceremony.gamma && !s_.ceremony.shares[i]        ? false
                        : s_.ceremony.transcript && !s_.ceremony.confirms[i] ? false
                                                                             : true;
      if (!done)
        due(Who::trustees, "ceremony", {}, n(i + 1), "密钥仪式：等待第 " + n(i + 1) + " 位保管人",
            "key ceremony: waiting for trustee " + n(i + 1));
    }
  }

  void combination(const tally::Combination& k) {
    if (s_.proposals.contains(k.id)) return;
    for (const tally::Source& source : k.sources)
      if (!settled_result_of(s_, source.contest)) return;
    if (k.superior_weight > 0 && !s_.recommended.contains(k.id))
      due(Who::superior, "recommend", {}, k.id.name, "“" + k.title.zh + "”：等待上级党组织推荐",
          k.title.in("en") + ": waiting for the superior body's recommendation");
    else
      due(Who::supervisors, "shortlist", {}, k.id.name, "“" + k.title.zh + "”：汇总各方推荐",
          k.title.in("en") + ": combine the recommendations");
  }

  void stage(const tally::Stage& plan, const StageState& now) {
    switch (now.phase) {
      case Phase::planned:
        return planned(plan, now);
      case Phase::proposed:
        return agreeing(plan, now.opening_agreed, s_.plan->trustees.size(), "开始投票", "the opening");
      case Phase::open:
        return open(plan, now);
      case Phase::closing:
        return agreeing(plan, now.close_agreed, s_.plan->threshold, "结束投票", "the close");
      case Phase::tallying:
        return tallying(plan, now);
      case Phase::counted:
      case Phase::voided:
        return;
    }
  }

  // Nothing is told of a stage whose turn has not come.
  void planned(const tally::Stage& plan, const StageState& now) {
    for (const StageId& before : plan.after)
      if (!is_settled(s_, before)) return;
    const std::size_t before = out_.size();
    candidates(plan);
    for (const BoxId& box : plan.boxes)
      if (!s_.slip_lists.contains({box, plan.round}))
        due(Who::desk, "slips", plan.id, box.name, "票箱“" + box.name + "”还没有第 " + n(plan.round) + " 轮凭条",
            "box " + box.name + " has no slips of round " + n(plan.round));
    if (!now.attendance)
      due(Who::supervisors, "attendance", plan.id, "", "“" + plan.title.zh + "”：记录到会人数",
          plan.title.in("en") + ": record the attendance");
    else if (now.attendance->present < plan.min_ballots && !now.small_group)
      due(Who::supervisors, "small-group", plan.id, "",
          "“" + plan.title.zh + "”：到会不足 " + n(plan.min_ballots) + " 人，须决定是否仍然开票",
          plan.title.in("en") + ": fewer than " + n(plan.min_ballots) + " are present; decide whether to go on");
    if (out_.size() != before || !s_.ceremony.key) return;
    if (const auto ready = check_candidates_ready(s_, plan, minutes_); !ready) {
      due(Who::chair, "wait", plan.id, "", "“" + plan.title.zh + "”：公示期未满",
          plan.title.in("en") + ": " + ready.error().what);
      return;
    }
    due(Who::supervisors, "open", plan.id, "", "“" + plan.title.zh + "”：签署开始投票",
        plan.title.in("en") + ": sign the opening");
  }

  void candidates(const tally::Stage& plan) {
    bool decided = true;
    for (const ContestId& id : plan.contests) {
      const tally::Contest& c = *s_.plan->contest(id);
      if (!c.approval || s_.approved.contains(id)) continue;
      decided = false;
      due(Who::superior, "candidates", plan.id, id.name, "“" + c.title.zh + "”：等待上级对候选人的批复",
          c.title.in("en") + ": waiting for the superior body's decision on the candidates");
    }
    for (const auto& [index, objection] : s_.objections)
      if (s_.notices.at(objection.notice).stage == plan.id && !objection.answered)
        due(Who::chair, "answer", plan.id, n(index), "第 " + n(index) + " 条异议尚未处理",
            "the objection at entry " + n(index) + " is not answered");
    if (!decided) return;
    const auto ready = check_candidates_ready(s_, plan, ~std::uint32_t{0});
    if (!ready && ready.error().check == code::C04::missing)
      due(Who::chair, "notice", plan.id, "", "“" + plan.title.zh + "”：候选人尚未公示",
          plan.title.in("en") + ": the candidates have had no notice");
    if (!ready && ready.error().check == code::C04::objections)
      due(Who::superior, "candidates", plan.id, "", "“" + plan.title.zh + "”：异议成立，须重新决定候选人",
          plan.title.in("en") + ": an objection was upheld; decide on the candidates again");
  }

  void agreeing(const tally::Stage& plan, const std::set<TrusteeIndex>& agreed, std::size_t needed,
                const std::string& zh, const std::string& en) {
    if (agreed.size() >= needed) return;
    for (std::uint32_t t = 1; t <= s_.plan->trustees.size(); ++t)
      if (!agreed.contains(TrusteeIndex{t}) && !s_.lost_trustees.contains(TrusteeIndex{t}))
        due(Who::trustees, "agree", plan.id, n(t), "“" + plan.title.zh + "”：等待第 " + n(t) + " 位保管人同意" + zh,
            plan.title.in("en") + ": waiting for trustee " + n(t) + " to agree to " + en);
  }

  void open(const tally::Stage& plan, const StageState& now) {
    bool ended = true;
    for (const auto& [id, kiosk] : now.kiosks) {
      if (kiosk.last) continue;
      ended = false;
      due(Who::kiosks, "vote", plan.id, id.name, "“" + plan.title.zh + "”：投票机 " + id.name + " 正在投票，未交清",
          plan.title.in("en") + ": kiosk " + id.name + " is voting and has not delivered its last ballot");
    }
    if (ended)
      due(Who::supervisors, "close", plan.id, "", "“" + plan.title.zh + "”：清点凭条，签署结束投票",
          plan.title.in("en") + ": count the slips and sign the close");
  }

  void tallying(const tally::Stage& plan, const StageState& now) {
    if (now.cast < plan.min_ballots && !now.small_group)
      return due(Who::supervisors, "small-group", plan.id, "",
                 "“" + plan.title.zh + "”：只收回 " + n(now.cast) + " 张，须决定是否仍然开票",
                 plan.title.in("en") + ": only " + n(now.cast) + " ballots; decide whether to open them");
    bool ready = true;
    for (const ContestState& contest : now.contests) {
      if (contest.list.empty()) continue;
      const tally::Contest& rules = s_.plan->contests[contest.contest];
      const std::string of[] = {"“" + rules.title.zh + "”：", rules.title.in("en") + ": "};
      if (contest.mixers.size() < s_.mixers_needed()) {
        ready = false;
        due(Who::trustees, "mix", plan.id, rules.id.name,
            of[0] + "混票 " + n(contest.mixers.size()) + "/" + n(s_.mixers_needed()),
            of[1] + "mixes " + n(contest.mixers.size()) + " of " + n(s_.mixers_needed()));
      } else if (contest.decryptions.size() < s_.plan->threshold) {
        ready = false;
        due(Who::trustees, "decrypt", plan.id, rules.id.name,
            of[0] + "解密 " + n(contest.decryptions.size()) + "/" + n(s_.plan->threshold),
            of[1] + "decryptions " + n(contest.decryptions.size()) + " of " + n(s_.plan->threshold));
      }
    }
    if (ready)
      due(Who::supervisors, "sign-count", plan.id, "", "“" + plan.title.zh + "”：计票并签署结果",
          plan.title.in("en") + ": count and sign the result");
  }

  void matter(const OpenMatter& m) {
    const tally::Contest& c = *s_.plan->contest(m.contest);
    const Sentences words = sentences_of(m.code);
    const std::string seats = n(m.seats);
    const std::string zh = "“" + c.title.zh + "”：" + std::string(words.zh);
    const std::string en = c.title.in("en") + ": " + std::string(words.en);
    switch (m.code) {
      case code::matter::count:
      case code::matter::office:  // of paper counts alone
      case code::matter::recount:
        return;
      case code::matter::confirm_base:
        return due(Who::supervisors, "confirm-base", m.stage, m.contest.name, zh, en);
      case code::matter::tie:
        return due(Who::superior, "decide-tie", m.stage, m.contest.name, zh, en);
      case code::matter::run_off:
      case code::matter::new_round:
      case code::matter::renominate:
      case code::matter::repeat:
        return due(Who::supervisors, "add-stage", m.stage, m.contest.name,
                   zh + (m.seats > 0 ? "（" + seats + " 名）" : ""), en + (m.seats > 0 ? " (" + seats + ")" : ""));
    }
  }

  void report() {
    if (!s_.plan->chair || !s_.plan->superior_key || !open_matters(s_).empty()) return;
    for (const auto& [id, stage] : s_.stages)
      if (stage.phase != Phase::counted && stage.phase != Phase::voided) return;
    if (s_.reported && !s_.reported->accepted)
      due(Who::superior, "countersign", {}, n(s_.reported->index), "等待上级批复",
          "waiting for the superior body's answer");
    else if (!s_.reported || !*s_.reported->accepted)
      due(Who::chair, "report-up", {}, "", "向上级报批、备案", "report the result to the superior body");
  }

  const State& s_;
  const std::uint32_t minutes_;
  std::vector<Due> out_;
};

}  // namespace

std::vector<Due> agenda(const State& state, std::uint32_t minutes) { return Agenda(state, minutes).run(); }

std::string_view name_of(Who who) {
  static constexpr std::string_view kNames[] = {"organiser", "desk",  "supervisors", "trustees",
                                                "kiosks",    "chair", "superior"};
  return kNames[static_cast<std::size_t>(who)];
}

tally::Text title_of(Who who) {
  static constexpr const char* kTitles[] = {"组织者", "领票处", "监票人",    "密钥保管人",
                                            "投票机", "主持人", "上级党组织"};
  return {kTitles[static_cast<std::size_t>(who)], std::string(name_of(who))};
}

}  // namespace tuixuan::election

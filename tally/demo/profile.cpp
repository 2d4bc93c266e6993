#include "tally/demo/profile.h"

#include <algorithm>
#include <cstdio>

#include "tally/count/reasons.h"
#include "tally/demo/settle.h"
#include "tally/demo/voters.h"
#include "tally/profiles/new_scheme.h"

namespace tuixuan::demo {

namespace {

constexpr const char* kPeople[] = {"丁文华", "王建国", "李秀英", "张志强", "陈玉兰", "赵海涛",
                                   "黄晓明", "董春生", "谢小燕", "马建军", "孙桂兰", "何立新"};
constexpr const char* kTrustees[] = {"郑国强", "冯丽华", "许志明"};

class ProfileDemo {
 public:
  ProfileDemo(DemoCongress& congress, const profiles::Profile& profile)
      : c_(congress), o_(congress.options()), profile_(profile) {}
  Result<void> hold();

 private:
  Result<tally::Scheme> draft() const;
  tally::Scheme with_keys(tally::Scheme, const DemoKeys&) const;
  Result<void> make_slips();
  Result<void> vote(const StageId&);
  Result<void> combine(const tally::Combination&);

  DemoCongress& c_;
  const DemoOptions& o_;
  const profiles::Profile& profile_;
  std::map<std::string, Slips> slips_;  // by box
};

// --- the scheme ------------------------------------------------------------------------------------------------------

// Votes for a higher office count for a lower one on paper only (tally/paper): with kiosks a scheme does without, as
// the profile says.
void without_cascade(tally::Scheme& scheme) {
  bool had = false;
  for (tally::Contest& c : scheme.contests) {
    had = had || !c.cascade.empty();
    c.cascade.clear();
    c.excludes.clear();
    c.within.reset();
    std::erase_if(c.articles, [](const std::string& article) { return article.starts_with("得票下加"); });
  }
  for (tally::Stage& stage : scheme.stages) stage.proxies = 0;
  if (had)
    narrate("本模板的“得票下加”只能用于纸质选票（tuixuan count）；这里用投票机，各项分别计票",
            "votes of this profile that count for lower offices too are for paper ballots (tuixuan count); with kiosks "
            "each office is counted by itself");
}

// The profile says how many names each contest has; those with the same people get the same names.
Result<tally::Scheme> ProfileDemo::draft() const {
  std::optional<tally::StrokeTable> table;
  if (auto loaded = tally::StrokeTable::load()) table = std::move(*loaded);
  profiles::Request request;
  request.id = "demo-" + profile_.name;
  request.date = "2026-11-23";
  request.title = {"柳河村：" + profile_.title.zh, "Liuhe village: " + profile_.title.en};
  request.body = {"柳河村党支部", "party branch of Liuhe village"};
  request.term = {"第八届", "eighth term"};
  request.place = {"村部礼堂", "village hall"};
  request.rehearsal = true;
  request.kiosks = o_.kiosks;
  request.supervisors = {"周敏", "吴建军"};
  for (std::uint32_t i = 0; i < o_.trustees; ++i)
    request.trustees.push_back(i < std::size(kTrustees) ? kTrustees[i] : "保管人" + std::to_string(i + 1));
  request.threshold = o_.threshold;
  TUIXUAN_TRY(empty, profiles::make_scheme(profile_, request, table ? &*table : nullptr));
  for (const tally::Contest& contest : empty.scheme.contests)
    for (std::size_t i = 0; i < contest.candidates.size() && i < std::size(kPeople); ++i)
      request.candidates.push_back({contest.id.name, {kPeople[i], ""}});
  const bool named = std::any_of(empty.scheme.contests.begin(), empty.scheme.contests.end(),
                                 [](const tally::Contest& c) { return !c.write_ins.eligible.empty(); });
  if (named)
    for (const char* name : kPeople) request.eligible.push_back({name, ""});
  TUIXUAN_TRY(made, profiles::make_scheme(profile_, request, table ? &*table : nullptr));
  for (tally::Box& box : made.scheme.boxes) box.venue = {"村部礼堂", "village hall"};
  without_cascade(made.scheme);
  return std::move(made.scheme);
}

tally::Scheme ProfileDemo::with_keys(tally::Scheme s, const DemoKeys& keys) const {
  s.log = keys.log;
  s.server_pin = keys.server_pin;
  s.organiser_key = keys.organiser;
  s.desk_key = keys.desk;
  const bool superior_speaks = std::any_of(s.combinations.begin(), s.combinations.end(),
                                           [](const tally::Combination& k) { return k.superior_weight > 0; });
  if (superior_speaks) s.superior_key = keys.superior;
  for (std::size_t i = 0; i < s.supervisors.size(); ++i) s.supervisors[i].key = keys.supervisors[i];
  for (std::size_t i = 0; i < s.kiosks.size(); ++i) s.kiosks[i].key = keys.kiosks[i];
  for (std::size_t i = 0; i < s.trustees.size(); ++i) s.trustees[i].key = keys.trustees[i];
  s.min_mixers = static_cast<std::uint32_t>(s.trustees.size());
  return s;
}

// --- the votes -------------------------------------------------------------------------------------------------------

Result<void> ProfileDemo::make_slips() {
  std::uint8_t rounds = 0;
  for (const tally::Stage& stage : c_.state().plan->stages) rounds = std::max(rounds, stage.round);
  narrate("领票处为每个票箱制作凭条；凭条与人没有任何联系",
          "the desk makes slips for every box; nothing joins a slip to a person");
  for (const tally::Box& box : c_.state().plan->boxes) {
    TUIXUAN_TRY(slips, c_.make_slips(box.id.name.c_str(), o_.voters, rounds + kSpareRounds));
    slips_[box.id.name] = std::move(slips);
  }
  return {};
}

Result<void> ProfileDemo::vote(const StageId& id) {
  const tally::Scheme& scheme = *c_.state().plan;
  const tally::Stage* stage = scheme.stage(id);
  if (stage == nullptr) bug("the demo votes in a stage that is not there");
  StagePlay play;
  play.stage = id;
  play.box = stage->boxes.front().name;
  for (const tally::Kiosk& kiosk : scheme.kiosks)
    if (kiosk.box == stage->boxes.front()) play.kiosks.push_back(kiosk.id.name);
  play.slips = slips_.at(play.box).codes();
  play.choices = made_up_choices(scheme, *stage, o_.voters, LastSeat::taken);
  play.incidents = id == scheme.stages.front().id;
  return c_.vote(std::move(play));
}

Result<void> ProfileDemo::combine(const tally::Combination& k) {
  narrate("汇总“" + k.title.zh + "”：按办法规定的规则，人人可以重算",
          "the results are combined by the scheme's rule, and anyone can compute it again: " + k.title.en);
  if (k.superior_weight > 0)
    TUIXUAN_CHECK(c_.command({"recommend", "--combination", k.id.name, "--reason", "柳河镇党委研究", "--points",
                              "王建国=90", "--points", "李秀英=85"},
                             {"superior"}));
  TUIXUAN_CHECK(c_.command({"shortlist", "--combination", k.id.name}, {"S1", "S2"}));
  for (const tally::CombinedPerson& p : c_.state().proposals.at(k.id).persons)
    std::printf("    %s：%s，%s\n", p.name.c_str(), tally::word(p.proposal).zh.c_str(),
                tally::sentence(p.reason).zh.c_str());
  return {};
}

Result<void> ProfileDemo::hold() {
  TUIXUAN_TRY(scheme, draft());
  std::vector<std::string> kiosks;
  for (const tally::Kiosk& kiosk : scheme.kiosks) kiosks.push_back(kiosk.id.name);
  TUIXUAN_CHECK(c_.found(kiosks, [&](const DemoKeys& keys) { return with_keys(scheme, keys); }));
  TUIXUAN_CHECK(make_slips());
  for (const tally::Stage& stage : scheme.stages) TUIXUAN_CHECK(vote(stage.id));
  for (const tally::Combination& k : scheme.combinations) TUIXUAN_CHECK(combine(k));
  return settle(c_, [&](const StageId& stage) { return vote(stage); });
}

}  // namespace

Result<void> hold_profile_congress(DemoCongress& congress, const std::string& name) {
  const profiles::Profile* profile = profiles::find_profile(name);
  if (profile == nullptr) bug("a demo of a profile that is not there");
  return ProfileDemo(congress, *profile).hold();
}

}  // namespace tuixuan::demo

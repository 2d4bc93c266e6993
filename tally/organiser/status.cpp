#include <boost/json.hpp>
#include <cstdio>

#include "crypto/codes/catalogue.h"
#include "tally/client/client.h"
#include "tally/client/refusals.h"
#include "tally/election/agenda.h"
#include "tally/election/settlement.h"
#include "tally/organiser/thread_commands.h"

namespace tuixuan::organiser {

namespace json = boost::json;
using election::Phase;

struct PhaseName {
  Phase phase;
  const char* id;
  const char* zh;
  const char* en;
};
static constexpr PhaseName kPhases[] = {
    {Phase::planned, "planned", "未开始", "planned"},
    {Phase::proposed, "proposed", "等待保管人同意开始", "opening, trustees are agreeing"},
    {Phase::open, "open", "投票中", "open"},
    {Phase::closing, "closing", "等待保管人同意结束", "closing, trustees are agreeing"},
    {Phase::tallying, "tallying", "混票与解密", "mixing and decrypting"},
    {Phase::counted, "counted", "已有结果", "counted"},
    {Phase::voided, "voided", "已作废", "voided"}};

static const PhaseName& named(Phase phase) {
  for (const PhaseName& p : kPhases)
    if (p.phase == phase) return p;
  bug("a phase without a name");
}

static void show_json(const election::State& state, std::uint64_t before, const std::vector<election::Due>& due,
                      const Result<void>& server) {
  json::array stages;
  if (state.plan)
    for (const tally::Stage& plan : state.plan->stages) {
      const election::StageState& stage = *state.stage(plan.id);
      stages.push_back({{"id", plan.id.name}, {"phase", named(stage.phase).id}, {"cast", stage.cast}});
    }
  json::array list;
  for (const election::Due& d : due)
    list.push_back({{"who", std::string(name_of(d.who))},
                    {"step", d.step},
                    {"stage", d.stage.name},
                    {"about", d.about},
                    {"zh", d.what.zh},
                    {"en", d.what.en}});
  json::array incidents;
  for (const election::Incident& i : state.incidents)
    incidents.push_back({{"entry", i.index}, {"check", name_of(i.what.check)}, {"what", i.what.what}});
  const json::object out{{"entries", state.tree.size()},
                         {"verified_before", before},
                         {"over", election::is_over(state)},
                         {"stages", stages},
                         {"due", list},
                         {"incidents", incidents},
                         {"server", server ? "ok" : name_of(server.error().check)}};
  std::printf("%s\n", json::serialize(out).c_str());
}

static void show_text(const election::State& state, std::uint64_t before, const std::vector<election::Due>& due) {
  const std::string size = std::to_string(state.tree.size());
  const std::string earlier = std::to_string(before);
  std::printf("记录 %s 条，全部核对过", size.c_str());
  if (before > 0) std::printf("，其中 %s 条是本机以前核对的", earlier.c_str());
  std::printf("\n%s entries, all checked", size.c_str());
  if (before > 0) std::printf(", %s of them on this machine before", earlier.c_str());
  std::printf("\n");
  if (state.plan)
    for (const tally::Stage& plan : state.plan->stages) {
      const election::StageState& stage = *state.stage(plan.id);
      const PhaseName& phase = named(stage.phase);
      const std::string n = std::to_string(stage.cast);
      std::printf("%s：%s，收回 %s\n  %s: %s, cast %s\n", plan.title.zh.c_str(), phase.zh, n.c_str(),
                  plan.title.in("en").c_str(), phase.en, n.c_str());
    }
  for (const election::Incident& i : state.incidents)
    std::printf("注意，第 %llu 条：%s\n", static_cast<unsigned long long>(i.index), i.what.text().c_str());
  if (election::is_over(state)) std::printf("全部完成\nall is done\n");
  if (!due.empty()) std::printf("下一步：\nnext:\n");
  for (const election::Due& d : due) {
    const tally::Text who = title_of(d.who);
    std::printf("  [%s] %s\n    [%s] %s\n", who.zh.c_str(), d.what.zh.c_str(), who.en.c_str(), d.what.en.c_str());
  }
}

// Where the log is served since its server was lost, if it was.
static void show_epoch(const client::Way& way) {
  const auto opened = way.epoch();
  if (!opened) return;
  const log::Epoch& e = opened->epoch;
  const bool alone = e.cause == log::EpochCause::alone;
  std::printf("第 %llu 纪元，服务器 %s%s\nepoch %llu, the server is %s%s\n", static_cast<unsigned long long>(e.number),
              e.address.c_str(), alone ? "，没有备用服务器，单机继续" : "", static_cast<unsigned long long>(e.number),
              e.address.c_str(), alone ? ", alone, without its standby" : "");
}

Result<void> show_status(const CongressFile& file, bool as_json) {
  TUIXUAN_TRY(congress, join_congress(file));
  TUIXUAN_CHECK(congress->sync());
  const auto due = election::agenda(congress->state(), client::minutes_now());
  const auto server = congress->client().health();
  if (!server && !as_json)
    std::printf("警报：%s\nALARM: %s\n", std::string(sentences_of(server.error().check).zh).c_str(),
                server.error().text().c_str());
  if (!as_json) show_epoch(*congress->client().way());
  const std::uint64_t before = congress->verified_before();
  as_json ? show_json(congress->state(), before, due, server) : show_text(congress->state(), before, due);
  return {};
}

}  // namespace tuixuan::organiser

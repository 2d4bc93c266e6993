#include "tally/demo/branch.h"

#include <algorithm>
#include <cstdio>

#include "tally/count/reasons.h"
#include "tally/demo/settle.h"
#include "tally/demo/voters.h"
#include "tally/election/settlement.h"
#include "tally/scheme/beijing_time.h"

namespace tuixuan::demo {

static constexpr const char* kReplacement = "M2";

static std::string number(std::size_t n) { return std::to_string(n); }

namespace {

class BranchDemo {
 public:
  explicit BranchDemo(DemoCongress& congress) : c_(congress), o_(congress.options()) {}
  Result<void> hold();

 private:
  Result<void> recommendations();
  Result<void> recommend_by_points();
  Result<void> candidates();
  Result<void> notice();
  Result<void> elect();
  Result<void> report();
  Result<void> vote_members(const std::string& stage, StagePlay play);
  std::vector<std::string> choices(const StageId&, std::size_t voters) const;
  std::vector<std::string> main_kiosks() const;
  const election::State& state() const { return c_.state(); }

  DemoCongress& c_;
  const DemoOptions& o_;
  Slips members_slips_;
  std::string as_of_;  // the time that openings claim, once the days of the notice are played through
};

// --- who votes -------------------------------------------------------------------------------------------------------

std::vector<std::string> BranchDemo::main_kiosks() const {
  std::vector<std::string> out;
  for (std::uint32_t k = 1; k <= o_.kiosks; ++k) out.push_back("K" + number(k));
  return out;
}

std::vector<std::string> BranchDemo::choices(const StageId& id, std::size_t voters) const {
  const LastSeat last = o_.story == Story::tie      ? LastSeat::level
                        : o_.story == Story::voided ? LastSeat::taken
                                                    : LastSeat::empty;
  if (const tally::Stage* s = state().plan->stage(id)) return made_up_choices(*state().plan, *s, voters, last);
  bug("the demo votes in a stage that is not there");
}

Result<void> BranchDemo::vote_members(const std::string& stage, StagePlay play) {
  play.stage = StageId{stage};
  play.box = kMembersBox;
  play.kiosks = main_kiosks();
  play.slips = members_slips_.codes();
  play.choices = choices(play.stage, o_.voters);
  play.as_of = as_of_;
  return c_.vote(std::move(play));
}

// --- two recommendations ---------------------------------------------------------------------------------------------

Result<void> BranchDemo::recommendations() {
  const std::size_t masses = std::max<std::size_t>(5, o_.voters * 2 / 3);
  narrate("领票处制作凭条：一张凭条可用于各轮投票，各轮公钥互不相关；凭条与人没有任何联系",
          "the desk makes the slips: one serves all rounds, its public keys of different rounds cannot be joined, and "
          "nothing joins a slip to a person");
  TUIXUAN_TRY(members_slips, c_.make_slips(kMembersBox, o_.voters, 2 + kSpareRounds));
  TUIXUAN_TRY(masses_slips, c_.make_slips(kMassesBox, masses, 1));
  members_slips_ = std::move(members_slips);
  narrate("【两推之一】党员推荐", "first of the two recommendations: the members");
  TUIXUAN_CHECK(vote_members("members", {}));
  narrate("第一天结束，服务器关机；第二天开机，启动时先核对全部日志",
          "the first day ends and the server is switched off; on the second day it starts by checking its whole log");
  TUIXUAN_CHECK(c_.restart_server());
  narrate("【两推之二】群众推荐：另一批人、另一个会场、另一个票箱",
          "second of the two recommendations: the masses, with a roll, a venue and a box of their own");
  StagePlay play;
  play.stage = StageId{"masses"};
  play.box = kMassesBox;
  play.kiosks = {kMassesKiosk};
  play.replaced_by = kReplacement;
  play.slips = masses_slips.codes();
  play.choices = choices(play.stage, masses);
  return c_.vote(std::move(play));
}

// --- candidates ------------------------------------------------------------------------------------------------------

Result<void> BranchDemo::recommend_by_points() {
  narrate(
      "上级党组织推荐；监票人按办法规定的权重汇总，每人的名次和理由都可重算",
      "the superior body recommends; the supervisors combine all three by the weights of the scheme, and anyone can "
      "compute every place and reason again");
  TUIXUAN_CHECK(c_.command({"recommend", "--combination", "two", "--reason", "柳河镇党委研究", "--points", "王建国=90",
                            "--points", "李秀英=85", "--points", "张志强=80"},
                           {"superior"}));
  TUIXUAN_CHECK(c_.command({"shortlist", "--combination", "two"}, {"S1", "S2"}));
  for (const tally::CombinedPerson& p : state().proposals.at(tally::CombinationId{"two"}).persons)
    std::printf("    %s：综合得分 %s，%s\n", p.name.c_str(), tally::decimal(p.score, 1, 2).c_str(),
                tally::sentence(p.reason).zh.c_str());
  return {};
}

Result<void> BranchDemo::candidates() {
  TUIXUAN_CHECK(recommend_by_points());
  narrate(
      "汇总结果只是建议；候选人由上级党组织批复，按姓氏笔画排列",
      "the outcome is a proposal; the candidates are the superior body's decision, in the order of surname strokes");
  TUIXUAN_CHECK(c_.command({"candidates", "--contest", "committee", "--reference", "柳委〔2026〕15号"}, {"superior"}));
  TUIXUAN_CHECK(c_.command({"candidates", "--contest", "secretary", "--reference", "柳委〔2026〕16号"}, {"superior"}));
  return notice();
}

Result<void> BranchDemo::notice() {
  narrate("候选人公示 " + number(kNoticeDays) + " 天，收到并答复一件异议；演练中可以预演日期，公示期满前不能开始选举",
          "notice of the candidates for " + number(kNoticeDays) +
              " days, with one objection received and answered; a rehearsal may play through the days, the election "
              "cannot open before");
  TUIXUAN_CHECK(c_.command(
      {"notice", "--stage", "election", "--days", number(kNoticeDays), "--address", "柳河镇纪委，电话 0530-1234567"},
      {"chair"}));
  TUIXUAN_CHECK(c_.command(
      {"objection", "--notice", number(state().tree.size() - 1), "--summary", "反映候选人任职年限"}, {"chair"}));
  return c_.command({"answer", "--objection", number(state().tree.size() - 1), "--text", "经核查，任职年限符合规定"},
                    {"chair"});
}

// --- the election ----------------------------------------------------------------------------------------------------

// The days of the notice are played through: the opening claims the time after them, as only a rehearsal may.
static std::string after_the_notice(const election::State& state) {
  std::uint32_t until = 0;
  for (const auto& [index, notice] : state.notices) until = std::max(until, notice.until);
  return scheme::beijing_time(until);
}

Result<void> BranchDemo::elect() {
  narrate("【直选】党员大会选举支部委员会和书记", "the direct election of committee and secretary");
  as_of_ = after_the_notice(state());
  StagePlay play;
  play.incidents = true;
  if (o_.story == Story::voided) play.voided_because = "选票领发账目与实际不符 the papers of the desk do not add up";
  return vote_members("election", std::move(play));
}

Result<void> BranchDemo::report() {
  narrate("主持人向上级报批、备案；上级核对日志后批复；审核人签署审核意见",
          "the chair reports to the superior body, which checks the log and accepts; an auditor signs what was found");
  TUIXUAN_CHECK(c_.command({"report-up"}, {"chair"}));
  TUIXUAN_CHECK(c_.command({"countersign", "--reference", "柳委〔2026〕21号"}, {"superior"}));
  TUIXUAN_CHECK(c_.command({"audit", "--findings", "日志完整，结果与重新计算一致"}, {"auditor"}));
  return c_.command({"status"}, {});
}

Result<void> BranchDemo::hold() {
  std::vector<std::string> kiosks = main_kiosks();
  kiosks.emplace_back(kMassesKiosk);
  TUIXUAN_CHECK(c_.found(kiosks, [&](const DemoKeys& keys) { return branch_scheme(keys, o_.threshold); }));
  TUIXUAN_CHECK(recommendations());
  TUIXUAN_CHECK(candidates());
  TUIXUAN_CHECK(elect());
  TUIXUAN_CHECK(settle(c_, [&](const StageId& stage) { return vote_members(stage.name, {}); }));
  return report();
}

}  // namespace

Result<void> hold_branch_congress(DemoCongress& congress) { return BranchDemo(congress).hold(); }

}  // namespace tuixuan::demo

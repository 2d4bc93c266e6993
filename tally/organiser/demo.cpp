#include "tally/organiser/demo.h"

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "crypto/base/parallel.h"
#include "crypto/primitives/random.h"
#include "crypto/primitives/secret.h"
#include "hardware/devices/durable_file.h"
#include "tally/count/reasons.h"
#include "tally/election/settlement.h"
#include "tally/organiser/beijing_time.h"
#include "tally/organiser/demo_vote.h"
#include "tally/organiser/demo_voters.h"
#include "tally/scheme/scheme_file.h"

namespace tuixuan::organiser {

namespace {

constexpr std::size_t kSpareSlips = 4;  // one of them for the voter who spoils one
constexpr std::size_t kMaxDemoBallots = std::size_t{16} << 20U;
constexpr unsigned kSpareRounds = 4;  // for run-offs and new rounds

std::string number(std::size_t n) { return std::to_string(n); }

class Demo {
 public:
  Demo(const DemoOptions& options, Hall hall) : o_(options), hall_(std::move(hall)) {}
  Result<void> hold();

 private:
  Result<void> choose_ballots();
  Result<void> set_up();
  Result<void> freeze_scheme();
  Result<void> make_election_key();
  Result<std::vector<std::string>> make_slips(const char* box, std::size_t voters, unsigned rounds);
  Result<void> approval_congress();
  Result<void> branch_congress();
  Result<void> recommendations();
  Result<void> candidates();
  Result<void> settle();
  Result<void> settle_one(const election::OpenMatter&, int again);
  Result<void> report();
  Result<void> vote_in(const StageId&, std::vector<std::string> choices, bool incidents);
  Result<void> forms();
  Result<void> publish_and_verify();
  void stay();
  const election::State& state() const { return congress_->state(); }
  std::vector<std::string> made_up(const StageId& id, std::size_t voters) const;
  std::string title(const StageId&) const;

  DemoOptions o_;
  Hall hall_;
  std::vector<std::string> kiosks_;
  std::optional<ApprovalBallots> file_;
  tally::Scheme scheme_;
  std::unique_ptr<client::Congress> congress_;  // the demo itself follows the log, with no key
  std::vector<std::string> members_slips_;
  std::vector<std::string> masses_slips_;
  std::vector<std::string> trackers_;
  std::string as_of_;  // the time that openings claim, once the days of the notice are played through
};

// --- before voting ---------------------------------------------------------------------------------------------------

Result<void> Demo::choose_ballots() {
  if (o_.ballots.empty()) return {};
  TUIXUAN_TRY(bytes, devices::read_all(o_.ballots, kMaxDemoBallots, false, "ballot-file"));
  TUIXUAN_TRY(parsed, parse_ballot_file(bytes));
  file_ = std::move(parsed);
  return {};
}

Result<void> Demo::set_up() {
  for (std::uint32_t k = 1; k <= o_.kiosks; ++k) kiosks_.push_back("K" + number(k));
  if (!file_) kiosks_.emplace_back("M1");
  narrate("各方各自生成密钥：服务器、组织者、发票处、主持人、上级党组织、2 位监票人、" + number(kiosks_.size()) +
              " 台投票机、" + number(o_.trustees) + " 位密钥保管人",
          "everyone makes their own keys: server, organiser, desk, chair, superior body, 2 supervisors, " +
              number(kiosks_.size()) + " kiosks, " + number(o_.trustees) + " trustees");
  std::printf("  %s\n", hall_.file("").c_str());
  std::fflush(stdout);
  TUIXUAN_TRY(keys, hall_.make_keys(kiosks_, o_.trustees));
  scheme_ = file_ ? approval_scheme(keys, o_.threshold, *file_) : branch_scheme(keys, o_.threshold);
  return {};
}

Result<void> Demo::freeze_scheme() {
  narrate("服务器启动；选举办法经检查后冻结为第 0 条记录，此后不能再改",
          "the server starts; the scheme is checked and frozen as entry 0, and cannot change any more");
  TUIXUAN_CHECK(devices::write_new(hall_.file("scheme.json"), scheme::write_scheme(scheme_), "demo.file"));
  TUIXUAN_CHECK(hall_.start_server(o_.listen));
  TUIXUAN_CHECK(hall_.command({"found", "--scheme", hall_.file("scheme.json"), "--card", hall_.file("congress.json")},
                              {"organiser"}));
  TUIXUAN_TRY(card, client::load_card(hall_.file("congress.json")));
  TUIXUAN_TRY(congress, client::Congress::join(card, std::chrono::seconds(30), hardware_threads()));
  congress_ = std::move(congress);
  return congress_->sync();
}

Result<void> Demo::make_election_key() {
  const bool alone = o_.threshold == 1;
  narrate(alone ? "保管人共同生成选票公钥；门限为 1，任何一位保管人都能单独开票"
                : "保管人共同生成选票公钥：任何一人都没有能单独开票的钥匙，任意 " + number(o_.threshold) +
                      " 人可以一起解密",
          alone ? "the trustees make the election key together; with a threshold of 1 any one of them can open ballots"
                : "the trustees make the election key together: no one of them can open a ballot, any " +
                      number(o_.threshold) + " can decrypt");
  TUIXUAN_CHECK(hall_.start_trustees());
  return wait_until(
      hall_, *congress_, [](const auto& s) { return s.ceremony.key.has_value(); }, "密钥仪式", "the key ceremony");
}

Result<std::vector<std::string>> Demo::make_slips(const char* box, std::size_t voters, unsigned rounds) {
  const std::string sheet = "slips-" + std::string(box) + ".pdf";
  std::vector<std::string> words{"slips",
                                 "--box",
                                 box,
                                 "--count",
                                 number(voters + kSpareSlips),
                                 "--sheet",
                                 hall_.file(sheet),
                                 "--codes",
                                 hall_.file("slips.txt")};
  for (unsigned round = 1; round <= rounds; ++round) words.insert(words.end(), {"--round", number(round)});
  TUIXUAN_CHECK(hall_.command(words, {"desk"}));
  TUIXUAN_TRY(codes, devices::read_all(hall_.file("slips.txt"), kMaxDemoBallots, true, "demo.file"));
  std::error_code ec;
  std::filesystem::remove(hall_.file("slips.txt"), ec);
  std::vector<std::string> slips(1);
  for (const std::uint8_t c : codes) {
    if (c != '\n')
      slips.back() += static_cast<char>(c);
    else
      slips.emplace_back();
  }
  slips.pop_back();
  primitives::wipe(codes);
  for (std::size_t i = slips.size(); i > 1; --i)  // cut and shuffled
    std::swap(slips[i - 1], slips[primitives::random_below(static_cast<std::uint32_t>(i))]);
  return slips;
}

// --- voting ----------------------------------------------------------------------------------------------------------

std::string Demo::title(const StageId& id) const {
  for (const tally::Stage& s : state().scheme->stages)
    if (s.id == id) return s.title.zh;
  return id.name;
}

std::vector<std::string> Demo::made_up(const StageId& id, std::size_t voters) const {
  for (const tally::Stage& s : state().scheme->stages)
    if (s.id == id) return made_up_choices(*state().scheme, s, voters);
  bug("the demo votes in a stage that is not there");
}

Result<void> Demo::vote_in(const StageId& id, std::vector<std::string> choices, bool incidents) {
  const bool masses = id.name == "masses";
  StagePlay play;
  play.stage = id;
  play.title = title(id);
  play.box = masses ? kMassesBox : kMembersBox;
  for (const std::string& name : kiosks_)
    if ((name == "M1") == masses) play.kiosks.push_back(name);
  play.slips = masses ? masses_slips_ : members_slips_;
  play.choices = std::move(choices);
  play.incidents = incidents;
  play.listen = o_.listen;
  play.as_of = as_of_;
  StageVote vote(hall_, *congress_, play);
  TUIXUAN_CHECK(vote.hold());
  const auto some = vote.trackers();
  trackers_.insert(trackers_.end(), some.begin(), some.end());
  for (std::string& slip : play.slips) primitives::wipe({reinterpret_cast<std::uint8_t*>(slip.data()), slip.size()});
  return {};
}

Result<void> Demo::approval_congress() {
  std::vector<std::string> choices;
  for (const auto& ballot : file_->ballots) choices.push_back(approval_choices(ballot));
  narrate("发票处制作凭条：投票前公布凭条公钥清单，凭条与人没有任何联系",
          "the desk makes the slips; their public keys are published before voting, nothing joins a slip to a person");
  TUIXUAN_TRY(slips, make_slips(kMembersBox, choices.size(), 1));
  members_slips_ = std::move(slips);
  return vote_in(StageId{"recommendation"}, std::move(choices), true);
}

Result<void> Demo::recommendations() {
  const std::size_t masses = std::max<std::size_t>(5, o_.voters * 2 / 3);
  narrate("发票处制作凭条：一张凭条可用于各轮投票，各轮公钥互不相关；凭条与人没有任何联系",
          "the desk makes the slips: one serves all rounds, its public keys of different rounds cannot be joined, and "
          "nothing joins a slip to a person");
  TUIXUAN_TRY(members_slips, make_slips(kMembersBox, o_.voters, 2 + kSpareRounds));
  TUIXUAN_TRY(masses_slips, make_slips(kMassesBox, masses, 1));
  members_slips_ = std::move(members_slips);
  masses_slips_ = std::move(masses_slips);
  narrate("【两推之一】党员推荐", "first of the two recommendations: the members");
  TUIXUAN_CHECK(vote_in(StageId{"members"}, made_up(StageId{"members"}, o_.voters), false));
  narrate("【两推之二】群众推荐：另一批人、另一个会场、另一个票箱",
          "second of the two recommendations: the masses, with a roll, a venue and a box of their own");
  return vote_in(StageId{"masses"}, made_up(StageId{"masses"}, masses), false);
}

Result<void> Demo::candidates() {
  narrate(
      "上级党组织推荐；监票人按办法规定的权重汇总，每人的名次和理由都可重算",
      "the superior body recommends; the supervisors combine all three by the weights of the scheme, and anyone can "
      "compute every place and reason again");
  TUIXUAN_CHECK(hall_.command({"recommend", "--combination", "two", "--reason", "柳河镇党委研究", "--points",
                               "王建国=90", "--points", "李秀英=85", "--points", "张志强=80"},
                              {"superior"}));
  TUIXUAN_CHECK(hall_.command({"shortlist", "--combination", "two"}, {"S1", "S2"}));
  TUIXUAN_CHECK(congress_->sync());
  for (const tally::CombinedPerson& p : state().proposals.at(tally::CombinationId{"two"}).persons)
    std::printf("    %s：综合得分 %s，%s\n", p.name.c_str(), tally::decimal(p.score, 1, 2).c_str(),
                tally::sentence(p.reason).zh.c_str());
  narrate(
      "汇总结果只是建议；候选人由上级党组织批复，按姓氏笔画排列",
      "the outcome is a proposal; the candidates are the superior body's decision, in the order of surname strokes");
  TUIXUAN_CHECK(
      hall_.command({"candidates", "--contest", "committee", "--reference", "柳委〔2026〕15号"}, {"superior"}));
  TUIXUAN_CHECK(
      hall_.command({"candidates", "--contest", "secretary", "--reference", "柳委〔2026〕16号"}, {"superior"}));
  narrate("候选人公示 " + number(kNoticeDays) + " 天，收到并答复一件异议；演练中可以预演日期，公示期满前不能开始选举",
          "notice of the candidates for " + number(kNoticeDays) +
              " days, with one objection received and answered; a rehearsal may play through the days, the election "
              "cannot open before");
  TUIXUAN_CHECK(hall_.command(
      {"notice", "--stage", "election", "--days", number(kNoticeDays), "--address", "柳河镇纪委，电话 0530-1234567"},
      {"chair"}));
  TUIXUAN_CHECK(congress_->sync());
  TUIXUAN_CHECK(hall_.command(
      {"objection", "--notice", number(state().tree.size() - 1), "--summary", "反映候选人任职年限"}, {"chair"}));
  TUIXUAN_CHECK(congress_->sync());
  return hall_.command({"answer", "--objection", number(state().tree.size() - 1), "--text", "经核查，任职年限符合规定"},
                       {"chair"});
}

// --- until every seat is settled -------------------------------------------------------------------------------------

Result<void> Demo::settle_one(const election::OpenMatter& m, int again) {
  const std::string& contest = m.contest.name;
  if (m.code == "confirm_base") {
    narrate("有人是否当选取决于过半数的基数：两名监票人确认办法所定的基数",
            "somebody's outcome depends on the base of the majority: two supervisors confirm the scheme's");
    return hall_.command({"confirm-base", "--stage", m.stage.name, "--contest", contest, "--base", "expected"},
                         {"S1", "S2"});
  }
  if (again > int(kSpareRounds)) {
    narrate("仍未选足，经大会过半数同意减少名额", "seats are still empty; the meeting agrees to leave them so");
    return hall_.command({"reduce-seats", "--stage", m.stage.name, "--contest", contest, "--seats", number(m.seats),
                          "--votes-for", number(o_.voters)},
                         {"S1", "S2"});
  }
  const bool run_off = m.code == "run_off";
  narrate(run_off ? "末位得票相同：机器不抽签，起草对票数相同者的重新投票，由监票人签署"
                  : "名额未选足：起草另行选举，由监票人签署",
          run_off
              ? "a tie at the last seat: the machine draws no lots; it drafts a run-off between the tied, which the "
                "supervisors sign"
              : "a seat is left empty: a new round is drafted, which the supervisors sign");
  const StageId stage{"again-" + number(static_cast<std::size_t>(again))};
  TUIXUAN_CHECK(hall_.command({"add-stage", "--stage", stage.name, "--title", run_off ? "重新投票" : "另行选举",
                               run_off ? "--run-off" : "--new-round", contest},
                              {"S1", "S2"}));
  TUIXUAN_CHECK(congress_->sync());
  return vote_in(stage, made_up(stage, o_.voters), false);
}

Result<void> Demo::settle() {
  for (int again = 1;; ++again) {
    TUIXUAN_CHECK(congress_->sync());
    const auto open = election::open_matters(state());
    if (open.empty()) return {};
    if (again > 12) return fail("demo.settle", "the results do not settle");
    TUIXUAN_CHECK(settle_one(open.front(), again));
  }
}

Result<void> Demo::report() {
  narrate("主持人向上级报批、备案；上级核对日志后批复；审核人签署审核意见",
          "the chair reports to the superior body, which checks the log and accepts; an auditor signs what was found");
  TUIXUAN_CHECK(hall_.command({"report-up"}, {"chair"}));
  TUIXUAN_CHECK(hall_.command({"countersign", "--reference", "柳委〔2026〕21号"}, {"superior"}));
  TUIXUAN_CHECK(hall_.command({"audit", "--findings", "日志完整，结果与重新计算一致"}, {"auditor"}));
  return hall_.command({"status"}, {});
}

// The days of the notice are played through: the opening claims the time after them, as only a rehearsal may.
static std::string after_the_notice(const election::State& state) {
  std::uint32_t until = 0;
  for (const auto& [index, notice] : state.notices) until = std::max(until, notice.until);
  return beijing_time(until);
}

Result<void> Demo::branch_congress() {
  TUIXUAN_CHECK(recommendations());
  TUIXUAN_CHECK(candidates());
  TUIXUAN_CHECK(congress_->sync());
  narrate("【直选】党员大会选举支部委员会和书记", "the direct election of committee and secretary");
  as_of_ = after_the_notice(state());
  TUIXUAN_CHECK(vote_in(StageId{"election"}, made_up(StageId{"election"}, o_.voters), true));
  TUIXUAN_CHECK(settle());
  for (auto* slips : {&members_slips_, &masses_slips_})
    for (std::string& slip : *slips) primitives::wipe({reinterpret_cast<std::uint8_t*>(slip.data()), slip.size()});
  return report();
}

// --- after voting ----------------------------------------------------------------------------------------------------

Result<void> Demo::forms() {
  TUIXUAN_CHECK(congress_->sync());
  for (const tally::Stage& s : state().scheme->stages)
    if (state().stage(s.id)->phase == election::Phase::counted)
      TUIXUAN_CHECK(hall_.command({"form", "--stage", s.id.name, "--kind", "all", "--dir", hall_.file("forms")}, {}));
  return {};
}

Result<void> Demo::publish_and_verify() {
  narrate("导出整份记录；任何人可离线验证：从选举办法到公布的名单，不必相信服务器、投票机或任何人",
          "the record is exported; anyone can check it offline, from the scheme to the names, trusting nobody");
  const std::string record = hall_.file("record.tuixuan");
  TUIXUAN_CHECK(hall_.command({"export", "--file", record}, {}));
  std::vector<std::string> words{record,
                                 "--log",
                                 hall_.vkey(),
                                 "--organiser",
                                 to_hex(hall_.keys().organiser),
                                 "--checkpoint",
                                 hall_.early_checkpoint(),
                                 "--lang",
                                 o_.language};
  for (const std::string& tracker : trackers_) words.insert(words.end(), {"--tracker", tracker});
  TUIXUAN_TRY(status, hall_.verify(words));
  if (status != 0) return fail("demo.verify", "the record does not verify");
  return {};
}

void Demo::stay() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  narrate("服务器仍在 " + hall_.address() + " ，按 Ctrl-C 结束；日志公钥 " + hall_.vkey(),
          "the server stays at " + hall_.address() + " until Ctrl-C; the log's public key is the one above");
  int number = 0;
  sigwait(&signals, &number);
}

Result<void> Demo::hold() {
  if (o_.threshold == 0) o_.threshold = o_.trustees / 2 + 1;
  if (o_.threshold > o_.trustees)
    return fail("demo.options", "解密门限 " + number(o_.threshold) + " 多于保管人数 " + number(o_.trustees) +
                                    "，请改 --threshold / a threshold of " + number(o_.threshold) + " with " +
                                    number(o_.trustees) + " trustees: give a smaller --threshold");
  pace_narration(o_.live ? 4 : 0);
  TUIXUAN_CHECK(choose_ballots());
  TUIXUAN_CHECK(set_up());
  TUIXUAN_CHECK(freeze_scheme());
  TUIXUAN_CHECK(make_election_key());
  TUIXUAN_CHECK(file_ ? approval_congress() : branch_congress());
  TUIXUAN_CHECK(hall_.end_trustees());
  TUIXUAN_CHECK(forms());
  TUIXUAN_CHECK(publish_and_verify());
  std::printf("\n  %s  报告单 forms\n  %s  记录 record\n", hall_.file("forms").c_str(),
              hall_.file("record.tuixuan").c_str());
  if (!o_.exit) stay();
  hall_.end_server(true);
  return {};
}

}  // namespace

Result<void> hold_demo(const DemoOptions& options) {
  TUIXUAN_TRY(hall, Hall::prepare(options.folder));
  Demo demo(options, std::move(hall));
  return demo.hold();
}

}  // namespace tuixuan::organiser

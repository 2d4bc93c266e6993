#include "tally/organiser/thread_commands.h"

#include <algorithm>

#include "crypto/codes/organiser.h"
#include "tally/client/client.h"
#include "tally/election/settlement.h"
#include "tally/organiser/table_file.h"
#include "tally/organiser/thread_steps.h"
#include "tally/paper/lists.h"
#include "tally/scheme/enum_names.h"

namespace tuixuan::organiser {

using election::Kind;

struct ThreadCommands::Options {
  Signing signing;
  std::string reason;
  std::string reference;
  std::string contest;
  std::string combination;
  std::string kiosk;
  std::string box;
  std::string role;
  std::string old_key;
  std::string new_key;
  std::string base;
  std::string text;
  std::string table;
  tally::Text title;
  std::vector<std::string> names;
  std::vector<std::string> run_off;
  std::vector<std::string> new_round;
  std::vector<std::string> renominate;
  std::vector<std::string> repeat;
  std::uint64_t index = 0;
  std::uint32_t number = 0;
  std::uint32_t votes_for = 0;
  bool yes = false;
  bool json = false;
};

namespace {

using Run = std::function<Result<void>(client::Congress&, const Supervisors&)>;

Result<primitives::VerifyKey> read_key(const std::string& hex) {
  primitives::VerifyKey key;
  TUIXUAN_TRY(bytes, from_hex(hex));
  if (bytes.size() != key.bytes.size()) return fail(code::step::key, "a public key has 64 hexadecimal digits");
  std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
  return key;
}

// "name=value" at the last '='; without one the value is empty.
std::pair<std::string, std::string> split(const std::string& text) {
  const auto at = text.rfind('=');
  return at == std::string::npos ? std::pair{text, std::string()} : std::pair{text.substr(0, at), text.substr(at + 1)};
}

Result<std::vector<std::string>> points_of_table(const std::string& file) {
  std::vector<std::string> out;
  TUIXUAN_CHECK(with_table(file, [&](table::Table& rows) -> Result<void> {
    TUIXUAN_TRY(read, paper::read_points(rows));
    for (const tally::Points& p : read) out.push_back(p.name + "=" + std::to_string(p.points));
    return {};
  }));
  return out;
}

Result<void> recommend(client::Congress& congress, const std::string& combination,
                       const std::vector<std::string>& names, const std::string& reason, const Supervisors& who) {
  election::SuperiorRecommendationBody body{tally::CombinationId{combination}, {}, reason};
  if (names.empty())
    return fail(code::step::points, "请用 --points 或 --table 给出分数 / give the points with --points or --table");
  std::string text = "上级党组织推荐 / recommendation by the superior body";
  for (const std::string& given : names) {
    const auto [name, points] = split(given);
    if (points.empty() || points.size() > 3 || points.find_first_not_of("0123456789") != std::string::npos)
      return fail(code::step::points, "\"" + given + "\" is not NAME=POINTS");
    body.points.push_back({name, std::stoul(points)});
    text += "\n  " + given;
  }
  std::sort(body.points.begin(), body.points.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return put_entry(congress, Kind::superior_recommendation, body.encode(), who, text);
}

Result<void> notice(client::Congress& congress, const StageId& stage, std::uint32_t days, const std::string& address,
                    const Supervisors& chair) {
  const std::uint32_t from = client::minutes_now();
  const election::NoticeBody body{stage, from, from + days * 24 * 60, address};
  return put_entry(congress, Kind::notice, body.encode(), chair,
                   "候选人公示（" + stage.name + "）" + std::to_string(days) + " 天，异议请送：" + address +
                       "\nnotice of the candidates (" + stage.name + "), " + std::to_string(days) +
                       " days; objections to: " + address);
}

Result<void> following(client::Congress& congress, const StageId& stage, const tally::Text& title,
                       const std::vector<Following>& list, const Supervisors& who) {
  TUIXUAN_CHECK(congress.sync());
  if (!congress.state().plan) return fail(code::step::scheme, "the log has no scheme yet");
  TUIXUAN_TRY(added, draft_stage(congress.state(), stage, title, list));
  return add_stage(congress, added, who);
}

std::optional<tally::Base> base_named(const std::string& name) {
  for (const auto& b : scheme::kBases)
    if (name == b.name) return b.value;
  return std::nullopt;
}

std::optional<election::Role> role_named(const std::string& name) {
  static constexpr const char* kRoles[] = {"organiser", "chair", "desk", "supervisor", "auditor"};
  for (std::size_t i = 0; i < std::size(kRoles); ++i)
    if (name == kRoles[i]) return static_cast<election::Role>(i + 1);
  return std::nullopt;
}

}  // namespace

void add_congress(CLI::App* command, CongressFile& congress) {
  command->add_option("--congress", congress.card, "the card of the congress (congress.json)")->required();
  command->add_flag("--exact", congress.exact, "verify the whole log again, also what was verified here before");
}

namespace {

class Builder {
 public:
  Builder(CLI::App& app, Chosen chosen, Signing& signing) : app_(app), chosen_(std::move(chosen)), signing_(signing) {}

  // A command that those of `role` sign: supervisors two or more, the others alone.
  CLI::App* command(const char* name, const char* role, const char* what, Run run) {
    CLI::App* c = app_.add_subcommand(name, what);
    add_congress(c, signing_.congress);
    CLI::Option* key = c->add_option("--key", signing_.keys, std::string("key file of the ") + role)->required();
    if (std::string_view(role) != "supervisor") key->expected(1);
    c->add_option("--passphrase-fd", signing_.passphrase_fd,
                  "file descriptor to read passphrases from, one line for each key; else they are asked for");
    c->add_flag("--yes", signing_.yes, "sign what is shown without asking");
    c->callback([this_chosen = chosen_, &signing = signing_, role, run = std::move(run)] {
      this_chosen([&signing, role, run]() -> Result<void> {
        TUIXUAN_TRY(who, signers(signing, role));
        TUIXUAN_TRY(congress, join_congress(signing.congress));
        TUIXUAN_CHECK(run(*congress, who));
        std::printf("已记录\non the log\n");
        return {};
      });
    });
    return c;
  }

 private:
  CLI::App& app_;
  Chosen chosen_;
  Signing& signing_;
};

}  // namespace

ThreadCommands::~ThreadCommands() = default;

ThreadCommands::ThreadCommands(CLI::App& app, Chosen chosen) : o_(std::make_unique<Options>()) {
  Options& o = *o_;
  Builder b(app, chosen, o.signing);
  const auto stage_option = [&](CLI::App* c) {
    c->add_option("--stage", o.signing.stage, "stage of the scheme")->required();
  };
  const auto contest_option = [&](CLI::App* c) {
    c->add_option("--contest", o.contest, "contest of the scheme")->required();
  };
  const auto reason_option = [&](CLI::App* c) { c->add_option("--reason", o.reason, "why")->required(); };
  const auto reference_option = [&](CLI::App* c) {
    c->add_option("--reference", o.reference, "of the decision (文号)")->required();
  };

  CLI::App* c = b.command("enrol", "supervisor", "enrol a kiosk that the scheme does not name",
                          [&o](auto& congress, const auto& who) -> Result<void> {
                            TUIXUAN_TRY(key, read_key(o.new_key));
                            const election::EnrolmentBody body{KioskId{o.kiosk}, BoxId{o.box}, key, o.reason};
                            return put_entry(congress, Kind::enrolment, body.encode(), who,
                                             "登记投票机 " + o.kiosk + "，票箱 " + o.box + "\nenrol kiosk " + o.kiosk +
                                                 " for box " + o.box + "\n" + o.new_key);
                          });
  c->add_option("--kiosk", o.kiosk, "its id, new in the congress")->required();
  c->add_option("--box", o.box, "box that it serves")->required();
  c->add_option("--public-key", o.new_key, "as the kiosk shows it, 64 hexadecimal digits")->required();
  reason_option(c);

  c = b.command("replace-key", "supervisor", "a new key for somebody whose key is lost",
                [&o](auto& congress, const auto& who) -> Result<void> {
                  TUIXUAN_TRY(before, read_key(o.old_key));
                  TUIXUAN_TRY(after, read_key(o.new_key));
                  const auto role = role_named(o.role);
                  const election::KeyReplacedBody body{role.value(), before, after, o.reason};
                  return put_entry(congress, Kind::key_replaced, body.encode(), who,
                                   "更换密钥（" + o.role + "）：" + o.reason + "\nreplace the key of a " + o.role +
                                       "\n" + o.new_key);
                });
  c->add_option("--role", o.role, "organiser, chair, desk, supervisor or auditor")
      ->required()
      ->check(CLI::IsMember({"organiser", "chair", "desk", "supervisor", "auditor"}));
  c->add_option("--old", o.old_key, "public key that is lost")->required();
  c->add_option("--new", o.new_key, "public key in its place")->required();
  reason_option(c);

  const auto on_stage = [&](const char* name, const char* role, Kind kind, const char* what, const char* zh) {
    CLI::App* s = b.command(name, role, what, [&o, kind, what, zh](auto& congress, const auto& who) {
      const election::ReasonBody body{StageId{o.signing.stage}, o.reason};
      return put_entry(congress, kind, body.encode(), who,
                       std::string(zh) + "（" + o.signing.stage + "）：" + o.reason + "\n" + what + ": " + o.reason);
    });
    stage_option(s);
    reason_option(s);
  };
  on_stage("small-group", "supervisor", Kind::small_group, "open ballots although they are few",
           "票数很少，打开后可能让人猜出谁投了什么；仍决定开票");
  on_stage("void-stage", "supervisor", Kind::stage_voided, "void a stage that has no result yet", "宣布本环节作废");
  on_stage("void-result", "superior", Kind::result_voided, "void a result (superior body)", "宣布结果无效");

  c = b.command("recommend", "superior", "recommend people, as points of 100 (superior body)",
                [&o](auto& congress, const auto& who) -> Result<void> {
                  std::vector<std::string> names = o.names;
                  if (!o.table.empty()) {
                    TUIXUAN_TRY(read, points_of_table(o.table));
                    names.insert(names.end(), read.begin(), read.end());
                  }
                  return recommend(congress, o.combination, names, o.reason, who);
                });
  c->add_option("--combination", o.combination, "combination of the scheme")->required();
  CLI::Option* points = c->add_option("--points", o.names, "NAME=POINTS, for each person");
  c->add_option("--table", o.table, "表格 姓名,分数（XLSX 或 CSV）/ the same as a table")->excludes(points);
  reason_option(c);

  c = b.command("shortlist", "supervisor", "combine the recommendations by the scheme's rule",
                [&o](auto& congress, const auto& who) {
                  return put_shortlist(congress, tally::CombinationId{o.combination}, who);
                });
  c->add_option("--combination", o.combination, "combination of the scheme")->required();

  c = b.command("candidates", "superior", "decide on the candidates of a contest (superior body)",
                [&o](auto& congress, const auto& who) {
                  std::vector<Nominee> list;
                  for (const std::string& name : o.names) {
                    const auto [label, why] = split(name);
                    list.push_back({label, why});
                  }
                  return decide_candidates(congress, ContestId{o.contest}, o.reference, std::move(list), who);
                });
  contest_option(c);
  reference_option(c);
  c->add_option("--candidate", o.names,
                "NAME, NAME（NOTE） or NAME=REASON where the person was not proposed; none: all who were proposed");

  c = b.command("notice", "chair", "post the candidates of a stage (公示)", [&o](auto& congress, const auto& who) {
    return notice(congress, StageId{o.signing.stage}, o.number, o.text, who);
  });
  stage_option(c);
  c->add_option("--days", o.number, "for so many days from now")->required()->check(CLI::Range(1, 365));
  c->add_option("--address", o.text, "where objections go")->required();

  c = b.command("objection", "chair", "record an objection to a notice", [&o](auto& congress, const auto& who) {
    return put_entry(congress, Kind::objection, election::ObjectionBody{o.index, o.text}.encode(), who,
                     "异议：" + o.text + " / objection");
  });
  c->add_option("--notice", o.index, "number of the notice's entry")->required();
  c->add_option("--summary", o.text, "what it is about; not who objects")->required();

  c = b.command("answer", "chair", "answer an objection", [&o](auto& congress, const auto& who) {
    return put_entry(congress, Kind::objection_answered,
                     election::ObjectionAnsweredBody{o.index, o.yes, o.text}.encode(), who,
                     std::string(o.yes ? "异议成立：" : "异议不成立：") + o.text + " / answer to an objection");
  });
  c->add_option("--objection", o.index, "number of the objection's entry")->required();
  c->add_flag("--upheld", o.yes, "it was right: the superior body decides again");
  c->add_option("--text", o.text, "what was found")->required();

  c = b.command("add-stage", "supervisor", "vote again where a result leaves something open",
                [&o](auto& congress, const auto& who) {
                  std::vector<Following> list;
                  const auto take = [&](const std::vector<std::string>& names, tally::FollowKind kind) {
                    for (const std::string& name : names)
                      list.push_back({kind, ContestId{name},
                                      kind == tally::FollowKind::renominate ? o.names : std::vector<std::string>()});
                  };
                  take(o.run_off, tally::FollowKind::run_off);
                  take(o.new_round, tally::FollowKind::new_round);
                  take(o.renominate, tally::FollowKind::renominate);
                  take(o.repeat, tally::FollowKind::repeat);
                  return following(congress, StageId{o.signing.stage}, o.title, list, who);
                });
  c->add_option("--stage", o.signing.stage, "its id, new in the congress")->required();
  c->add_option("--title", o.title.zh, "what people call it")->required();
  c->add_option("--title-en", o.title.en, "the same in English; else the Chinese title stands there too");
  c->add_option("--run-off", o.run_off, "contest whose tied people are voted on again");
  c->add_option("--new-round", o.new_round, "contest whose empty seats are voted on again");
  CLI::Option* renominate =
      c->add_option("--renominate", o.renominate, "contest whose empty seats get new nominations");
  c->add_option("--nominee", o.names, "NAME or NAME（NOTE）, nominated anew where no superior body decides on it")
      ->needs(renominate);
  c->add_option("--repeat", o.repeat, "contest that was voided or not valid");

  c = b.command("confirm-base", "supervisor", "confirm which base the majority is a fraction of",
                [&o](auto& congress, const auto& who) {
                  const election::BaseConfirmedBody body{StageId{o.signing.stage}, ContestId{o.contest},
                                                         base_named(o.base).value()};
                  return put_entry(congress, Kind::base_confirmed, body.encode(), who,
                                   "确认过半数的基数（" + o.contest + "）：" + o.base +
                                       "\nthe base of the majority of " + o.contest + ": " + o.base);
                });
  stage_option(c);
  contest_option(c);
  c->add_option("--base", o.base, "expected, present, ...")
      ->required()
      ->check(CLI::IsMember({"registered", "expected", "present", "voters", "returned", "valid"}));

  c = b.command(
      "reduce-seats", "supervisor", "leave seats empty with the meeting's consent",
      [&o](auto& congress, const auto& who) {
        const election::SeatsReducedBody body{StageId{o.signing.stage}, ContestId{o.contest}, o.number, o.votes_for};
        return put_entry(congress, Kind::seats_reduced, body.encode(), who,
                         "减少名额（" + o.contest + "）" + std::to_string(o.number) + " 名，赞成 " +
                             std::to_string(o.votes_for) + " 人\nseats left empty (" + o.contest +
                             "): " + std::to_string(o.number) + ", in favour: " + std::to_string(o.votes_for));
      });
  stage_option(c);
  contest_option(c);
  c->add_option("--seats", o.number, "how many")->required()->check(CLI::Range(1, 250));
  c->add_option("--votes-for", o.votes_for, "of those present, who consented")->required();

  c = b.command(
      "decide-tie", "superior", "decide between the tied (superior body)", [&o](auto& congress, const auto& who) {
        std::vector<std::string> names = o.names;
        std::sort(names.begin(), names.end());
        const election::TieDecidedBody body{StageId{o.signing.stage}, ContestId{o.contest}, names, o.reference};
        std::string elected;
        for (const std::string& name : names) elected += "\n  " + name;
        return put_entry(congress, Kind::tie_decided, body.encode(), who,
                         "对得票相同者的决定（" + o.contest + "，" + o.reference +
                             "），当选：\ndecision of the tie of " + o.contest + "; elected:" + elected);
      });
  stage_option(c);
  contest_option(c);
  c->add_option("--elected", o.names, "who is elected")->required();
  reference_option(c);

  b.command("report-up", "chair", "report the result to the superior body (报批、备案)",
            [](auto& congress, const auto& who) { return report_up(congress, who); });

  c = b.command("countersign", "superior", "accept the result, or send it back (superior body)",
                [&o](auto& congress, const auto& who) {
                  return countersign(congress, o.reason.empty(), o.reference, o.reason, who);
                });
  CLI::Option* reference = c->add_option("--reference", o.reference, "of the approval (文号)");
  c->add_option("--send-back", o.reason, "why it is sent back")->excludes(reference);

  c = b.command("audit", "auditor", "sign what the audit of this log found",
                [&o](auto& congress, const auto& who) { return put_audit(congress, !o.yes, o.text, who); });
  c->add_option("--findings", o.text, "in words")->required();
  c->add_flag("--objects", o.yes, "the audit does not hold the result to be right");

  CLI::App* status = app.add_subcommand("status", "where the congress stands, what is due and who must act");
  add_congress(status, o.signing.congress);
  status->add_flag("--json", o.json, "for machines");
  status->callback([chosen, &o] { chosen([&o] { return show_status(o.signing.congress, o.json); }); });
}

}  // namespace tuixuan::organiser

#include "tally/organiser/names_command.h"

#include <cstdio>

#include "crypto/codes/organiser.h"
#include "tally/organiser/name_steps.h"
#include "tally/organiser/table_file.h"
#include "tally/organiser/tell.h"
#include "tally/organiser/thread_commands.h"
#include "tally/paper/lists.h"

namespace tuixuan::organiser {

namespace {

struct NamesOptions {
  Signing signing;
  std::string contest;
  std::string spellings;
};

void show(const WrittenNames& w) {
  std::printf("\n%s  %s\n", w.contest.name.c_str(), w.title.zh.c_str());
  if (w.names.empty()) say("  没有另选他人", "  no names were written in");
  for (const WrittenName& n : w.names)
    std::printf("  %s  %llu\n", n.name.c_str(), static_cast<unsigned long long>(n.votes));
  for (const auto& [spelling, name] : w.merged)
    std::printf("  已归并 / merged: %s → %s\n", spelling.c_str(), name.c_str());
  if (!w.alike.empty()) say("  可能是同一人 / perhaps one person:", "");
  for (const alike::Group& g : w.alike) {
    std::string line;
    for (const std::string& name : g.names) {
      const bool printed = std::find(w.printed.begin(), w.printed.end(), name) != w.printed.end();
      line += (line.empty() ? "" : "、") + name + (printed ? "（票上候选人 / printed）" : "");
    }
    std::printf("    %s（%s）\n", line.c_str(), std::string(alike::words(g.by)).c_str());
  }
}

Result<void> run(const NamesOptions& o) {
  const StageId stage{o.signing.stage};
  if (o.spellings.empty()) {
    TUIXUAN_TRY(congress, join_congress(o.signing.congress));
    TUIXUAN_CHECK(congress->sync());
    TUIXUAN_TRY(all, written_names(congress->state(), stage, hardware_threads()));
    for (const WrittenNames& w : all) show(w);
    say("\n归并由两名监票人决定：把写法和姓名填入表格（表头 写法,姓名），再用 --contest、--spellings 和 --key 签署",
        "two supervisors decide: a table 写法,姓名 (spelling, name), then --contest, --spellings and --key to sign");
    return {};
  }
  if (o.contest.empty() || o.signing.keys.empty())
    return fail(
        code::step::spelling,
        "签署归并须有 --contest 和两名监票人的 --key / to merge give --contest and the --key of two supervisors");
  std::map<std::string, std::string> spellings;
  TUIXUAN_CHECK(with_table(o.spellings, [&](table::Table& rows) -> Result<void> {
    TUIXUAN_TRY(read, paper::read_spellings(rows));
    spellings = std::move(read);
    return {};
  }));
  TUIXUAN_TRY(who, signers(o.signing, "supervisor"));
  TUIXUAN_TRY(congress, join_congress(o.signing.congress));
  TUIXUAN_CHECK(merge_names(*congress, stage, ContestId{o.contest}, spellings, who, hardware_threads()));
  say("姓名归并已记录；计票时按归并后的姓名计算", "the merged names are on the log and will be counted so");
  return {};
}

}  // namespace

void add_names_command(CLI::App& app, std::function<Result<void>()>& chosen) {
  const auto o = std::make_shared<NamesOptions>();
  CLI::App* c = app.add_subcommand(
      "names",
      "另选他人的姓名：列出可能是同一人的，由两名监票人归并 / names written in: those that are perhaps one person, "
      "for two supervisors to merge before the count is signed");
  c->callback([&chosen, o] { chosen = [o] { return run(*o); }; });
  add_congress(c, o->signing.congress);
  c->add_option("--stage", o->signing.stage, "环节 / stage of the scheme")->required();
  c->add_option("--contest", o->contest, "选举项目 / contest whose names are merged");
  c->add_option("--spellings", o->spellings,
                "表格 写法,姓名（XLSX 或 CSV）/ table of spellings and the names they stand for");
  c->add_option("--key", o->signing.keys,
                "监票人的密钥文件，两名以上 / key file of a supervisor; give it for each of two or more");
  c->add_option("--passphrase-fd", o->signing.passphrase_fd,
                "读取口令的文件描述符 / file descriptor to read passphrases from, one line for each key");
  c->add_flag("--yes", o->signing.yes, "不再询问 / sign what is shown without asking");
}

}  // namespace tuixuan::organiser

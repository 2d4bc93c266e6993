#include "tally/organiser/roll_command.h"

#include <cstdio>
#include <iostream>

#include "crypto/codes/documents.h"
#include "crypto/primitives/hash.h"
#include "hardware/devices/durable_file.h"
#include "tally/count/reasons.h"
#include "tally/organiser/table_file.h"
#include "tally/organiser/tell.h"
#include "tally/paper/roll.h"
#include "tally/scheme/attendance_file.h"
#include "tally/scheme/scheme_file.h"

namespace tuixuan::organiser {

namespace {

constexpr std::size_t kMaxFile = std::size_t{4} << 20U;
constexpr std::size_t kMaxRollFile = std::size_t{256} << 20U;

std::string n(std::uint64_t value) { return std::to_string(value); }

std::string listed(const std::vector<std::string>& all) {
  std::string out;
  for (const std::string& text : all) out += (out.empty() ? "" : "、") + text;
  return out;
}

Result<void> read_file(const std::string& file, const tally::Scheme& scheme, const tally::Stage& stage,
                       paper::Roll& roll) {
  TUIXUAN_TRY(rows, open_table(file));
  if (auto done = paper::read_roll(scheme, stage, rows, roll); !done) return fail_at(file, done.error());
  TUIXUAN_TRY(bytes, devices::read_all(file_of(file), kMaxRollFile, false, code::roll::file));
  std::printf("%s\n%s  SHA-256 %s\n", file.c_str(), table::to_text(rows.reading()).c_str(),
              primitives::sha256(bytes).hex().c_str());
  return {};
}

void show_numbers(const paper::Roll& roll) {
  const tally::Attendance& a = roll.numbers;
  say("名册总数 " + n(a.registered) + "：" + listed(roll.first_names) + (a.registered > 3 ? " 等" : ""),
      "  on the roll " + n(a.registered));
  say("  预备党员 " + n(a.probationary) + "，留党察看 " + n(a.on_probation) + "，权利中止或停止党籍 " + n(a.suspended),
      "    probationary " + n(a.probationary) + ", on probation within the Party " + n(a.on_probation) +
          ", suspended " + n(a.suspended));
  say("有选举权 " + n(a.with_vote), "  with the vote " + n(a.with_vote));
  for (const tally::ExcludedPersons& x : a.excluded)
    say("  不计入应到会 " + n(x.persons) + " 人：" + x.ground + "（上级同意 " + x.consent + "，大会赞成 " +
            n(x.votes_for) + " 票）",
        "    left out " + n(x.persons) + " (" + x.ground + "), consent " + x.consent + ", " + n(x.votes_for) +
            " votes of the meeting");
  for (const paper::RollRemark& r : roll.remarks)
    say("  ! 第 " + n(r.line) + " 行 " + r.name + "：" + r.what.zh, "    line " + n(r.line) + ": " + r.what.en);
  say("应到会 " + n(a.expected), "  expected " + n(a.expected));
}

// Before the exclusions too: they are voted on by the same meeting.
void show_quorum(const tally::Stage& stage, const paper::Roll& roll) {
  const tally::Attendance& a = roll.numbers;
  tally::Numbers k = tally::numbers_of(a);
  const std::uint64_t needed = tally::need(stage.quorum, tally::base_of(stage.quorum.base, k, 0));
  k.expected = a.with_vote;
  const std::uint64_t before = tally::need(stage.quorum, tally::base_of(stage.quorum.base, k, 0));
  const tally::Text rule = tally::words(stage.quorum);
  say("实到会须" + rule.zh + "：" + n(needed) + " 人" +
          (a.excluded.empty()
               ? ""
               : "（表决不计入事项时，按有选举权的 " + n(a.with_vote) + " 人算，为 " + n(before) + " 人）"),
      "  present must be " + rule.en + ": " + n(needed) +
          (a.excluded.empty() ? "" : " (" + n(before) + " when the exclusions are voted on)"));
  if (!roll.attended) return;
  const bool enough = a.present >= needed;
  say("实到会 " + n(a.present) + (enough ? "，达到" : "，未达到，不能进行"),
      "  present " + n(a.present) + (enough ? ": enough" : ": not enough, the meeting cannot go on"));
  for (const tally::AbsentPersons& x : a.absent)
    say("  缺席 " + n(x.persons) + " 人：" + x.reason, "    absent " + n(x.persons));
}

bool confirmed(bool yes) {
  if (yes) return true;
  std::printf("\n以上无误请输入 y / y if this is right: ");
  std::fflush(stdout);
  std::string answer;
  return std::getline(std::cin, answer) && (answer == "y" || answer == "Y");
}

}  // namespace

Result<void> import_roll(const RollOptions& o) {
  TUIXUAN_TRY(bytes, devices::read_all(o.scheme, kMaxFile, false, code::count::file));
  const auto parsed = scheme::parse_scheme(bytes, scheme::Use::paper);
  if (scheme::refuses(parsed.faults)) {
    show_faults(parsed.faults);
    return fail(code::scheme::file, o.scheme + " 有上述问题 / has the faults above");
  }
  TUIXUAN_TRY(stage, stage_of(*parsed.scheme, o.stage));
  paper::Roll roll = paper::roll_for(stage);
  for (const std::string& file : o.rolls) TUIXUAN_CHECK(read_file(file, *parsed.scheme, stage, roll));
  show_numbers(roll);
  show_quorum(stage, roll);
  if (!confirmed(o.yes)) return fail(code::roll::confirm, "没有确认，未写出文件 / not confirmed, nothing is written");
  TUIXUAN_CHECK(devices::write_new(o.out, scheme::write_attendance(roll.numbers), code::roll::file));
  say("已写入 " + o.out + "；" + (roll.attended ? "" : "实到会和") +
          "各票箱的领取、发出、剩余、投票、收回张数，清点后填入",
      o.out + " is written; put in " + (roll.attended ? "" : "who is present and ") +
          "the papers of each box when they are known");
  return {};
}

void add_roll_command(CLI::App& app, std::function<Result<void>()>& chosen) {
  const auto o = std::make_shared<RollOptions>();
  CLI::App* c = app.add_subcommand("roll", "由名册得出应到会人数 / from the roll to the numbers of the meeting");
  c->callback([&chosen, o] { chosen = [o] { return import_roll(*o); }; });
  c->add_option("scheme", o->scheme, "scheme file (tuixuan-scheme/1)")->required();
  c->add_option("rolls", o->rolls,
                "名册（XLSX 或 CSV；工作表写作 文件.xlsx#表名）/ rolls as tables (FILE.xlsx#SHEET for a sheet); "
                "several where there are several")
      ->required();
  c->add_option("--stage", o->stage, "环节 / stage, where the scheme has several");
  c->add_option("--out", o->out, "新文件：到会情况 / new attendance file (tuixuan-attendance/1)")->required();
  c->add_flag("--yes", o->yes, "不再询问 / what is shown is right, do not ask");
}

}  // namespace tuixuan::organiser

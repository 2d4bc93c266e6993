#include "server/restore/restore.h"

#include <algorithm>
#include <fstream>

#include "crypto/base/parallel.h"
#include "crypto/codes/server.h"
#include "crypto/protocol/ballot.h"
#include "hardware/devices/durable_file.h"
#include "tally/election/replay.h"

namespace tuixuan::restore {

namespace fs = std::filesystem;

static void say(const Plan& plan, const std::string& line) {
  if (plan.tell) plan.tell(line);
}

using Kiosks = std::vector<kiosk::KioskIdentity>;

static Result<Kiosks> look_at(const Sources& sources, Findings& found) {
  for (const std::string& folder : sources.backups) TUIXUAN_CHECK(found.add_ledger(folder));
  for (const std::string& where : sources.records) TUIXUAN_CHECK(found.add_record(where));
  Kiosks out;
  for (const std::string& folder : sources.kiosks) {
    TUIXUAN_TRY(kiosk, found.add_kiosk(folder));
    out.push_back(kiosk);
  }
  return out;
}

// For people: which voters' receipts are of a log that cannot go on.
static std::string ended_text(const Findings& found, const Error& why) {
  std::string out =
      why.text() +
      "\n\n日志到此为止，不得用原密钥续写。下列回执所证的选票须由监票人处理：投票机 环节 编号 条目 选票查验码\n"
      "the log ends here; these receipts are concerned: kiosk, stage, number, entry, tracker\n\n";
  for (const ReceiptGiven& r : found.receipts_from(0))
    out += r.kiosk + " " + r.stage.name + " " + std::to_string(r.seq) + " " + std::to_string(r.index) + " " +
           protocol::tracker(r.ballot) + "\n";
  return out;
}

static void write_beside(const Plan& plan, const std::string& end, const std::string& text) {
  const fs::path file = plan.folder.string() + end;
  const auto written = devices::replace(file, as_bytes(text), code::restore::file);
  say(plan, written ? "写入 / written: " + file.string() : written.error().text());
}

static Result<Whole> whole_of(const Plan& plan, const Findings& found) {
  auto whole = found.put_together();
  for (const std::string& line : found.damage()) say(plan, "不可信，未采用 / not believed: " + line);
  if (whole) return whole;
  if (whole.error().check == code::restore::ended) write_beside(plan, ".ended.txt", ended_text(found, whole.error()));
  if (const auto fork = found.fork()) write_beside(plan, ".fork.txt", log::format_fork(*fork));
  return whole;
}

static Result<void> are_of_the_scheme(const Kiosks& kiosks, const tally::Scheme& scheme) {
  for (const kiosk::KioskIdentity& k : kiosks) {
    const tally::Kiosk* enrolled = scheme.kiosk(k.id);
    if (enrolled == nullptr || enrolled->key != k.key.bytes)
      return fail(code::restore::kiosk,
                  "a folder says it is of kiosk " + k.id.name + ", and its key is not the scheme's");
  }
  return {};
}

// What the fold refuses is not signed anew.
static Result<void> check_rules(const Plan& plan, const log::NoteKey& log, const Whole& whole, const Findings& found,
                                const Kiosks& kiosks) {
  election::Fold fold({primitives::VerifyKey{plan.card.organiser}, log.key}, hardware_threads());
  TUIXUAN_CHECK(election::replay_all(fold, whole.entries, found, hardware_threads(), election::Reading::strict));
  if (!fold.state().plan) return fail(code::restore::nothing, "the log has no entry yet: make a new server");
  return are_of_the_scheme(kiosks, *fold.state().plan);
}

// Only notes that the log's key made before are in it.
static Result<void> write_ledger(const fs::path& file, const log::NoteKey& log, const Whole& whole,
                                 const Findings& found) {
  TUIXUAN_TRY(ledger, ledger::Ledger::create(file, log));
  for (const auto& [hash, bytes] : found.objects()) TUIXUAN_CHECK(ledger->put_object(hash, bytes));
  for (const Seen& seen : whole.seen) {
    const auto old = [&](const log::Checkpoint&) -> Result<std::string> { return seen.note; };
    const std::span<const Bytes> part =
        std::span(whole.entries).subspan(ledger->size(), seen.checkpoint.size - ledger->size());
    TUIXUAN_CHECK(ledger->append(part, old).map([](const ledger::Appended&) {}));
  }
  return {};
}

static Result<void> make_server(const Plan& plan, const log::NoteKey& log, const Whole& whole, const Findings& found) {
  const identity::IdentityFiles files{plan.folder};
  TUIXUAN_CHECK(identity::make_tls(files, log.name).map([](const Sha256&) {}));
  return write_ledger(files.ledger(), log, whole, found);
}

static fs::path sealed_in(const Plan& plan, const Sources& sources) {
  std::error_code ec;
  for (const std::string& folder : sources.backups)
    if (const fs::path file = identity::IdentityFiles{folder}.sealed_key(); plan.sealed.empty() && fs::exists(file, ec))
      return file;
  return plan.sealed;
}

Result<log::Epoch> restore(Plan plan, const Sources& sources, const std::function<Result<Supervisors>()>& come) {
  TUIXUAN_TRY(log, log::parse_vkey(plan.card.log));
  Findings found(log);
  TUIXUAN_TRY(kiosks, look_at(sources, found));
  TUIXUAN_TRY(asked, ask_witnesses(plan, log, found));
  TUIXUAN_TRY(whole, whole_of(plan, found));
  TUIXUAN_CHECK(check_rules(plan, log, whole, found, kiosks));
  for (const kiosk::KioskIdentity& k : kiosks) asked.insert(k.id.name);
  plan.sealed = sealed_in(plan, sources);
  if (plan.sealed.empty())
    return fail(code::restore::key, "none of the backups has the log's key (log.key.sealed); give it with --sealed");
  std::error_code ec;
  const bool mine = !fs::exists(plan.folder, ec);
  auto made = make_server(plan, log, whole, found);
  auto done = made ? take_over(plan, found, std::move(asked), come) : tl::unexpected<Error>(made.error());
  if (!done && mine) fs::remove_all(plan.folder, ec);  // nothing was signed
  return done;
}

}  // namespace tuixuan::restore

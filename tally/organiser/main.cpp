// tuixuan: the organiser's, the desk's and the supervisors' steps of a congress. `tuixuan demo` becomes the program
// tuixuan-demo beside it.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "crypto/primitives/core_files.h"
#include "hardware/programs/sibling.h"
#include "hardware/terminal/command_line.h"
#include "tally/client/key_file.h"
#include "tally/client/refusals.h"
#include "tally/organiser/board_export.h"
#include "tally/organiser/commands.h"
#include "tally/organiser/form_command.h"
#include "tally/organiser/key_card_command.h"
#include "tally/organiser/names_command.h"
#include "tally/organiser/paper_commands.h"
#include "tally/organiser/roll_command.h"
#include "tally/organiser/round_commands.h"
#include "tally/organiser/scheme_program.h"
#include "tally/organiser/tell.h"
#include "tally/organiser/templates_command.h"
#include "tally/organiser/thread_commands.h"

namespace tuixuan::organiser {

namespace {

constexpr const char* kDemo = "demo";

// Each command gives its options and what to do with them.
class Program {
 public:
  explicit Program(CLI::App& app) : app_(app) {}
  void add_all();
  void choose(std::function<Result<void>()> run) { chosen_ = std::move(run); }
  Result<void> run() { return chosen_ ? chosen_() : Result<void>{}; }
  int refused() const { return status_; }  // exit status of a refusal

 private:
  CLI::App* command(const char* name, const char* what, std::function<Result<void>()> run) {
    CLI::App* c = app_.add_subcommand(name, what);
    c->callback([this, run = std::move(run)] { chosen_ = run; });
    return c;
  }
  void add_passphrase(CLI::App* c, int& fd) {
    c->add_option("--passphrase-fd", fd,
                  "file descriptor to read passphrases from, one line for each key; else they are asked for");
  }
  void add_card(CLI::App* c) { add_congress(c, signing_.congress); }
  void add_signing(CLI::App* c, bool stage) {
    add_card(c);
    c->add_option("--key", signing_.keys, "key file of a supervisor; give it for each of the two or more")->required();
    add_passphrase(c, signing_.passphrase_fd);
    c->add_flag("--yes", signing_.yes, "sign what is shown without asking");
    if (stage) c->add_option("--stage", signing_.stage, "stage of the scheme")->required();
  }
  void add_setup();
  void add_desk();
  void add_supervision();
  void add_reading();

  CLI::App& app_;
  std::function<Result<void>()> chosen_;
  int status_ = 1;
  Signing signing_;
  KeyOptions key_;
  FoundOptions found_;
  SlipsOptions slips_;
  AttendanceOptions attendance_;
  FormOptions form_;
  std::string file_;
  std::string record_;
  std::string board_dir_;
  std::string reason_;
  std::string kiosk_;
  unsigned trustee_ = 0;
  std::vector<std::string> papers_;
};

void Program::add_setup() {
  CLI::App* key =
      command("key", "make a key file; prints the public key for the scheme", [&] { return make_key(key_); });
  key->add_option("--file", key_.file, "to be written")->required();
  key->add_option("--role", key_.role, "organiser, desk, supervisor, chair, superior or auditor")
      ->required()
      ->check(CLI::IsMember({"organiser", "desk", "supervisor", "chair", "superior", "auditor"}));
  add_passphrase(key, key_.passphrase_fd);
  key->add_flag("--light", key_.light, client::kLightHelp);

  add_scheme_commands(app_, chosen_);
  add_paper_commands(app_, chosen_, status_);
  add_round_commands(app_, chosen_);
  add_roll_command(app_, chosen_);
  add_templates_command(app_, chosen_);
  add_key_card_command(app_, chosen_);

  CLI::App* create = command("create", "freeze the scheme as entry 0 of a server's log (formerly: found)",
                             [&] { return organiser::found(found_); });
  create->alias("found");
  create->add_option("--server", found_.server, "https://address:port")->required();
  create->add_option("--pin", found_.pin, "the server's TLS pin, as its init printed it")->required();
  create->add_option("--scheme", found_.scheme, "scheme file")->required();
  create->add_option("--key", found_.key, "the organiser's key file")->required();
  create->add_option("--card", found_.card, "congress.json, to be written and handed round")->required();
  add_passphrase(create, found_.passphrase_fd);
}

void Program::add_desk() {
  CLI::App* slips = command("slips", "make one-time slips for a box and publish their public list", [&] {
    slips_.signing = signing_;
    return organiser::slips(slips_);
  });
  add_card(slips);
  slips->add_option("--key", signing_.keys, "the desk's key file")->required()->expected(1);
  add_passphrase(slips, signing_.passphrase_fd);
  slips->add_option("--box", slips_.box, "box of the scheme")->required();
  slips->add_option("--round", slips_.rounds, "round they are good for; may be repeated")
      ->required()
      ->check(CLI::Range(1, 255));
  slips->add_option("--count", slips_.count, "how many")->required()->check(CLI::Range(1, 100'000));
  slips->add_option("--sheet", slips_.sheet, "PDF to print, to be written; secret")->required();
  slips->add_option("--codes", slips_.codes, "also the codes as text, one a line; secret");

  CLI::App* void_slip = command("void", "void a spoiled slip; its code is read from standard input",
                                [&] { return void_one(signing_, reason_); });
  add_signing(void_slip, true);
  void_slip->add_option("--reason", reason_, "why")->required();
}

void Program::add_supervision() {
  CLI::App* attendance = command("attendance", "put on the log who should attend and who does", [&] {
    attendance_.signing = signing_;
    return organiser::attendance(attendance_);
  });
  add_signing(attendance, true);
  CLI::Option* file = attendance->add_option(
      "--file", attendance_.file,
      "attendance: a table (XLSX or CSV) or tuixuan-attendance/1, where people are left out, absent "
      "or have written their opinion");
  tally::Attendance& n = attendance_.numbers;
  for (const auto& [name, number, what] : {std::tuple{"--registered", &n.registered, "members (总数)"},
                                           {"--probationary", &n.probationary, "of these, probationary (预备党员)"},
                                           {"--on-probation", &n.on_probation, "of these, on probation (留党察看)"},
                                           {"--suspended", &n.suspended, "of these, with rights suspended"},
                                           {"--present", &n.present, "who attend, of those with the vote (实到)"}})
    attendance->add_option(name, *number, what)->excludes(file)->check(CLI::Range(0, 10'000'000));

  CLI::App* opening = command("open", "open a stage for voting", [&] { return organiser::open(signing_); });
  add_signing(opening, true);
  opening->add_option(
      "--as-of", signing_.as_of,
      "in a rehearsal: as if it were this time in Beijing, 2026-12-01T09:00, to play through the days of a "
      "notice");

  CLI::App* lost = command("kiosk-lost", "a kiosk that will not deliver its last ballots",
                           [&] { return kiosk_lost(signing_, kiosk_, reason_); });
  add_signing(lost, true);
  lost->add_option("--kiosk", kiosk_, "id of the kiosk")->required();
  lost->add_option("--reason", reason_, "why")->required();

  CLI::App* gone = command("trustee-lost", "a trustee who will not come back",
                           [&] { return trustee_lost(signing_, trustee_, reason_); });
  add_signing(gone, false);
  gone->add_option("--trustee", trustee_, "number of the trustee, from 1")->required();
  gone->add_option("--reason", reason_, "why")->required();

  CLI::App* close = command("close", "end the voting of a stage", [&] { return organiser::close(signing_, papers_); });
  add_signing(close, true);
  close->add_option("--papers", papers_, "BOX=CHECKED_IN,ISSUED,UNUSED as counted by hand, for each box")->required();

  add_names_command(app_, chosen_);
  add_signing(command("sign-count", "open the mixed ballots, count, sign the result",
                      [&] { return organiser::count(signing_); }),
              true);
}

void Program::add_reading() {
  CLI::App* form = command("form", "the forms of a stage to print and sign, from what is on the log", [&] {
    form_.congress = signing_.congress;
    form_.stage = signing_.stage;
    return organiser::form(form_);
  });
  add_card(form);
  form->add_option("--stage", signing_.stage, "stage of the scheme")->required();
  form->add_option(
          "--kind", form_.kinds,
          "attendance, papers, tally_sheet, tally_summary, invalid, report, elected, recommendation, decision, "
          "rating, notice; or all that the log has the data of")
      ->capture_default_str();
  form->add_option("--format", form_.format, "of the files")
      ->check(CLI::IsMember({"pdf", "csv", "json"}))
      ->capture_default_str();
  CLI::Option* file = form->add_option("--file", form_.file, "one form, to be written");
  form->add_option("--dir", form_.dir, "folder for one file each")->excludes(file);
  form->add_option("--date", form_.date, "of signing, YYYY-MM-DD; without: a line to write it on");
  form->add_option("--contact", form_.contact, "for a notice: where objections go, if not to the address on the log");
  form->add_option("--issuer", form_.issuer, "for a notice: who signs it");
  form->add_flag("--chinese", form_.chinese_only, "without the English");

  CLI::App* exported = command("export", "check the record and copy it into one file",
                               [&] { return export_record(signing_.congress.card, file_); });
  exported->add_option("--congress", signing_.congress.card, "the card of the congress (congress.json)")->required();
  exported->add_option("--file", file_, "record.tuixuan, to be written")->required();

  CLI::App* board = command("board", "check a record and write its public pages, for any server of static files",
                            [&] { return export_board(record_, board_dir_); });
  board->add_option("--record", record_, "exported file, folder or https:// address")->required();
  board->add_option("--dir", board_dir_, "new folder")->required();
}

void Program::add_all() {
  add_setup();
  add_desk();
  add_supervision();
  add_reading();
  // Named for its help; main_program has already started it.
  app_.add_subcommand(kDemo, "a whole congress on this machine, every role its own program (tuixuan-demo)");
}

int main_program(int argc, char** argv) {
  primitives::forbid_core_files();
  if (argc > 1 && std::string_view(argv[1]) == kDemo) {
    client::tell_refusal("tuixuan", programs::become_sibling("tuixuan-demo", {argv + 2, argv + argc}));
    return 1;
  }
  CLI::App app{"推选 Tuixuan: 组织者、领票处、监票人 / organiser, desk and supervisors"};
  app.require_subcommand(1);
  Program program(app);
  program.add_all();
  const ThreadCommands thread(app, [&](std::function<Result<void>()> run) { program.choose(std::move(run)); });
  if (const auto status = tuixuan::terminal::read_command_line(app, argc, argv)) return *status;
  std::signal(SIGPIPE, SIG_IGN);
  const auto done = program.run();
  if (done) return 0;
  client::tell_refusal("tuixuan", done.error());
  return program.refused();
}

}  // namespace

}  // namespace tuixuan::organiser

int main(int argc, char** argv) { return tuixuan::organiser::main_program(argc, argv); }

#include "tally/demo/hall.h"

#include <boost/json.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "crypto/codes/organiser.h"
#include "crypto/log/note.h"
#include "crypto/primitives/random.h"
#include "hardware/programs/sibling.h"

namespace tuixuan::demo {

namespace fs = std::filesystem;

static constexpr const char* kWitness = "witness.demo/liu";

static unsigned& pause_seconds() {
  static unsigned seconds = 0;
  return seconds;
}

void pace_narration(unsigned seconds) { pause_seconds() = seconds; }

void narrate(const std::string& zh, const std::string& en) {
  std::printf("\n● %s\n  %s\n", zh.c_str(), en.c_str());
  std::fflush(stdout);
  if (pause_seconds() > 0) std::this_thread::sleep_for(std::chrono::seconds(pause_seconds()));
}

static void show_command(const std::vector<std::string>& words) {
  std::string line = fs::path(words.front()).filename();
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool plain = words[i].find_first_of(" =") == std::string::npos;
    line += plain ? " " + words[i] : " '" + words[i] + "'";
  }
  std::printf("  $ %s\n", line.c_str());
  std::fflush(stdout);
}

static std::string last_lines(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream all;
  all << in.rdbuf();
  const std::string text = all.str();
  return text.size() > 2000 ? text.substr(text.size() - 2000) : text;
}

static tl::unexpected<Error> step_failed(const std::string& program, int status, const std::string& messages) {
  return fail(code::demo::step,
              program + " ended with status " + std::to_string(status) + ", saying:\n" + last_lines(messages));
}

Result<Hall> Hall::prepare(const std::string& folder) {
  std::error_code ec;
  fs::path path = folder;
  if (folder.empty()) {
    const fs::path temporary = fs::temp_directory_path(ec);
    if (ec)
      return fail(code::demo::folder,
                  "临时文件夹不能用，请用 --dir 指定 / no temporary folder, give --dir: " + ec.message());
    std::string pattern = (temporary / "tuixuan-demo-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return fail(code::demo::folder, pattern + " cannot be made");
    path = pattern;
  } else if (!fs::create_directory(path, ec)) {
    return fail(code::demo::folder,
                folder + ": " + (ec ? ec.message() : "is there already; the demo wants a new folder"));
  }
  fs::permissions(path, fs::perms::owner_all, ec);
  fs::create_directory(path / "messages", ec);
  Hall hall(fs::absolute(path, ec));
  hall.programs_ = programs::program_folder();
  return hall;
}

Result<std::string> Hall::run(const std::vector<std::string>& words, const std::string& passphrases,
                              const std::string& input) {
  const std::string name = fs::path(words.front()).filename();
  TUIXUAN_TRY(process, programs::Process::start(words, messages(name), as_bytes(passphrases)));
  if (!input.empty()) process.write_line(input);
  process.close_input();
  std::string said = process.read_all();
  const int status = process.wait();
  if (status != 0) return step_failed(name + " " + words[1], status, messages(name));
  return said;
}

// --- keys ------------------------------------------------------------------------------------------------------------

const std::string& Hall::passphrase_of(const std::string& name) const {
  for (const Role& role : roles_)
    if (role.name == name) return role.passphrase;
  bug("a role without keys");
}

static std::string new_passphrase() {
  ByteArray<12> random;
  primitives::fill_random(random);
  return to_hex(random);
}

// The role's program makes the key and prints the public part as its last line.
Result<tally::Key> Hall::new_role(const std::string& name, std::vector<std::string> words) {
  roles_.push_back({name, new_passphrase()});
  TUIXUAN_TRY(said, run(words, roles_.back().passphrase));
  while (!said.empty() && said.back() == '\n') said.pop_back();
  return array_from_hex<32>(said.substr(said.rfind('\n') + 1));
}

static Result<void> read_server_identity(const std::string& said, DemoKeys& keys, std::string& pin) {
  boost::system::error_code ec;
  const boost::json::value about = boost::json::parse(said, ec);
  if (ec) return fail(code::demo::step, "tuixuan-server init did not say what it made");
  keys.log.origin = about.at("origin").as_string().c_str();
  TUIXUAN_TRY(log, array_from_hex<32>(about.at("log_key").as_string().c_str()));
  pin = about.at("tls_pin").as_string().c_str();
  TUIXUAN_TRY(pin_bytes, array_from_hex<32>(pin));
  keys.log.key = log;
  keys.server_pin = Sha256{pin_bytes};
  return {};
}

Result<DemoKeys> Hall::make_keys(const std::vector<std::string>& kiosks, std::uint32_t trustees) {
  TUIXUAN_TRY(server, run({program("tuixuan-server"), "init", "--dir", file("server"), "--origin",
                           "demo.tuixuan/branch/rehearsal", "--json"},
                          {}));
  TUIXUAN_CHECK(read_server_identity(server, keys_, pin_));
  const auto key_of = [&](const std::string& name, const char* role) {
    return new_role(name, {program("tuixuan"), "key", "--light", "--role", role, "--file", file(name + ".key"),
                           "--passphrase-fd", "3"});
  };
  TUIXUAN_TRY(organiser, key_of("organiser", "organiser"));
  TUIXUAN_TRY(desk, key_of("desk", "desk"));
  keys_.organiser = organiser;
  keys_.desk = desk;
  for (const char* name : {"S1", "S2"}) {
    TUIXUAN_TRY(key, key_of(name, "supervisor"));
    keys_.supervisors.push_back(key);
  }
  TUIXUAN_TRY(chair, key_of("chair", "chair"));
  TUIXUAN_TRY(superior, key_of("superior", "superior"));
  TUIXUAN_TRY(auditor, key_of("auditor", "auditor"));
  keys_.chair = chair;
  keys_.superior = superior;
  keys_.auditor = auditor;
  for (const std::string& name : kiosks) {
    TUIXUAN_TRY(key, new_kiosk(name));
    keys_.kiosks.push_back(key);
  }
  for (std::uint32_t i = 1; i <= trustees; ++i) {
    const std::string name = "T" + std::to_string(i);
    TUIXUAN_TRY(key, new_role(name, {program("tuixuan-trustee"), "init", "--light", "--dir", file(name),
                                     "--passphrase-fd", "3"}));
    keys_.trustees.push_back(key);
  }
  roles_.push_back({"witness", new_passphrase()});
  TUIXUAN_TRY(witness, run({program("tuixuan-witness"), "init", "--dir", file("witness"), "--name", kWitness,
                            "--passphrase-fd", "3"},
                           roles_.back().passphrase));
  keys_.witness = witness.substr(0, witness.find('\n'));
  return keys_;
}

// --- programs that stay ----------------------------------------------------------------------------------------------

Result<void> Hall::start_witness() {
  const std::string log =
      log::format_vkey({keys_.log.origin, log::KeyType::kEd25519, primitives::VerifyKey{keys_.log.key}});
  TUIXUAN_TRY(process, programs::Process::start({program("tuixuan-witness"), "run", "--dir", file("witness"), "--log",
                                                 log, "--listen", "127.0.0.1:0", "--passphrase-fd", "3"},
                                                messages("tuixuan-witness"), as_bytes(passphrase_of("witness"))));
  const auto line = process.read_line();  // "tuixuan-witness: http://address:port  vkey"
  const std::size_t at = line ? line->find("http://") : std::string::npos;
  if (at == std::string::npos) return step_failed("tuixuan-witness run", process.wait(), messages("tuixuan-witness"));
  witness_address_ = line->substr(at, line->find("  ", at) - at);
  std::printf("  %s\n", line->c_str());
  witness_.emplace(std::move(process));
  return {};
}

Result<std::string> Hall::cosign(const std::string& kiosk) {
  return run({program("tuixuan-kiosk"), "cosign", "--dir", file(kiosk), "--congress", file("congress.json")}, {});
}

Result<void> Hall::start_server(const std::string& listen) {
  std::vector<std::string> words{program("tuixuan-server"),
                                 "run",
                                 "--dir",
                                 file("server"),
                                 "--organiser",
                                 to_hex(keys_.organiser),
                                 "--listen",
                                 address_.empty() ? listen : address_.substr(8)};
  if (witness_) words.insert(words.end(), {"--witness", std::string(kWitness) + "=" + witness_address_});
  TUIXUAN_TRY(process, programs::Process::start(words, messages("tuixuan-server")));
  const auto line = process.read_line();  // "tuixuan-server: https://address:port  vkey  entries N"
  const std::size_t at = line ? line->find("https://") : std::string::npos;
  if (at == std::string::npos) return step_failed("tuixuan-server run", process.wait(), messages("tuixuan-server"));
  const std::size_t key = line->find("  ", at);
  const std::size_t end = line->find("  ", key + 2);
  address_ = line->substr(at, key - at);
  vkey_ = line->substr(key + 2, end - key - 2);
  std::printf("  %s\n", line->c_str());
  std::fflush(stdout);
  server_.emplace(std::move(process));
  return {};
}

void Hall::cut_power() {
  server_->signal(SIGKILL);
  server_->wait();
}

void Hall::end_server(bool stop) {
  if (stop) server_->signal(SIGTERM);
  server_->wait();
}

Result<void> Hall::start_trustees() {
  for (std::size_t i = 1; i <= keys_.trustees.size(); ++i) {
    const std::string name = "T" + std::to_string(i);
    TUIXUAN_TRY(process, programs::Process::start({program("tuixuan-trustee"), "run", "--dir", file(name), "--congress",
                                                   file("congress.json"), "--passphrase-fd", "3", "--yes"},
                                                  messages("tuixuan-trustee-" + name), as_bytes(passphrase_of(name))));
    trustees_.push_back(std::move(process));
  }
  return {};
}

Result<tally::Key> Hall::new_kiosk(const std::string& name) {
  return new_role(name, {program("tuixuan-kiosk"), "init", "--dir", file(name), "--id", name});
}

void Hall::lose_trustee(std::size_t number) {
  trustees_[number - 1].signal(SIGKILL);
  trustees_[number - 1].wait();
  lost_.insert(number - 1);
}

Result<void> Hall::end_trustees() {
  for (std::size_t i = 0; i < trustees_.size(); ++i) {
    const std::string name = "T" + std::to_string(i + 1);
    if (lost_.contains(i)) continue;
    // They stay while the congress has something left to do, which the demo may not.
    trustees_[i].signal(SIGTERM);
    trustees_[i].read_all();
    const int status = trustees_[i].wait();
    if (status != 0 && status != 128 + SIGTERM)
      return step_failed("tuixuan-trustee " + name, status, messages("tuixuan-trustee-" + name));
  }
  return {};
}

Result<programs::Process> Hall::start_kiosk(const std::string& name) {
  return programs::Process::start(
      {program("tuixuan-kiosk"), "vote", "--dir", file(name), "--congress", file("congress.json"), "--final"},
      messages("tuixuan-kiosk-" + name));
}

// --- commands --------------------------------------------------------------------------------------------------------

Result<void> Hall::command(std::vector<std::string> words, const std::vector<std::string>& keys,
                           const std::string& input) {
  words.insert(words.begin(), program("tuixuan"));
  if (words[1] == "create") {
    words.insert(words.end(), {"--server", address_, "--pin", pin_});
  } else {
    words.insert(words.end(), {"--congress", file("congress.json")});
  }
  std::string passphrases;
  for (const std::string& name : keys) {
    words.insert(words.end(), {"--key", file(name + ".key")});
    passphrases += (passphrases.empty() ? "" : "\n") + passphrase_of(name);
  }
  show_command(words);
  if (!keys.empty()) words.insert(words.end(), {"--passphrase-fd", "3"});
  const bool asks = words[1] != "create" && words[1] != "slips";
  if (!keys.empty() && asks) words.emplace_back("--yes");
  TUIXUAN_TRY(said, run(words, passphrases, input));
  for (std::size_t at = 0; at < said.size();) {
    const std::size_t end = std::min(said.find('\n', at), said.size());
    std::printf("    %s\n", said.substr(at, end - at).c_str());
    at = end + 1;
  }
  std::fflush(stdout);
  return {};
}

Result<int> Hall::verify(const std::vector<std::string>& words) {
  std::vector<std::string> all{program("tuixuan-verify")};
  all.insert(all.end(), words.begin(), words.end());
  show_command(all);
  TUIXUAN_TRY(process, programs::Process::start(all, {}));
  process.close_input();
  std::printf("\n");
  while (const auto line = process.read_line()) {
    std::printf("%s\n", line->c_str());
    std::fflush(stdout);
  }
  return process.wait();
}

}  // namespace tuixuan::demo

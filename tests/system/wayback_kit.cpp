#include "tests/system/wayback_kit.h"

#include <boost/json.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include "hardware/devices/files.h"
#include "server/identity/identity.h"
#include "tally/client/key_file.h"

namespace tuixuan::kit {

namespace fs = std::filesystem;
using programs::Process;

static constexpr std::string_view kPassphrases[] = {"passphrase of the first", "passphrase of the second",
                                                    "passphrase of the third"};
static constexpr std::string_view kWitnessPassphrase = "passphrase of the witness";

static void must(bool ok, const std::string& what) {
  if (ok) return;
  std::fprintf(stderr, "hall: %s\n", what.c_str());
  std::abort();
}

Hall::Hall(std::size_t kiosks, bool with_witness) : kit({60, kiosks, 3, 2, true}, 2) {
  std::string pattern = (fs::temp_directory_path() / "tuixuan-wayback-XXXXXX").string();
  must(::mkdtemp(pattern.data()) != nullptr, "no folder");
  folder_ = pattern;
  must(run({program("tuixuan-server"), "init", "--dir", path("server"), "--origin", kit.scheme.log.origin}) == 0,
       "init");
  const auto identity = identity::load_identity({path("server")});
  must(identity.has_value(), "the server's keys");
  kit.log_key = identity->log_key.copy();
  kit.scheme.log.key = kit.log_key.verify_key().bytes;
  kit.scheme.server_pin = pin_ = identity->pin;
  make_supervisors();
  if (with_witness) make_witness();
  for (std::size_t k = 0; k < kiosks; ++k) {
    auto init = Process::start(
        {program("tuixuan-kiosk"), "init", "--dir", kiosk_folder(k), "--id", kit.kiosks[k].id.name}, messages());
    const auto key = init->read_line();
    must(key && init->wait() == 0, "a kiosk");
    kit.scheme.kiosks[k].key = array_from_hex<32>(*key).value();
    const Bytes seed = devices::FileKeyStore(kiosk_folder(k)).get("kiosk.key").value();
    kit.kiosks[k].signing = primitives::SigningKey(std::span<const std::uint8_t, 32>(seed.data(), seed.size()));
  }
}

Hall::~Hall() {
  kiosks_.clear();
  server_.reset();
  witness_.reset();
  std::error_code ec;
  if (std::getenv("TUIXUAN_KEEP") == nullptr) fs::remove_all(folder_, ec);
}

std::string Hall::program(const std::string& name) const {
  const char* bin = std::getenv("TUIXUAN_BIN_DIR");
  must(bin != nullptr, "TUIXUAN_BIN_DIR is not set; run through ctest");
  return std::string(bin) + "/" + name;
}

void Hall::make_supervisors() {
  for (std::size_t i = 0; i < kit.supervisors.size() && i < std::size(kPassphrases); ++i)
    must(client::write_sealed(path("supervisor-" + std::to_string(i)), kit.supervisors[i].seed().reveal(),
                              as_bytes(kPassphrases[i]), "tuixuan-key/1 supervisor", primitives::kSealLight)
             .has_value(),
         "a supervisor's key");
}

void Hall::make_witness() {
  auto init = Process::start(
      {program("tuixuan-witness"), "init", "--dir", path("witness"), "--name", witness_name, "--passphrase-fd", "3"},
      messages(), as_bytes(std::string(kWitnessPassphrase) + "\n"));
  const auto vkey = init->read_line();
  must(vkey && init->wait() == 0, "the witness");
  kit.scheme.witnesses = {*vkey};
  const log::NoteKey log{kit.scheme.log.origin, log::KeyType::kEd25519, kit.log_key.verify_key()};
  auto started = Process::start({program("tuixuan-witness"), "run", "--dir", path("witness"), "--log",
                                 log::format_vkey(log), "--listen", "127.0.0.1:0", "--passphrase-fd", "3"},
                                messages(), as_bytes(std::string(kWitnessPassphrase) + "\n"));
  const auto line = started->read_line();
  must(line && line->find("http://") != std::string::npos, "the witness does not start");
  const auto at = line->find("http://") + 7;
  witness_.emplace(Serving{std::move(*started), line->substr(at, line->find(' ', at) - at)});
}

std::vector<std::string> Hall::asks_witness() const {
  if (!witness_) return {};
  return {"--witness", witness_name + "=http://" + witness_->address};
}

static Serving serving(Process process) {
  const auto line = process.read_line();
  const auto at = line ? line->find("https://") : std::string::npos;
  if (at == std::string::npos) return {std::move(process), {}};
  return {std::move(process), line->substr(at + 8, line->find(' ', at) - at - 8)};
}

Serving Hall::serve(const std::string& folder, const std::string& address, const std::vector<std::string>& more) {
  std::vector<std::string> words{
      program("tuixuan-server"),       "run", "--dir", folder, "--listen", address, "--organiser",
      kit.organiser.verify_key().hex()};
  for (const auto& extra : {asks_witness(), more}) words.insert(words.end(), extra.begin(), extra.end());
  return serving(std::move(*Process::start(words, messages())));
}

Serving Hall::stand_by(const std::string& folder, const std::string& address) {
  return serving(std::move(*Process::start(
      {program("tuixuan-server"), "standby", "run", "--dir", folder, "--card", card(), "--listen", address},
      messages())));
}

void Hall::open_congress(const std::vector<std::string>& server_words) {
  kit.found();
  kit.ceremony();
  kit.slips();
  kit.attendance();
  kit.open();
  server_.emplace(serve(path("server"), "127.0.0.1:0", server_words));
  must(!server_->address.empty(), "the server does not start: " + told());
  std::ofstream(card()) << client::write_card(card_as());
  client::Client client(client::Address::parse("https://" + server_->address).value(), pin_,
                        log::parse_vkey(card_as().log).value(), kHang);
  bool first = true;
  for (const auto& [hash, bytes] : kit.objects.items()) {
    must(client.put_object(kit.organiser, first ? Hash64{} : kit.congress(), bytes).has_value(), "an object");
    if (first) must(client.append(kit.log[0]).has_value(), "the scheme");
    first = false;
  }
  for (std::size_t i = 1; i < kit.log.size(); ++i) {
    const auto taken = client.append(kit.log[i]);
    must(taken.has_value(), taken ? "" : taken.error().text());
  }
}

client::CongressCard Hall::card_as(const std::string& of) const {
  const log::NoteKey key{kit.scheme.log.origin, log::KeyType::kEd25519, kit.log_key.verify_key()};
  return {server_ ? "https://" + server_->address : std::string(), pin_.bytes, log::format_vkey(key),
          kit.organiser.verify_key().bytes, card(of) + ".epoch"};
}

void Hall::lose_server() {
  server_->process.signal(SIGKILL);
  server_->process.wait();
  std::error_code ec;
  fs::rename(path("server"), old_server(), ec);
  must(!ec, "the old server's folder");
}

int Hall::run(const std::vector<std::string>& words, std::string_view input) {
  auto process = Process::start(words, messages(), as_bytes(input));
  if (!process) return -1;
  process->close_input();
  process->read_all();
  return process->wait();
}

int Hall::with_supervisors(std::vector<std::string> words, std::size_t one, std::size_t other) {
  words.insert(words.begin(), program("tuixuan-server"));
  std::string typed;
  for (const std::size_t i : {one, other}) {
    words.insert(words.end(), {"--key", path("supervisor-" + std::to_string(i))});
    typed += std::string(kPassphrases[i]) + "\n";
  }
  words.insert(words.end(), {"--passphrase-fd", "3"});
  return run(words, typed);
}

// --- kiosks ----------------------------------------------------------------------------------------------------------

void Hall::enter_kiosk(std::size_t k) {
  const std::string mine = card(kit.kiosks[k].id.name);
  if (!fs::exists(mine)) fs::copy_file(card(), mine);
  auto started = Process::start({program("tuixuan-kiosk"), "vote", "--dir", kiosk_folder(k), "--congress", mine,
                                 "--patience", std::to_string(kHang.count())},
                                messages());
  must(started.has_value(), "a kiosk's program");
  kiosks_.erase(k);
  kiosks_.emplace(k, std::move(*started));
  delivered_[k] = 0;
}

void Hall::vote(std::size_t k, std::size_t slip) {
  must(kiosks_.at(k).write_line(
           R"({"slip":")" + kit.slip_secrets[slip].text() +
           R"(","choices":{"committee":{"approve":[1,3],"oppose":[2]},"secretary":{"approve":[1]}}})"),
       "the kiosk has ended");
}

void Hall::wait_delivered(std::size_t k, std::size_t ballots) {
  while (delivered_[k] < ballots) {
    const auto line = kiosks_.at(k).read_line();
    must(line.has_value(), "kiosk " + kit.kiosks[k].id.name + " has ended: " + told());
    const boost::json::object said = boost::json::parse(*line).as_object();
    if (said.at("event").as_string() == "refused") must(false, "refused: " + *line);
    if (said.at("event").as_string() == "delivered")
      delivered_[k] += static_cast<std::size_t>(said.at("ballots").to_number<std::uint64_t>());
  }
}

int Hall::leave_kiosk(std::size_t k) {
  kiosks_.at(k).close_input();
  kiosks_.at(k).read_all();
  const int status = kiosks_.at(k).wait();
  kiosks_.erase(k);
  return status;
}

std::string Hall::stick_of(std::size_t k) {
  const std::string to = path("stick-" + std::to_string(++sticks_));
  fs::copy(kiosk_folder(k), to, fs::copy_options::recursive);
  fs::permissions(to, fs::perms::owner_all);
  return to;
}

// --- what is said ----------------------------------------------------------------------------------------------------

std::string Hall::told() const {
  std::ifstream in(messages());
  return {std::istreambuf_iterator<char>(in), {}};
}

static std::string body_at(client::Address address, const std::string& target) {
  client::Https https(std::move(address), std::nullopt, {std::chrono::seconds(5), std::chrono::seconds(60)});
  const auto answer = https.ask({"GET", target, {}, {}}, std::size_t{1} << 22U);
  return answer ? std::string(as_text(answer->body)) : answer.error().text();
}

std::string Hall::witness_says(const std::string& target) const {
  return body_at(client::Address::parse_any("http://" + witness_->address).value(), target);
}

std::string Hall::get(const std::string& address, const std::string& target) const {
  return body_at(client::Address::parse("https://" + address).value(), target);
}

std::unique_ptr<client::Congress> Hall::newcomer() const {
  client::CongressCard fresh = client::load_card(card()).value();
  fresh.epoch_file.clear();
  return client::Congress::join(fresh, kHang, 2).value();
}

}  // namespace tuixuan::kit

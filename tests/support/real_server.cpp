#include "tests/support/real_server.h"

#include <boost/json.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include "server/identity/identity.h"

namespace tuixuan::kit {

namespace fs = std::filesystem;

static void must(bool ok, const std::string& what) {
  if (ok) return;
  std::fprintf(stderr, "real server: %s\n", what.c_str());
  std::abort();
}

RealServer::RealServer(Congress& kit) : kit_(kit) {
  const char* bin = std::getenv("TUIXUAN_BIN_DIR");
  must(bin != nullptr, "TUIXUAN_BIN_DIR is not set; run through ctest");
  program_ = std::string(bin) + "/tuixuan-server";
  std::string pattern = (fs::temp_directory_path() / "tuixuan-server-XXXXXX").string();
  must(::mkdtemp(pattern.data()) != nullptr, "no folder");
  folder_ = pattern;
  auto init = programs::Process::start(
      {program_, "init", "--dir", (folder_ / "server").string(), "--origin", kit.scheme.log.origin}, messages());
  must(init && init->wait() == 0, "init");
  const auto identity = identity::load_identity({folder_ / "server"});
  must(identity.has_value(), "its keys");
  kit.log_key = identity->log_key.copy();
  kit.scheme.log.key = kit.log_key.verify_key().bytes;
  kit.scheme.server_pin = pin_ = identity->pin;
}

RealServer::~RealServer() {
  process_.reset();
  std::error_code ec;
  fs::remove_all(folder_, ec);
}

std::string RealServer::messages() const { return folder_ / "messages"; }

bool RealServer::start() {
  auto started = programs::Process::start({program_, "run", "--dir", (folder_ / "server").string(), "--organiser",
                                           kit_.organiser.verify_key().hex(), "--listen", address_},
                                          messages());
  if (!started) return false;
  const auto line = started->read_line();
  const auto at = line ? line->find("https://") : std::string::npos;
  if (at == std::string::npos) return false;
  address_ = line->substr(at + 8, line->find(' ', at) - at - 8);
  process_.emplace(std::move(*started));
  return true;
}

void RealServer::kill() {
  process_->signal(SIGKILL);
  process_->wait();
}

int RealServer::stop() {
  process_->signal(SIGTERM);
  return process_->wait();
}

client::CongressCard RealServer::card() const {
  const log::NoteKey key{kit_.scheme.log.origin, log::KeyType::kEd25519, kit_.log_key.verify_key()};
  return {"https://" + address_, pin_.bytes, log::format_vkey(key), kit_.organiser.verify_key().bytes};
}

client::Client RealServer::client(std::chrono::seconds patience) const {
  return client::Client(client::Address::parse("https://" + address_).value(), pin_,
                        log::parse_vkey(card().log).value(), patience);
}

void RealServer::send_log(client::Client& client, std::size_t from, std::size_t to) {
  for (const auto& [hash, bytes] : kit_.objects.items()) {
    const auto put = client.put_object(kit_.organiser, from == 0 ? Hash64{} : kit_.congress(), bytes);
    must(put.has_value(), put ? "" : put.error().text());
    if (from == 0) break;  // before the scheme stands nothing but its file is taken
  }
  for (std::size_t i = from; i < to; ++i) {
    const auto taken = client.append(kit_.log[i]);
    must(taken.has_value(), taken ? "" : taken.error().text());
  }
}

}  // namespace tuixuan::kit

// The program tuixuan-server as a process, with a folder of its own, and a kit's congress on it: the kit's scheme names
// the real server's keys, and its entries are sent over HTTPS.
#pragma once

#include <filesystem>

#include "hardware/programs/process.h"
#include "tally/client/congress_card.h"
#include "tests/support/congress_kit.h"
#include "tests/support/wait.h"

namespace tuixuan::kit {

class RealServer {
 public:
  explicit RealServer(Congress& kit);  // init; makes the kit's keys those of the server
  ~RealServer();
  void listen_at(std::string address) { address_ = std::move(address); }  // before the first start
  bool start();  // false: it did not; on the address of the first start
  void kill();
  int stop();                                                        // exit status
  void send_log(client::Client&, std::size_t from, std::size_t to);  // entries of the kit and all its objects

  client::CongressCard card() const;
  client::Client client(std::chrono::seconds patience = kHang) const;
  std::filesystem::path folder() const { return folder_; }
  std::string messages() const;  // standard error, so far
  programs::Process& process() { return *process_; }

 private:
  Congress& kit_;
  std::filesystem::path folder_;
  std::string program_;
  std::string address_ = "127.0.0.1:0";
  Sha256 pin_;
  std::optional<programs::Process> process_;
};

}  // namespace tuixuan::kit

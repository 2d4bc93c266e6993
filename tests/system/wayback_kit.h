// A hall for the day when the server's machine is lost: the real programs, each with a folder of its own as on a
// machine of its own. A server, a witness, kiosks without a screen, two supervisors with their key files.
#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <map>

#include "hardware/programs/process.h"
#include "kiosk/core/journal_receipts.h"
#include "tally/client/congress_card.h"
#include "tests/support/congress_kit.h"
#include "tests/support/wait.h"

namespace tuixuan::kit {

// A program that serves until it is told to stop, with the address that it said.
struct Serving {
  programs::Process process;
  std::string address;  // host:port
};

class Hall {
 public:
  explicit Hall(std::size_t kiosks, bool with_witness = true);
  ~Hall();

  // The scheme on the log of a real server, up to the opened stage. More words for "tuixuan-server run".
  void open_congress(const std::vector<std::string>& server_words = {});
  Serving serve(const std::string& folder, const std::string& address, const std::vector<std::string>& words = {});
  Serving stand_by(const std::string& folder, const std::string& address);
  std::vector<std::string> asks_witness() const;  // words for "run"
  void lose_server();  // its power is cut and its disk is gone; a copy of the folder is kept as old_server()
  std::string old_server() const { return path("old"); }

  // "tuixuan-server <words>" at which both supervisors type their passphrases. Exit status.
  int with_supervisors(std::vector<std::string> words, std::size_t one = 0, std::size_t other = 1);
  int run(const std::vector<std::string>& words, std::string_view input = {});
  std::string program(const std::string& name) const;

  // A kiosk's program, with a card of its own.
  void enter_kiosk(std::size_t k);
  programs::Process& kiosk(std::size_t k) { return kiosks_.at(k); }
  void vote(std::size_t k, std::size_t slip);               // does not wait for the delivery
  void wait_delivered(std::size_t k, std::size_t ballots);  // since the kiosk's program was started
  int leave_kiosk(std::size_t k);                           // no more voters; exit status
  std::string stick_of(std::size_t k);                      // a copy of the kiosk's folder, taken now

  std::string path(const std::string& name) const { return folder_ / name; }
  std::string kiosk_folder(std::size_t k) const { return path(kit.kiosks[k].id.name); }
  std::string card(const std::string& of = "desk") const { return path(of + ".json"); }
  client::CongressCard card_as(const std::string& of = "desk") const;
  std::string told() const;  // what all programs wrote to standard error
  std::string witness_says(const std::string& target) const;
  std::string get(const std::string& address, const std::string& target) const;  // without a pin
  // The log as a newcomer with the old card and nothing else finds it.
  std::unique_ptr<client::Congress> newcomer() const;
  const std::string& server_address() const { return server_->address; }
  Serving& server() { return *server_; }
  std::optional<Serving>& server_slot() { return server_; }

  Congress kit;
  std::string witness_name = "witness.example/w";

 private:
  std::string messages() const { return path("messages"); }
  void make_supervisors();
  void make_witness();

  std::filesystem::path folder_;
  Sha256 pin_;
  std::optional<Serving> witness_;
  std::optional<Serving> server_;
  std::map<std::size_t, programs::Process> kiosks_;
  std::map<std::size_t, std::size_t> delivered_;
  std::size_t sticks_ = 0;
};

}  // namespace tuixuan::kit

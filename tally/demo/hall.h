// The demo's hall: a folder for every role with its keys, their programs running, commands given at the desk's machine.
// Each command is shown as one would type it. Passphrases are random and live in memory only. Errors: "demo.step" (a
// program failed: which, and what it said), "process".
#pragma once

#include <filesystem>
#include <memory>
#include <set>

#include "hardware/programs/process.h"
#include "tally/demo/scheme.h"

namespace tuixuan::demo {

void narrate(const std::string& zh, const std::string& en);
// For showing in a hall: a pause after each thing told; 0 for none.
void pace_narration(unsigned seconds);

inline constexpr const char* kCountCommand = "sign-count";

class Hall {
 public:
  // Makes the folder, or a new one in the system's temporary folder.
  [[nodiscard]] static Result<Hall> prepare(const std::string& folder);

  // Every role makes its own keys and shows the public ones. Kiosks and trustees by name.
  [[nodiscard]] Result<DemoKeys> make_keys(const std::vector<std::string>& kiosks, std::uint32_t trustees);

  [[nodiscard]] Result<tally::Key> new_kiosk(const std::string& name);

  [[nodiscard]] Result<void> start_server(const std::string& listen);  // waits until it serves
  [[nodiscard]] Result<void> start_witness();                          // before the server, which is told its address
  [[nodiscard]] Result<std::string> cosign(const std::string& kiosk);  // what the kiosk says of it
  [[nodiscard]] Result<void> start_trustees();
  [[nodiscard]] Result<programs::Process> start_kiosk(const std::string& name);
  void cut_power();  // of the server
  [[nodiscard]] Result<void> end_trustees();
  void lose_trustee(std::size_t number);  // from 1: its device is gone
  // Blocks until the server ends, having asked it to if `stop`.
  void end_server(bool stop);

  // tuixuan COMMAND ARGUMENTS... with the congress card and, for each key file named, --key and its passphrase.
  [[nodiscard]] Result<void> command(std::vector<std::string> words, const std::vector<std::string>& keys,
                                     const std::string& input = {});
  // tuixuan-verify, on this terminal. The exit status.
  [[nodiscard]] Result<int> verify(const std::vector<std::string>& words);

  std::filesystem::path file(const std::string& name) const { return folder_ / name; }
  std::string early_checkpoint() const { return file("checkpoint-before-power-cut"); }
  const std::string& address() const { return address_; }
  const std::string& vkey() const { return vkey_; }
  const DemoKeys& keys() const { return keys_; }

 private:
  struct Role {
    std::string name;
    std::string passphrase;
  };
  explicit Hall(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::string program(const std::string& name) const { return programs_ / name; }
  std::string messages(const std::string& name) const { return folder_ / "messages" / name; }
  // Runs to the end; returns what it printed.
  [[nodiscard]] Result<std::string> run(const std::vector<std::string>& words, const std::string& passphrases,
                                        const std::string& input = {});
  [[nodiscard]] Result<tally::Key> new_role(const std::string& name, std::vector<std::string> words);
  const std::string& passphrase_of(const std::string& name) const;

  std::filesystem::path programs_;
  std::filesystem::path folder_;
  std::vector<Role> roles_;
  std::vector<programs::Process> trustees_;
  std::set<std::size_t> lost_;  // trustees, from 0
  std::optional<programs::Process> witness_;
  std::string witness_address_;
  std::optional<programs::Process> server_;
  DemoKeys keys_;
  std::string pin_;
  std::string address_;
  std::string vkey_;
};

}  // namespace tuixuan::demo

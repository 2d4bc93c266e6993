// The commands of the program `tuixuan`, one function each, from their options to what is printed. They return the
// exit status' reason: an error is told by main and nothing else happens. What people read is Chinese, then English.
#pragma once

#include "crypto/base/parallel.h"
#include "tally/organiser/steps.h"

namespace tuixuan::organiser {

// Where the log is. exact: verify all of it, whatever this machine has verified before.
struct CongressFile {
  std::string card;
  bool exact = false;
};

// Of every command that signs: where the log is, and with which key files.
struct Signing {
  CongressFile congress;
  std::vector<std::string> keys;
  int passphrase_fd = -1;  // one line for each key; else each is asked for
  bool yes = false;        // sign without asking whether what is shown is right
  std::string stage;
  std::string as_of;  // in a rehearsal, the time that is claimed (beijing_time.h); empty: now
};

// Opens the key files, each of which must be of the role. Error: the key file's.
[[nodiscard]] Result<Supervisors> signers(const Signing&, std::string_view role);
[[nodiscard]] Result<std::unique_ptr<client::Congress>> join_congress(const CongressFile&);

struct KeyOptions {
  std::string file;
  std::string role;
  int passphrase_fd = -1;
  bool light = false;
};
[[nodiscard]] Result<void> make_key(const KeyOptions&);

struct FoundOptions {
  std::string server;
  std::string pin;
  std::string scheme;
  std::string key;
  int passphrase_fd = -1;
  std::string card;  // to be written
};
[[nodiscard]] Result<void> found(const FoundOptions&);

struct SlipsOptions {
  Signing signing;
  std::string box;
  std::vector<unsigned> rounds;
  std::size_t count = 0;
  std::string sheet;
  std::string codes;
};
[[nodiscard]] Result<void> slips(const SlipsOptions&);

struct AttendanceOptions {
  Signing signing;
  std::string file;  // tuixuan-attendance/1 or a table; or the numbers, where nobody is left out
  tally::Attendance numbers;
};
[[nodiscard]] Result<void> attendance(const AttendanceOptions&);

[[nodiscard]] Result<void> open(const Signing&);
[[nodiscard]] Result<void> void_one(const Signing&, const std::string& reason);  // the code from standard input
[[nodiscard]] Result<void> kiosk_lost(const Signing&, const std::string& kiosk, const std::string& reason);
[[nodiscard]] Result<void> trustee_lost(const Signing&, unsigned trustee, const std::string& reason);
// papers: "box=checked in,issued,unused"
[[nodiscard]] Result<void> close(const Signing&, const std::vector<std::string>& papers);
[[nodiscard]] Result<void> count(const Signing&);

[[nodiscard]] Result<void> export_record(const std::string& card, const std::string& file);

}  // namespace tuixuan::organiser

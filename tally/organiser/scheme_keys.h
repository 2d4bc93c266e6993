// `tuixuan scheme keys`: the public keys that everyone's programs printed, put into a scheme at their places. One line
// or option each, WHO=KEY:
//   origin, log, pin      what tuixuan-server init printed
//   organiser, desk, superior
//   chair:NAME, auditor:NAME   come in with their key
//   the id or name of a supervisor, the id of a kiosk, the name of a trustee
#pragma once

#include "tally/ballot/scheme.h"

namespace tuixuan::organiser {

struct SchemeKeysOptions {
  std::string file;
  std::vector<std::string> keys;  // WHO=KEY
  std::string keys_file;          // keys_of_file
  std::string out;
};
[[nodiscard]] Result<void> put_keys(const SchemeKeysOptions&);

// WHO=KEY of each line, or of a table 谁,公钥 (CSV or XLSX); empty lines and those that begin with # are none.
[[nodiscard]] Result<std::vector<std::string>> keys_of_file(const std::string& file);

// Error "scheme.keys": nobody of that name, several, or no key.
[[nodiscard]] Result<void> put_key(tally::Scheme&, const std::string& who, const std::string& key);

}  // namespace tuixuan::organiser

// The supervisors at this machine, each with the key file and the passphrase. Errors: those of key_file.h.
#pragma once

#include <functional>

#include "server/identity/sealed_key.h"

namespace tuixuan::restore {

struct Supervisors {
  std::vector<primitives::SigningKey> keys;
  std::vector<identity::Supervisor> people;  // in the same order
};
[[nodiscard]] Result<Supervisors> open_supervisors(const std::vector<std::string>& key_files, int passphrase_fd);

}  // namespace tuixuan::restore

#include "server/restore/supervisors.h"

#include "tally/client/key_file.h"

namespace tuixuan::restore {

Result<Supervisors> open_supervisors(const std::vector<std::string>& key_files, int passphrase_fd) {
  Supervisors out;
  for (const std::string& file : key_files) {
    TUIXUAN_TRY(passphrase, client::read_passphrase(passphrase_fd, file + " 口令 / passphrase: ", false));
    TUIXUAN_TRY(key, client::open_key_file(file, "supervisor", passphrase.reveal()));
    out.people.push_back({key.verify_key(), std::move(passphrase)});
    out.keys.push_back(std::move(key));
  }
  return out;
}

}  // namespace tuixuan::restore

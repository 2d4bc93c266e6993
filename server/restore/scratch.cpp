#include "server/restore/scratch.h"

#include <cstdlib>

#include "crypto/codes/server.h"

namespace tuixuan::restore {

namespace fs = std::filesystem;

Scratch::Scratch() {
  std::error_code ec;
  std::string pattern = (fs::temp_directory_path(ec) / "tuixuan-restore-XXXXXX").string();
  if (!ec && ::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
}

Scratch::~Scratch() {
  std::error_code ec;
  if (!path_.empty()) fs::remove_all(path_, ec);
}

Result<void> Scratch::made() const {
  if (path_.empty()) return fail(code::restore::scratch, "no folder for copies can be made in the temporary folder");
  return {};
}

}  // namespace tuixuan::restore

// A folder of its own, gone when this is: where what lies on somebody's stick is copied before it is opened.
// Error "restore.scratch".
#pragma once

#include <filesystem>

#include "crypto/base/result.h"

namespace tuixuan::restore {

class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] Result<void> made() const;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace tuixuan::restore

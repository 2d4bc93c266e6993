// The devices as files: for machines without the hardware, for the demo and for tests. They do what they say (a spooled
// form is on disk, a stored key survives a power cut) and pretend nothing more.
#pragma once

#include <filesystem>
#include <utility>

#include "hardware/devices/devices.h"

namespace tuixuan::devices {

// Each job is a file "0001-name.pdf" in the folder, complete from the moment it is there. The folder must exist.
class SpoolPrinter final : public Printer {
 public:
  explicit SpoolPrinter(std::filesystem::path folder) : folder_(std::move(folder)) {}
  [[nodiscard]] Result<void> print(std::string_view name, ByteView pdf) override;

 private:
  std::filesystem::path folder_;
  unsigned jobs_ = 0;
};

// One code a line from a file descriptor: a terminal, a pipe, or a scanner that types. Not closed by this class.
class LineScanner final : public Scanner {
 public:
  explicit LineScanner(int fd) : fd_(fd) {}
  [[nodiscard]] Result<std::optional<std::string>> scan(std::chrono::milliseconds wait) override;

 private:
  std::optional<Result<std::optional<std::string>>> take_line();
  int fd_;
  std::string pending_;
  bool skipping_ = false;  // the rest of a line that is too long
  bool ended_ = false;
};

// One file for each key, readable by its owner only. Refuses a folder or key that others may read, and symbolic links.
class FileKeyStore final : public KeyStore {
 public:
  explicit FileKeyStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
  [[nodiscard]] Result<void> put(std::string_view name, ByteView value) override;
  [[nodiscard]] Result<Bytes> get(std::string_view name) override;
  [[nodiscard]] Result<bool> has(std::string_view name) override;
  [[nodiscard]] Result<void> remove(std::string_view name) override;

 private:
  [[nodiscard]] Result<std::filesystem::path> path_of(std::string_view name) const;
  std::filesystem::path folder_;
};

}  // namespace tuixuan::devices

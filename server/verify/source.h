// Where a record is read from: a folder, one exported file, or a server. A record is a set of files named as the server
// names them: checkpoint, tile/..., object/<sha256>. Nothing here is believed; verify.h checks all of it.
// Errors: "record.open" (nothing readable there), "record.file" (a file of the record is missing or too large), net.*.
#pragma once

#include <filesystem>
#include <memory>

#include "tally/client/client.h"

namespace tuixuan::verify {

class Source {
 public:
  virtual ~Source() = default;
  // path: "checkpoint", "tile/entries/000.p/5", "object/<sha256>".
  [[nodiscard]] virtual Result<Bytes> read(const std::string& path, std::size_t max_bytes) = 0;
  virtual std::string describe() const = 0;
};

[[nodiscard]] Result<std::unique_ptr<Source>> open_folder(const std::filesystem::path&);
// An uncompressed POSIX tar file; read in place, not unpacked.
[[nodiscard]] Result<std::unique_ptr<Source>> open_archive(const std::filesystem::path&);
// pin: the server's key, if known; without it the record is checked all the same, only not who served it.
[[nodiscard]] Result<std::unique_ptr<Source>> open_server(std::string_view url, std::optional<Sha256> pin);
// Any of them, by what the text looks like.
[[nodiscard]] Result<std::unique_ptr<Source>> open_source(const std::string& where, std::optional<Sha256> pin);

}  // namespace tuixuan::verify

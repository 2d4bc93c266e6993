// The record of a kit's congress as files in memory, made from its entries by the definitions of the log's formats.
#pragma once

#include <map>

#include "server/verify/source.h"
#include "tests/support/congress_kit.h"

namespace tuixuan::kit {

using Files = std::map<std::string, Bytes>;

// The first `size` entries, all by default. The checkpoint is signed with `key`, the kit's log key by default.
Files record_files(const Congress&, std::size_t size = ~std::size_t{0}, const primitives::SigningKey* key = nullptr);
std::string checkpoint_of(const Congress&, std::size_t size);
void write_files(const Files&, const std::filesystem::path& folder);

class FilesSource final : public verify::Source {
 public:
  explicit FilesSource(Files files) : files_(std::move(files)) {}
  [[nodiscard]] Result<Bytes> read(const std::string& path, std::size_t max_bytes) override;
  std::string describe() const override { return "memory"; }

 private:
  Files files_;
};

}  // namespace tuixuan::kit

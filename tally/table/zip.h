// A zip file in memory, read part by part, for workbooks. Nothing is written anywhere; names are only compared.
// Bounded: 5000 entries, 256 MiB unpacked in all. Refused: encrypted entries, two of one name, a damaged directory.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "crypto/base/bytes.h"

namespace tuixuan::table {

class ZipFile {
 public:
  // Errors: "table.workbook".
  [[nodiscard]] static Result<ZipFile> open(std::string bytes);

  bool has(const std::string& name) const;  // whatever its capitals
  // Gives the part in pieces. Errors: "table.workbook": not there, damaged, too large; those of the sink.
  [[nodiscard]] Result<void> read(const std::string& name, const std::function<Result<void>(std::string_view)>&);
  // A small part as a whole.
  [[nodiscard]] Result<std::string> text(const std::string& name, std::size_t limit);

 private:
  std::string bytes_;
  std::map<std::string, std::string> names_;  // in small letters -> as in the file
  std::size_t unpacked_ = 0;
};

}  // namespace tuixuan::table

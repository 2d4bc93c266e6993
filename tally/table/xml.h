// XML in pieces, for the parts of a workbook. Elements come by their local names, whatever the prefix. A document type
// (and with it every entity of its own) is refused, so is a depth beyond 64.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "crypto/base/bytes.h"

namespace tuixuan::table {

using Attributes = std::map<std::string, std::string>;  // by local name

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual Result<void> begin(const std::string& name, const Attributes&) = 0;
  virtual Result<void> text(std::string_view) { return {}; }
  virtual Result<void> end(const std::string&) { return {}; }
};

// `feed` is called with a function that takes the pieces. Errors: "table.workbook"; those of the handler and of feed.
using Pieces = std::function<Result<void>(std::string_view)>;
[[nodiscard]] Result<void> read_xml(XmlHandler&, const std::function<Result<void>(const Pieces&)>& feed);

}  // namespace tuixuan::table

#include "crypto/base/ids.h"

#include <algorithm>

namespace tuixuan {

bool is_short_name(std::string_view s) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  };
  return !s.empty() && s.size() <= 32 && std::all_of(s.begin(), s.end(), good);
}

}  // namespace tuixuan

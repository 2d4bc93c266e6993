// The form of an answer that its asker can use: gzip (RFC 9110, 12.5.3), not again what is still the same (13.1.2), or
// one part of it (14). What a header says wrongly is as if it were not there, as the RFC wants; a part that does not
// exist is refused ("http.range", 416). Parts are of the content as it is, never of its gzip.
#pragma once

#include <optional>

#include "server/http/message.h"

namespace tuixuan::http {

void fit(Response&, const Request&);

// "gzip, br;q=0.5": whether gzip is among it, and not with the weight 0.
bool takes_gzip(std::string_view accept_encoding);
// "*", or a list of tags with this one in it, weak or not.
bool has_tag(std::string_view list, std::string_view tag);

struct Part {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  // included
};
// "bytes=2-5", "bytes=2-", "bytes=-3" of so many bytes. Nothing: not such a range, or several. Error "http.range".
[[nodiscard]] Result<std::optional<Part>> part_of(std::string_view range, std::uint64_t size);

// RFC 1952, without name and time: the same bytes give the same. level: 1 to 9.
Bytes gzip(ByteView, int level);

}  // namespace tuixuan::http

// The digests that bind everything of a stage (crypto/README.md, "Opening" and "Closing").
#pragma once

#include "crypto/base/ids.h"

namespace tuixuan::election {

Hash64 opening_digest(const Hash64& congress, ByteView opening_body);  // ctx
Hash64 close_digest(const Hash64& ctx, ByteView close_body);           // tctx
Bytes object_upload_statement(const Hash64& congress, const Sha256& object,
                              std::uint64_t length);  // signed by the uploader
// Signed by a kiosk that shows a server who it is: 32 bytes that only the two ends of their TLS connection know, under
// this label (RFC 5705). Good for nothing on any other connection, and no part of the record.
inline constexpr std::string_view kConnectionLabel = "EXPORTER-tuixuan-kiosk";
Bytes connection_statement(const ByteArray<32>& secret);
// Eight groups of four digits, to be read aloud and compared.
std::string spoken_digest(const Hash64& digest);

}  // namespace tuixuan::election

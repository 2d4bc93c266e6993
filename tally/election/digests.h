// The digests that bind everything of a stage (crypto/README.md, "Opening" and "Closing").
#pragma once

#include "crypto/base/ids.h"

namespace tuixuan::election {

Hash64 opening_digest(const Hash64& congress, ByteView opening_body);  // ctx
Hash64 close_digest(const Hash64& ctx, ByteView close_body);           // tctx
Bytes object_upload_statement(const Hash64& congress, const Sha256& object,
                              std::uint64_t length);  // signed by the uploader
// Eight groups of four digits, to be read aloud and compared.
std::string spoken_digest(const Hash64& digest);

}  // namespace tuixuan::election

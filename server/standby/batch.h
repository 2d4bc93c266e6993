// What goes from a server to its standby, and back where the standby holds more: entries and the signed checkpoint of
// the log with them. u64 index of the first | text of the note | u32 number | each entry behind its u32 length.
// Errors: "standby.form".
#pragma once

#include "crypto/log/checkpoint.h"

namespace tuixuan::standby {

inline constexpr std::size_t kMaxBatch = std::size_t{40} << 20U;  // bytes
inline constexpr std::uint64_t kStep = 256;                       // entries sent at once, at least, when it catches up

struct Batch {
  std::uint64_t first = 0;
  std::string note;
  std::vector<Bytes> entries;
  friend bool operator==(const Batch&, const Batch&) = default;
};
Bytes encode(std::uint64_t first, std::string_view note, std::span<const Bytes> entries);
[[nodiscard]] Result<Batch> decode_batch(ByteView bytes);

// Where a standby stands: "<size>\n<root, hex>\n".
struct Stand {
  std::uint64_t size = 0;
  Sha256 root;
};
std::string format_stand(const Stand& stand);
[[nodiscard]] Result<Stand> parse_stand(std::string_view text);

}  // namespace tuixuan::standby

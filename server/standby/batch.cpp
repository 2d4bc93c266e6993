#include "server/standby/batch.h"

#include <charconv>

#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/codes/server.h"

namespace tuixuan::standby {

Bytes encode(std::uint64_t first, std::string_view note, std::span<const Bytes> entries) {
  Writer w;
  w.u64(first).blob(as_bytes(note)).count(entries.size());
  for (const Bytes& entry : entries) w.blob(entry);
  return w.take();
}

Result<Batch> decode_batch(ByteView bytes) {
  Reader r(bytes, "batch", code::standby::form);
  Batch out;
  out.first = r.u64();
  out.note = std::string(as_text(r.blob(log::kMaxNoteSize)));
  const std::size_t n = r.count(65536, 4);
  for (std::size_t i = 0; i < n; ++i) out.entries.push_back(to_bytes(r.blob(log::kMaxEntrySize)));
  TUIXUAN_CHECK(r.finish());
  return out;
}

std::string format_stand(const Stand& stand) { return std::to_string(stand.size) + "\n" + stand.root.hex() + "\n"; }

Result<Stand> parse_stand(std::string_view text) {
  Stand out;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.size);
  const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
  if (error != std::errc() || rest.size() != 66 || rest.front() != '\n' || rest.back() != '\n')
    return fail(code::standby::form, "the standby does not say where it stands");
  TUIXUAN_TRY(root, array_from_hex<32>(rest.substr(1, 64)));
  out.root = Sha256{root};
  return out;
}

}  // namespace tuixuan::standby

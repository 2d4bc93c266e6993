#include "crypto/log/proof.h"

#include "crypto/codes/entries.h"
#include "crypto/log/lines.h"
#include "crypto/primitives/base64.h"

namespace tuixuan::log {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

std::string format_receipt(const Receipt& receipt) {
  std::string out = std::string(kFirstLine) + "\n";
  if (receipt.extra) out += std::string(kExtra) + primitives::to_base64(*receipt.extra) + "\n";
  out += std::string(kIndex) + std::to_string(receipt.index) + "\n";
  for (const Sha256& hash : receipt.proof) out += format_hash(hash) + "\n";
  return out + "\n" + receipt.checkpoint;
}

Result<Receipt> parse_receipt(std::string_view text) {
  if (text.size() > kMaxReceiptSize)
    return fail(code::log::proof, "over " + std::to_string(kMaxReceiptSize) + " bytes");
  Lines lines(text, code::log::proof);
  TUIXUAN_TRY(first, lines.next("first line"));
  if (first != kFirstLine) return fail(code::log::proof, "does not begin with " + std::string(kFirstLine));
  Receipt out;
  TUIXUAN_TRY(line, lines.next("index"));
  if (line.starts_with(kExtra)) {
    auto extra = primitives::from_base64(line.substr(kExtra.size()));
    if (!extra) return fail(code::log::proof, "the extra line is not base64");
    out.extra = std::move(*extra);
    TUIXUAN_TRY(after, lines.next("index"));
    line = after;
  }
  if (!line.starts_with(kIndex)) return fail(code::log::proof, "no line with the index");
  TUIXUAN_TRY(index, parse_decimal(line.substr(kIndex.size()), kMaxSize, code::log::proof, "the index"));
  out.index = index;
  TUIXUAN_TRY(proof, parse_hash_lines(lines, code::log::proof));
  out.proof = std::move(proof);
  TUIXUAN_CHECK(parse_note(lines.rest()).map([](const Note&) {}));
  out.checkpoint = lines.rest();
  return out;
}

Result<OpenedCheckpoint> verify_receipt(const Receipt& receipt, const Sha256& leaf, const NoteKey& log) {
  TUIXUAN_TRY(opened, open_checkpoint(receipt.checkpoint, log));
  TUIXUAN_CHECK(verify_inclusion(leaf, receipt.index, opened.checkpoint.size, opened.checkpoint.root, receipt.proof));
  return std::move(opened);
}

}  // namespace tuixuan::log

// A receipt: the proof that an entry stands in the log (c2sp.org/tlog-proof, version 1):
//   c2sp.org/tlog-proof@v1\n [extra <base64>\n] index <n>\n <base64 hash>\n ... \n <the signed checkpoint>
// It is checked offline with the log's public key alone. The line "extra" is authenticated by nothing; this room
// carries it and believes nothing in it. Errors: "log.proof" for the form, otherwise those of checkpoint.h and
// merkle.h.
#pragma once

#include <optional>

#include "crypto/log/checkpoint.h"

namespace tuixuan::log {

inline constexpr std::size_t kMaxReceiptSize = kMaxNoteSize + 16384;

struct Receipt {
  std::optional<Bytes> extra;
  std::uint64_t index = 0;
  Hashes proof;            // inclusion proof, leaf to root
  std::string checkpoint;  // the note, verbatim
  friend bool operator==(const Receipt&, const Receipt&) = default;
};

std::string format_receipt(const Receipt& receipt);
[[nodiscard]] Result<Receipt> parse_receipt(std::string_view text);

// The checkpoint under which the entry with this leaf hash stands at receipt.index.
[[nodiscard]] Result<OpenedCheckpoint> verify_receipt(const Receipt& receipt, const Sha256& leaf, const NoteKey& log);

}  // namespace tuixuan::log

// The card of a role's key (密钥卡): the sealed key as a code to scan, on paper in the size of a postcard, or as
// blocks of text for a terminal. The card names its holder; without the passphrase it opens nothing, and it says so.
// Errors: those of Document, "form.qr".
#pragma once

#include "tally/forms/page.h"

namespace tuixuan::forms {

struct KeyCard {
  std::string code;        // client::key_code
  std::string role;        // both languages: "监票人 supervisor"
  std::string holder;      // may be empty
  std::string public_key;  // hex, as in the scheme
};

[[nodiscard]] Result<Bytes> print_key_card(const KeyCard& card);

// Two rows of modules in a line of text, dark on light whatever the terminal's colours, with the quiet zone.
[[nodiscard]] Result<std::string> qr_blocks(std::string_view text);

}  // namespace tuixuan::forms

// The witness's page for a person with a phone: the fingerprint of the checkpoint, large, to compare with the public
// board and the kiosks, and every alarm in red with its evidence. Chinese first, English second, no scripts, nothing
// from elsewhere; it loads itself anew every few seconds.
#pragma once

#include "server/witness/witness.h"

namespace tuixuan::witness {

inline constexpr std::string_view kPagePolicy =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string page(const Standing&, const log::NoteKey& log, const log::NoteKey& witness);
std::string_view style();                      // of the page, at /style.css
std::string time_text(std::uint64_t seconds);  // Beijing time, for people

}  // namespace tuixuan::witness

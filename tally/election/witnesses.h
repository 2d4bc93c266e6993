// Who may cosign the checkpoints of a congress's log, and how many must (crypto/README.md, "Witnesses"): the witnesses
// of the scheme, under their own names, and each kiosk of the scheme as amended, under <congress>/<kiosk>, with the key
// that signs its ballots. A kiosk signs the 64 bytes of a hash or the text of a cosignature, which is always longer, so
// that neither can be taken for the other.
#pragma once

#include "crypto/log/cosignature.h"
#include "tally/ballot/scheme.h"

namespace tuixuan::election {

std::string kiosk_witness_name(const std::string& congress, const KioskId& kiosk);
// In the order of the scheme: its witnesses, then its kiosks.
std::vector<log::NoteKey> witnesses_of(const tally::Scheme&);
// k of n, more than half: of two different logs of one size only one can have so many, unless somebody cosigns both.
constexpr std::size_t witnesses_needed(std::size_t n) { return n / 2 + 1; }

}  // namespace tuixuan::election

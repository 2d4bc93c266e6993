#include "tally/election/witnesses.h"

namespace tuixuan::election {

std::string kiosk_witness_name(const std::string& congress, const KioskId& kiosk) {
  return congress + "/" + kiosk.name;
}

std::vector<log::NoteKey> witnesses_of(const tally::Scheme& scheme) {
  std::vector<log::NoteKey> out;
  for (const std::string& vkey : scheme.witnesses)
    if (auto key = log::parse_vkey(vkey); key && key->type == log::KeyType::kCosignature)
      out.push_back(std::move(*key));
  for (const tally::Kiosk& kiosk : scheme.kiosks)
    out.push_back({kiosk_witness_name(scheme.congress.id, kiosk.id), log::KeyType::kCosignature,
                   primitives::VerifyKey{kiosk.key}});
  return out;
}

}  // namespace tuixuan::election

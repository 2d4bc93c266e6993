#include "tally/client/witness_held.h"

#include "crypto/codes/client.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"

namespace tuixuan::client {

static constexpr TimeLimits kLimits{std::chrono::seconds(2), std::chrono::seconds(5)};

Result<WitnessAddress> parse_witness(const std::string& text) {
  const auto at = text.find('=');
  if (at == std::string::npos || !log::is_key_name(text.substr(0, at)))
    return fail(code::witness::address,
                "\"" + text + "\" is not NAME=URL, such as witness.example/liu=http://10.0.0.7:8081");
  auto address = Address::parse_any(text.substr(at + 1));
  if (!address) return fail(code::witness::address, address.error().what);
  return WitnessAddress{text.substr(0, at), std::move(*address)};
}

Result<WitnessHolds> ask_witness(const WitnessAddress& witness, const log::NoteKey& log) {
  Https https(witness.address, std::nullopt, kLimits);
  WitnessHolds out;
  TUIXUAN_TRY(checkpoint, https.ask({"GET", "/checkpoint", {}, {}}, log::kMaxNoteSize));
  if (checkpoint.status != 200 && checkpoint.status != 404)
    return fail(code::net::http, witness.name + " answered with status " + std::to_string(checkpoint.status));
  if (checkpoint.status == 200) {
    out.note = std::string(as_text(checkpoint.body));
    auto opened = log::open_checkpoint(out.note, log);
    if (!opened)
      return fail(code::net::http, witness.name + " shows no checkpoint of this log: " + opened.error().text());
    out.checkpoint = std::move(*opened);
  }
  TUIXUAN_TRY(epoch, https.ask({"GET", "/epoch", {}, {}}, log::kMaxEpochSize));
  if (epoch.status == 200 && log::open_epoch(as_text(epoch.body), log)) out.epoch = std::string(as_text(epoch.body));
  return out;
}

Result<void> tell_witness(const WitnessAddress& witness, std::string_view epoch, std::string& held) {
  Https https(witness.address, std::nullopt, kLimits);
  TUIXUAN_TRY(answer, https.ask({"POST", "/epoch", {}, as_bytes(epoch)}, log::kMaxEpochSize));
  if (answer.status == 200) return {};
  if (answer.status != 409)
    return fail(code::net::http, witness.name + " answered with status " + std::to_string(answer.status));
  held = std::string(as_text(answer.body));
  return fail(code::epoch::conflict, "the witness " + witness.name + " holds another epoch already");
}

}  // namespace tuixuan::client

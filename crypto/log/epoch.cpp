#include "crypto/log/epoch.h"

#include <algorithm>
#include <array>

#include "crypto/codes/entries.h"
#include "crypto/log/lines.h"

namespace tuixuan::log {

static constexpr std::string_view kFormat = "tuixuan-epoch/1";
static constexpr Code kCheck = code::epoch::form;
static constexpr std::string_view kWithout = "without ";
static constexpr const char* kSigner = "supervisor";
static constexpr std::array<std::string_view, 3> kCauses{"promoted", "restored", "alone"};

std::string_view name_of(EpochCause cause) { return kCauses.at(static_cast<std::size_t>(cause)); }

std::string format_epoch(const Epoch& e) {
  std::string out = std::string(kFormat) + "\n" + e.origin + "\n" + std::to_string(e.number) + "\n" +
                    std::to_string(e.size) + "\n" + format_hash(e.root) + "\n" + e.address + "\n" + e.pin.hex() + "\n" +
                    std::string(name_of(e.cause)) + "\n";
  for (const std::string& name : e.without) out += std::string(kWithout) + name + "\n";
  return out;
}

static bool is_address(std::string_view text) {
  return !text.empty() && text.size() <= kMaxAddress &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

Result<Epoch> parse_epoch(std::string_view text) {
  Lines lines(text, kCheck);
  Epoch out;
  TUIXUAN_TRY(format, lines.next("format"));
  if (format != kFormat) return fail(kCheck, "not of the format tuixuan-epoch/1");
  TUIXUAN_TRY(origin, lines.next("origin"));
  if (!is_key_name(origin)) return fail(kCheck, "the origin is no name of a log");
  out.origin = std::string(origin);
  TUIXUAN_TRY(number, lines.next("number"));
  TUIXUAN_TRY(n, parse_decimal(number, kMaxSize, kCheck, "number"));
  TUIXUAN_TRY(size, lines.next("size"));
  TUIXUAN_TRY(s, parse_decimal(size, kMaxSize, kCheck, "size"));
  if (n == 0 || s == 0) return fail(kCheck, "an epoch's number and size begin at 1");
  out.number = n;
  out.size = s;
  TUIXUAN_TRY(root, lines.next("root"));
  TUIXUAN_TRY(hash, parse_hash(root, kCheck, "root"));
  out.root = hash;
  TUIXUAN_TRY(address, lines.next("address"));
  if (!is_address(address)) return fail(kCheck, "the address is none");
  out.address = std::string(address);
  TUIXUAN_TRY(pin_hex, lines.next("pin"));
  const auto pin = array_from_hex<32>(pin_hex);
  if (!pin) return fail(kCheck, "the pin: " + pin.error().what);
  out.pin = Sha256{*pin};
  TUIXUAN_TRY(cause, lines.next("cause"));
  const auto* const known = std::find(kCauses.begin(), kCauses.end(), cause);
  if (known == kCauses.end()) return fail(kCheck, "the cause is none of promoted, restored, alone");
  out.cause = static_cast<EpochCause>(known - kCauses.begin());
  while (!lines.at_end()) {
    TUIXUAN_TRY(line, lines.next("without"));
    const std::string_view name = line.substr(std::min(kWithout.size(), line.size()));
    if (!line.starts_with(kWithout) || !is_key_name(name) || out.without.size() == kMaxWithout)
      return fail(kCheck, "a line that is not \"without\" and a name, or too many of them");
    if (!out.without.empty() && out.without.back() >= name) return fail(kCheck, "the names are not ascending");
    out.without.emplace_back(name);
  }
  return out;
}

std::string sign_epoch(const Epoch& epoch, const primitives::SigningKey& log,
                       std::span<const primitives::SigningKey* const> supervisors) {
  Note note{format_epoch(epoch), {}};
  note.signatures.push_back(sign_note(note.text, epoch.origin, log));
  for (const primitives::SigningKey* key : supervisors) note.signatures.push_back(sign_note(note.text, kSigner, *key));
  return format_note(note);
}

Result<OpenedEpoch> open_epoch(std::string_view text, const NoteKey& log) {
  if (text.size() > kMaxEpochSize) return fail(kCheck, "the statement is too long");
  TUIXUAN_TRY(note, parse_note(text));
  TUIXUAN_TRY(epoch, parse_epoch(note.text));
  if (epoch.origin != log.name) return fail(kCheck, "it is of the log " + epoch.origin + ", not of " + log.name);
  TUIXUAN_CHECK(verify_note(note, std::span(&log, 1)).map([](const std::vector<NoteSignature>&) {}));
  return OpenedEpoch{std::move(epoch), std::move(note)};
}

Result<void> check_supervisors(const OpenedEpoch& opened, std::span<const primitives::VerifyKey> supervisors) {
  std::vector<NoteKey> known;
  for (const primitives::VerifyKey& key : supervisors) known.push_back({kSigner, KeyType::kEd25519, key});
  const auto good = verify_note(opened.note, known);
  if (!good || good->size() < 2)
    return fail(code::epoch::supervisors,
                "epoch " + std::to_string(opened.epoch.number) + " is not signed by two supervisors of this congress");
  return {};
}

}  // namespace tuixuan::log

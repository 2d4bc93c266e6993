// The text formats of the log: each is refused, or is exactly what is written for the value it was read as.
#include "crypto/codes/server.h"
#include "crypto/log/fork.h"
#include "crypto/log/proof.h"
#include "crypto/log/witness.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

namespace {

template <class Parsed, class Format>
void require_one_spelling(std::string_view text, const Parsed& parsed, const Format& format, const char* what) {
  if (parsed) {
    fuzz::require(format(*parsed) == text, what);
  } else {
    fuzz::require(parsed.error().check != Code() && !parsed.error().what.empty(),
                  "a refusal names its check and its reason");
  }
}

}  // namespace

namespace {

// A witness of the log that the request itself names: it answers each with a status, and cosigns only what its key
// signed, which no input here is.
void ask_a_witness(std::string_view text) {
  static const auto key = primitives::SigningKey::random();
  const auto request = log::parse_add_checkpoint(text);
  log::NoteKey of_log{"example.org/congress", log::KeyType::kEd25519, key.verify_key()};
  if (request) of_log.name = log::parse_checkpoint_lines(log::parse_note(request->checkpoint)->text)->origin;
  const auto judged = log::judge(text, std::nullopt, of_log);
  fuzz::require(!judged, "nothing is cosigned without the log's signature");
  fuzz::require(log::status_of_refusal(judged.error().check) >= 400, "a refusal has a status");
  fuzz::require(request || judged.error().check == code::witness::form, "what is malformed is answered as such");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  require_one_spelling(text, log::parse_note(text), log::format_note, "note");
  require_one_spelling(text, log::parse_vkey(text), log::format_vkey, "vkey");
  require_one_spelling(text, log::parse_checkpoint(text), log::format_checkpoint, "checkpoint");
  require_one_spelling(text, log::parse_receipt(text), log::format_receipt, "receipt");
  require_one_spelling(text, log::parse_add_checkpoint(text), log::format_add_checkpoint, "add-checkpoint");
  require_one_spelling(text, log::parse_fork(text), log::format_fork, "evidence of a fork");
  ask_a_witness(text);
  const auto format_lines = [](const std::vector<log::NoteSignature>& lines) {
    std::string out;
    for (const auto& line : lines) out += log::format_signature_line(line);
    return out;
  };
  require_one_spelling(text, log::parse_signature_lines(text), format_lines, "signature lines");
  return 0;
}

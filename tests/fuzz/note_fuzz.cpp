// The text formats of the log: each is refused, or is exactly what is written for the value it was read as.
#include "crypto/log/cosignature.h"
#include "crypto/log/proof.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

namespace {

template <class Parsed, class Format>
void require_one_spelling(std::string_view text, const Parsed& parsed, const Format& format, const char* what) {
  if (parsed) {
    fuzz::require(format(*parsed) == text, what);
  } else {
    fuzz::require(!parsed.error().check.empty() && !parsed.error().what.empty(),
                  "a refusal names its check and its reason");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  require_one_spelling(text, log::parse_note(text), log::format_note, "note");
  require_one_spelling(text, log::parse_vkey(text), log::format_vkey, "vkey");
  require_one_spelling(text, log::parse_checkpoint(text), log::format_checkpoint, "checkpoint");
  require_one_spelling(text, log::parse_receipt(text), log::format_receipt, "receipt");
  require_one_spelling(text, log::parse_add_checkpoint(text), log::format_add_checkpoint, "add-checkpoint");
  const auto format_lines = [](const std::vector<log::NoteSignature>& lines) {
    std::string out;
    for (const auto& line : lines) out += log::format_signature_line(line);
    return out;
  };
  require_one_spelling(text, log::parse_signature_lines(text), format_lines, "signature lines");
  return 0;
}

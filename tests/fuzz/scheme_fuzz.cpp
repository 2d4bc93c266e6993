// Scheme files and reports: a scheme that is taken is written and read back as the same scheme; a report has one
// spelling.
#include "tally/scheme/report.h"
#include "tally/scheme/scheme_file.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const scheme::Parsed parsed = scheme::parse_scheme(bytes);
  fuzz::require(parsed.scheme.has_value() != scheme::refuses(parsed.faults), "a scheme, or a fault that refuses it");
  for (const scheme::Fault& fault : parsed.faults)
    fuzz::require(!fault.check.empty() && !fault.zh.empty() && !fault.en.empty(), "a fault is told in both languages");
  if (parsed.scheme) {
    const scheme::Parsed again = scheme::parse_scheme(scheme::write_scheme(*parsed.scheme));
    fuzz::require(again.scheme == parsed.scheme, "a written scheme is the same scheme");
  }
  if (const auto report = scheme::parse_report(bytes))
    fuzz::require(equal(scheme::write_report(*report), bytes), "a report has one spelling");
  return 0;
}

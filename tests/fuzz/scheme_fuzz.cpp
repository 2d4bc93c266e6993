// Schemes, added stages and attendances: one that is taken is written and read back as the same. Reports, proposals and
// outcomes have one spelling.
#include "tally/scheme/attendance_file.h"
#include "tally/scheme/outcome_file.h"
#include "tally/scheme/proposal.h"
#include "tally/scheme/report.h"
#include "tally/scheme/scheme_file.h"
#include "tally/scheme/stage_file.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const scheme::Parsed parsed = scheme::parse_scheme(bytes);
  fuzz::require(parsed.scheme.has_value() != scheme::refuses(parsed.faults), "a scheme, or a fault that refuses it");
  for (const scheme::Fault& fault : parsed.faults)
    fuzz::require(fault.check != Code() && !fault.zh.empty() && !fault.en.empty(), "a fault is told in both languages");
  if (parsed.scheme) {
    const scheme::Parsed again = scheme::parse_scheme(scheme::write_scheme(*parsed.scheme));
    fuzz::require(again.scheme == parsed.scheme, "a written scheme is the same scheme");
  }
  if (const auto report = scheme::parse_report(bytes))
    fuzz::require(equal(scheme::write_report(*report), bytes), "a report has one spelling");
  if (const auto proposal = scheme::parse_proposal(bytes))
    fuzz::require(equal(scheme::write_proposal(*proposal), bytes), "a proposal has one spelling");
  if (const auto outcome = scheme::parse_outcome(bytes))
    fuzz::require(equal(scheme::write_outcome(*outcome), bytes), "an outcome has one spelling");
  const scheme::ParsedStage stage = scheme::parse_stage(bytes);
  fuzz::require(stage.added.has_value() != scheme::refuses(stage.faults), "a stage, or a fault that refuses it");
  if (stage.added) {
    const scheme::ParsedStage again = scheme::parse_stage(scheme::write_stage(*stage.added));
    fuzz::require(
        again.added && again.added->stage == stage.added->stage && again.added->contests == stage.added->contests,
        "a written stage is the same stage");
  }
  const scheme::ParsedAttendance there = scheme::parse_attendance(bytes);
  fuzz::require(there.attendance.has_value() == there.faults.empty(), "an attendance, or its faults");
  if (there.attendance)
    fuzz::require(scheme::parse_attendance(scheme::write_attendance(*there.attendance)).attendance == there.attendance,
                  "a written attendance is the same attendance");
  return 0;
}

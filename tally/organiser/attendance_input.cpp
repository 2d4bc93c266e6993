#include "tally/organiser/attendance_input.h"

#include "crypto/codes/documents.h"
#include "hardware/devices/durable_file.h"
#include "tally/organiser/table_file.h"
#include "tally/organiser/tell.h"
#include "tally/scheme/attendance_file.h"

namespace tuixuan::organiser {

static constexpr std::size_t kMaxFile = std::size_t{4} << 20U;

static Result<bool> is_json(const std::string& file) {
  TUIXUAN_TRY(source, file_source(file_of(file)));
  std::string first(64, '\0');
  TUIXUAN_TRY(n, source(first));
  first.resize(n);
  if (first.starts_with("\xEF\xBB\xBF")) first.erase(0, 3);
  const auto at = first.find_first_not_of(" \t\r\n");
  return at != std::string::npos && first[at] == '{';
}

Result<tally::Attendance> attendance_from(const std::string& file, const tally::Scheme& scheme,
                                          const tally::Stage& stage, paper::BoxNumbers boxes) {
  TUIXUAN_TRY(json, is_json(file));
  if (!json) {
    tally::Attendance out;
    TUIXUAN_CHECK(with_table(file, [&](table::Table& rows) -> Result<void> {
      TUIXUAN_TRY(read, paper::read_attendance_table(scheme, stage, rows, boxes));
      out = std::move(read);
      return {};
    }));
    return out;
  }
  TUIXUAN_TRY(bytes, devices::read_all(file, kMaxFile, false, code::attendance::file));
  auto parsed = scheme::parse_attendance(bytes);
  if (!parsed.attendance) {
    show_faults(parsed.faults);
    return fail(code::attendance::file, file + " 有上述问题 / has the faults above");
  }
  if (parsed.attendance->stage != stage.id)
    return fail(code::attendance::stage, file + " 是环节 " + parsed.attendance->stage.name + " 的 / is of stage " +
                                             parsed.attendance->stage.name);
  return std::move(*parsed.attendance);
}

}  // namespace tuixuan::organiser

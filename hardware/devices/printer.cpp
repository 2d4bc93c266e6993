#include <cstdio>

#include "crypto/codes/client.h"
#include "hardware/devices/durable_file.h"
#include "hardware/devices/files.h"

namespace tuixuan::devices {

Result<void> SpoolPrinter::print(std::string_view name, ByteView pdf) {
  if (!is_file_name(name))
    return fail(code::device::printer, "'" + std::string(name) + "' cannot be the name of a print job");
  if (!as_text(pdf).starts_with("%PDF-")) return fail(code::device::printer, std::string(name) + ": not a PDF");
  // Numbers that are taken, by an earlier run or another program, are passed over.
  for (std::error_code error; jobs_ < 9999;) {
    char number[16];
    std::snprintf(number, sizeof number, "%04u-", static_cast<unsigned>(++jobs_));
    const std::filesystem::path path = folder_ / (number + std::string(name) + ".pdf");
    if (!std::filesystem::exists(path, error)) return write_new(path, pdf, code::device::printer);
  }
  return fail(code::device::printer, folder_.string() + ": 9999 print jobs are waiting; empty the folder");
}

}  // namespace tuixuan::devices

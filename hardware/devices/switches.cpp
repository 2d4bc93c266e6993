#include "hardware/devices/durable_file.h"
#include "hardware/devices/files.h"

namespace tuixuan::devices {

std::string_view name_of(Switch s) {
  switch (s) {
    case Switch::cover:
      return "cover";
    case Switch::service_key:
      return "service-key";
  }
  bug("no such switch");
}

Result<bool> FileSwitches::closed(Switch s) {
  TUIXUAN_TRY(bytes, read_all(folder_ / name_of(s), 16, false, "device.switch"));
  std::string_view state = as_text(bytes);
  if (state.ends_with('\n')) state.remove_suffix(1);
  if (state == "closed") return true;
  if (state == "open") return false;
  return fail("device.switch", (folder_ / name_of(s)).string() + ": neither \"open\" nor \"closed\"");
}

}  // namespace tuixuan::devices

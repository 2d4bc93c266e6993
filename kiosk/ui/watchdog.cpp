#include "kiosk/ui/watchdog.h"

#include "hardware/devices/service_manager.h"

namespace tuixuan::kiosk {

void tell_watchdog() { devices::tell_service_manager("READY=1\nWATCHDOG=1"); }

}  // namespace tuixuan::kiosk

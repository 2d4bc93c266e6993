// Tells the service manager that the screen still turns: the protocol of sd_notify(3), a datagram to the socket that
// NOTIFY_SOCKET names. Without that variable it does nothing.
#pragma once

namespace tuixuan::kiosk {

void tell_watchdog();

}  // namespace tuixuan::kiosk

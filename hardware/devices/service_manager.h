// Tells the service manager how this program is, by the protocol of sd_notify(3): a datagram to the socket that
// NOTIFY_SOCKET names. Without that variable it does nothing.
#pragma once

#include <string_view>

namespace tuixuan::devices {

// Such as "READY=1\nWATCHDOG=1", "STATUS=...".
void tell_service_manager(std::string_view state);

}  // namespace tuixuan::devices

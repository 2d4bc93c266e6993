#include "tally/client/beacon.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

namespace tuixuan::client {

static constexpr std::size_t kMaxDatagram = 8192;
static constexpr unsigned kMostAtOnce = 64;

static int listening_socket() {
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return fd;
  const int on = 1;
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(kBeaconPort);
  at.sin_addr.s_addr = htonl(INADDR_ANY);
  // Several programs of one machine listen; each gets every broadcast.
  if (::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
      ::bind(fd, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0)
    return fd;
  return devices::Fd(fd), -1;
}

BeaconListener::BeaconListener() : fd_(listening_socket()) {}

std::vector<std::string> BeaconListener::heard() {
  std::vector<std::string> out;
  std::array<char, kMaxDatagram> buffer{};
  for (unsigned i = 0; fd_ && i < kMostAtOnce; ++i) {
    const auto n = ::recv(fd_.get(), buffer.data(), buffer.size(), 0);
    if (n <= 0) break;
    std::string note(buffer.data(), static_cast<std::size_t>(n));
    if (out.empty() || out.back() != note) out.push_back(std::move(note));
  }
  return out;
}

void send_beacon(const std::string& note) {
  const devices::Fd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  ifaddrs* all = nullptr;
  if (!fd || ::setsockopt(fd.get(), SOL_SOCKET, SO_BROADCAST, &on, sizeof on) != 0 || ::getifaddrs(&all) != 0) return;
  for (const ifaddrs* i = all; i != nullptr; i = i->ifa_next) {
    if (i->ifa_addr == nullptr || i->ifa_addr->sa_family != AF_INET || (i->ifa_flags & IFF_UP) == 0) continue;
    sockaddr_in to{};
    if ((i->ifa_flags & IFF_BROADCAST) != 0 && i->ifa_broadaddr != nullptr) {
      std::memcpy(&to, i->ifa_broadaddr, sizeof to);
    } else if ((i->ifa_flags & IFF_LOOPBACK) != 0) {
      to.sin_family = AF_INET;
      to.sin_addr.s_addr = htonl(0x7fffffff);  // 127.255.255.255
    } else {
      continue;
    }
    to.sin_port = htons(kBeaconPort);
    // A network that does not take it is no error: the note goes by other ways too.
    [[maybe_unused]] const auto sent =
        ::sendto(fd.get(), note.data(), note.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }
  ::freeifaddrs(all);
}

}  // namespace tuixuan::client

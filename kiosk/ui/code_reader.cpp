#include "kiosk/ui/code_reader.h"

#include <fcntl.h>

#include "crypto/primitives/secret.h"
#include "hardware/devices/camera.h"
#include "hardware/devices/durable_file.h"
#include "hardware/devices/files.h"

namespace tuixuan::kiosk {

using namespace std::chrono_literals;

CodeReader::CodeReader(ReaderKind kind, std::string device) : kind_(kind), device_(std::move(device)) {
  thread_ = std::thread([this] { run(); });
}

CodeReader::~CodeReader() {
  stopping_ = true;
  thread_.join();
}

void CodeReader::read_from(devices::Scanner& scanner) {
  while (!stopping_ && !idle()) {
    auto code = scanner.scan(200ms);
    if (!code) return;
    if (!*code) continue;
    QMetaObject::invokeMethod(this, [this, text = QString::fromStdString(**code)] { Q_EMIT read(text); });
    primitives::wipe({reinterpret_cast<std::uint8_t*>((*code)->data()), (*code)->size()});
  }
}

void CodeReader::run() {
  while (!stopping_) {
    if (kind_ == ReaderKind::lines) {
      const devices::Fd fd(::open(device_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
      missing_ = !fd;
      devices::LineScanner scanner(fd.get());
      if (fd) read_from(scanner);
    } else if (!idle()) {
      auto camera = devices::VideoCamera::open(device_);
      missing_ = !camera;
      if (camera) {
        devices::CameraScanner scanner(std::move(*camera));
        read_from(scanner);
      }
    }
    for (int i = 0; i < (idle() ? 1 : 5) && !stopping_; ++i) std::this_thread::sleep_for(100ms);
  }
}

}  // namespace tuixuan::kiosk

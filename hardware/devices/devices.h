// What a kiosk or desk needs of the hardware around it, as small interfaces. Everything they return from outside is
// checked and bounded here; what fails says which device, and what a person can do about it. Errors: "device.printer",
// "device.scanner", "device.keystore".
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "crypto/base/bytes.h"

namespace tuixuan::devices {

class Printer {
 public:
  virtual ~Printer() = default;
  // Returns once the printer has taken all of it. name: 1 to 64 of a-z A-Z 0-9 . _ -
  [[nodiscard]] virtual Result<void> print(std::string_view name, ByteView pdf) = 0;
};

class Scanner {
 public:
  static constexpr std::size_t kMaxCode = 256;
  virtual ~Scanner() = default;
  // The next code that is held under the scanner; nothing if none came in time. A code is printable UTF-8 of 1 to
  // kMaxCode bytes; any other is an error, and the scanner is ready for the next one.
  [[nodiscard]] virtual Result<std::optional<std::string>> scan(std::chrono::milliseconds wait) = 0;
};

// Small secrets that must outlive a power cut and stay on the device. Names as in Printer. What is stored is the
// caller's affair; a key that is not bound to hardware belongs in a sealed file (crypto/primitives/seal.h).
class KeyStore {
 public:
  static constexpr std::size_t kMaxSize = 64U << 10U;
  virtual ~KeyStore() = default;
  // Durable when it returns. A name is written once: an existing key is never replaced.
  [[nodiscard]] virtual Result<void> put(std::string_view name, ByteView value) = 0;
  [[nodiscard]] virtual Result<Bytes> get(std::string_view name) = 0;
  [[nodiscard]] virtual Result<bool> has(std::string_view name) = 0;
  [[nodiscard]] virtual Result<void> remove(std::string_view name) = 0;  // overwritten first, as far as a disk obeys
};

}  // namespace tuixuan::devices

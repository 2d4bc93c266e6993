// A picture of a camera, and what is read from it. A frame comes as the camera lays it out; light_of() takes its
// lightness, the only thing a code needs, and refuses what is not as large as it says. read_code() finds one QR code at
// any angle, small, dim or half in shadow. Errors: "device.camera".
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "crypto/base/bytes.h"

namespace tuixuan::devices {

// Ways to lay out a picture in which the lightness stands plainly (names of the Linux kernel's pixel formats).
enum class Layout { grey, yuyv, uyvy, planar };  // planar: NV12, NV21, YUV420: the lightness first

struct Frame {
  Layout layout = Layout::grey;
  unsigned width = 0;
  unsigned height = 0;
  unsigned stride = 0;  // bytes from a row to the next
  ByteView bytes;
};

inline constexpr unsigned kMostPixels = 4096;  // a side

struct Light {
  unsigned width = 0;
  unsigned height = 0;
  Bytes dots;  // row by row, 0 dark
};
[[nodiscard]] Result<void> light_of(const Frame& frame, Light& out);  // out keeps its memory from frame to frame

// Printable UTF-8 of 1 to Scanner::kMaxCode bytes; nothing if there is no such code in it.
std::optional<std::string> read_code(const Light& light);

}  // namespace tuixuan::devices

#include "hardware/devices/frame.h"

#define ZX_USE_UTF8  // text() is a std::string
#include <ZXing/ReadBarcode.h>

#include "crypto/base/reader.h"
#include "crypto/codes/client.h"
#include "hardware/devices/devices.h"

namespace tuixuan::devices {

Result<void> light_of(const Frame& frame, Light& out) {
  const bool pairs = frame.layout == Layout::yuyv || frame.layout == Layout::uyvy;
  const std::size_t row = std::size_t{frame.width} * (pairs ? 2 : 1);
  if (frame.width == 0 || frame.height == 0 || frame.width > kMostPixels || frame.height > kMostPixels)
    return fail(code::device::camera, "the camera gives pictures of " + std::to_string(frame.width) + " x " +
                                          std::to_string(frame.height) + " dots; set it to another size");
  if (frame.stride < row || frame.bytes.size() < std::size_t{frame.stride} * (frame.height - 1) + row)
    return fail(code::device::camera, "the camera gave a picture that is not whole; plug it in again");
  out.width = frame.width;
  out.height = frame.height;
  out.dots.resize(std::size_t{frame.width} * frame.height);
  const std::size_t first = frame.layout == Layout::uyvy ? 1 : 0;
  const std::size_t step = pairs ? 2 : 1;
  for (std::size_t y = 0; y < frame.height; ++y) {
    const std::uint8_t* from = frame.bytes.data() + y * frame.stride + first;
    std::uint8_t* to = out.dots.data() + y * frame.width;
    for (std::size_t x = 0; x < frame.width; ++x) to[x] = from[x * step];
  }
  return {};
}

std::optional<std::string> read_code(const Light& light) {
  const ZXing::ImageView view(light.dots.data(), static_cast<int>(light.width), static_cast<int>(light.height),
                              ZXing::ImageFormat::Lum);
  const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true);
  const ZXing::Result found = ZXing::ReadBarcode(view, hints);
  if (!found.isValid()) return std::nullopt;
  std::string text = found.text();
  if (text.empty() || text.size() > Scanner::kMaxCode || !is_printable_utf8(text)) return std::nullopt;
  return text;
}

}  // namespace tuixuan::devices

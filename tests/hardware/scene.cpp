#include "tests/hardware/scene.h"

#include <cmath>
#include <fstream>
#include <random>

namespace tuixuan::devices {

Light read_pgm(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string magic;
  unsigned most = 0;
  Light out;
  in >> magic >> out.width >> out.height >> most;
  in.get();
  if (magic != "P5" || most != 255) return {};
  out.dots.resize(std::size_t{out.width} * out.height);
  in.read(reinterpret_cast<char*>(out.dots.data()), static_cast<std::streamsize>(out.dots.size()));
  return out;
}

static Light blurred(const Light& in, int reach) {
  Light out = in;
  const int w = static_cast<int>(in.width);
  const int h = static_cast<int>(in.height);
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      unsigned sum = 0;
      unsigned n = 0;
      for (int dy = -reach; dy <= reach; ++dy)
        for (int dx = -reach; dx <= reach; ++dx)
          if (x + dx >= 0 && x + dx < w && y + dy >= 0 && y + dy < h) {
            sum += in.dots[static_cast<std::size_t>((y + dy) * w + x + dx)];
            ++n;
          }
      out.dots[static_cast<std::size_t>(y * w + x)] = static_cast<std::uint8_t>(sum / n);
    }
  return out;
}

Light see(const Light& page, const Scene& s) {
  constexpr double kTable = 90;  // what lies around the page
  std::mt19937 random(7);
  Light out{s.width, s.height, Bytes(std::size_t{s.width} * s.height)};
  const double turn = s.degrees * 3.14159265358979 / 180;
  for (unsigned y = 0; y < s.height; ++y)
    for (unsigned x = 0; x < s.width; ++x) {
      const double across = x - s.width / 2.0;
      const double down = y - s.height / 2.0;
      const double near = s.scale * (1 + s.tilt * down / s.height);
      const double u = (across * std::cos(turn) + down * std::sin(turn)) / near + page.width / 2.0;
      const double v = (down * std::cos(turn) - across * std::sin(turn)) / near + page.height / 2.0;
      double light = kTable;
      if (u >= 0 && v >= 0 && u < page.width - 1 && v < page.height - 1) {
        const auto left = static_cast<std::size_t>(u);
        const auto top = static_cast<std::size_t>(v);
        const double a = u - static_cast<double>(left);
        const double b = v - static_cast<double>(top);
        const auto at = [&](std::size_t c, std::size_t r) -> double { return page.dots[r * page.width + c]; };
        light = (at(left, top) * (1 - a) + at(left + 1, top) * a) * (1 - b) +
                (at(left, top + 1) * (1 - a) + at(left + 1, top + 1) * a) * b;
      }
      light *= s.brightness * (1 - s.shadow * x / s.width);
      if (s.noise > 0) light += static_cast<double>(random() % (2 * s.noise + 1)) - s.noise;
      out.dots[std::size_t{y} * s.width + x] = static_cast<std::uint8_t>(std::clamp(light, 0.0, 255.0));
    }
  return s.blur > 0 ? blurred(out, static_cast<int>(s.blur)) : out;
}

Frame lay_out(const Light& light, Layout layout, unsigned extra, Bytes& bytes) {
  const bool pairs = layout == Layout::yuyv || layout == Layout::uyvy;
  const unsigned stride = light.width * (pairs ? 2 : 1) + extra;
  const std::size_t colours = layout == Layout::planar ? std::size_t{stride} * light.height / 2 : 0;
  bytes.assign(std::size_t{stride} * light.height + colours, 128);
  for (unsigned y = 0; y < light.height; ++y)
    for (unsigned x = 0; x < light.width; ++x)
      bytes[std::size_t{y} * stride + x * (pairs ? 2 : 1) + (layout == Layout::uyvy ? 1 : 0)] =
          light.dots[std::size_t{y} * light.width + x];
  return {layout, light.width, light.height, stride, bytes};
}

}  // namespace tuixuan::devices

// What a camera would see of a printed page: the picture of the page turned, larger or smaller, in some light, with
// noise, in the layout that the camera has.
#pragma once

#include <string>

#include "hardware/devices/frame.h"

namespace tuixuan::devices {

struct Scene {
  double degrees = 0;
  double scale = 1;       // dots of the camera for a dot of the page's picture
  double tilt = 0;        // the far edge is smaller by this part
  double brightness = 1;  // of white
  double shadow = 0;      // how much darker the right edge is
  unsigned noise = 0;     // up to so much up or down
  unsigned blur = 0;      // dots to each side
  unsigned width = 1280;
  unsigned height = 720;
};

Light read_pgm(const std::string& file);
Light see(const Light& page, const Scene& scene);

// The same as the camera gives it; the frame looks into `bytes`. The rows are longer than the picture by `extra` bytes.
Frame lay_out(const Light& light, Layout layout, unsigned extra, Bytes& bytes);

}  // namespace tuixuan::devices

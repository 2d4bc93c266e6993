// A camera as a code reader, for a slip or a key card held before it. The camera is on only while the scanner lives: it
// is made when a code is awaited, so that nobody is watched while voting. A code that stays before the camera is given
// once. No picture is kept. Errors: "device.camera", with what a person can do.
#pragma once

#include <memory>
#include <vector>

#include "hardware/devices/devices.h"
#include "hardware/devices/frame.h"

namespace tuixuan::devices {

class Camera {
 public:
  virtual ~Camera() = default;
  // The next picture, good until the next call; nothing if none came in time.
  [[nodiscard]] virtual Result<std::optional<Frame>> look(std::chrono::milliseconds wait) = 0;
};

// A camera of the Linux kernel (Video4Linux): /dev/video0. Asks for 1280 x 720 and takes what it is given; refuses a
// camera that gives compressed pictures only.
class VideoCamera final : public Camera {
 public:
  [[nodiscard]] static Result<std::unique_ptr<VideoCamera>> open(const std::string& device);
  ~VideoCamera() override;
  [[nodiscard]] Result<std::optional<Frame>> look(std::chrono::milliseconds wait) override;

 private:
  struct Buffer {
    void* start;
    std::size_t size;
  };
  VideoCamera(std::string device, int fd) : device_(std::move(device)), fd_(fd) {}
  [[nodiscard]] Result<void> choose_layout();
  [[nodiscard]] Result<void> start();
  [[nodiscard]] Result<void> give_back(unsigned buffer);
  std::string device_;
  int fd_;
  Frame form_;
  std::vector<Buffer> buffers_;
  std::optional<unsigned> lent_;  // the buffer that the last picture lies in
  bool streaming_ = false;
};

class CameraScanner final : public Scanner {
 public:
  // Looks into one picture in `rest`, so that waiting does not keep a processor busy.
  explicit CameraScanner(std::unique_ptr<Camera> camera,
                         std::chrono::milliseconds rest = std::chrono::milliseconds(100))
      : camera_(std::move(camera)), rest_(rest) {}
  [[nodiscard]] Result<std::optional<std::string>> scan(std::chrono::milliseconds wait) override;

 private:
  std::unique_ptr<Camera> camera_;
  std::chrono::milliseconds rest_;
  std::chrono::steady_clock::time_point looked_{};
  Light light_;
  std::string last_;  // in the pictures before
  int without_ = 0;   // pictures since it was seen
};

}  // namespace tuixuan::devices

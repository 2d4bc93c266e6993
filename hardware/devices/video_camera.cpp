#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "crypto/codes/client.h"
#include "hardware/devices/camera.h"
#include "hardware/devices/durable_file.h"

namespace tuixuan::devices {

namespace {

constexpr Code kCheck = code::device::camera;
constexpr unsigned kBuffers = 4;
constexpr std::size_t kMostBytes = std::size_t{64} << 20U;

struct Known {
  std::uint32_t format;
  Layout layout;
};
constexpr Known kKnown[] = {{V4L2_PIX_FMT_YUYV, Layout::yuyv},     {V4L2_PIX_FMT_GREY, Layout::grey},
                            {V4L2_PIX_FMT_NV12, Layout::planar},   {V4L2_PIX_FMT_UYVY, Layout::uyvy},
                            {V4L2_PIX_FMT_YUV420, Layout::planar}, {V4L2_PIX_FMT_NV21, Layout::planar}};

int ask(int fd, unsigned long request, void* argument) {
  int done = -1;
  do {
    done = ::ioctl(fd, request, argument);
  } while (done < 0 && errno == EINTR);
  return done;
}

v4l2_buffer buffer_of(unsigned index) {
  v4l2_buffer b{};
  b.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  b.memory = V4L2_MEMORY_MMAP;
  b.index = index;
  return b;
}

}  // namespace

Result<std::unique_ptr<VideoCamera>> VideoCamera::open(const std::string& device) {
  const int fd = ::open(device.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return system_error(kCheck, device);
  std::unique_ptr<VideoCamera> camera(new VideoCamera(device, fd));
  v4l2_capability can{};
  if (ask(fd, VIDIOC_QUERYCAP, &can) < 0) return fail(kCheck, device + ": this is no camera");
  const std::uint32_t caps = (can.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? can.device_caps : can.capabilities;
  if ((caps & V4L2_CAP_VIDEO_CAPTURE) == 0 || (caps & V4L2_CAP_STREAMING) == 0)
    return fail(kCheck, device + ": this gives no pictures; try the camera's other device (/dev/video1, ...)");
  TUIXUAN_CHECK(camera->choose_layout());
  TUIXUAN_CHECK(camera->start());
  return camera;
}

Result<void> VideoCamera::choose_layout() {
  for (const Known& known : kKnown) {
    v4l2_format f{};
    f.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    f.fmt.pix.width = 1280;
    f.fmt.pix.height = 720;
    f.fmt.pix.pixelformat = known.format;
    f.fmt.pix.field = V4L2_FIELD_NONE;
    if (ask(fd_, VIDIOC_S_FMT, &f) < 0) {
      if (errno == EBUSY) return fail(kCheck, device_ + ": another program uses the camera; end it");
      continue;
    }
    if (f.fmt.pix.pixelformat != known.format) continue;
    form_ = {known.layout, f.fmt.pix.width, f.fmt.pix.height, f.fmt.pix.bytesperline, {}};
    return {};
  }
  return fail(kCheck, device_ + ": this camera gives compressed pictures only; take one that gives YUYV");
}

Result<void> VideoCamera::start() {
  v4l2_requestbuffers wanted{};
  wanted.count = kBuffers;
  wanted.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  wanted.memory = V4L2_MEMORY_MMAP;
  if (ask(fd_, VIDIOC_REQBUFS, &wanted) < 0 || wanted.count == 0) return system_error(kCheck, device_);
  for (unsigned i = 0; i < wanted.count && i < kBuffers; ++i) {
    v4l2_buffer b = buffer_of(i);
    if (ask(fd_, VIDIOC_QUERYBUF, &b) < 0 || b.length == 0 || b.length > kMostBytes)
      return fail(kCheck, device_ + ": the camera gives no memory for its pictures; plug it in again");
    void* memory = ::mmap(nullptr, b.length, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, b.m.offset);
    if (memory == MAP_FAILED) return system_error(kCheck, device_);
    buffers_.push_back({memory, b.length});
    TUIXUAN_CHECK(give_back(i));
  }
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  if (ask(fd_, VIDIOC_STREAMON, &type) < 0) return system_error(kCheck, device_);
  streaming_ = true;
  return {};
}

Result<void> VideoCamera::give_back(unsigned buffer) {
  v4l2_buffer b = buffer_of(buffer);
  if (ask(fd_, VIDIOC_QBUF, &b) < 0) return system_error(kCheck, device_);
  return {};
}

VideoCamera::~VideoCamera() {
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  if (streaming_) (void)ask(fd_, VIDIOC_STREAMOFF, &type);
  for (const Buffer& b : buffers_) {
    std::memset(b.start, 0, b.size);  // a slip may be in the picture
    ::munmap(b.start, b.size);
  }
  ::close(fd_);
}

Result<std::optional<Frame>> VideoCamera::look(std::chrono::milliseconds wait) {
  if (lent_) TUIXUAN_CHECK(give_back(*std::exchange(lent_, std::nullopt)));
  pollfd waiting{fd_, POLLIN, 0};
  const int ready = ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(wait.count(), 60'000)));
  if (ready == 0 || (ready < 0 && errno == EINTR)) return std::optional<Frame>();
  if (ready < 0) return system_error(kCheck, device_);
  if ((waiting.revents & POLLIN) == 0) return fail(kCheck, device_ + ": the camera is gone; check its cable");
  v4l2_buffer b = buffer_of(0);
  if (ask(fd_, VIDIOC_DQBUF, &b) < 0) {
    if (errno == EAGAIN) return std::optional<Frame>();
    return fail(kCheck, device_ + ": the camera is gone; check its cable");
  }
  if (b.index >= buffers_.size()) return fail(kCheck, device_ + ": the camera answers wrongly; plug it in again");
  lent_ = b.index;
  if ((b.flags & V4L2_BUF_FLAG_ERROR) != 0) return std::optional<Frame>();
  const Buffer& buffer = buffers_[b.index];
  Frame frame = form_;
  frame.bytes = {static_cast<const std::uint8_t*>(buffer.start), std::min<std::size_t>(b.bytesused, buffer.size)};
  return std::optional<Frame>(frame);
}

}  // namespace tuixuan::devices

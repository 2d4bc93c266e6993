// The camera of the kernel, whose side the test plays: its ioctl calls are answered here, its memory is a file. What is
// asked for, and each way in which a camera can be unfit, busy, gone or wrong.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <filesystem>
#include <fstream>

#include "crypto/codes/client.h"
#include "hardware/devices/camera.h"

namespace {

// A driver of 64 x 48 dots.
struct Driver {
  bool on = false;  // else ioctl is the real one
  std::uint32_t capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
  std::uint32_t format = V4L2_PIX_FMT_YUYV;
  bool busy = false;
  unsigned buffers = 2;
  unsigned length = 64 * 48 * 2;
  unsigned used = 64 * 48 * 2;
  unsigned index = 0;
  std::uint32_t flags = 0;
  int gone = 0;  // errno of DQBUF
  int queued = 0;
  bool streaming = false;
};
Driver driver;

int refuse(int why) {
  errno = why;
  return -1;
}

int answer(unsigned long request, void* argument) {
  if (request == VIDIOC_QUERYCAP) {
    static_cast<v4l2_capability*>(argument)->capabilities = driver.capabilities;
    return 0;
  }
  if (request == VIDIOC_S_FMT) {
    if (driver.busy) return refuse(EBUSY);
    auto& pix = static_cast<v4l2_format*>(argument)->fmt.pix;
    pix.pixelformat = driver.format;
    pix.width = 64;
    pix.height = 48;
    pix.bytesperline = 128;
    return 0;
  }
  if (request == VIDIOC_REQBUFS) {
    static_cast<v4l2_requestbuffers*>(argument)->count = driver.buffers;
    return 0;
  }
  auto& buffer = *static_cast<v4l2_buffer*>(argument);
  if (request == VIDIOC_QUERYBUF) {
    buffer.length = driver.length;
    buffer.m.offset = buffer.index * 8192;
    return 0;
  }
  if (request == VIDIOC_QBUF) {
    ++driver.queued;
    return 0;
  }
  if (request == VIDIOC_DQBUF) {
    if (driver.gone != 0) return refuse(driver.gone);
    --driver.queued;
    buffer.index = driver.index;
    buffer.bytesused = driver.used;
    buffer.flags = driver.flags;
    return 0;
  }
  driver.streaming = request == VIDIOC_STREAMON;
  return 0;
}

}  // namespace

extern "C" {
int __real_ioctl(int fd, unsigned long request, void* argument);
int __wrap_ioctl(int fd, unsigned long request, void* argument) {
  return driver.on ? answer(request, argument) : __real_ioctl(fd, request, argument);
}
}

namespace tuixuan::devices {
namespace {

using namespace std::chrono_literals;

class VideoCameraTest : public testing::Test {
 protected:
  VideoCameraTest() {
    std::string name = (std::filesystem::temp_directory_path() / "tuixuan-video-XXXXXX").string();
    const int fd = ::mkstemp(name.data());
    EXPECT_EQ(::ftruncate(fd, 65536), 0);
    EXPECT_EQ(::pwrite(fd, "\x07", 1, 8192), 1);
    ::close(fd);
    device = name;
    driver = {};
    driver.on = true;
  }
  ~VideoCameraTest() override {
    driver.on = false;
    std::filesystem::remove(device);
  }
  std::string refusal() const {
    const auto camera = VideoCamera::open(device);
    if (camera) return "none";
    EXPECT_EQ(camera.error().check, code::device::camera);
    return camera.error().what;
  }
  std::string device;
};

TEST_F(VideoCameraTest, GivesItsPicturesAndTakesThemBack) {
  {
    auto camera = VideoCamera::open(device).value();
    EXPECT_TRUE(driver.streaming);
    EXPECT_EQ(driver.queued, 2);
    driver.index = 1;
    const auto frame = camera->look(1s).value();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->layout, Layout::yuyv);
    EXPECT_EQ(frame->width, 64U);
    EXPECT_EQ(frame->height, 48U);
    EXPECT_EQ(frame->stride, 128U);
    EXPECT_EQ(frame->bytes.size(), 64U * 48U * 2U);
    EXPECT_EQ(frame->bytes[0], 7) << "from the memory of buffer 1";
    EXPECT_EQ(driver.queued, 1) << "it is ours until the next look";
    driver.flags = V4L2_BUF_FLAG_ERROR;
    EXPECT_FALSE(camera->look(1s).value()) << "a spoiled picture is passed over";
    driver.flags = 0;
    driver.gone = EAGAIN;
    EXPECT_FALSE(camera->look(1s).value());
  }
  EXPECT_FALSE(driver.streaming) << "it is off";
  std::ifstream memory(device, std::ios::binary);
  memory.seekg(8192);
  EXPECT_EQ(memory.get(), 0) << "no picture is left";
}

TEST_F(VideoCameraTest, EachUnfitCameraIsSaid) {
  driver.on = false;
  EXPECT_THAT(refusal(), testing::HasSubstr("no camera"));
  EXPECT_FALSE(VideoCamera::open("/dev/there-is-no-camera"));
  driver.on = true;
  driver.capabilities = V4L2_CAP_STREAMING;
  EXPECT_THAT(refusal(), testing::HasSubstr("other device"));
  driver.capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
  driver.format = V4L2_PIX_FMT_MJPEG;
  EXPECT_THAT(refusal(), testing::HasSubstr("compressed"));
  driver.busy = true;
  EXPECT_THAT(refusal(), testing::HasSubstr("another program"));
  driver.busy = false;
  driver.format = V4L2_PIX_FMT_YUYV;
  driver.length = 0;
  EXPECT_THAT(refusal(), testing::HasSubstr("no memory"));
  driver.length = 0xffff'ffff;
  EXPECT_THAT(refusal(), testing::HasSubstr("no memory"));
}

TEST_F(VideoCameraTest, OneThatGoesOrAnswersWronglyIsSaid) {
  auto camera = VideoCamera::open(device).value();
  driver.index = 9;
  EXPECT_EQ(camera->look(1s).error().check, code::device::camera);
  driver.index = 0;
  driver.gone = ENODEV;
  EXPECT_THAT(camera->look(1s).error().what, testing::HasSubstr("is gone"));
  driver.gone = 0;
  driver.used = 0xffff'ffff;
  EXPECT_EQ(camera->look(1s).value()->bytes.size(), driver.length) << "no more than its memory";
  driver.used = 10;
  CameraScanner scanner(std::move(camera));
  EXPECT_EQ(scanner.scan(1ms).error().check, code::device::camera) << "a picture that is not whole";
}

}  // namespace
}  // namespace tuixuan::devices

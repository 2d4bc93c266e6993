// Slips as the desk prints them, before a camera: turned, tilted, small, dim, in shadow, blurred, noisy, in each
// layout; through the scanner that reads a real camera. And what is no code, or no whole picture.
#include "hardware/devices/camera.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>

#include "crypto/codes/client.h"
#include "tally/forms/slip_sheet.h"
#include "tests/hardware/scene.h"

namespace tuixuan::devices {
namespace {

using namespace std::chrono_literals;

constexpr const char* kSlip = "TX1-ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23";
constexpr const char* kOther = "TX1-7777-EFGH-IJKL-MNOP-QRST-UVWX-YZ23";

class Pictures final : public Camera {
 public:
  Result<std::optional<Frame>> look(std::chrono::milliseconds) override {
    if (frames.empty()) return std::optional<Frame>();
    bytes_ = std::move(frames.front().second);
    Frame frame = frames.front().first;
    frame.bytes = bytes_;
    frames.pop_front();
    return std::optional<Frame>(frame);
  }
  void add(const Light& light, Layout layout = Layout::yuyv, unsigned extra = 0) {
    Bytes bytes;
    Frame frame = lay_out(light, layout, extra, bytes);
    frame.bytes = {};
    frames.emplace_back(frame, std::move(bytes));
  }
  std::deque<std::pair<Frame, Bytes>> frames;

 private:
  Bytes bytes_;
};

class CameraTest : public testing::Test {
 protected:
  // The first two slips of a sheet, cut out, 200 dots an inch.
  static void SetUpTestSuite() {
    if (std::system("command -v pdftoppm >/dev/null") != 0) return;
    std::string folder = (std::filesystem::temp_directory_path() / "tuixuan-camera-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    forms::SlipSheet sheet;
    sheet.congress = {"柳河村党支部党员大会", "Liuhe village branch congress"};
    sheet.box = {"主会场票箱", "Main box"};
    sheet.slips = {kSlip, kOther};
    const Bytes pdf = forms::print_slips(sheet).value();
    std::ofstream(folder + "/slips.pdf", std::ios::binary).write(reinterpret_cast<const char*>(pdf.data()), pdf.size());
    for (int i = 0; i < 2; ++i) {
      const std::string name = folder + "/slip" + std::to_string(i);
      const std::string command = "pdftoppm -r 200 -gray -singlefile -x " + std::to_string(80 + i * 748) +
                                  " -y 86 -W 748 -H 433 " + folder + "/slips.pdf " + name;
      ASSERT_EQ(std::system(command.c_str()), 0);
      (i == 0 ? slip_ : other_) = read_pgm(name + ".pgm");
    }
    std::filesystem::remove_all(folder);
  }
  void SetUp() override {
    if (slip_.width == 0) GTEST_SKIP() << "pdftoppm is not installed";
    auto pictures = std::make_unique<Pictures>();
    camera = pictures.get();
    scanner = std::make_unique<CameraScanner>(std::move(pictures), 0ms);
  }
  std::string read(const Scene& scene, Layout layout = Layout::yuyv, unsigned extra = 0) {
    SetUp();
    camera->add(see(slip_, scene), layout, extra);
    const auto code = scanner->scan(1ms);
    return !code ? code.error().text() : code->value_or("nothing");
  }
  static Light slip_;
  static Light other_;
  Pictures* camera = nullptr;
  std::unique_ptr<CameraScanner> scanner;
};
Light CameraTest::slip_;
Light CameraTest::other_;

TEST_F(CameraTest, AtAnyAngle) {
  for (int degrees = 0; degrees < 360; degrees += 15) EXPECT_EQ(read({double(degrees), 0.8}), kSlip) << degrees;
}

TEST_F(CameraTest, SmallTiltedDimShadowedBlurredNoisy) {
  EXPECT_EQ(read({10, 0.4}), kSlip) << "the code is about 110 dots wide";
  EXPECT_EQ(read({10, 1.5}), kSlip);
  EXPECT_EQ(read({5, 0.9, 0.3}), kSlip);
  EXPECT_EQ(read({20, 0.8, 0, 0.25}), kSlip) << "white is at 64 of 255";
  EXPECT_EQ(read({20, 0.8, 0, 0.8, 0.8}), kSlip);
  EXPECT_EQ(read({33, 0.9, 0, 1, 0, 40}), kSlip);
  EXPECT_EQ(read({33, 0.9, 0, 1, 0, 0, 2}), kSlip);
  EXPECT_EQ(read({75, 0.7, 0.15, 0.5, 0.4, 12, 1}), kSlip) << "all of it together";
  EXPECT_EQ(read({12, 0.5, 0, 1, 0, 0, 0, 640, 480}), kSlip) << "a camera of 640 x 480";
}

TEST_F(CameraTest, InEachLayoutOfTheKernel) {
  for (const Layout layout : {Layout::grey, Layout::yuyv, Layout::uyvy, Layout::planar})
    for (const unsigned extra : {0U, 64U}) EXPECT_EQ(read({7, 0.8}, layout, extra), kSlip);
}

TEST_F(CameraTest, NothingIsReadWhereThereIsNothing) {
  EXPECT_EQ(read({0, 0.8, 0, 0}), "nothing") << "in the dark";
  EXPECT_EQ(read({0, 0.1}), "nothing") << "too far away";
  EXPECT_EQ(read({0, 0.8, 0, 1, 0, 0, 8}), "nothing") << "out of focus";
  camera->add(Light{64, 64, Bytes(64 * 64, 200)});
  EXPECT_EQ(scanner->scan(1ms).value(), std::nullopt);
}

TEST_F(CameraTest, ACodeThatStaysIsGivenOnce) {
  const Light slip = see(slip_, {3, 0.8});
  const Light table{320, 240, Bytes(320 * 240, 90)};
  for (int i = 0; i < 3; ++i) camera->add(slip);
  EXPECT_EQ(scanner->scan(10s).value(), kSlip);
  EXPECT_EQ(scanner->scan(10s).value(), std::nullopt) << "it is still there";
  for (int i = 0; i < 3; ++i) camera->add(table);
  camera->add(slip);
  EXPECT_EQ(scanner->scan(10s).value(), std::nullopt) << "a blurred moment does not make it new";
  camera->add(see(other_, {3, 0.8}));
  EXPECT_EQ(scanner->scan(10s).value(), kOther);
  for (int i = 0; i < 12; ++i) camera->add(table);
  camera->add(see(other_, {3, 0.8}));
  EXPECT_EQ(scanner->scan(10s).value(), kOther) << "taken away and held there again";
}

TEST_F(CameraTest, APictureThatIsNotWholeIsSaid) {
  for (const auto& spoil : std::vector<std::function<void(Frame&, Bytes&)>>{
           [](Frame&, Bytes&b) { b.resize(b.size() - 1); }, [](Frame&, Bytes&b) { b.clear(); },
           [](Frame&f, Bytes&) { f.stride = f.width; }, [](Frame&f, Bytes&) { f.width = 0; },
           [](Frame&f, Bytes&) { f.height = 0; }, [](Frame&f, Bytes&) { f.height = 100'000; },
           [](Frame&f, Bytes&) { f.width = 0xffff'ffff; }}) {
    SetUp();
    camera->add(see(slip_, {0, 0.5, 0, 1, 0, 0, 0, 320, 240}));
    spoil(camera->frames[0].first, camera->frames[0].second);
    const auto code = scanner->scan(1ms);
    ASSERT_FALSE(code);
    EXPECT_EQ(code.error().check, code::device::camera);
  }
}

}  // namespace
}  // namespace tuixuan::devices

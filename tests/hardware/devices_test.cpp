// The file-backed devices: what they promise, and each refusal.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/client.h"
#include "hardware/devices/durable_file.h"
#include "hardware/devices/files.h"

namespace tuixuan::devices {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class Devices : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "tuixuan-devices-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    dir_ = name;
  }
  void TearDown() override { fs::remove_all(dir_); }
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(dir_)) out.push_back(entry.path().filename());
    std::sort(out.begin(), out.end());
    return out;
  }
  void write(const char* name, std::string_view text) const { std::ofstream(dir_ / name, std::ios::binary) << text; }
  std::string content(const std::string& name) const {
    std::ifstream in(dir_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  fs::path dir_;
};

TEST_F(Devices, PrinterSpoolsEachJobUnderItsNumber) {
  SpoolPrinter printer(dir_);
  ASSERT_TRUE(printer.print("slips", as_bytes("%PDF-1.5 one")));
  ASSERT_TRUE(printer.print("slips", as_bytes("%PDF-1.5 two")));
  SpoolPrinter again(dir_);
  ASSERT_TRUE(again.print("slips", as_bytes("%PDF-1.5 three")));
  EXPECT_THAT(names(), testing::ElementsAre("0001-slips.pdf", "0002-slips.pdf", "0003-slips.pdf"));
  EXPECT_EQ(content("0003-slips.pdf"), "%PDF-1.5 three");
}

TEST_F(Devices, PrinterRefuses) {
  SpoolPrinter printer(dir_);
  for (const char* name : {"", "../x", ".hidden", "a/b", "a b", "票"}) {
    const auto result = printer.print(name, as_bytes("%PDF-1.5"));
    ASSERT_FALSE(result) << name;
    EXPECT_EQ(result.error().check, code::device::printer);
  }
  EXPECT_FALSE(printer.print(std::string(65, 'a'), as_bytes("%PDF-1.5")));
  EXPECT_EQ(printer.print("form", as_bytes("text")).error().check, code::device::printer);
  EXPECT_EQ(SpoolPrinter(dir_ / "absent").print("form", as_bytes("%PDF-1.5")).error().check, code::device::printer);
  EXPECT_THAT(names(), testing::IsEmpty());
}

// A full disk, as far as a process can have one of its own: a limit on the size of files.
TEST_F(Devices, PrinterLeavesNoHalfFormOnAFullDisk) {
  struct rlimit before {};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small { 1000, before.rlim_max };
  setrlimit(RLIMIT_FSIZE, &small);
  const auto result = SpoolPrinter(dir_).print("form", as_bytes("%PDF-" + std::string(5000, ' ')));
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().check, code::device::printer);
  EXPECT_THAT(names(), testing::IsEmpty());
}

class Scanning : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(pipe(ends_), 0); }
  void TearDown() override {
    close(ends_[0]);
    if (ends_[1] >= 0) close(ends_[1]);
  }
  void type(std::string_view text) const { ASSERT_TRUE(write_fully(ends_[1], as_bytes(text))); }
  void unplug() {
    close(ends_[1]);
    ends_[1] = -1;
  }
  int ends_[2] = {-1, -1};
};

std::string scanned(Scanner& scanner, std::chrono::milliseconds wait) {
  const auto result = scanner.scan(wait);
  if (!result) return result.error().text();
  return result->value_or("nothing");
}

TEST_F(Scanning, LinesAreCodes) {
  LineScanner scanner(ends_[0]);
  type("TX1-ABCD\r\n\n\nTX1-EF");
  EXPECT_EQ(scanned(scanner, 1s), "TX1-ABCD");
  EXPECT_EQ(scanned(scanner, 20ms), "nothing");
  type("GH\n领票\n");
  EXPECT_EQ(scanned(scanner, 1s), "TX1-EFGH");
  EXPECT_EQ(scanned(scanner, 0ms), "领票");
  type("last");
  unplug();
  EXPECT_EQ(scanned(scanner, 1s), "last");
  for (int i = 0; i < 2; ++i) {
    const auto gone = scanner.scan(1s);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().check, code::device::scanner);
  }
}

TEST_F(Scanning, ABadCodeIsRefusedAndTheNextOneWorks) {
  LineScanner scanner(ends_[0]);
  const std::string longest(Scanner::kMaxCode, 'x');
  type(longest + "\r\n");
  EXPECT_EQ(scanned(scanner, 1s), longest);
  for (const std::string& bad :
       {longest + "x\n", longest + std::string(3000, 'y') + "\n", std::string("a\x01\n"), std::string("\xff\n")}) {
    type(bad);
    type("good\n");
    const auto refused = scanner.scan(1s);
    ASSERT_FALSE(refused) << bad.size();
    EXPECT_EQ(refused.error().check, code::device::scanner);
    EXPECT_EQ(scanned(scanner, 1s), "good");
  }
}

TEST_F(Devices, KeysStayUntilTheyAreRemoved) {
  FileKeyStore store(dir_);
  EXPECT_EQ(store.has("kiosk"), false);
  ASSERT_TRUE(store.put("kiosk", as_bytes("secret")));
  EXPECT_EQ(store.has("kiosk"), true);
  EXPECT_EQ(FileKeyStore(dir_).get("kiosk"), to_bytes("secret"));
  struct stat info {};
  ASSERT_EQ(stat((dir_ / "kiosk").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);

  const auto again = store.put("kiosk", as_bytes("other"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().check, code::device::keystore);
  EXPECT_EQ(store.get("kiosk"), to_bytes("secret"));
  EXPECT_THAT(names(), testing::ElementsAre("kiosk"));

  ASSERT_TRUE(store.remove("kiosk"));
  EXPECT_EQ(store.has("kiosk"), false);
  EXPECT_EQ(store.get("kiosk").error().check, code::device::keystore);
  EXPECT_EQ(store.remove("kiosk").error().check, code::device::keystore);
}

TEST_F(Devices, ARemovedKeyIsOverwrittenFirst) {
  FileKeyStore store(dir_);
  ASSERT_TRUE(store.put("kiosk", as_bytes("secret")));
  fs::create_hard_link(dir_ / "kiosk", dir_ / "second-name");
  ASSERT_TRUE(store.remove("kiosk"));
  EXPECT_EQ(content("second-name"), std::string(6, '\0'));
}

TEST_F(Devices, KeyStoreRefuses) {
  FileKeyStore store(dir_);
  const auto check = [](const auto& result) {
    return result ? std::string("passed") : std::string(name_of(result.error().check));
  };
  for (const char* name : {"", "..", "../x", "a/b", "x.part"}) {
    EXPECT_EQ(check(store.put(name, as_bytes("s"))), "device.keystore") << name;
    EXPECT_EQ(check(store.get(name)), "device.keystore") << name;
    EXPECT_EQ(check(store.has(name)), "device.keystore") << name;
    EXPECT_EQ(check(store.remove(name)), "device.keystore") << name;
  }
  EXPECT_EQ(check(store.put("big", Bytes(KeyStore::kMaxSize + 1))), "device.keystore");
  EXPECT_EQ(check(store.put("largest", Bytes(KeyStore::kMaxSize))), "passed");
  EXPECT_EQ(check(store.get("largest")), "passed");

  write("open", "s");
  chmod((dir_ / "open").c_str(), 0640);
  EXPECT_EQ(check(store.get("open")), "device.keystore");
  fs::create_symlink(dir_ / "largest", dir_ / "link");
  EXPECT_EQ(check(store.get("link")), "device.keystore");
  EXPECT_EQ(check(store.remove("link")), "device.keystore");
  fs::create_directory(dir_ / "folder");
  EXPECT_EQ(check(store.get("folder")), "device.keystore");
  fs::resize_file(dir_ / "largest", KeyStore::kMaxSize + 1);
  EXPECT_EQ(check(store.get("largest")), "device.keystore");

  chmod(dir_.c_str(), 0755);
  EXPECT_EQ(check(store.put("kiosk", as_bytes("s"))), "device.keystore");
  EXPECT_EQ(check(FileKeyStore(dir_ / "absent").has("kiosk")), "device.keystore");
  EXPECT_EQ(check(FileKeyStore(dir_ / "open").has("kiosk")), "device.keystore");
}

}  // namespace
}  // namespace tuixuan::devices

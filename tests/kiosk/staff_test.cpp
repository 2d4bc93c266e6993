// The helper's page behind a supervisor's key, and the enrolment of a new kiosk, at the real screen with the real
// server.
#include <sys/stat.h>

#include <QQuickItem>
#include <fstream>

#include "crypto/codes/client.h"
#include "hardware/devices/durable_file.h"
#include "hardware/devices/files.h"
#include "tally/client/key_code.h"
#include "tally/client/key_file.h"
#include "tests/kiosk/screen_kit.h"

namespace tuixuan::kiosk {
namespace {

constexpr std::string_view kPassphrase = "a passphrase";

class StaffTest : public ScreenTest {
 protected:
  StaffTest() {
    std::filesystem::create_directory(stick());
    std::filesystem::create_directory(spool());
    printer = std::make_unique<devices::SpoolPrinter>(spool());
    const auto key =
        client::make_key_file(stick() / "helper.key", "supervisor", as_bytes(kPassphrase), primitives::kSealLight)
            .value();
    kit.scheme.supervisors.push_back({"S3", "何伟", key.bytes});
  }
  ~StaffTest() override { hands.reset(); }
  std::filesystem::path stick() const { return server.folder() / "stick"; }
  std::filesystem::path spool() const { return server.folder() / "spool"; }
  void open_with_stick() {
    open_congress();
    hands.reset();
    StaffOptions staff;
    staff.folder = folder;
    staff.key_folders = {stick()};
    staff.printer = printer.get();
    hands = std::make_unique<Hands>(*station, staff);
  }
  void unlock(std::string_view passphrase) {
    ASSERT_TRUE(hands->tap("工作人员"));
    ASSERT_TRUE(hands->wait_for_page("staff"));
    hands->staff.unlock(hands->staff.keys().front(), QString::fromUtf8(passphrase.data()));
  }
  std::unique_ptr<devices::SpoolPrinter> printer;
};

TEST_F(StaffTest, OnlyASupervisorsKeyOpensTheHelpersPage) {
  const auto stranger = stick() / "stranger.key";
  open_with_stick();
  unlock("another phrase");
  EXPECT_FALSE(hands->staff.isOpen());
  EXPECT_FALSE(hands->staff.message().isEmpty());
  hands->staff.endVoting();
  hands->staff.shutDown();
  EXPECT_TRUE(std::filesystem::is_empty(spool())) << "nothing happens while it is shut";
  ASSERT_TRUE(client::make_key_file(stranger, "supervisor", as_bytes(kPassphrase), primitives::kSealLight));
  hands->staff.unlock(QString::fromStdString(stranger), QString::fromUtf8(kPassphrase.data()));
  EXPECT_FALSE(hands->staff.isOpen()) << "of no supervisor of this congress";
  std::filesystem::remove(stranger);
  hands->screen->view().closeOverlay();
  unlock(kPassphrase);
  EXPECT_TRUE(hands->staff.isOpen());
  hands->screen->view().closeOverlay();
  EXPECT_FALSE(hands->staff.isOpen()) << "it is shut when the page is left";
}

TEST_F(StaffTest, EveryKeyFileThatDoesNotOpenIsSaid) {
  open_with_stick();
  const auto refusal = [&](const std::string& file, std::string_view passphrase) {
    hands->staff.unlock(QString::fromStdString(file), QString::fromUtf8(passphrase.data()));
    EXPECT_FALSE(hands->staff.isOpen());
    return hands->staff.message().toStdString();
  };
  ASSERT_TRUE(hands->tap("工作人员"));
  ASSERT_TRUE(hands->wait_for_page("staff"));
  EXPECT_THAT(refusal(stick() / "helper.key", "another phrase"), testing::HasSubstr("口令不对"));
  EXPECT_THAT(refusal(stick() / "gone.key", kPassphrase), testing::HasSubstr("重新插入 U 盘"));
  std::ofstream(stick() / "photo.key") << "no key";
  EXPECT_THAT(refusal(stick() / "photo.key", kPassphrase), testing::HasSubstr("不是密钥文件"));
  ASSERT_TRUE(client::make_key_file(stick() / "desk.key", "desk", as_bytes(kPassphrase), primitives::kSealLight));
  EXPECT_THAT(refusal(stick() / "desk.key", kPassphrase), testing::HasSubstr("不是监票人密钥"));
  // On a stick's FAT every file may be read by all.
  ASSERT_EQ(::chmod((stick() / "helper.key").c_str(), 0644), 0);
  hands->staff.unlock(QString::fromStdString(stick() / "helper.key"), QString::fromUtf8(kPassphrase.data()));
  EXPECT_TRUE(hands->staff.isOpen());
}

// By the command of the supervisor, printed or on the terminal, and read as a code reader reads it.
class KeyCardTest : public StaffTest {
 protected:
  std::string run(const std::string& command) {
    FILE* pipe = ::popen(command.c_str(), "r");
    std::string out;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
    EXPECT_EQ(::pclose(pipe), 0) << command;
    return out;
  }
  std::string key_card(const std::vector<std::string>& more, int wanted = 0) {
    std::vector<std::string> words{std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/tuixuan",
                                   "key-card",
                                   "--file",
                                   stick() / "helper.key",
                                   "--passphrase-fd",
                                   "3"};
    words.insert(words.end(), more.begin(), more.end());
    auto process =
        programs::Process::start(words, server.folder() / "key-card-messages", as_bytes("a passphrase\n")).value();
    std::string said = process.read_all();
    EXPECT_EQ(process.wait(), wanted);
    return said;
  }
  std::string printed_card() {
    const std::string pdf = server.folder() / "card.pdf";
    key_card({"--pdf", pdf, "--holder", "何伟"});
    const std::string text = run("pdftotext " + pdf + " -");
    EXPECT_THAT(text, testing::AllOf(testing::HasSubstr("监票人 supervisor"), testing::HasSubstr("何伟")));
    run("pdftoppm -r 150 -gray -singlefile " + pdf + " " + pdf);
    std::string code = run("zbarimg -q --raw " + pdf + ".pgm");
    EXPECT_FALSE(code.empty());
    return code.substr(0, code.find('\n'));
  }
  void open_staff_page() {
    ASSERT_TRUE(hands->tap("工作人员"));
    ASSERT_TRUE(hands->wait_for_page("staff"));
  }
};

TEST_F(KeyCardTest, APrintedCardOpensTheHelpersPage) {
  const std::string code = printed_card();
  std::filesystem::remove(stick() / "helper.key");
  open_with_stick();
  open_staff_page();
  EXPECT_EQ(hands->tile("打开"), nullptr) << "nothing to open yet";
  hands->type(code);
  ASSERT_TRUE(hands->wait_for([&] { return hands->tile("已扫描的密钥卡") != nullptr; }));
  for (const char* letter : {"a", "空格", "p", "a", "s", "s", "p", "h", "r", "a", "s", "e"})
    ASSERT_TRUE(hands->tap_spoken(letter));
  ASSERT_TRUE(hands->tap("打开"));
  EXPECT_TRUE(hands->staff.isOpen());
  hands->screen->view().closeOverlay();
  EXPECT_FALSE(hands->staff.hasCard()) << "the card is forgotten with the page";
}

TEST_F(KeyCardTest, EveryCodeThatIsNoGoodCardIsSaid) {
  const std::string code = printed_card();
  open_with_stick();
  const auto refusal = [&](const std::string& read) {
    hands->type(read);
    return hands->staff.message().toStdString();
  };
  hands->type(code);
  EXPECT_EQ(hands->page(), "waiting") << "a key card is no slip";
  EXPECT_THAT(hands->screen->view().refusal().toStdString(), testing::HasSubstr("号码有误"));
  open_staff_page();
  EXPECT_THAT(refusal(slip(0)), testing::HasSubstr("不是密钥卡"));
  EXPECT_THAT(refusal(code.substr(0, code.size() - 1)), testing::HasSubstr("没有读全"));
  EXPECT_THAT(refusal(code + "A"), testing::HasSubstr("没有读全"));
  std::string wrong = code;
  wrong[100] = wrong[100] == 'A' ? 'B' : 'A';
  EXPECT_THAT(refusal(wrong), testing::HasSubstr("没有读全"));
  EXPECT_THAT(refusal(std::string(400, 'A')), testing::HasSubstr("不是密钥卡"));
  EXPECT_FALSE(hands->staff.hasCard());
  EXPECT_EQ(refusal(code), "");
  EXPECT_TRUE(hands->staff.hasCard());
  hands->staff.unlockCard("another phrase");
  EXPECT_THAT(hands->staff.message().toStdString(), testing::HasSubstr("口令不对"));
  // A supervisor's card of another congress.
  ASSERT_TRUE(
      client::make_key_file(stick() / "stranger.key", "supervisor", as_bytes(kPassphrase), primitives::kSealLight));
  hands->type(client::key_code(client::read_sealed_key(stick() / "stranger.key").value()).value());
  hands->staff.unlockCard(QString::fromUtf8(kPassphrase.data()));
  EXPECT_FALSE(hands->staff.isOpen());
  EXPECT_THAT(hands->staff.message().toStdString(), testing::HasSubstr("不属于本次大会"));
}

TEST_F(KeyCardTest, OnATerminalItIsTheSameCode) {
  const std::string shown = key_card({});
  // The half blocks as a picture: black on white.
  std::string rows;
  std::size_t wide = 0;
  std::size_t high = 0;
  for (std::size_t at = shown.find("107m"); at != std::string::npos; at = shown.find("107m", at)) {
    std::string upper;
    std::string lower;
    for (at += 4; shown[at] != '\x1b';) {
      const bool blank = shown[at] == ' ';
      const std::string sign = blank ? " " : shown.substr(at, 3);
      at += blank ? 1 : 3;
      upper += sign == "▀" || sign == "█" ? '\0' : '\xff';
      lower += sign == "▄" || sign == "█" ? '\0' : '\xff';
    }
    for (const std::string& row : {upper, lower})
      for (int times = 0; times < 6; ++times, ++high)
        for (const char dot : row) rows += std::string(6, dot);
    wide = upper.size() * 6;
  }
  EXPECT_LE(wide / 6, 80U) << "a terminal's width";
  const std::string picture = server.folder() / "terminal.pgm";
  std::ofstream(picture, std::ios::binary) << "P5 " << wide << ' ' << high << " 255\n" << rows;
  EXPECT_EQ(run("zbarimg -q --raw " + picture),
            client::key_code(client::read_sealed_key(stick() / "helper.key").value()).value() + "\n");
}

TEST_F(KeyCardTest, NoCardIsMadeThatOpensNothing) {
  const std::string pdf = server.folder() / "card.pdf";
  key_card({"--pdf", pdf, "--role", "desk"}, 1);
  EXPECT_FALSE(std::filesystem::exists(pdf));
  std::ofstream(pdf) << "already there";
  key_card({"--pdf", pdf}, 1);
  EXPECT_EQ(as_text(devices::read_all(pdf, 100, false, code::key::file).value()), "already there");
}

TEST_F(StaffTest, ReportTestsAndTheEndOfVoting) {
  open_with_stick();
  hands->type(slip(0));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(hands->tap("下一步"));
  ASSERT_TRUE(hands->seal());
  ASSERT_TRUE(hands->tap("投出选票"));
  ASSERT_TRUE(hands->wait_for_page("done"));
  EXPECT_EQ(hands->tile("工作人员"), nullptr) << "not while somebody votes";
  ASSERT_TRUE(hands->tap("完成"));
  ASSERT_TRUE(hands->wait_for_page("waiting"));
  unlock(kPassphrase);
  ASSERT_TRUE(hands->tap("打印本机报告"));
  EXPECT_FALSE(std::filesystem::is_empty(spool()));
  ASSERT_TRUE(hands->tap("自检"));
  EXPECT_EQ(hands->staff.tests().size(), 6);
  ASSERT_TRUE(hands->wait_for([&] { return station->state().counts.undelivered == 0; }));
  ASSERT_TRUE(hands->tap("结束本机投票"));
  EXPECT_THAT(hands->staff.endFacts().join(u' ').toStdString(), testing::HasSubstr("已投选票 1 张；还没有送达 0 张"));
  EXPECT_FALSE(station->state().ended) << "asked, and nothing more";
  ASSERT_TRUE(hands->tap("不结束，返回"));
  hands->staff.endVoting();
  EXPECT_FALSE(station->state().ended) << "without the question nothing ends";
  ASSERT_TRUE(hands->tap("结束本机投票"));
  ASSERT_TRUE(hands->tap("确认结束"));
  EXPECT_THAT(hands->staff.message().toStdString(), testing::HasSubstr("不再接收凭条"));
  ASSERT_TRUE(hands->tap("回到投票"));
  ASSERT_TRUE(hands->wait_for_page("stopped"));
  hands->type(slip(1));
  EXPECT_EQ(hands->page(), "stopped");
  ASSERT_TRUE(hands->wait_for([&] { return station->state().end_logged; }));
  EXPECT_EQ(logged().kiosks.at(kit.kiosks[0].id).last, 1U);
}

TEST_F(StaffTest, ANewKioskShowsItsKeyAndStartsWhenTheCardIsThere) {
  StationOptions options;
  options.folder = server.folder() / "K2";
  options.id = kit.kiosks[1].id.name;
  options.card = server.folder() / "congress.json";
  options.rest = std::chrono::milliseconds(100);
  station = Station::open(options).value();
  StaffOptions staff;
  hands = std::make_unique<Hands>(*station, staff);
  ASSERT_TRUE(hands->wait_for_page("enrol"));
  const QString shown = hands->screen->view().enrolment();
  ASSERT_TRUE(shown.startsWith("TXK1:" + QString::fromStdString(options.id) + ":"));
  kit.scheme.kiosks[1].key = array_from_hex<32>(shown.section(u':', 2).toStdString()).value();
  kit.found();
  kit.ceremony();
  kit.slips();
  kit.attendance();
  kit.open();
  ASSERT_TRUE(server.start());
  client::Client client = server.client();
  server.send_log(client, 0, 1);
  server.send_log(client, 1, kit.log.size());
  std::ofstream(options.card) << client::write_card(server.card());
  EXPECT_TRUE(hands->wait_for_page("waiting"));
}

}  // namespace
}  // namespace tuixuan::kiosk

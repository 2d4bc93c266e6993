// The helper's page behind a supervisor's key, and the enrolment of a new kiosk, at the real screen with the real
// server.
#include <QQuickItem>
#include <fstream>

#include "hardware/devices/files.h"
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
    const auto key = client::make_key_file(stick() / "helper.key", "supervisor", as_bytes(kPassphrase)).value();
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
  ASSERT_TRUE(client::make_key_file(stranger, "supervisor", as_bytes(kPassphrase)));
  hands->staff.unlock(QString::fromStdString(stranger), QString::fromUtf8(kPassphrase.data()));
  EXPECT_FALSE(hands->staff.isOpen()) << "of no supervisor of this congress";
  std::filesystem::remove(stranger);
  hands->screen->view().closeOverlay();
  unlock(kPassphrase);
  EXPECT_TRUE(hands->staff.isOpen());
  hands->screen->view().closeOverlay();
  EXPECT_FALSE(hands->staff.isOpen()) << "it is shut when the page is left";
}

TEST_F(StaffTest, ReportTestsAndTheEndOfVoting) {
  open_with_stick();
  hands->type(slip(0));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(hands->tap("下一步"));
  ASSERT_TRUE(hands->tap("核对无误"));
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
  EXPECT_THAT(hands->staff.message().toStdString(), testing::HasSubstr("最后一张"));
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

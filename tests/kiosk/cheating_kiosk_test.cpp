// A kiosk built to cheat, and an honest one, checked by the same voter on the same way: the program's own screen, flow,
// session and journal, against the real server over HTTPS. The only thing exchanged is the step that seals a contest
// (and, for the worst of them, the one that opens it), when this test is linked: it moves 王建军's mark to 李秀兰. The
// voter sees it on the screen, on the public board and by tuixuan-verify, with the name of the machine.
#include <QQuickItem>

#include "crypto/codes/entries.h"
#include "crypto/protocol/ballot.h"
#include "tests/kiosk/screen_kit.h"

namespace tuixuan::protocol {

enum class Kiosk { honest, alters, alters_and_denies };
static Kiosk built = Kiosk::honest;

// Candidates 2 and 3 of the committee change their marks: two bits each.
static void exchange(Bytes& content) {
  const std::uint8_t b = content.at(0);
  content[0] = static_cast<std::uint8_t>((b & 0b11000011U) | ((b & 0b00001100U) << 2U) | ((b & 0b00110000U) >> 2U));
}

#define SEAL                                                                                                   \
  "_ZN7tuixuan8protocol12seal_contestERKNS0_10BallotBodyERKNS_6NameIdINS_10ContestTagEEERKNS_10primitives5Poi" \
  "ntESt4spanIKhLm18446744073709551615EEm"
#define PUBLISH "_ZN7tuixuan8protocol7publishESt4spanIKNS0_13ContestSecretELm18446744073709551615EE"

Sealed honest_seal(const BallotBody&, const ContestId&, const primitives::Point&, ByteView,
                   std::size_t) __asm__("__real_" SEAL);
Sealed seal_of_the_cheat(const BallotBody&, const ContestId&, const primitives::Point&, ByteView,
                         std::size_t) __asm__("__wrap_" SEAL);
BallotOpening honest_opening(std::span<const ContestSecret>) __asm__("__real_" PUBLISH);
BallotOpening opening_of_the_cheat(std::span<const ContestSecret>) __asm__("__wrap_" PUBLISH);

Sealed seal_of_the_cheat(const BallotBody& ballot, const ContestId& contest, const primitives::Point& Y,
                         ByteView content, std::size_t width) {
  Bytes sealed(content.begin(), content.end());
  if (built != Kiosk::honest && contest.name == "committee") exchange(sealed);
  return honest_seal(ballot, contest, Y, sealed, width);
}

BallotOpening opening_of_the_cheat(std::span<const ContestSecret> secrets) {
  BallotOpening out = honest_opening(secrets);
  if (built == Kiosk::alters_and_denies) exchange(out.contests.at(0).content);
  return out;
}

}  // namespace tuixuan::protocol

namespace tuixuan::kiosk {
namespace {

using protocol::Kiosk;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string texts_of(QQuickItem* item) {
  if (!item->isVisible()) return {};
  std::string out = item->inherits("QQuickText") ? item->property("text").toString().toStdString() + "\n" : "";
  for (QQuickItem* child : item->childItems()) out += texts_of(child);
  return out;
}

class CheatingKiosk : public ScreenTest {
 protected:
  ~CheatingKiosk() override { protocol::built = Kiosk::honest; }

  // A voter marks 王建军, lets the ballot be sealed, and checks the machine.
  void check_the_machine(Kiosk kiosk) {
    protocol::built = kiosk;
    open_congress();
    hands->type(slip(0));
    ASSERT_TRUE(hands->wait_for_page("contest"));
    vote_to_sealed();
    ASSERT_TRUE(hands->tap("查验机器"));
    ASSERT_TRUE(hands->tap("公开这张票"));
    ASSERT_TRUE(hands->wait_for_page("challenged"));
    EXPECT_EQ(hands->screen->view().ballot(), "not_cast");
    tracker = hands->screen->view().tracker().toStdString();
  }
  void vote_to_sealed() {
    ASSERT_TRUE(hands->tap_spoken("王建军，赞成"));
    EXPECT_TRUE(hands->spoken_tile("王建军，赞成")->property("chosen").toBool());
    ASSERT_TRUE(hands->tap("下一步"));
    ASSERT_TRUE(hands->tap("下一步"));
    ASSERT_TRUE(hands->wait_for_page("review"));
    EXPECT_THAT(texts_of(hands->screen->page()), AllOf(HasSubstr("赞成：王建军"), Not(HasSubstr("赞成：李秀兰"))));
    ASSERT_TRUE(hands->seal());
    ASSERT_TRUE(hands->wait_for_page("sealed"));
  }
  bool delivered() {
    return hands->wait_for([&] { return station->state().counts.undelivered == 0; });
  }

  std::string screen() { return texts_of(hands->screen->page()); }
  // As any device of the voter's reads it.
  std::string board(const std::string& folder_of_language = "") {
    std::string compact;
    for (const char c : tracker)
      if (c != '-' && c != ' ') compact += c;
    client::Client client = server.client(std::chrono::seconds(0));  // a page that is not there is an answer
    const auto page = client.get("/" + folder_of_language + "ballot/" + compact + ".html", 1U << 20U);
    return page ? std::string(as_text(*page)) : page.error().text();
  }
  std::string verifier(const char* language = "zh") {
    const std::string program = std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/tuixuan-verify";

    auto process = programs::Process::start({program, server.card().server, "--pin", to_hex(server.card().pin),
                                             "--partial", "--tracker", tracker, "--lang", language},
                                            server.folder() / "verifier-messages")
                       .value();
    std::string said = process.read_all();
    EXPECT_EQ(process.wait(), 0) << said;
    return said;
  }

  std::string tracker;
};

TEST_F(CheatingKiosk, AnHonestKioskShowsTheVotersChoiceEverywhere) {
  check_the_machine(Kiosk::honest);
  const auto choice = AllOf(HasSubstr("赞成：王建军"), Not(HasSubstr("赞成：李秀兰")));
  EXPECT_THAT(screen(), choice);
  ASSERT_TRUE(delivered());
  EXPECT_THAT(board(), AllOf(choice, HasSubstr("投票机 K1")));
  EXPECT_THAT(board("en/"), AllOf(HasSubstr("approve: 王建军"), HasSubstr("Kiosk K1")));
  EXPECT_THAT(verifier(), AllOf(choice, HasSubstr("投票机 K1")));
  // The checked ballot does not count; the voter votes again, and that one does.
  ASSERT_TRUE(hands->tap("重新投票"));
  ASSERT_TRUE(hands->wait_for_page("contest"));
  EXPECT_FALSE(hands->spoken_tile("王建军，赞成")->property("chosen").toBool());
  vote_to_sealed();
  ASSERT_TRUE(hands->tap("投出选票"));
  ASSERT_TRUE(hands->wait_for([&] { return !hands->screen->view().receipt().isEmpty(); }));
  EXPECT_EQ(logged().cast, 1U);
  EXPECT_EQ(logged().challenged, 1U);
  tracker = hands->screen->view().tracker().toStdString();
  EXPECT_THAT(board(), AllOf(Not(HasSubstr("王建军")), Not(HasSubstr("打开后的内容")))) << "a cast ballot stays sealed";
  EXPECT_THAT(verifier("en"), Not(HasSubstr("王建军")));
}

TEST_F(CheatingKiosk, OneThatAltersTheChoiceIsCaughtAndNamed) {
  check_the_machine(Kiosk::alters);
  const auto altered = AllOf(HasSubstr("赞成：李秀兰"), Not(HasSubstr("赞成：王建军")));
  EXPECT_THAT(screen(), altered);
  ASSERT_TRUE(delivered()) << "all is well formed: only the voter can tell";
  EXPECT_THAT(board(), AllOf(altered, HasSubstr("投票机 K1")));
  EXPECT_THAT(verifier(), AllOf(altered, HasSubstr("投票机 K1")));
  EXPECT_THAT(verifier("en"), AllOf(HasSubstr("kiosk K1 sealed"), HasSubstr("approve: 李秀兰")));
}

TEST_F(CheatingKiosk, OneThatDeniesItIsRefusedByTheLogByName) {
  check_the_machine(Kiosk::alters_and_denies);
  EXPECT_THAT(screen(), HasSubstr("赞成：王建军")) << "its own screen lies: hence the look at the board";
  ASSERT_TRUE(hands->wait_for([&] { return station->state().stop.has_value(); }));
  EXPECT_EQ(station->state().stop->check, code::V11::open);
  EXPECT_THAT(board(), Not(HasSubstr("王建军"))) << "the ballot is not there";
  ASSERT_TRUE(hands->tap("退出"));
  ASSERT_TRUE(hands->tap("清除并退出"));
  EXPECT_TRUE(hands->wait_for_page("stopped")) << "nobody else votes here";
  EXPECT_EQ(logged().challenged, 0U);
}

}  // namespace
}  // namespace tuixuan::kiosk

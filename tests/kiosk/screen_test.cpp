// Voters at the real screen: by touch, by five keys with the screen blanked, by two switches; every kind of ballot;
// against the real server over HTTPS, and the ballots stand on its log.
#include "tests/kiosk/screen_kit.h"

#include <QElapsedTimer>
#include <QQuickItem>

namespace tuixuan::kiosk {
namespace {

int codes_shown(QQuickItem* item) {
  if (!item->isVisible()) return 0;
  int n = item->inherits("tuixuan::kiosk::QrItem") ? 1 : 0;
  for (QQuickItem* child : item->childItems()) n += codes_shown(child);
  return n;
}

TEST_F(ScreenTest, ByTouchFromSlipToReceipt) {
  open_congress();
  hands->type(slip(0));
  ASSERT_EQ(hands->page(), "contest");
  for (const char* who : {"丁文华", "王建军", "李秀兰", "张志高"})
    ASSERT_TRUE(hands->tap_spoken(QString::fromUtf8(who) + u"，赞成"));
  ASSERT_TRUE(hands->tap_spoken("赵海涛，不赞成"));
  ASSERT_TRUE(hands->tap_spoken("赵海涛，另选他人"));
  ASSERT_EQ(hands->page(), "write_in");
  for (const char* letter : {"w", "x", "m"}) ASSERT_TRUE(hands->tap(letter));
  ASSERT_TRUE(hands->tap("王小明"));
  ASSERT_TRUE(hands->tap("就写此人"));
  ASSERT_TRUE(hands->tap("对，就写此人"));
  ASSERT_EQ(hands->page(), "contest");
  ASSERT_TRUE(hands->tap("下一步"));
  ASSERT_TRUE(hands->tap("✎ 另写一人"));
  for (const char c : std::string("wangxiaoming")) ASSERT_TRUE(hands->tap(QString(QLatin1Char(c))));
  for (const char* character : {"王", "小", "明"}) ASSERT_TRUE(hands->tap_spoken(QString::fromUtf8(character)));
  ASSERT_TRUE(hands->tap("就写此人"));
  ASSERT_TRUE(hands->tap("对，就写此人"));
  ASSERT_TRUE(hands->tap("下一步"));
  ASSERT_EQ(hands->page(), "review");
  ASSERT_TRUE(hands->seal());
  ASSERT_EQ(hands->page(), "sealed");
  EXPECT_EQ(codes_shown(hands->screen->page()), 0) << "not cast yet";
  hands->settle(500);  // so that the touch is not taken for the second of two
  QElapsedTimer timer;
  timer.start();
  ASSERT_TRUE(hands->tap("投出选票"));
  ASSERT_TRUE(hands->wait_for([&] { return !hands->screen->view().receipt().isEmpty(); }));
  std::printf("from the touch to the receipt: %lld ms\n", static_cast<long long>(timer.elapsed()));
  ASSERT_EQ(hands->page(), "done");
  EXPECT_EQ(codes_shown(hands->screen->page()), 1);
  const auto receipt = log::parse_receipt(hands->screen->view().receipt().toStdString());
  ASSERT_TRUE(receipt);
  ASSERT_TRUE(hands->tap("完成"));
  ASSERT_TRUE(hands->wait_for_page("waiting"));
  EXPECT_EQ(logged().cast, 1U);
  hands->type(slip(0));
  EXPECT_EQ(hands->page(), "waiting");
  EXPECT_THAT(hands->screen->view().refusal().toStdString(), testing::HasSubstr("已经投过票"));
}

TEST_F(ScreenTest, AnOvervoteIsExplainedAndNothingIsTakenBack) {
  open_congress();
  hands->type(slip(0));
  for (const char* who : {"丁文华", "王建军", "李秀兰", "张志高", "陈玉华", "赵海涛"})
    ASSERT_TRUE(hands->tap_spoken(QString::fromUtf8(who) + u"，赞成"));
  EXPECT_THAT(hands->screen->view().problem().toStdString(), testing::HasSubstr("多选了 1 人"));
  ASSERT_TRUE(hands->tap("下一步"));
  EXPECT_EQ(hands->page(), "contest");
  EXPECT_TRUE(hands->spoken_tile("赵海涛，赞成")->property("chosen").toBool());
  ASSERT_TRUE(hands->tap_spoken("赵海涛，弃权"));
  ASSERT_TRUE(hands->tap("下一步"));
  EXPECT_EQ(hands->screen->view().stepNumber(), 2);
}

TEST_F(ScreenTest, ASlipReadAgainWhileSomebodyVotesSelectsNothing) {
  open_congress();
  hands->type(slip(0));
  ASSERT_EQ(hands->page(), "contest");
  for (int i = 0; i < 40 && !hands->spoken_tile("王建军，赞成")->hasActiveFocus(); ++i) hands->press(Qt::Key_Space);
  hands->type(slip(0));
  EXPECT_EQ(hands->page(), "contest");
  EXPECT_TRUE(tally::is_blank(station->flow().selection(0)));
  hands->settle(static_cast<int>(TypedCode::kTail.count()) + 50);
  hands->press(Qt::Key_Return);
  EXPECT_FALSE(tally::is_blank(station->flow().selection(0))) << "a person's Enter does";
}

TEST_F(ScreenTest, FiveKeysAndAVoiceWithTheScreenBlanked) {
  open_congress();
  // As a voter does, or somebody who helps before the slip is scanned: by keys to the voice, then by ear.
  hands->press(Qt::Key_Return);
  ASSERT_TRUE(hands->press_until_focus(Qt::Key_Up, "扫不了", 1) || hands->press_until_focus(Qt::Key_Up, "English", 4));
  ASSERT_TRUE(hands->press_until_focus(Qt::Key_Right, "字号与朗读", 4));
  hands->press(Qt::Key_Return);
  ASSERT_EQ(hands->page(), "display");
  hands->press(Qt::Key_Down);
  ASSERT_TRUE(hands->press_until_focus(Qt::Key_Down, "朗读：关", 8));
  ASSERT_TRUE(hands->press_until_focus(Qt::Key_Right, "朗读：开", 2));
  hands->press(Qt::Key_Return);
  EXPECT_TRUE(hands->look.voice());
  ASSERT_TRUE(hands->press_until(Qt::Key_Down, "隐藏屏幕", 3)) << hands->ears.last().toStdString();
  hands->press(Qt::Key_Return);
  EXPECT_TRUE(hands->look.property("blank").toBool());
  ASSERT_TRUE(hands->press_until(Qt::Key_Down, "好", 3)) << hands->ears.last().toStdString();
  hands->press(Qt::Key_Return);
  EXPECT_THAT(hands->ears.last().toStdString(), testing::HasSubstr("请扫描您的领票凭条"));
  hands->type(slip(1));
  ASSERT_EQ(hands->page(), "contest");
  EXPECT_THAT(hands->ears.last().toStdString(), testing::HasSubstr("支部委员会委员"));
  EXPECT_THAT(hands->ears.last().toStdString(), testing::HasSubstr("您的选票尚未投出"));
  hands->press(Qt::Key_Down);
  ASSERT_TRUE(hands->press_until(Qt::Key_Down, "李秀兰，"));
  ASSERT_TRUE(hands->press_until(Qt::Key_Left, "李秀兰，赞成"));
  hands->press(Qt::Key_Return);
  EXPECT_THAT(hands->ears.last().toStdString(), testing::Eq("李秀兰，赞成，已选，还可选 4 人"));
  hands->press(Qt::Key_Right);
  EXPECT_TRUE(hands->ears.last().startsWith("李秀兰，不赞成"));
  hands->press(Qt::Key_Left);
  hands->pass_time(1500);
  hands->press(Qt::Key_Return);
  EXPECT_EQ(hands->ears.last(), QString("李秀兰，赞成，已选")) << "a touch that changes nothing is answered, too";
  hands->press(Qt::Key_Right);
  ASSERT_TRUE(hands->press_until(Qt::Key_Down, "黄晓明，"));
  hands->press(Qt::Key_Down);
  ASSERT_TRUE(hands->press_until(Qt::Key_Right, "下一步", 4)) << hands->ears.last().toStdString();
  hands->press(Qt::Key_Return);
  ASSERT_EQ(hands->screen->view().stepNumber(), 2);
  hands->press(Qt::Key_Down);
  ASSERT_TRUE(hands->press_until(Qt::Key_Left, "王建军，赞成", 4)) << hands->ears.last().toStdString();
  hands->press(Qt::Key_Return);
  hands->press(Qt::Key_Down);
  ASSERT_TRUE(hands->ears.last().startsWith("张志高")) << hands->ears.last().toStdString();
  hands->press(Qt::Key_Down);
  ASSERT_TRUE(hands->ears.last().startsWith("另写一人")) << hands->ears.last().toStdString();
  hands->press(Qt::Key_Down);
  ASSERT_TRUE(hands->press_until(Qt::Key_Right, "下一步", 4)) << hands->ears.last().toStdString();
  hands->press(Qt::Key_Return);
  ASSERT_EQ(hands->page(), "review") << hands->ears.last().toStdString();
  EXPECT_THAT(hands->ears.last().toStdString(), testing::HasSubstr("赞成：李秀兰"));
  hands->press(Qt::Key_Down);
  hands->press(Qt::Key_Down);
  hands->press(Qt::Key_Down);
  ASSERT_TRUE(hands->press_until(Qt::Key_Right, "核对无误", 4)) << hands->ears.last().toStdString();
  hands->press(Qt::Key_Return);
  ASSERT_EQ(hands->page(), "sealed");
  hands->press(Qt::Key_Down);
  ASSERT_TRUE(hands->press_until(Qt::Key_Right, "投出选票"));
  hands->press(Qt::Key_Return);
  ASSERT_TRUE(hands->wait_for_page("done"));
  EXPECT_THAT(hands->ears.last().toStdString(), testing::HasSubstr("您的选票已经投出"));
  hands->press(Qt::Key_Down);
  ASSERT_TRUE(hands->press_until(Qt::Key_Right, "完成"));
  hands->press(Qt::Key_Return);
  ASSERT_TRUE(hands->wait_for_page("waiting"));
  EXPECT_TRUE(hands->wait_for([&] { return !hands->look.voice(); })) << "the next voter begins as everybody";
  ASSERT_TRUE(hands->wait_for([&] { return station->state().counts.undelivered == 0; }));
  EXPECT_EQ(logged().cast, 1U);
}

TEST_F(ScreenTest, TwoSwitches) {
  open_congress();
  ASSERT_TRUE(hands->press_until_focus(Qt::Key_Space, "字号与朗读"));
  hands->press(Qt::Key_Return);
  ASSERT_EQ(hands->page(), "display");
  ASSERT_TRUE(hands->press_until_focus(Qt::Key_Space, "朗读：开"));
  hands->press(Qt::Key_Return);
  const auto choose = [&](const QString& heard) {
    hands->press(Qt::Key_Space);
    if (!hands->press_until(Qt::Key_Space, heard, 80)) return false;
    hands->press(Qt::Key_Return);
    return true;
  };
  ASSERT_TRUE(choose("隐藏屏幕"));
  EXPECT_TRUE(hands->look.property("blank").toBool());
  ASSERT_TRUE(choose("好"));
  hands->type(slip(2));
  ASSERT_EQ(hands->page(), "contest");
  ASSERT_TRUE(choose("王建军，赞成"));
  ASSERT_TRUE(choose("陈玉华，不赞成"));
  ASSERT_TRUE(choose("下一步"));
  ASSERT_TRUE(choose("张志高，赞成"));
  ASSERT_TRUE(choose("下一步"));
  ASSERT_EQ(hands->page(), "review");
  ASSERT_TRUE(choose("核对无误"));
  ASSERT_TRUE(choose("投出选票"));
  ASSERT_TRUE(hands->wait_for_page("done"));
  ASSERT_TRUE(choose("完成"));
  ASSERT_TRUE(hands->wait_for([&] { return station->state().counts.undelivered == 0; }));
  EXPECT_EQ(logged().cast, 1U);
}

class RecommendationTest : public ScreenTest {
 protected:
  RecommendationTest() : ScreenTest(tally::Kind::recommendation) {}
};

TEST_F(RecommendationTest, BySearchInALongRoll) {
  open_congress();
  hands->type(slip(0));
  ASSERT_TRUE(hands->tap("⌕ 按姓名查找"));
  for (const char* letter : {"z", "x", "m"}) ASSERT_TRUE(hands->tap(letter));
  ASSERT_TRUE(hands->tap("张小明"));
  ASSERT_TRUE(hands->tap("曾小明"));
  ASSERT_TRUE(hands->tap("⌕ 按姓名查找"));
  EXPECT_EQ(hands->screen->view().counter(), "还可选 1 人");
  ASSERT_TRUE(hands->tap("下一步"));
  ASSERT_TRUE(hands->seal());
  ASSERT_TRUE(hands->tap("投出选票"));
  ASSERT_TRUE(hands->wait_for([&] { return !hands->screen->view().receipt().isEmpty(); }));
  EXPECT_EQ(logged().cast, 1U);
}

class DecisionTest : public ScreenTest {
 protected:
  DecisionTest() : ScreenTest(tally::Kind::decision) {}
};

TEST_F(DecisionTest, OneAtATime) {
  open_congress();
  hands->type(slip(0));
  ASSERT_TRUE(hands->tap_spoken("周晓燕，缓议"));
  ASSERT_TRUE(hands->tap("下一步"));
  EXPECT_THAT(hands->screen->view().review()[0].toMap()["lines"].toString().toStdString(), testing::HasSubstr("缓议"));
  ASSERT_TRUE(hands->seal());
  ASSERT_TRUE(hands->tap("投出选票"));
  ASSERT_TRUE(hands->wait_for([&] { return !hands->screen->view().receipt().isEmpty(); }));
  EXPECT_EQ(logged().cast, 1U);
}

class RatingTest : public ScreenTest {
 protected:
  RatingTest() : ScreenTest(tally::Kind::rating) {}
};

TEST_F(RatingTest, ByGradesWithALimitOfTheBest) {
  open_congress();
  hands->type(slip(0));
  ASSERT_TRUE(hands->tap_spoken("王建军，优秀"));
  ASSERT_TRUE(hands->tap_spoken("李秀兰，优秀"));
  EXPECT_THAT(hands->screen->view().problem().toStdString(), testing::HasSubstr("最高等次多评了 1 人"));
  ASSERT_TRUE(hands->tap_spoken("李秀兰，称职"));
  EXPECT_EQ(hands->screen->view().problem(), "");
  ASSERT_TRUE(hands->tap("下一步"));
  ASSERT_TRUE(hands->tap_spoken("服务群众，优秀"));
  ASSERT_TRUE(hands->tap("下一步"));
  ASSERT_TRUE(hands->seal());
  ASSERT_TRUE(hands->tap("投出选票"));
  ASSERT_TRUE(hands->wait_for([&] { return !hands->screen->view().receipt().isEmpty(); }));
  EXPECT_EQ(logged().cast, 1U);
}

}  // namespace
}  // namespace tuixuan::kiosk

// How quick the kiosk's screen is, drawn by the software renderer at 1280 x 800: start to the first page, a touch to
// the changed picture, a frame of scrolling through a roll of 3,000 names, a search in it.
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QImage>
#include <QQuickItem>
#include <algorithm>
#include <cstdio>
#include <functional>

#include "kiosk/ui/focus_guide.h"
#include "kiosk/ui/screen.h"
#include "kiosk/ui/specimen.h"

namespace tuixuan::kiosk {
namespace {

class Silence final : public Speaker {
 public:
  bool works() const override { return false; }
  void say(const QString&, const QString&) override {}
  void stop() override {}
};

void print(const char* what, std::vector<double> ms) {
  if (ms.empty()) return static_cast<void>(std::printf("%-44s nothing changed on the screen\n", what));
  std::sort(ms.begin(), ms.end());
  std::printf("%-44s median %6.1f ms, 95 of 100 under %6.1f ms, most %6.1f ms (%zu)\n", what, ms[ms.size() / 2],
              ms[ms.size() * 95 / 100], ms.back(), ms.size());
}

std::vector<tally::Candidate> long_roll() {
  static constexpr const char* kSurnames[] = {"丁", "王", "刘", "孙", "李", "杨", "吴", "张", "陈", "周"};
  static constexpr const char* kGiven[] = {"小", "建", "秀", "志", "玉", "国", "文", "海", "晓", "永",
                                           "明", "华", "英", "强", "兰", "军", "丽", "平", "芳", "伟"};
  std::vector<tally::Candidate> out;
  for (const char* s : kSurnames)
    for (const char* a : kGiven)
      for (std::size_t b = 0; b < 15; ++b) out.push_back({std::string(s) + a + kGiven[b], ""});
  return out;
}

int run(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("QT_QUICK_BACKEND", "software");
  QElapsedTimer timer;
  timer.start();
  QGuiApplication app(argc, argv);
  const Roll tables = Roll::load().value();
  Silence silence;
  std::vector<tally::Contest> contests = specimen_contests();
  contests[0].write_ins.eligible = long_roll();
  Specimen kiosk(std::move(contests));
  Look look(silence, 96, QStringLiteral("zh"));
  Staff staff(kiosk, look, {});
  Screen screen(kiosk, look, staff, &tables);
  screen.window().show();
  screen.tick();
  QCoreApplication::processEvents();
  (void)screen.window().grabWindow();
  std::printf("%-44s %6.0f ms\n", "start to the first page", static_cast<double>(timer.elapsed()));

  screen.view().offerSlip(QString::fromStdString(kiosk.slip()));
  QCoreApplication::processEvents();
  (void)screen.window().grabWindow();
  QImage before;
  // What is measured must be seen: a picture that does not change counts for nothing.
  const auto measure = [&](std::vector<double>& out, const std::function<void()>& act) {
    timer.restart();
    act();
    QImage after = screen.window().grabWindow();
    const double ms = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    if (after != before) out.push_back(ms);
    before = std::move(after);
  };
  std::vector<double> touches;
  for (int i = 0; i < 100; ++i) measure(touches, [&] { screen.view().mark(i % 5, 1 + i / 5 % 2); });
  print("a touch to the changed picture", touches);

  screen.view().mark(0, 2);
  screen.view().startWriteIn(1);
  NameEntry& entry = *qobject_cast<NameEntry*>(screen.view().entry());
  QCoreApplication::processEvents();
  (void)screen.window().grabWindow();
  QQuickItem* list = nullptr;
  for (QQuickItem* tile : tiles_of(screen.page()))
    if (list_of(tile) != nullptr && list_of(tile)->property("count").toInt() >= 3000) list = list_of(tile);
  if (list == nullptr) return std::puts("the roll is not on the page"), 1;
  std::vector<double> frames;
  for (int i = 0; i < 200; ++i)
    measure(frames, [&] {
      list->setProperty("contentY", list->property("contentY").toReal() + 60);
      QCoreApplication::processEvents();
    });
  print("a frame of scrolling through 3,000 names", frames);

  std::vector<double> searches;
  for (int i = 0; i < 60; ++i) {
    measure(searches, [&] { entry.key(QString(QChar(u'a' + i % 26))); });
    if (i % 3 == 2)
      while (!entry.query().isEmpty()) entry.erase();
  }
  print("a letter in the search of 3,000 names", searches);
  return 0;
}

}  // namespace
}  // namespace tuixuan::kiosk

int main(int argc, char** argv) { return tuixuan::kiosk::run(argc, argv); }

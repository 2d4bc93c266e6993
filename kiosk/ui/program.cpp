#include "kiosk/ui/program.h"

#include <QEventLoop>
#include <QGuiApplication>
#include <QScreen>
#include <QTimer>
#include <cstdio>

#include "hardware/devices/files.h"
#include "kiosk/flow/station.h"
#include "kiosk/ui/screen.h"
#include "kiosk/ui/self_test.h"

namespace tuixuan::kiosk {

static constexpr std::chrono::seconds kVoiceAnswers{5};

static qreal dots_per_inch(double asked) {
  return asked > 0 ? asked : std::max<qreal>(60, QGuiApplication::primaryScreen()->physicalDotsPerInch());
}

int show_screen(Machine& machine, StaffOptions staff_options, const ScreenOptions& o) {
  const auto tables = Roll::load();
  if (!tables) {
    std::fprintf(stderr, "tuixuan-kiosk: %s\n", tables.error().text().c_str());
    return 1;
  }
  Voice voice;
  Look look(voice, dots_per_inch(o.dots_per_inch), QString::fromStdString(o.language));
  QObject::connect(&voice, &Voice::answered, &look, &Look::voice_came);
  Staff staff(machine, look, std::move(staff_options));
  Screen screen(machine, look, staff, &*tables);
  screen.set_closable(o.window);
  QObject::connect(&staff, &Staff::shutDownAsked, qApp, &QCoreApplication::quit);
  if (o.window) {
    screen.window().show();
  } else {
    screen.window().showFullScreen();
  }
  const int status = QGuiApplication::exec();
  return status;
}

Result<int> run_screen(const ScreenOptions& o, int argc, char** argv) {
  StationOptions options;
  options.folder = o.folder;
  options.id = o.id;
  options.card = o.card;
  options.timing.idle = std::chrono::seconds(o.idle);
  TUIXUAN_TRY(station, Station::open(std::move(options)));
  QGuiApplication app(argc, argv);
  devices::SpoolPrinter printer(o.printer);
  StaffOptions staff{o.folder, o.keys, o.scanner, o.camera, o.printer.empty() ? nullptr : &printer, {}};
  return show_screen(*station, std::move(staff), o);
}

// Which voices this machine would speak with.
static void tell_voices() {
  Voice voice;
  QEventLoop wait;
  QObject::connect(&voice, &Voice::answered, &wait, &QEventLoop::quit);
  QTimer::singleShot(kVoiceAnswers, &wait, &QEventLoop::quit);
  wait.exec();
  for (const char* language : {"zh", "en"}) {
    const QString name = voice.name_for(QString::fromLatin1(language));
    std::printf("voice %s: %s\n", language, name.isEmpty() ? "none" : name.toUtf8().constData());
  }
}

Result<int> run_walk(const WalkChoice& choice, int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("QT_QUICK_BACKEND", "software");
  QGuiApplication app(argc, argv);
  WalkOptions options;
  options.pictures = QString::fromStdString(choice.folder);
  if (!choice.test) options.sizes = {0, 3};
  TUIXUAN_TRY(result, walk_all(options));
  tell_voices();
  for (const QString& fault : result.faults) std::printf("%s\n", fault.toUtf8().constData());
  std::printf("%d pages looked at, %d faults\n", result.pages, static_cast<int>(result.faults.size()));
  return result.faults.isEmpty() ? 0 : 1;
}

}  // namespace tuixuan::kiosk

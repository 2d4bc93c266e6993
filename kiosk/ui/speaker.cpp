#include "kiosk/ui/speaker.h"

#include <QLocale>
#include <QTextToSpeech>

namespace tuixuan::kiosk {

Voice::Voice() {
  if (!QTextToSpeech::availableEngines().isEmpty()) engine_ = std::make_unique<QTextToSpeech>();
}

Voice::~Voice() = default;

bool Voice::works() const { return engine_ && engine_->state() != QTextToSpeech::Error; }

void Voice::say(const QString& text, const QString& language) {
  if (!works()) return;
  engine_->stop();
  if (language != language_) {
    engine_->setLocale(language == u"en" ? QLocale(QLocale::English) : QLocale(QLocale::Chinese, QLocale::China));
    language_ = language;
  }
  engine_->say(text);
}

void Voice::stop() {
  if (engine_) engine_->stop();
}

}  // namespace tuixuan::kiosk

#include "kiosk/ui/look.h"

#include <algorithm>

#include "kiosk/ui/words.h"

namespace tuixuan::kiosk {

// Per theme: paper, ink, soft, panel, line, accent, on accent, warn, focus. Ink and soft on paper and panel, and on
// accent, have a contrast of 4.5 or more (7 or more in the second and third theme).
static constexpr const char* kColors[3][9] = {
    {"#fbf9f4", "#1b1b1b", "#55504a", "#ffffff", "#b9b2a6", "#9c1c1c", "#ffffff", "#8a2b00", "#0b57d0"},
    {"#ffffff", "#000000", "#2a2a2a", "#ffffff", "#000000", "#000000", "#ffffff", "#000000", "#0040c0"},
    {"#000000", "#ffe600", "#ffffff", "#000000", "#ffe600", "#ffe600", "#000000", "#ffffff", "#00d0ff"},
};

Look::Look(Speaker& speaker, qreal dots_per_inch, QString first_language)
    : speaker_(speaker), mm_(dots_per_inch / 25.4), first_language_(std::move(first_language)) {
  setLanguage(first_language_);
}

QColor Look::color(int role) const { return QColor(QString::fromLatin1(kColors[theme_][role])); }

qreal Look::unit() const {
  static constexpr qreal kMm[] = {6.2, 7.8, 9.6, 11.6};
  return kMm[size_] * mm_;
}

void Look::setLanguage(const QString& language) {
  language_ = language;
  words_.insert(words_in(language));
  Q_EMIT changed();
}

void Look::toggleLanguage() { setLanguage(language_ == u"zh" ? QStringLiteral("en") : QStringLiteral("zh")); }

void Look::say(const QString& text) {
  if (voice_ && !text.isEmpty()) speaker_.say(text, language_);
}

void Look::setSize(int size) {
  size_ = std::clamp(size, 0, 3);
  Q_EMIT changed();
}

void Look::setTheme(int theme) {
  theme_ = std::clamp(theme, 0, 2);
  Q_EMIT changed();
}

void Look::setVoice(bool on) {
  if (!on) speaker_.stop();
  if (!on) blank_ = false;  // never neither seen nor heard
  voice_ = on && speaker_.works();
  Q_EMIT changed();
}

void Look::setBlank(bool on) {
  blank_ = on && voice_;
  Q_EMIT changed();
}

bool Look::is_changed() const { return size_ != 0 || theme_ != 0 || voice_ || blank_ || language_ != first_language_; }

void Look::reset() {
  speaker_.stop();
  size_ = 0;
  theme_ = 0;
  voice_ = false;
  blank_ = false;
  setLanguage(first_language_);
}

}  // namespace tuixuan::kiosk

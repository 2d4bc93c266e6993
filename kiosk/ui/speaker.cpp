#include "kiosk/ui/speaker.h"

#include <QLocale>
#include <QTextToSpeech>
#include <QThread>
#include <QVoice>
#include <memory>
#include <utility>

#include "crypto/base/mutex.h"

namespace tuixuan::kiosk {

namespace {

constexpr int kEnd = 500;  // milliseconds in which a speech service that works has ended

bool has_any(const QString& text, std::initializer_list<const char*> words) {
  for (const char* word : words)
    if (text.contains(QLatin1String(word), Qt::CaseInsensitive)) return true;
  return false;
}

// Languages that speech-dispatcher tells under a locale that Qt takes for Chinese.
bool is_another_language(const QString& name) {
  return has_any(name, {"bishnupriya", "manipuri", "nahuatl", "guarani", "cherokee", "quechua", "lojban", "klingon"});
}

// 0: not this language.
int worth(const VoiceOffer& offer, const QString& language) {
  const bool of_espeak = has_any(offer.name, {"espeak", "english (", "latin as", "chinese ("});
  if (language != u"zh") {
    if (!offer.locale.startsWith(u"en") && !has_any(offer.name, {"english"})) return 0;
    if (has_any(offer.name, {"latin as"})) return 0;  // a Chinese voice that reads letters as English
    return 10 + (has_any(offer.name, {"america", "great britain", "received"}) || offer.locale == u"en_US" ? 5 : 0);
  }
  if (has_any(offer.name, {"cantonese", "yue", "hakka", "min nan", "hong kong"})) return 0;
  if (offer.locale == u"zh_HK" || offer.locale == u"yue_HK") return 0;
  const bool named =
      has_any(offer.name, {"mandarin", "putonghua", "cmn"}) || offer.name.contains(QStringLiteral("普通话"));
  if (!named && (!offer.locale.startsWith(u"zh") || of_espeak || is_another_language(offer.name))) return 0;
  return 10 + (of_espeak ? 0 : 20) + (named ? 5 : 0) + (has_any(offer.name, {"pinyin"}) ? 0 : 2);
}

}  // namespace

int choose_voice(const std::vector<VoiceOffer>& offers, const QString& language) {
  int best = -1;
  int most = 0;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const int now = worth(offers[i], language);
    if (now <= most) continue;
    most = now;
    best = static_cast<int>(i);
  }
  return best;
}

// Lives on the thread of the voice. Of sentences that wait only the last is kept: a service that hangs holds up one.
class Voice::Engine final : public QObject {
 public:
  QHash<QString, QString> open() {
    QHash<QString, QString> names;
    if (QTextToSpeech::availableEngines().isEmpty()) return names;
    speech_ = std::make_unique<QTextToSpeech>();
    if (speech_->state() == QTextToSpeech::Error) return names;
    std::vector<VoiceOffer> offers;
    std::vector<std::pair<QLocale, QVoice>> voices;
    for (const QLocale& locale : speech_->availableLocales()) {
      speech_->setLocale(locale);
      for (const QVoice& voice : speech_->availableVoices()) {
        offers.push_back({voice.name(), locale.name()});
        voices.emplace_back(locale, voice);
      }
    }
    for (const QString& language : {QStringLiteral("zh"), QStringLiteral("en")}) {
      const int at = choose_voice(offers, language);
      if (at < 0) continue;
      chosen_.insert(language, voices[static_cast<std::size_t>(at)]);
      names.insert(language, offers[static_cast<std::size_t>(at)].name);
    }
    return names;
  }

  // True: somebody must see to it.
  bool put(const QString& text, const QString& language) {
    const Lock lock(mutex_);
    text_ = text;
    language_ = language;
    return !std::exchange(waits_, true);
  }

  void speak() {
    QString text;
    QString language;
    {
      const Lock lock(mutex_);
      waits_ = false;
      text.swap(text_);
      language.swap(language_);
    }
    if (!speech_) return;
    speech_->stop();
    const auto voice = chosen_.constFind(language);
    if (text.isEmpty() || voice == chosen_.constEnd()) return;
    if (language != speaking_) {
      speech_->setLocale(voice->first);
      speech_->setVoice(voice->second);
      speaking_ = language;
    }
    speech_->say(text);
  }

 private:
  std::unique_ptr<QTextToSpeech> speech_;
  QHash<QString, std::pair<QLocale, QVoice>> chosen_;
  QString speaking_;
  Mutex mutex_;
  QString text_ TUIXUAN_GUARDED_BY(mutex_);
  QString language_ TUIXUAN_GUARDED_BY(mutex_);
  bool waits_ TUIXUAN_GUARDED_BY(mutex_) = false;
};

Voice::Voice() : engine_(new Engine), thread_(new QThread) {
  engine_->moveToThread(thread_);
  thread_->start();
  QMetaObject::invokeMethod(engine_, [this, engine = engine_] {
    const auto names = engine->open();
    QMetaObject::invokeMethod(this, [this, names] { found(names); });
  });
}

// A service that never answers keeps its thread; the program ends all the same.
Voice::~Voice() {
  engine_->deleteLater();
  thread_->quit();
  if (thread_->wait(kEnd)) delete thread_;
}

void Voice::found(const QHash<QString, QString>& names) {
  names_ = names;
  Q_EMIT answered();
}

void Voice::say(const QString& text, const QString& language) {
  if (!works()) return;
  if (engine_->put(text, language)) QMetaObject::invokeMethod(engine_, [engine = engine_] { engine->speak(); });
}

}  // namespace tuixuan::kiosk

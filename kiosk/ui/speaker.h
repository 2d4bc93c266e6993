// Speaks what stands on the screen, Mandarin or English, through Qt TextToSpeech (speech-dispatcher with espeak-ng on
// Debian), on a thread of its own: without a sound device its calls may never return, and the kiosk goes on. Chinese is
// spoken by a Mandarin voice or not at all (choose_voice). A new sentence interrupts the one before. What is spoken is
// never written anywhere.
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <vector>

class QThread;

namespace tuixuan::kiosk {

class Speaker {
 public:
  virtual ~Speaker() = default;
  virtual bool works() const = 0;
  virtual void say(const QString& text, const QString& language) = 0;
  virtual void stop() = 0;
};

// A voice as the speech service names it.
struct VoiceOffer {
  QString name;
  QString locale;  // "zh_CN", "en_US"; may be wrong or "C"
  friend bool operator==(const VoiceOffer&, const VoiceOffer&) = default;
};
// The place of the best voice for "zh" or "en" in a list; -1: none speaks that language. For Chinese only Mandarin: a
// better installed voice before espeak-ng's, and never another language whose locale looks Chinese.
int choose_voice(const std::vector<VoiceOffer>& offers, const QString& language);

class Voice final : public QObject, public Speaker {
  Q_OBJECT

 public:
  Voice();
  ~Voice() override;
  bool works() const override { return !names_.isEmpty(); }
  void say(const QString& text, const QString& language) override;
  void stop() override { say({}, {}); }
  // Which voice speaks this language, once the service has answered; empty: none.
  QString name_for(const QString& language) const { return names_.value(language); }

 Q_SIGNALS:
  void answered();  // the service has told its voices

 private:
  class Engine;
  void found(const QHash<QString, QString>& names);
  Engine* engine_;
  QThread* thread_;
  QHash<QString, QString> names_;  // by language
};

}  // namespace tuixuan::kiosk

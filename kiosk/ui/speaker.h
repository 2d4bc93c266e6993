// Speaks what stands on the screen, Mandarin or English, through Qt TextToSpeech (speech-dispatcher with espeak-ng on
// Debian). A new sentence interrupts the one before. What is spoken is never written anywhere.
#pragma once

#include <QString>
#include <memory>

class QTextToSpeech;

namespace tuixuan::kiosk {

class Speaker {
 public:
  virtual ~Speaker() = default;
  virtual bool works() const = 0;
  virtual void say(const QString& text, const QString& language) = 0;
  virtual void stop() = 0;
};

class Voice final : public Speaker {
 public:
  Voice();
  ~Voice() override;
  bool works() const override;
  void say(const QString& text, const QString& language) override;
  void stop() override;

 private:
  std::unique_ptr<QTextToSpeech> engine_;
  QString language_;
};

}  // namespace tuixuan::kiosk

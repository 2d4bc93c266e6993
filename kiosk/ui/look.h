// How the screen looks and speaks for the voter who stands there: language, one of four text sizes, one of three
// contrast themes, voice, blanked screen. Lengths follow the screen's real dots per inch: nothing to touch is smaller
// than 18 mm. reset() gives the next voter what the hall starts with.
#pragma once

#include <QColor>
#include <QObject>
#include <QQmlPropertyMap>

#include "kiosk/ui/speaker.h"
#include "tally/ballot/scheme.h"

namespace tuixuan::kiosk {

class Look : public QObject {
  Q_OBJECT
  Q_PROPERTY(QString language MEMBER language_ NOTIFY changed)
  Q_PROPERTY(QObject* t READ t CONSTANT)  // a property for each word, by its key
  Q_PROPERTY(int size MEMBER size_ WRITE setSize NOTIFY changed)
  Q_PROPERTY(int theme MEMBER theme_ WRITE setTheme NOTIFY changed)
  Q_PROPERTY(bool voice MEMBER voice_ WRITE setVoice NOTIFY changed)
  Q_PROPERTY(bool blank MEMBER blank_ WRITE setBlank NOTIFY changed)
  Q_PROPERTY(bool hasVoice READ hasVoice NOTIFY changed)
  Q_PROPERTY(qreal unit READ unit NOTIFY changed)      // height of the text in dots
  Q_PROPERTY(qreal target READ target NOTIFY changed)  // least width and height of what is touched
  Q_PROPERTY(qreal gap READ gap NOTIFY changed)
  Q_PROPERTY(QColor paper READ paper NOTIFY changed)
  Q_PROPERTY(QColor ink READ ink NOTIFY changed)
  Q_PROPERTY(QColor soft READ soft NOTIFY changed)    // less important text
  Q_PROPERTY(QColor panel READ panel NOTIFY changed)  // behind groups and buttons
  Q_PROPERTY(QColor line READ line NOTIFY changed)
  Q_PROPERTY(QColor accent READ accent NOTIFY changed)  // chosen, and the way forward
  Q_PROPERTY(QColor onAccent READ onAccent NOTIFY changed)
  Q_PROPERTY(QColor warn READ warn NOTIFY changed)
  Q_PROPERTY(QColor focus READ focus NOTIFY changed)

 public:
  static constexpr qreal kTargetMm = 18;
  Look(Speaker& speaker, qreal dots_per_inch, QString first_language);

  Q_INVOKABLE void toggleLanguage();
  Q_INVOKABLE void say(const QString& text);
  void setLanguage(const QString& language);
  void setSize(int size);
  void setTheme(int theme);
  void setVoice(bool on);
  void setBlank(bool on);
  void reset();
  void voice_came() { Q_EMIT changed(); }
  bool is_changed() const;  // anything is not as the hall starts with

  QString in(const tally::Text& text) const { return QString::fromStdString(text.in(language_.toStdString())); }
  QString language() const { return language_; }
  int size() const { return size_; }
  int theme() const { return theme_; }
  bool blank() const { return blank_; }
  bool voice() const { return voice_; }
  bool hasVoice() const { return speaker_.works(); }
  QObject* t() { return &words_; }
  QString word(const char* key) const { return words_.value(QString::fromUtf8(key)).toString(); }
  qreal unit() const;
  qreal target() const { return kTargetMm * mm_; }
  qreal gap() const { return 2.2 * mm_; }
  QColor paper() const { return color(0); }
  QColor ink() const { return color(1); }
  QColor soft() const { return color(2); }
  QColor panel() const { return color(3); }
  QColor line() const { return color(4); }
  QColor accent() const { return color(5); }
  QColor onAccent() const { return color(6); }
  QColor warn() const { return color(7); }
  QColor focus() const { return color(8); }

 Q_SIGNALS:
  void changed();

 private:
  QColor color(int role) const;
  Speaker& speaker_;
  qreal mm_;
  QString first_language_;
  QString language_;
  QQmlPropertyMap words_;
  int size_ = 0;
  int theme_ = 0;
  bool voice_ = false;
  bool blank_ = false;
};

}  // namespace tuixuan::kiosk

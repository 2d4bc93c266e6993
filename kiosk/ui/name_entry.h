// A name being written in: picked from the roll of those who may be elected, where the scheme has one, or typed in
// pinyin character by character. Forgets everything with clear() and when it goes.
#pragma once

#include <QObject>
#include <QStringList>
#include <QVariantList>

#include "kiosk/flow/pinyin_entry.h"
#include "kiosk/flow/roll_search.h"
#include "kiosk/ui/row_model.h"

namespace tuixuan::kiosk {

// Searchable rolls are dear to make: one for each contest, made when its stage opens.
struct Roll {
  PinyinTable pinyin;
  tally::StrokeTable strokes;
  [[nodiscard]] static Result<Roll> load();
};

class NameEntry : public QObject {
  Q_OBJECT
  Q_PROPERTY(bool fromRoll READ fromRoll NOTIFY changed)
  Q_PROPERTY(QString query READ query NOTIFY changed)                 // letters or strokes of a search
  Q_PROPERTY(QString mode MEMBER mode_ WRITE setMode NOTIFY changed)  // pinyin, strokes, surname
  Q_PROPERTY(QString text READ text NOTIFY changed)                   // the name so far
  Q_PROPERTY(QString spelling READ spelling NOTIFY changed)           // letters that wait
  Q_PROPERTY(QStringList candidates READ candidates NOTIFY changed)
  Q_PROPERTY(QVariantList surnames READ surnames NOTIFY changed)
  Q_PROPERTY(QObject* found READ found CONSTANT)
  Q_PROPERTY(int foundCount READ foundCount NOTIFY changed)

 public:
  explicit NameEntry(const Roll* tables);
  // For a name in this contest. Error "pinyin.engine".
  [[nodiscard]] Result<void> start(const tally::Contest& contest);
  void clear();
  void set(const QString& name);  // begins with a name that was written before

  bool fromRoll() const { return search_ != nullptr; }
  QString query() const { return query_; }
  QString text() const;
  QString spelling() const;
  QStringList candidates() const;
  QVariantList surnames() const;
  QObject* found() { return &found_; }
  int foundCount() const { return found_.count(); }
  void setMode(const QString& mode);

  Q_INVOKABLE void key(const QString& key);  // a letter, a stroke, · or space
  Q_INVOKABLE void choose(int candidate);
  Q_INVOKABLE void pick(int place);  // of the roll
  Q_INVOKABLE void pickSurname(const QString& surname);
  Q_INVOKABLE void erase();

 Q_SIGNALS:
  void changed();

 private:
  void search();
  const Roll* tables_;
  std::unique_ptr<RollSearch> search_;
  std::unique_ptr<PinyinEntry> pinyin_;
  RowModel found_;
  QString query_;
  QString picked_;
  QString mode_ = QStringLiteral("pinyin");
};

}  // namespace tuixuan::kiosk

#include "kiosk/ui/name_entry.h"

#include "tally/ballot/choice.h"

namespace tuixuan::kiosk {

Result<Roll> Roll::load() {
  TUIXUAN_TRY(pinyin, PinyinTable::load());
  TUIXUAN_TRY(strokes, tally::StrokeTable::load());
  return Roll{std::move(pinyin), std::move(strokes)};
}

NameEntry::NameEntry(const Roll* tables) : tables_(tables) {}

Result<void> NameEntry::start(const tally::Contest& contest) {
  clear();
  if (!contest.write_ins.eligible.empty() && tables_ != nullptr) {
    search_ = std::make_unique<RollSearch>(contest.write_ins.eligible, tables_->pinyin, tables_->strokes);
    search();
    return {};
  }
  auto opened = PinyinEntry::open();
  if (!opened) return tl::unexpected<Error>(opened.error());
  pinyin_ = std::move(*opened);
  Q_EMIT changed();
  return {};
}

void NameEntry::clear() {
  search_.reset();
  pinyin_.reset();
  found_.clear();
  query_.fill(u'\0');
  query_.clear();
  picked_.fill(u'\0');
  picked_.clear();
  mode_ = QStringLiteral("pinyin");
  Q_EMIT changed();
}

void NameEntry::set(const QString& name) {
  if (pinyin_) {
    pinyin_->append(name.toStdString());
  } else {
    picked_ = name;
  }
  Q_EMIT changed();
}

QString NameEntry::text() const { return pinyin_ ? QString::fromStdString(pinyin_->text()) : picked_; }

QString NameEntry::spelling() const { return pinyin_ ? QString::fromStdString(pinyin_->spelling()) : QString(); }

QStringList NameEntry::candidates() const {
  QStringList out;
  if (pinyin_)
    for (const std::string& c : pinyin_->candidates()) out.append(QString::fromStdString(c));
  return out;
}

QVariantList NameEntry::surnames() const {
  QVariantList out;
  if (search_ && mode_ == u"surname" && query_.isEmpty())
    for (const Surname& s : search_->surnames())
      out.append(QVariantMap{{"name", QString::fromStdString(s.name)}, {"people", static_cast<int>(s.people)}});
  return out;
}

void NameEntry::setMode(const QString& mode) {
  mode_ = mode;
  query_.clear();
  picked_.clear();
  search();
}

void NameEntry::search() {
  std::vector<Row> rows;
  const bool listing_surnames = mode_ == u"surname" && query_.isEmpty();
  if (search_ && !listing_surnames) {
    for (const std::size_t place : search_->find(query_.toStdString())) {
      const tally::Candidate& person = search_->roll()[place];
      rows.push_back({static_cast<int>(place),
                      QString::fromStdString(person.name),
                      QString::fromStdString(person.note),
                      0,
                      {},
                      -1,
                      false});
    }
  }
  found_.assign(std::move(rows));
  Q_EMIT changed();
}

void NameEntry::key(const QString& key) {
  if (pinyin_) {
    if (key.size() == 1 && key[0] >= u'a' && key[0] <= u'z') {
      pinyin_->type(static_cast<char>(key[0].unicode()));
    } else {
      pinyin_->append(key.toStdString());
    }
    Q_EMIT changed();
  } else {
    if (query_.size() < 30) query_ += key;
    picked_.clear();
    search();
  }
}

void NameEntry::choose(int candidate) {
  if (!pinyin_ || candidate < 0) return;
  pinyin_->choose(static_cast<std::size_t>(candidate));
  Q_EMIT changed();
}

void NameEntry::pick(int place) {
  if (!search_ || place < 0 || static_cast<std::size_t>(place) >= search_->roll().size()) return;
  const tally::Candidate& person = search_->roll()[static_cast<std::size_t>(place)];
  picked_ = QString::fromStdString(tally::label(person.name, person.note));
  Q_EMIT changed();
}

void NameEntry::pickSurname(const QString& surname) {
  query_ = surname;
  search();
}

void NameEntry::erase() {
  if (pinyin_) {
    pinyin_->erase();
    Q_EMIT changed();
    return;
  }
  if (mode_ == u"surname") {
    query_.clear();
  } else {
    query_.chop(1);
  }
  picked_.clear();
  search();
}

}  // namespace tuixuan::kiosk

// The rows of a page of marking, or of a list of names, as QML reads them: values only, replaced row by row so that the
// focus stays where it is. clear() leaves nothing of a voter.
#pragma once

#include <QAbstractListModel>
#include <vector>

namespace tuixuan::kiosk {

constexpr int kUnmarked = -1;

struct Row {
  int index = 0;        // of the candidate, item or place on the roll
  QString title;        // name or item
  QString note;         // tells same names apart
  int mark = 0;         // tally::Mark, or a grade; kUnmarked: none at all
  QString written;      // the name written in its place
  int written_at = -1;  // its place in the list of write-ins
  bool can_write = false;
  friend bool operator==(const Row&, const Row&) = default;
};

class RowModel : public QAbstractListModel {
  Q_OBJECT
  Q_PROPERTY(int count READ count NOTIFY countChanged)

 public:
  enum Role { Index = Qt::UserRole, Title, Note, Mark, Written, WrittenAt, CanWrite };
  int count() const { return static_cast<int>(rows_.size()); }
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& at, int role) const override;
  QHash<int, QByteArray> roleNames() const override;
  void assign(std::vector<Row> rows);
  void clear() { assign({}); }

 Q_SIGNALS:
  void countChanged();

 private:
  std::vector<Row> rows_;
};

}  // namespace tuixuan::kiosk

#include "kiosk/ui/row_model.h"

namespace tuixuan::kiosk {

int RowModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : count(); }

QVariant RowModel::data(const QModelIndex& at, int role) const {
  if (!at.isValid() || at.row() >= count()) return {};
  const Row& row = rows_[static_cast<std::size_t>(at.row())];
  switch (role) {
    case Index:
      return row.index;
    case Title:
      return row.title;
    case Note:
      return row.note;
    case Mark:
      return row.mark;
    case Written:
      return row.written;
    case WrittenAt:
      return row.written_at;
    case CanWrite:
      return row.can_write;
    default:
      return {};
  }
}

QHash<int, QByteArray> RowModel::roleNames() const {
  return {{Index, "place"},     {Title, "title"},         {Note, "note"},        {Mark, "mark"},
          {Written, "written"}, {WrittenAt, "writtenAt"}, {CanWrite, "canWrite"}};
}

void RowModel::assign(std::vector<Row> rows) {
  const auto same_people = [&] {
    if (rows.size() != rows_.size()) return false;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows[i].index != rows_[i].index || rows[i].title != rows_[i].title) return false;
    return true;
  };
  if (!same_people()) {
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
    Q_EMIT countChanged();
    return;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] == rows_[i]) continue;
    rows_[i] = std::move(rows[i]);
    const QModelIndex at = index(static_cast<int>(i));
    Q_EMIT dataChanged(at, at);
  }
}

}  // namespace tuixuan::kiosk

#include "tally/table/headings.h"

#include "tally/table/fold.h"

namespace tuixuan::table {

static bool is_called(const Heading& h, const std::string& folded) {
  if (fold_heading(h.word) == folded) return true;
  return std::any_of(h.others.begin(), h.others.end(),
                     [&](const std::string& other) { return fold_heading(other) == folded; });
}

static bool is_alike(const Heading& h, const std::string& folded) {
  return alike(folded, fold_heading(h.word)) ||
         std::any_of(h.others.begin(), h.others.end(),
                     [&](const std::string& other) { return alike(folded, fold_heading(other)); });
}

static std::string shown(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& cell : cells)
    if (!cell.empty() && out.size() < 100) out += (out.empty() ? "" : "，") + cell;
  return out;
}

static std::string words_of(const std::vector<Heading>& headings) {
  std::string out;
  for (const Heading& h : headings)
    if (h.key) out += (out.empty() ? "" : "、") + h.word;
  return out;
}

Result<std::vector<std::optional<std::size_t>>> find_columns(Table& table, const std::vector<Heading>& headings,
                                                             OtherColumns others, BlankRows blank, SumRows sums,
                                                             Code check) {
  TableKind kind;
  kind.known = [&headings](const std::string& folded) {
    return std::any_of(headings.begin(), headings.end(), [&](const Heading& h) { return is_called(h, folded); });
  };
  kind.key = [&headings](const std::string& folded) {
    return std::any_of(headings.begin(), headings.end(),
                       [&](const Heading& h) { return h.key && is_called(h, folded); });
  };
  kind.blank = blank;
  kind.sums = sums;
  kind.strict = others == OtherColumns::refused;
  TUIXUAN_TRY(found, table.find_heading(kind));
  if (found == Table::Found::empty) return refuse(check, 0, 0, "表是空的", "the table is empty");
  if (found == Table::Found::no_heading)
    return refuse(
        check, table.row(), 0,
        "没有找到表头，表头中须有：" + words_of(headings) + "；读到的是：" + shown(table.first_row()),
        "there is no heading row with " + words_of(headings) + "; the first row is: " + shown(table.first_row()));
  const std::size_t row = table.reading().heading_row;
  std::vector<std::optional<std::size_t>> at(headings.size());
  std::vector<std::size_t> unknown;
  for (std::size_t i = 0; i < table.headings().size(); ++i) {
    const std::string folded = fold_heading(table.headings()[i]);
    if (folded.empty()) continue;
    const auto h =
        std::find_if(headings.begin(), headings.end(), [&](const Heading& k) { return is_called(k, folded); });
    if (h == headings.end()) {
      unknown.push_back(i);
      continue;
    }
    auto& place = at[static_cast<std::size_t>(h - headings.begin())];
    if (place)
      return refuse(check, row, i + 1, "“" + table.headings()[i] + "”与 " + column_letters(*place + 1) + " 列意思相同",
                    "\"" + table.headings()[i] + "\" says the same as column " + column_letters(*place + 1));
    place = i;
    table.means(i, h->meaning);
  }
  for (const std::size_t i : unknown) {
    const std::string& text = table.headings()[i];
    for (std::size_t h = 0; h < headings.size(); ++h)
      if (!at[h] && is_alike(headings[h], fold_heading(text)))
        return refuse(
            check, row, i + 1, "“" + text + "”像是“" + headings[h].word + "”，是的请改成这样写，不是的请换一个名称",
            "\"" + text + "\" looks like " + headings[h].word + ": write it so if it is that, or give it another name");
    if (others == OtherColumns::refused) {
      std::string all;
      for (const Heading& h : headings) all += (all.empty() ? "" : "、") + h.word;
      return refuse(check, row, i + 1, "“" + text + "”不是规定的栏目；可用：" + all,
                    "\"" + text + "\" is no column that may stand here; allowed: " + all);
    }
  }
  for (std::size_t h = 0; h < headings.size(); ++h)
    if (headings[h].needed && !at[h])
      return refuse(check, row, 0, "缺少“" + headings[h].word + "”一列", "there is no column " + headings[h].word);
  return at;
}

}  // namespace tuixuan::table

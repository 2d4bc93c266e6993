#include "tally/forms/build.h"
#include "tally/forms/sheet_file.h"

namespace tuixuan::forms {

std::string csv_cell(std::string_view text) {
  std::string out;
  if (!text.empty() &&
      (std::string_view("=+-@").find(text[0]) != std::string_view::npos || static_cast<unsigned char>(text[0]) < 0x20))
    out = "'";
  out += text;
  if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

namespace {

class Writer {
 public:
  void record(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) out_ += (i == 0 ? "" : ",") + csv_cell(cells[i]);
    out_ += "\r\n";
  }
  void add(const Head& head) { record({head.title.zh, head.subtitle.zh}); }
  void add(const Paragraph& p) { record({p.text.zh}); }
  void add(const Facts& facts) {
    for (const Fact& fact : facts) record({fact.label.zh, fact.value});
  }
  void add(const Names& names) {
    for (const std::string& name : names.names) record({name});
  }
  void add(const Lines&) {}
  void add(const Signatures&) {}
  void add(const Table& table) {
    std::vector<std::string> head;
    for (const Column& c : table.columns) {
      head.push_back(c.title.zh);
      if (!c.second.zh.empty()) head.push_back(c.second.zh);
    }
    record(head);
    for (const std::vector<Field>& row : table.rows) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < row.size(); ++i) {
        const bool strokes = row[i].strokes && row[i].text.zh.empty();
        cells.push_back(strokes ? "正×" + number(*row[i].strokes / 5) + "，另" + number(*row[i].strokes % 5) + "画"
                                : row[i].text.zh);
        if (!table.columns[i].second.zh.empty()) cells.push_back(row[i].second);
      }
      record(cells);
    }
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace

Bytes sheet_csv(const Sheet& sheet, const FormData& data) {
  Writer writer;
  if (data.scheme.rehearsal) writer.record({"演练"});
  writer.record({data.scheme.congress.title.zh});
  for (const Block& block : sheet.blocks) std::visit([&](const auto& b) { writer.add(b); }, block);
  writer.record({"SHA-256", data.fingerprint.hex()});
  return to_bytes("\xEF\xBB\xBF" + writer.take());
}

}  // namespace tuixuan::forms

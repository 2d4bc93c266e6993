#include <algorithm>

#include "tally/forms/build.h"
#include "tally/forms/sheet_file.h"
#include "tally/scheme/enum_names.h"

namespace tuixuan::forms {
namespace {

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void add(const Head& head) {
    open("head");
    text("title", head.title);
    text("subtitle", head.subtitle);
    out_ += '}';
  }
  void add(const Paragraph& p) {
    open("paragraph");
    text("text", p.text);
    out_ += '}';
  }
  void add(const Facts& facts) {
    open("facts");
    out_ += ",\"facts\":[";
    for (std::size_t i = 0; i < facts.size(); ++i) {
      out_ += i == 0 ? "{" : ",{";
      string("id", facts[i].id, true);
      text("label", facts[i].label);
      string("value", facts[i].value);
      out_ += '}';
    }
    out_ += "]}";
  }
  void add(const Names& names) {
    open("names");
    string("id", names.id);
    out_ += ",\"names\":[";
    for (std::size_t i = 0; i < names.names.size(); ++i) {
      if (i > 0) out_ += ',';
      scheme::append_string(out_, names.names[i]);
    }
    out_ += "]}";
  }
  void add(const Lines&) {}
  void add(const Signatures&) {}
  void add(const Table& table) {
    open("table");
    string("id", table.id);
    out_ += ",\"columns\":[";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      out_ += i == 0 ? "{" : ",{";
      string("zh", table.columns[i].title.zh, true);
      string("en", table.columns[i].title.en);
      out_ += '}';
    }
    out_ += "],\"rows\":[";
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      out_ += r == 0 ? "[" : ",[";
      for (std::size_t i = 0; i < table.rows[r].size(); ++i) field(table.rows[r][i], i == 0);
      out_ += ']';
    }
    out_ += "]}";
  }

  void string(const char* name, std::string_view value, bool first = false) {
    out_ += (first ? "\"" : ",\"") + std::string(name) + "\":";
    scheme::append_string(out_, value);
  }

  void separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }

 private:
  void open(const char* what) {
    separate();
    out_ += '{';
    string("block", what, true);
  }
  void text(const char* name, const Text& value) {
    out_ += ",\"" + std::string(name) + "\":{";
    string("zh", value.zh, true);
    string("en", value.en);
    out_ += '}';
  }
  void field(const Field& f, bool first) {
    out_ += first ? "{" : ",{";
    string("zh", f.text.zh, true);
    if (!f.text.en.empty()) string("en", f.text.en);
    if (!f.second.empty()) string("second", f.second);
    if (f.strokes) out_ += ",\"strokes\":" + number(*f.strokes);
    out_ += '}';
  }
  std::string& out_;
  bool first_ = true;
};

bool is_printed_only(const Block& block) {
  return std::holds_alternative<Lines>(block) || std::holds_alternative<Signatures>(block);
}

}  // namespace

Bytes sheet_json(const Sheet& sheet, const FormData& data, tally::FormKind kind) {
  std::string out = "{";
  Writer writer(out);
  writer.string("format", "tuixuan-form/1", true);
  for (const auto& [value, name] : scheme::kFormKinds)
    if (value == kind) writer.string("form", name);
  writer.string("congress", data.scheme.congress.id);
  writer.string("stage", data.stage.name);
  out += data.scheme.rehearsal ? ",\"rehearsal\":true" : ",\"rehearsal\":false";
  writer.string("date", data.date);
  writer.string("sha256", data.fingerprint.hex());
  out += ",\"blocks\":[";
  for (const Block& block : sheet.blocks)
    if (!is_printed_only(block)) std::visit([&](const auto& b) { writer.add(b); }, block);
  return to_bytes(out + "]}");
}

}  // namespace tuixuan::forms

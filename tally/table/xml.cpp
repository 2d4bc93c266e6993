#include "tally/table/xml.h"

#include <expat.h>

#include <memory>
#include <optional>

#include "crypto/codes/documents.h"
#include "tally/table/source.h"

namespace tuixuan::table {

namespace {

constexpr int kMaxDepth = 64;
constexpr XML_Char kBetween = '|';  // namespace and local name

tl::unexpected<Error> damaged(const std::string& zh, const std::string& en) {
  return refuse(code::table::workbook, 0, 0, "工作簿内容有误：" + zh + "；请在表格软件中打开后另存为 XLSX",
                "the workbook's contents are wrong: " + en + "; open it in a spreadsheet program and save it as XLSX");
}

std::string local(const XML_Char* name) {
  const std::string_view all(name);
  const auto at = all.rfind(kBetween);
  return std::string(at == std::string_view::npos ? all : all.substr(at + 1));
}

struct Reading {
  XmlHandler& handler;
  XML_Parser parser;
  int depth = 0;
  std::optional<Error> error;

  void stop(Error e) {
    if (!error) error = std::move(e);
    XML_StopParser(parser, XML_FALSE);
  }
  void take(Result<void> done) {
    if (!done) stop(std::move(done.error()));
  }
};

void on_begin(void* user, const XML_Char* name, const XML_Char** attributes) {
  auto& r = *static_cast<Reading*>(user);
  if (r.error) return;
  if (++r.depth > kMaxDepth) return r.stop(damaged("嵌套过深", "nested too deeply").value());
  Attributes all;
  for (; *attributes != nullptr; attributes += 2) all[local(attributes[0])] = attributes[1];
  r.take(r.handler.begin(local(name), all));
}

void on_end(void* user, const XML_Char* name) {
  auto& r = *static_cast<Reading*>(user);
  if (r.error) return;
  --r.depth;
  r.take(r.handler.end(local(name)));
}

void on_text(void* user, const XML_Char* text, int size) {
  auto& r = *static_cast<Reading*>(user);
  if (!r.error) r.take(r.handler.text({text, static_cast<std::size_t>(size)}));
}

void on_document_type(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  static_cast<Reading*>(user)->stop(damaged("含文档类型声明", "it declares a document type").value());
}

}  // namespace

Result<void> read_xml(XmlHandler& handler, const std::function<Result<void>(const Pieces&)>& feed) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
      XML_ParserCreateNS(nullptr, kBetween), &XML_ParserFree);
  if (parser == nullptr) bug("no memory for a parser");
  Reading reading{handler, parser.get(), 0, std::nullopt};
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), on_begin, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_document_type);
  const auto give = [&](std::string_view piece, bool last) -> Result<void> {
    if (XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), last ? 1 : 0) == XML_STATUS_OK) return {};
    if (reading.error) return tl::unexpected<Error>(*reading.error);
    return damaged(XML_ErrorString(XML_GetErrorCode(parser.get())), XML_ErrorString(XML_GetErrorCode(parser.get())));
  };
  TUIXUAN_CHECK(feed([&](std::string_view piece) { return give(piece, false); }));
  return give("", true);
}

}  // namespace tuixuan::table

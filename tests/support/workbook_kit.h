// Workbooks for tests: a zip of parts, and the parts of a small XLSX, written by hand so that they can be wrong.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tuixuan::kit {

using Parts = std::vector<std::pair<std::string, std::string>>;

// `passphrase`: encrypts the parts. `stored`: without compression, so that a damaged copy is still a zip.
inline std::string zip_of(const Parts& parts, const char* passphrase = nullptr, bool stored = false) {
  std::size_t most = std::size_t{1} << 16U;
  for (const auto& [name, text] : parts) most += text.size() + 1024;
  std::string out(most, '\0');
  std::size_t used = 0;
  const std::unique_ptr<archive, decltype(&archive_write_free)> zip(archive_write_new(), &archive_write_free);
  archive_write_set_format_zip(zip.get());
  if (stored) archive_write_set_options(zip.get(), "zip:compression=store");
  if (passphrase != nullptr) {
    archive_write_set_options(zip.get(), "zip:encryption=traditional");
    archive_write_set_passphrase(zip.get(), passphrase);
  }
  archive_write_open_memory(zip.get(), out.data(), out.size(), &used);
  for (const auto& [name, text] : parts) {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_write_header(zip.get(), entry.get());
    archive_write_data(zip.get(), text.data(), text.size());
  }
  archive_write_close(zip.get());
  out.resize(used);
  return out;
}

// The parts of a workbook of one sheet with this sheetData; more sheets, styles and strings can be put in.
struct SmallBook {
  std::vector<std::pair<std::string, std::string>> sheets;  // name and attributes, and the XML inside <worksheet>
  std::string strings;                                      // of <sst>
  std::string styles;                                       // of <styleSheet>
  std::string properties;                                   // of <workbookPr>
  std::string name_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

  Parts parts() const {
    const std::string rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string package = "http://schemas.openxmlformats.org/package/2006/relationships";
    std::string list;
    std::string relations;
    Parts out{{"[Content_Types].xml", "<Types/>"},
              {"_rels/.rels", "<Relationships xmlns=\"" + package + "\"><Relationship Id=\"r1\" Type=\"" + rel +
                                  "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"}};
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      const std::string n = std::to_string(i + 1);
      list += "<sheet name=" + sheets[i].first + " sheetId=\"" + n + "\" r:id=\"s" + n + "\"/>";
      relations +=
          "<Relationship Id=\"s" + n + "\" Type=\"" + rel + "/worksheet\" Target=\"worksheets/sheet" + n + ".xml\"/>";
      out.emplace_back("xl/worksheets/sheet" + n + ".xml",
                       "<worksheet xmlns=\"" + name_space + "\">" + sheets[i].second + "</worksheet>");
    }
    relations += "<Relationship Id=\"t\" Type=\"" + rel + "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>";
    relations += "<Relationship Id=\"y\" Type=\"" + rel + "/styles\" Target=\"styles.xml\"/>";
    out.emplace_back("xl/workbook.xml", "<workbook xmlns=\"" + name_space + "\" xmlns:r=\"" + rel + "\"><workbookPr " +
                                            properties + "/><sheets>" + list + "</sheets></workbook>");
    out.emplace_back("xl/_rels/workbook.xml.rels",
                     "<Relationships xmlns=\"" + package + "\">" + relations + "</Relationships>");
    out.emplace_back("xl/sharedStrings.xml", "<sst xmlns=\"" + name_space + "\">" + strings + "</sst>");
    out.emplace_back("xl/styles.xml", "<styleSheet xmlns=\"" + name_space + "\">" + styles + "</styleSheet>");
    return out;
  }
  std::string bytes() const { return zip_of(parts()); }
};

inline std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
  return out;
}

// A sheet of texts in place; empty cells are left out.
inline std::string sheet_of(const std::vector<std::vector<std::string>>& rows) {
  std::string out = "<sheetData>";
  for (std::size_t r = 0; r < rows.size(); ++r) {
    out += "<row r=\"" + std::to_string(r + 1) + "\">";
    for (std::size_t c = 0; c < rows[r].size(); ++c)
      if (!rows[r][c].empty())
        out += "<c r=\"" + std::string(1, static_cast<char>('A' + c)) + std::to_string(r + 1) +
               "\" t=\"inlineStr\"><is><t>" + escaped(rows[r][c]) + "</t></is></c>";
    out += "</row>";
  }
  return out + "</sheetData>";
}

inline std::string workbook_of(const std::vector<std::vector<std::string>>& rows) {
  SmallBook book;
  book.sheets = {{"\"Sheet1\"", sheet_of(rows)}};
  return book.bytes();
}

}  // namespace tuixuan::kit

#include "tally/templates/sheet.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "crypto/codes/organiser.h"

namespace tuixuan::templates {

namespace {

constexpr lxw_row_t kRows = 5000;         // that choices and formats reach
constexpr std::size_t kMostListed = 250;  // characters of a list of choices in the format

lxw_col_t col(std::size_t i) { return static_cast<lxw_col_t>(i); }
lxw_row_t row(std::size_t i) { return static_cast<lxw_row_t>(i); }

// A folder of its own, gone at the end.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "tuixuan-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void add_choices(lxw_worksheet* sheet, std::size_t at, const std::vector<std::string>& choices) {
  std::size_t length = 0;
  for (const std::string& c : choices) length += c.size() + 1;
  if (choices.empty() || length > kMostListed) return;
  std::vector<std::string> copies = choices;  // the format takes no const text
  std::vector<char*> list;
  for (std::string& c : copies) list.push_back(c.data());
  list.push_back(nullptr);
  lxw_data_validation rule{};
  rule.validate = LXW_VALIDATION_TYPE_LIST;
  rule.value_list = list.data();
  rule.ignore_blank = LXW_VALIDATION_ON;
  worksheet_data_validation_range(sheet, 1, col(at), kRows, col(at), &rule);
}

void fill_in(lxw_worksheet* sheet, const Template& t, lxw_format* heading, lxw_format* text) {
  for (std::size_t i = 0; i < t.columns.size(); ++i) {
    worksheet_set_column(sheet, col(i), col(i), t.columns[i].width, t.columns[i].text ? text : nullptr);
    worksheet_write_string(sheet, 0, col(i), t.columns[i].heading.c_str(), heading);
    add_choices(sheet, i, t.columns[i].choices);
  }
  for (std::size_t r = 0; r < t.rows.size(); ++r)
    for (std::size_t i = 0; i < t.rows[r].size(); ++i)
      if (!t.rows[r][i].empty()) worksheet_write_string(sheet, row(r + 1), col(i), t.rows[r][i].c_str(), nullptr);
  worksheet_freeze_panes(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
}

void explain(lxw_worksheet* sheet, const Template& t, lxw_format* heading, lxw_format* wrapped) {
  worksheet_set_column(sheet, 0, 0, 20, wrapped);
  worksheet_set_column(sheet, 1, 2, 50, wrapped);
  worksheet_write_string(sheet, 0, 0, t.title_zh.c_str(), heading);
  worksheet_write_string(sheet, 0, 1, t.title_en.c_str(), heading);
  worksheet_write_string(sheet, 2, 0, "栏目", heading);
  worksheet_write_string(sheet, 2, 1, "填写说明", heading);
  worksheet_write_string(sheet, 2, 2, "What to fill in", heading);
  lxw_row_t at = 3;
  for (const TemplateColumn& c : t.columns) {
    worksheet_write_string(sheet, at, 0, c.heading.c_str(), wrapped);
    worksheet_write_string(sheet, at, 1, c.meaning_zh.c_str(), wrapped);
    worksheet_write_string(sheet, at++, 2, c.meaning_en.c_str(), wrapped);
  }
  ++at;
  for (const std::string& note : t.notes) worksheet_write_string(sheet, at++, 0, note.c_str(), nullptr);
}

}  // namespace

Result<Bytes> write_workbook(const Template& t) {
  const Folder folder;
  const auto bad = [](const char* why) {
    return fail(code::templates::file, std::string("不能写出模板 / the template cannot be written: ") + why);
  };
  if (folder.path().empty()) return bad(std::strerror(errno));
  const std::string file = folder.path() / "t.xlsx";
  lxw_workbook* book = workbook_new(file.c_str());
  if (book == nullptr) return bad("no memory");
  lxw_worksheet* sheet = workbook_add_worksheet(book, "填写");
  lxw_worksheet* explanation = workbook_add_worksheet(book, "说明");
  lxw_format* heading = workbook_add_format(book);
  format_set_bold(heading);
  format_set_text_wrap(heading);
  format_set_border(heading, LXW_BORDER_THIN);
  lxw_format* text = workbook_add_format(book);
  format_set_num_format(text, "@");
  lxw_format* wrapped = workbook_add_format(book);
  format_set_text_wrap(wrapped);
  fill_in(sheet, t, heading, text);
  explain(explanation, t, heading, wrapped);
  if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR) return bad(lxw_strerror(error));
  std::ifstream in(file, std::ios::binary);
  Bytes out{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in || out.empty()) return bad("cannot be read back");
  return out;
}

}  // namespace tuixuan::templates

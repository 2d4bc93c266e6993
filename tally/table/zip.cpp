#include "tally/table/zip.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

#include "crypto/codes/documents.h"
#include "tally/table/source.h"

namespace tuixuan::table {

namespace {

constexpr std::size_t kMaxEntries = 5000;
constexpr std::size_t kMaxUnpacked = std::size_t{256} << 20U;
constexpr std::size_t kPiece = std::size_t{64} << 10U;

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

tl::unexpected<Error> damaged(const std::string& zh, const std::string& en) {
  return refuse(code::table::workbook, 0, 0, "工作簿" + zh + "；请在表格软件中打开后另存为 XLSX 或“CSV UTF-8”",
                "the workbook " + en + "; open it in a spreadsheet program and save it as XLSX or CSV UTF-8");
}

std::string small_letters(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string name_of(archive_entry* entry) {
  const char* name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = archive_entry_pathname(entry);
  return name == nullptr ? "" : name;
}

// At its directory. By the directory alone: what a zip says twice it may say in two ways.
Result<Archive> open_archive(const std::string& bytes) {
  Archive out(archive_read_new(), &archive_read_free);
  if (out == nullptr || archive_read_support_format_zip_seekable(out.get()) != ARCHIVE_OK)
    bug("libarchive without zip files");
  if (archive_read_open_memory(out.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
    return damaged("已损坏", "is damaged");
  return out;
}

}  // namespace

Result<ZipFile> ZipFile::open(std::string bytes) {
  ZipFile out;
  out.bytes_ = std::move(bytes);
  TUIXUAN_TRY(archive, open_archive(out.bytes_));
  for (;;) {
    archive_entry* entry = nullptr;
    const int got = archive_read_next_header(archive.get(), &entry);
    if (got == ARCHIVE_EOF) break;
    if (got != ARCHIVE_OK) return damaged("已损坏", "is damaged");
    if (archive_entry_is_encrypted(entry) != 0)
      return damaged("是加密的，请先去掉密码", "is encrypted: take the password off");
    const std::string name = name_of(entry);
    if (out.names_.size() == kMaxEntries) return damaged("含文件过多", "has too many parts");
    if (!out.names_.emplace(small_letters(name), name).second)
      return damaged("有两个部分同名", "has two parts of one name");
  }
  if (out.names_.empty()) return damaged("是空的", "is empty");
  return out;
}

bool ZipFile::has(const std::string& name) const { return names_.contains(small_letters(name)); }

Result<void> ZipFile::read(const std::string& name, const std::function<Result<void>(std::string_view)>& sink) {
  const auto known = names_.find(small_letters(name));
  if (known == names_.end()) return damaged("缺少部分 " + name, "lacks its part " + name);
  TUIXUAN_TRY(archive, open_archive(bytes_));
  for (;;) {
    archive_entry* entry = nullptr;
    if (archive_read_next_header(archive.get(), &entry) != ARCHIVE_OK) return damaged("已损坏", "is damaged");
    if (name_of(entry) == known->second) break;
  }
  std::string piece(kPiece, '\0');
  for (;;) {
    const la_ssize_t n = archive_read_data(archive.get(), piece.data(), piece.size());
    if (n < 0) return damaged("已损坏（" + name + "）", "is damaged (" + name + ")");
    if (n == 0) return {};
    unpacked_ += static_cast<std::size_t>(n);
    if (unpacked_ > kMaxUnpacked) return damaged("展开后过大", "is too large when unpacked");
    TUIXUAN_CHECK(sink(std::string_view(piece).substr(0, static_cast<std::size_t>(n))));
  }
}

Result<std::string> ZipFile::text(const std::string& name, std::size_t limit) {
  std::string out;
  TUIXUAN_CHECK(read(name, [&](std::string_view piece) -> Result<void> {
    if (out.size() + piece.size() > limit) return damaged("的部分 " + name + " 过大", "has too large a part " + name);
    out += piece;
    return {};
  }));
  return out;
}

}  // namespace tuixuan::table

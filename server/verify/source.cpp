#include "server/verify/source.h"

#include <archive.h>
#include <archive_entry.h>

#include <fstream>
#include <map>

#include "crypto/codes/client.h"
#include "crypto/codes/entries.h"

namespace tuixuan::verify {

namespace fs = std::filesystem;

namespace {

Result<Bytes> read_part(const fs::path& file, std::uint64_t offset, std::uint64_t size, const std::string& name) {
  std::ifstream in(file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(offset));
  Bytes out(size);
  in.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(size));
  if (!in) return fail(code::record::file, name + " cannot be read from " + file.string());
  return out;
}

Error too_large(const std::string& path, std::uint64_t size, std::size_t max_bytes) {
  return {code::record::file,
          path + " has " + std::to_string(size) + " bytes; at most " + std::to_string(max_bytes) + " are allowed"};
}

class Folder final : public Source {
 public:
  explicit Folder(fs::path root) : root_(std::move(root)) {}
  Result<Bytes> read(const std::string& path, std::size_t max_bytes) override {
    std::error_code ec;
    const fs::path file = root_ / path;
    const auto size = fs::file_size(file, ec);
    if (ec || !fs::is_regular_file(file, ec)) return fail(code::record::file, path + " is not in the record");
    if (size > max_bytes) return tl::unexpected<Error>(too_large(path, size, max_bytes));
    return read_part(file, 0, size, path);
  }
  std::string describe() const override { return root_.string(); }

 private:
  fs::path root_;
};

class ArchiveFile final : public Source {
 public:
  struct Part {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
  };
  ArchiveFile(fs::path file, std::map<std::string, Part> parts) : file_(std::move(file)), parts_(std::move(parts)) {}
  Result<Bytes> read(const std::string& path, std::size_t max_bytes) override {
    const auto it = parts_.find(path);
    if (it == parts_.end()) return fail(code::record::file, path + " is not in the record");
    if (it->second.size > max_bytes) return tl::unexpected<Error>(too_large(path, it->second.size, max_bytes));
    return read_part(file_, it->second.offset, it->second.size, path);
  }
  std::string describe() const override { return file_.string(); }

 private:
  fs::path file_;
  std::map<std::string, Part> parts_;
};

class Remote final : public Source {
 public:
  Remote(client::Address address, std::optional<Sha256> pin) : https_(std::move(address), pin) {}
  Result<Bytes> read(const std::string& path, std::size_t max_bytes) override {
    TUIXUAN_TRY(answer, https_.ask({"GET", "/" + path, {}, {}}, max_bytes));
    if (answer.status >= 500)
      return fail(code::net::http, path + ": the server answered with status " + std::to_string(answer.status));
    if (answer.status != 200)
      return fail(code::record::file, path + ": the server answered with status " + std::to_string(answer.status));
    return std::move(answer.body);
  }
  std::string describe() const override { return https_.address().url(); }

 private:
  client::Https https_;
};

struct ArchiveFree {
  void operator()(archive* a) const { archive_read_free(a); }
};

constexpr std::int64_t kTarBlock = 512;
constexpr std::size_t kMaxFiles = 10'000'000;

}  // namespace

Result<std::unique_ptr<Source>> open_folder(const fs::path& root) {
  std::error_code ec;
  if (!fs::is_directory(root, ec)) return fail(code::record::open, root.string() + " is not a folder");
  return std::make_unique<Folder>(root);
}

// With nothing but plain ustar headers of one block, the bytes of a file begin one block after its header.
Result<std::unique_ptr<Source>> open_archive(const fs::path& file) {
  const std::unique_ptr<archive, ArchiveFree> a(archive_read_new());
  archive_read_support_format_tar(a.get());
  const auto broken = [&] {
    const char* why = archive_error_string(a.get());
    return fail(code::record::open,
                file.string() + " is not a record in one file: " + (why == nullptr ? "not a plain tar file" : why));
  };
  if (archive_read_open_filename(a.get(), file.c_str(), 1U << 16U) != ARCHIVE_OK) return broken();
  std::map<std::string, ArchiveFile::Part> parts;
  archive_entry* entry = nullptr;
  std::int64_t end = 0;
  for (int status = 0; (status = archive_read_next_header(a.get(), &entry)) != ARCHIVE_EOF;) {
    const std::int64_t header = archive_read_header_position(a.get());
    if (status != ARCHIVE_OK || archive_format(a.get()) != ARCHIVE_FORMAT_TAR_USTAR || parts.size() > kMaxFiles ||
        archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr ||
        archive_entry_size(entry) < 0 || header != end)
      return broken();
    const std::string name = archive_entry_pathname(entry);
    const auto size = static_cast<std::uint64_t>(archive_entry_size(entry));
    const auto offset = static_cast<std::uint64_t>(header + kTarBlock);
    if (!parts.emplace(name, ArchiveFile::Part{offset, size}).second)
      return fail(code::record::open, file.string() + " holds " + name + " twice");
    end = header + kTarBlock + (archive_entry_size(entry) + kTarBlock - 1) / kTarBlock * kTarBlock;
  }
  return std::make_unique<ArchiveFile>(file, std::move(parts));
}

Result<std::unique_ptr<Source>> open_server(std::string_view url, std::optional<Sha256> pin) {
  TUIXUAN_TRY(address, client::Address::parse(url));
  return std::make_unique<Remote>(std::move(address), pin);
}

Result<std::unique_ptr<Source>> open_source(const std::string& where, std::optional<Sha256> pin) {
  if (where.starts_with("https://")) return open_server(where, pin);
  std::error_code ec;
  if (fs::is_directory(where, ec)) return open_folder(where);
  if (fs::is_regular_file(where, ec)) return open_archive(where);
  return fail(code::record::open, "there is no folder, file or https:// address \"" + where + "\"");
}

}  // namespace tuixuan::verify

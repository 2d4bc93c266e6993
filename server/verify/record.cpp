#include "server/verify/record.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "crypto/codes/entries.h"

namespace tuixuan::verify {

namespace fs = std::filesystem;

Result<std::vector<Bytes>> read_bundle(Source& source, const log::BundleId& id) {
  constexpr std::size_t kMaxBundle = std::size_t{log::kTileWidth} * (log::kMaxEntrySize + 2);
  TUIXUAN_TRY(bytes, source.read(log::path_of(id), kMaxBundle));
  return log::decode_bundle(bytes, id.width);
}

std::vector<std::string> record_paths(const Verification& v) {
  std::vector<std::string> out = {"checkpoint"};
  for (const log::TileId& id : log::tiles_of(v.checkpoint->size)) out.push_back(log::path_of(id));
  for (const log::BundleId& id : log::bundles_of(v.checkpoint->size)) out.push_back(log::path_of(id));
  for (const Sha256& hash : v.objects) out.push_back("object/" + hash.hex());
  return out;
}

// The checkpoint as it was verified: the log may have grown since.
static Result<Bytes> content(Source& source, const Verification& v, const std::string& path) {
  if (path == "checkpoint") return to_bytes(v.note);
  return source.read(path, election::kMaxObjectSize);
}

static tl::unexpected<Error> unwritten(const fs::path& path, const std::string& why) {
  return fail(code::record::write, path.string() + " cannot be written: " + why);
}

static Result<void> sync_path(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  const int why = errno;
  if (fd >= 0) ::close(fd);
  if (!synced) return unwritten(path, std::strerror(why));
  return {};
}

struct WriteFree {
  void operator()(archive* a) const { archive_write_free(a); }
};
struct EntryFree {
  void operator()(archive_entry* e) const { archive_entry_free(e); }
};

static Result<void> write_parts(Source& source, const Verification& v, const fs::path& file) {
  const std::unique_ptr<archive, WriteFree> a(archive_write_new());
  archive_write_set_format_ustar(a.get());
  if (archive_write_open_filename(a.get(), file.c_str()) != ARCHIVE_OK)
    return unwritten(file, archive_error_string(a.get()));
  for (const std::string& path : record_paths(v)) {
    TUIXUAN_TRY(bytes, content(source, v, path));
    const std::unique_ptr<archive_entry, EntryFree> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), path.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_mtime(entry.get(), 0, 0);
    if (archive_write_header(a.get(), entry.get()) != ARCHIVE_OK ||
        archive_write_data(a.get(), bytes.data(), bytes.size()) != static_cast<la_ssize_t>(bytes.size()))
      return unwritten(file, archive_error_string(a.get()));
  }
  if (archive_write_close(a.get()) != ARCHIVE_OK) return unwritten(file, archive_error_string(a.get()));
  return {};
}

Result<void> write_archive(Source& source, const Verification& v, const fs::path& file) {
  std::error_code ec;
  if (fs::exists(fs::symlink_status(file, ec))) return unwritten(file, "something is there already");
  const fs::path unfinished = file.string() + ".part";
  auto written = write_parts(source, v, unfinished);
  if (written) written = sync_path(unfinished);
  if (!written) {
    fs::remove(unfinished, ec);
    return written;
  }
  fs::rename(unfinished, file, ec);
  if (ec) return unwritten(file, ec.message());
  return sync_path(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

Result<void> write_folder(Source& source, const Verification& v, const fs::path& folder) {
  std::error_code ec;
  if (fs::exists(fs::symlink_status(folder, ec))) return unwritten(folder, "something is there already");
  for (const std::string& path : record_paths(v)) {
    TUIXUAN_TRY(bytes, content(source, v, path));
    const fs::path file = folder / path;
    fs::create_directories(file.parent_path(), ec);
    std::ofstream out(file, std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) return unwritten(file, std::strerror(errno));
    TUIXUAN_CHECK(sync_path(file));
  }
  return {};
}

}  // namespace tuixuan::verify

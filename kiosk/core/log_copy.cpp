#include "kiosk/core/log_copy.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "crypto/base/writer.h"
#include "crypto/codes/kiosk.h"
#include "crypto/primitives/hash.h"
#include "hardware/devices/durable_file.h"
#include "tally/client/refusals.h"

namespace tuixuan::kiosk {

namespace fs = std::filesystem;

static constexpr Code kCheck = code::kiosk::copy;
static constexpr std::size_t kMark = 8;                              // bytes of the leaf hash behind an entry
static constexpr std::size_t kMostEntries = std::size_t{4} << 30U;   // bytes
static constexpr std::size_t kMostWaiting = std::size_t{64} << 20U;  // bytes in memory, while the disk refuses
static constexpr std::chrono::seconds kBetweenSyncs{5};

fs::path log_copy_folder(const fs::path& kiosk, const log::NoteKey& log) {
  return kiosk / "log" / primitives::sha256(as_bytes(log::format_vkey(log))).hex().substr(0, 16);
}

// --- frames ----------------------------------------------------------------------------------------------------------

static void add_frame(Bytes& out, ByteView entry, const Sha256& leaf) {
  const Bytes frame = Writer().blob(entry).fixed(leaf.view().first(kMark)).take();
  out.insert(out.end(), frame.begin(), frame.end());
}

struct Frames {
  std::vector<Bytes> entries;
  std::vector<Sha256> leaves;
  std::size_t whole = 0;  // bytes of whole frames
};

static Frames read_frames(ByteView file) {
  Frames out;
  for (;;) {
    Reader r(file.subspan(out.whole), "kept entry");
    const ByteView entry = r.blob(log::kMaxEntrySize);
    const ByteView mark = r.fixed(kMark);
    if (!r.ok()) return out;
    const Sha256 leaf = log::leaf_hash(entry);
    if (!equal(mark, leaf.view().first(kMark))) return out;
    out.entries.push_back(to_bytes(entry));
    out.leaves.push_back(leaf);
    out.whole += 4 + entry.size() + kMark;
  }
}

static bool is_there(const fs::path& path) {
  std::error_code ec;
  return fs::exists(path, ec);
}

// Takes no more memory than the file needs.
static Result<Bytes> read_file(const fs::path& path, std::uint64_t most) {
  std::error_code ec;
  const std::uint64_t size = fs::file_size(path, ec);
  if (ec) return fail(kCheck, path.string() + ": " + ec.message());
  if (size > most) return fail(kCheck, path.string() + ": over " + std::to_string(most) + " bytes");
  return devices::read_all(path, static_cast<std::size_t>(size), false, kCheck);
}

static Sha256 root_of(std::span<const Sha256> leaves) {
  log::Tree tree;
  for (const Sha256& leaf : leaves) tree.append(leaf);
  return tree.root();
}

// --- reading ---------------------------------------------------------------------------------------------------------

std::vector<fs::path> log_copies(const fs::path& kiosk) {
  std::vector<fs::path> out;
  std::error_code ec;
  for (fs::directory_iterator it(kiosk / "log", ec); !ec && it != fs::directory_iterator(); it.increment(ec))
    if (is_there(it->path() / "vkey")) out.push_back(it->path());
  std::sort(out.begin(), out.end());
  return out;
}

Result<KeptLog> read_log_copy(const fs::path& copy) {
  KeptLog out;
  TUIXUAN_TRY(vkey, devices::read_all(copy / "vkey", 1024, false, kCheck));
  auto log = log::parse_vkey(as_text(vkey));
  if (!log) return fail(kCheck, (copy / "vkey").string() + ": " + log.error().what);
  out.log = std::move(*log);
  if (is_there(copy / "entries")) {
    TUIXUAN_TRY(file, read_file(copy / "entries", kMostEntries));
    Frames frames = read_frames(file);
    out.torn = frames.whole != file.size();
    out.entries = std::move(frames.entries);
    if (!is_there(copy / "checkpoint")) return out;
    TUIXUAN_TRY(note, devices::read_all(copy / "checkpoint", log::kMaxNoteSize, false, kCheck));
    const auto opened = log::open_checkpoint(as_text(note), out.log);
    if (!opened) return fail(kCheck, (copy / "checkpoint").string() + ": " + opened.error().text());
    out.followed = opened->checkpoint;
    out.note = std::string(as_text(note));
    const auto size = static_cast<std::size_t>(opened->checkpoint.size);
    if (size <= frames.leaves.size() && root_of(std::span(frames.leaves).first(size)) != opened->checkpoint.root)
      return fail(kCheck, copy.string() + ": its entries are not those of its checkpoint");
  }
  return out;
}

Result<Bytes> read_kept_object(const fs::path& copy, const Sha256& hash) {
  TUIXUAN_TRY(bytes, read_file(copy / "objects" / hash.hex(), election::kMaxObjectSize));
  if (primitives::sha256(bytes) != hash) return fail(kCheck, "object " + hash.hex() + " is damaged in this copy");
  return std::move(bytes);
}

std::vector<Sha256> kept_objects(const fs::path& copy) {
  std::vector<Sha256> out;
  std::error_code ec;
  for (fs::directory_iterator it(copy / "objects", ec); !ec && it != fs::directory_iterator(); it.increment(ec))
    if (const auto hash = array_from_hex<32>(it->path().filename().string())) out.push_back(Sha256{*hash});
  std::sort(out.begin(), out.end());
  return out;
}

// --- keeping ---------------------------------------------------------------------------------------------------------

LogCopy::LogCopy(const fs::path& kiosk, log::NoteKey log, std::uint64_t spare)
    : folder_(log_copy_folder(kiosk, log)), log_(std::move(log)), spare_(spare) {
  note(open());
}

LogCopy::~LogCopy() {
  sync(true);
  if (fd_ >= 0) ::close(fd_);
}

void LogCopy::note(const Result<void>& done) {
  if (done) {
    trouble_.reset();
  } else {
    trouble_ = done.error();
  }
}

// What is there already. A torn end is cut off: it was never more than a copy.
Result<void> LogCopy::open() {
  if (fd_ >= 0) return {};
  std::error_code ec;
  fs::create_directories(folder_ / "objects", ec);
  if (!ec) fs::permissions(folder_.parent_path(), fs::perms::owner_all, ec);
  if (ec) return fail(kCheck, folder_.string() + ": " + ec.message());
  if (!is_there(folder_ / "vkey")) TUIXUAN_CHECK(put("vkey", as_bytes(log::format_vkey(log_))));
  TUIXUAN_TRY(kept, read_log_copy(folder_));
  followed_ = kept.followed;
  const int fd = ::open((folder_ / "entries").c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return devices::system_error(kCheck, folder_ / "entries");
  leaves_.clear();
  written_ = 0;
  for (const Bytes& entry : kept.entries) {
    leaves_.push_back(log::leaf_hash(entry));
    written_ += 4 + entry.size() + kMark;
  }
  waiting_.clear();
  fd_ = fd;
  if (kept.torn && ::ftruncate(fd_, static_cast<off_t>(written_)) != 0)
    return devices::system_error(kCheck, folder_ / "entries");
  return {};
}

Result<void> LogCopy::room_for(std::uint64_t bytes) const {
  std::error_code ec;
  const auto space = fs::space(folder_, ec);
  if (ec) return fail(kCheck, folder_.string() + ": " + ec.message());
  if (space.available < spare_ + bytes)
    return fail(kCheck, "the disk has too little room for a copy of the log; what is left is kept for ballots");
  return {};
}

// Whole or not there, but not synced: a copy that a power cut tears is known by its hash.
Result<void> LogCopy::put(const fs::path& name, ByteView bytes) const {
  const fs::path path = folder_ / name;
  const fs::path part = path.string() + ".part";
  TUIXUAN_CHECK(room_for(bytes.size()));
  {
    const devices::Fd fd(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd || !devices::write_fully(fd.get(), bytes)) return devices::system_error(kCheck, part);
  }
  if (::rename(part.c_str(), path.c_str()) != 0) return devices::system_error(kCheck, path);
  return {};
}

Result<void> LogCopy::write_frames() {
  if (waiting_.empty()) return {};
  TUIXUAN_CHECK(room_for(waiting_.size()));
  if (written_ + waiting_.size() > kMostEntries) return fail(kCheck, "the copy of the log is as large as it may be");
  if (::lseek(fd_, static_cast<off_t>(written_), SEEK_SET) < 0 || !devices::write_fully(fd_, waiting_)) {
    const auto why = devices::system_error(kCheck, folder_ / "entries");
    if (::ftruncate(fd_, static_cast<off_t>(written_)) != 0) return devices::system_error(kCheck, folder_ / "entries");
    return why;
  }
  written_ += waiting_.size();
  waiting_.clear();
  dirty_ = true;
  return {};
}

Result<void> LogCopy::keep(std::uint64_t first, std::span<const Bytes> entries) {
  TUIXUAN_CHECK(open());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::uint64_t at = first + i;
    const Sha256 leaf = log::leaf_hash(entries[i]);
    if (at < leaves_.size() && leaves_[at] == leaf) continue;
    if (at < leaves_.size()) {
      contradicted_ = true;
      return fail(kCheck, "entry " + std::to_string(at) + " of the log is not the one that this kiosk has kept");
    }
    if (at > leaves_.size() || waiting_.size() > kMostWaiting)
      return fail(kCheck, "entries are missing in the copy before entry " + std::to_string(at));
    add_frame(waiting_, entries[i], leaf);
    leaves_.push_back(leaf);
  }
  return write_frames();
}

void LogCopy::entries(std::uint64_t first, std::span<const Bytes> entries) {
  if (!contradicted_) note(keep(first, entries));
}

void LogCopy::object(const Sha256& hash, ByteView bytes) {
  if (contradicted_) return;
  std::error_code ec;
  const fs::path name = fs::path("objects") / hash.hex();
  if (fs::file_size(folder_ / name, ec) == bytes.size() && !ec) return;
  const auto opened = open();
  note(opened ? put(name, bytes) : opened);
}

void LogCopy::checkpoint(const log::OpenedCheckpoint& opened) {
  if (contradicted_ || fd_ < 0) return;
  if (const auto late = write_frames(); !late) return note(late);
  if (opened.checkpoint.size > leaves_.size()) return;  // trouble() says what is missing
  sync(false);
  note(put("checkpoint", as_bytes(log::format_note(opened.note))));
}

// Objects are put without a sync, so the whole file system is synced here: only before what was verified is kept.
std::uint64_t LogCopy::kept() {
  if (contradicted_ || trouble_ || fd_ < 0 || !waiting_.empty() || ::syncfs(fd_) != 0) return 0;
  dirty_ = false;
  return leaves_.size();
}

void LogCopy::sync(bool now) {
  const auto time = std::chrono::steady_clock::now();
  if (!dirty_ || fd_ < 0 || (!now && time - synced_ < kBetweenSyncs)) return;
  synced_ = time;
  if (::fdatasync(fd_) == 0) dirty_ = false;
}

void go_on_from_verified(client::Congress& congress, const std::string& folder, unsigned patience) {
  congress.go_on_from({{log_copy_folder(folder, congress.client().log()) / "verified.log", folder},
                       [](const Error& why) { client::tell_refusal("tuixuan-kiosk", why); },
                       patience});
}

}  // namespace tuixuan::kiosk

#include "tally/snapshot/snapshot_file.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <pwd.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/codes/client.h"
#include "crypto/log/fork.h"
#include "crypto/primitives/hash.h"
#include "crypto/primitives/random.h"
#include "hardware/devices/durable_file.h"
#include "tally/snapshot/state_bytes.h"

namespace tuixuan::snapshot {

namespace fs = std::filesystem;
using primitives::MacKey;

static constexpr std::string_view kMagic = "tuixuan-snapshot/1\n";
static constexpr std::size_t kKeyName = 16;
static constexpr std::size_t kMac = 32;
static constexpr std::uint64_t kSpare = std::uint64_t{128} << 20U;
static constexpr std::uint64_t kMaxFile = std::uint64_t{2} << 30U;

// --- the program -----------------------------------------------------------------------------------------------------

static void add_build_ids(ByteView notes, std::vector<Bytes>& out) {
  const auto padded = [](std::size_t n) { return (n + 3) / 4 * 4; };
  ElfW(Nhdr) head;
  while (notes.size() >= sizeof head) {
    std::memcpy(&head, notes.data(), sizeof head);
    const std::size_t name = padded(head.n_namesz);
    if (notes.size() < sizeof head + name + padded(head.n_descsz)) return;
    if (head.n_type == NT_GNU_BUILD_ID && head.n_namesz == 4 && as_text(notes.subspan(sizeof head, 3)) == "GNU")
      out.push_back(to_bytes(notes.subspan(sizeof head + name, head.n_descsz)));
    notes = notes.subspan(sizeof head + name + padded(head.n_descsz));
  }
}

struct BuildIds {
  bool first = true;
  bool program_has_one = false;
  std::vector<Bytes> all;
};

static int look_at_object(dl_phdr_info* object, std::size_t, void* to) {
  auto& ids = *static_cast<BuildIds*>(to);
  const bool program = std::exchange(ids.first, false);
  // The kernel's own object changes with the kernel and verifies nothing.
  if (std::string_view(object->dlpi_name).find("vdso") != std::string_view::npos) return 0;
  for (std::size_t i = 0; i < object->dlpi_phnum; ++i) {
    const auto& part = object->dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    const auto* at = reinterpret_cast<const std::uint8_t*>(object->dlpi_addr + part.p_vaddr);
    add_build_ids({at, part.p_memsz}, ids.all);
  }
  if (program) ids.program_has_one = !ids.all.empty();
  return 0;
}

static std::optional<ByteArray<32>> digest_of_program() {
  BuildIds ids;
  dl_iterate_phdr(look_at_object, &ids);
  if (!ids.program_has_one) return std::nullopt;
  std::sort(ids.all.begin(), ids.all.end());
  Writer w;
  for (const Bytes& id : ids.all) w.blob(id);
  return primitives::sha256(w.bytes()).bytes;
}

// Before main, so that plugins that are loaded later, or not, make no difference.
static const std::optional<ByteArray<32>> kProgram = digest_of_program();
const std::optional<ByteArray<32>>& program_digest() { return kProgram; }

// --- where it lies ---------------------------------------------------------------------------------------------------

static fs::path state_folder() {
  if (const char* given = std::getenv("XDG_STATE_HOME"); given != nullptr && given[0] == '/')
    return fs::path(given) / "tuixuan";
  const char* home = std::getenv("HOME");
  if (home == nullptr || home[0] != '/')
    if (const passwd* user = ::getpwuid(::geteuid()); user != nullptr) home = user->pw_dir;
  return home != nullptr && home[0] == '/' ? fs::path(home) / ".local/state/tuixuan" : fs::path();
}

SnapshotPlace beside_card(const fs::path& card) { return {card.string() + ".verified", state_folder()}; }
SnapshotPlace in_folder(const fs::path& folder) { return {folder / "verified.log", folder}; }

// One program of this machine at a time makes the key or writes a snapshot.
class Turn {
 public:
  explicit Turn(const fs::path& folder) : fd_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    locked_ = fd_ && ::flock(fd_.get(), LOCK_EX) == 0;
  }
  explicit operator bool() const { return locked_; }

 private:
  devices::Fd fd_;
  bool locked_ = false;
};

static Result<MacKey> machine_key(const fs::path& folder) {
  if (folder.empty()) return fail(code::snapshot::key, "this user has no home folder for the key of the machine");
  std::error_code ec;
  if (fs::create_directories(folder, ec)) fs::permissions(folder, fs::perms::owner_all, ec);
  const Turn turn(folder);
  if (ec || !turn) return fail(code::snapshot::key, "the folder " + folder.string() + " cannot be used");
  const fs::path file = folder / "machine.key";
  if (!fs::exists(file, ec)) {
    MacKey fresh;
    primitives::fill_random(fresh.fill());
    TUIXUAN_CHECK(devices::write_new(file, fresh.reveal(), code::snapshot::key));
  }
  TUIXUAN_TRY(bytes, devices::read_all(file, MacKey::kSize, true, code::snapshot::key));
  if (bytes.size() != MacKey::kSize) return fail(code::snapshot::key, file.string() + " is not a key; remove it");
  MacKey key(std::span<const std::uint8_t, MacKey::kSize>(bytes.data(), MacKey::kSize));
  primitives::wipe(bytes);
  return key;
}

// --- its bytes: magic | name of the key 16 | MAC 32 | program 32 | vkey | anchor | note | state ----------------------

static Bytes name_of(const MacKey& key) {
  const auto whole = primitives::mac(key, {as_bytes("tuixuan-machine/1")});
  return {whole.begin(), whole.begin() + kKeyName};
}

static void write_anchor(Writer& w, const election::Anchor& anchor) {
  for (const auto* key : {&anchor.organiser, &anchor.log_key}) {
    w.u8(*key ? 1 : 0);
    if (*key) w.fixed((*key)->view());
  }
}

// What must be the same in the program that takes it.
static Bytes bound_to(const log::NoteKey& log, const election::Anchor& anchor) {
  Writer w;
  w.text(log::format_vkey(log));
  write_anchor(w, anchor);
  return w.take();
}

Result<void> SnapshotFile::write(const election::State& state, const std::string& note, const log::NoteKey& log,
                                 const election::Anchor& anchor) const {
  if (!kProgram) return fail(code::snapshot::version, "this program was linked without a build id");
  TUIXUAN_TRY(key, machine_key(place_.key_folder));
  Writer w;
  w.fixed(as_bytes(kMagic)).fixed(name_of(key)).fixed(ByteArray<kMac>{});
  const std::size_t head = w.bytes().size();
  w.fixed(*kProgram).blob(bound_to(log, anchor)).text(note).fixed(encode_state(state));
  Bytes file = w.take();
  if (file.size() > kMaxFile) return fail(code::snapshot::file, "the state is too large to be kept");
  std::error_code ec;
  const auto space = fs::space(fs::absolute(place_.file).parent_path(), ec);
  if (!ec && space.available < kSpare + file.size())
    return fail(code::snapshot::file,
                "too little room for " + place_.file.string() + "; the rest of the disk is left to others");
  const ByteView body = ByteView(file).subspan(head);
  const auto tag = primitives::mac(key, {body});
  std::copy(tag.begin(), tag.end(), file.begin() + static_cast<std::ptrdiff_t>(head - kMac));
  const Turn turn(place_.key_folder);
  return devices::replace(place_.file, file, code::snapshot::file);
}

Result<std::optional<VerifiedLog>> SnapshotFile::read(const log::NoteKey& log, const election::Anchor& anchor) const {
  std::error_code ec;
  if (!fs::exists(place_.file, ec)) return std::nullopt;
  if (!kProgram) return fail(code::snapshot::version, "this program was linked without a build id");
  const std::string name = place_.file.string();
  const std::uint64_t size = fs::file_size(place_.file, ec);
  if (ec || size > kMaxFile) return fail(code::snapshot::file, name + " cannot be read");
  TUIXUAN_TRY(file, devices::read_all(place_.file, size, true, code::snapshot::file));
  TUIXUAN_TRY(key, machine_key(place_.key_folder));

  Reader r(file, name, code::snapshot::damaged);
  if (!equal(r.fixed(kMagic.size()), as_bytes(kMagic))) return fail(code::snapshot::damaged, name + " is no snapshot");
  const ByteView machine = r.fixed(kKeyName);
  const auto tag = r.array<kMac>();
  const ByteView body = r.fixed(r.left());
  TUIXUAN_CHECK(r.finish());
  if (!equal(machine, name_of(key))) return fail(code::snapshot::machine, name + " was written by another machine");
  if (!primitives::equal_constant_time(tag, primitives::mac(key, {body})))
    return fail(code::snapshot::damaged, name + " is not what this machine wrote");

  Reader in(body, name, code::snapshot::damaged);
  const auto program = in.array<32>();
  if (in.ok() && program != *kProgram)
    return fail(code::snapshot::version, name + " was written by another version of the program");
  if (const ByteView bound = in.blob(log::kMaxNoteSize); in.ok() && !equal(bound, bound_to(log, anchor)))
    return fail(code::snapshot::log, name + " is of another log");
  const std::string note(as_text(in.blob(log::kMaxNoteSize)));
  const ByteView bytes = in.fixed(in.left());
  TUIXUAN_CHECK(in.finish());
  const auto opened = log::open_checkpoint(note, log);
  if (!opened) return fail(code::snapshot::log, name + ": " + opened.error().text());
  TUIXUAN_TRY(state, decode_state(bytes));
  const log::Checkpoint& at = opened->checkpoint;
  if (state.tree.size() != at.size || state.tree.root() != at.root)
    return fail(code::snapshot::damaged, name + " does not have the root of its checkpoint");
  return VerifiedLog{at, note, std::move(state)};
}

// --- when it is taken and written ------------------------------------------------------------------------------------

double cpu_seconds() {
  timespec t{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

SnapshotFile::SnapshotFile(SnapshotPlace place, Tell tell, unsigned patience)
    : place_(std::move(place)), tell_(std::move(tell)), patience_(patience) {}

std::optional<VerifiedLog> SnapshotFile::take(const log::NoteKey& log, const election::Anchor& anchor) {
  const double begin = cpu_seconds();
  auto kept = read(log, anchor);
  if (!kept) {
    tell_(kept.error());
    return std::nullopt;
  }
  if (*kept) cost_ = std::max(cost_, cpu_seconds() - begin);
  return std::move(*kept);
}

void SnapshotFile::contradicted(const VerifiedLog& kept, const std::string& shown) {
  const fs::path evidence = place_.file.string() + ".fork";
  const auto written = devices::replace(evidence, as_bytes(log::format_fork({kept.note, shown})), code::snapshot::file);
  tell_({code::snapshot::fork, "the log does not begin with the " + std::to_string(kept.checkpoint.size) +
                                   " entries that were verified here before; " +
                                   (written ? "both checkpoints are in " + evidence.string()
                                            : "they cannot be kept: " + written.error().what)});
  usable_ = false;  // what was verified before stays on the disk
}

bool SnapshotFile::verified(double seconds) {
  unkept_ += seconds;
  return usable_ && unkept_ >= patience_ * cost_;
}

void SnapshotFile::keep(const election::State& state, const std::string& note, const log::NoteKey& log,
                        const election::Anchor& anchor) {
  const double begin = cpu_seconds();
  const auto written = write(state, note, log, anchor);
  if (!written) {
    usable_ = false;
    return tell_(written.error());
  }
  cost_ = std::max(0.002, cpu_seconds() - begin);
  unkept_ = 0;
}

}  // namespace tuixuan::snapshot

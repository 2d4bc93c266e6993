// Making and opening a ledger: ledger.h.
#include "crypto/codes/server.h"
#include "server/ledger/schema.h"
#include "server/ledger/state.h"

namespace tuixuan::ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPoolSize = 16;  // idle readers kept open

fs::path beside(const fs::path& path, const char* suffix) { return path.string() + suffix; }

// The folder's true path, so that one ledger has one lock under whatever name it is opened.
Result<fs::path> true_path(const fs::path& path) {
  std::error_code error;
  const fs::path folder = fs::canonical(path.has_parent_path() ? path.parent_path() : fs::path("."), error);
  if (error || path.filename().empty()) return fail(code::ledger::open, "no folder for a ledger at " + path.string());
  const fs::path direct = folder / path.filename();
  const fs::path target = fs::canonical(direct, error);
  return error ? direct : target;
}

Result<Database> open_writer(const fs::path& path, const log::NoteKey& key) {
  TUIXUAN_TRY(db, Database::open(path, Database::Access::kReadWrite));
  TUIXUAN_CHECK(check_schema(db, key));
  TUIXUAN_TRY(mode, db.value("PRAGMA journal_mode=WAL"));
  if (mode != "wal") return fail(code::ledger::sqlite, "the ledger's file system cannot hold a write-ahead log");
  TUIXUAN_CHECK(db.value("PRAGMA journal_size_limit=67108864").map([](const std::string&) {}));
  return std::move(db);
}

}  // namespace

Ledger::State::State(FileLock taken, fs::path at, log::NoteKey log_key, Database connection, Contents checked)
    : lock(std::move(taken)),
      path(std::move(at)),
      key(std::move(log_key)),
      writer(std::move(connection)),
      contents(std::move(checked)),
      size(contents.tree.size()) {}

void Ledger::State::Return::operator()(Database* db) const {
  std::unique_ptr<Database> owner(db);
  {
    const Lock guard(state->pool_mutex);
    if (state->pool.size() < kPoolSize && !state->closing) state->pool.push_back(std::move(*db));
  }
  owner.reset();  // closed before it is told
  const Lock guard(state->pool_mutex);
  --state->leased;
  state->pool_wakes.notify_all();
}

Result<Ledger::State::Lease> Ledger::State::reader() const {
  {
    const Lock guard(pool_mutex);
    while (closing) pool_wakes.wait(pool_mutex);
    ++leased;
    if (!pool.empty()) {
      auto db = std::make_unique<Database>(std::move(pool.back()));
      pool.pop_back();
      return Lease(db.release(), Return{this});
    }
  }
  auto db = Database::open(path, Database::Access::kReadOnly);
  if (db) return Lease(new Database(std::move(*db)), Return{this});
  const Lock guard(pool_mutex);
  --leased;
  pool_wakes.notify_all();
  return tl::unexpected<Error>(std::move(db.error()));
}

// A lock of SQLite's that could not be let go belongs to this process, not to a connection, until all are closed.
Result<void> Ledger::State::close_all() {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  {
    const Lock guard(pool_mutex);
    closing = true;
    pool.clear();
    while (leased > 0 && pool_wakes.wait_until(pool_mutex, end)) {
    }
  }
  auto none = Database::in_memory();
  if (none) writer = std::move(*none);
  const Lock guard(pool_mutex);
  closing = false;
  pool_wakes.notify_all();
  if (leased > 0) return fail(code::ledger::locked, "a reader of the ledger does not end");
  return none.map([](const Database&) {});
}

Ledger::Ledger(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ledger::~Ledger() = default;

Result<std::unique_ptr<Ledger>> Ledger::create(const fs::path& wanted, const log::NoteKey& key) {
  TUIXUAN_TRY(path, true_path(wanted));
  {
    const auto lock = FileLock::take(beside(path, ".lock"));
    if (!lock) return tl::unexpected<Error>(lock.error());
    if (std::error_code error; fs::exists(fs::symlink_status(path, error)))
      return fail(code::ledger::exists, path.string() + " is there already");
    // Made under another name and renamed when it is whole: a half-made ledger never stands at the path.
    const fs::path unfinished = beside(path, ".new");
    std::error_code error;
    fs::remove(unfinished, error);
    fs::remove(beside(unfinished, "-journal"), error);
    {
      TUIXUAN_TRY(db, Database::open(unfinished, Database::Access::kCreate));
      TUIXUAN_CHECK(write_schema(db, key));
    }
    TUIXUAN_CHECK(publish_file(unfinished, path));
  }
  return open(path, key);
}

Result<std::unique_ptr<Ledger>> Ledger::open(const fs::path& wanted, const log::NoteKey& key) {
  TUIXUAN_TRY(path, true_path(wanted));
  if (std::error_code error; !fs::is_regular_file(path, error))
    return fail(code::ledger::absent, "there is no ledger at " + path.string());
  TUIXUAN_TRY(lock, FileLock::take(beside(path, ".lock")));
  TUIXUAN_TRY(db, open_writer(path, key));
  TUIXUAN_TRY(contents, check_contents(db, key));
  db.only_insert();
  return std::unique_ptr<Ledger>(
      new Ledger(std::make_unique<State>(std::move(lock), path, key, std::move(db), std::move(contents))));
}

// Opens, checks and writes; whoever writes afterwards has a whole ledger.
static Result<std::pair<Database, Contents>> reopened(const fs::path& path, const log::NoteKey& key) {
  TUIXUAN_TRY(db, open_writer(path, key));
  TUIXUAN_TRY(contents, check_contents(db, key));
  TUIXUAN_CHECK(db.touch());
  db.only_insert();
  return std::pair(std::move(db), std::move(contents));
}

Result<void> Ledger::recover() {
  State& s = *state_;
  const Lock writing(s.writing);
  s.broken = true;
  auto opened =
      s.locked ? Result<std::pair<Database, Contents>>(fail(code::ledger::locked, "")) : reopened(s.path, s.key);
  if (!opened && opened.error().check == code::ledger::locked) {
    TUIXUAN_CHECK(s.close_all());
    s.locked = false;
    opened = reopened(s.path, s.key);
  }
  if (!opened) return tl::unexpected<Error>(std::move(opened.error()));
  auto& [db, contents] = *opened;
  {
    const SharedLock memory(s.memory);
    if (contents.tree.size() < s.size || contents.tree.root_at(s.size) != s.contents.tree.root_at(s.size))
      return fail(code::ledger::conflict,
                  "the file does not continue the log of " + std::to_string(s.size) + " entries");
  }
  const Lock memory(s.memory);
  s.writer = std::move(db);
  s.contents = std::move(contents);
  s.size = s.contents.tree.size();
  s.broken = false;
  return {};
}

}  // namespace tuixuan::ledger

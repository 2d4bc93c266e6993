// The ledger against people with a SQL shell, flipped bytes, full and read-only disks, and a second process.
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/server.h"
#include "crypto/primitives/hash.h"
#include "server/ledger/ledger.h"

namespace tuixuan::ledger {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class LedgerTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "tuixuan-ledger-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    file_ = folder_ / "log.ledger";
    ledger_ = Ledger::create(file_, vkey()).value();
  }
  void TearDown() override {
    ledger_.reset();
    fs::remove_all(folder_);
  }

  log::NoteKey vkey() const { return {"test.example/log", log::KeyType::kEd25519, key_.verify_key()}; }
  SignCheckpoint sign() const {
    return [this](const log::Checkpoint& c) -> Result<std::string> { return log::sign_checkpoint(c, key_); };
  }
  static Bytes entry(std::size_t i) { return to_bytes("entry " + std::to_string(i) + std::string(900, '.')); }
  Result<Appended> append(std::size_t from, std::size_t to) {
    std::vector<Bytes> batch;
    for (std::size_t i = from; i < to; ++i) batch.push_back(entry(i));
    return ledger_->append(batch, sign());
  }
  // Three batches and two objects, closed.
  void fill() {
    ASSERT_TRUE(append(0, 5));
    ASSERT_TRUE(append(5, 6));
    ASSERT_TRUE(append(6, 300));
    for (const Bytes& o : objects()) ASSERT_TRUE(ledger_->put_object(primitives::sha256(o), o));
    ASSERT_TRUE(ledger_->put_cosignatures(cosignatures()));
    ledger_.reset();
  }
  static std::vector<Bytes> objects() { return {to_bytes("a small one"), Bytes(5000, 7)}; }
  static std::vector<StoredCosignature> cosignatures() {
    return {{300, "w1", "line\n"}, {6, "w1", "line\n"}, {6, "w2", "line\n"}};
  }
  std::string opening() {
    auto opened = Ledger::open(file_, vkey());
    if (!opened) return std::string(name_of(opened.error().check));
    ledger_ = std::move(*opened);
    return "opened";
  }
  bool is_whole() {
    for (std::size_t i = 0; i < 300; ++i)
      if (const auto e = ledger_->entry(i); !e || *e != entry(i)) return false;
    for (const Bytes& o : objects())
      if (const auto found = ledger_->object(primitives::sha256(o)); !found || *found != o) return false;
    return ledger_->size() == 300;
  }
  // The command line tool of somebody with a screwdriver. What it says; "" if all is well.
  std::string sqlite3(const std::string& statement) {
    const fs::path input = folder_ / "statement.sql";
    std::ofstream(input) << statement << "\n";
    const std::string command = "sqlite3 -bail '" + file_.string() + "' < '" + input.string() + "' 2>&1";
    FILE* pipe = ::popen(command.c_str(), "r");
    std::string out;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
    const int status = ::pclose(pipe);
    return status == 0 && out.empty() ? "" : out + "(status " + std::to_string(WEXITSTATUS(status)) + ")";
  }
  // Runs in a process of its own; the number it returns.
  static int in_child(const std::function<int()>& run) {
    const pid_t pid = ::fork();
    if (pid == 0) ::_exit(run());
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  fs::path folder_;
  fs::path file_;
  primitives::SigningKey key_ = primitives::SigningKey::random();
  std::unique_ptr<Ledger> ledger_;
};

TEST_F(LedgerTest, WhatWasAppendedIsThereAfterOpening) {
  fill();
  ASSERT_EQ(opening(), "opened");
  EXPECT_TRUE(is_whole());
  EXPECT_EQ(ledger_->find(log::leaf_hash(entry(6))), 6U);
  EXPECT_FALSE(ledger_->find(log::leaf_hash(entry(300))));
  for (const std::uint64_t i : {0U, 4U, 5U, 6U, 299U}) {
    const auto receipt = ledger_->receipt(i).value();
    EXPECT_TRUE(log::verify_receipt(receipt, log::leaf_hash(entry(i)), vkey())) << i;
  }
  ASSERT_TRUE(append(300, 301));
  EXPECT_EQ(ledger_->size(), 301U);
}

TEST_F(LedgerTest, ReceiptsHoldUnderLaterCheckpointsToo) {
  fill();
  ASSERT_EQ(opening(), "opened");
  const auto early = ledger_->checkpoint_covering(4).value();
  const auto late = ledger_->latest_checkpoint().value();
  const auto a = log::open_checkpoint(early, vkey()).value().checkpoint;
  const auto b = log::open_checkpoint(late, vkey()).value().checkpoint;
  EXPECT_EQ(a.size, 5U);
  EXPECT_EQ(b.size, 300U);
  EXPECT_TRUE(log::verify_consistency(5, a.root, 300, b.root, ledger_->consistency_proof(5, 300).value()));
}

TEST_F(LedgerTest, CosignaturesStayAsTheyCame) {
  fill();
  ASSERT_EQ(opening(), "opened");
  EXPECT_EQ(ledger_->newest_cosignatures(10).value(), cosignatures());
  EXPECT_EQ(ledger_->newest_cosignatures(1).value().size(), 1U);
  const std::vector<StoredCosignature> again{{6, "w1", "another line"}, {5, "w1", "line\n"}};
  ASSERT_TRUE(ledger_->put_cosignatures(again));
  const auto now = ledger_->newest_cosignatures(10).value();
  ASSERT_EQ(now.size(), 4U);
  EXPECT_EQ(now[1], cosignatures()[1]) << "the first of a witness stays";
  const std::vector<StoredCosignature> nowhere{{5, "w3", "line\n"}, {7, "w3", "line\n"}};
  EXPECT_FALSE(ledger_->put_cosignatures(nowhere)) << "no checkpoint of 7 entries";
  EXPECT_EQ(ledger_->newest_cosignatures(10).value(), now) << "all of a group or nothing";
  EXPECT_FALSE(ledger_->broken());
  EXPECT_EQ(log::open_checkpoint(ledger_->checkpoint_of(6).value().value(), vkey()).value().checkpoint.size, 6U);
  EXPECT_FALSE(ledger_->checkpoint_of(7).value());
}

TEST_F(LedgerTest, SqlThatChangesWhatWasWrittenIsRefused) {
  fill();
  const std::pair<const char*, const char*> statements[] = {
      {"UPDATE entry SET bytes = x'00' WHERE idx = 3;", "never changed"},
      {"DELETE FROM entry WHERE idx = 299;", "never deleted"},
      {"DELETE FROM entry;", "never deleted"},
      {"INSERT OR REPLACE INTO entry SELECT 3, leaf, x'00' FROM entry WHERE idx = 3;", "only appended"},
      {"REPLACE INTO entry SELECT idx, leaf, x'00' FROM entry WHERE idx = 0;", "only appended"},
      {"INSERT INTO entry SELECT 400, leaf, bytes FROM entry WHERE idx = 3;", "only appended"},
      {"INSERT INTO entry SELECT 3, leaf, bytes FROM entry WHERE idx = 4 ON CONFLICT DO UPDATE SET bytes = x'00';",
       "only appended"},
      {"UPDATE checkpoint SET note = 'x';", "never changed"},
      {"DELETE FROM checkpoint;", "never deleted"},
      {"INSERT OR REPLACE INTO checkpoint SELECT size, 'x' FROM checkpoint;", "a checkpoint is"},
      {"UPDATE object SET bytes = x'00';", "never changed"},
      {"DELETE FROM object;", "never deleted"},
      {"INSERT OR REPLACE INTO object SELECT sha256, x'00' FROM object;", "stored once"},
      {"INSERT OR REPLACE INTO object(rowid, sha256, bytes) SELECT rowid, zeroblob(32), x'00' FROM object LIMIT 1;",
       "stored once"},
      {"UPDATE cosignature SET line = 'x';", "never changed"},
      {"DELETE FROM cosignature;", "never deleted"},
      {"INSERT OR REPLACE INTO cosignature SELECT size, witness, 'x' FROM cosignature;", "one of each witness"},
      {"INSERT INTO cosignature VALUES (7, 'w1', 'x');", "of a stored checkpoint"},
      {"UPDATE meta SET value = 'x';", "never changed"},
      {"INSERT OR REPLACE INTO meta SELECT name, 'x' FROM meta;", "written once"}};
  for (const auto& [statement, why] : statements) {
    const std::string said = sqlite3(statement);
    EXPECT_THAT(said, HasSubstr(why)) << statement;
    std::printf("%s\n    %s", statement, (said + "\n").c_str());
  }
  ASSERT_EQ(opening(), "opened");
  EXPECT_TRUE(is_whole());
}

TEST_F(LedgerTest, WhoTakesTheTriggersAwayIsFoundAtOpening) {
  fill();
  ASSERT_EQ(sqlite3("DROP TRIGGER entry_update; UPDATE entry SET bytes = x'00' WHERE idx = 3;"), "");
  EXPECT_EQ(opening(), "ledger.schema");
  ASSERT_EQ(
      sqlite3("CREATE TRIGGER entry_update BEFORE UPDATE ON entry\n  BEGIN SELECT RAISE(ABORT, 'an entry is never "
              "changed'); END;"),
      "");
  EXPECT_EQ(opening(), "ledger.leaf");
}

TEST_F(LedgerTest, AChangedEntryWithItsHashIsFoundByTheRoot) {
  fill();
  std::string hex;
  const Bytes other = to_bytes("another entry");
  const std::string leaf = log::leaf_hash(other).hex();
  ASSERT_EQ(sqlite3("DROP TRIGGER entry_update; UPDATE entry SET bytes = x'" + to_hex(other) + "', leaf = x'" + leaf +
                    "' WHERE idx = 3; CREATE TRIGGER entry_update BEFORE UPDATE ON entry\n  BEGIN SELECT RAISE(ABORT, "
                    "'an entry is never changed'); END;"),
            "");
  EXPECT_THAT(opening(), testing::AnyOf("ledger.root", "ledger.checkpoint"));
}

TEST_F(LedgerTest, CutOffTailIsFound) {
  fill();
  ASSERT_EQ(sqlite3("DROP TRIGGER entry_delete; DELETE FROM entry WHERE idx = 299; CREATE TRIGGER entry_delete BEFORE "
                    "DELETE ON entry\n  BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;"),
            "");
  EXPECT_NE(opening(), "opened");
}

// A byte of the file flipped: found at opening or at reading, or nothing that was written has changed.
TEST_F(LedgerTest, AFlippedByteIsFound) {
  fill();
  std::ifstream in(file_, std::ios::binary);
  const std::string honest((std::istreambuf_iterator<char>(in)), {});
  std::size_t found = 0;
  std::size_t harmless = 0;
  for (std::size_t at = 0; at < honest.size(); at += honest.size() / 400 + 1) {
    std::string bytes = honest;
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
    for (const char* beside : {"-wal", "-shm"}) fs::remove(file_.string() + beside);
    std::ofstream(file_, std::ios::binary | std::ios::trunc) << bytes;
    if (opening() != "opened" || !is_whole()) {
      ++found;
    } else {
      ++harmless;
    }
    ledger_.reset();
  }
  std::printf("%zu flips found, %zu in unused bytes of the file\n", found, harmless);
  EXPECT_GT(found, 300U);
}

TEST_F(LedgerTest, OneProcessAtATime) {
  EXPECT_EQ(Ledger::open(file_, vkey()).error().check, code::ledger::locked);
  EXPECT_EQ(in_child([&] { return Ledger::open(file_, vkey()).error().check == code::ledger::locked ? 0 : 1; }), 0);
  ledger_.reset();
  EXPECT_EQ(opening(), "opened");
}

TEST_F(LedgerTest, OfAnotherLogOrNoLedgerAtAll) {
  fill();
  const auto other = primitives::SigningKey::random();
  EXPECT_EQ(Ledger::open(file_, {"test.example/log", log::KeyType::kEd25519, other.verify_key()}).error().check,
            code::ledger::origin);
  EXPECT_FALSE(Ledger::open(folder_ / "absent", vkey()));
  EXPECT_FALSE(Ledger::create(file_, vkey())) << "never over an old one";
  const fs::path text = folder_ / "text";
  std::ofstream(text) << "not a database at all, but long enough to be looked at; not a database at all";
  EXPECT_FALSE(Ledger::open(text, vkey()));
}

// A full disk, as far as a process can have one of its own: a limit on the size of files.
TEST_F(LedgerTest, FullDiskLosesNothingAndIsRecoveredFrom) {
  ASSERT_TRUE(append(0, 5));
  ledger_.reset();
  const int result = in_child([&] {
    if (opening() != "opened") return 10;
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit all{};
    ::getrlimit(RLIMIT_FSIZE, &all);
    rlimit limit = all;
    limit.rlim_cur = fs::file_size(file_) + 40'000;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    std::uint64_t size = 5;
    Code check;
    for (int i = 0; i < 200 && check == Code(); ++i) {
      const std::vector<Bytes> batch(1, Bytes(2000, static_cast<std::uint8_t>(i)));
      const auto done = ledger_->append(batch, sign());
      if (done) size = done->size;
      if (!done) check = done.error().check;
    }
    if (check != code::ledger::full && check != code::ledger::io && check != code::ledger::uncertain &&
        check != code::ledger::broken)
      return 11;
    if (size < 6 || ledger_->size() != size) return 12;
    for (std::uint64_t k = 0; k < size; ++k)
      if (!ledger_->entry(k)) return 13;  // reading goes on
    ::setrlimit(RLIMIT_FSIZE, &all);
    if (ledger_->broken() && !ledger_->recover()) return 14;
    const std::vector<Bytes> more{to_bytes("after the disk was emptied")};
    const auto done = ledger_->append(more, sign());
    if (!done || done->first != size) return 15;
    ledger_.reset();
    return opening() == "opened" && ledger_->size() == size + 1 ? 0 : 16;
  });
  EXPECT_EQ(result, 0);
}

TEST_F(LedgerTest, ReadOnlyDiskIsAClearRefusal) {
  fill();
  const int result = in_child([&] {
    ::chmod(file_.c_str(), 0444);
    ::chmod(folder_.c_str(), 0555);
    if (::geteuid() == 0 && ::seteuid(65534) != 0) return 10;
    const auto opened = Ledger::open(file_, vkey());
    if (!opened) return opened.error().check.area() == Area::ledger && !opened.error().what.empty() ? 0 : 11;
    return 12;
  });
  ::chmod(folder_.c_str(), 0755);
  EXPECT_EQ(result, 0);
  ::chmod(file_.c_str(), 0644);
  EXPECT_EQ(opening(), "opened");
}

TEST_F(LedgerTest, ABatchIsTakenWholeOrNotAtAll) {
  ASSERT_TRUE(append(0, 3));
  std::vector<Bytes> batch{to_bytes("good"), Bytes(65536, 1)};
  EXPECT_FALSE(ledger_->append(batch, sign()));
  EXPECT_EQ(ledger_->size(), 3U);
  const auto refuse = [](const log::Checkpoint&) -> Result<std::string> { return fail(code::ledger::sign, "no"); };
  batch = {to_bytes("good")};
  EXPECT_FALSE(ledger_->append(batch, refuse));
  EXPECT_EQ(ledger_->size(), 3U);
  const auto lie = [this](const log::Checkpoint& c) -> Result<std::string> {
    return log::sign_checkpoint({c.origin, c.size, Sha256{}}, key_);
  };
  EXPECT_FALSE(ledger_->append(batch, lie)) << "what was signed is read back before it is stored";
  EXPECT_EQ(ledger_->size(), 3U);
  ASSERT_TRUE(append(3, 4));
  EXPECT_EQ(ledger_->size(), 4U);
}

}  // namespace
}  // namespace tuixuan::ledger

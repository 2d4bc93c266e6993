// A commit that fails: undone for certain, or called unknown; and what kill -9 leaves behind is what was said. The disk
// fails by this program's own fdatasync, pwrite and ftruncate, which SQLite calls in their stead.
#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/kiosk.h"
#include "kiosk/core/journal.h"

namespace {
int sync_fails = 0;  // so many of the next calls
int write_fails = 0;
int why = EIO;
bool fails(int& left) {
  if (left == 0) return false;
  --left;
  errno = why;
  return true;
}
}  // namespace

extern "C" int fdatasync(int fd) { return fails(sync_fails) ? -1 : static_cast<int>(::syscall(SYS_fdatasync, fd)); }
extern "C" int fsync(int fd) { return fails(sync_fails) ? -1 : static_cast<int>(::syscall(SYS_fsync, fd)); }
extern "C" ssize_t pwrite64(int fd, const void* bytes, size_t n, off64_t at) {
  return fails(write_fails) ? -1 : ::syscall(SYS_pwrite64, fd, bytes, n, at);
}
extern "C" ssize_t pwrite(int fd, const void* bytes, size_t n, off_t at) { return ::pwrite64(fd, bytes, n, at); }

namespace tuixuan::kiosk {
namespace {

namespace fs = std::filesystem;
using election::Kind;

class JournalDoubt : public testing::Test {
 protected:
  JournalDoubt() {
    std::string pattern = (fs::temp_directory_path() / "tuixuan-doubt-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    journal.emplace(Journal::open(folder / "journal.sqlite", kiosk).value());
    EXPECT_TRUE(journal->prepare(stage, 1, Hash64{}, credential, as_bytes("a sealed ballot")));
  }
  ~JournalDoubt() override {
    sync_fails = write_fails = 0;
    journal.reset();
    fs::remove_all(folder);
  }
  std::string cast() {
    const auto done = journal->decide(stage, 1, Kind::cast, Bytes(3000, 7));
    return done ? "cast" : std::string(name_of(done.error().check));
  }
  // What the disk holds at this moment is what kill -9 leaves: read as the next start reads it.
  std::string after_a_kill() const {
    const fs::path copy = folder / "copy";
    fs::remove_all(copy);
    fs::create_directory(copy);
    for (const char* name : {"journal.sqlite", "journal.sqlite-wal"})
      if (fs::exists(folder / name)) fs::copy_file(folder / name, copy / name);
    const Journal again = Journal::open(copy / "journal.sqlite", kiosk).value();
    const auto ballot = again.find(stage, 1).value();
    if (!ballot) return "not there";
    return ballot->fate == Kind::cast ? "cast" : ballot->fate ? "another fate" : "undecided";
  }
  fs::path folder;
  KioskId kiosk{"K1"};
  StageId stage{"election"};
  primitives::VerifyKey credential;
  std::optional<Journal> journal;
};

TEST_F(JournalDoubt, WithoutAFaultItIsThere) {
  EXPECT_EQ(cast(), "cast");
  EXPECT_EQ(after_a_kill(), "cast");
}

TEST_F(JournalDoubt, AFailedSyncIsUndone) {
  sync_fails = 1;
  EXPECT_EQ(cast(), "journal.write");
  EXPECT_EQ(after_a_kill(), "undecided") << "what was said to be not cast is not cast";
  EXPECT_EQ(cast(), "cast") << "and the voter may try again";
  EXPECT_EQ(after_a_kill(), "cast");
}

TEST_F(JournalDoubt, ADiskThatGoesOnFailingIsCalledUnknown) {
  sync_fails = 100;
  EXPECT_EQ(cast(), "journal.unknown");
  EXPECT_EQ(journal->settle().error().check, code::journal::unknown);
  sync_fails = 0;
  ASSERT_TRUE(journal->settle());
  EXPECT_EQ(after_a_kill(), "undecided");
  EXPECT_EQ(journal->find(stage, 1).value()->fate, std::nullopt);
}

TEST_F(JournalDoubt, AFailedWriteIsNoDoubt) {
  for (const int error : {ENOSPC, EIO, EFBIG}) {
    why = error;
    for (int n = 1; n < 6; ++n) {
      write_fails = 100;
      const std::string said = cast();
      write_fails = 0;
      EXPECT_EQ(said, error == ENOSPC ? "journal.full" : "journal.write");
      EXPECT_EQ(after_a_kill(), "undecided");
    }
  }
  why = EIO;
}

// Every commit of every kind of write, with one sync or all that follow failing.
TEST_F(JournalDoubt, WhateverWasSaidIsSoAfterAKill) {
  std::uint64_t seq = 1;
  for (int fault = 0; fault < 3; ++fault)
    for (int round = 0; round < 20; ++round) {
      sync_fails = fault == 0 ? 0 : fault == 1 ? 1 : 100;
      const auto decided = journal->decide(stage, seq, Kind::cast, Bytes(static_cast<std::size_t>(100 * round), 9));
      sync_fails = 0;
      const fs::path copy = folder / "copy";
      fs::remove_all(copy);
      fs::create_directory(copy);
      for (const char* name : {"journal.sqlite", "journal.sqlite-wal"}) fs::copy_file(folder / name, copy / name);
      {
        const Journal again = Journal::open(copy / "journal.sqlite", kiosk).value();
        const bool there = again.find(stage, seq).value()->fate == Kind::cast;
        const bool certain = decided || decided.error().check != code::journal::unknown;
        EXPECT_TRUE(!certain || there == decided.has_value());
      }
      if (!decided) {
        ASSERT_TRUE(journal->settle());
        ASSERT_TRUE(journal->decide(stage, seq, Kind::cast, Bytes(50, 9)));
      }
      ++seq;
      ASSERT_TRUE(journal->prepare(stage, seq, Hash64{}, credential, as_bytes("another")));
    }
  EXPECT_EQ(journal->counts(stage)->cast, seq - 1);
}

}  // namespace
}  // namespace tuixuan::kiosk

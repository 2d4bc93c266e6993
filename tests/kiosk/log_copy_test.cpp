// The kiosk's copy of the log: all that was followed comes back as it was; a torn end is cut off, a damaged middle and
// a copy that its checkpoint contradicts are refused; another log is never mixed in; a disk without room keeps its rest
// for ballots.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "crypto/codes/kiosk.h"
#include "kiosk/core/log_copy.h"
#include "tests/support/congress_kit.h"

namespace tuixuan::kiosk {
namespace {

namespace fs = std::filesystem;

class LogCopyTest : public testing::Test {
 protected:
  LogCopyTest() : kit({6, 2, 3, 2, true}), log{"kit.example/log", log::KeyType::kEd25519, kit.log_key.verify_key()} {
    std::string pattern = (fs::temp_directory_path() / "tuixuan-copy-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    kit.found();
    kit.ceremony();
    kit.slips();
    place = log_copy_folder(folder, log);
  }
  ~LogCopyTest() override { fs::remove_all(folder); }
  log::OpenedCheckpoint checkpoint(std::size_t size) const {
    log::Tree tree;
    for (std::size_t i = 0; i < size; ++i) tree.append(log::leaf_hash(kit.log[i]));
    return log::open_checkpoint(log::sign_checkpoint({log.name, size, tree.root()}, kit.log_key), log).value();
  }
  void keep(LogCopy& copy, std::size_t from, std::size_t to) const {
    copy.entries(from, std::span(kit.log).subspan(from, to - from));
    copy.checkpoint(checkpoint(to));
  }
  void append_to_file(std::string_view bytes) const {
    std::ofstream(place / "entries", std::ios::binary | std::ios::app) << bytes;
  }
  kit::Congress kit;
  log::NoteKey log;
  fs::path folder;
  fs::path place;
};

TEST_F(LogCopyTest, AllThatWasFollowedComesBack) {
  {
    LogCopy copy(folder, log);
    keep(copy, 0, 2);
    keep(copy, 2, kit.log.size());
    for (const auto& [hash, bytes] : kit.objects.items()) copy.object(hash, bytes);
    EXPECT_FALSE(copy.trouble()) << copy.trouble()->text();
  }
  ASSERT_EQ(log_copies(folder), std::vector<fs::path>{place});
  const KeptLog kept = read_log_copy(place).value();
  EXPECT_EQ(kept.entries, kit.log);
  EXPECT_EQ(kept.log.name, log.name);
  EXPECT_EQ(kept.followed->size, kit.log.size());
  EXPECT_FALSE(kept.torn);
  EXPECT_EQ(kept_objects(place).size(), kit.objects.size());
  for (const auto& [hash, bytes] : kit.objects.items()) EXPECT_EQ(read_kept_object(place, hash).value(), bytes);
  EXPECT_EQ(fs::status(place / "entries").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(LogCopyTest, AKioskThatStartsAgainGoesOnWhereItWas) {
  {
    LogCopy copy(folder, log);
    keep(copy, 0, 3);
  }
  LogCopy copy(folder, log);
  EXPECT_EQ(copy.followed()->size, 3U);
  keep(copy, 0, kit.log.size());
  EXPECT_FALSE(copy.trouble());
  EXPECT_EQ(read_log_copy(place).value().entries, kit.log);
}

TEST_F(LogCopyTest, WhereverAPowerCutTearsItTheWholeEntriesStay) {
  {
    LogCopy copy(folder, log);
    keep(copy, 0, 3);
  }
  const auto size = fs::file_size(place / "entries");
  const std::size_t last = 4 + kit.log[2].size() + 8;
  for (std::size_t cut : {std::size_t{1}, std::size_t{8}, last - 3, last}) {
    fs::resize_file(place / "entries", size - cut);
    const KeptLog kept = read_log_copy(place).value();
    EXPECT_EQ(kept.entries.size(), 2U);
    EXPECT_EQ(kept.torn, cut != last);
    LogCopy copy(folder, log);
    keep(copy, 0, 3);
    EXPECT_FALSE(copy.trouble());
    EXPECT_EQ(read_log_copy(place).value().entries.size(), 3U);
    EXPECT_EQ(fs::file_size(place / "entries"), size);
  }
  append_to_file(std::string("\xff\xff\xff\xff and more", 13));
  EXPECT_TRUE(read_log_copy(place).value().torn);
}

TEST_F(LogCopyTest, ADamagedEntryEndsWhatIsBelieved) {
  {
    LogCopy copy(folder, log);
    keep(copy, 0, 3);
  }
  std::fstream file(place / "entries", std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(4 + kit.log[0].size() + 8 + 10));
  file.put('\x55');
  file.close();
  EXPECT_EQ(read_log_copy(place).value().entries.size(), 1U);
  LogCopy copy(folder, log);
  keep(copy, 0, kit.log.size());
  EXPECT_FALSE(copy.trouble());
  EXPECT_EQ(read_log_copy(place).value().entries, kit.log);
}

TEST_F(LogCopyTest, AnotherLogIsNotMixedIn) {
  {
    LogCopy copy(folder, log);
    keep(copy, 0, 3);
  }
  const std::vector<Bytes> other{kit.log[0], to_bytes("another")};
  LogCopy copy(folder, log);
  copy.entries(0, other);
  ASSERT_TRUE(copy.trouble());
  EXPECT_EQ(copy.trouble()->check, code::kiosk::copy);
  copy.entries(2, std::span(kit.log).subspan(2, 1));
  EXPECT_TRUE(copy.trouble()) << "it does not forget what it has seen";
  EXPECT_EQ(read_log_copy(place).value().entries.size(), 3U);
  const log::NoteKey second{"kit.example/second", log::KeyType::kEd25519, kit.desk.verify_key()};
  LogCopy(folder, second).entries(0, other);
  EXPECT_EQ(log_copies(folder).size(), 2U);
  EXPECT_EQ(read_log_copy(log_copy_folder(folder, second)).value().entries, other);
}

TEST_F(LogCopyTest, EntriesThatAreNotThoseOfTheCheckpointAreRefused) {
  {
    LogCopy copy(folder, log);
    copy.entries(0, std::vector<Bytes>{kit.log[0], to_bytes("another")});
    copy.checkpoint(checkpoint(2));
  }
  EXPECT_EQ(read_log_copy(place).error().check, code::kiosk::copy);
}

TEST_F(LogCopyTest, ADamagedObjectIsRefused) {
  LogCopy copy(folder, log);
  const auto& [hash, bytes] = kit.objects.items().front();
  copy.object(hash, bytes);
  std::ofstream(place / "objects" / hash.hex(), std::ios::binary) << "x";
  EXPECT_EQ(read_kept_object(place, hash).error().check, code::kiosk::copy);
  copy.object(hash, bytes);
  EXPECT_EQ(read_kept_object(place, hash).value(), bytes) << "and kept again when it is seen again";
}

TEST_F(LogCopyTest, TheRestOfTheDiskIsLeftToBallots) {
  const std::uint64_t all = fs::space(folder).capacity;
  {
    LogCopy copy(folder, log, all);
    keep(copy, 0, 3);
    ASSERT_TRUE(copy.trouble());
    EXPECT_THAT(copy.trouble()->what, testing::HasSubstr("room"));
  }
  LogCopy copy(folder, log);
  keep(copy, 0, 3);
  EXPECT_FALSE(copy.trouble()) << "kept when there is room again";
  EXPECT_EQ(read_log_copy(place).value().entries.size(), 3U);
}

}  // namespace
}  // namespace tuixuan::kiosk

// Copies of a ledger: while it is written to, again and again, and only of one log's past.
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/server.h"
#include "crypto/primitives/hash.h"
#include "server/ledger/copy.h"
#include "server/ledger/ledger.h"

namespace tuixuan::ledger {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class CopyTest : public testing::Test {
 protected:
  CopyTest() {
    std::string pattern = (fs::temp_directory_path() / "tuixuan-copy-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    ledger_ = Ledger::create(file(), vkey()).value();
  }
  ~CopyTest() override {
    ledger_.reset();
    fs::remove_all(folder_);
  }
  fs::path file() const { return folder_ / "log.ledger"; }
  fs::path stick() const { return folder_ / "stick.ledger"; }
  log::NoteKey vkey() const { return {"test.example/log", log::KeyType::kEd25519, key_.verify_key()}; }
  static Result<Appended> append(Ledger& ledger, const primitives::SigningKey& key, const std::string& what,
                                 std::size_t n) {
    std::vector<Bytes> batch;
    for (std::size_t i = 0; i < n; ++i) batch.push_back(to_bytes(what + std::to_string(i)));
    return ledger.append(batch,
                         [&](const log::Checkpoint& c) -> Result<std::string> { return sign_checkpoint(c, key); });
  }
  void append(const std::string& what, std::size_t n) { ASSERT_TRUE(append(*ledger_, key_, what, n)); }
  std::string check_of_copy() {
    const auto done = copy_ledger(file(), stick(), vkey());
    return done ? "copied" : std::string(name_of(done.error().check));
  }

  fs::path folder_;
  primitives::SigningKey key_ = primitives::SigningKey::random();
  std::unique_ptr<Ledger> ledger_;
};

TEST_F(CopyTest, OnlyWhatIsNewIsCopied) {
  append("a", 7);
  const Bytes object = to_bytes("an object");
  ASSERT_TRUE(ledger_->put_object(primitives::sha256(object), object));
  ASSERT_TRUE(ledger_->put_cosignatures(std::vector<StoredCosignature>{{7, "w1", "line\n"}}));
  const auto first = copy_ledger(file(), stick(), vkey());
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_EQ(first->before, 0U);
  EXPECT_EQ(first->size, 7U);
  EXPECT_EQ(first->objects, 1U);
  append("b", 3);
  append("c", 2);
  ASSERT_TRUE(ledger_->put_cosignatures(std::vector<StoredCosignature>{{7, "w2", "line\n"}, {12, "w1", "line\n"}}));
  const auto second = copy_ledger(file(), stick(), vkey());
  ASSERT_TRUE(second) << second.error().text();
  EXPECT_EQ(second->before, 7U);
  EXPECT_EQ(second->size, 12U);
  EXPECT_EQ(second->objects, 0U);
  EXPECT_EQ(copy_ledger(file(), stick(), vkey())->before, 12U);
  const auto copy = Ledger::open(stick(), vkey()).value();
  EXPECT_EQ(copy->root_at(12), ledger_->root_at(12));
  EXPECT_EQ(copy->checkpoint_of(10).value(), ledger_->checkpoint_of(10).value());
  EXPECT_EQ(copy->object(primitives::sha256(object)).value(), object);
  EXPECT_EQ(copy->newest_cosignatures(9).value(), ledger_->newest_cosignatures(9).value());
}

TEST_F(CopyTest, WhileItIsWrittenTo) {
  append("a", 1);
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (std::size_t i = 0; !stop; ++i) ASSERT_TRUE(append(*ledger_, key_, "w" + std::to_string(i), 3));
  });
  for (std::uint64_t last = 0, n = 0; n < 10; ++n) {
    const auto done = copy_ledger(file(), stick(), vkey());
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(done->before, last);
    last = done->size;
    const auto copy = Ledger::open(stick(), vkey());
    ASSERT_TRUE(copy) << copy.error().text();
    EXPECT_EQ((*copy)->root_at(last), ledger_->root_at(last));
  }
  stop = true;
  writer.join();
}

TEST_F(CopyTest, OnlyOfTheSamePast) {
  append("a", 7);
  ASSERT_EQ(check_of_copy(), "copied");
  // The machine's ledger is set back: the stick keeps what it has.
  ledger_.reset();
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(file().string() + end);
  ledger_ = Ledger::create(file(), vkey()).value();
  append("a", 5);
  EXPECT_EQ(check_of_copy(), "ledger.older");
  append("x", 5);
  EXPECT_EQ(check_of_copy(), "ledger.other");
  EXPECT_EQ(Ledger::open(stick(), vkey()).value()->size(), 7U);
  const log::NoteKey other{"test.example/other", log::KeyType::kEd25519, key_.verify_key()};
  EXPECT_EQ(copy_ledger(file(), stick(), other).error().check, code::ledger::origin);
}

TEST_F(CopyTest, AStickThatSomebodyChanged) {
  append("a", 400);
  ASSERT_EQ(check_of_copy(), "copied");
  std::fstream f(stick(), std::ios::in | std::ios::out | std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(f)), {});
  const auto at = bytes.find("a399");
  ASSERT_NE(at, std::string::npos);
  f.clear();
  f.seekp(static_cast<std::streamoff>(at));
  f.put('b');
  f.close();
  EXPECT_EQ(check_of_copy(), "ledger.leaf");
  std::ofstream(stick(), std::ios::trunc) << "nothing";
  EXPECT_THAT(check_of_copy(), HasSubstr("ledger."));
  EXPECT_NE(check_of_copy(), "copied");
}

}  // namespace
}  // namespace tuixuan::ledger

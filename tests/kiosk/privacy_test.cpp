// After the thank-you nothing of a voter's choice is left: a distinctive vote, of marks and of a written name, is cast
// at the real screen, and then all writable memory of the process, the kiosk's folder, the server's folder and all they
// wrote are searched for it. Marks are looked for as the session holds them, as the list of the page holds them, and as
// the sentence of the review; each is found while the voter is there. What is searched for is kept here in disguise.
#include <QQuickItem>
#include <cstring>
#include <fstream>
#include <functional>

#include "crypto/primitives/secret.h"
#include "tests/kiosk/screen_kit.h"

namespace tuixuan::kiosk {
namespace {

// Each byte xor 0x5a: the pattern itself must not stand in the memory that is searched.
class Disguised {
 public:
  explicit Disguised(Bytes plain) : bytes_(std::move(plain)) {
    for (std::uint8_t& b : bytes_) b ^= 0x5a;
  }
  std::size_t count_in(ByteView memory) const {
    std::size_t found = 0;
    const std::size_t n = bytes_.size();
    const auto first = static_cast<std::uint8_t>(bytes_[0] ^ 0x5a);
    for (const std::uint8_t* at = memory.data(); at + n <= memory.data() + memory.size(); ++at) {
      at = static_cast<const std::uint8_t*>(
          std::memchr(at, first, static_cast<std::size_t>(memory.data() + memory.size() - at)));
      if (at == nullptr || at + n > memory.data() + memory.size()) break;
      std::size_t i = 1;
      while (i < n && at[i] == (bytes_[i] ^ 0x5a)) ++i;
      found += i == n ? 1 : 0;
    }
    return found;
  }

 private:
  Bytes bytes_;
};

// The written name, letter by letter, so that it stands nowhere as a whole.
const char* const kLetters[] = {"q", "x", "z", "v", "k", "w", "j", "q", "p", "z"};

Disguised name_as(bool utf16) {
  Bytes plain;
  for (const char* letter : kLetters) {
    plain.push_back(static_cast<std::uint8_t>(letter[0]));
    if (utf16) plain.push_back(0);
  }
  return Disguised(std::move(plain));
}

// The marks of many candidates, as they were made.
constexpr int kMarks[] = {2, 0, 1, 2, 2, 0, 1, 0, 2, 2, 0, 0, 1, 2, 0, 2, 1, 0, 0, 2, 1, 2, 0, 2};

std::size_t marks_in(ByteView memory) {
  std::size_t found = 0;
  for (std::size_t at = 0; at + std::size(kMarks) <= memory.size(); ++at) {
    std::size_t i = 0;
    while (i < std::size(kMarks) && memory[at + i] == kMarks[i]) ++i;
    found += i == std::size(kMarks) ? 1 : 0;
  }
  return found;
}

// One after the other in the rows of the page's list.
std::size_t rows_in(ByteView memory) {
  constexpr std::size_t kWhole = (std::size(kMarks) - 1) * sizeof(Row) + sizeof(int);
  std::size_t found = 0;
  for (std::size_t at = 0; at + kWhole <= memory.size(); at += alignof(int)) {
    std::size_t i = 0;
    for (int mark = 0; i < std::size(kMarks); ++i) {
      std::memcpy(&mark, memory.data() + at + i * sizeof(Row), sizeof mark);
      if (mark != (kMarks[i] == 0 ? kUnmarked : kMarks[i])) break;
    }
    found += i == std::size(kMarks) ? 1 : 0;
  }
  return found;
}

std::size_t found_in_memory(const std::function<std::size_t(ByteView)>& search, std::string* where) {
  std::size_t found = 0;
  std::ifstream maps("/proc/self/maps");
  std::ifstream memory("/proc/self/mem", std::ios::binary);
  for (std::string line; std::getline(maps, line);) {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    char right[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &from, &to, right) != 3 || right[0] != 'r' || right[1] != 'w')
      continue;
    Bytes part(to - from);
    memory.clear();
    memory.seekg(static_cast<std::streamoff>(from));
    memory.read(reinterpret_cast<char*>(part.data()), static_cast<std::streamsize>(part.size()));
    const std::size_t here =
        search({part.data(), static_cast<std::size_t>(std::max<std::streamsize>(0, memory.gcount()))});
    if (here > 0 && where != nullptr) *where += line + "\n";
    found += here;
    primitives::wipe(part);
  }
  return found;
}

std::size_t found_in_memory(const Disguised& pattern, std::string* where) {
  return found_in_memory([&](ByteView memory) { return pattern.count_in(memory); }, where);
}

std::size_t found_on_disk(const Disguised& pattern, const std::filesystem::path& folder) {
  std::size_t found = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    std::ifstream in(file.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    found += pattern.count_in(as_bytes(text));
  }
  return found;
}

TEST_F(ScreenTest, NothingOfAChoiceIsLeftAfterTheThanks) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer keeps what is freed";
#endif
  open_congress();
  const Disguised utf8 = name_as(false);
  const Disguised utf16 = name_as(true);
  hands->type(slip(0));
  ASSERT_TRUE(hands->tap("下一步"));
  ASSERT_TRUE(hands->tap("✎ 另写一人"));
  auto* entry = qobject_cast<NameEntry*>(hands->screen->view().entry());
  std::string name;
  for (const char* letter : kLetters) name += letter;
  entry->key(QString::fromStdString(name));  // more than one letter: appended as it is
  std::memset(name.data(), 0, name.size());
  ASSERT_TRUE(hands->tap("就写此人"));
  ASSERT_TRUE(hands->tap("对，就写此人"));
  ASSERT_TRUE(hands->tap("下一步"));
  ASSERT_TRUE(hands->wait_for_page("review"));
  hands->settle(100);
  EXPECT_GT(found_in_memory(utf16, nullptr) + found_in_memory(utf8, nullptr), 0U) << "the search finds what is there";
  ASSERT_TRUE(hands->seal());
  ASSERT_TRUE(hands->tap("投出选票"));
  ASSERT_TRUE(hands->wait_for([&] { return !hands->screen->view().receipt().isEmpty(); }));
  ASSERT_TRUE(hands->tap("完成"));
  ASSERT_TRUE(hands->wait_for_page("waiting"));
  hands->settle(400);
  std::string where;
  EXPECT_EQ(found_in_memory(utf16, &where), 0U) << where;
  EXPECT_EQ(found_in_memory(utf8, &where), 0U) << where;
  EXPECT_EQ(found_on_disk(utf8, server.folder()), 0U);
  EXPECT_EQ(found_on_disk(utf16, server.folder()), 0U);
  EXPECT_EQ(logged().cast, 1U);
}

// Two dozen candidates, so that the marks are a pattern that nothing else has.
class ManyCandidates : public ScreenTest {
 protected:
  ManyCandidates() {
    static constexpr const char* kSurnames[] = {"丁", "王", "刘", "孙", "李", "杨", "吴", "张", "陈", "周", "赵", "曾"};
    tally::Contest& c = kit.scheme.contests[0];
    c.candidates.clear();
    for (const char* given : {"文华", "志高"})
      for (const char* surname : kSurnames) c.candidates.push_back({std::string(surname) + given, ""});
    c.write_ins = {};
    kit.scheme.contests.resize(1);
    kit.scheme.stages[0].contests.resize(1);
  }
  // The names approved as the review says them.
  Disguised approved() const {
    QString all;
    for (std::size_t i = 0; i < std::size(kMarks); ++i)
      if (kMarks[i] == 1)
        all += (all.isEmpty() ? u"" : u"、") + QString::fromStdString(kit.scheme.contests[0].candidates[i].name);
    Bytes plain;
    for (QChar& c : all) {
      plain.push_back(static_cast<std::uint8_t>(c.unicode() & 0xff));
      plain.push_back(static_cast<std::uint8_t>(c.unicode() >> 8U));
    }
    all.fill(u'\0');
    return Disguised(std::move(plain));
  }
};

TEST_F(ManyCandidates, NothingOfTheMarksIsLeftAfterTheThanks) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer keeps what is freed";
#endif
  open_congress();
  const std::size_t constant = found_in_memory(marks_in, nullptr);
  const Disguised sentence = approved();
  ASSERT_EQ(found_in_memory(sentence, nullptr), 0U);
  hands->type(slip(0));
  for (std::size_t i = 0; i < std::size(kMarks); ++i) {
    const QString who = QString::fromStdString(kit.scheme.contests[0].candidates[i].name);
    if (kMarks[i] != 0) {
      ASSERT_TRUE(hands->tap_spoken(who + (kMarks[i] == 1 ? u"，赞成" : u"，不赞成")));
    }
  }
  EXPECT_GT(found_in_memory(marks_in, nullptr), constant) << "the search finds what is there";
  EXPECT_GT(found_in_memory(rows_in, nullptr), 0U);
  ASSERT_TRUE(hands->tap("下一步"));
  ASSERT_TRUE(hands->wait_for_page("review"));
  EXPECT_GT(found_in_memory(sentence, nullptr), 0U);
  ASSERT_TRUE(hands->seal());
  ASSERT_TRUE(hands->tap("投出选票"));
  ASSERT_TRUE(hands->wait_for([&] { return !hands->screen->view().receipt().isEmpty(); }));
  ASSERT_TRUE(hands->tap("完成"));
  ASSERT_TRUE(hands->wait_for_page("waiting"));
  hands->settle(400);
  std::string where;
  EXPECT_EQ(found_in_memory(marks_in, &where), constant) << where;
  EXPECT_EQ(found_in_memory(rows_in, &where), 0U) << where;
  EXPECT_EQ(found_in_memory(sentence, &where), 0U) << where;
  EXPECT_EQ(found_on_disk(sentence, server.folder()), 0U);
  EXPECT_EQ(logged().cast, 1U);
}

}  // namespace
}  // namespace tuixuan::kiosk

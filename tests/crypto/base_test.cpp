// The strict reader, its writer, and the text forms of bytes.
#include <gtest/gtest.h>

#include <atomic>

#include "crypto/base/ids.h"
#include "crypto/base/parallel.h"
#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/codes/base.h"
#include "crypto/codes/entries.h"

namespace tuixuan {
namespace {

TEST(Reader, TakesBackWhatWriterWrote) {
  const Bytes bytes =
      Writer().u8(1).u16(2).u32(3).u64(4).fixed(as_bytes("five")).blob(as_bytes("six")).text("七").count(8).take();
  EXPECT_EQ(to_hex(std::span(bytes).first(15)), "010200030000000400000000000000");
  Reader r(bytes, "test");
  EXPECT_EQ(r.u8(), 1);
  EXPECT_EQ(r.u16(), 2);
  EXPECT_EQ(r.u32(), 3U);
  EXPECT_EQ(r.u64(), 4U);
  EXPECT_EQ(as_text(r.fixed(4)), "five");
  EXPECT_EQ(as_text(r.blob(3)), "six");
  EXPECT_EQ(r.text(3), "七");
  EXPECT_EQ(r.count(8, 0), 8U);
  EXPECT_TRUE(r.finish());
}

TEST(Reader, NeverReadsPastTheEnd) {
  for (std::size_t n = 0; n < 8; ++n) {
    const Bytes bytes(n, 0xff);
    Reader r(bytes, "short");
    EXPECT_EQ(r.u64(), 0U);
    EXPECT_EQ(r.u64(), 0U);
    EXPECT_EQ(r.finish().error().check, code::plain::decode);
  }
}

TEST(Reader, RefusesTrailingBytesLongFieldsAndWildCounts) {
  const Bytes two = {1, 2};
  Reader trailing(two, "x");
  trailing.u8();
  EXPECT_NE(trailing.finish().error().what.find("1 trailing"), std::string::npos);
  const Bytes blob = Writer().blob(as_bytes("four")).take();
  Reader long_field(blob, "x", code::E02::encoding);
  long_field.blob(3);
  EXPECT_EQ(long_field.finish().error().check, code::E02::encoding);
  const Bytes count = Writer().count(1000).fixed(as_bytes("few")).take();
  Reader wild(count, "x");
  EXPECT_EQ(wild.count(2000, 1), 0U);
  EXPECT_FALSE(wild.finish());
  Reader over(count, "x");
  EXPECT_EQ(over.count(999, 0), 0U);
  EXPECT_FALSE(over.finish());
}

TEST(Reader, TextIsPrintableUtf8) {
  for (const std::string_view bad :
       {"\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe4\xb8", "a\nb", "a\x7f", "\x80"}) {
    const Bytes bytes = Writer().text(bad).take();
    Reader r(bytes, "x");
    r.text(100);
    EXPECT_FALSE(r.finish()) << to_hex(as_bytes(bad));
  }
  EXPECT_TRUE(is_utf8("阿不都热依木·𠀀"));
}

TEST(Text, HexAndBase32HaveOneSpelling) {
  EXPECT_EQ(to_hex(as_bytes("\x01\xab")), "01ab");
  EXPECT_FALSE(from_hex("AB"));
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_hex("zz"));
  for (const auto& [plain, coded] :
       {std::pair{"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foobar", "MZXW6YTBOI"}}) {
    EXPECT_EQ(to_base32(as_bytes(plain)), coded);  // RFC 4648 section 10
    EXPECT_EQ(as_text(from_base32(coded).value()), plain);
  }
  EXPECT_EQ(as_text(from_base32("mzxw-6ytb oi").value()), "foobar");
  for (const char* bad : {"MZ", "M", "MZX", "MZXW61", "MZXW6===", "M0"}) EXPECT_FALSE(from_base32(bad)) << bad;
}

TEST(Text, HiddenCharactersAreNotPrintable) {
  for (const char* good : {"", "王小明", "café", "a\u00a0b", "阿卜杜拉·买买提", "\U00020000"})
    EXPECT_TRUE(is_printable_utf8(good)) << good;
  for (const char* bad :
       {"\x01", "\n", "\x7f", "\u0085", "\u00ad", "\u061c", "\u200b", "\u200d", "\u2028", "\u202e", "\u2066", "\ue000",
        "\ufeff", "\ufffe", "\U000e0041", "\U0010ffff", "\xc0\x80", "\xed\xa0\x80"})
    EXPECT_FALSE(is_printable_utf8(std::string("a") + bad + "b")) << bad;
}

TEST(Ids, ShortNames) {
  EXPECT_TRUE(is_short_name("K1.main_hall-2"));
  for (const std::string_view bad : {std::string_view(""), std::string_view("票"), std::string_view("a b"),
                                     std::string_view("123456789012345678901234567890123")})
    EXPECT_FALSE(is_short_name(bad));
}

TEST(Parallel, DoesEachItemOnce) {
  for (const unsigned threads : {1U, 2U, 7U}) {
    std::vector<std::atomic<int>> done(1000);
    parallel_for(done.size(), threads, [&](std::size_t i) { ++done[i]; });
    for (const auto& d : done) EXPECT_EQ(d, 1);
  }
  parallel_for(0, 4, [](std::size_t) { FAIL(); });
}

}  // namespace
}  // namespace tuixuan

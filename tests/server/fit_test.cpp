// The form of answers: gzip by the client's wish, what is still the same, parts; and the bound on what is held for
// readers. On the wire and alone.
#include <gmock/gmock.h>
#include <zlib.h>

#include "crypto/codes/base.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/server.h"
#include "server/http/fit.h"
#include "server/http/shelf.h"
#include "tests/server/http_kit.h"
#include "tests/server/raw_connection.h"

namespace tuixuan {
namespace {

using testing::HasSubstr;

std::string unpacked(std::string_view bytes) {
  std::string out(std::size_t{1} << 22U, '\0');
  z_stream z{};
  EXPECT_EQ(inflateInit2(&z, 15 + 16), Z_OK);
  z.next_in = const_cast<Bytef*>(as_bytes(bytes).data());
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&z, Z_FINISH), Z_STREAM_END);
  out.resize(z.total_out);
  inflateEnd(&z);
  return out;
}

TEST(Fit, GzipWhereItIsTaken) {
  for (const char* yes :
       {"gzip", "GZIP", "deflate, gzip", "br;q=1.0, gzip;q=0.001", "*", "identity;q=0, *;q=0.5", " gzip ;q=1"})
    EXPECT_TRUE(http::takes_gzip(yes)) << yes;
  for (const char* no : {"", "br", "gzip;q=0", "gzip;q=0.000", "gzip ; q=0", "*;q=0", "*, gzip;q=0", "gzipped", ",,;"})
    EXPECT_FALSE(http::takes_gzip(no)) << no;
  const Bytes text = to_bytes(std::string(100000, 'x'));
  EXPECT_LT(http::gzip(text, 9).size(), 1000U);
  EXPECT_EQ(http::gzip(text, 9), http::gzip(text, 9));
  EXPECT_EQ(unpacked(as_text(http::gzip(text, 1))), as_text(text));
  EXPECT_EQ(unpacked(as_text(http::gzip({}, 9))), "");
}

TEST(Fit, TagsInALine) {
  for (const char* yes : {"\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"}) EXPECT_TRUE(http::has_tag(yes, "\"a\"")) << yes;
  for (const char* no : {"", "\"b\"", "a", "\"A\""}) EXPECT_FALSE(http::has_tag(no, "\"a\"")) << no;
}

TEST(Fit, Parts) {
  const auto part = [](std::string_view range, std::uint64_t size) -> std::string {
    const auto p = http::part_of(range, size);
    if (!p) return std::string(name_of(p.error().check));
    return *p ? std::to_string((*p)->first) + "-" + std::to_string((*p)->last) : "whole";
  };
  EXPECT_EQ(part("bytes=0-0", 10), "0-0");
  EXPECT_EQ(part("Bytes=2-5", 10), "2-5");
  EXPECT_EQ(part("bytes=2-", 10), "2-9");
  EXPECT_EQ(part("bytes=2-99", 10), "2-9");
  EXPECT_EQ(part("bytes=-3", 10), "7-9");
  EXPECT_EQ(part("bytes=-99", 10), "0-9");
  for (const char* beyond : {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=18446744073709551615-"})
    EXPECT_EQ(part(beyond, 10), "http.range") << beyond;
  EXPECT_EQ(part("bytes=0-", 0), "http.range");
  EXPECT_EQ(part("bytes=-1", 0), "http.range");
  for (const char* whole : {"", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=1-2,4-5", "lines=1-2",
                            "bytes=+1-2", "bytes=--2", "bytes=99999999999999999999-"})
    EXPECT_EQ(part(whole, 10), "whole") << whole;
}

TEST(Shelf, HoldsNoMoreThanItsBound) {
  http::Shelf shelf(1000, 500);
  auto place = shelf.place(600);
  ASSERT_TRUE(place);
  http::SharedBytes one = shelf.put("one", Bytes(600), std::move(*place));  // too large to be kept
  EXPECT_EQ(shelf.find("one"), one) << "whoever comes meanwhile shares it";
  EXPECT_EQ(shelf.place(401).error().check, code::server::busy);
  auto small = shelf.place(50);
  ASSERT_TRUE(small);
  shelf.put("small", Bytes(50), std::move(*small));
  EXPECT_NE(shelf.find("small"), nullptr) << "kept for the next";
  EXPECT_EQ(shelf.held(), 650U);
  EXPECT_TRUE(shelf.place(400)) << "what is only kept makes room";
  EXPECT_EQ(shelf.find("small"), nullptr);
  one.reset();
  EXPECT_EQ(shelf.find("one"), nullptr);
  EXPECT_EQ(shelf.held(), 0U);
  EXPECT_TRUE(shelf.place(5000)) << "larger than the bound, but alone";
}

TEST_F(HttpTest, PagesAreCompressedByTheWishOfTheClient) {
  kit::Congress kit;
  start(kit);
  RawConnection raw(server_->address());
  ASSERT_TRUE(raw.ok());
  for (const char* path : {"/hall.html", "/index.html"}) {
    const auto plain = raw.ask(path);
    EXPECT_EQ(plain.status, 200U);
    EXPECT_EQ(plain.header("Content-Encoding"), "");
    EXPECT_EQ(plain.header("Vary"), "Accept-Encoding");
    EXPECT_EQ(plain.header("Cache-Control"), "no-cache");
    const auto packed = raw.ask(path, "Accept-Encoding: gzip, br\r\n");
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_EQ(packed.header("Vary"), "Accept-Encoding");
    EXPECT_LT(packed.body.size(), plain.body.size() / 2);
    EXPECT_EQ(unpacked(packed.body), plain.body);
    EXPECT_NE(packed.header("ETag"), plain.header("ETag")) << "another form has another tag";
    EXPECT_EQ(raw.ask(path, "Accept-Encoding: gzip;q=0\r\n").body, plain.body);
    const auto same = raw.ask(path, "Accept-Encoding: gzip\r\nIf-None-Match: " + packed.header("ETag") + "\r\n");
    EXPECT_EQ(same.status, 304U);
    EXPECT_EQ(same.header("ETag"), packed.header("ETag"));
    EXPECT_EQ(raw.ask(path, "If-None-Match: " + packed.header("ETag") + "\r\n").status, 200U);
    const auto head = raw.ask(path, "Accept-Encoding: gzip\r\n", "HEAD");
    EXPECT_EQ(head.header("Content-Length"), std::to_string(packed.body.size()));
  }
}

TEST_F(HttpTest, PartsOfTilesObjectsAndFiles) {
  kit::Congress kit;
  start(kit);
  kit.run(5);
  client::Client c = client();
  put_objects(c, kit);
  for (const Bytes& entry : kit.log) ASSERT_TRUE(c.append(entry));
  RawConnection raw(server_->address());
  ASSERT_TRUE(raw.ok());
  const std::string width = ".p/" + std::to_string(kit.log.size());
  const std::string object = "/object/" + kit.objects.items().begin()->first.hex();
  for (const std::string& path : {"/tile/0/000" + width, "/tile/entries/000" + width, object}) {
    const auto whole = raw.ask(path, "Accept-Encoding: gzip\r\n");
    ASSERT_EQ(whole.status, 200U) << path;
    EXPECT_EQ(whole.header("Content-Encoding"), "") << "ciphertexts and hashes do not get shorter";
    EXPECT_EQ(whole.header("Accept-Ranges"), "bytes");
    EXPECT_THAT(whole.header("Cache-Control"), HasSubstr("immutable")) << path;
    const std::string size = std::to_string(whole.body.size());
    const auto part = raw.ask(path, "Range: bytes=3-10\r\n");
    EXPECT_EQ(part.status, 206U);
    EXPECT_EQ(part.header("Content-Range"), "bytes 3-10/" + size);
    EXPECT_EQ(part.body, whole.body.substr(3, 8));
    EXPECT_EQ(raw.ask(path, "Range: bytes=-5\r\n").body, whole.body.substr(whole.body.size() - 5));
    const auto beyond = raw.ask(path, "Range: bytes=" + size + "-\r\n");
    EXPECT_EQ(beyond.status, 416U);
    EXPECT_EQ(beyond.header("Content-Range"), "bytes */" + size);
    EXPECT_THAT(beyond.body, HasSubstr("\"http.range\""));
    EXPECT_EQ(raw.ask(path, "Range: bytes=0-1,4-5\r\n").body, whole.body);
    EXPECT_EQ(raw.ask(path, "Range: bytes=3-10\r\nIf-Range: " + whole.header("ETag") + "\r\n").status, 206U);
    EXPECT_EQ(raw.ask(path, "Range: bytes=3-10\r\nIf-Range: \"other\"\r\n").status, 200U);
    const auto head = raw.ask(path, "Range: bytes=3-10\r\n", "HEAD");
    EXPECT_EQ(head.status, 200U) << "parts are of GET only";
    EXPECT_EQ(head.header("Content-Length"), size);
  }
  const auto page = raw.ask("/index.html");
  EXPECT_EQ(raw.ask("/index.html", "Accept-Encoding: gzip\r\nRange: bytes=5-9\r\n").body, page.body.substr(5, 5))
      << "parts are of the content itself";
  EXPECT_EQ(raw.ask("/v1/status", "Range: bytes=0-1\r\n").status, 200U) << "what changes has no parts";
}

// Somebody takes a large object and does not read it. Others share it; for another one there is no room until they go.
TEST_F(HttpTest, SlowReadersHoldOnlySoMuchMemory) {
  constexpr std::size_t kLarge = std::size_t{24} << 20U;  // more than the network holds between the two
  kit::Congress kit;
  http::Limits limits;
  limits.held_bytes = 2 * kLarge - 1;
  start(kit, limits);
  client::Client c(client::Address::parse(url_).value(), pin_, *key_, std::chrono::seconds(0));
  std::vector<std::string> paths;
  for (const std::uint8_t fill : {1, 2}) {
    const Bytes bytes(kLarge, fill);
    const auto put = c.put_object(kit.organiser, Hash64{}, bytes);
    ASSERT_TRUE(put) << put.error().text();
    paths.push_back("/object/" + primitives::sha256(bytes).hex());
  }
  {
    RawConnection slow(server_->address());
    slow.send("GET " + paths[0] + " HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_FALSE(slow.read_some().empty());
    EXPECT_TRUE(c.get(paths[0], kLarge)) << "the same bytes for all";
    RawConnection other(server_->address());
    const auto refused = other.ask(paths[1]);
    EXPECT_EQ(refused.status, 503U);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_THAT(refused.body, HasSubstr("\"server.busy\""));
    EXPECT_TRUE(c.get("/index.html", 100000)) << "pages are not in question";
  }
  Result<Bytes> then = fail(code::plain::none, "");
  EXPECT_TRUE(kit::wait_until([&] {
    then = c.get(paths[1], kLarge);
    return then.has_value();
  })) << then.error().text();
}

TEST_F(HttpTest, StopsWhileSomebodyFollowsTheTurnout) {
  kit::Congress kit;
  http::Limits limits;
  limits.stop_seconds = 2 * kit::kHang.count();
  start(kit, limits);
  RawConnection raw(server_->address());
  ASSERT_TRUE(raw.ok());
  raw.send("GET /v1/turnout HTTP/1.1\r\nHost: x\r\n\r\n");
  std::string heard;
  while (heard.find("tuixuan-turnout/1") == std::string::npos) {
    const std::string part = raw.read_some();
    ASSERT_FALSE(part.empty()) << heard;
    heard += part;
  }
  EXPECT_THAT(heard, HasSubstr("text/event-stream"));
  const auto begin = std::chrono::steady_clock::now();
  std::thread listener([&] {
    while (!raw.read_some().empty()) {
    }
  });
  stop();
  listener.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kit::kHang) << "it did not wait for the listener to go";
}

}  // namespace
}  // namespace tuixuan

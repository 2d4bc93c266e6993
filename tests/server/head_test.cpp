// The head of a request, read strictly: what is taken, and a corpus of shapes that two programs could read in two ways.
#include "server/http/head.h"
#include "crypto/codes/catalogue.h"

#include <gmock/gmock.h>

namespace tuixuan::http {
namespace {

std::string refused(const std::string& text) {
  const auto end = end_of_head(as_bytes(text));
  if (!end) return std::string(name_of(end.error().check));
  if (!*end) return "unfinished";
  const auto head = read_head(as_bytes(text).first(**end));
  return head ? "" : std::string(name_of(head.error().check));
}

std::string post(const std::string& lines) { return "POST /v1/entries HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n"; }

TEST(Head, ReadsWhatBrowsersAndKiosksSend) {
  const std::string text =
      "GET /log/0.html?x=%20 HTTP/1.1\r\nHost: 192.168.1.10:8443\r\nUser-Agent: 浏览器 (x; y)\r\nAccept-Encoding:\t "
      "gzip, "
      "br \r\nIf-None-Match: \"1\"\r\nRange: bytes=0-1\r\nConnection: keep-alive\r\nUpgrade-Insecure-Requests: "
      "1\r\n\r\nNEXT";
  const auto end = end_of_head(as_bytes(text));
  ASSERT_TRUE(end && *end);
  EXPECT_EQ(text.substr(**end), "NEXT");
  const auto head = read_head(as_bytes(text).first(**end));
  ASSERT_TRUE(head) << head.error().text();
  EXPECT_EQ(head->request.target, "/log/0.html?x=%20");
  EXPECT_EQ(head->request.accept_encoding, "gzip, br");
  EXPECT_EQ(head->request.if_none_match, "\"1\"");
  EXPECT_EQ(head->request.range, "bytes=0-1");
  EXPECT_TRUE(head->keep_alive);
  EXPECT_FALSE(head->length);
  const auto put =
      read_head(as_bytes("PUT /v1/object/a HTTP/1.1\r\nhost:a\r\nCONTENT-LENGTH:0012\r\nExpect: "
                         "100-continue\r\nConnection: x , Close\r\n\r\n"));
  ASSERT_TRUE(put) << put.error().text();
  EXPECT_EQ(put->length, 12U);
  EXPECT_TRUE(put->expects_continue);
  EXPECT_FALSE(put->keep_alive);
  EXPECT_FALSE(read_head(as_bytes("GET / HTTP/1.0\r\nHost: a\r\n\r\n"))->keep_alive);
  EXPECT_TRUE(read_head(as_bytes("HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"))->head_only);
}

TEST(Head, RefusesWhatCouldBeReadInTwoWays) {
  EXPECT_EQ(refused(post("Content-Length: 3\r\n")), "");
  for (const char* lines : {"Content-Length: 3\r\nContent-Length: 3\r\n",
                            "Content-Length: 3\r\nContent-Length: 4\r\n",
                            "Content-Length: 3, 3\r\n",
                            "Content-Length: -3\r\n",
                            "Content-Length: +3\r\n",
                            "Content-Length: 0x3\r\n",
                            "Content-Length: 3 3\r\n",
                            "Content-Length: 3;a\r\n",
                            "Content-Length:\r\n",
                            "Content-Length: \x33\x0b\r\n",
                            "Content-Length : 3\r\n",
                            " Content-Length: 3\r\n",
                            "X: a\r\n Content-Length: 3\r\n",
                            "X: a\r\n\tContent-Length: 3\r\n",
                            "Content-Length: 3\nX: a\r\n",
                            "X: a\rContent-Length: 3\r\n",
                            "Content-Length\r\n",
                            ": 3\r\n",
                            "X Y: 3\r\n",
                            "X\t: 3\r\n",
                            "X(: 3\r\n",
                            "X\x80: 3\r\n",
                            "Host: b\r\n",
                            "Expect: 200-ok\r\n",
                            "Expect: 100-continue\r\nExpect: 100-continue\r\n",
                            "X: a\x7f\r\n",
                            "X: a\x01\r\n"})
    EXPECT_EQ(refused(post(lines)), "http.form") << lines;
  EXPECT_EQ(refused(post(std::string("X: a\0b\r\n", 8))), "http.form");
  for (const char* lines : {"Transfer-Encoding: chunked\r\n", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
                            "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "transfer-encoding: identity\r\n",
                            "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", "Transfer-Encoding:\tchunked\r\n",
                            "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: \"chunked\"\r\n"})
    EXPECT_EQ(refused(post(lines)), "http.length") << lines;
  EXPECT_EQ(refused(post("Transfer-Encoding : chunked\r\n")), "http.form");
  EXPECT_EQ(refused(post("Content-Length: 99999999999999999999\r\n")), "http.size");
  EXPECT_EQ(refused(post("Content-Length: 9999999999999999999\r\n")), "");  // held to its limit by the route
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n"), "http.body");
  EXPECT_EQ(refused("HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n"), "http.body");
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"), "http.length");
  for (const char* text :
       {"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\n\n", "GET / HTTP/1.1\nHost: a\n\n",
        "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/2\r\nHost: a\r\n\r\n", "GET / HTTP/1.10\r\nHost: a\r\n\r\n",
        "GET /\r\nHost: a\r\n\r\n", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n\n", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"})
    EXPECT_EQ(refused(text), "http.form") << text;
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: a\r\n"), "unfinished");
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: a\r"), "unfinished");
  std::string many;
  for (std::size_t i = 0; i < kMostFields; ++i) many += "X: a\r\n";
  EXPECT_EQ(refused(post(many)), "http.size");
}

}  // namespace
}  // namespace tuixuan::http

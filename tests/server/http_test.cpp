// The real server and the real client over TLS on this machine.
#include "crypto/codes/client.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "tests/server/http_kit.h"
#include "tests/server/raw_connection.h"

namespace tuixuan {
namespace {

TEST_F(HttpTest, AWholeCongressOverTheWire) {
  kit::Congress kit;
  start(kit);
  kit.run(7);
  client::Client c = client();
  put_objects(c, kit);
  for (std::size_t i = 0; i < kit.log.size(); ++i) {
    const auto receipt = c.append(kit.log[i]);
    ASSERT_TRUE(receipt) << receipt.error().text();
    EXPECT_EQ(receipt->index, i);
  }
  client::Follower follower(c, {kit.organiser.verify_key(), {}}, 2);
  const auto synced = follower.sync();
  ASSERT_TRUE(synced) << synced.error().text();
  EXPECT_EQ(follower.state().tree.root(), kit.fold.state().tree.root());
  EXPECT_EQ(follower.state().stage(kit.stage_id)->report, kit.stage().report);
  EXPECT_TRUE(follower.sync());
  const auto tracker = c.get("/v1/tracker/" + kit.stage().ballots.begin()->first.hex(), 100000);
  ASSERT_TRUE(tracker);
  EXPECT_TRUE(log::parse_receipt(as_text(*tracker)));
}

TEST_F(HttpTest, TheBoardIsServed) {
  kit::Congress kit;
  start(kit);
  client::Client c = client();
  EXPECT_TRUE(c.get("/", 100000));  // of an empty log
  kit.run(5);
  put_objects(c, kit);
  for (const Bytes& entry : kit.log) ASSERT_TRUE(c.append(entry));
  const std::string tracker = to_base32(kit.stage().ballots.begin()->first.view()).substr(0, 26);
  // Pages are made at most once a second.
  ASSERT_TRUE(kit::wait_until([&] { return c.get("/ballot/" + tracker + ".html", 1000000).has_value(); }));
  for (const std::string& path : {std::string("/"), std::string("/en/"), std::string("/stage/election.html"),
                                  std::string("/log/0.html?x"), "/ballot/" + tracker + ".html"}) {
    const auto page = c.get(path, 1000000);
    ASSERT_TRUE(page) << path << " " << page.error().text();
    EXPECT_THAT(std::string(as_text(*page)), testing::HasSubstr("</html>")) << path;
  }
  EXPECT_EQ(c.get("/stage/none.html", 1000).error().check, code::http::target);
}

TEST_F(HttpTest, APageThatIsStillTheSameIsNotSentAgain) {
  kit::Congress kit;
  start(kit);
  const http::Routes routes(*service_);
  http::Request request{http::Method::get, "/hall.html", {}, {}, {}};
  const http::Response first = routes.answer(request);
  ASSERT_EQ(first.status, 200U);
  ASSERT_FALSE(first.tag.empty());
  request.if_none_match = first.tag;
  const http::Response again = routes.answer(request);
  EXPECT_EQ(again.status, 304U);
  EXPECT_TRUE(again.body.empty());
  request.if_none_match = "\"another\"";
  EXPECT_EQ(routes.answer(request).status, 200U);
}

// The form of "my ballot" without scripts: spaces, small letters and whatever else was typed are left out.
TEST_F(HttpTest, ATrackerThatWasTypedLeadsToItsPage) {
  kit::Congress kit;
  start(kit);
  const http::Response to =
      http::Routes(*service_).answer({http::Method::get, "/en/ballot.html?tracker=dvkm+TXUU-PM5Y%0aVCSE", {}, {}, {}});
  EXPECT_EQ(to.status, 303U);
  EXPECT_EQ(to.location, "ballot/DVKMTXUUPM5YAVCSE.html");
}

TEST_F(HttpTest, OnlySoManyFollowTheTurnout) {
  kit::Congress kit;
  http::Limits limits;
  limits.listeners = 0;
  start(kit, limits);
  client::Client c(client::Address::parse(url_).value(), pin_, *key_, std::chrono::seconds(0));
  EXPECT_EQ(c.get("/v1/turnout", 1000).error().check, code::server::busy);
  EXPECT_TRUE(c.get("/hall.html", 100000)) << "the page itself is for everybody";
}

TEST_F(HttpTest, AnotherServersKeyIsRefused) {
  kit::Congress kit;
  start(kit);
  client::Client c(client::Address::parse(url_).value(), Sha256{}, *key_);
  EXPECT_EQ(c.checkpoint().error().check, code::net::pin);
}

TEST_F(HttpTest, AReceiptOfAnotherLogIsRefused) {
  kit::Congress kit;
  start(kit);
  kit.found();
  client::Client c = client();
  put_objects(c, kit);
  client::Client deceived(client::Address::parse(url_).value(), pin_,
                          {key_->name, log::KeyType::kEd25519, kit.desk.verify_key()});
  EXPECT_EQ(deceived.append(kit.log[0]).error().check, code::log::receipt);
}

TEST_F(HttpTest, RefusalsComeThroughByName) {
  kit::Congress kit;
  start(kit);
  client::Client c = client();
  EXPECT_EQ(c.append(to_bytes("noise")).error().check, code::E01::version);
  EXPECT_EQ(c.append(Bytes(70000)).error().check, code::http::size);
  EXPECT_EQ(c.append(Bytes()).error().check, code::E02::encoding);
  EXPECT_EQ(c.put_object(kit.desk, Hash64{}, to_bytes("x")).error().check, code::server::upload);
  EXPECT_EQ(c.object(Sha256{}).error().check, code::server::absent);
  EXPECT_EQ(c.get("/v1/receipt/xyz", 100).error().check, code::http::form);
  EXPECT_EQ(c.get("/v1/receipt/" + Sha256{}.hex(), 100).error().check, code::server::unknown);
  EXPECT_EQ(c.get("/nowhere", 100).error().check, code::http::target);
  EXPECT_EQ(c.get("/tile/0/001", 100).error().check, code::log::tile);
  EXPECT_EQ(c.get("/v1/health", 10).error().check, code::net::large);
  EXPECT_TRUE(c.get("/v1/status", 10000));
  client::Follower follower(c, {}, 1);
  EXPECT_TRUE(follower.sync());  // an empty log
}

// Nobody is turned away because others came first: who is idle makes room, and comes back without noticing.
TEST_F(HttpTest, ANewcomerGetsThePlaceOfWhoIsIdle) {
  kit::Congress kit;
  http::Limits limits;
  limits.connections = 3;
  start(kit, limits);
  std::vector<std::unique_ptr<client::Client>> clients;
  for (int i = 0; i < 10; ++i) {
    clients.push_back(std::make_unique<client::Client>(client::Address::parse(url_).value(), pin_, *key_));
    EXPECT_TRUE(clients.back()->get("/v1/health", 10000)) << i;
  }
  for (const auto& c : clients) EXPECT_TRUE(c->get("/v1/health", 10000));
}

TEST_F(HttpTest, ASilentConnectionIsClosed) {
  kit::Congress kit;
  http::Limits limits;
  limits.idle_seconds = 1;
  start(kit, limits);
  client::Client c = client();
  EXPECT_TRUE(c.get("/v1/health", 10000));
  RawConnection later(server_->address());
  ASSERT_EQ(later.ask("/v1/health").status, 200U);
  EXPECT_TRUE(later.read_some().empty()) << "it was closed, and the other, silent for longer, before it";
  EXPECT_TRUE(c.get("/v1/health", 10000));  // over a new connection, without the caller's noticing
}

TEST_F(HttpTest, StopsWithAKeptConnectionOpen) {
  kit::Congress kit;
  start(kit);
  client::Client c = client();
  EXPECT_TRUE(c.get("/v1/health", 10000));
  stop();
  EXPECT_EQ(c.get("/v1/health", 10000).error().check, code::net::connect);
}

TEST(Address, ReadsAndRefuses) {
  EXPECT_EQ(client::Address::parse("https://10.0.0.1:8443")->url(), "https://10.0.0.1:8443");
  EXPECT_EQ(client::Address::parse("https://[::1]:1")->url(), "https://[::1]:1");
  EXPECT_EQ(client::Address::parse("https://hall.example/")->url(), "https://hall.example:443");
  for (const char* bad :
       {"", "http://a:1", "https://", "https://:1", "https://a:0", "https://a:65536", "https://a:1x", "https://a b:1",
        "https://a/b", "https://u@a:1", "https://[::1", "https://[::1]x", "https://[[a]:1", "https://[]:1",
        "https://[abc]:1", "https://[::1]:", "https://a\nb:1", "https://{a}:1"})
    EXPECT_EQ(client::Address::parse(bad).error().check, code::net::address) << bad;
  EXPECT_EQ(client::Address::parse("https://" + std::string(253, 'a'))->host.size(), 253U);
  EXPECT_EQ(client::Address::parse("https://" + std::string(254, 'a')).error().check, code::net::address);
}

TEST(Identity, IsReadBackAndGuarded) {
  std::string name = testing::TempDir() + "identity-XXXXXX";
  const identity::IdentityFiles files{std::filesystem::path(::mkdtemp(name.data())) / "s"};
  EXPECT_EQ(identity::make_identity(files, "no spaces here").error().check, code::server::identity);
  EXPECT_EQ(identity::load_identity(files).error().check, code::server::identity);
  const auto made = identity::make_identity(files, "a.example/b");
  ASSERT_TRUE(made);
  const auto loaded = identity::load_identity(files);
  ASSERT_TRUE(loaded) << loaded.error().text();
  EXPECT_EQ(loaded->public_json(), made->public_json());
  EXPECT_EQ(identity::make_identity(files, "a.example/b").error().check, code::server::identity);
  std::filesystem::permissions(files.log_key(), std::filesystem::perms(0644));
  EXPECT_EQ(identity::load_identity(files).error().check, code::server::identity);
  std::filesystem::remove_all(files.folder.parent_path());
}

}  // namespace
}  // namespace tuixuan

// A test with the real server in this process, over TLS on this machine.
#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <thread>

#include "server/http/server.h"
#include "server/identity/identity.h"
#include "tally/client/follower.h"
#include "tests/support/congress_kit.h"
#include "tests/support/wait.h"

namespace tuixuan {

class HttpTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "http-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override {
    stop();
    std::filesystem::remove_all(folder_);
  }
  void start(kit::Congress& kit, http::Limits limits = {}) {
    const identity::IdentityFiles files{folder_ / "server"};
    auto identity = identity::make_identity(files, kit.scheme.log.origin);
    ASSERT_TRUE(identity) << identity.error().text();
    kit.log_key = identity->log_key.copy();
    kit.scheme.log.key = kit.log_key.verify_key().bytes;
    kit.scheme.server_pin = identity->pin;
    pin_ = identity->pin;
    key_ = identity->vkey();
    service::Settings settings{files.ledger(), identity->origin, {}, 2};
    settings.anchor.organiser = kit.organiser.verify_key();
    auto service = service::Service::start(std::move(settings), std::move(identity->log_key), true);
    ASSERT_TRUE(service) << service.error().text();
    service_ = std::move(*service);
    auto server = http::Server::open(*service_, "127.0.0.1:0", files.tls_certificate(), files.tls_key(), limits);
    ASSERT_TRUE(server) << server.error().text();
    server_ = std::move(*server);
    url_ = "https://" + server_->address();
    thread_ = std::thread([this] { server_->run(); });
  }
  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
    service_->stop();
  }
  client::Client client() const { return client::Client(client::Address::parse(url_).value(), pin_, *key_); }
  void put_objects(client::Client& c, const kit::Congress& kit) {
    const Hash64 congress = service_->ledger().size() == 0 ? Hash64{} : kit.congress();
    for (const auto& [hash, bytes] : kit.objects.items()) {
      const auto put = c.put_object(kit.organiser, congress, bytes);
      ASSERT_TRUE(put) << put.error().text();
    }
  }

  std::filesystem::path folder_;
  std::optional<log::NoteKey> key_;
  Sha256 pin_;
  std::string url_;
  std::unique_ptr<service::Service> service_;
  std::unique_ptr<http::Server> server_;
  std::thread thread_;
};

}  // namespace tuixuan

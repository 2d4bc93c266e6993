// The server without sockets: a whole congress goes in, each entry once, receipts verify, and what is refused changes
// nothing.
#include "server/service/service.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <future>

#include "crypto/codes/base.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "crypto/log/proof.h"
#include "tally/election/digests.h"
#include "tests/support/congress_kit.h"

namespace tuixuan {
namespace {

using service::Service;

class ServiceTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "service-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Service> start(const kit::Congress& kit, bool create, std::size_t queue = 4096) {
    service::Settings settings{folder_ / "log.ledger", kit.scheme.log.origin, {}, 2, queue};
    settings.anchor.organiser = kit.organiser.verify_key();
    auto started = Service::start(std::move(settings), kit.log_key.copy(), create);
    EXPECT_TRUE(started) << started.error().text();
    return started ? std::move(*started) : nullptr;
  }
  static Result<std::string> send(Service& service, Bytes entry) {
    std::promise<Result<std::string>> answer;
    service.submit(std::move(entry), [&](Result<std::string> r) { answer.set_value(std::move(r)); });
    return answer.get_future().get();
  }
  static void put_objects(Service& service, const kit::Congress& kit) {
    for (const auto& [hash, bytes] : kit.objects.items()) ASSERT_TRUE(service.put_object(hash, bytes));
  }
  static void expect_receipt(const Service& service, const Result<std::string>& text, ByteView entry,
                             std::uint64_t index) {
    ASSERT_TRUE(text) << text.error().text();
    const auto receipt = log::parse_receipt(*text);
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->index, index);
    EXPECT_TRUE(log::verify_receipt(*receipt, log::leaf_hash(entry), service.key()));
  }

  std::filesystem::path folder_;
};

TEST_F(ServiceTest, TakesAWholeCongressAndFindsItAgain) {
  kit::Congress kit;
  kit.run(6);
  {
    const auto service = start(kit, true);
    put_objects(*service, kit);
    for (std::size_t i = 0; i < kit.log.size(); ++i)
      expect_receipt(*service, send(*service, kit.log[i]), kit.log[i], i);
    for (std::size_t i = 0; i < kit.log.size(); ++i)
      expect_receipt(*service, send(*service, kit.log[i]), kit.log[i], i);
    EXPECT_EQ(service->metrics().accepted, kit.log.size());
    EXPECT_EQ(service->metrics().repeated, kit.log.size());
    const service::Status status = service->status();
    EXPECT_EQ(status.size, kit.log.size());
    ASSERT_EQ(status.stages.size(), 1U);
    EXPECT_EQ(status.stages[0].phase, "counted");
    EXPECT_EQ(status.stages[0].cast, 6U);
  }
  const auto again = start(kit, false);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->ledger().size(), kit.log.size());
  for (std::size_t i = 0; i < kit.log.size(); ++i)
    expect_receipt(*again, again->receipt(log::leaf_hash(kit.log[i])), kit.log[i], i);
}

TEST_F(ServiceTest, ManySendersAtOnceEachBallotOnce) {
  kit::Congress kit({40, 4, 3, 2, false});
  kit.found();
  kit.ceremony();
  kit.slips();
  kit.attendance();
  kit.open();
  const auto service = start(kit, true);
  put_objects(*service, kit);
  for (const Bytes& entry : kit.log) ASSERT_TRUE(send(*service, entry));
  const std::size_t before = kit.log.size();
  kit.vote(40);
  std::vector<std::thread> senders;
  std::atomic<int> wrong{0};
  for (std::size_t kiosk = 0; kiosk < 4; ++kiosk)
    senders.emplace_back([&, kiosk] {
      for (std::size_t i = before + kiosk; i < kit.log.size(); i += 4) {
        std::vector<std::future<Result<std::string>>> answers;
        for (int times = 0; times < 3; ++times) {
          auto promise = std::make_shared<std::promise<Result<std::string>>>();
          answers.push_back(promise->get_future());
          service->submit(kit.log[i], [promise](Result<std::string> r) { promise->set_value(std::move(r)); });
        }
        for (auto& answer : answers) {
          const auto text = answer.get();
          const auto receipt = text ? log::parse_receipt(*text) : fail(code::plain::none, text.error().text());
          if (!receipt || !log::verify_receipt(*receipt, log::leaf_hash(kit.log[i]), service->key())) ++wrong;
        }
      }
    });
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(service->ledger().size(), kit.log.size());
  EXPECT_EQ(service->status().stages[0].cast, 40U);
}

// Ballots that wait together are checked together; the wrong ones among them are refused as each by itself is, and the
// others are taken.
TEST_F(ServiceTest, WrongBallotsAmongManyThatWaitAreRefusedByName) {
  constexpr std::size_t kBallots = 40;
  kit::Congress kit({kBallots, kBallots, 3, 2, false});
  kit.found();
  kit.ceremony();
  kit.slips();
  kit.attendance();
  kit.open();
  const std::size_t first = kit.log.size();
  const election::Fold open = kit.fold;
  kit.vote(kBallots);  // one of each kiosk
  const auto service = start(kit, true);
  put_objects(*service, kit);
  for (std::size_t i = 0; i < first; ++i) ASSERT_TRUE(send(*service, kit.log[i])) << i;
  std::vector<std::future<Result<std::string>>> answers;
  std::vector<Error> expected(kBallots);
  for (std::size_t i = 0; i < kBallots; ++i) {
    Bytes entry = kit.log[first + i];
    if (i % 11 == 5) {
      entry[entry.size() - 40 + i % 3] ^= 1;  // in the signature
      expected[i] = open.prepare(entry, kit.objects).error();
    }
    auto promise = std::make_shared<std::promise<Result<std::string>>>();
    answers.push_back(promise->get_future());
    service->submit(std::move(entry), [promise](Result<std::string> r) { promise->set_value(std::move(r)); });
  }
  for (std::size_t i = 0; i < kBallots; ++i) {
    const auto answer = answers[i].get();
    EXPECT_EQ(answer.has_value(), expected[i].check == Code()) << i;
    if (!answer) {
      EXPECT_EQ(answer.error(), expected[i]) << i;
    }
  }
  EXPECT_EQ(service->ledger().size(), first + kBallots - 4);
}

TEST_F(ServiceTest, RefusesWithTheFoldsName) {
  kit::Congress kit;
  kit.found();
  const auto service = start(kit, true);
  EXPECT_EQ(send(*service, kit.log[0]).error().check, code::E04::object);
  put_objects(*service, kit);
  EXPECT_EQ(send(*service, to_bytes("noise")).error().check, code::E01::version);
  ASSERT_TRUE(send(*service, kit.log[0]));
  EXPECT_EQ(service->metrics().refusals.at(code::E01::version), 1U);
  EXPECT_EQ(service->ledger().size(), 1U);
  EXPECT_EQ(service->receipt(Sha256{}).error().check, code::server::unknown);
  EXPECT_EQ(service->receipt_of_ballot(Hash64{}).error().check, code::server::unknown);
}

TEST_F(ServiceTest, TakesOnlyItsOwnOrganisersScheme) {
  kit::Congress kit;
  kit::Congress stranger;
  stranger.log_key = kit.log_key.copy();
  stranger.scheme.log.key = kit.scheme.log.key;
  stranger.found();
  const auto service = start(kit, true);
  put_objects(*service, stranger);
  EXPECT_EQ(send(*service, stranger.log[0]).error().check, code::V01::key);
}

TEST_F(ServiceTest, StoresObjectsOnlyForRoles) {
  kit::Congress kit;
  kit.found();
  const auto service = start(kit, true);
  const Bytes object = to_bytes("an object");
  const Sha256 hash = election::ObjectRef::of(object).hash;
  const auto permit = [&](const primitives::SigningKey& key, const Hash64& congress) {
    return service::UploadPermit{key.verify_key(),
                                 key.sign(election::object_upload_statement(congress, hash, object.size()))};
  };
  EXPECT_TRUE(service->may_upload(hash, object.size(), permit(kit.organiser, Hash64{})));
  EXPECT_EQ(service->may_upload(hash, object.size(), permit(kit.desk, Hash64{})).error().check, code::server::upload);
  put_objects(*service, kit);
  ASSERT_TRUE(send(*service, kit.log[0]));
  EXPECT_TRUE(service->may_upload(hash, object.size(), permit(kit.desk, kit.congress())));
  EXPECT_TRUE(service->may_upload(hash, object.size(), permit(kit.trustees[0].signing, kit.congress())));
  EXPECT_EQ(service->may_upload(hash, object.size(), permit(kit.organiser, Hash64{})).error().check,
            code::server::upload);
  EXPECT_EQ(service->may_upload(hash, object.size() + 1, permit(kit.desk, kit.congress())).error().check,
            code::server::upload);
  EXPECT_EQ(service->may_upload(hash, object.size(), permit(kit.log_key, kit.congress())).error().check,
            code::server::upload);
  EXPECT_EQ(service->put_object(hash, to_bytes("another")).error().check, code::ledger::object);
}

TEST_F(ServiceTest, AfterStopNothingIsTaken) {
  kit::Congress kit;
  kit.found();
  const auto service = start(kit, true);
  put_objects(*service, kit);
  service->stop();
  EXPECT_EQ(send(*service, kit.log[0]).error().check, code::server::stopping);
}

TEST_F(ServiceTest, TellsSendersToWaitWhenTheQueueIsFull) {
  kit::Congress kit;
  kit.found();
  const auto service = start(kit, true, 0);
  put_objects(*service, kit);
  EXPECT_EQ(send(*service, kit.log[0]).error().check, code::server::busy);
  EXPECT_EQ(service->metrics().busy, 1U);
}

}  // namespace
}  // namespace tuixuan

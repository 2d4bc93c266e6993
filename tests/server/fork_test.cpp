// A server that shows two logs, both signed with its key: caught by a witness, by a kiosk at work, by a kiosk started
// again, and told by the server itself. Two real servers with the same keys and different ledgers, over TLS on this
// machine; and what is refused when cosignatures come.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <thread>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/kiosk.h"
#include "crypto/log/merkle.h"
#include "kiosk/core/folder.h"
#include "kiosk/core/watch.h"
#include "server/http/gatherer.h"
#include "server/http/server.h"
#include "server/identity/identity.h"
#include "server/witness/listener.h"
#include "tally/election/witnesses.h"
#include "tests/support/congress_kit.h"
#include "tests/support/wait.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

using kit::wait_until;

// One of the logs that are shown.
struct Side {
  std::unique_ptr<service::Service> service;
  std::unique_ptr<http::Server> server;
  std::thread thread;
  void hide() {
    if (!thread.joinable()) return;
    server->stop();
    thread.join();
    server.reset();
  }
  ~Side() {
    hide();
    if (service) service->stop();
  }
};

// A witness on a laptop.
struct Laptop {
  std::unique_ptr<witness::Witness> witness;
  std::unique_ptr<witness::Listener> listener;
  std::thread thread;
  Laptop(const fs::path& folder, primitives::SigningKey key, const log::NoteKey& log) {
    fs::create_directories(folder);
    witness = witness::Witness::open(folder, "witness.example/w", std::move(key), log).value();
    listener = witness::Listener::open(*witness, "127.0.0.1:0", [](const Error&) {}).value();
    thread = std::thread([this] { listener->run(); });
  }
  ~Laptop() {
    listener->stop();
    thread.join();
  }
  std::string address() const { return "witness.example/w=http://" + listener->address(); }
};

class ForkTest : public testing::Test {
 protected:
  ForkTest() : kit({12, 2, 3, 2, false}) {
    std::string pattern = (fs::temp_directory_path() / "tuixuan-fork-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    const auto identity = identity::make_identity(files(), kit.scheme.log.origin).value();
    kit.log_key = identity.log_key.copy();
    kit.scheme.log.key = kit.log_key.verify_key().bytes;
    kit.scheme.server_pin = identity.pin;
    pin = identity.pin;
    kit.scheme.witnesses = {
        log::format_vkey({"witness.example/w", log::KeyType::kCosignature, laptop_key.verify_key()})};
    kit.keeps_history = true;
    kit.found();
    kit.ceremony();
    kit.slips();
    kit.attendance();
    kit.open();
    common = kit.log.size();
    kit.vote(2);
    one = kit.log;
    kit.rewind(common);
    kit.vote(2);
    other = kit.log;
  }
  ~ForkTest() override { fs::remove_all(folder); }
  identity::IdentityFiles files() const { return {folder / "server"}; }
  log::NoteKey vkey() const { return {kit.scheme.log.origin, log::KeyType::kEd25519, kit.log_key.verify_key()}; }

  static std::string append(service::Service& service, Bytes entry) {
    std::promise<Result<std::string>> answer;
    service.submit(std::move(entry), [&](Result<std::string> r) { answer.set_value(std::move(r)); });
    const auto taken = answer.get_future().get();
    return taken ? "taken" : taken.error().text();
  }
  // A ledger with these entries, on the disk and replayed; not shown yet.
  void make(Side& side, const std::string& name, const std::vector<Bytes>& log,
            service::CosignTimes times = {std::chrono::milliseconds(500), std::chrono::seconds(60)}) {
    fs::create_directories(folder / name);
    service::Settings settings{folder / name / "log.ledger", kit.scheme.log.origin, {}, 2};
    settings.anchor.organiser = kit.organiser.verify_key();
    settings.cosign_times = times;
    auto started = service::Service::start(std::move(settings), kit.log_key.copy(), true);
    ASSERT_TRUE(started) << started.error().text();
    side.service = std::move(*started);
    for (const auto& [hash, bytes] : kit.objects.items()) ASSERT_TRUE(side.service->put_object(hash, bytes));
    for (const Bytes& entry : log) ASSERT_EQ(append(*side.service, entry), "taken");
  }
  void show(Side& side) {
    auto server = http::Server::open(*side.service, address, files().tls_certificate(), files().tls_key());
    ASSERT_TRUE(server) << server.error().text();
    side.server = std::move(*server);
    address = side.server->address();
    side.thread = std::thread([&side] { side.server->run(); });
  }
  client::CongressCard card() const {
    return {"https://" + address, pin.bytes, log::format_vkey(vkey()), kit.organiser.verify_key().bytes};
  }
  client::Client client() const {
    return client::Client(client::Address::parse("https://" + address).value(), pin, vkey());
  }
  fs::path kiosk_folder(std::size_t k) const { return folder / kit.kiosks[k].id.name; }
  std::unique_ptr<kiosk::Watch> kiosk(std::size_t k) {
    fs::create_directories(kiosk_folder(k));
    auto congress = client::Congress::join(card(), std::chrono::seconds(0), 1).value();
    auto witness =
        kiosk::LogWitness::open(kiosk_folder(k), kit.kiosks[k].id, kit.kiosks[k].signing.copy(), vkey()).value();
    auto& journal = journals[k];
    journal.reset();  // of the kiosk as it was started before
    journal = std::make_unique<kiosk::Journal>(
        kiosk::Journal::open((kiosk_folder(k) / "journal.db").string(), kit.kiosks[k].id).value());
    return std::make_unique<kiosk::Watch>(
        kit.kiosks[k].id, std::move(congress), std::move(witness),
        std::make_unique<kiosk::LogCopy>(kiosk_folder(k), vkey()),
        kiosk::Standing(kit.kiosks[k].id, kit.kiosks[k].signing.verify_key(), *journal), *journal,
        std::chrono::milliseconds(100));
  }
  std::vector<std::string> who_cosigned(const std::string& note) const {
    std::vector<std::string> out;
    const auto known = election::witnesses_of(kit.scheme);
    const auto cosigned = log::cosignatures(log::parse_note(note).value(), known).value();
    for (const log::Cosignature& c : cosigned) out.push_back(c.witness.name);
    return out;
  }
  log::JudgedFork evidence(const fs::path& file) const {
    std::ifstream in(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    return log::judge_fork(log::parse_fork(text).value(), vkey()).value();
  }
  std::string get(const std::string& target) const {
    auto c = client();
    const auto got = c.get(target, 1U << 20U);
    return got ? std::string(as_text(*got)) : got.error().text();
  }

  kit::Congress kit;
  fs::path folder;
  std::map<std::size_t, std::unique_ptr<kiosk::Journal>> journals;
  Sha256 pin;
  std::string address = "127.0.0.1:0";
  primitives::SigningKey laptop_key = primitives::SigningKey::random();
  std::size_t common = 0;
  std::vector<Bytes> one;
  std::vector<Bytes> other;
};

TEST_F(ForkTest, AWitnessAndTheKiosksMakeTheQuorum) {
  Side a;
  make(a, "a", one);
  show(a);
  const Laptop laptop(folder / "w", laptop_key.copy(), vkey());
  EXPECT_THAT(get("/v1/witnessed"), HasSubstr("server.unknown"));
  const auto gatherer = http::Gatherer::open(*a.service, {laptop.address()}).value();
  const auto k1 = kiosk(0);
  EXPECT_TRUE(wait_until([&] { return a.service->cosigners().witnessed().size == one.size(); }));
  const auto k2 = kiosk(1);
  EXPECT_TRUE(wait_until([&] { return who_cosigned(*a.service->cosigners().checkpoint()).size() == 3; }));
  const auto w = a.service->cosigners().witnessed();
  EXPECT_EQ(w.witnesses, 3U);
  EXPECT_EQ(w.needed, 2U);
  EXPECT_FALSE(w.late);
  const std::string id = kit.scheme.congress.id;
  EXPECT_THAT(
      who_cosigned(get("/checkpoint")),
      testing::ElementsAre("witness.example/w", id + "/" + kit.kiosks[0].id.name, id + "/" + kit.kiosks[1].id.name));
  EXPECT_GE(who_cosigned(get("/v1/witnessed")).size(), 2U);
  // The same digits for everybody.
  const std::string digits = k1->picture()->fingerprint;
  EXPECT_EQ(log::fingerprint(*laptop.witness->standing().held), digits);
  EXPECT_TRUE(wait_until([&] { return get("/log/0.html").find("witness.example/w") != std::string::npos; }));
  EXPECT_THAT(get("/log/0.html"), HasSubstr(digits));
  EXPECT_THAT(get("/en/log/0.html"), HasSubstr("cosigned by 3"));
  EXPECT_THAT(get("/v1/health"), HasSubstr(R"("late":false)"));
  // It is all there after a restart.
  a.hide();
  a.service->stop();
  a.service.reset();
  service::Settings settings{folder / "a" / "log.ledger", kit.scheme.log.origin, {}, 2};
  a.service = service::Service::start(std::move(settings), kit.log_key.copy(), false).value();
  EXPECT_EQ(who_cosigned(*a.service->cosigners().checkpoint()).size(), 3U);
  EXPECT_EQ(a.service->cosigners().witnessed().size, one.size());
}

TEST_F(ForkTest, AWitnessRefusesTheOtherLog) {
  const Laptop laptop(folder / "w", laptop_key.copy(), vkey());
  Side a;
  make(a, "a", one);
  const auto gatherer = http::Gatherer::open(*a.service, {laptop.address()}).value();
  ASSERT_TRUE(wait_until([&] { return laptop.witness->standing().held.has_value(); }));
  Side b;
  make(b, "b", other);
  const auto second = http::Gatherer::open(*b.service, {laptop.address()}).value();
  ASSERT_TRUE(wait_until([&] { return !b.service->cosigners().witnessed().refusals.empty(); }));
  EXPECT_THAT(b.service->cosigners().witnessed().refusals.at("witness.example/w"), HasSubstr("422"));
  ASSERT_EQ(laptop.witness->standing().alarms.size(), 1U);
  EXPECT_TRUE(evidence(folder / "w" / "alarm-1.txt").proven);
  EXPECT_TRUE(who_cosigned(*b.service->cosigners().checkpoint()).empty());
}

TEST_F(ForkTest, AWitnessKnowsALogThatWasSetBack) {
  const Laptop laptop(folder / "w", laptop_key.copy(), vkey());
  {
    Side a;
    make(a, "a", one);
    const auto gatherer = http::Gatherer::open(*a.service, {laptop.address()}).value();
    ASSERT_TRUE(wait_until([&] { return laptop.witness->standing().held.has_value(); }));
  }
  Side b;
  make(b, "b", {one.begin(), one.end() - 1});
  const auto second = http::Gatherer::open(*b.service, {laptop.address()}).value();
  ASSERT_TRUE(wait_until([&] { return !b.service->cosigners().witnessed().refusals.empty(); }));
  EXPECT_THAT(b.service->cosigners().witnessed().refusals.at("witness.example/w"), HasSubstr("log.rollback"));
}

TEST_F(ForkTest, AKioskAtWorkIsShownTheOtherLog) {
  Side a;
  make(a, "a", one);
  show(a);
  const auto k1 = kiosk(0);
  ASSERT_TRUE(wait_until([&] { return who_cosigned(*a.service->cosigners().checkpoint()).size() == 1; }));
  EXPECT_FALSE(k1->picture()->trouble);
  Side b;
  make(b, "b", other);
  a.hide();
  show(b);
  // Its entries stay as they are, so the other log is noticed when it grows, or when it is to be cosigned.
  ASSERT_TRUE(wait_until([&] { return k1->picture()->trouble.has_value(); }));
  EXPECT_EQ(k1->picture()->trouble->check, code::log::fork);
  EXPECT_TRUE(evidence(kiosk_folder(0) / "alarm-1.txt").proven);
  // The kiosk has handed over what it cosigned: the server must say itself that there is another log.
  ASSERT_TRUE(wait_until([&] { return !b.service->cosigners().witnessed().alarms.empty(); }));
  EXPECT_TRUE(evidence(folder / "b" / "alarm-1.txt").proven);
  EXPECT_THAT(get("/v1/evidence/alarm-1.txt"), HasSubstr("tuixuan-fork/1"));
  EXPECT_THAT(get("/v1/evidence/../server/log.key"), HasSubstr("server.unknown"));
  EXPECT_TRUE(wait_until([&] { return get("/").find("v1/evidence/alarm-1.txt") != std::string::npos; }));
}

TEST_F(ForkTest, AKioskStartedAgainRemembersWhatItCosigned) {
  Side a;
  make(a, "a", one);
  show(a);
  {
    const auto k1 = kiosk(0);
    ASSERT_TRUE(wait_until([&] { return who_cosigned(*a.service->cosigners().checkpoint()).size() == 1; }));
  }
  a.hide();
  Side shorter;
  make(shorter, "b", {one.begin(), one.end() - 1});
  show(shorter);
  {
    const auto k1 = kiosk(0);
    ASSERT_TRUE(wait_until([&] { return k1->picture()->trouble.has_value(); }));
    EXPECT_EQ(k1->picture()->trouble->check, code::log::rollback);
    EXPECT_EQ(shorter.service->cosigners().witnessed().alarms.size(), 1U);
    EXPECT_FALSE(evidence(kiosk_folder(0) / "alarm-1.txt").proven) << "of two sizes: the record must tell";
  }
  shorter.hide();
  Side b;
  make(b, "c", other);
  show(b);
  const auto k1 = kiosk(0);
  ASSERT_TRUE(wait_until([&] { return k1->picture()->trouble.has_value(); }));
  EXPECT_EQ(k1->picture()->trouble->check, code::log::fork);
}

// It shows one log and asks to cosign another: nothing is signed.
TEST_F(ForkTest, AKioskCosignsOnlyWhatItFollowed) {
  Side a;
  make(a, "a", one);
  show(a);
  const auto congress = client::Congress::join(card(), std::chrono::seconds(0), 2).value();
  ASSERT_TRUE(congress->sync());
  a.hide();
  Side b;
  make(b, "b", other);
  show(b);
  fs::create_directories(kiosk_folder(0));
  auto witness =
      kiosk::LogWitness::open(kiosk_folder(0).string(), kit.kiosks[0].id, kit.kiosks[0].signing.copy(), vkey()).value();
  ASSERT_TRUE(wait_until([&] { return b.service->cosigners().round() == b.service->ledger().latest_checkpoint(); }));
  const auto refused = witness.cosign(*congress);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().check, code::log::fork);
  EXPECT_FALSE(witness.held());
  EXPECT_TRUE(who_cosigned(*b.service->cosigners().checkpoint()).empty());
}

// What it has verified it does not verify again, as long as its copy of the log holds all of that.
TEST_F(ForkTest, AKioskStartedAgainVerifiesOnlyWhatIsNew) {
  Side a;
  make(a, "a", one);
  show(a);
  fs::create_directories(kiosk_folder(0));
  const auto follow = [&](bool with_copy) {
    auto congress = client::Congress::join(card(), std::chrono::seconds(0), 1).value();
    kiosk::LogCopy copy(kiosk_folder(0), vkey());
    if (with_copy) congress->keep_in(&copy);
    kiosk::go_on_from_verified(*congress, kiosk_folder(0), 0);
    const auto synced = congress->sync();
    EXPECT_TRUE(synced) << synced.error().text();
    EXPECT_EQ(congress->state().tree.size(), one.size());
    return congress->verified_before();
  };
  EXPECT_EQ(follow(true), 0U);
  EXPECT_EQ(follow(true), one.size());
  EXPECT_EQ(kiosk::read_log_copy(kiosk::log_copy_folder(kiosk_folder(0), vkey())).value().entries, one);
  fs::remove(kiosk::log_copy_folder(kiosk_folder(0), vkey()) / "entries");
  EXPECT_EQ(follow(true), 0U) << "the copy is made whole again";
  EXPECT_EQ(kiosk::read_log_copy(kiosk::log_copy_folder(kiosk_folder(0), vkey())).value().entries, one);
  EXPECT_EQ(follow(true), one.size());
  EXPECT_EQ(follow(false), one.size()) << "who keeps no copy needs none";
}

TEST_F(ForkTest, AKioskDoesNotForgetByADamagedFile) {
  Side a;
  make(a, "a", one);
  show(a);
  {
    const auto k1 = kiosk(0);
    ASSERT_TRUE(wait_until([&] { return who_cosigned(*a.service->cosigners().checkpoint()).size() == 1; }));
  }
  for (const auto& file : fs::directory_iterator(kiosk_folder(0)))
    if (file.path().extension() == ".checkpoint") std::ofstream(file.path(), std::ios::trunc) << "nothing\n";
  const auto opened =
      kiosk::LogWitness::open(kiosk_folder(0).string(), kit.kiosks[0].id, kit.kiosks[0].signing.copy(), vkey());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().check, code::kiosk::witness);
}

TEST_F(ForkTest, OnlyGoodCosignaturesOfThisLogAreTaken) {
  Side a;
  make(a, "a", one);
  show(a);
  auto c = client();
  const auto check = [&](const std::string& note) {
    const auto taken = c.cosign(note);
    return taken ? "taken" : std::string(name_of(taken.error().check));
  };
  const std::string note = *a.service->ledger().latest_checkpoint();
  const std::string text = log::parse_note(note).value().text;
  const std::string name = election::kiosk_witness_name(kit.scheme.congress.id, kit.kiosks[0].id);
  const auto& key = kit.kiosks[0].signing;
  const auto line = [&](std::string_view of, const std::string& who, const primitives::SigningKey& with) {
    return log::format_signature_line(log::cosign(of, 1'790'000'000, who, with));
  };
  EXPECT_EQ(check("nothing"), "witness.form");
  EXPECT_EQ(check(note), "witness.unknown");
  EXPECT_EQ(check(note + line(text, "somebody", laptop_key)), "witness.unknown");
  EXPECT_EQ(check(note + line(text, name, laptop_key)), "witness.unknown") << "another key is another witness";
  EXPECT_EQ(check(note + line(text + "x", name, key)), "witness.cosignature");
  EXPECT_EQ(check(log::format_note({text, {log::cosign(text, 1, name, key)}})), "witness.signature");
  const auto forged = log::sign_checkpoint(log::parse_checkpoint(text).value(), primitives::SigningKey::random());
  EXPECT_EQ(check(forged + line(text, name, key)), "witness.signature");
  EXPECT_EQ(c.get("/v1/cosign", 4096).value(), to_bytes(note));
  EXPECT_TRUE(a.service->cosigners().witnessed().alarms.empty());
  EXPECT_EQ(check(note + line(text, name, key)), "taken");
  EXPECT_EQ(check(note + line(text, name, key)), "taken") << "again is no error";
  EXPECT_EQ(who_cosigned(get("/checkpoint")), std::vector{name});
  EXPECT_EQ(check(log::sign_checkpoint({vkey().name, 0, log::empty_root()}, kit.log_key)), "witness.size");
  const log::Checkpoint longer{vkey().name, one.size() + 1, log::parse_checkpoint(text)->root};
  EXPECT_EQ(check(log::sign_checkpoint(longer, kit.log_key)), "log.rollback");
  EXPECT_EQ(a.service->cosigners().witnessed().alarms.size(), 1U);
}

TEST_F(ForkTest, WithoutWitnessesItIsSaidAndVotingGoesOn) {
  Side a;
  make(a, "a", {one.begin(), one.begin() + static_cast<std::ptrdiff_t>(common)},
       {std::chrono::milliseconds(100), std::chrono::milliseconds(400)});
  show(a);
  // Nobody listens there.
  const auto gatherer = http::Gatherer::open(*a.service, {"witness.example/w=http://127.0.0.1:1"}).value();
  ASSERT_TRUE(wait_until([&] { return a.service->cosigners().witnessed().late; }));
  for (std::size_t i = common; i < one.size(); ++i) EXPECT_EQ(append(*a.service, one[i]), "taken");
  EXPECT_THAT(get("/v1/health"), HasSubstr(R"("late":true)"));
  EXPECT_TRUE(wait_until([&] {
    return get("/").find("没有得到足够的见证") != std::string::npos ||
           get("/").find("还没有得到足够的见证") != std::string::npos;
  }));
  const auto k1 = kiosk(0);
  const auto k2 = kiosk(1);
  EXPECT_TRUE(wait_until([&] { return !a.service->cosigners().witnessed().late; }));
  EXPECT_TRUE(wait_until([&] { return get("/").find("足够的见证") == std::string::npos; }));
}

TEST_F(ForkTest, AKioskCosignsNothingThatItCannotKeep) {
  Side a;
  make(a, "a", one);
  show(a);
  fs::create_directories(kiosk_folder(0));
  auto congress = client::Congress::join(card(), std::chrono::seconds(0), 1).value();
  auto witness =
      kiosk::LogWitness::open(kiosk_folder(0), kit.kiosks[0].id, kit.kiosks[0].signing.copy(), vkey()).value();
  ASSERT_TRUE(congress->sync());
  ASSERT_TRUE(wait_until([&] { return a.service->cosigners().round() == a.service->ledger().latest_checkpoint(); }));
  fs::rename(kiosk_folder(0), folder / "gone");
  const auto refused = witness.cosign(*congress);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().check, code::kiosk::witness);
  EXPECT_TRUE(who_cosigned(*a.service->cosigners().checkpoint()).empty());
  fs::rename(folder / "gone", kiosk_folder(0));
  EXPECT_EQ(witness.cosign(*congress).value(), one.size());
  EXPECT_EQ(who_cosigned(*a.service->cosigners().checkpoint()).size(), 1U);
  for (const auto& file : fs::directory_iterator(kiosk_folder(0))) {
    if (!file.path().filename().string().starts_with("seen-")) continue;
    fs::remove(file.path());
    fs::create_symlink("nowhere", file.path());
    break;
  }
  EXPECT_FALSE(kiosk::LogWitness::open(kiosk_folder(0), kit.kiosks[0].id, kit.kiosks[0].signing.copy(), vkey()))
      << "what it cosigned cannot be read: it has not forgotten it";
}

// A kiosk signs entries and cosignatures with one key: neither is ever the other.
TEST(Cosignature, IsNeverWhatAKioskSignsOtherwise) {
  const std::string shortest = log::cosignature_message(0, log::format_checkpoint({"x", 0, log::empty_root()}));
  EXPECT_GT(shortest.size(), Hash64{}.bytes.size()) << "everything else is signed as the 64 bytes of a hash";
}

}  // namespace
}  // namespace tuixuan

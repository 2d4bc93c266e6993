// A trustee's device: its secrets are sealed and come back, and what it refuses whoever asks.
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "crypto/codes/base.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/client.h"
#include "tally/election/thread_bodies.h"
#include "tally/trustee/device.h"
#include "tests/support/congress_kit.h"

namespace tuixuan::trustee {
namespace {

namespace fs = std::filesystem;

class TrusteeTest : public testing::Test {
 protected:
  TrusteeTest() {
    std::string pattern = (fs::temp_directory_path() / "tuixuan-trustee-XXXXXX").string();
    folder = fs::path(::mkdtemp(pattern.data())) / "T1";
    key = Device::create(folder, passphrase().reveal(), primitives::kSealLight).value();
  }
  ~TrusteeTest() override { fs::remove_all(folder.parent_path()); }
  static primitives::SecretBuffer passphrase(const char* text = "a long passphrase") {
    return primitives::SecretBuffer(as_bytes(text));
  }
  Device open() { return Device::open(folder, passphrase()).value(); }

  fs::path folder;
  primitives::VerifyKey key;
};

TEST_F(TrusteeTest, IsReadBackUnderItsPassphraseOnly) {
  EXPECT_EQ(open().key().verify_key(), key);
  EXPECT_EQ(Device::open(folder, passphrase("another passphrase")).error().check, code::seal::open);
  EXPECT_EQ(Device::open(folder / "nowhere", passphrase()).error().check, code::key::file);
  EXPECT_FALSE(Device::create(folder, passphrase("another passphrase").reveal(), primitives::kSealLight))
      << "never over another trustee's";
  fs::remove(folder / "trustee.pub");
  EXPECT_EQ(Device::create(folder, passphrase().reveal(), primitives::kSealLight), key)
      << "who was not told the key asks again";
  EXPECT_TRUE(fs::exists(folder / "trustee.pub"));
}

TEST_F(TrusteeTest, SealsEverythingAsItsKeyIsSealed) {
  ASSERT_TRUE(open().ceremony_secret(0, 2));
  for (const char* file : {"trustee.key", "ceremony-0.sealed"})
    EXPECT_EQ(client::strength_of_file((folder / file).string())->memory, primitives::kSealLight.memory) << file;
}

TEST_F(TrusteeTest, RemembersTheLogItActedFor) {
  const log::Checkpoint first{"village.example/log", 7, Sha256{ByteArray<32>{1}}};
  const log::Checkpoint second{"village.example/log", 9, Sha256{ByteArray<32>{2}}};
  EXPECT_EQ(open().seen("village.example/log").value(), std::nullopt);
  for (const log::Checkpoint& c : {first, second}) {
    ASSERT_TRUE(open().remember(c));
    EXPECT_EQ(open().seen("village.example/log").value(), c);
  }
  EXPECT_EQ(open().seen("other.example/log").error().check, code::trustee::folder);
  std::ofstream(folder / "seen.checkpoint", std::ios::trunc) << "village.example/log\n9\n";
  EXPECT_EQ(open().seen("village.example/log").error().check, code::trustee::folder);
}

// A disk that does not answer makes it forget nothing: neither the log it acted for, nor its secrets.
TEST_F(TrusteeTest, WhatCannotBeReadIsNotTakenForGone) {
  for (const char* file : {"seen.checkpoint", "ceremony-0.sealed", "share.sealed"})
    fs::create_symlink("nowhere", folder / file);
  EXPECT_EQ(open().seen("village.example/log").error().check, code::trustee::folder);
  EXPECT_FALSE(open().ceremony_secret(0, 2));
  EXPECT_FALSE(open().keep_share(primitives::SecretScalar::random()));
}

TEST_F(TrusteeTest, ADamagedFileIsRefused) {
  std::string bytes;
  {
    std::ifstream in(folder / "trustee.key", std::ios::binary);
    bytes.assign((std::istreambuf_iterator<char>(in)), {});
  }
  for (const std::size_t at : {std::size_t{0}, std::size_t{9}, bytes.size() - 1}) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    std::ofstream(folder / "trustee.key", std::ios::binary | std::ios::trunc) << changed;
    EXPECT_FALSE(Device::open(folder, passphrase())) << at;
  }
}

TEST_F(TrusteeTest, CeremonySecretsAreTheSameAfterAPowerCut) {
  const Bytes first = to_bytes(open().ceremony_secret(1, 2).value().encode().reveal());
  EXPECT_EQ(to_bytes(open().ceremony_secret(1, 2).value().encode().reveal()), first);
  EXPECT_NE(to_bytes(open().ceremony_secret(2, 2).value().encode().reveal()), first);
  EXPECT_EQ(open().share().error().check, code::trustee::share);
  const auto x = primitives::SecretScalar::random();
  Device device = open();
  ASSERT_TRUE(device.keep_share(x));
  EXPECT_TRUE(device.keep_share(x));
  EXPECT_FALSE(device.keep_share(primitives::SecretScalar::random()));
  EXPECT_EQ(open().share().value().reveal(), x.reveal());
}

TEST_F(TrusteeTest, NoSecretLiesOpen) {
  Device device = open();
  const auto x = primitives::SecretScalar::random();
  ASSERT_TRUE(device.keep_share(x));
  const auto secret = device.ceremony_secret(1, 2).value().encode();
  const auto seed = device.key().seed();
  for (const auto& f : fs::directory_iterator(folder)) {
    std::ifstream in(f.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    for (const ByteView hidden : {ByteView(x.reveal()), secret.reveal().first(32), ByteView(seed.reveal())})
      EXPECT_EQ(bytes.find(as_text(hidden)), std::string::npos) << f.path();
    EXPECT_EQ(f.status().permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
  }
}

class Asked : public TrusteeTest {
 protected:
  Asked() : kit({12, 1, 3, 2, false}) {
    kit.found();
    kit.ceremony();
    kit.slips();
    kit.attendance();
    kit.open();
  }
  void tally(std::size_t ballots) {
    kit.vote(ballots);
    kit.close();
    kit.mix();
  }
  std::string ask(Device& device, const election::ContestState& contest) {
    const auto allowed = device.allow_decryption(kit.fold.state(), kit.stage(), contest);
    return allowed ? "allowed" : std::string(name_of(allowed.error().check));
  }
  kit::Congress kit;
};

TEST_F(Asked, OneListOfAContestAndNoOther) {
  tally(6);
  Device device = open();
  const election::ContestState& contest = kit.stage().contests[0];
  EXPECT_EQ(ask(device, contest), "allowed");
  EXPECT_EQ(ask(device, contest), "allowed") << "the same again, after a power cut";
  election::ContestState other = contest;
  std::swap(other.list[0], other.list[1]);
  EXPECT_EQ(ask(device, other), "trustee.second");
  Device later = open();
  EXPECT_EQ(ask(later, other), "trustee.second") << "remembered on the disk";
}

TEST_F(Asked, NothingWhereItsOwnListCannotBeRead) {
  tally(6);
  Device device = open();
  fs::create_symlink(folder / "elsewhere", folder / "decrypted.txt");
  EXPECT_EQ(ask(device, kit.stage().contests[0]), "trustee.folder");
  EXPECT_FALSE(fs::exists(folder / "elsewhere"));
}

TEST_F(Asked, NothingUnmixed) {
  tally(6);
  Device device = open();
  election::ContestState contest = kit.stage().contests[0];
  contest.mixers.pop_back();
  EXPECT_EQ(ask(device, contest), "trustee.unmixed");
  EXPECT_EQ(ask(device, kit.stage().contests[0]), "allowed") << "a refusal is not held against the right list";
}

TEST_F(Asked, NoListSoShortThatItTellsWhoVotedWhat) {
  tally(6);
  Device device = open();
  election::ContestState contest = kit.stage().contests[0];
  contest.list.resize(4);  // the scheme asks for five
  EXPECT_EQ(ask(device, contest), "trustee.few");
}

TEST_F(Asked, AShortListOnlyByDecisionOfTheSupervisors) {
  kit.vote(4);
  kit.close();
  const election::ReasonBody why{kit.stage_id, "本支部只有 4 人到会"};
  kit.append(kit.entry(election::Kind::small_group, why.encode(), {&kit.supervisors[0], &kit.supervisors[1]}));
  kit.mix();
  Device device = open();
  EXPECT_EQ(ask(device, kit.stage().contests[0]), "allowed");
}

TEST_F(Asked, AStrangersKeyIsToldSo) { EXPECT_EQ(open().index_in(kit.scheme).error().check, code::trustee::identity); }

}  // namespace
}  // namespace tuixuan::trustee

// The witness: what it answers, what it has on the disk before it answers, and what it does about a second log.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/server.h"
#include "crypto/primitives/base64.h"
#include "crypto/primitives/hash.h"
#include "server/witness/listener.h"
#include "server/witness/page.h"
#include "tally/client/https.h"

namespace tuixuan::witness {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr std::uint64_t kNow = 1'790'000'000;

class WitnessTest : public testing::Test {
 protected:
  WitnessTest() {
    std::string pattern = (fs::temp_directory_path() / "tuixuan-witness-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    open();
    for (int i = 0; i < 12; ++i) {
      tree_.append(log::leaf_hash(as_bytes("entry " + std::to_string(i))));
      other_.append(log::leaf_hash(as_bytes((i < 5 ? "entry " : "another ") + std::to_string(i))));
    }
  }
  ~WitnessTest() override {
    witness_.reset();
    fs::remove_all(folder_);
  }
  log::NoteKey log_vkey() const { return {origin_, log::KeyType::kEd25519, log_key_.verify_key()}; }
  void open() {
    witness_.reset();
    auto opened = Witness::open(folder_, "witness.example/w", key_.copy(), log_vkey());
    ASSERT_TRUE(opened) << opened.error().text();
    witness_ = std::move(*opened);
  }
  std::string note(const log::Tree& tree, std::uint64_t size) const {
    return log::sign_checkpoint({origin_, size, tree.root_at(size)}, log_key_);
  }
  std::string request(const log::Tree& tree, std::uint64_t old, std::uint64_t size) const {
    return log::format_add_checkpoint({old, tree.consistency_proof(old, size).value(), note(tree, size)});
  }
  Answer post(const std::string& body) { return answer(*witness_, "POST", "/add-checkpoint", body, kNow); }
  Answer get(const std::string& target) { return answer(*witness_, "GET", target, "", kNow); }

  fs::path folder_;
  const std::string origin_ = "log.example/1";
  primitives::SigningKey log_key_ = primitives::SigningKey::random();
  primitives::SigningKey key_ = primitives::SigningKey::random();
  std::unique_ptr<Witness> witness_;
  log::Tree tree_;
  log::Tree other_;  // parts from tree_ at entry 5
};

TEST_F(WitnessTest, CosignsWhatContinues) {
  const Answer first = post(request(tree_, 0, 3));
  ASSERT_EQ(first.status, 200U) << first.body;
  const std::string cosigned = log::add_cosignatures(note(tree_, 3), first.body, witness_->vkey()).value();
  const log::NoteKey known = witness_->vkey();
  EXPECT_EQ(log::cosignatures(log::parse_note(cosigned).value(), std::span(&known, 1)).value().at(0).seconds, kNow);
  EXPECT_EQ(post(request(tree_, 3, 8)).status, 200U);
  EXPECT_EQ(post(request(tree_, 8, 8)).status, 200U) << "the same again, with a new time";
  EXPECT_EQ(witness_->standing().held->size, 8U);
}

TEST_F(WitnessTest, AnswersAsTheSpecificationSays) {
  ASSERT_EQ(post(request(tree_, 0, 6)).status, 200U);
  const auto changed = [&](std::uint64_t old, log::Hashes proof, std::string shown) {
    return log::format_add_checkpoint({old, std::move(proof), std::move(shown)});
  };
  const log::Hashes proof = tree_.consistency_proof(6, 9).value();
  EXPECT_EQ(post("").status, 400U);
  EXPECT_EQ(post("old 6\n\nno checkpoint\n").status, 400U);
  EXPECT_EQ(post("old 06\n" + request(tree_, 6, 9).substr(6)).status, 400U);
  EXPECT_EQ(post(request(tree_, 6, 9) + std::string(20000, 'x')).status, 400U);
  EXPECT_EQ(post(changed(7, {}, note(tree_, 6))).status, 400U) << "old is beyond size";
  const std::string stranger = log::sign_checkpoint({"other.example", 9, tree_.root_at(9)}, log_key_);
  EXPECT_EQ(post(changed(6, proof, stranger)).status, 404U);
  const std::string forged = log::sign_checkpoint({origin_, 9, tree_.root_at(9)}, primitives::SigningKey::random());
  EXPECT_EQ(post(changed(6, proof, forged)).status, 403U);
  const Answer conflict = post(request(tree_, 5, 9));
  EXPECT_EQ(conflict.status, 409U);
  EXPECT_EQ(conflict.type, "text/x.tlog.size");
  EXPECT_EQ(conflict.body, "6\n");
  EXPECT_EQ(post(changed(6, {}, note(tree_, 9))).status, 422U) << "no proof";
  EXPECT_EQ(post(changed(6, proof, note(other_, 9))).status, 422U) << "the proof of another log";
  EXPECT_EQ(post(changed(6, {}, note(other_, 6))).status, 422U) << "one size, two roots";
  EXPECT_EQ(witness_->add(changed(6, {}, note(other_, 6)), kNow).error().check, code::witness::fork);
  EXPECT_EQ(witness_->standing().held->size, 6U);
  EXPECT_EQ(answer(*witness_, "GET", "/add-checkpoint", "", kNow).status, 405U);
  EXPECT_EQ(answer(*witness_, "PUT", "/", "", kNow).status, 405U);
  EXPECT_EQ(get("/../witness.key").status, 404U);
}

TEST_F(WitnessTest, ANewOneBeginsWithTheEmptyLog) {
  EXPECT_EQ(post(request(tree_, 3, 8)).body, "0\n");
  EXPECT_EQ(post(log::format_add_checkpoint({0, tree_.consistency_proof(3, 8).value(), note(tree_, 8)})).status, 422U)
      << "a proof from nothing is empty";
  const std::string text = origin_ + "\n0\n" + primitives::to_base64(tree_.root_at(1).view()) + "\n";
  const std::string odd = log::format_note({text, {log::sign_note(text, origin_, log_key_)}});
  EXPECT_EQ(post("old 0\n\n" + odd).status, 422U) << "an empty log with a root of something";
  EXPECT_TRUE(witness_->standing().alarms.empty());
  EXPECT_FALSE(witness_->standing().held);
}

TEST_F(WitnessTest, HasANameThatCanBeSigned) {
  fs::create_directories(folder_ / "other");
  for (const char* name : {"", "two words", "plus+sign"})
    EXPECT_EQ(Witness::open(folder_ / "other", name, key_.copy(), log_vkey()).error().check, code::witness::folder)
        << name;
}

TEST_F(WitnessTest, HoldsItAfterARestart) {
  ASSERT_EQ(post(request(tree_, 0, 8)).status, 200U);
  open();
  EXPECT_EQ(post(request(tree_, 0, 3)).body, "8\n") << "a log that was set back";
  EXPECT_EQ(post(request(tree_, 8, 9)).status, 200U);
  EXPECT_FALSE(Witness::open(folder_, "witness.example/w", key_.copy(), log_vkey())) << "two of one folder";
  witness_.reset();
  EXPECT_FALSE(Witness::open(folder_, "witness.example/w", primitives::SigningKey::random(), log_vkey()));
  EXPECT_FALSE(Witness::open(folder_, "witness.example/w", key_.copy(),
                             {"other.example", log::KeyType::kEd25519, log_key_.verify_key()}));
}

TEST_F(WitnessTest, WhatItCannotReadItHasNotForgotten) {
  ASSERT_EQ(post(request(tree_, 0, 8)).status, 200U);
  witness_.reset();
  fs::rename(folder_ / "cosigned.checkpoint", folder_ / "kept");
  fs::create_symlink("nowhere", folder_ / "cosigned.checkpoint");
  const auto refused = Witness::open(folder_, "witness.example/w", key_.copy(), log_vkey());
  ASSERT_FALSE(refused) << "it would cosign any log";
  EXPECT_EQ(refused.error().check, code::witness::folder);
  fs::rename(folder_ / "kept", folder_ / "cosigned.checkpoint");
  open();
  EXPECT_EQ(witness_->standing().held->size, 8U);
}

TEST_F(WitnessTest, WithoutADiskItCosignsNothing) {
  ASSERT_EQ(post(request(tree_, 0, 3)).status, 200U);
  fs::create_directory(folder_ / "cosigned.checkpoint.part");
  EXPECT_EQ(post(request(tree_, 3, 8)).status, 500U);
  EXPECT_EQ(witness_->standing().held->size, 3U);
  fs::remove(folder_ / "cosigned.checkpoint.part");
  EXPECT_EQ(post(request(tree_, 3, 8)).status, 200U);
}

TEST_F(WitnessTest, TwoRootsOfOneSizeAreProof) {
  ASSERT_EQ(post(request(tree_, 0, 8)).status, 200U);
  const std::string second = log::format_add_checkpoint({8, {}, note(other_, 8)});
  EXPECT_EQ(post(second).status, 422U);
  EXPECT_EQ(post(second).status, 422U);
  ASSERT_EQ(witness_->standing().alarms.size(), 1U) << "one alarm for one checkpoint";
  const Answer evidence = get("/alarm-1.txt");
  ASSERT_EQ(evidence.status, 200U);
  const log::Fork fork = log::parse_fork(evidence.body).value();
  EXPECT_TRUE(log::judge_fork(fork, log_vkey()).value().proven);
  const auto of_stranger = log::judge_fork(fork, {origin_, log::KeyType::kEd25519, key_.verify_key()});
  EXPECT_FALSE(of_stranger) << "evidence against this log's key only";
  EXPECT_THAT(get("/").body, HasSubstr("class=\"alarm\""));
  EXPECT_THAT(get("/").body, HasSubstr("日志有两个版本"));
  open();
  EXPECT_EQ(witness_->standing().alarms.size(), 1U) << "it stays over a restart";
  EXPECT_EQ(post(request(tree_, 8, 9)).status, 200U) << "the log it has seen can go on";
  EXPECT_EQ(witness_->standing().alarms.size(), 1U);
}

TEST_F(WitnessTest, WhatIsProvenLaterWasNoOtherLog) {
  ASSERT_EQ(post(request(tree_, 0, 6)).status, 200U);
  EXPECT_EQ(post(log::format_add_checkpoint({6, {}, note(tree_, 9)})).status, 422U);
  EXPECT_EQ(post(log::format_add_checkpoint({6, {}, note(other_, 10)})).status, 422U);
  ASSERT_EQ(witness_->standing().alarms.size(), 2U);
  EXPECT_FALSE(witness_->standing().alarms[0].judged.proven);
  EXPECT_THAT(get("/").body, HasSubstr("日志接不上"));
  EXPECT_EQ(post(request(tree_, 6, 9)).status, 200U);
  ASSERT_EQ(witness_->standing().alarms.size(), 1U);
  EXPECT_EQ(witness_->standing().alarms[0].judged.shown.size, 10U);
}

TEST_F(WitnessTest, ThePageShowsTheFingerprint) {
  EXPECT_THAT(get("/").body, HasSubstr("还没有见到任何检查点"));
  EXPECT_EQ(get("/checkpoint").status, 404U);
  ASSERT_EQ(post(request(tree_, 0, 8)).status, 200U);
  const std::string digits = log::fingerprint({origin_, 8, tree_.root_at(8)});
  const std::string html = get("/").body;
  for (std::size_t at = 0; at < digits.size(); at += 5)
    EXPECT_THAT(html, HasSubstr("<b>" + digits.substr(at, 4) + "</b>"));
  EXPECT_THAT(html, Not(HasSubstr("class=\"alarm\"")));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_EQ(get("/checkpoint").body, witness_->held_note());
  EXPECT_EQ(get("/" + primitives::sha256(as_bytes(origin_)).hex() + "/checkpoint").body, witness_->held_note());
}

TEST_F(WitnessTest, OverTheNetwork) {
  std::vector<std::string> told;
  auto listener = Listener::open(*witness_, "127.0.0.1:0", [&](const Error& why) { told.push_back(why.text()); });
  ASSERT_TRUE(listener) << listener.error().text();
  std::thread thread([&] { (*listener)->run(); });
  {
    client::Https https(client::Address::parse_any("http://" + (*listener)->address()).value(), std::nullopt);
    const auto ask = [&](std::string_view method, const std::string& target, const std::string& body) {
      auto got = https.ask({method, target, {}, as_bytes(body)}, 65536);
      EXPECT_TRUE(got) << got.error().text();
      return got ? std::move(*got) : client::Answer{};
    };
    EXPECT_EQ(ask("POST", "/add-checkpoint", request(tree_, 0, 8)).status, 200U);
    const client::Answer conflict = ask("POST", "/add-checkpoint", request(tree_, 0, 8));
    EXPECT_EQ(conflict.status, 409U);
    EXPECT_EQ(conflict.type, "text/x.tlog.size");
    EXPECT_EQ(ask("POST", "/add-checkpoint", log::format_add_checkpoint({8, {}, note(other_, 8)})).status, 422U);
    EXPECT_THAT(std::string(as_text(ask("GET", "/", "").body)), HasSubstr("alarm-1.txt"));
    EXPECT_EQ(ask("POST", "/add-checkpoint", std::string(20000, 'x')).status, 413U);
  }
  (*listener)->stop();
  thread.join();
  EXPECT_THAT(told, testing::ElementsAre(HasSubstr("422")));
  EXPECT_FALSE(Listener::open(*witness_, "nowhere", {}));
}

}  // namespace
}  // namespace tuixuan::witness

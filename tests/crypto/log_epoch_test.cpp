// Epochs: one spelling, the log's signature and two supervisors', and everything else refused.
#include <gtest/gtest.h>

#include "crypto/codes/catalogue.h"
#include "crypto/log/epoch.h"

namespace tuixuan::log {
namespace {

using primitives::SigningKey;

SigningKey key_of(std::uint8_t fill) {
  ByteArray<32> seed;
  seed.fill(fill);
  return SigningKey(seed);
}
template <class T>
std::string check_of(const Result<T>& result) {
  return result ? "accepted" : std::string(name_of(result.error().check));
}

class EpochTest : public testing::Test {
 protected:
  std::string signed_by(std::vector<std::uint8_t> supervisors) const {
    std::vector<SigningKey> keys;
    for (const std::uint8_t fill : supervisors) keys.push_back(key_of(fill));
    std::vector<const SigningKey*> refs;
    for (const SigningKey& key : keys) refs.push_back(&key);
    return sign_epoch(epoch, key_of(1), refs);
  }
  std::string judged(const std::string& note) const {
    const auto opened = open_epoch(note, log);
    if (!opened) return std::string(name_of(opened.error().check));
    return check_of(check_supervisors(*opened, known));
  }
  Epoch epoch{"party.example/b",
              2,
              40,
              leaf_hash(as_bytes("x")),
              "https://10.0.0.7:8443",
              leaf_hash(as_bytes("y")),
              EpochCause::restored,
              {"K3", "witness.example/刘"}};
  NoteKey log{"party.example/b", KeyType::kEd25519, key_of(1).verify_key()};
  std::vector<primitives::VerifyKey> known{key_of(2).verify_key(), key_of(3).verify_key(), key_of(4).verify_key()};
};

TEST_F(EpochTest, IsReadAsItWasWritten) {
  for (const EpochCause cause : {EpochCause::promoted, EpochCause::restored, EpochCause::alone}) {
    epoch.cause = cause;
    const auto opened = open_epoch(signed_by({2, 3}), log);
    ASSERT_TRUE(opened) << opened.error().text();
    EXPECT_EQ(opened->epoch, epoch);
    EXPECT_EQ(format_epoch(opened->epoch), opened->note.text);
  }
  EXPECT_FALSE(parse_checkpoint(format_epoch(epoch))) << "no checkpoint can be made of it";
}

TEST_F(EpochTest, NeedsTheLogAndTwoSupervisors) {
  EXPECT_EQ(judged(signed_by({2, 4})), "accepted");
  EXPECT_EQ(judged(signed_by({2, 3, 4})), "accepted");
  EXPECT_EQ(judged(signed_by({2, 9})), "epoch.supervisors") << "one of them is nobody here";
  EXPECT_EQ(judged(signed_by({2, 2})), "epoch.supervisors") << "one twice is not two";
  EXPECT_EQ(judged(signed_by({3})), "epoch.supervisors");
  EXPECT_EQ(judged(signed_by({})), "epoch.supervisors");
  const Note forged{format_epoch(epoch), {sign_note(format_epoch(epoch), epoch.origin, key_of(7))}};
  EXPECT_EQ(judged(format_note(forged)), "log.note") << "not the log's key";
}

TEST_F(EpochTest, OneSpelling) {
  const std::string text = format_epoch(epoch);
  ASSERT_EQ(check_of(parse_epoch(text)), "accepted");
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string out = text;
    const std::size_t at = out.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return check_of(parse_epoch(out.replace(at, from.size(), to)));
  };
  EXPECT_EQ(with("epoch/1\n", "epoch/2\n"), "epoch.form");
  EXPECT_EQ(with("\n2\n", "\n02\n"), "epoch.form");
  EXPECT_EQ(with("\n2\n", "\n0\n"), "epoch.form");
  EXPECT_EQ(with("\n40\n", "\n0\n"), "epoch.form");
  EXPECT_EQ(with("https://10.0.0.7:8443", "https://10.0.0.7:8443 x"), "epoch.form");
  EXPECT_EQ(with("restored", "repaired"), "epoch.form");
  EXPECT_EQ(with("without K3\n", "with K3\n"), "epoch.form");
  EXPECT_EQ(with("without K3\n", "without K3\nwithout K3\n"), "epoch.form");
  EXPECT_EQ(with("without K3\n", "without \n"), "epoch.form");
  EXPECT_EQ(with("party.example/b\n", "party.example/b c\n"), "epoch.form");
  EXPECT_EQ(check_of(parse_epoch(text + "\n")), "epoch.form");
  EXPECT_EQ(check_of(parse_epoch(text.substr(0, text.size() - 1))), "epoch.form");
  EXPECT_EQ(check_of(parse_epoch("")), "epoch.form");
  for (std::size_t n = 1; n <= kMaxWithout; ++n) {
    const std::string digits = std::to_string(1000 + n);
    if (n == 1) epoch.without.clear();
    epoch.without.push_back("K" + digits);
  }
  EXPECT_EQ(check_of(parse_epoch(format_epoch(epoch))), "accepted");
  epoch.without.push_back("K9");
  EXPECT_EQ(check_of(parse_epoch(format_epoch(epoch))), "epoch.form");
}

TEST_F(EpochTest, OfAnotherLogOrDamaged) {
  epoch.origin = "party.example/c";
  EXPECT_EQ(judged(signed_by({2, 3})), "epoch.form");
  epoch.origin = log.name;
  std::string note = signed_by({2, 3});
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string flipped = note;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    EXPECT_NE(judged(flipped), "accepted") << "byte " << i;
  }
  EXPECT_EQ(judged(std::string(kMaxEpochSize + 1, 'x')), "epoch.form");
}

}  // namespace
}  // namespace tuixuan::log

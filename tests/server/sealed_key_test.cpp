// The sealed copy of the log's key: opens for two of those it was sealed for, together, and for nobody else.
#include <gtest/gtest.h>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/server.h"
#include "server/identity/sealed_key.h"

namespace tuixuan::identity {
namespace {

constexpr primitives::SealStrength kFast{1, 8192};

primitives::SigningKey key_of(std::uint8_t fill) {
  ByteArray<32> seed;
  seed.fill(fill);
  return primitives::SigningKey(seed);
}
Supervisor person(std::uint8_t fill, std::string_view passphrase) {
  return {key_of(fill).verify_key(), primitives::SecretBuffer(as_bytes(passphrase))};
}
std::string sealed_for_three() {
  std::vector<Supervisor> people;
  people.push_back(person(2, "passphrase of two"));
  people.push_back(person(3, "passphrase of three"));
  people.push_back(person(4, "passphrase of four"));
  return seal_log_key(key_of(1), "party.example/b", people, kFast).value();
}
std::string opened(const std::string& file, const Supervisor& a, const Supervisor& b) {
  const auto key = open_log_key(file, a, b);
  if (!key) return std::string(name_of(key.error().check));
  return key->verify_key() == key_of(1).verify_key() ? "opened" : "another key";
}

TEST(SealedKey, OpensForAnyTwoInAnyOrder) {
  const std::string file = sealed_for_three();
  EXPECT_EQ(sealed_log_key_of(file)->key, key_of(1).verify_key());
  EXPECT_EQ(opened(file, person(2, "passphrase of two"), person(3, "passphrase of three")), "opened");
  EXPECT_EQ(opened(file, person(3, "passphrase of three"), person(2, "passphrase of two")), "opened");
  EXPECT_EQ(opened(file, person(4, "passphrase of four"), person(2, "passphrase of two")), "opened");
}

TEST(SealedKey, OneAloneOpensNothing) {
  const std::string file = sealed_for_three();
  EXPECT_EQ(opened(file, person(2, "passphrase of two"), person(2, "passphrase of two")), "sealed.pair");
  EXPECT_EQ(opened(file, person(2, "passphrase of two"), person(3, "passphrase of two")), "seal.open");
  EXPECT_EQ(opened(file, person(2, "passphrase of three"), person(3, "passphrase of two")), "seal.open") << "exchanged";
  EXPECT_EQ(opened(file, person(2, "passphrase of two"), person(9, "passphrase of nine")), "sealed.pair");
  // What one types must not run over into what the other types.
  EXPECT_EQ(opened(file, person(2, "passphrase of twop"), person(3, "assphrase of three")), "seal.open");
  std::vector<Supervisor> alone;
  alone.push_back(person(2, "passphrase of two"));
  EXPECT_EQ(seal_log_key(key_of(1), "a.example/b", alone, kFast).error().check, code::sealed::pair);
  alone.push_back(person(2, "passphrase of two"));
  EXPECT_EQ(seal_log_key(key_of(1), "a.example/b", alone, kFast).error().check, code::sealed::pair);
}

TEST(SealedKey, OfAnotherLogOrDamaged) {
  const std::string file = sealed_for_three();
  std::vector<Supervisor> people;
  people.push_back(person(2, "passphrase of two"));
  people.push_back(person(3, "passphrase of three"));
  const std::string other = seal_log_key(key_of(1), "party.example/c", people, kFast).value();
  // The head of one with the lines of the other.
  const auto second_line = [](const std::string& f) { return f.find('\n', f.find('\n') + 1) + 1; };
  const std::string mixed = file.substr(0, second_line(file)) + other.substr(second_line(other));
  EXPECT_EQ(opened(mixed, people[0], people[1]), "seal.open");
  for (std::size_t i = 0; i < file.size(); i += 7) {
    std::string flipped = other;
    if (i >= flipped.size()) break;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    EXPECT_NE(opened(flipped, people[0], people[1]), "opened") << "byte " << i;
  }
  EXPECT_EQ(opened("", people[0], people[1]), "sealed.form");
}

}  // namespace
}  // namespace tuixuan::identity

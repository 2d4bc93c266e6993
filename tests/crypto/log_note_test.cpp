// Signed notes, keys, checkpoints, cosignatures and receipts: what is refused, and that everything accepted has one
// spelling.
#include <gtest/gtest.h>

#include "crypto/codes/catalogue.h"
#include "crypto/log/fork.h"
#include "crypto/log/proof.h"
#include "crypto/log/witness.h"
#include "crypto/primitives/base64.h"

namespace tuixuan::log {
namespace {

using primitives::SigningKey;

SigningKey key_of(std::uint8_t fill) {
  ByteArray<32> seed;
  seed.fill(fill);
  return SigningKey(seed);
}
NoteKey public_of(const std::string& name, std::uint8_t fill, KeyType type = KeyType::kEd25519) {
  return {name, type, key_of(fill).verify_key()};
}
std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) ADD_FAILURE() << "no " << from << " in " << text;
  return text.replace(at, from.size(), to);
}
template <class T>
std::string check_of(const Result<T>& result) {
  return result ? "accepted" : std::string(name_of(result.error().check));
}

const std::string kOrigin = "log.example/1";
const std::string kWitness = "witness.example/w";

Checkpoint sample() { return {kOrigin, 7, leaf_hash(as_bytes("a root"))}; }
std::string sample_note() { return sign_checkpoint(sample(), key_of(1)); }

TEST(Vkey, ComesBack) {
  for (const KeyType type : {KeyType::kEd25519, KeyType::kCosignature}) {
    const NoteKey key = public_of("例.example/日志", 1, type);
    EXPECT_EQ(parse_vkey(format_vkey(key)).value(), key);
  }
  EXPECT_NE(public_of(kOrigin, 1).id(), public_of(kOrigin, 1, KeyType::kCosignature).id());
  EXPECT_NE(public_of(kOrigin, 1).id(), public_of("log.example/2", 1).id());
}

TEST(Vkey, DamagedOnesAreRefused) {
  const std::string good = format_vkey(public_of(kOrigin, 1));
  const std::string id = good.substr(kOrigin.size() + 1, 8);
  Bytes small_order(33, 0);
  small_order[0] = 1;
  small_order[1] = 1;
  NoteKey small{"x", KeyType::kEd25519, {}};
  small.key.bytes[0] = 1;
  Bytes other_type = to_bytes(public_of(kOrigin, 1).key.view());
  other_type.insert(other_type.begin(), 2);
  for (const std::string& text :
       {std::string(), std::string("x"), std::string("x+y"), replaced(good, id, "00000000"),
        replaced(good, id, id + "0"), replaced(good, kOrigin, "log.example/2"), replaced(good, kOrigin, ""),
        replaced(good, kOrigin, "log example"), good + "\n", good + "=", good.substr(0, good.size() - 4),
        kOrigin + "+" + id + "+" + "AQ==", kOrigin + "+" + id + "+" + primitives::to_base64(other_type),
        std::string(300, 'n') + good, "x+" + to_hex(ByteArray<4>{}) + "+" + primitives::to_base64(small_order),
        format_vkey(small)})
    EXPECT_EQ(check_of(parse_vkey(text)), "log.vkey") << text;
  const NoteKey lettered = public_of("n", 1);
  std::string capitals = format_vkey(lettered);
  for (std::size_t i = 2; i < 10; ++i) capitals[i] = static_cast<char>(std::toupper(capitals[i]));
  ASSERT_NE(capitals, format_vkey(lettered));
  EXPECT_EQ(check_of(parse_vkey(capitals)), "log.vkey");
}

TEST(Note, NamesWithSpacesOfAnyKindAreRefused) {
  EXPECT_TRUE(is_key_name("example.com/日志"));
  EXPECT_TRUE(is_key_name(std::string(255, 'a')));
  for (const char* name : {"", "a b", "a+b", "a\tb", "a\nb",
                           "a\xc2\xa0"
                           "b",
                           "\xe3\x80\x80", "a\xe2\x80\xa8", "a\xff",
                           "\xe2\x80\x89"
                           "b",
                           "a\x7f"})
    EXPECT_FALSE(is_key_name(name)) << name;
  EXPECT_FALSE(is_key_name(std::string(256, 'a')));
}

TEST(Note, TheTextMayHoldEmptyLines) {
  const std::string text = "one\n\n\xe2\x80\x94 not a signature\n\ntwo\n";
  const std::string note = format_note({text, {sign_note(text, "n", key_of(1))}});
  const Note parsed = parse_note(note).value();
  EXPECT_EQ(parsed.text, text);
  EXPECT_EQ(format_note(parsed), note);
  EXPECT_TRUE(verify_note(parsed, std::array{public_of("n", 1)}));
}

TEST(Note, ManySignaturesButNotTooMany) {
  const std::string text = "t\n";
  Note note{text, {}};
  for (int i = 0; i < 100; ++i) note.signatures.push_back({"k" + std::to_string(i), 1, {9}});
  note.signatures[57] = sign_note(text, "n", key_of(1));
  EXPECT_EQ(format_note(parse_note(format_note(note)).value()), format_note(note));
  EXPECT_EQ(verify_note(note, std::array{public_of("n", 1)}).value().size(), 1U);
  note.signatures.push_back({"one-more", 1, {9}});
  EXPECT_EQ(check_of(parse_note(format_note(note))), "log.note");
  note.signatures = {{"n", 1, Bytes(7000)}};
  EXPECT_EQ(check_of(parse_note(format_note(note))), "log.note");
  note.signatures = {{"n", 1, {9}}};
  note.text = std::string(kMaxNoteSize, 'x') + "\n";
  EXPECT_EQ(check_of(parse_note(format_note(note))), "log.note");
}

TEST(Note, AnythingButTheOneSpellingIsRefused) {
  const std::string good = sample_note();
  ASSERT_EQ(format_note(parse_note(good).value()), good);
  const std::string line = good.substr(good.rfind("\n\n") + 2);
  const std::string signature = line.substr(line.rfind(' ') + 1, line.size() - line.rfind(' ') - 2);
  ASSERT_EQ(signature.back(), '=');
  std::string spare = signature;  // 68 bytes: two spare bits before the padding
  spare[spare.size() - 2] = static_cast<char>(spare[spare.size() - 2] + 1);
  std::string all_crlf;
  for (const char c : good) all_crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  for (const std::string& bad : {std::string(),
                                 std::string("\n"),
                                 std::string("\n\n"),
                                 good.substr(0, good.size() - 1),
                                 good + "\n",
                                 good + "x\n",
                                 all_crlf,
                                 replaced(good, signature + "\n", signature + "\r\n"),
                                 replaced(good, signature, spare),
                                 replaced(good, signature, signature.substr(0, signature.size() - 1)),
                                 replaced(good, signature, signature + "="),
                                 replaced(good, signature, " " + signature),
                                 replaced(good, signature, signature.substr(0, 10) + " " + signature.substr(10)),
                                 replaced(good, signature, ""),
                                 replaced(good, signature, "AAAAAA=="),
                                 replaced(good, signature, "AAAA"),
                                 replaced(good, "\xe2\x80\x94 ", "\xe2\x80\x94"),
                                 replaced(good, "\xe2\x80\x94 ", "- "),
                                 replaced(good, "\xe2\x80\x94 ", "\xe2\x80\x93 "),
                                 replaced(good, "\xe2\x80\x94 " + kOrigin, "\xe2\x80\x94 "),
                                 replaced(good, "\n\n", "\n"),
                                 good.substr(0, good.rfind("\n\n") + 2),
                                 replaced(good, "7\n", "7\xff\n"),
                                 replaced(good, "7\n", std::string("7\0\n", 3)),
                                 replaced(good, "7\n", "\t7\n")})
    EXPECT_EQ(check_of(parse_note(bad)), "log.note") << bad;
}

TEST(Note, UnknownKeysAreIgnoredAndBadKnownOnesRefused) {
  const std::string text = "t\n";
  const NoteKey a = public_of("a", 1);
  const NoteKey b = public_of("b", 2);
  const NoteSignature by_a = sign_note(text, "a", key_of(1));
  const NoteSignature by_b = sign_note(text, "b", key_of(2));
  NoteSignature bad_b = by_b;
  bad_b.signature[5] ^= 1U;
  NoteSignature short_b = by_b;
  short_b.signature.pop_back();
  EXPECT_EQ(verify_note({text, {by_a, by_b}}, std::array{a, b}).value().size(), 2U);
  EXPECT_EQ(verify_note({text, {by_a, by_a}}, std::array{a, b}).value().size(), 1U);
  EXPECT_EQ(verify_note({text, {by_a, bad_b}}, std::array{a}).value().size(), 1U);
  EXPECT_EQ(check_of(verify_note({text, {by_a, bad_b}}, std::array{a, b})), "log.note");
  EXPECT_EQ(check_of(verify_note({text, {by_a, short_b}}, std::array{a, b})), "log.note");
  EXPECT_EQ(check_of(verify_note({text, {by_b}}, std::array{a})), "log.note");
  EXPECT_EQ(check_of(verify_note({text, {}}, std::array{a})), "log.note");
  EXPECT_EQ(check_of(verify_note({"other\n", {by_a}}, std::array{a})), "log.note");
  NoteSignature renamed = by_a;
  renamed.name = "b";
  EXPECT_EQ(check_of(verify_note({text, {renamed}}, std::array{a, b})), "log.note");
}

TEST(CheckpointText, AnythingButTheOneSpellingIsRefused) {
  const std::string good = format_checkpoint(sample());
  ASSERT_EQ(format_checkpoint(parse_checkpoint(good).value()), good);
  const std::string root = good.substr(good.size() - 45, 44);
  for (const std::string& bad : {std::string(),
                                 std::string("\n"),
                                 good.substr(0, good.size() - 1),
                                 good + "extension\n",
                                 good + "\n",
                                 replaced(good, "\n7\n", "\n07\n"),
                                 replaced(good, "\n7\n", "\n+7\n"),
                                 replaced(good, "\n7\n", "\n7 \n"),
                                 replaced(good, "\n7\n", "\n\n"),
                                 replaced(good, "\n7\n", "\n-7\n"),
                                 replaced(good, "\n7\n", "\n00\n"),
                                 replaced(good, "\n7\n", "\n9223372036854775808\n"),
                                 replaced(good, "\n7\n", "\n18446744073709551623\n"),
                                 replaced(good, "\n7\n", "\n0\n"),
                                 replaced(good, kOrigin, ""),
                                 replaced(good, kOrigin, "a b"),
                                 replaced(good, kOrigin, "a+b"),
                                 replaced(good, root, root.substr(0, 40)),
                                 replaced(good, root, ""),
                                 replaced(good, root, root + "AAAA"),
                                 replaced(good, root, root.substr(0, 43)),
                                 replaced(good, "\n7\n", "\r\n7\r\n"),
                                 replaced(good, root, root + "\r")})
    EXPECT_EQ(check_of(parse_checkpoint(bad)), "log.checkpoint") << bad;
  EXPECT_TRUE(parse_checkpoint(replaced(good, "\n7\n", "\n9223372036854775807\n")));
  EXPECT_TRUE(parse_checkpoint(format_checkpoint({kOrigin, 0, empty_root()})));
}

TEST(CheckpointNote, OpensOnlyUnderItsOwnKeyAndOrigin) {
  const NoteKey log = public_of(kOrigin, 1);
  EXPECT_EQ(open_checkpoint(sample_note(), log).value().checkpoint, sample());
  EXPECT_EQ(check_of(open_checkpoint(sample_note(), public_of(kOrigin, 2))), "log.note");
  EXPECT_EQ(check_of(open_checkpoint(sample_note(), public_of("log.example/2", 1))), "log.note");
  EXPECT_EQ(check_of(open_checkpoint(replaced(sample_note(), "\n7\n", "\n8\n"), log)), "log.note");

  const std::string other = format_checkpoint({"log.example/2", 7, sample().root});
  EXPECT_EQ(check_of(open_checkpoint(format_note({other, {sign_note(other, kOrigin, key_of(1))}}), log)),
            "log.checkpoint");
  const std::string extended = format_checkpoint(sample()) + "extension\n";
  EXPECT_EQ(check_of(open_checkpoint(format_note({extended, {sign_note(extended, kOrigin, key_of(1))}}), log)),
            "log.checkpoint");
  const std::string good = sample_note();
  for (std::size_t i = 0; i < good.size(); ++i)
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[i] = static_cast<char>(static_cast<unsigned char>(bad[i]) ^ (1U << bit));
      ASSERT_FALSE(open_checkpoint(bad, log)) << i << " " << bit;
    }
}

TEST(Cosignature, OnlyOfThisCheckpointTimeAndWitness) {
  const std::string text = format_checkpoint(sample());
  const NoteKey witness = public_of(kWitness, 3, KeyType::kCosignature);
  const NoteSignature good = cosign(text, 1750000000, kWitness, key_of(3));
  EXPECT_EQ(verify_cosignature(text, good, witness).value(), 1750000000U);
  EXPECT_EQ(check_of(verify_cosignature(text + "x\n", good, witness)), "log.cosignature");
  for (std::size_t i = 0; i < good.signature.size(); ++i) {
    NoteSignature bad = good;
    bad.signature[i] ^= 1U;
    EXPECT_EQ(check_of(verify_cosignature(text, bad, witness)), "log.cosignature") << i;
  }
  NoteSignature bad = good;
  bad.signature[0] = 0x80;
  EXPECT_EQ(check_of(verify_cosignature(text, bad, witness)), "log.cosignature");
  bad = good;
  bad.signature.push_back(0);
  EXPECT_EQ(check_of(verify_cosignature(text, bad, witness)), "log.cosignature");
  EXPECT_EQ(check_of(verify_cosignature(text, good, public_of(kWitness, 4, KeyType::kCosignature))), "log.cosignature");
  EXPECT_EQ(check_of(verify_cosignature(text, good, public_of(kWitness, 3))), "log.cosignature");
  EXPECT_EQ(check_of(verify_cosignature(text, sign_note(text, kWitness, key_of(3)), witness)), "log.cosignature");
}

TEST(Cosignature, TheLatestOfEachKnownWitnessCounts) {
  const std::string text = format_checkpoint(sample());
  const NoteKey witness = public_of(kWitness, 3, KeyType::kCosignature);
  Note note = parse_note(sample_note()).value();
  EXPECT_TRUE(cosignatures(note, std::array{witness}).value().empty());
  for (const std::uint64_t seconds : {20U, 30U, 10U})
    note.signatures.push_back(cosign(text, seconds, kWitness, key_of(3)));
  note.signatures.push_back(cosign(text, 40, "stranger.example", key_of(4)));
  const auto found = cosignatures(note, std::array{witness}).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].seconds, 30U);
  note.signatures[1].signature[20] ^= 1U;
  EXPECT_EQ(check_of(cosignatures(note, std::array{witness})), "log.cosignature");
}

TEST(Cosignature, AWitnesssAnswerHoldsItsOwnGoodLinesOnly) {
  const std::string text = format_checkpoint(sample());
  const NoteKey witness = public_of(kWitness, 3, KeyType::kCosignature);
  const std::string good = format_signature_line(cosign(text, 5, kWitness, key_of(3)));
  const std::string both = add_cosignatures(sample_note(), good, witness).value();
  EXPECT_EQ(both, sample_note() + good);
  EXPECT_EQ(verify_note(parse_note(both).value(), std::array{witness, public_of(kOrigin, 1)}).value().size(), 2U);
  EXPECT_EQ(check_of(add_cosignatures(sample_note(), "", witness)), "log.note");
  EXPECT_EQ(check_of(add_cosignatures(sample_note(), good + "\n", witness)), "log.note");
  EXPECT_EQ(check_of(add_cosignatures(sample_note(), good.substr(0, good.size() - 1), witness)), "log.note");
  EXPECT_EQ(
      check_of(add_cosignatures(sample_note(), format_signature_line(cosign(text, 5, "other", key_of(3))), witness)),
      "log.cosignature");
  const std::string other = format_checkpoint({kOrigin, 8, sample().root});
  EXPECT_EQ(
      check_of(add_cosignatures(sample_note(), format_signature_line(cosign(other, 5, kWitness, key_of(3))), witness)),
      "log.cosignature");
}

TEST(AddCheckpoint, AnythingButTheOneSpellingIsRefused) {
  const AddCheckpoint request{3, {sample().root, empty_root()}, sample_note()};
  const std::string good = format_add_checkpoint(request);
  EXPECT_EQ(parse_add_checkpoint(good).value(), request);
  AddCheckpoint long_one{3, Hashes(64, empty_root()), sample_note()};
  for (const std::string& bad :
       {std::string(), replaced(good, "old 3", "old 03"), replaced(good, "old 3", "old -3"),
        replaced(good, "old 3", "new 3"), replaced(good, "old 3\n", ""), replaced(good, "\n", "\r\n"),
        replaced(good, "47DEQ", "47DE"), std::string("old 3\n"), format_add_checkpoint(long_one)})
    EXPECT_EQ(check_of(parse_add_checkpoint(bad)), "log.witness") << bad;
  EXPECT_EQ(check_of(parse_add_checkpoint(good + "\n")), "log.note");
  EXPECT_EQ(check_of(parse_add_checkpoint("old 0\n\nx\n\n" + sample_note().substr(sample_note().rfind("\n\n") + 2))),
            "log.checkpoint");
}

Receipt sample_receipt(const Tree& tree, std::uint64_t index) {
  return {std::nullopt, index, tree.inclusion_proof(index, tree.size()).value(),
          sign_checkpoint({kOrigin, tree.size(), tree.root()}, key_of(1))};
}

TEST(Receipt, ProvesItsEntryAndNoOther) {
  Tree tree;
  for (int i = 0; i < 11; ++i) tree.append(leaf_hash(as_bytes(std::to_string(i))));
  const NoteKey log = public_of(kOrigin, 1);
  for (std::uint64_t i = 0; i < tree.size(); ++i) {
    const Receipt receipt = sample_receipt(tree, i);
    EXPECT_EQ(parse_receipt(format_receipt(receipt)).value(), receipt);
    EXPECT_EQ(verify_receipt(receipt, tree.leaf(i), log).value().checkpoint.size, 11U);
    EXPECT_EQ(check_of(verify_receipt(receipt, tree.leaf((i + 1) % 11), log)), "log.inclusion");
    EXPECT_EQ(check_of(verify_receipt(receipt, tree.leaf(i), public_of(kOrigin, 2))), "log.note");
    Receipt moved = receipt;
    moved.index = (i + 1) % 11;
    EXPECT_EQ(check_of(verify_receipt(moved, tree.leaf(i), log)), "log.inclusion");
  }
}

TEST(Receipt, TheExtraLineIsCarried) {
  Tree tree;
  tree.append(leaf_hash({}));
  Receipt receipt = sample_receipt(tree, 0);
  for (const char* extra : {"", "x", "tracker"}) {
    receipt.extra = to_bytes(extra);
    const std::string text = format_receipt(receipt);
    EXPECT_EQ(parse_receipt(text).value(), receipt);
    EXPECT_EQ(format_receipt(parse_receipt(text).value()), text);
  }
}

TEST(Receipt, AnythingButTheOneSpellingIsRefused) {
  Tree tree;
  for (int i = 0; i < 11; ++i) tree.append(leaf_hash(as_bytes(std::to_string(i))));
  const std::string good = format_receipt(sample_receipt(tree, 2));
  Receipt long_one = sample_receipt(tree, 2);
  long_one.proof.assign(64, empty_root());
  for (const std::string& bad :
       {std::string(), replaced(good, "@v1", "@v2"), replaced(good, "c2sp", "C2SP"),
        replaced(good, "index 2", "index 02"), replaced(good, "index 2", "index"),
        replaced(good, "index 2", "index 2 "), replaced(good, "index 2\n", ""),
        replaced(good, "index 2", "extra !\nindex 2"), replaced(good, "index 2", "extra eA==\nextra eA==\nindex 2"),
        replaced(good, "index 2", "index 2\nextra eA=="), replaced(good, "index 2\n", "index 2\r\n"),
        format_receipt(long_one), good.substr(0, good.find('\n')), std::string(kMaxReceiptSize + 1, 'c')})
    EXPECT_EQ(check_of(parse_receipt(bad)), "log.proof") << bad;
  EXPECT_EQ(check_of(parse_receipt(good + "\n")), "log.note");
  EXPECT_EQ(check_of(parse_receipt(good.substr(0, good.size() - 1))), "log.note");
}

// --- evidence, fingerprints ------------------------------------------------------------------------------------------

TEST(Fork, OnlyTwoSignedCheckpointsThatDifferAreEvidence) {
  const Checkpoint one = sample();
  const Checkpoint other{kOrigin, 7, empty_root()};
  const Checkpoint longer{kOrigin, 9, empty_root()};
  const auto file = [&](const Checkpoint& a, const Checkpoint& b, std::uint8_t key = 1) {
    return format_fork({sign_checkpoint(a, key_of(1)), sign_checkpoint(b, key_of(key))});
  };
  const auto judged = [&](const std::string& text) -> std::string {
    const auto fork = parse_fork(text);
    if (!fork) return std::string(name_of(fork.error().check));
    EXPECT_EQ(format_fork(*fork), text);
    const auto out = judge_fork(*fork, public_of(kOrigin, 1));
    return !out ? std::string(name_of(out.error().check)) : out->proven ? "proven" : "accused";
  };
  EXPECT_EQ(judged(file(one, other)), "proven");
  EXPECT_EQ(judged(file(one, longer)), "accused");
  EXPECT_EQ(judged(file(one, one)), "log.fork_form");
  EXPECT_EQ(judged(file(one, other, 2)), "log.note") << "not signed by the log";
  const std::string good = file(one, other);
  for (const std::string& bad :
       {std::string(), good.substr(1), good + "\n", good + sample_note(), good.substr(0, good.size() / 2),
        replaced(good, "fork/1", "fork/2"), "tuixuan-fork/1\n\n" + sample_note(), std::string(kMaxForkSize + 1, 'x')})
    EXPECT_NE(judged(bad), "proven") << bad;
  // With a witness's line on what was held.
  const auto line = format_signature_line(cosign(format_checkpoint(one), 5, kWitness, key_of(3)));
  EXPECT_EQ(judged(format_fork({sample_note() + line, sign_checkpoint(other, key_of(1))})), "proven");
}

TEST(Fingerprint, IsOfAllThreeLines) {
  const std::string digits = fingerprint(sample());
  EXPECT_EQ(digits.size(), 8U * 5 - 1);
  EXPECT_EQ(digits.find_first_not_of("0123456789 "), std::string::npos);
  EXPECT_NE(fingerprint({kOrigin, 8, sample().root}), digits);
  EXPECT_NE(fingerprint({kOrigin + "x", 7, sample().root}), digits);
  EXPECT_NE(fingerprint({kOrigin, 7, empty_root()}), digits);
  // python3: h = sha256(b"x\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n").digest()
  EXPECT_EQ(fingerprint({"x", 0, empty_root()}), "8339 6155 4503 3100 0642 2276 4896 8936");
}

}  // namespace
}  // namespace tuixuan::log

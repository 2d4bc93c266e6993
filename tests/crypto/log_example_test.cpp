// One small log worked out byte for byte by another implementation (a Python program, checked with Go's
// x/mod/sumdb/note): keys, leaves, checkpoints of three sizes, a cosignature, a tile, a bundle, a witness request and a
// receipt.
#include <gtest/gtest.h>

#include "crypto/log/cosignature.h"
#include "crypto/log/proof.h"
#include "crypto/log/tile.h"
#include "crypto/primitives/hash.h"

namespace tuixuan::log {
namespace {

using primitives::SigningKey;

constexpr const char* kOrigin = "audit.county.example/2026-11";
constexpr const char* kVkey = "audit.county.example/2026-11+7beedbbc+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
constexpr const char* kWitnessName = "witness.example/w1";
constexpr const char* kWitnessVkey = "witness.example/w1+f1ed8c47+BCFS+NGbeR0kRTJC4V8uq2y3z/p7al7TAJeWDgaYgdsS";
constexpr const char* kCosignatureLine =
    "\xe2\x80\x94 witness.example/w1 "
    "8e2MRwAAAABoTuGAQPnCttZpYIGr65wdsPRiSyMlSpz0DFbFIaVDpCyKP0EPpJLy3BOF+NTEaQrPWp6qsdHhu1WWcJ+nwdNs9hoaAg==\n";

constexpr const char* kCheckpoint0 = R"(audit.county.example/2026-11
0
47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

— audit.county.example/2026-11 e+7bvGltpB4qT9jYAmzOWL6y8dzfs7mALbctwWXgtkj3QQ9eZSZMofbL3oi91JmCto/fCy+UA9u5xB44Tu+DnGImFQo=
)";
constexpr const char* kCheckpoint3 = R"(audit.county.example/2026-11
3
s3JeH4g176r+l6JYCP+9Yj8QVZYbmEoQu7l+CimaKNI=

— audit.county.example/2026-11 e+7bvPgIlwqKUPOUa8oRJMiwXy5E3QtexyNJdAKUU+KeSHXQgENylEoML2IvvIwBwnN1ikmlPKRxXEM0VDE7767Lfgs=
)";
constexpr const char* kCheckpoint5 = R"(audit.county.example/2026-11
5
1xXrgpN9/5GeHUlBygBJJGBJ64kJHsLjQbhjgR2T+Vc=

— audit.county.example/2026-11 e+7bvOCUwmt2qthpv3wlbZ1on3VBjHOeUE5+81bJdkplG4I5ZbONXVw4fqnKbSb8sn6qQ3zJiBZsW49vSXA3GGx0bQ0=
)";
constexpr const char* kAddCheckpoint = R"(old 3
tDN6RYNg/8t7YOy5zw4tNrxMCDFpFpFoqxdHB9BMGPI=
dUzyMMwdndiPQiJhzC/71zAbcvdO1PXXvQ7FQDF8WdU=
XiN7dBSH3nd0oFGzl9UOlXVqrVzvm/vsN1f8+eRM4W4=
t46YZBAojUY3BpTy6nKXJ3ZKw/2cUp9acibW7quhhzs=

audit.county.example/2026-11
5
1xXrgpN9/5GeHUlBygBJJGBJ64kJHsLjQbhjgR2T+Vc=

— audit.county.example/2026-11 e+7bvOCUwmt2qthpv3wlbZ1on3VBjHOeUE5+81bJdkplG4I5ZbONXVw4fqnKbSb8sn6qQ3zJiBZsW49vSXA3GGx0bQ0=
)";
constexpr const char* kReceipt = R"(c2sp.org/tlog-proof@v1
index 2
dUzyMMwdndiPQiJhzC/71zAbcvdO1PXXvQ7FQDF8WdU=
XiN7dBSH3nd0oFGzl9UOlXVqrVzvm/vsN1f8+eRM4W4=
t46YZBAojUY3BpTy6nKXJ3ZKw/2cUp9acibW7quhhzs=

audit.county.example/2026-11
5
1xXrgpN9/5GeHUlBygBJJGBJ64kJHsLjQbhjgR2T+Vc=

— audit.county.example/2026-11 e+7bvOCUwmt2qthpv3wlbZ1on3VBjHOeUE5+81bJdkplG4I5ZbONXVw4fqnKbSb8sn6qQ3zJiBZsW49vSXA3GGx0bQ0=
— witness.example/w1 8e2MRwAAAABoTuGAQPnCttZpYIGr65wdsPRiSyMlSpz0DFbFIaVDpCyKP0EPpJLy3BOF+NTEaQrPWp6qsdHhu1WWcJ+nwdNs9hoaAg==
)";

SigningKey log_key() {
  return SigningKey(array_from_hex<32>("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f").value());
}
SigningKey witness_key() {
  return SigningKey(array_from_hex<32>("4242424242424242424242424242424242424242424242424242424242424242").value());
}
std::vector<Bytes> entries() {
  return {to_bytes("setup"), {}, to_bytes("ballot 1"), to_bytes("ballot 2"), to_bytes("close")};
}
Tree tree() {
  Tree out;
  for (const Bytes& entry : entries()) out.append(leaf_hash(entry));
  return out;
}

TEST(LogExample, Keys) {
  const NoteKey log{kOrigin, KeyType::kEd25519, log_key().verify_key()};
  EXPECT_EQ(log.key.hex(), "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8");
  EXPECT_EQ(log.id(), 0x7beedbbcU);
  EXPECT_EQ(format_vkey(log), kVkey);
  EXPECT_EQ(parse_vkey(kVkey).value(), log);
  const NoteKey witness{kWitnessName, KeyType::kCosignature, witness_key().verify_key()};
  EXPECT_EQ(witness.key.hex(), "2152f8d19b791d24453242e15f2eab6cb7cffa7b6a5ed30097960e069881db12");
  EXPECT_EQ(format_vkey(witness), kWitnessVkey);
  EXPECT_EQ(parse_vkey(kWitnessVkey).value(), witness);
}

TEST(LogExample, LeavesAndNodes) {
  const Tree t = tree();
  EXPECT_EQ(t.leaf(0).hex(), "f81130b98ffb0a9d4e560ec70e738ba086aa499291d804e22cd4b8526e4ef1ee");
  EXPECT_EQ(t.leaf(1).hex(), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(t.leaf(2).hex(), "b4337a458360ffcb7b60ecb9cf0e2d36bc4c083169169168ab174707d04c18f2");
  EXPECT_EQ(t.leaf(3).hex(), "754cf230cc1d9dd88f422261cc2ffbd7301b72f74ed4f5d7bd0ec540317c59d5");
  EXPECT_EQ(t.leaf(4).hex(), "b78e986410288d46370694f2ea729727764ac3fd9c529f5a7226d6eeaba1873b");
  EXPECT_EQ(t.subtrees(1)[0].hex(), "5e237b741487de7774a051b397d50e95756aad5cef9bfbec3757fcf9e44ce16e");
  EXPECT_EQ(t.subtrees(1)[1].hex(), "c3a44da8be188670c4af8e03503043814bf75ffc3d908583b1040d99f15ae95e");
  EXPECT_EQ(t.subtrees(2)[0].hex(), "3e13b2028a05d3973deab9198396afc8edf3f6d1a29507ae5b21ee457fca38ef");
}

TEST(LogExample, Checkpoints) {
  const Tree t = tree();
  const NoteKey log = parse_vkey(kVkey).value();
  const std::pair<std::uint64_t, const char*> notes[] = {{0, kCheckpoint0}, {3, kCheckpoint3}, {5, kCheckpoint5}};
  for (const auto& [size, note] : notes) {
    const Checkpoint checkpoint{kOrigin, size, t.root_at(size)};
    EXPECT_EQ(sign_checkpoint(checkpoint, log_key()), note);
    EXPECT_EQ(open_checkpoint(note, log).value().checkpoint, checkpoint);
  }
  EXPECT_EQ(t.root_at(3).hex(), "b3725e1f8835efaafe97a25808ffbd623f1055961b984a10bbb97e0a299a28d2");
  EXPECT_EQ(t.root_at(5).hex(), "d715eb82937dff919e1d4941ca0049246049eb89091ec2e341b863811d93f957");
  EXPECT_EQ(
      to_hex(as_bytes(format_checkpoint({kOrigin, 5, t.root()}))),
      "61756469742e636f756e74792e6578616d706c652f323032362d31310a350a3178587267704e392f35476548556c427967424a4a47424a"
      "36346b4a48734c6a5162686a675232542b56633d0a");
  EXPECT_EQ(
      to_hex(parse_note(kCheckpoint5).value().signatures[0].signature),
      "e094c26b76aad869bf7c256d9d689f75418c739e504e7ef356c9764a651b823965b38d5d5c387ea9ca6d26fcb27eaa437cc988166c5b"
      "8f6f497037186c746d0d");
}

TEST(LogExample, Cosignature) {
  const std::string text = format_checkpoint({kOrigin, 5, tree().root()});
  EXPECT_EQ(cosignature_message(1750000000, text), "cosignature/v1\ntime 1750000000\n" + text);
  EXPECT_EQ(format_signature_line(cosign(text, 1750000000, kWitnessName, witness_key())), kCosignatureLine);
  const NoteKey witness = parse_vkey(kWitnessVkey).value();
  const std::string cosigned = add_cosignatures(kCheckpoint5, kCosignatureLine, witness).value();
  EXPECT_EQ(cosigned, std::string(kCheckpoint5) + kCosignatureLine);
  const auto found = cosignatures(parse_note(cosigned).value(), std::array{witness}).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].seconds, 1750000000U);
}

TEST(LogExample, TileAndBundle) {
  const Bytes tile = tile_bytes(tree(), {0, 0, 5}).value();
  EXPECT_EQ(tile.size(), 160U);
  EXPECT_EQ(path_of(TileId{0, 0, 5}), "tile/0/000.p/5");
  EXPECT_EQ(primitives::sha256(tile).hex(), "04ca7963fc3ef56bcb2b180aeebc8de50ce08d84817ed55aaf70fad7f51d553b");
  const Bytes bundle = encode_bundle(entries());
  EXPECT_EQ(path_of(BundleId{0, 5}), "tile/entries/000.p/5");
  EXPECT_EQ(to_hex(bundle), "000573657475700000000862616c6c6f742031000862616c6c6f7420320005636c6f7365");
  EXPECT_EQ(decode_bundle(bundle, 5).value(), entries());
}

TEST(LogExample, WitnessRequest) {
  const AddCheckpoint request{3, tree().consistency_proof(3, 5).value(), kCheckpoint5};
  EXPECT_EQ(format_add_checkpoint(request), kAddCheckpoint);
  EXPECT_EQ(parse_add_checkpoint(kAddCheckpoint).value(), request);
  EXPECT_TRUE(verify_consistency(3, tree().root_at(3), 5, tree().root(), request.proof));
}

TEST(LogExample, Receipt) {
  const Receipt receipt{std::nullopt, 2, tree().inclusion_proof(2, 5).value(),
                        std::string(kCheckpoint5) + kCosignatureLine};
  EXPECT_EQ(format_receipt(receipt), kReceipt);
  EXPECT_EQ(parse_receipt(kReceipt).value(), receipt);
  EXPECT_TRUE(verify_receipt(receipt, tree().leaf(2), parse_vkey(kVkey).value()));
}

}  // namespace
}  // namespace tuixuan::log

// Proofs of the Merkle tree: for a tree and a claim made of the input, the verifier accepts exactly the true claim.
// Input: u8 leaves, u8 index or old size, u8 kind, u8 which hash of the true proof is changed, then up to 32 bytes to
// change it with; nothing left: the claim is true.
#include "crypto/base/reader.h"
#include "crypto/log/merkle.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Reader r({data, size}, "input");
  const std::uint64_t leaves = 1 + r.u8();
  const std::uint8_t at = r.u8();
  const bool inclusion = r.u8() % 2 == 0;
  const std::size_t which = r.u8();
  log::Tree tree;
  log::Frontier frontier;
  for (std::uint64_t i = 0; i < leaves; ++i) {
    const Sha256 leaf = log::leaf_hash(Bytes{static_cast<std::uint8_t>(i)});
    tree.append(leaf);
    frontier.append(leaf);
  }
  fuzz::require(tree.root() == frontier.root(), "both routes have one root");

  const std::uint64_t index = at % leaves;
  auto proof = inclusion ? tree.inclusion_proof(index, leaves) : tree.consistency_proof(index, leaves);
  fuzz::require(proof.has_value(), "the tree proves what is in it");
  Sha256 root = tree.root();
  bool changed = false;
  const ByteView with = r.fixed(std::min<std::size_t>(r.left(), 32));
  Sha256& target =
      proof->empty() || which % (proof->size() + 1) == proof->size() ? root : (*proof)[which % (proof->size() + 1)];
  for (std::size_t i = 0; i < with.size(); ++i) {
    target.bytes[i] ^= with[i];
    changed = changed || with[i] != 0;
  }
  if (r.left() > 0) proof->push_back(root);  // and a hash too many
  const bool is_true = !changed && r.left() == 0;

  const bool accepted = inclusion
                            ? log::verify_inclusion(tree.leaf(index), index, leaves, root, *proof).has_value()
                            : log::verify_consistency(index, tree.root_at(index), leaves, root, *proof).has_value();
  // From the empty log any root follows, so a changed root cannot be seen there.
  if (!inclusion && index == 0 && changed && proof->empty()) return 0;
  fuzz::require(accepted == is_true, "exactly the true proof is accepted");
  return 0;
}

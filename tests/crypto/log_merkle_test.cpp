// The tree against three other makers of roots (RFC 6962's reference vectors, a second set, the recursive definition),
// and every proof of every tree of up to 64 leaves: each verifies, and each damaged one is refused by name.
#include <gtest/gtest.h>

#include "crypto/codes/entries.h"
#include "crypto/log/merkle.h"
#include "crypto/primitives/hash.h"

namespace tuixuan::log {
namespace {

Sha256 hash(const char* hex) { return {array_from_hex<32>(hex).value()}; }

Hashes numbered_leaves(std::size_t n) {
  Hashes out;
  for (std::size_t i = 0; i < n; ++i) {
    const std::string text = "entry " + std::to_string(i);
    out.push_back(leaf_hash(as_bytes(text)));
  }
  return out;
}

Tree tree_of(std::span<const Sha256> leaves) {
  Tree tree;
  for (const Sha256& leaf : leaves) tree.append(leaf);
  return tree;
}

void expect_roots(const std::vector<Bytes>& entries, const std::vector<const char*>& roots) {
  ASSERT_EQ(roots.size(), entries.size() + 1);
  Tree tree;
  Frontier frontier;
  Hashes leaves;
  for (std::size_t n = 0;; ++n) {
    const Sha256 want = hash(roots[n]);
    EXPECT_EQ(tree.root(), want) << n;
    EXPECT_EQ(frontier.root(), want) << n;
    EXPECT_EQ(root_by_definition(leaves), want) << n;
    if (n == entries.size()) return;
    leaves.push_back(leaf_hash(entries[n]));
    tree.append(leaves.back());
    frontier.append(leaves.back());
  }
}

// Certificate transparency's reference entries and roots.
TEST(Merkle, ReferenceRoots) {
  std::vector<Bytes> entries;
  for (const char* hex :
       {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"})
    entries.push_back(from_hex(hex).value());
  expect_roots(entries, {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                         "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                         "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                         "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                         "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                         "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                         "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"});
}

// The protocol's own vectors: entry i is i bytes of value i.
TEST(Merkle, ProtocolRoots) {
  std::vector<Bytes> entries;
  for (std::uint8_t i = 0; i < 5; ++i) entries.emplace_back(i, i);
  expect_roots(entries, {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                         "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                         "5397b75fcd025549e5c6c04c86b73ee49d8a3135745f4e082f08397d79fa37b3",
                         "12c35e40e6189d661c70a762621a48f8bac032746c1712e8d6e73d7c1ef0beb1",
                         "2fc5e5989670017aa78cfaf26036dc2e04ee67b7ffa5e233a1def0354950f416",
                         "db6d52ab524f99f572fb0198a6a87357ae59e2cbc2d54866ed2a7eee7b801c18"});
}

TEST(Merkle, ThreeRoutesToEveryRoot) {
  const Hashes leaves = numbered_leaves(600);
  const Tree whole = tree_of(leaves);
  Frontier frontier;
  for (std::size_t n = 0; n <= leaves.size(); ++n) {
    const Sha256 want = root_by_definition(std::span(leaves).first(n));
    ASSERT_EQ(whole.root_at(n), want) << n;
    ASSERT_EQ(frontier.root(), want) << n;
    ASSERT_EQ(frontier.size(), n);
    if (n < leaves.size()) frontier.append(leaves[n]);
  }
}

constexpr std::size_t kSmall = 64;

TEST(Merkle, EveryInclusionProofOfSmallTrees) {
  const Hashes leaves = numbered_leaves(kSmall);
  const Tree tree = tree_of(leaves);
  for (std::size_t size = 1; size <= kSmall; ++size) {
    const Sha256 root = tree.root_at(size);
    for (std::size_t i = 0; i < size; ++i) {
      const Hashes proof = tree.inclusion_proof(i, size).value();
      ASSERT_TRUE(verify_inclusion(leaves[i], i, size, root, proof)) << i << " of " << size;
      for (std::size_t other = 0; other <= size; ++other)
        if (other != i) {
          ASSERT_FALSE(verify_inclusion(leaves[i], other, size, root, proof)) << other;
        }
      ASSERT_FALSE(verify_inclusion(leaves[(i + 1) % kSmall], i, size, root, proof));
      Hashes longer = proof;
      longer.push_back(root);
      ASSERT_EQ(verify_inclusion(leaves[i], i, size, root, longer).error().check, code::log::inclusion);
      if (!proof.empty()) {
        ASSERT_FALSE(verify_inclusion(leaves[i], i, size, root, std::span(proof).first(proof.size() - 1)));
      }
    }
  }
}

// A proof says "under this size": with the root of one size it verifies for no other, unless the paths are the same.
TEST(Merkle, InclusionUnderAnotherSizeIsRefusedWithItsRoot) {
  const Hashes leaves = numbered_leaves(kSmall);
  const Tree tree = tree_of(leaves);
  for (std::size_t size = 1; size <= kSmall; ++size)
    for (std::size_t other = 1; other <= kSmall; ++other)
      for (std::size_t i = 0; i < size && i < other && size != other; ++i)
        ASSERT_FALSE(verify_inclusion(leaves[i], i, other, tree.root_at(other), tree.inclusion_proof(i, size).value()));
}

TEST(Merkle, EveryFlippedBitOfAnInclusionProofIsRefused) {
  const Hashes leaves = numbered_leaves(kSmall);
  const Tree tree = tree_of(leaves);
  for (const std::size_t size : {2U, 3U, 5U, 7U, 8U, 13U, 33U, 64U}) {
    for (std::size_t i = 0; i < size; i += 3) {
      Hashes proof = tree.inclusion_proof(i, size).value();
      for (Sha256& sibling : proof)
        for (std::size_t bit = 0; bit < 256; ++bit) {
          sibling.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
          ASSERT_FALSE(verify_inclusion(leaves[i], i, size, tree.root_at(size), proof));
          sibling.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        }
      for (std::size_t bit = 0; bit < 256; ++bit) {
        Sha256 root = tree.root_at(size);
        Sha256 leaf = leaves[i];
        root.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        leaf.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        ASSERT_FALSE(verify_inclusion(leaves[i], i, size, root, proof));
        ASSERT_FALSE(verify_inclusion(leaf, i, size, tree.root_at(size), proof));
      }
    }
  }
}

TEST(Merkle, EveryConsistencyProofOfSmallTrees) {
  const Tree tree = tree_of(numbered_leaves(kSmall));
  for (std::size_t size = 0; size <= kSmall; ++size) {
    const Sha256 root = tree.root_at(size);
    for (std::size_t old = 0; old <= size; ++old) {
      const Sha256 old_root = tree.root_at(old);
      const Hashes proof = tree.consistency_proof(old, size).value();
      ASSERT_TRUE(verify_consistency(old, old_root, size, root, proof)) << old << " to " << size;
      ASSERT_EQ(proof.empty(), old == 0 || old == size);
      Sha256 wrong = old_root;
      wrong.bytes[31] ^= 1U;
      ASSERT_FALSE(verify_consistency(old, wrong, size, root, proof)) << old << " to " << size;
      if (old != 0) {  // from nothing, every new root is consistent
        wrong = root;
        wrong.bytes[0] ^= 0x80U;
        ASSERT_FALSE(verify_consistency(old, old_root, size, wrong, proof)) << old << " to " << size;
      }
      Hashes longer = proof;
      longer.push_back(root);
      ASSERT_FALSE(verify_consistency(old, old_root, size, root, longer));
      if (!proof.empty()) {
        ASSERT_FALSE(verify_consistency(old, old_root, size, root, {}));
        ASSERT_FALSE(verify_consistency(old, old_root, size, root, std::span(proof).first(proof.size() - 1)));
      }
      for (std::size_t other = 1; other <= size; ++other)
        if (other != old && old != 0) {
          ASSERT_FALSE(verify_consistency(other, old_root, size, root, proof)) << other << " for " << old;
        }
    }
  }
}

TEST(Merkle, EveryFlippedBitOfAConsistencyProofIsRefused) {
  const Tree tree = tree_of(numbered_leaves(kSmall));
  for (const std::size_t size : {3U, 6U, 7U, 8U, 21U, 64U}) {
    for (std::size_t old = 1; old < size; ++old) {
      Hashes proof = tree.consistency_proof(old, size).value();
      for (Sha256& item : proof)
        for (std::size_t bit = 0; bit < 256; bit += 5) {
          item.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
          ASSERT_FALSE(verify_consistency(old, tree.root_at(old), size, tree.root_at(size), proof));
          item.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        }
    }
  }
}

TEST(Merkle, ASmallerLogAndTwoRootsOfOneSizeAreRefused) {
  const Tree tree = tree_of(numbered_leaves(9));
  const Hashes proof = tree.consistency_proof(5, 9).value();
  EXPECT_EQ(verify_consistency(9, tree.root(), 5, tree.root_at(5), proof).error().check, code::log::consistency);
  EXPECT_EQ(verify_consistency(9, tree.root(), 9, tree.root_at(5), {}).error().check, code::log::consistency);
  EXPECT_EQ(verify_consistency(0, tree.root(), 9, tree.root(), {}).error().check, code::log::consistency);
}

TEST(Merkle, ProofsBeyondTheTreeAreRefused) {
  const Tree tree = tree_of(numbered_leaves(9));
  EXPECT_EQ(tree.inclusion_proof(9, 9).error().check, code::log::inclusion);
  EXPECT_EQ(tree.inclusion_proof(0, 10).error().check, code::log::inclusion);
  EXPECT_EQ(tree.inclusion_proof(0, 0).error().check, code::log::inclusion);
  EXPECT_EQ(tree.consistency_proof(3, 10).error().check, code::log::consistency);
  EXPECT_EQ(tree.consistency_proof(4, 3).error().check, code::log::consistency);
  EXPECT_EQ(verify_inclusion(tree.leaf(0), 0, 0, empty_root(), {}).error().check, code::log::inclusion);
  EXPECT_DEATH(tree.root_at(10), "beyond");
  EXPECT_DEATH(tree.leaf(9), "beyond");
}

TEST(Merkle, ATruncatedTreeGoesOnAsIfTheRestHadNeverBeen) {
  const Hashes leaves = numbered_leaves(20);
  for (std::size_t to = 0; to <= leaves.size(); ++to) {
    Tree tree = tree_of(leaves);
    tree.truncate(to);
    ASSERT_EQ(tree.size(), to);
    EXPECT_EQ(tree.root(), root_by_definition(std::span(leaves).first(to)));
    Hashes other(leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(to));
    for (int i = 0; i < 20; ++i) {
      other.push_back(leaf_hash(as_bytes("other " + std::to_string(i))));
      tree.append(other.back());
      EXPECT_EQ(tree.root(), root_by_definition(other));
    }
  }
  EXPECT_DEATH(tree_of(leaves).truncate(21), "truncating");
}

// A leaf is no node: the prefixes keep a node's two hashes from passing as an entry.
TEST(Merkle, ANodeIsNoEntry) {
  const Hashes leaves = numbered_leaves(4);
  Bytes joined = to_bytes(leaves[0].view());
  joined.insert(joined.end(), leaves[1].bytes.begin(), leaves[1].bytes.end());
  EXPECT_NE(leaf_hash(joined), node_hash(leaves[0], leaves[1]));
}

}  // namespace
}  // namespace tuixuan::log

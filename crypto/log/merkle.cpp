#include "crypto/log/merkle.h"

#include <bit>

#include "crypto/primitives/hash.h"

namespace tuixuan::log {

static constexpr std::uint8_t kLeafPrefix[] = {0};
static constexpr std::uint8_t kNodePrefix[] = {1};

Sha256 leaf_hash(ByteView entry) { return primitives::sha256_of_parts({kLeafPrefix, entry}); }
Sha256 node_hash(const Sha256& left, const Sha256& right) {
  return primitives::sha256_of_parts({kNodePrefix, left.view(), right.view()});
}

// The largest power of two below n, n >= 2.
static std::uint64_t split(std::uint64_t n) { return std::bit_floor(n - 1); }

Sha256 root_by_definition(std::span<const Sha256> leaves) {
  if (leaves.empty()) return primitives::sha256({});
  if (leaves.size() == 1) return leaves[0];
  const std::uint64_t k = split(leaves.size());
  return node_hash(root_by_definition(leaves.first(k)), root_by_definition(leaves.subspan(k)));
}

void Tree::append(const Sha256& leaf) {
  Sha256 hash = leaf;
  for (std::size_t level = 0;; ++level) {
    if (levels_.size() == level) levels_.emplace_back();
    levels_[level].push_back(hash);
    const std::size_t n = levels_[level].size();
    if (n % 2 != 0) return;
    hash = node_hash(levels_[level][n - 2], hash);
  }
}

// Root of leaves [from, to), where from is a multiple of the largest power of two up to to - from.
Sha256 Tree::subtree(std::uint64_t from, std::uint64_t to) const {
  const std::uint64_t n = to - from;
  if (std::has_single_bit(n)) {
    const auto level = static_cast<unsigned>(std::countr_zero(n));
    return node(level, from >> level);
  }
  const std::uint64_t k = split(n);
  return node_hash(subtree(from, from + k), subtree(from + k, to));
}

Sha256 Tree::root_at(std::uint64_t n) const {
  if (n > size()) bug("the root of a tree larger than it is");
  return n == 0 ? primitives::sha256({}) : subtree(0, n);
}

std::vector<Sha256> Tree::inclusion_proof(std::uint64_t index, std::uint64_t n) const {
  if (index >= n || n > size()) bug("an inclusion proof outside the tree");
  std::vector<Sha256> down;  // from the root
  std::uint64_t from = 0;
  std::uint64_t to = n;
  while (to - from > 1) {
    const std::uint64_t middle = from + split(to - from);
    if (index < middle) {
      down.push_back(subtree(middle, to));
      to = middle;
    } else {
      down.push_back(subtree(from, middle));
      from = middle;
    }
  }
  return {down.rbegin(), down.rend()};
}

std::vector<Sha256> Tree::consistency_proof(std::uint64_t old, std::uint64_t n) const {
  if (old > n || n > size()) bug("a consistency proof outside the tree");
  if (old == 0 || old == n) return {};
  std::vector<Sha256> down;
  std::uint64_t from = 0;
  std::uint64_t to = n;
  bool whole = true;  // the old tree ends with the subtree under consideration and began with it
  while (to != old) {
    const std::uint64_t middle = from + split(to - from);
    if (old <= middle) {
      down.push_back(subtree(middle, to));
      to = middle;
    } else {
      down.push_back(subtree(from, middle));
      from = middle;
      whole = false;
    }
  }
  if (!whole) down.push_back(subtree(from, to));
  return {down.rbegin(), down.rend()};
}

Result<void> verify_inclusion(const Sha256& leaf, std::uint64_t index, std::uint64_t size, const Sha256& root,
                              std::span<const Sha256> proof) {
  if (index >= size) return fail("log.inclusion", "entry " + std::to_string(index) + " is not in a log of " + std::to_string(size));
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Sha256 hash = leaf;
  for (const Sha256& sibling : proof) {
    if (last == 0) return fail("log.inclusion", "the proof is too long");
    if (node % 2 == 1 || node == last) {
      hash = node_hash(sibling, hash);
      while (node % 2 == 0 && node != 0) {
        node /= 2;
        last /= 2;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node /= 2;
    last /= 2;
  }
  if (last != 0) return fail("log.inclusion", "the proof is too short");
  if (hash != root) return fail("log.inclusion", "the proof does not lead to the root");
  return {};
}

Result<void> verify_consistency(std::uint64_t old_size, const Sha256& old_root, std::uint64_t size, const Sha256& root,
                                std::span<const Sha256> proof) {
  if (old_size > size) return fail("log.consistency", "the log has become smaller");
  if (old_size == 0 || old_size == size) {
    if (!proof.empty()) return fail("log.consistency", "a proof where none belongs");
    const Sha256 expected = old_size == 0 ? primitives::sha256({}) : root;
    if (old_root != expected) return fail("log.consistency", "another root for the same size");
    return {};
  }
  if (proof.empty()) return fail("log.consistency", "the proof is missing");
  std::uint64_t node = old_size - 1;
  std::uint64_t last = size - 1;
  while (node % 2 == 1) {
    node /= 2;
    last /= 2;
  }
  std::size_t at = 0;
  Sha256 from_old = node != 0 ? proof[at++] : old_root;
  Sha256 from_new = from_old;
  for (; at < proof.size(); ++at) {
    if (last == 0) return fail("log.consistency", "the proof is too long");
    if (node % 2 == 1 || node == last) {
      from_old = node_hash(proof[at], from_old);
      from_new = node_hash(proof[at], from_new);
      while (node % 2 == 0 && node != 0) {
        node /= 2;
        last /= 2;
      }
    } else {
      from_new = node_hash(from_new, proof[at]);
    }
    node /= 2;
    last /= 2;
  }
  if (last != 0) return fail("log.consistency", "the proof is too short");
  if (from_old != old_root || from_new != root) return fail("log.consistency", "the two logs do not agree");
  return {};
}

}  // namespace tuixuan::log

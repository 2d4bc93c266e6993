// The Merkle tree of RFC 6962 section 2.1 (also RFC 9162) over SHA-256:
//   leaf = SHA-256(0x00 | entry),  node = SHA-256(0x01 | left | right),  root of the empty tree = SHA-256("").
// The right edge is never padded. Tree keeps every hash of a complete subtree in memory (64 bytes an entry).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "crypto/base/ids.h"

namespace tuixuan::log {

Sha256 leaf_hash(ByteView entry);
Sha256 node_hash(const Sha256& left, const Sha256& right);

// By the definition, from the leaves alone: the second route by which a tree is checked.
Sha256 root_by_definition(std::span<const Sha256> leaves);

class Tree {
 public:
  void append(const Sha256& leaf);
  std::uint64_t size() const { return levels_.empty() ? 0 : levels_[0].size(); }
  Sha256 root() const { return root_at(size()); }
  Sha256 root_at(std::uint64_t size) const;  // size <= size()
  // Hash i of level l: the root of leaves [i 2^l, (i+1) 2^l), which are all there.
  const Sha256& node(unsigned level, std::uint64_t index) const { return levels_.at(level).at(index); }
  // Leaf's sibling first. index < size <= size().
  std::vector<Sha256> inclusion_proof(std::uint64_t index, std::uint64_t size) const;
  // From an older tree to one of size; empty if they are equal or old is 0. old <= size <= size().
  std::vector<Sha256> consistency_proof(std::uint64_t old, std::uint64_t size) const;

 private:
  Sha256 subtree(std::uint64_t from, std::uint64_t to) const;
  std::vector<std::vector<Sha256>> levels_;
};

// Errors: "log.inclusion".
[[nodiscard]] Result<void> verify_inclusion(const Sha256& leaf, std::uint64_t index, std::uint64_t size, const Sha256& root,
                                            std::span<const Sha256> proof);
// Errors: "log.consistency".
[[nodiscard]] Result<void> verify_consistency(std::uint64_t old_size, const Sha256& old_root, std::uint64_t size, const Sha256& root,
                                              std::span<const Sha256> proof);

}  // namespace tuixuan::log

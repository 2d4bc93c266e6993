// The log's Merkle tree (RFC 6962 section 2.1): leaf = SHA-256(0x00 || entry), node = SHA-256(0x01 || left || right),
// the right edge never padded. Tree keeps every complete subtree's hash and makes proofs; Frontier keeps only the right
// edge, for those who replay a log; root_by_definition is the recursive definition itself, a second route to the same
// root. Errors: "log.inclusion", "log.consistency".
#pragma once

#include <vector>

#include "crypto/base/ids.h"

namespace tuixuan::log {

inline constexpr std::size_t kMaxEntrySize = 65535;
inline constexpr std::size_t kMaxProofHashes = 63;  // a log has fewer than 2^63 entries

using Hashes = std::vector<Sha256>;

Sha256 leaf_hash(ByteView entry);
Sha256 node_hash(const Sha256& left, const Sha256& right);
Sha256 empty_root();  // SHA-256 of nothing
Sha256 root_by_definition(std::span<const Sha256> leaves);

class Tree {
 public:
  void append(const Sha256& leaf);
  void truncate(std::uint64_t size);  // back to an earlier size: the entries after it never came to be
  std::uint64_t size() const { return levels_.empty() ? 0 : levels_[0].size(); }
  const Sha256& leaf(std::uint64_t index) const;  // index < size()
  Sha256 root() const { return root_at(size()); }
  Sha256 root_at(std::uint64_t size) const;  // size <= size()
  // Leaf's sibling first, root's child last. Refuses an index or a size that the tree does not have.
  [[nodiscard]] Result<Hashes> inclusion_proof(std::uint64_t index, std::uint64_t size) const;
  // In the order of RFC 6962 section 2.1.2; empty from 0 and from the same size.
  [[nodiscard]] Result<Hashes> consistency_proof(std::uint64_t old_size, std::uint64_t size) const;
  // The hashes of the complete subtrees of 2^height leaves, from left to right.
  std::span<const Sha256> subtrees(unsigned height) const;

 private:
  Sha256 range(std::uint64_t from, std::uint64_t to) const;
  std::vector<Hashes> levels_;  // levels_[h][i] = MTH of leaves i * 2^h to (i + 1) * 2^h
};

class Frontier {
 public:
  void append(const Sha256& leaf);
  std::uint64_t size() const { return size_; }
  Sha256 root() const;

 private:
  std::uint64_t size_ = 0;
  Hashes peaks_;  // one for each set bit of size_, largest first
};

[[nodiscard]] Result<void> verify_inclusion(const Sha256& leaf, std::uint64_t index, std::uint64_t size,
                                            const Sha256& root, std::span<const Sha256> proof);
// From size 0 the old root must be that of the empty log and the proof empty.
[[nodiscard]] Result<void> verify_consistency(std::uint64_t old_size, const Sha256& old_root, std::uint64_t size,
                                              const Sha256& root, std::span<const Sha256> proof);

}  // namespace tuixuan::log

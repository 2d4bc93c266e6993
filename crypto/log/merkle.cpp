#include "crypto/log/merkle.h"

#include <algorithm>
#include <bit>

#include "crypto/codes/entries.h"
#include "crypto/primitives/hash.h"

namespace tuixuan::log {
namespace {

constexpr ByteArray<1> kLeafPrefix{0x00};
constexpr ByteArray<1> kNodePrefix{0x01};

// The largest power of two below n, for n >= 2.
std::uint64_t split(std::uint64_t n) { return std::bit_floor(n - 1); }

std::string of_size(std::uint64_t size) { return " of a log of size " + std::to_string(size); }

}  // namespace

Sha256 leaf_hash(ByteView entry) { return primitives::sha256_of_parts({kLeafPrefix, entry}); }

Sha256 node_hash(const Sha256& left, const Sha256& right) {
  return primitives::sha256_of_parts({kNodePrefix, left.view(), right.view()});
}

Sha256 empty_root() { return primitives::sha256({}); }

Sha256 root_by_definition(std::span<const Sha256> leaves) {
  if (leaves.empty()) return empty_root();
  if (leaves.size() == 1) return leaves[0];
  const std::size_t k = split(leaves.size());
  return node_hash(root_by_definition(leaves.first(k)), root_by_definition(leaves.subspan(k)));
}

void Tree::append(const Sha256& leaf) {
  Sha256 hash = leaf;
  for (std::size_t h = 0;; ++h) {
    if (levels_.size() == h) levels_.emplace_back();
    Hashes& level = levels_[h];
    level.push_back(hash);
    if (level.size() % 2 == 1) return;
    hash = node_hash(level[level.size() - 2], level.back());
  }
}

void Tree::truncate(std::uint64_t to) {
  if (to > size()) bug("truncating a tree to more than it has");
  for (std::size_t h = 0; h < levels_.size(); ++h) levels_[h].resize(to >> h);
}

const Sha256& Tree::leaf(std::uint64_t index) const {
  if (index >= size()) bug("a leaf beyond the tree");
  return levels_[0][index];
}

Sha256 Tree::range(std::uint64_t from, std::uint64_t to) const {
  const std::uint64_t n = to - from;
  if (std::has_single_bit(n)) {
    const auto height = static_cast<std::size_t>(std::countr_zero(n));
    return levels_[height][from >> height];
  }
  const std::uint64_t k = split(n);
  return node_hash(range(from, from + k), range(from + k, to));
}

Sha256 Tree::root_at(std::uint64_t at) const {
  if (at > size()) bug("a root beyond the tree");
  return at == 0 ? empty_root() : range(0, at);
}

Result<Hashes> Tree::inclusion_proof(std::uint64_t index, std::uint64_t at) const {
  if (at > size() || index >= at)
    return fail(code::log::inclusion, "no entry " + std::to_string(index) + of_size(at) + "; the log has " +
                                          std::to_string(size()) + " entries");
  Hashes out;
  std::uint64_t from = 0;
  std::uint64_t to = at;
  while (to - from > 1) {
    const std::uint64_t middle = from + split(to - from);
    out.push_back(index < middle ? range(middle, to) : range(from, middle));
    (index < middle ? to : from) = middle;
  }
  std::reverse(out.begin(), out.end());
  return out;
}

Result<Hashes> Tree::consistency_proof(std::uint64_t old_size, std::uint64_t at) const {
  if (at > size() || old_size > at)
    return fail(code::log::consistency, "no proof from size " + std::to_string(old_size) + " to " + std::to_string(at) +
                                            "; the log has " + std::to_string(size()) + " entries");
  Hashes out;
  if (old_size == 0) return out;
  std::uint64_t from = 0;
  std::uint64_t to = at;
  while (old_size != to) {  // the old tree ends inside [from, to)
    const std::uint64_t middle = from + split(to - from);
    out.push_back(old_size <= middle ? range(middle, to) : range(from, middle));
    (old_size <= middle ? to : from) = middle;
  }
  if (from != 0) out.push_back(range(from, to));  // else it is the old root, which the verifier has
  std::reverse(out.begin(), out.end());
  return out;
}

std::span<const Sha256> Tree::subtrees(unsigned height) const {
  return height < levels_.size() ? std::span<const Sha256>(levels_[height]) : std::span<const Sha256>();
}

void Frontier::append(const Sha256& leaf) {
  Sha256 hash = leaf;
  for (std::uint64_t bits = size_; (bits & 1U) != 0; bits >>= 1U) {
    hash = node_hash(peaks_.back(), hash);
    peaks_.pop_back();
  }
  peaks_.push_back(hash);
  ++size_;
}

Sha256 Frontier::root() const {
  if (peaks_.empty()) return empty_root();
  Sha256 root = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = node_hash(peaks_[i], root);
  return root;
}

Result<void> verify_inclusion(const Sha256& leaf, std::uint64_t index, std::uint64_t size, const Sha256& root,
                              std::span<const Sha256> proof) {
  const auto refused = [&](const char* why) {
    return fail(code::log::inclusion, "entry " + std::to_string(index) + of_size(size) + ": " + why);
  };
  if (index >= size) return refused("there is no such entry");
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Sha256 hash = leaf;
  for (const Sha256& sibling : proof) {
    if (last == 0) return refused("the proof is too long");
    if ((node & 1U) != 0 || node == last) {
      hash = node_hash(sibling, hash);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1U;
    last >>= 1U;
  }
  if (last != 0) return refused("the proof is too short");
  if (hash != root) return refused("the proof does not lead to the root");
  return {};
}

Result<void> verify_consistency(std::uint64_t old_size, const Sha256& old_root, std::uint64_t size, const Sha256& root,
                                std::span<const Sha256> proof) {
  const auto refused = [&](const char* why) {
    return fail(code::log::consistency,
                "from size " + std::to_string(old_size) + " to " + std::to_string(size) + ": " + why);
  };
  if (old_size > size) return refused("the log became smaller");
  if (old_size == 0 || old_size == size) {
    if (!proof.empty()) return refused("the proof should be empty");
    if (old_size == 0 && old_root != empty_root()) return refused("the old root is not that of the empty log");
    if (old_size == size && old_root != root) return refused("one size, two roots");
    return {};
  }
  std::uint64_t node = old_size - 1;
  std::uint64_t last = size - 1;
  while ((node & 1U) != 0) {
    node >>= 1U;
    last >>= 1U;
  }
  // The proof of a complete old tree leaves out its root, for the verifier has it.
  const bool complete = std::has_single_bit(old_size);
  if (!complete && proof.empty()) return refused("the proof is too short");
  Sha256 old_hash = complete ? old_root : proof[0];
  Sha256 hash = old_hash;
  for (const Sha256& next : complete ? proof : proof.subspan(1)) {
    if (last == 0) return refused("the proof is too long");
    if ((node & 1U) != 0 || node == last) {
      old_hash = node_hash(next, old_hash);
      hash = node_hash(next, hash);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = node_hash(hash, next);
    }
    node >>= 1U;
    last >>= 1U;
  }
  if (last != 0) return refused("the proof is too short");
  if (old_hash != old_root) return refused("the proof does not lead to the old root");
  if (hash != root) return refused("the proof does not lead to the new root");
  return {};
}

}  // namespace tuixuan::log

#include "crypto/batch/claims.h"

#include <algorithm>
#include <unordered_map>

#include "crypto/batch/order.h"
#include "crypto/batch/sum.h"
#include "crypto/batch/weights.h"
#include "crypto/primitives/hash.h"

namespace tuixuan::batch {

using primitives::Point;
using primitives::Scalar;
using primitives::VerifyKey;

void Claims::signature(const VerifyKey& key, ByteView message, const primitives::Signature& signature) {
  const ByteView bytes = signature.bytes;
  auto s = Scalar::decode(bytes.subspan(32));
  if (!s) {
    doubtful_ = true;
    return;
  }
  primitives::Sha512Stream hash;
  hash.add(bytes.first(32));
  hash.add(key.view());
  hash.add(message);
  Signed claim{key, {}, *s, Scalar::reduce(hash.finish())};
  std::copy_n(bytes.begin(), 32, claim.R.begin());
  signed_.push_back(std::move(claim));
}

void Claims::knowledge(const Scalar& z, const Point& A, const Scalar& c, const Point& X) {
  known_.push_back({z, A, c, X});
}

namespace {

// Points of edwards25519 by their 32 bytes.
struct Edwards {
  Bytes bytes;
  std::vector<Coordinates> points;

  void add(ByteView b) { bytes.insert(bytes.end(), b.begin(), b.end()); }
  bool decode() {
    points.resize(bytes.size() / 32);
    std::vector<std::uint8_t> ok(points.size());
    engine().decode_edwards(bytes.data(), points.size(), points.data(), ok.data());
    return std::find(ok.begin(), ok.end(), 0) == ok.end();
  }
};

}  // namespace

bool all_hold(std::span<const Claims* const> items, unsigned threads) {
  Edwards keys;
  Edwards nonces;
  std::unordered_map<VerifyKey, std::size_t, ByteIdHash> key_at;
  std::size_t equations = 0;
  std::size_t terms = 0;
  for (const Claims* item : items) {
    if (item->doubtful_) return false;
    equations += item->signed_.size() + item->known_.size();
    terms += 2 * (item->signed_.size() + item->known_.size());
    for (const auto& s : item->signed_) {
      nonces.add(s.R);
      if (key_at.emplace(s.key, key_at.size()).second) keys.add(s.key.view());
    }
  }
  if (!nonces.decode() || !keys.decode()) return false;
  std::vector<const Coordinates*> shown;
  for (const Coordinates& p : nonces.points) shown.push_back(&p);
  if (!all_of_prime_order(shown, threads)) return false;

  const std::vector<Scalar> weights = draw_weights(equations);
  std::vector<Scalar> of_key(keys.points.size());  // keys sign often: one term each
  Sum sum;
  sum.reserve(terms);
  std::size_t e = 0;
  std::size_t nonce = 0;
  for (const Claims* item : items) {
    for (const auto& s : item->signed_) {  // R + kA - sB
      const Scalar& weight = weights[e++];
      Scalar& on_key = of_key[key_at.at(s.key)];
      on_key = on_key + weight * s.k;
      sum.add(weight, nonces.points[nonce++]);
      sum.add_base(Scalar{} - weight * s.s);
    }
    for (const auto& k : item->known_) {  // A + cX - zG
      const Scalar& weight = weights[e++];
      sum.add(weight, k.A);
      sum.add(weight * k.c, k.X);
      sum.add_base(Scalar{} - weight * k.z);
    }
  }
  for (std::size_t i = 0; i < of_key.size(); ++i) sum.add(of_key[i], keys.points[i]);
  return sum.is_identity(threads);
}

namespace {

// Halves what fails, as long as that costs less than to check each item by itself.
class Halving {
 public:
  Halving(std::size_t items, unsigned threads) : left_(kPatience * items), threads_(threads), held_(items) {}

  // Whether the items, which stand at `at`, are known to hold; `fails`: they do not, which need not be shown again.
  bool judge(std::span<const Claims* const> items, std::size_t at, bool fails) {
    constexpr std::size_t kSmall = 8;
    if (!fails) {
      if (left_ < items.size()) return false;
      left_ -= items.size();
      if (all_hold(items, threads_)) {
        std::fill_n(held_.begin() + static_cast<std::ptrdiff_t>(at), items.size(), true);
        return true;
      }
    }
    if (items.size() <= kSmall) return false;
    const std::size_t half = items.size() / 2;
    const bool first = judge(items.first(half), at, false);
    judge(items.subspan(half), at + half, first);  // if the first half holds, it is the second that fails
    return false;
  }
  std::vector<bool> held() && { return std::move(held_); }

 private:
  static constexpr std::size_t kPatience = 4;  // each item is in so many merged checks on average, at most
  std::size_t left_;
  unsigned threads_;
  std::vector<bool> held_;
};

}  // namespace

std::vector<bool> which_hold(std::span<const Claims* const> items, unsigned threads) {
  Halving halving(items.size(), threads);
  if (!items.empty()) halving.judge(items, 0, false);
  return std::move(halving).held();
}

}  // namespace tuixuan::batch

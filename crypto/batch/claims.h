// What must hold for one item (a ballot) before it may be taken, written down instead of checked: signatures and
// proofs of knowledge. The claims of many items are then checked together, in one sum with an independent random weight
// for each equation. "All hold" is certain but for 2^-128; otherwise each item is checked by itself as ever, so that a
// refusal is always that of the exact check.
//
// Signatures keep the rule of primitives/sign.h: the cofactorless equation. In a weighted sum that is the same only for
// points of prime order, so R is shown to be of it (order.h), and the key must be: claims are made only for keys
// that primitives::is_verify_key() has taken.
#pragma once

#include <vector>

#include "crypto/primitives/point.h"
#include "crypto/primitives/sign.h"

namespace tuixuan::batch {

class Claims {
 public:
  // The signature verifies. `key` has been taken by is_verify_key().
  void signature(const primitives::VerifyKey& key, ByteView message, const primitives::Signature& signature);
  // zG = A + cX.
  void knowledge(const primitives::Scalar& z, const primitives::Point& A, const primitives::Scalar& c,
                 const primitives::Point& X);
  bool empty() const { return signed_.empty() && known_.empty() && !doubtful_; }

 private:
  friend bool all_hold(std::span<const Claims* const>, unsigned);
  struct Signed {
    primitives::VerifyKey key;
    ByteArray<32> R;
    primitives::Scalar s;
    primitives::Scalar k;  // of the message
  };
  struct Known {
    primitives::Scalar z;
    primitives::Point A;
    primitives::Scalar c;
    primitives::Point X;
  };
  std::vector<Signed> signed_;
  std::vector<Known> known_;
  bool doubtful_ = false;  // something is not as it must be; the exact check will say what
};

// False: not all hold, or it is for the exact check to say.
bool all_hold(std::span<const Claims* const> items, unsigned threads);

// For each item whether its claims are known to hold: a batch that fails is halved, until that would cost more than to
// check one by one. For the items of a part that fails, and is small or comes after that, the exact check has to say.
std::vector<bool> which_hold(std::span<const Claims* const> items, unsigned threads);

}  // namespace tuixuan::batch

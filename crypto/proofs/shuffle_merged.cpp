// E1 to E5 of a shuffle in one sum, each equation with a weight of its own (crypto/batch/weights.h), each half of a
// column of E4 too.
#include "crypto/batch/sum.h"
#include "crypto/batch/weights.h"
#include "crypto/proofs/generators.h"
#include "crypto/proofs/shuffle.h"

namespace tuixuan::proofs {

using primitives::Scalar;

bool merged_shuffle_holds(const ShuffleStatement& s, const ShuffleProof& p, std::span<const Scalar> u, const Scalar& x,
                          unsigned threads) {
  const std::size_t n = s.input.size();
  const std::size_t w = s.input[0].size();
  const auto known = generator_elements(n, threads);
  const std::vector<batch::Coordinates>& h = *known;

  const std::vector<Scalar> weights = batch::draw_weights(3 + 2 * w + n);
  const Scalar& on1 = weights[0];
  const Scalar& on2 = weights[1];
  const Scalar& on3 = weights[2];
  const std::span<const Scalar> on4 = std::span(weights).subspan(3, 2 * w);  // alpha, beta, alpha, beta, ...
  const std::span<const Scalar> on5 = std::span(weights).subspan(3 + 2 * w);
  const Scalar zero;

  batch::Sum sum;
  sum.reserve((4 + 4 * w) * n + 8 + 2 * w);
  Scalar product = Scalar::of(1);
  Scalar base = on1 * p.s1 + on2 * p.s2 + on3 * p.s3;
  const Scalar x1 = x * on1;
  const Scalar x3 = x * on3;
  std::vector<Scalar> x4;
  for (const Scalar& o : on4) x4.push_back(zero - x * o);
  sum.add(zero - on1, p.t1);
  sum.add(zero - on2, p.t2);
  sum.add(zero - on3, p.t3);
  for (std::size_t i = 0; i < n; ++i) {
    product = product * u[i];
    sum.add(x1 + on3 * p.s_prime[i], h[i + 1]);  // E1, E3
    sum.add(zero - (x1 + x3 * u[i]), p.c[i]);
    for (std::size_t m = 0; m < w; ++m) {  // E4
      sum.add(on4[2 * m] * p.s_prime[i], s.output[i][m].alpha);
      sum.add(on4[2 * m + 1] * p.s_prime[i], s.output[i][m].beta);
      sum.add(x4[2 * m] * u[i], s.input[i][m].alpha);
      sum.add(x4[2 * m + 1] * u[i], s.input[i][m].beta);
    }
    base = base - on5[i] * p.s_hat[i];  // E5, its sign turned: the weight of t^ stays short
    sum.add(on5[i], p.t_hat[i]);
    Scalar on_chain = x * on5[i];
    if (i + 1 < n) {
      on_chain = on_chain - on5[i + 1] * p.s_prime[i + 1];
    } else {
      on_chain = on_chain - x * on2;  // E2
    }
    sum.add(on_chain, p.c_hat[i]);
  }
  sum.add(x * on2 * product - on5[0] * p.s_prime[0], h[0]);  // E2, E5
  Scalar on_key;
  for (std::size_t m = 0; m < w; ++m) {
    base = base - on4[2 * m] * p.s4[m];
    on_key = on_key - on4[2 * m + 1] * p.s4[m];
    sum.add(zero - on4[2 * m], p.t4[m].alpha);
    sum.add(zero - on4[2 * m + 1], p.t4[m].beta);
  }
  sum.add(on_key, s.Y);
  sum.add_base(base);
  return sum.is_identity(threads);
}

}  // namespace tuixuan::proofs

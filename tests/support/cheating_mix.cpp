#include "tests/support/cheating_mix.h"

#include "crypto/proofs/generators.h"

namespace tuixuan::kit {

using primitives::Point;
using primitives::Scalar;
using primitives::SecretScalar;
using proofs::Row;

static Scalar any() { return SecretScalar::random().publish(); }

protocol::MixRecord cheating_mix(const protocol::MixStatement& s, std::span<const Row> input,
                                 const std::vector<std::size_t>& psi,
                                 const std::function<void(std::vector<Row>&)>& spoil) {
  const std::size_t n = input.size();
  const std::size_t w = input[0].size();
  const Point& Y = s.public_key;
  const auto h = proofs::generators(n, 1);
  protocol::MixRecord out;
  proofs::ShuffleProof& p = out.proof;
  std::vector<std::vector<Scalar>> r(n, std::vector<Scalar>(w));  // by input
  std::vector<Scalar> rho(n), rho_hat(n), omega_hat(n), omega_prime(n), omega4(w);
  for (auto* list : {&rho, &rho_hat, &omega_hat, &omega_prime, &omega4})
    for (Scalar& x : *list) x = any();
  for (auto& row : r)
    for (Scalar& x : row) x = any();
  for (std::size_t i = 0; i < n; ++i) {
    Row row;
    for (std::size_t m = 0; m < w; ++m)
      row.push_back({input[psi[i]][m].alpha + Point::base(r[psi[i]][m]), input[psi[i]][m].beta + r[psi[i]][m] * Y});
    out.output.push_back(std::move(row));
  }
  spoil(out.output);
  for (std::size_t j = 0; j < n; ++j) p.c.push_back(Point::base(rho[j]));
  for (std::size_t i = 0; i < n; ++i) p.c[psi[i]] += (*h)[i + 1];
  const proofs::ShuffleStatement statement{s.tctx,       s.contest.name, s.position.value, s.mixer.value,
                                           s.public_key, input,          out.output};
  const Hash64 S = proofs::shuffle_digest(statement, p.c);
  const auto u = proofs::shuffle_weights(S, n, 1);
  Scalar chain_r;
  for (std::size_t i = 0; i < n; ++i) {
    const Scalar& ui = u[psi[i]];
    p.c_hat.push_back(Point::base(rho_hat[i]) + ui * (i == 0 ? (*h)[0] : p.c_hat[i - 1]));
    chain_r = i == 0 ? rho_hat[0] : rho_hat[i] + ui * chain_r;
  }
  const Scalar w1 = any();
  const Scalar w2 = any();
  const Scalar w3 = any();
  p.t1 = Point::base(w1);
  p.t2 = Point::base(w2);
  p.t3 = Point::base(w3);
  for (std::size_t i = 0; i < n; ++i) p.t3 += omega_prime[i] * (*h)[i + 1];
  for (std::size_t m = 0; m < w; ++m) {
    proofs::Ciphertext t{Point{} - Point::base(omega4[m]), Point{} - omega4[m] * Y};
    for (std::size_t i = 0; i < n; ++i) {
      t.alpha += omega_prime[i] * out.output[i][m].alpha;
      t.beta += omega_prime[i] * out.output[i][m].beta;
    }
    p.t4.push_back(t);
  }
  for (std::size_t i = 0; i < n; ++i)
    p.t_hat.push_back(Point::base(omega_hat[i]) + omega_prime[i] * (i == 0 ? (*h)[0] : p.c_hat[i - 1]));
  const Scalar e = proofs::shuffle_challenge(S, p);
  Scalar sum_rho;
  Scalar r3;
  for (std::size_t j = 0; j < n; ++j) {
    sum_rho = sum_rho + rho[j];
    r3 = r3 + rho[j] * u[j];
  }
  p.s1 = w1 + e * sum_rho;
  p.s2 = w2 + e * chain_r;
  p.s3 = w3 + e * r3;
  for (std::size_t m = 0; m < w; ++m) {
    Scalar r4;
    for (std::size_t i = 0; i < n; ++i) r4 = r4 + r[psi[i]][m] * u[psi[i]];
    p.s4.push_back(omega4[m] + e * r4);
  }
  for (std::size_t i = 0; i < n; ++i) {
    p.s_hat.push_back(omega_hat[i] + e * rho_hat[i]);
    p.s_prime.push_back(omega_prime[i] + e * u[psi[i]]);
  }
  return out;
}

}  // namespace tuixuan::kit

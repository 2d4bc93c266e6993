#include "tests/crypto/reference_shuffle.h"

#include <numeric>

#include "crypto/primitives/random.h"
#include "crypto/proofs/generators.h"

namespace tuixuan::proofs {

using primitives::Point;
using primitives::Scalar;
using primitives::SecretScalar;

using Scalars = std::vector<Scalar>;

static Scalars random_scalars(std::size_t n) {
  Scalars out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(SecretScalar::random().publish());
  return out;
}

static Scalars nonces(std::size_t n, const Scalars& rho, const Hash64& S) {
  Scalars out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(hedged_nonce(rho[i % rho.size()].bytes(), S).publish());
  return out;
}

Shuffled reference_shuffle(const ShuffleStatement& s) {
  const std::size_t n = s.input.size();
  const std::size_t w = s.input[0].size();
  std::vector<std::uint32_t> psi(n);
  std::iota(psi.begin(), psi.end(), 0U);
  for (std::size_t i = n; i > 1; --i)
    std::swap(psi[i - 1], psi[primitives::random_below(static_cast<std::uint32_t>(i))]);
  const Scalars r = random_scalars(n * w);
  const Scalars rho = random_scalars(n);
  const Scalars rho_hat = random_scalars(n);
  std::vector<Point> h;
  for (std::size_t i = 0; i <= n; ++i) h.push_back(generator(i));

  Shuffled out;
  ShuffleProof& p = out.proof;
  p.c.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t j = psi[i];
    Row row;
    for (std::size_t m = 0; m < w; ++m)
      row.push_back({s.input[j][m].alpha + Point::base(r[j * w + m]), s.input[j][m].beta + r[j * w + m] * s.Y});
    out.output.push_back(row);
    p.c[j] = h[i + 1] + Point::base(rho[j]);
  }
  const Hash64 S = shuffle_digest({s.context, s.contest, s.position, s.mixer, s.Y, s.input, out.output}, p.c);
  const Scalars u = shuffle_weights(S, n, 1);
  Scalar r_hat;
  for (std::size_t i = 0; i < n; ++i) {
    p.c_hat.push_back(Point::base(rho_hat[i]) + u[psi[i]] * (i == 0 ? h[0] : p.c_hat[i - 1]));
    r_hat = i == 0 ? rho_hat[0] : rho_hat[i] + u[psi[i]] * r_hat;
  }
  const Scalars omega = nonces(3, rho, S);
  const Scalars omega4 = nonces(w, rho, S);
  const Scalars omega_hat = nonces(n, rho, S);
  const Scalars omega_prime = nonces(n, rho, S);
  p.t1 = Point::base(omega[0]);
  p.t2 = Point::base(omega[1]);
  p.t3 = Point::base(omega[2]);
  for (std::size_t i = 0; i < n; ++i) p.t3 += omega_prime[i] * h[i + 1];
  for (std::size_t m = 0; m < w; ++m) {
    Ciphertext t{Point{} - Point::base(omega4[m]), Point{} - omega4[m] * s.Y};
    for (std::size_t i = 0; i < n; ++i) {
      t.alpha += omega_prime[i] * out.output[i][m].alpha;
      t.beta += omega_prime[i] * out.output[i][m].beta;
    }
    p.t4.push_back(t);
  }
  for (std::size_t i = 0; i < n; ++i)
    p.t_hat.push_back(Point::base(omega_hat[i]) + omega_prime[i] * (i == 0 ? h[0] : p.c_hat[i - 1]));

  const Scalar e = shuffle_challenge(S, p);
  Scalar r_bar;
  Scalar r_tilde;
  for (std::size_t j = 0; j < n; ++j) {
    r_bar = r_bar + rho[j];
    r_tilde = r_tilde + rho[j] * u[j];
  }
  p.s1 = omega[0] + e * r_bar;
  p.s2 = omega[1] + e * r_hat;
  p.s3 = omega[2] + e * r_tilde;
  for (std::size_t m = 0; m < w; ++m) {
    Scalar r4;
    for (std::size_t j = 0; j < n; ++j) r4 = r4 + r[j * w + m] * u[j];
    p.s4.push_back(omega4[m] + e * r4);
  }
  for (std::size_t i = 0; i < n; ++i) {
    p.s_hat.push_back(omega_hat[i] + e * rho_hat[i]);
    p.s_prime.push_back(omega_prime[i] + e * u[psi[i]]);
  }
  return out;
}

}  // namespace tuixuan::proofs

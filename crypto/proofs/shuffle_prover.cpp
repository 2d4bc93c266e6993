// The mixer's side. Permutation and randomness live only here, in wiping types; sums over secrets use constant-time
// multiplication (a leak of one omega' gives its u and so the permutation).
#include <numeric>

#include "crypto/base/parallel.h"
#include "crypto/primitives/random.h"
#include "crypto/proofs/generators.h"
#include "crypto/proofs/shuffle.h"
#include "crypto/proofs/sums.h"

namespace tuixuan::proofs {

using primitives::Point;
using primitives::Scalar;
using primitives::SecretScalar;

namespace {

// psi: output i comes from input psi[i]. Uniform by Fisher and Yates.
class Permutation {
 public:
  explicit Permutation(std::size_t n) : to_(n) {
    std::iota(to_.begin(), to_.end(), 0U);
    for (std::size_t i = n; i > 1; --i)
      std::swap(to_[i - 1], to_[primitives::random_below(static_cast<std::uint32_t>(i))]);
  }
  ~Permutation() {
    primitives::wipe({reinterpret_cast<std::uint8_t*>(to_.data()), to_.size() * sizeof(std::uint32_t)});
  }
  Permutation(const Permutation&) = delete;
  Permutation& operator=(const Permutation&) = delete;
  std::size_t operator[](std::size_t i) const { return to_[i]; }

 private:
  std::vector<std::uint32_t> to_;
};

using Secrets = std::vector<SecretScalar>;

Secrets random_scalars(std::size_t n) {
  Secrets out(n);
  for (SecretScalar& s : out) s = SecretScalar::random();
  return out;
}

SecretScalar sum(const Secrets& items) {
  SecretScalar out;
  for (const SecretScalar& s : items) out = out + s;
  return out;
}

class Mixer {
 public:
  Mixer(const ShuffleStatement& s, unsigned threads)
      : s_(s),
        threads_(threads),
        n_(s.input.size()),
        w_(s.input[0].size()),
        psi_(n_),
        h_(generators(n_, threads)),
        r_(random_scalars(n_ * w_)),
        rho_(random_scalars(n_)),
        rho_hat_(random_scalars(n_)) {}

  Shuffled run() {
    reencrypt();
    commit();
    const ShuffleStatement whole{s_.context, s_.contest, s_.position, s_.mixer, s_.Y, s_.input, out_.output};
    const Hash64 S = shuffle_digest(whole, out_.proof.c);
    u_ = shuffle_weights(S, n_, threads_);
    chain();
    draw_nonces(S);
    announce();
    respond(shuffle_challenge(S, out_.proof));
    return std::move(out_);
  }

 private:
  const SecretScalar& r(std::size_t j, std::size_t m) const { return r_[j * w_ + m]; }
  Scalar permuted(std::size_t i) const { return u_[psi_[i]]; }  // u~_i: secret until the response hides it

  void reencrypt() {
    out_.output.resize(n_);
    parallel_for(n_, threads_, [&](std::size_t i) {
      const std::size_t j = psi_[i];
      out_.output[i].resize(w_);
      for (std::size_t m = 0; m < w_; ++m)
        out_.output[i][m] = {s_.input[j][m].alpha + Point::base(r(j, m)), s_.input[j][m].beta + r(j, m) * s_.Y};
    });
  }

  void commit() {
    out_.proof.c.resize(n_);
    parallel_for(n_, threads_,
                 [&](std::size_t i) { out_.proof.c[psi_[i]] = (*h_)[i + 1] + Point::base(rho_[psi_[i]]); });
  }

  // c^_i = rho^_i G + u~_i c^_{i-1}, each from the one before: computed by its opening against G and h_0, in parallel.
  void chain() {
    chain_r_.resize(n_);
    chain_u_.resize(n_);
    for (std::size_t i = 0; i < n_; ++i) {
      const SecretScalar u = SecretScalar::of(permuted(i));
      chain_r_[i] = i == 0 ? rho_hat_[0].copy() : rho_hat_[i] + u * chain_r_[i - 1];
      chain_u_[i] = i == 0 ? u.copy() : u * chain_u_[i - 1];
    }
    out_.proof.c_hat.resize(n_);
    parallel_for(n_, threads_,
                 [&](std::size_t i) { out_.proof.c_hat[i] = Point::base(chain_r_[i]) + chain_u_[i] * (*h_)[0]; });
  }

  void draw_nonces(const Hash64& S) {
    const auto draw = [&](Secrets& out, std::size_t n) {
      out.resize(n);
      parallel_for(n, threads_, [&](std::size_t i) { out[i] = hedged_nonce(rho_[i % n_].reveal(), S); });
    };
    draw(omega_, 3);
    draw(omega4_, w_);
    draw(omega_hat_, n_);
    draw(omega_prime_, n_);
  }

  void announce() {
    ShuffleProof& p = out_.proof;
    p.t1 = Point::base(omega_[0]);
    p.t2 = Point::base(omega_[1]);
    p.t3 = Point::base(omega_[2]) +
           sum_points(n_, threads_, [&](std::size_t i) { return omega_prime_[i] * (*h_)[i + 1]; });
    for (std::size_t m = 0; m < w_; ++m) {
      const auto column = [&](Point Ciphertext::*half) {
        return sum_points(n_, threads_, [&](std::size_t i) { return omega_prime_[i] * (out_.output[i][m].*half); });
      };
      p.t4.push_back(
          {column(&Ciphertext::alpha) - Point::base(omega4_[m]), column(&Ciphertext::beta) - omega4_[m] * s_.Y});
    }
    p.t_hat.resize(n_);
    parallel_for(n_, threads_, [&](std::size_t i) {
      p.t_hat[i] = Point::base(omega_hat_[i]) + omega_prime_[i] * (i == 0 ? (*h_)[0] : p.c_hat[i - 1]);
    });
  }

  void respond(const Scalar& e) {
    ShuffleProof& p = out_.proof;
    SecretScalar r3;  // r~ = sum rho_j u_j
    for (std::size_t j = 0; j < n_; ++j) r3 = r3 + rho_[j] * u_[j];
    p.s1 = (omega_[0] + e * sum(rho_)).publish();
    p.s2 = (omega_[1] + e * chain_r_[n_ - 1]).publish();  // r^ = sum rho^_i v_i is what the chain's end holds of G
    p.s3 = (omega_[2] + e * r3).publish();
    for (std::size_t m = 0; m < w_; ++m) {
      SecretScalar r4;
      for (std::size_t j = 0; j < n_; ++j) r4 = r4 + r(j, m) * u_[j];
      p.s4.push_back((omega4_[m] + e * r4).publish());
    }
    for (std::size_t i = 0; i < n_; ++i) {
      p.s_hat.push_back((omega_hat_[i] + e * rho_hat_[i]).publish());
      p.s_prime.push_back((omega_prime_[i] + e * SecretScalar::of(permuted(i))).publish());
    }
  }

  const ShuffleStatement& s_;
  unsigned threads_;
  std::size_t n_;
  std::size_t w_;
  Permutation psi_;
  std::shared_ptr<const std::vector<Point>> h_;
  Secrets r_, rho_, rho_hat_;
  Secrets chain_r_, chain_u_;  // c^_i = chain_r_i G + chain_u_i h_0
  Secrets omega_, omega4_, omega_hat_, omega_prime_;
  std::vector<Scalar> u_;
  Shuffled out_;
};

}  // namespace

Shuffled shuffle(const ShuffleStatement& statement, unsigned threads) {
  if (statement.input.empty() || statement.input[0].empty()) bug("a shuffle of nothing");
  return Mixer(statement, threads).run();
}

}  // namespace tuixuan::proofs

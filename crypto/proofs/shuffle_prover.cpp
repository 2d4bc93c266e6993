// The mixer's side. Permutation and randomness live only here, in wiping types; sums over secrets are of constant time
// (a leak of one omega' gives its u and so the permutation). What can be opened is computed by its opening, as
// multiples of G, Y and h_0, which have tables.
#include <numeric>

#include "crypto/base/parallel.h"
#include "crypto/batch/decode.h"
#include "crypto/batch/secret_sums.h"
#include "crypto/primitives/random.h"
#include "crypto/proofs/generators.h"
#include "crypto/proofs/shuffle.h"

namespace tuixuan::proofs {

using batch::FixedBase;
using primitives::Coordinates;
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

const FixedBase& first_generator() {
  static const FixedBase base((*generator_elements(0, 1))[0]);
  return base;
}

class Mixer {
 public:
  Mixer(const ShuffleStatement& s, unsigned threads)
      : s_(s),
        threads_(threads),
        n_(s.input.size()),
        w_(s.input[0].size()),
        psi_(n_),
        G_(FixedBase::generator()),
        Y_(batch::coordinates_of(std::vector{&s.Y}, 1)[0]),
        h_(generator_elements(n_, threads)),
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

  // In the order of the input, r's too; the permutation moves what is public by then.
  void reencrypt() {
    const auto halves = [&](Point Ciphertext::*half, const FixedBase& base) {
      std::vector<const Point*> points;
      points.reserve(n_ * w_);
      for (const Row& row : s_.input)
        for (const Ciphertext& ct : row) points.push_back(&(ct.*half));
      return batch::fixed_sums(batch::coordinates_of(points, threads_), {{base, r_}}, threads_);
    };
    const std::vector<Point> alphas = halves(&Ciphertext::alpha, G_);
    const std::vector<Point> betas = halves(&Ciphertext::beta, Y_);
    out_.output.resize(n_);
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t m = 0; m < w_; ++m)
        out_.output[i].push_back({alphas[psi_[i] * w_ + m], betas[psi_[i] * w_ + m]});
  }

  void commit() {
    std::vector<Coordinates> start(n_);
    for (std::size_t i = 0; i < n_; ++i) start[psi_[i]] = (*h_)[i + 1];
    out_.proof.c = batch::fixed_sums(start, {{G_, rho_}}, threads_);
  }

  // c^_i = rho^_i G + u~_i c^_{i-1}, each from the one before: computed by its opening against G and h_0.
  void chain() {
    chain_r_.resize(n_);
    chain_u_.resize(n_);
    for (std::size_t i = 0; i < n_; ++i) {
      const SecretScalar u = SecretScalar::of(permuted(i));
      chain_r_[i] = i == 0 ? rho_hat_[0].copy() : rho_hat_[i] + u * chain_r_[i - 1];
      chain_u_[i] = i == 0 ? u.copy() : u * chain_u_[i - 1];
    }
    out_.proof.c_hat = batch::fixed_sums({{G_, chain_r_}, {h0_, chain_u_}}, threads_);
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
    std::vector<const SecretScalar*> weights;
    for (const SecretScalar& o : omega_prime_) weights.push_back(&o);
    p.t3 = Point::base(omega_[2]) + batch::secret_sum(weights, std::span(*h_).subspan(1, n_), threads_);
    for (std::size_t m = 0; m < w_; ++m) announce_column(m);
    announce_chain();
  }

  // sum omega'_i alpha'_i - omega_4 G: alpha'_i is alpha_{psi(i)} + r G, and the input's coordinates are known.
  void announce_column(std::size_t m) {
    std::vector<const SecretScalar*> weights(n_);
    SecretScalar rest;
    for (std::size_t i = 0; i < n_; ++i) {
      weights[psi_[i]] = &omega_prime_[i];
      rest = rest + omega_prime_[i] * r(psi_[i], m);
    }
    rest = rest - omega4_[m];
    const auto sum = [&](Point Ciphertext::*half) {
      std::vector<const Point*> points;
      for (const Row& row : s_.input) points.push_back(&(row[m].*half));
      return batch::secret_sum(weights, batch::coordinates_of(points, threads_), threads_);
    };
    out_.proof.t4.push_back({sum(&Ciphertext::alpha) + Point::base(rest), sum(&Ciphertext::beta) + rest * s_.Y});
  }

  // t^_i = omega^_i G + omega'_i c^_{i-1}, by the opening of c^_{i-1}.
  void announce_chain() {
    Secrets on_G(n_);
    Secrets on_h0(n_);
    for (std::size_t i = 0; i < n_; ++i) {
      const SecretScalar& o = omega_prime_[i];
      on_G[i] = i == 0 ? omega_hat_[0].copy() : omega_hat_[i] + o * chain_r_[i - 1];
      on_h0[i] = i == 0 ? o.copy() : o * chain_u_[i - 1];
    }
    out_.proof.t_hat = batch::fixed_sums({{G_, on_G}, {h0_, on_h0}}, threads_);
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
  const FixedBase& G_;
  FixedBase Y_;
  std::shared_ptr<const std::vector<Coordinates>> h_;
  const FixedBase& h0_ = first_generator();
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

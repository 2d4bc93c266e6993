#include "crypto/proofs/shuffle.h"

#include <atomic>

#include "crypto/base/parallel.h"
#include "crypto/codes/entries.h"
#include "crypto/proofs/generators.h"
#include "crypto/proofs/sums.h"

namespace tuixuan::proofs {

using primitives::Point;
using primitives::Scalar;

static ByteArray<8> u64_bytes(std::uint64_t v) {
  ByteArray<8> out;
  for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<std::uint8_t>(v >> (8 * i));
  return out;
}

void add_rows(Framed& transcript, std::span<const Row> rows) {
  const std::size_t width = rows.empty() ? 0 : rows[0].size();
  transcript.begin(16 + Ciphertext::kSize * width * rows.size());
  transcript.part(u64_bytes(rows.size())).part(u64_bytes(width));
  for (const Row& row : rows)
    for (const Ciphertext& ct : row) transcript.part(ct.alpha.view()).part(ct.beta.view());
}

Hash64 shuffle_digest(const ShuffleStatement& s, std::span<const Point> c) {
  Framed t("shuffle/stmt");
  t.add(s.context.view()).text(s.contest).u64(s.position).u64(s.mixer).point(s.Y);
  t.u64(s.input.size()).u64(s.input.empty() ? 0 : s.input[0].size());
  add_rows(t, s.input);
  add_rows(t, s.output);
  return t.points(c).finish();
}

std::vector<Scalar> shuffle_weights(const Hash64& S, std::size_t n, unsigned threads) {
  std::vector<Scalar> u(n);
  parallel_for(n, threads, [&](std::size_t j) { u[j] = Framed("shuffle/u").add(S.view()).u64(j + 1).challenge(); });
  return u;
}

Scalar shuffle_challenge(const Hash64& S, const ShuffleProof& p) {
  std::vector<Point> t4;
  for (const Ciphertext& t : p.t4) t4.insert(t4.end(), {t.alpha, t.beta});
  return Framed("shuffle/c")
      .add(S.view())
      .points(p.c_hat)
      .point(p.t1)
      .point(p.t2)
      .point(p.t3)
      .points(t4)
      .points(p.t_hat)
      .challenge();
}

static bool rows_have_width(std::span<const Row> rows, std::size_t n, std::size_t w) {
  if (rows.size() != n) return false;
  for (const Row& row : rows)
    if (row.size() != w) return false;
  return true;
}

static Result<void> check_shape(const ShuffleStatement& s, const ShuffleProof& p) {
  const std::size_t n = s.input.size();
  if (n == 0 || s.input[0].empty()) return fail(code::V13::shape, "a shuffle has at least one row and column");
  const std::size_t w = s.input[0].size();
  const bool right = rows_have_width(s.input, n, w) && rows_have_width(s.output, n, w) && p.c.size() == n &&
                     p.c_hat.size() == n && p.t_hat.size() == n && p.s_hat.size() == n && p.s_prime.size() == n &&
                     p.t4.size() == w && p.s4.size() == w;
  if (!right)
    return fail(code::V13::shape,
                "a list does not have " + std::to_string(n) + " items, or a row not " + std::to_string(w));
  return {};
}

// E4 for one half (alpha or beta) of column m:  sum s'_i e'_i - s_4 (G or Y) = t_4 + e sum u_j e_j.
static bool check_column(const ShuffleStatement& s, const ShuffleProof& p, std::size_t m, Point Ciphertext::*half,
                         std::span<const Scalar> u, const Scalar& e, unsigned threads) {
  const std::size_t n = s.input.size();
  const Point out = sum_points(n, threads, [&](std::size_t i) { return p.s_prime[i] * (s.output[i][m].*half); });
  const Point in = sum_points(n, threads, [&](std::size_t j) { return u[j] * (s.input[j][m].*half); });
  const Point key = half == &Ciphertext::alpha ? Point::base(p.s4[m]) : p.s4[m] * s.Y;
  return out - key == p.t4[m].*half + e * in;
}

Result<void> verify_shuffle(const ShuffleStatement& s, const ShuffleProof& p, unsigned threads,
                            batch::Checking checking) {
  TUIXUAN_CHECK(check_shape(s, p));
  const std::size_t n = s.input.size();
  const Hash64 S = shuffle_digest(s, p.c);
  const std::vector<Scalar> u = shuffle_weights(S, n, threads);
  const Scalar e = shuffle_challenge(S, p);
  if (checking == batch::Checking::merged && merged_shuffle_holds(s, p, u, e, threads)) return {};

  const auto known = generators(n, threads);
  const std::vector<Point>& h = *known;  // h[0] starts the chain
  const Point c_over_h = sum_points(n, threads, [&](std::size_t j) { return p.c[j] - h[j + 1]; });
  if (Point::base(p.s1) != p.t1 + e * c_over_h) return fail(code::V13::E1, "the commitments are not to whole rows");

  Scalar product = Scalar::of(1);
  for (const Scalar& x : u) product = product * x;
  if (Point::base(p.s2) != p.t2 + e * (p.c_hat[n - 1] - product * h[0]))
    return fail(code::V13::E2, "the commitments are not to a permutation");

  const Point opened = sum_points(n, threads, [&](std::size_t i) { return p.s_prime[i] * h[i + 1]; });
  const Point committed = sum_points(n, threads, [&](std::size_t j) { return u[j] * p.c[j]; });
  if (Point::base(p.s3) + opened != p.t3 + e * committed)
    return fail(code::V13::E3, "the permuted weights do not open the commitments");

  for (std::size_t m = 0; m < s.input[0].size(); ++m)
    for (const auto half : {&Ciphertext::alpha, &Ciphertext::beta})
      if (!check_column(s, p, m, half, u, e, threads))
        return fail(code::V13::E4, "column " + std::to_string(m + 1) + " is not a re-encryption of the input");

  std::atomic<std::size_t> wrong{n};
  parallel_for(n, threads, [&](std::size_t i) {
    const Point& before = i == 0 ? h[0] : p.c_hat[i - 1];
    if (Point::base(p.s_hat[i]) + p.s_prime[i] * before != p.t_hat[i] + e * p.c_hat[i]) keep_least(wrong, i);
  });
  if (wrong != n) return fail(code::V13::E5, "step " + std::to_string(wrong + 1) + " of the chain");
  return {};
}

}  // namespace tuixuan::proofs

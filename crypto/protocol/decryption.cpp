#include "crypto/protocol/decryption.h"

#include "crypto/base/parallel.h"
#include "crypto/batch/sum.h"
#include "crypto/batch/weights.h"
#include "crypto/codes/entries.h"
#include "crypto/protocol/encoding.h"
#include "crypto/protocol/mix.h"
#include "crypto/protocol/packing.h"

namespace tuixuan::protocol {

using primitives::Point;
using primitives::Scalar;

Bytes DecryptionRecord::encode() const {
  Writer w;
  w.count(factors.size() / width).count(width);
  pack_points(w, factors);
  return w.fixed(proof.A.view()).fixed(proof.B.view()).fixed(proof.z.bytes()).take();
}

Result<DecryptionRecord> DecryptionRecord::decode(ByteView bytes, unsigned threads, batch::Checking checking) {
  Reader r(bytes, "partial decryption", code::V14::shape);
  const std::size_t n = r.u32();
  const std::size_t w = r.u32();
  if (n < 1 || n > kMaxBallots || w < 1 || w > kMaxWidth) r.refuse("a number of ballots or a width out of range");
  if (r.ok() && r.left() != 32 * n * w + 96) r.refuse("the length is not what its numbers of ballots and columns make");
  const ByteView point_bytes = r.fixed(32 * (n * w + 2));
  const ByteView scalar_bytes = r.fixed(32);
  TUIXUAN_CHECK(r.finish());
  TUIXUAN_TRY(points, unpack_points(point_bytes, code::V14::decode, threads, checking));
  TUIXUAN_TRY(z, unpack_scalars(scalar_bytes, code::V14::decode, 1));
  DecryptionRecord d;
  d.width = w;
  d.proof = {points[n * w], points[n * w + 1], z[0]};
  points.resize(n * w);
  d.factors = std::move(points);
  return d;
}

static std::vector<Point> alphas_of(std::span<const proofs::Row> list) {
  std::vector<Point> out;
  for (const proofs::Row& row : list)
    for (const proofs::Ciphertext& ct : row) out.push_back(ct.alpha);
  return out;
}

static Hash64 digest(const DecryptionStatement& s, std::span<const proofs::Row> list, std::span<const Point> factors) {
  proofs::Framed t("decrypt/stmt");
  t.add(s.tctx.view()).text(s.contest.name).u64(s.trustee.value).point(s.public_key).point(s.trustee_key);
  t.u64(list.size()).u64(list[0].size());
  proofs::add_rows(t, list);
  return t.points(factors).finish();
}

DecryptionRecord make_decryption(const DecryptionStatement& s, std::span<const proofs::Row> list,
                                 const primitives::SecretScalar& x, unsigned threads) {
  if (list.empty()) bug("a decryption of nothing");
  const std::vector<Point> alphas = alphas_of(list);
  DecryptionRecord d;
  d.width = list[0].size();
  d.factors.resize(alphas.size());
  parallel_for(alphas.size(), threads, [&](std::size_t k) { d.factors[k] = x * alphas[k]; });
  const Hash64 Sd = digest(s, list, d.factors);
  d.proof = proofs::prove_equality({Sd, alphas, d.factors, d.width}, x, threads);
  return d;
}

Result<void> verify_decryption(const DecryptionStatement& s, std::span<const proofs::Row> list,
                               const DecryptionRecord& d, unsigned threads, batch::Checking checking) {
  if (list.empty() || d.width != list[0].size() || d.factors.size() != d.width * list.size())
    return fail(code::V14::shape, "not one factor for each ciphertext of the last list");
  const std::vector<Point> alphas = alphas_of(list);
  const Hash64 Sd = digest(s, list, d.factors);
  if (!proofs::verify_equality({Sd, alphas, d.factors, d.width}, s.trustee_key, d.proof, threads, checking))
    return fail(code::V14::proof, "the factors are not those of the trustee's key");
  return {};
}

Scalar lagrange(std::span<const TrusteeIndex> trustees, TrusteeIndex t) {
  Scalar top = Scalar::of(1);
  Scalar bottom = Scalar::of(1);
  for (const TrusteeIndex s : trustees) {
    if (s == t) continue;
    top = top * Scalar::of(s.value);
    bottom = bottom * (Scalar::of(s.value) - Scalar::of(t.value));
  }
  return top * bottom.inverse();
}

static std::vector<Scalar> lagrange_of_all(std::span<const PartialDecryption> parts) {
  std::vector<TrusteeIndex> trustees;
  for (const PartialDecryption& p : parts) trustees.push_back(p.trustee);
  std::vector<Scalar> lambda;
  for (const TrusteeIndex t : trustees) lambda.push_back(lagrange(trustees, t));
  return lambda;
}

std::vector<Point> combine(std::span<const proofs::Row> list, std::span<const PartialDecryption> parts,
                           unsigned threads) {
  if (list.empty()) return {};
  const std::vector<Scalar> lambda = lagrange_of_all(parts);
  const std::size_t w = list[0].size();
  std::vector<Point> out(list.size() * w);
  parallel_for(out.size(), threads, [&](std::size_t k) {
    Point m = list[k / w][k % w].beta;
    for (std::size_t p = 0; p < parts.size(); ++p) m = m - lambda[p] * parts[p].factors[k];
    out[k] = m;
  });
  return out;
}

// sum g_k M_k = sum g_k beta_k - sum over t of lambda_t (sum g_k D_{t,k}), with a weight g_k for each k.
bool combines_to(std::span<const Point> opened, std::span<const proofs::Row> list,
                 std::span<const PartialDecryption> parts, unsigned threads) {
  const std::size_t w = list.empty() ? 0 : list[0].size();
  if (opened.size() != list.size() * w) return false;
  const std::vector<Scalar> weights = batch::draw_weights(opened.size());
  const auto weighted = [&](const auto& point_at) {
    batch::Sum sum;
    sum.reserve(weights.size());
    for (std::size_t k = 0; k < weights.size(); ++k) sum.add(weights[k], point_at(k));
    return sum.value(threads);
  };
  Point expected = weighted([&](std::size_t k) -> const Point& { return list[k / w][k % w].beta; });
  const std::vector<Scalar> lambda = lagrange_of_all(parts);
  for (std::size_t p = 0; p < parts.size(); ++p)
    expected = expected - lambda[p] * weighted([&](std::size_t k) -> const Point& { return parts[p].factors[k]; });
  return expected == weighted([&](std::size_t k) -> const Point& { return opened[k]; });
}

}  // namespace tuixuan::protocol

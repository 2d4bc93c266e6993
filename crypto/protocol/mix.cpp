#include "crypto/protocol/mix.h"

#include "crypto/codes/entries.h"
#include "crypto/protocol/encoding.h"
#include "crypto/protocol/packing.h"

namespace tuixuan::protocol {

using primitives::Point;
using primitives::Scalar;

Bytes MixRecord::encode() const {
  Writer w;
  w.count(output.size()).count(proof.t4.size());
  for (const proofs::Row& row : output) pack_row(w, row);
  pack_points(w, proof.c);
  pack_points(w, proof.c_hat);
  for (const Point* t : {&proof.t1, &proof.t2, &proof.t3}) w.fixed(t->view());
  pack_row(w, proof.t4);
  pack_points(w, proof.t_hat);
  for (const Scalar* s : {&proof.s1, &proof.s2, &proof.s3}) w.fixed(s->bytes());
  pack_scalars(w, proof.s4);
  pack_scalars(w, proof.s_hat);
  pack_scalars(w, proof.s_prime);
  return w.take();
}

// Takes the next n items off the front of a list.
template <class T>
static std::vector<T> take(std::span<const T>& from, std::size_t n) {
  std::vector<T> out(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(n));
  from = from.subspan(n);
  return out;
}

Result<MixRecord> MixRecord::decode(ByteView bytes, unsigned threads, batch::Checking checking) {
  Reader r(bytes, "mix", code::V13::shape);
  const std::size_t n = r.u32();
  const std::size_t w = r.u32();
  if (n < 1 || n > kMaxBallots || w < 1 || w > kMaxWidth) r.refuse("a number of ballots or a width out of range");
  if (r.ok() && r.left() != (160 + 64 * w) * n + 192 + 96 * w)
    r.refuse("the length is not what its numbers of ballots and columns make");
  // The points before and after the scalars s1, s2, s3 are contiguous: rows, c, c^, t, t4, t^ | s, s4, s^, s'.
  const ByteView point_bytes = r.fixed(32 * (2 * n * w + 3 * n + 3 + 2 * w));
  const ByteView scalar_bytes = r.fixed(32 * (3 + w + 2 * n));
  TUIXUAN_CHECK(r.finish());
  TUIXUAN_TRY(points, unpack_points(point_bytes, code::V13::decode, threads, checking));
  TUIXUAN_TRY(scalars, unpack_scalars(scalar_bytes, code::V13::decode, threads));
  std::span<const Point> p(points);
  std::span<const Scalar> s(scalars);
  MixRecord m;
  m.output = rows_of(take(p, 2 * n * w), w);
  m.proof.c = take(p, n);
  m.proof.c_hat = take(p, n);
  const auto t = take(p, 3);
  m.proof.t4 = rows_of(take(p, 2 * w), w)[0];
  m.proof.t_hat = take(p, n);
  const auto s123 = take(s, 3);
  m.proof.s4 = take(s, w);
  m.proof.s_hat = take(s, n);
  m.proof.s_prime = take(s, n);
  std::tie(m.proof.t1, m.proof.t2, m.proof.t3) = std::tie(t[0], t[1], t[2]);
  std::tie(m.proof.s1, m.proof.s2, m.proof.s3) = std::tie(s123[0], s123[1], s123[2]);
  return m;
}

static proofs::ShuffleStatement statement(const MixStatement& s, std::span<const proofs::Row> input,
                                          std::span<const proofs::Row> output) {
  return {s.tctx, s.contest.name, s.position.value, s.mixer.value, s.public_key, input, output};
}

MixRecord make_mix(const MixStatement& s, std::span<const proofs::Row> input, unsigned threads) {
  proofs::Shuffled shuffled = proofs::shuffle(statement(s, input, {}), threads);
  return {std::move(shuffled.output), std::move(shuffled.proof)};
}

Result<void> verify_mix(const MixStatement& s, std::span<const proofs::Row> input, const MixRecord& record,
                        unsigned threads, batch::Checking checking) {
  return proofs::verify_shuffle(statement(s, input, record.output), record.proof, threads, checking);
}

}  // namespace tuixuan::protocol

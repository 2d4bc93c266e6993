#include "crypto/protocol/packing.h"

#include <atomic>

#include "crypto/base/parallel.h"
#include "crypto/batch/decode.h"

namespace tuixuan::protocol {

using primitives::Point;
using primitives::Scalar;

static tl::unexpected<Error> not_canonical(Code check, std::size_t item) {
  return fail(check, "item " + std::to_string(item) + " of a list is not canonical");
}

template <class T>
static Result<std::vector<T>> unpack(ByteView bytes, Code check, unsigned threads) {
  const std::size_t n = bytes.size() / T::kSize;
  std::vector<T> out(n);
  std::atomic<std::size_t> wrong{n};
  parallel_for(n, threads, [&](std::size_t i) {
    if (auto item = T::decode(bytes.subspan(T::kSize * i, T::kSize)))
      out[i] = *item;
    else
      keep_least(wrong, i);
  });
  if (wrong != n) return not_canonical(check, wrong);
  return out;
}

Result<std::vector<Point>> unpack_points(ByteView bytes, Code check, unsigned threads, batch::Checking checking) {
  if (checking == batch::Checking::exact) return unpack<Point>(bytes, check, threads);
  std::vector<Point> out(bytes.size() / Point::kSize);
  const std::size_t wrong = batch::decode_points(bytes, out, threads);
  if (wrong != out.size()) return not_canonical(check, wrong);
  return out;
}

Result<std::vector<Scalar>> unpack_scalars(ByteView bytes, Code check, unsigned threads) {
  return unpack<Scalar>(bytes, check, threads);
}

void pack_points(Writer& w, std::span<const Point> points) {
  for (const Point& p : points) w.fixed(p.view());
}

void pack_scalars(Writer& w, std::span<const Scalar> scalars) {
  for (const Scalar& s : scalars) w.fixed(s.bytes());
}

void pack_row(Writer& w, const proofs::Row& row) {
  for (const proofs::Ciphertext& ct : row) w.fixed(ct.alpha.view()).fixed(ct.beta.view());
}

std::vector<proofs::Row> rows_of(std::span<const Point> flat, std::size_t width) {
  std::vector<proofs::Row> rows(flat.size() / (2 * width));
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t m = 0; m < width; ++m) {
      const std::size_t at = 2 * (i * width + m);
      rows[i].push_back({flat[at], flat[at + 1]});
    }
  return rows;
}

}  // namespace tuixuan::protocol

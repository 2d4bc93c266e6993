#include "crypto/batch/decode.h"

#include <algorithm>
#include <atomic>

#include "crypto/base/parallel.h"
#include "crypto/batch/point_maker.h"

namespace tuixuan::batch {

using primitives::Point;

static constexpr std::size_t kBlock = 256;  // points of one job

template <class Body>
static void for_blocks(std::size_t n, unsigned threads, const Body& body) {
  parallel_for((n + kBlock - 1) / kBlock, threads,
               [&](std::size_t b) {
                 const std::size_t from = b * kBlock;
                 body(from, std::min(kBlock, n - from));
               },
               1);
}

void decode_points_if(ByteView bytes, std::span<Point> out, std::span<std::uint8_t> ok, unsigned threads) {
  if (bytes.size() != Point::kSize * out.size() || ok.size() != out.size()) bug("points of another number of bytes");
  for_blocks(out.size(), threads, [&](std::size_t from, std::size_t n) {
    Coordinates coordinates[kBlock];
    const ByteView here = bytes.subspan(Point::kSize * from, Point::kSize * n);
    engine().decode(here.data(), n, coordinates, ok.data() + from);
    for (std::size_t i = 0; i < n; ++i)
      out[from + i] =
          ok[from + i] == 1 ? PointMaker::make(here.subspan(Point::kSize * i, Point::kSize), coordinates[i]) : Point{};
  });
}

std::size_t decode_points(ByteView bytes, std::span<Point> out, unsigned threads) {
  std::vector<std::uint8_t> ok(out.size());
  decode_points_if(bytes, out, ok, threads);
  return static_cast<std::size_t>(std::find(ok.begin(), ok.end(), 0) - ok.begin());
}

std::vector<Coordinates> coordinates_of(std::span<const Point* const> points, unsigned threads) {
  std::vector<Coordinates> out(points.size());
  std::vector<std::size_t> unknown;
  Bytes bytes;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i]->is_identity()) {
      out[i].y[0] = 1;
    } else if (points[i]->coordinates().known()) {
      out[i] = points[i]->coordinates();
    } else {
      unknown.push_back(i);
      bytes.insert(bytes.end(), points[i]->bytes().begin(), points[i]->bytes().end());
    }
  }
  std::vector<Point> decoded(unknown.size());
  if (decode_points(bytes, decoded, threads) != decoded.size()) bug("the coordinates of what is no point");
  for (std::size_t i = 0; i < unknown.size(); ++i) out[unknown[i]] = decoded[i].coordinates();
  return out;
}

std::vector<std::uint8_t> are_points(ByteView bytes, unsigned threads) {
  std::vector<std::uint8_t> ok(bytes.size() / Point::kSize);
  for_blocks(ok.size(), threads, [&](std::size_t from, std::size_t n) {
    engine().decode(bytes.data() + Point::kSize * from, n, nullptr, ok.data() + from);
  });
  return ok;
}

std::vector<Coordinates> elements_from_hashes(std::span<const Hash64> hashes, unsigned threads) {
  static_assert(sizeof(Hash64) == 64);
  std::vector<Coordinates> out(hashes.size());
  for_blocks(hashes.size(), threads, [&](std::size_t from, std::size_t n) {
    engine().from_uniform(hashes[from].bytes.data(), n, out.data() + from);
  });
  return out;
}

}  // namespace tuixuan::batch

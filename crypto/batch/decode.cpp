#include "crypto/batch/decode.h"

#include <algorithm>
#include <atomic>

#include "crypto/base/parallel.h"

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

class PointMaker {
 public:
  static Point make(ByteView bytes, const Coordinates& c) {
    Point p;
    std::copy(bytes.begin(), bytes.end(), p.bytes_.begin());
    p.coordinates_ = c;
    return p;
  }
};

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

// crypto/batch against libsodium, on every path that this processor has: 32 bytes are a point for both or for none, and
// with the scalars between them their sum is the same. The first byte says how many points there are.
#include "crypto/batch/decode.h"
#include "crypto/batch/sum.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;
using primitives::Point;
using primitives::Scalar;

namespace {

void decode_on_every_path(ByteView bytes, std::size_t n) {
  std::vector<batch::Coordinates> coordinates(n);
  std::vector<std::uint8_t> ok(n);
  for (const char* name : {"plain", "avx2", "ifma"}) {
    const batch::Engine* path = batch::find_engine(name);
    if (path == nullptr) continue;
    path->decode(bytes.data(), n, coordinates.data(), ok.data());
    for (std::size_t i = 0; i < n; ++i) {
      const ByteView item = bytes.subspan(32 * i, 32);
      fuzz::require((ok[i] == 1) == Point::decode(item).has_value(), "a point for both or for none");
      if (ok[i] != 1) continue;
      const batch::Extended point = batch::from_coordinates(coordinates[i]);
      ByteArray<32> again;
      path->encode(&point, 1, again.data());
      fuzz::require(equal(again, item), "decoded is what was encoded");
    }
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const ByteView bytes(data + 1, size - 1);
  decode_on_every_path(bytes, std::min<std::size_t>(bytes.size() / 32, 40));

  // Points from hashes, since hardly any bytes are one; scalars as they come.
  const std::size_t n = std::min<std::size_t>(data[0] % 16U, bytes.size() / 34);
  std::vector<Point> points(n);
  std::vector<Scalar> scalars(n);
  Point right;
  batch::Sum sum;
  for (std::size_t i = 0; i < n; ++i) {
    const ByteView item = bytes.subspan(34 * i, 34);
    Hash64 seed{};
    seed.bytes[0] = item[0];  // few different points: the same ones meet often
    points[i] = item[1] % 2 == 0 || i == 0 ? Point::from_hash(seed) : Point{} - points[i - 1];
    Hash64 wide{};
    std::copy(item.begin() + 2, item.end(), wide.bytes.begin());
    scalars[i] = Scalar::reduce(wide);
    sum.add(scalars[i], points[i]);
    right += scalars[i] * points[i];
  }
  fuzz::require(sum.value(1) == right, "the sum is that of libsodium");
  fuzz::require(sum.is_identity(1) == right.is_identity(), "nothing is nothing");
  return 0;
}

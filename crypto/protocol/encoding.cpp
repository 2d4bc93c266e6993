#include "crypto/protocol/encoding.h"

#include <algorithm>
#include <functional>

#include "crypto/batch/decode.h"
#include "crypto/codes/base.h"

namespace tuixuan::protocol {

using primitives::Point;
using primitives::SecretPoint;

static constexpr std::uint32_t kTries = 48;        // always made
static constexpr std::uint32_t kAllTries = 16384;  // (3/4)^16384: never

static ByteArray<32> candidate(std::span<const std::uint8_t, kBlockSize> block, std::uint32_t k) {
  ByteArray<32> b;
  b[0] = static_cast<std::uint8_t>(2 * (k % 128));
  std::copy(block.begin(), block.end(), b.begin() + 1);
  b[31] = static_cast<std::uint8_t>(k / 128);
  return b;
}

SecretPoint encode_block(std::span<const std::uint8_t, kBlockSize> block) {
  ByteArray<32> chosen{};
  std::uint8_t found = 0;  // 0xff once chosen
  for (std::uint32_t k = 0; k < kTries || (found == 0 && k < kAllTries); ++k) {
    const ByteArray<32> b = candidate(block, k);
    const auto take = static_cast<std::uint8_t>(-static_cast<int>(primitives::is_point(b)) & ~found);
    for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = static_cast<std::uint8_t>(chosen[i] | (b[i] & take));
    found = static_cast<std::uint8_t>(found | take);
  }
  auto point = Point::decode(chosen);
  primitives::wipe(chosen);
  if (!point) bug("a block without an encoding");
  return SecretPoint(*point);
}

namespace {

struct Candidate {  // what the bytes of a point say: this block at its k-th try
  ByteArray<kBlockSize> block;
  std::uint32_t k;
};

Candidate candidate_of(const Point& point) {
  const ByteArray<32>& b = point.bytes();
  Candidate c{};
  std::copy(b.begin() + 1, b.end() - 1, c.block.begin());
  c.k = b[0] / 2U + 128U * b[31];
  return c;
}

// The block, given whether a smaller candidate is a point, too.
Result<ByteArray<kBlockSize>> read_block(const Point& point, const std::function<bool(const Candidate&)>& not_first) {
  const ByteArray<32>& b = point.bytes();
  if (b[0] % 2 != 0 || b[31] >= 128) return fail(code::plain::undecodable, "the point encodes no block");
  const Candidate c = candidate_of(point);
  if (not_first(c)) return fail(code::plain::undecodable, "the point is not the first encoding of its block");
  if (point.is_identity()) return fail(code::plain::undecodable, "the identity encodes no block");
  return c.block;
}

}  // namespace

Result<ByteArray<kBlockSize>> decode_block(const Point& point) {
  return read_block(point, [](const Candidate& c) {
    for (std::uint32_t smaller = 0; smaller < c.k; ++smaller)
      if (primitives::is_point(candidate(c.block, smaller))) return true;
    return false;
  });
}

std::size_t points_for(std::size_t content_size) { return (content_size + 2 + kBlockSize - 1) / kBlockSize; }

std::vector<SecretPoint> encode_content(ByteView content, std::size_t width) {
  if (content.size() + 2 > kBlockSize * width) bug("a content longer than its contest allows");
  primitives::SecretBuffer padded(kBlockSize * width);
  const auto out = padded.fill();
  out[0] = static_cast<std::uint8_t>(content.size());
  out[1] = static_cast<std::uint8_t>(content.size() >> 8U);
  std::copy(content.begin(), content.end(), out.begin() + 2);
  std::vector<SecretPoint> points;
  points.reserve(width);
  for (std::size_t j = 0; j < width; ++j)
    points.push_back(encode_block(padded.reveal().subspan(kBlockSize * j).first<kBlockSize>()));
  return points;
}

template <class ReadBlock>
static Result<Bytes> read_content(std::span<const Point> points, const ReadBlock& read) {
  Bytes padded;
  for (const Point& p : points) {
    TUIXUAN_TRY(block, read(p));
    padded.insert(padded.end(), block.begin(), block.end());
  }
  const std::size_t length = padded.size() < 2 ? 0 : padded[0] + 256U * padded[1];
  if (padded.size() < 2 || length > padded.size() - 2) return fail(code::plain::undecodable, "a length beyond the end");
  const auto rest = padded.begin() + 2 + static_cast<std::ptrdiff_t>(length);
  if (std::any_of(rest, padded.end(), [](std::uint8_t b) { return b != 0; }))
    return fail(code::plain::undecodable, "padding that is not zero");
  return Bytes(padded.begin() + 2, rest);
}

Result<Bytes> decode_content(std::span<const Point> points) { return read_content(points, decode_block); }

// For each point whether a candidate before its own is a point: the k-th round asks for the candidates k of all points
// for which that is still open, so that a point costs what it costs alone.
static std::vector<bool> have_smaller(std::span<const Point> points, unsigned threads) {
  std::vector<bool> out(points.size());
  std::vector<std::size_t> open(points.size());
  for (std::size_t i = 0; i < open.size(); ++i) open[i] = i;
  for (std::uint32_t k = 0; !open.empty(); ++k) {
    std::erase_if(open, [&](std::size_t i) { return candidate_of(points[i]).k <= k; });
    Bytes bytes;
    bytes.reserve(Point::kSize * open.size());
    for (const std::size_t i : open) {
      const ByteArray<32> b = candidate(candidate_of(points[i]).block, k);
      bytes.insert(bytes.end(), b.begin(), b.end());
    }
    const std::vector<std::uint8_t> found = batch::are_points(bytes, threads);
    std::vector<std::size_t> still;
    for (std::size_t j = 0; j < open.size(); ++j) {
      if (found[j] == 1)
        out[open[j]] = true;
      else
        still.push_back(open[j]);
    }
    open = std::move(still);
  }
  return out;
}

std::vector<Result<Bytes>> decode_contents(std::span<const Point> points, std::size_t width, unsigned threads) {
  const std::vector<bool> smaller = have_smaller(points, threads);
  std::vector<Result<Bytes>> out;
  out.reserve(points.size() / width);
  for (std::size_t at = 0; at < points.size(); at += width)
    out.push_back(read_content(points.subspan(at, width), [&](const Point& p) {
      return read_block(p, [&](const Candidate&) { return smaller[static_cast<std::size_t>(&p - points.data())]; });
    }));
  return out;
}

}  // namespace tuixuan::protocol

// Contents of ballots as points, both ways, and the text of a slip. A list of arbitrary points means one content or
// none.
#include "crypto/protocol/encoding.h"
#include "crypto/protocol/slip.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

namespace {

void from_content(ByteView content) {
  const std::size_t width = protocol::points_for(content.size());
  std::vector<primitives::Point> points;
  for (const auto& point : protocol::encode_content(content, width)) points.push_back(point.reveal());
  fuzz::require(points.size() == width, "a content takes its width");
  const auto back = protocol::decode_content(points);
  fuzz::require(back && equal(*back, content), "a content reads back");
}

void from_points(ByteView bytes) {
  std::vector<primitives::Point> points;
  for (; bytes.size() >= 32 && points.size() < protocol::kMaxWidth; bytes = bytes.subspan(32)) {
    const auto point = primitives::Point::decode(bytes.first(32));
    if (!point) return;
    points.push_back(*point);
  }
  if (points.empty()) return;
  const auto content = protocol::decode_content(points);
  if (!content) return;
  std::vector<primitives::Point> again;
  for (const auto& point : protocol::encode_content(*content, points.size())) again.push_back(point.reveal());
  fuzz::require(again == points, "points have one content");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  from_points(bytes);
  if (size <= 30 * 4 - 2) from_content(bytes);
  if (const auto slip = protocol::Slip::parse(as_text(bytes))) {
    const auto again = protocol::Slip::parse(slip->text());
    fuzz::require(again && again->text() == slip->text(), "a slip's own text is a slip");
  }
  return 0;
}

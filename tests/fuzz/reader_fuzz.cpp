// Reader against Writer: the first byte of each step picks a field; whatever was read is written again and must be the
// same bytes, and the reader never goes past its end.
#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::size_t plan_size = size == 0 ? 0 : std::min<std::size_t>(data[0], size - 1);
  const ByteView plan(data + (size == 0 ? 0 : 1), plan_size);
  const ByteView bytes(plan.data() + plan.size(), size == 0 ? 0 : size - 1 - plan_size);
  Reader r(bytes, "fuzzed");
  Writer w;
  for (const std::uint8_t field : plan) {
    switch (field % 9) {
      case 0:
        w.u8(r.u8());
        break;
      case 1:
        w.u16(r.u16());
        break;
      case 2:
        w.u32(r.u32());
        break;
      case 3:
        w.u64(r.u64());
        break;
      case 4:
        w.fixed(r.fixed(field / 9));
        break;
      case 5:
        w.fixed(r.array<16>());
        break;
      case 6:
        w.blob(r.blob(200));
        break;
      case 7:
        w.text(r.text(200));
        break;
      default: {
        const std::size_t n = r.count(1000, 3);
        fuzz::require(n * 3 <= r.left() || !r.ok(), "a count fits what is left");
        w.count(n);
      }
    }
    fuzz::require(r.left() <= bytes.size(), "the reader stays inside");
  }
  const bool ok = r.ok();
  const std::size_t left = r.left();
  if (ok) fuzz::require(equal(w.bytes(), bytes.first(bytes.size() - left)), "what was read is what is written");
  fuzz::require(r.finish().has_value() == (ok && left == 0), "finish() passes exactly at the end without a fault");
  return 0;
}

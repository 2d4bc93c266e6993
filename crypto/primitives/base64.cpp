#include "crypto/primitives/base64.h"

#include <sodium.h>

#include "crypto/codes/base.h"

namespace tuixuan::primitives {

std::string to_base64(ByteView bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // the terminating zero
  return out;
}

Result<Bytes> from_base64(std::string_view text) {
  Bytes out(text.size() / 4 * 3 + 3);
  std::size_t n = 0;
  const char* end = nullptr;
  const int status = sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &n, &end,
                                       sodium_base64_VARIANT_ORIGINAL);
  if (status != 0 || end != text.data() + text.size()) return fail(code::plain::base64, "not base64 with padding");
  out.resize(n);
  if (to_base64(out) != text) return fail(code::plain::base64, "not the one base64 spelling of these bytes");
  return out;
}

}  // namespace tuixuan::primitives

#include "crypto/protocol/elgamal.h"

namespace tuixuan::protocol {

Row encrypt_with(const primitives::Point& Y, std::span<const primitives::SecretPoint> messages,
                 std::span<const primitives::SecretScalar> r) {
  Row row;
  row.reserve(messages.size());
  for (std::size_t j = 0; j < messages.size(); ++j)
    row.push_back({primitives::Point::base(r[j]), messages[j].reveal() + r[j] * Y});
  return row;
}

}  // namespace tuixuan::protocol

// SHA-256 (the log's tree, objects) and SHA-512 (everything of the protocol), FIPS 180-4.
#pragma once

#include "crypto/base/ids.h"
#include "crypto/primitives/secret.h"

namespace tuixuan::primitives {

Sha256 sha256(ByteView data);
Sha256 sha256_of_parts(std::initializer_list<ByteView> parts);  // SHA-256(parts joined)

class Sha256Stream {
 public:
  Sha256Stream();
  void add(ByteView data);
  Sha256 finish();

 private:
  alignas(16) std::array<std::uint8_t, 128> state_;
};

// Wiped when it goes, since secrets are hashed too (nonces, slip secrets).
class Sha512Stream {
 public:
  Sha512Stream();
  ~Sha512Stream();
  Sha512Stream(const Sha512Stream&) = default;
  Sha512Stream& operator=(const Sha512Stream&) = default;
  void add(ByteView data);
  Hash64 finish();

 private:
  alignas(16) std::array<std::uint8_t, 256> state_;
};

}  // namespace tuixuan::primitives

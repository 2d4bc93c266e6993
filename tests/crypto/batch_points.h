// Points to test crypto/batch with, made by libsodium.
#pragma once

#include <gtest/gtest.h>
#include <sodium.h>

#include <vector>

#include "crypto/primitives/random.h"

namespace tuixuan::batch {

inline Bytes random_bytes(std::size_t n) {
  Bytes out(n);
  primitives::fill_random(out);
  return out;
}

inline Bytes random_encodings(std::size_t n) {
  Bytes out(32 * n);
  const Bytes uniform = random_bytes(64 * n);
  for (std::size_t i = 0; i < n; ++i) crypto_core_ristretto255_from_hash(out.data() + 32 * i, uniform.data() + 64 * i);
  return out;
}

// The eight points of small order of edwards25519.
inline std::vector<ByteArray<32>> small_order() {
  std::vector<ByteArray<32>> out;
  for (const char* h : {"0100000000000000000000000000000000000000000000000000000000000000",
                        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                        "0000000000000000000000000000000000000000000000000000000000000000",
                        "0000000000000000000000000000000000000000000000000000000000000080",
                        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"})
    out.push_back(array_from_hex<32>(h).value());
  return out;
}

inline ByteArray<32> edwards_sum(const ByteArray<32>& a, const ByteArray<32>& b) {
  ByteArray<32> out;
  EXPECT_EQ(crypto_core_ed25519_add(out.data(), a.data(), b.data()), 0);
  return out;
}

inline ByteArray<32> random_edwards() {
  ByteArray<32> out;
  crypto_core_ed25519_random(out.data());
  return out;
}

}  // namespace tuixuan::batch

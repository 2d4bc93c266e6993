// Bytes that nobody else may see: wiped when they go, moved but never copied. The one way out is reveal(), which can be
// grepped. Comparison is constant time.
#pragma once

#include "crypto/base/bytes.h"

namespace tuixuan::primitives {

void wipe(std::span<std::uint8_t> bytes);
void wipe_stack();  // what functions that were called before have left below the caller's frame: 64 kB
bool equal_constant_time(ByteView a, ByteView b);  // the lengths are public

template <std::size_t N>
class SecretBytes {
 public:
  static constexpr std::size_t kSize = N;
  SecretBytes() = default;
  explicit SecretBytes(std::span<const std::uint8_t, N> bytes) { std::memcpy(bytes_.data(), bytes.data(), N); }
  SecretBytes(SecretBytes&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
      bytes_ = other.bytes_;
      wipe(other.bytes_);
    }
    return *this;
  }
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes() { wipe(bytes_); }

  std::span<const std::uint8_t, N> reveal() const { return bytes_; }
  std::span<std::uint8_t, N> fill() { return bytes_; }  // to be written into
  SecretBytes copy() const { return SecretBytes(reveal()); }

 private:
  ByteArray<N> bytes_{};
};

// The same for a length known at run time (a decrypted file, a passphrase, an encoded choice).
class SecretBuffer {
 public:
  SecretBuffer() = default;
  explicit SecretBuffer(std::size_t n) : bytes_(n) {}
  explicit SecretBuffer(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
  SecretBuffer(SecretBuffer&& other) noexcept : bytes_(std::move(other.bytes_)) { other.bytes_.clear(); }
  SecretBuffer& operator=(SecretBuffer&& other) noexcept {
    if (this != &other) {
      wipe(bytes_);
      bytes_ = std::move(other.bytes_);
      other.bytes_.clear();
    }
    return *this;
  }
  SecretBuffer(const SecretBuffer&) = delete;
  SecretBuffer& operator=(const SecretBuffer&) = delete;
  ~SecretBuffer() { wipe(bytes_); }

  ByteView reveal() const { return bytes_; }
  std::span<std::uint8_t> fill() { return bytes_; }
  std::size_t size() const { return bytes_.size(); }

 private:
  Bytes bytes_;
};

}  // namespace tuixuan::primitives

// One element at a time, with products of 64 by 64 bits: for every processor.
#pragma once

#include "crypto/batch/field.h"

namespace tuixuan::batch {
namespace {

struct Plain {
  using Word = std::uint64_t;
  static constexpr std::size_t kLanes = 1;
  static constexpr int kSide = 2;  // elements raised to a power side by side
  static constexpr bool kLazy = true;

  static Word load(const std::uint64_t* lanes) { return *lanes; }
  static void store(std::uint64_t* lanes, Word w) { *lanes = w; }
  // What the compiler shall know nothing of, lest it makes a branch of a mask.
  [[gnu::always_inline]] static inline Word opaque(Word w) {
    __asm__("" : "+r"(w));
    return w;
  }

  static void load_mixed(const std::uint64_t* const (&from)[1], Fe<Plain>& a, Fe<Plain>& b, Fe<Plain>& c) {
    for (int i = 0; i < 5; ++i) {
      a.v[i] = from[0][i];
      b.v[i] = from[0][5 + i];
      c.v[i] = from[0][10 + i];
    }
  }

  __extension__ using Wide = unsigned __int128;
  static Wide x(std::uint64_t a, std::uint64_t b) { return static_cast<Wide>(a) * b; }

  [[gnu::always_inline]] static inline Fe<Plain> reduced(Wide r0, Wide r1, Wide r2, Wide r3, Wide r4) {
    constexpr std::uint64_t mask = Field<Plain>::kMask;
    Fe<Plain> out;
    r1 += static_cast<std::uint64_t>(r0 >> 51U);
    r2 += static_cast<std::uint64_t>(r1 >> 51U);
    r3 += static_cast<std::uint64_t>(r2 >> 51U);
    r4 += static_cast<std::uint64_t>(r3 >> 51U);
    const std::uint64_t low = (static_cast<std::uint64_t>(r0) & mask) + 19 * static_cast<std::uint64_t>(r4 >> 51U);
    out.v[0] = low & mask;
    out.v[1] = (static_cast<std::uint64_t>(r1) & mask) + (low >> 51U);
    out.v[2] = static_cast<std::uint64_t>(r2) & mask;
    out.v[3] = static_cast<std::uint64_t>(r3) & mask;
    out.v[4] = static_cast<std::uint64_t>(r4) & mask;
    return out;
  }

  [[gnu::always_inline]] static inline Fe<Plain> mul(const Fe<Plain>& f, const Fe<Plain>& g) {
    const std::uint64_t* a = f.v;
    const std::uint64_t* b = g.v;
    const std::uint64_t b1 = 19 * b[1];
    const std::uint64_t b2 = 19 * b[2];
    const std::uint64_t b3 = 19 * b[3];
    const std::uint64_t b4 = 19 * b[4];
    return reduced(x(a[0], b[0]) + x(a[1], b4) + x(a[2], b3) + x(a[3], b2) + x(a[4], b1),
                   x(a[0], b[1]) + x(a[1], b[0]) + x(a[2], b4) + x(a[3], b3) + x(a[4], b2),
                   x(a[0], b[2]) + x(a[1], b[1]) + x(a[2], b[0]) + x(a[3], b4) + x(a[4], b3),
                   x(a[0], b[3]) + x(a[1], b[2]) + x(a[2], b[1]) + x(a[3], b[0]) + x(a[4], b4),
                   x(a[0], b[4]) + x(a[1], b[3]) + x(a[2], b[2]) + x(a[3], b[1]) + x(a[4], b[0]));
  }

  [[gnu::always_inline]] static inline Fe<Plain> square(const Fe<Plain>& f) {
    const std::uint64_t* a = f.v;
    const std::uint64_t a0 = 2 * a[0];
    const std::uint64_t a1 = 2 * a[1];
    const std::uint64_t a3 = 19 * a[3];
    const std::uint64_t a4 = 19 * a[4];
    return reduced(x(a[0], a[0]) + x(a1, a4) + x(2 * a[2], a3), x(a0, a[1]) + x(2 * a[2], a4) + x(a[3], a3),
                   x(a0, a[2]) + x(a[1], a[1]) + x(2 * a[3], a4), x(a0, a[3]) + x(a1, a[2]) + x(a[4], a4),
                   x(a0, a[4]) + x(a1, a[3]) + x(a[2], a[2]));
  }
};

}  // namespace
}  // namespace tuixuan::batch

// Eight elements at once by the 52-bit products of AVX-512 IFMA. With TUIXUAN_EMULATE_IFMA the same, of 64-bit
// integers, so that this source is tested where no such processor is.
#pragma once

#include "crypto/batch/word_wide.h"
#if !defined(TUIXUAN_EMULATE_IFMA)
#include <immintrin.h>
#endif

namespace tuixuan::batch {
namespace {

struct Ifma {
  typedef std::uint64_t Word __attribute__((vector_size(64)));
  using Factor = Word;
  static Word factor(const Word& limb) { return limb; }
  static constexpr std::uint64_t bias(int) { return 0; }

  // Low halves count 2^(51 k), high halves 2 * 2^(51 (k - 1) + 51).
  static Word column(const Word& low, const Word& high, int, int) { return low + (high << 1U); }

#if defined(TUIXUAN_EMULATE_IFMA)
  static void product(Word& low, Word& high, const Word& a, const Word& b) {
    __extension__ using Product = unsigned __int128;
    constexpr std::uint64_t mask = (std::uint64_t{1} << 52U) - 1;
    for (int i = 0; i < 8; ++i) {
      const Product p = static_cast<Product>(a[i] & mask) * (b[i] & mask);
      low[i] += static_cast<std::uint64_t>(p) & mask;
      high[i] += static_cast<std::uint64_t>(p >> 52U);
    }
  }
  static void transpose(const std::uint64_t* const (&from)[8], Word (&out)[16]) {
    for (int lane = 0; lane < 8; ++lane)
      for (int i = 0; i < 16; ++i) out[i][lane] = from[lane][i];
  }
#else
  static __m512i raw(const Word& w) { return reinterpret_cast<__m512i>(w); }
  static Word word(const __m512i& w) { return reinterpret_cast<Word>(w); }

  [[gnu::always_inline]] static inline void product(Word& low, Word& high, const Word& a, const Word& b) {
    low = word(_mm512_madd52lo_epu64(raw(low), raw(a), raw(b)));
    high = word(_mm512_madd52hi_epu64(raw(high), raw(a), raw(b)));
  }

  // Word i of eight rows of sixteen words becomes out[i].
  [[gnu::always_inline]] static inline void transpose(const std::uint64_t* const (&from)[8], Word (&out)[16]) {
    for (int half = 0; half < 2; ++half) {
      __m512i r[8];
      for (int lane = 0; lane < 8; ++lane) r[lane] = _mm512_loadu_si512(from[lane] + 8 * half);
      __m512i a[8];
      for (int i = 0; i < 8; i += 2) {
        a[i] = _mm512_unpacklo_epi64(r[i], r[i + 1]);
        a[i + 1] = _mm512_unpackhi_epi64(r[i], r[i + 1]);
      }
      // a[i] holds, in each 128-bit quarter q, word 2q (or 2q + 1) of rows i and i + 1.
      __m512i b[8];
      for (int i = 0; i < 2; ++i) {
        b[i] = _mm512_shuffle_i64x2(a[i], a[i + 2], 0x88);          // quarters 0, 2 of rows 0 to 3
        b[i + 2] = _mm512_shuffle_i64x2(a[i], a[i + 2], 0xdd);      // quarters 1, 3
        b[i + 4] = _mm512_shuffle_i64x2(a[i + 4], a[i + 6], 0x88);  // of rows 4 to 7
        b[i + 6] = _mm512_shuffle_i64x2(a[i + 4], a[i + 6], 0xdd);
      }
      for (int i = 0; i < 2; ++i) {
        out[8 * half + i] = word(_mm512_shuffle_i64x2(b[i], b[i + 4], 0x88));          // quarter 0
        out[8 * half + 4 + i] = word(_mm512_shuffle_i64x2(b[i], b[i + 4], 0xdd));      // quarter 2
        out[8 * half + 2 + i] = word(_mm512_shuffle_i64x2(b[i + 2], b[i + 6], 0x88));  // quarter 1
        out[8 * half + 6 + i] = word(_mm512_shuffle_i64x2(b[i + 2], b[i + 6], 0xdd));  // quarter 3
      }
    }
  }
#endif
};

}  // namespace
}  // namespace tuixuan::batch

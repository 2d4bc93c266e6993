// Four elements at once by fused multiplications of doubles (AVX2 with FMA): limbs are below 2^51.5, so a product is
// below 2^103, and added to 2^103 its lowest place is 2^51: fma(a, b, 2^103) holds the product rounded to 2^51, and a
// second fma what was rounded away, between -2^50 and 2^50, exactly. Both are read off as integers from the bits of the
// double and added up; the offsets of the format are subtracted once a column. Needs rounding to nearest, which is what
// every thread starts with.
#pragma once

#include <immintrin.h>

#include "crypto/batch/word_wide.h"

namespace tuixuan::batch {
namespace {

struct Avx2 {
  typedef std::uint64_t Word __attribute__((vector_size(32)));
  typedef double Factor __attribute__((vector_size(32)));

  static constexpr std::uint64_t kTwo52 = 0x4330000000000000U;   // 2^52
  static constexpr std::uint64_t kHigh = 0x4660000000000000U;    // 2^103
  static constexpr std::uint64_t kOffset = 0x4338000000000000U;  // 1.5 * 2^52

  [[gnu::always_inline]] static inline Factor factor(const Word& limb) {
    return reinterpret_cast<Factor>(limb | (Word{} + kTwo52)) - (Factor{} + 0x1p52);
  }
  [[gnu::always_inline]] static inline void product(Word& low, Word& high, const Factor& a, const Factor& b) {
    const Factor top = fused(a, b, Factor{} + 0x1p103);
    const Factor rest = fused(a, b, (Factor{} + (0x1p103 + 0x1.8p52)) - top);
    high = high + reinterpret_cast<Word>(top);
    low = low + reinterpret_cast<Word>(rest);
  }
  [[gnu::always_inline]] static inline Factor fused(const Factor& a, const Factor& b, const Factor& c) {
    return reinterpret_cast<Factor>(
        _mm256_fmadd_pd(reinterpret_cast<__m256d>(a), reinterpret_cast<__m256d>(b), reinterpret_cast<__m256d>(c)));
  }
  // May be negative, down to -5 * 2^50; bias() makes up for it.
  [[gnu::always_inline]] static inline Word column(const Word& low, const Word& high, int lows, int highs) {
    return (low + high) - (static_cast<std::uint64_t>(lows) * kOffset + static_cast<std::uint64_t>(highs) * kHigh);
  }
  // 2^7 times p, limb by limb.
  static constexpr std::uint64_t bias(int k) { return (((std::uint64_t{1} << 51U) - (k == 0 ? 19 : 1)) << 7U); }

  [[gnu::always_inline]] static inline void transpose(const std::uint64_t* const (&from)[4], Word (&out)[16]) {
    for (int quarter = 0; quarter < 4; ++quarter) {
      __m256i r[4];
      for (int lane = 0; lane < 4; ++lane)
        r[lane] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from[lane] + 4 * quarter));
      const __m256i a = _mm256_unpacklo_epi64(r[0], r[1]);
      const __m256i b = _mm256_unpackhi_epi64(r[0], r[1]);
      const __m256i c = _mm256_unpacklo_epi64(r[2], r[3]);
      const __m256i d = _mm256_unpackhi_epi64(r[2], r[3]);
      out[4 * quarter] = reinterpret_cast<Word>(_mm256_permute2x128_si256(a, c, 0x20));
      out[4 * quarter + 1] = reinterpret_cast<Word>(_mm256_permute2x128_si256(b, d, 0x20));
      out[4 * quarter + 2] = reinterpret_cast<Word>(_mm256_permute2x128_si256(a, c, 0x31));
      out[4 * quarter + 3] = reinterpret_cast<Word>(_mm256_permute2x128_si256(b, d, 0x31));
    }
  }
};

}  // namespace
}  // namespace tuixuan::batch

// Several elements at once by products of 52 by 52 bits: the low and the high half of each, added up by columns. A
// processor has such a product (AVX-512 IFMA), or makes it of two fused multiplications of doubles (AVX2 with FMA), or
// it is emulated; `M` is which. M::Columns gathers the products of a column, M::column() gives it as a sum below 2^61
// that counts multiples of 2^51.
#pragma once

#include "crypto/batch/field.h"

namespace tuixuan::batch {

template <class M>
struct Wide {
  using Word = typename M::Word;
  static constexpr std::size_t kLanes = sizeof(Word) / 8;
  static constexpr int kSide = 2;
  static constexpr bool kLazy = false;
  using F = Fe<Wide>;

  static Word load(const std::uint64_t* lanes) {
    Word w;
    __builtin_memcpy(&w, lanes, sizeof w);
    return w;
  }
  static void store(std::uint64_t* lanes, Word w) { __builtin_memcpy(lanes, &w, sizeof w); }
  [[gnu::always_inline]] static inline Word opaque(const Word& w) { return w; }  // no branch is made of several lanes

  static void load_mixed(const std::uint64_t* const (&from)[kLanes], F& a, F& b, F& c) {
    Word w[16];
    M::transpose(from, w);
    for (int i = 0; i < 5; ++i) {
      a.v[i] = w[i];
      b.v[i] = w[5 + i];
      c.v[i] = w[10 + i];
    }
  }

  // Columns t[0..9] to five limbs: 2^255 = 19, then one carry side by side.
  [[gnu::always_inline]] static inline F fold(const Word (&t)[10]) {
    F r;
    for (int k = 0; k < 5; ++k) {
      const Word high = t[k + 5];
      r.v[k] = t[k] + (high + (high << 1U) + (high << 4U));
      r.v[k] = r.v[k] + M::bias(k);
    }
    return Field<Wide>::carry(r);
  }

  [[gnu::always_inline]] static inline F mul(const F& a, const F& b) {
    typename M::Factor x[5];
    typename M::Factor y[5];
    for (int i = 0; i < 5; ++i) {
      x[i] = M::factor(a.v[i]);
      y[i] = M::factor(b.v[i]);
    }
    Word low[10] = {};
    Word high[10] = {};
    for (int i = 0; i < 5; ++i)
      for (int j = 0; j < 5; ++j) M::product(low[i + j], high[i + j + 1], x[i], y[j]);
    Word t[10];
    for (int k = 0; k < 10; ++k) t[k] = M::column(low[k], high[k], pairs(k), pairs(k - 1));
    return fold(t);
  }

  [[gnu::always_inline]] static inline F square(const F& a) {
    typename M::Factor x[5];
    for (int i = 0; i < 5; ++i) x[i] = M::factor(a.v[i]);
    Word low[10] = {};
    Word high[10] = {};
    Word low2[10] = {};
    Word high2[10] = {};
    for (int i = 0; i < 5; ++i) {
      M::product(low[2 * i], high[2 * i + 1], x[i], x[i]);
      for (int j = i + 1; j < 5; ++j) M::product(low2[i + j], high2[i + j + 1], x[i], x[j]);
    }
    Word t[10];
    for (int k = 0; k < 10; ++k) {
      const Word once = M::column(low[k], high[k], diagonal(k), diagonal(k - 1));
      const Word twice =
          M::column(low2[k], high2[k], (pairs(k) - diagonal(k)) / 2, (pairs(k - 1) - diagonal(k - 1)) / 2);
      t[k] = once + (twice << 1U);
    }
    return fold(t);
  }

 private:
  // How many products of limbs i + j = k there are, and how many of them with i = j.
  static constexpr int pairs(int k) { return k < 0 || k > 8 ? 0 : (k < 5 ? k + 1 : 9 - k); }
  static constexpr int diagonal(int k) { return k >= 0 && k <= 8 && k % 2 == 0 ? 1 : 0; }
};

}  // namespace tuixuan::batch

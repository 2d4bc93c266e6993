// The field of 2^255 - 19 in five limbs of 51 bits, for one element or for several at once: `V` gives a word (one
// integer, or a vector of them), how many lanes it has, and how two elements are multiplied. Everything else is written
// once, with the operators that integers and vectors share, and never branches on a value.
//
// Limbs between operations ("loose") are below 2^51 + 2^14, which is what V::mul and V::square promise and may expect;
// V::kLazy says that they also take limbs up to 2^54, so that additions need not carry. All types are made of V, which
// every path declares in an unnamed namespace: code compiled for one processor is never linked in place of another's.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tuixuan::batch {

template <class V>
struct Fe {
  typename V::Word v[5];
};

template <class V>
struct Field {
  using W = typename V::Word;
  using F = Fe<V>;
  static constexpr std::uint64_t kMask = (std::uint64_t{1} << 51U) - 1;

  static F constant(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d, std::uint64_t e) {
    return {{W{} + a, W{} + b, W{} + c, W{} + d, W{} + e}};
  }
  static F zero() { return constant(0, 0, 0, 0, 0); }
  static F one() { return constant(1, 0, 0, 0, 0); }
  static F d() {
    return constant(0x34dca135978a3U, 0x1a8283b156ebdU, 0x5e7a26001c029U, 0x739c663a03cbbU, 0x52036cee2b6ffU);
  }
  static F twice_d() {
    return constant(0x69b9426b2f159U, 0x35050762add7aU, 0x3cf44c0038052U, 0x6738cc7407977U, 0x2406d9dc56dffU);
  }
  static F root_of_minus_one() {
    return constant(0x61b274a0ea0b0U, 0xd5a5fc8f189dU, 0x7ef5e9cbd0c60U, 0x78595a6804c9eU, 0x2b8324804fc1dU);
  }

  // --- additions ---------------------------------------------------------------------------------------------------

  static F carry(const F& a) {
    F r;
    const W top = a.v[4] >> 51U;
    r.v[0] = (a.v[0] & kMask) + (top + (top << 1U) + (top << 4U));  // 19 top
    for (int i = 1; i < 5; ++i) r.v[i] = (a.v[i] & kMask) + (a.v[i - 1] >> 51U);
    return r;
  }
  static F settle(const F& a) {
    if constexpr (V::kLazy) return a;
    return carry(a);
  }
  static F add(const F& a, const F& b) {
    F r;
    for (int i = 0; i < 5; ++i) r.v[i] = a.v[i] + b.v[i];
    return settle(r);
  }
  // a + 4p - b: b below 2^53.
  static F sub(const F& a, const F& b) {
    F r;
    r.v[0] = (a.v[0] + ((kMask - 18) << 2U)) - b.v[0];
    for (int i = 1; i < 5; ++i) r.v[i] = (a.v[i] + (kMask << 2U)) - b.v[i];
    return settle(r);
  }
  static F negate(const F& a) { return sub(zero(), a); }

  // --- products ----------------------------------------------------------------------------------------------------

  static F mul(const F& a, const F& b) { return V::mul(a, b); }
  static F square(const F& a) { return V::square(a); }

  template <int K>
  static void squares(F (&a)[K], int times) {
    for (int t = 0; t < times; ++t)
      for (int k = 0; k < K; ++k) a[k] = V::square(a[k]);  // inlined here
  }
  template <int K>
  static void times(F (&a)[K], const F (&b)[K]) {
    for (int k = 0; k < K; ++k) a[k] = mul(a[k], b[k]);
  }
  template <int K>
  static void copy(F (&to)[K], const F (&from)[K]) {
    for (int k = 0; k < K; ++k) to[k] = from[k];
  }
  // a = z^(2^250 - 1) and z11 = z^11, for K elements side by side, so that one's waiting is the other's work.
  template <int K>
  static void power_250(F (&a)[K], F (&z11)[K], const F (&z)[K]) {
    F b[K];
    F c[K];
    copy(b, z);
    squares(b, 1);  // 2
    copy(a, b);
    squares(a, 2);  // 8
    times(a, z);    // 9
    copy(z11, b);
    times(z11, a);  // 11
    copy(b, z11);
    squares(b, 1);  // 22
    times(a, b);    // 2^5 - 1
    copy(b, a);
    squares(b, 5);
    times(a, b);  // 2^10 - 1
    copy(b, a);
    squares(b, 10);
    times(b, a);  // 2^20 - 1
    copy(c, b);
    squares(c, 20);
    times(b, c);  // 2^40 - 1
    squares(b, 10);
    times(a, b);  // 2^50 - 1
    copy(b, a);
    squares(b, 50);
    times(b, a);  // 2^100 - 1
    copy(c, b);
    squares(c, 100);
    times(b, c);  // 2^200 - 1
    squares(b, 50);
    times(a, b);  // 2^250 - 1
  }
  template <int K>
  static void power_p58(F (&a)[K], const F (&z)[K]) {  // a = z^((p - 5) / 8)
    F unused[K];
    power_250(a, unused, z);
    squares(a, 2);
    times(a, z);
  }
  template <int K>
  static void inverse(F (&a)[K], const F (&z)[K]) {  // of zero: zero
    F z11[K];
    power_250(a, z11, z);
    squares(a, 5);
    times(a, z11);
  }

  // --- one value, one form -----------------------------------------------------------------------------------------

  static F canonical(const F& loose) {
    F r = carry(carry(loose));
    W q = (r.v[0] + std::uint64_t{19}) >> 51U;
    for (int i = 1; i < 5; ++i) q = (r.v[i] + q) >> 51U;
    r.v[0] = r.v[0] + (q + (q << 1U) + (q << 4U));
    for (int i = 0; i < 4; ++i) {
      r.v[i + 1] = r.v[i + 1] + (r.v[i] >> 51U);
      r.v[i] = r.v[i] & kMask;
    }
    r.v[4] = r.v[4] & kMask;
    return r;
  }
  // Masks: all ones for yes.
  static W word_is_zero(W x) { return ((x | (W{} - x)) >> 63U) - std::uint64_t{1}; }
  static W is_zero(const F& a) {
    const F c = canonical(a);
    return word_is_zero(c.v[0] | c.v[1] | c.v[2] | c.v[3] | c.v[4]);
  }
  static W is_equal(const F& a, const F& b) { return is_zero(sub(a, b)); }
  static W is_negative(const F& a) { return W{} - (canonical(a).v[0] & std::uint64_t{1}); }
  static F select(W yes, const F& a, const F& b) {
    F r;
    for (int i = 0; i < 5; ++i) r.v[i] = b.v[i] ^ (yes & (a.v[i] ^ b.v[i]));
    return r;
  }
  static F absolute(const F& a) { return select(is_negative(a), negate(a), a); }

  // SQRT_RATIO_M1 of RFC 9496: root = |sqrt(u/v)|, or |sqrt(i u/v)|; `square` is all ones where u/v is a square.
  template <int K>
  static void root_of_ratio(F (&root)[K], W (&was_square)[K], const F (&u)[K], const F (&v)[K]) {
    F uv3[K];
    F uv7[K];
    for (int k = 0; k < K; ++k) {
      const F v2 = square(v[k]);
      uv3[k] = mul(mul(v2, v[k]), u[k]);
      uv7[k] = mul(uv3[k], square(v2));
    }
    power_p58(root, uv7);
    times(root, uv3);
    for (int k = 0; k < K; ++k) {
      const F check = mul(v[k], square(root[k]));
      const F minus_u = negate(u[k]);
      const W correct = is_equal(check, u[k]);
      const W flipped = is_equal(check, minus_u);
      const W flipped_i = is_equal(check, mul(minus_u, root_of_minus_one()));
      root[k] = absolute(select(flipped | flipped_i, mul(root[k], root_of_minus_one()), root[k]));
      was_square[k] = correct | flipped;
    }
  }

  // --- lanes -------------------------------------------------------------------------------------------------------

  // From four 64-bit words, little-endian, the top bit ignored.
  static F from_words(const W& a, const W& b, const W& c, const W& d) {
    return {{a & kMask, ((a >> 51U) | (b << 13U)) & kMask, ((b >> 38U) | (c << 26U)) & kMask,
             ((c >> 25U) | (d << 39U)) & kMask, (d >> 12U) & kMask}};
  }
  static void to_words(const F& a, W& w0, W& w1, W& w2, W& w3) {
    const F c = canonical(a);
    w0 = c.v[0] | (c.v[1] << 51U);
    w1 = (c.v[1] >> 13U) | (c.v[2] << 38U);
    w2 = (c.v[2] >> 26U) | (c.v[3] << 25U);
    w3 = (c.v[3] >> 39U) | (c.v[4] << 12U);
  }
};

}  // namespace tuixuan::batch

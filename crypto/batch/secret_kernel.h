// Multiples of public points by secret scalars, in constant time: a digit chooses from a table by reading the whole of
// it under a mask, its sign by a masked exchange, and every digit costs the same addition, zero too. The one header of
// the paths that secrets pass through; tests/crypto/constant_time_test.cpp shows by marking that nothing branches on
// them.
#pragma once

#include "crypto/batch/curve.h"

namespace tuixuan::batch {

template <class V>
struct SecretKernel : Curve<V> {
  using Base = Curve<V>;
  using Base::add;
  using Base::L;
  using Base::lanes_left;
  using Base::load_points;
  using Base::store_points;
  using Base::twice;
  using typename Base::F;
  using typename Base::Fi;
  using typename Base::Mixed;
  using typename Base::Point;
  using typename Base::W;

  struct Cached {  // Y + X, Y - X, 2Z, 2dT
    F plus, minus, z2, t2d;
  };
  static constexpr std::size_t kCachedLimbs = 20;

  static Cached cached(const Point& p) {
    return {Fi::carry(Fi::add(p.Y, p.X)), Fi::carry(Fi::sub(p.Y, p.X)), Fi::carry(Fi::add(p.Z, p.Z)),
            Fi::mul(p.T, Fi::twice_d())};
  }
  // p + q, or p - q in the lanes where `minus` is all ones.
  static Point add(const Point& p, const Cached& q, W minus) {
    const F plus = Fi::select(minus, q.minus, q.plus);
    const F less = Fi::select(minus, q.plus, q.minus);
    const F a = Fi::mul(Fi::sub(p.Y, p.X), less);
    const F b = Fi::mul(Fi::add(p.Y, p.X), plus);
    const F c = Fi::mul(p.T, q.t2d);
    const F d = Fi::mul(p.Z, q.z2);
    const F f = Fi::sub(d, c);
    const F g = Fi::add(d, c);
    return Base::finish(Fi::sub(b, a), Fi::select(minus, g, f), Fi::select(minus, f, g), Fi::add(b, a));
  }

  struct Digit {
    W size;   // 0 to 8
    W minus;  // all ones for a digit below zero
  };
  // Digits of up to L, `stride` apart; lanes beyond n repeat the first.
  static Digit load_digits(const std::int8_t* from, std::size_t stride, std::size_t n) {
    alignas(64) std::uint64_t lanes[L];
    for (std::size_t lane = 0; lane < L; ++lane)
      lanes[lane] = static_cast<std::uint64_t>(static_cast<std::int64_t>(from[(lane < n ? lane : 0) * stride]));
    const W value = V::load(lanes);
    const W minus = W{} - (value >> 63U);
    return {(value ^ minus) - minus, V::opaque(minus)};
  }

  // The item that the size asks for, in each lane: item j - 1 for j = 1 to 8, zeros for 0. Items lie `stride` words
  // apart; all are read.
  template <std::size_t kWords>
  static void choose(const std::uint64_t* items, std::size_t stride, W size, W (&out)[kWords]) {
    for (std::size_t i = 0; i < kWords; ++i) out[i] = W{};
    for (std::size_t j = 0; j < kDigitMultiples; ++j) {
      const W yes = V::opaque(Fi::word_is_zero(size ^ (W{} + static_cast<std::uint64_t>(j + 1))));
      for (std::size_t i = 0; i < kWords; ++i) out[i] = out[i] | (yes & (W{} + items[stride * j + i]));
    }
  }
  static F limbs(const W* from) { return {{from[0], from[1], from[2], from[3], from[4]}}; }

  static void fixed_multiples(const Prepared* table, const std::int8_t* digits, std::size_t n, Extended* sums) {
    for (std::size_t at = 0; at < n; at += L) {
      const std::size_t here = lanes_left(n, at);
      Extended* to[L];
      const Extended* from[L];
      for (std::size_t lane = 0; lane < L; ++lane) from[lane] = to[lane] = sums + at + (lane < here ? lane : 0);
      Point sum = load_points(from);
      for (std::size_t k = 0; k < kSecretDigits; ++k) {
        const Digit digit = load_digits(digits + kSecretDigits * at + k, kSecretDigits, here);
        W q[15];
        choose(table[kDigitMultiples * k].limbs, sizeof(Prepared) / 8, digit.size, q);
        const W one = V::opaque(Fi::word_is_zero(digit.size)) & (W{} + std::uint64_t{1});
        q[0] = q[0] | one;
        q[5] = q[5] | one;
        sum = add(sum, Mixed{limbs(q), limbs(q + 5), limbs(q + 10)}, digit.minus);
      }
      store_points(sum, to, here);
    }
  }

  // 1 to 8 times each of up to L points, each point's multiples together.
  static void multiples(const Coordinates* points, std::size_t n,
                        std::uint64_t (&out)[L][kDigitMultiples * kCachedLimbs]) {
    alignas(64) std::uint64_t words[8][L];
    for (std::size_t lane = 0; lane < L; ++lane) {
      const Coordinates& c = points[lane < n ? lane : 0];
      for (std::size_t i = 0; i < 4; ++i) {
        words[i][lane] = c.x[i];
        words[4 + i][lane] = c.y[i];
      }
    }
    Point p[kDigitMultiples];
    p[0].X = Fi::from_words(V::load(words[0]), V::load(words[1]), V::load(words[2]), V::load(words[3]));
    p[0].Y = Fi::from_words(V::load(words[4]), V::load(words[5]), V::load(words[6]), V::load(words[7]));
    p[0].Z = Fi::one();
    p[0].T = Fi::mul(p[0].X, p[0].Y);
    const Cached once = cached(p[0]);
    for (std::size_t j = 1; j < kDigitMultiples; ++j) p[j] = j % 2 == 1 ? twice(p[j / 2]) : add(p[j - 1], once, W{});
    for (std::size_t j = 0; j < kDigitMultiples; ++j) {
      const Cached c = cached(p[j]);
      const F* parts[4] = {&c.plus, &c.minus, &c.z2, &c.t2d};
      for (std::size_t part = 0; part < 4; ++part)
        for (std::size_t i = 0; i < 5; ++i) {
          alignas(64) std::uint64_t lanes[L];
          V::store(lanes, parts[part]->v[i]);
          for (std::size_t lane = 0; lane < L; ++lane) out[lane][kCachedLimbs * j + 5 * part + i] = lanes[lane];
        }
    }
  }

  // The lanes are digits of one scalar: they choose from the same table, each for the sum of its column.
  static void digit_columns(const Coordinates* points, const std::int8_t* digits, std::size_t n, Extended* columns) {
    constexpr std::size_t kGroups = kSecretDigits / L;
    Point sum[kGroups];
    for (std::size_t g = 0; g < kGroups; ++g) {
      const Extended* from[L];
      for (std::size_t lane = 0; lane < L; ++lane) from[lane] = columns + g * L + lane;
      sum[g] = load_points(from);
    }
    for (std::size_t at = 0; at < n; at += L) {
      const std::size_t here = lanes_left(n, at);
      alignas(64) std::uint64_t table[L][kDigitMultiples * kCachedLimbs];
      multiples(points + at, here, table);
      for (std::size_t item = 0; item < here; ++item)
        for (std::size_t g = 0; g < kGroups; ++g) {
          const Digit digit = load_digits(digits + kSecretDigits * (at + item) + g * L, 1, L);
          W q[kCachedLimbs];
          choose(table[item], kCachedLimbs, digit.size, q);
          const W one = V::opaque(Fi::word_is_zero(digit.size)) & (W{} + std::uint64_t{1});
          q[0] = q[0] | one;
          q[5] = q[5] | one;
          q[10] = q[10] | (one << 1U);
          sum[g] = add(sum[g], Cached{limbs(q), limbs(q + 5), limbs(q + 10), limbs(q + 15)}, digit.minus);
        }
    }
    for (std::size_t g = 0; g < kGroups; ++g) {
      Extended* to[L];
      for (std::size_t lane = 0; lane < L; ++lane) to[lane] = columns + g * L + lane;
      store_points(sum[g], to, L);
    }
  }
};

}  // namespace tuixuan::batch

// edwards25519 in extended coordinates over Field<V>, L points at a time, and how they come from memory and go there.
// Public data only. Like all that a path is made of it calls no inline function of others (kernel.h).
#pragma once

#include "crypto/batch/engine.h"
#include "crypto/batch/field.h"

namespace tuixuan::batch {

template <class V>
struct Curve {
  using Fi = Field<V>;
  using F = Fe<V>;
  using W = typename V::Word;
  static constexpr std::size_t L = V::kLanes;
  static constexpr int K = V::kSide;

  struct Point {  // x = X/Z, y = Y/Z, T = XY/Z
    F X, Y, Z, T;
  };
  struct Mixed {  // y + x, y - x, 2dxy of a point with Z = 1
    F plus, minus, t2d;
  };

  static Point identity() { return {Fi::zero(), Fi::one(), Fi::one(), Fi::zero()}; }
  static Mixed nothing() { return {Fi::one(), Fi::one(), Fi::zero()}; }

  // The sum of the extended point of E, F, G, H of the addition and doubling formulas (a = -1).
  static Point finish(const F& e, const F& f, const F& g, const F& h) {
    return {Fi::mul(e, f), Fi::mul(g, h), Fi::mul(f, g), Fi::mul(e, h)};
  }
  // The same without T, for a point that is only doubled next, or compared.
  static Point finish_short(const F& e, const F& f, const F& g, const F& h) {
    return {Fi::mul(e, f), Fi::mul(g, h), Fi::mul(f, g), Fi::zero()};
  }
  // p + q, or p - q in the lanes where `minus` is all ones.
  static Point add(const Point& p, const Mixed& q, W minus) {
    F plus = q.plus;
    F less = q.minus;
    for (int i = 0; i < 5; ++i) {
      const W swap = (plus.v[i] ^ less.v[i]) & minus;
      plus.v[i] = plus.v[i] ^ swap;
      less.v[i] = less.v[i] ^ swap;
    }
    const F a = Fi::mul(Fi::sub(p.Y, p.X), less);
    const F b = Fi::mul(Fi::add(p.Y, p.X), plus);
    const F c = Fi::mul(p.T, q.t2d);
    const F d = Fi::add(p.Z, p.Z);
    F f = Fi::sub(d, c);
    F g = Fi::add(d, c);
    for (int i = 0; i < 5; ++i) {
      const W swap = (f.v[i] ^ g.v[i]) & minus;
      f.v[i] = f.v[i] ^ swap;
      g.v[i] = g.v[i] ^ swap;
    }
    return finish(Fi::sub(b, a), f, g, Fi::add(b, a));
  }
  static Point add(const Point& p, const Point& q) {
    const F a = Fi::mul(Fi::sub(p.Y, p.X), Fi::sub(q.Y, q.X));
    const F b = Fi::mul(Fi::add(p.Y, p.X), Fi::add(q.Y, q.X));
    const F c = Fi::mul(Fi::mul(p.T, q.T), Fi::twice_d());
    const F zz = Fi::mul(p.Z, q.Z);
    const F d = Fi::add(zz, zz);
    return finish(Fi::sub(b, a), Fi::sub(d, c), Fi::add(d, c), Fi::add(b, a));
  }
  template <bool kShort = false>
  [[gnu::always_inline]] static inline Point twice(const Point& p) {
    const F a = Fi::square(p.X);
    const F b = Fi::square(p.Y);
    const F zz = Fi::square(p.Z);
    const F h = Fi::add(a, b);
    const F e = Fi::sub(h, Fi::square(Fi::carry(Fi::add(p.X, p.Y))));
    const F g = Fi::sub(a, b);
    const F f = Fi::carry(Fi::add(Fi::add(zz, zz), g));
    if constexpr (kShort) return finish_short(e, f, g, h);
    return finish(e, f, g, h);
  }
  static Point twice(const Point& p, unsigned times) {  // at least once
    Point r = p;
    for (; times > 1; --times) r = twice<true>(r);
    return twice(r);
  }

  // --- lanes in memory ---------------------------------------------------------------------------------------------

  // The four words of up to L values, from bytes that lie `stride` apart; lanes beyond n repeat the first.
  static F load_bytes(const std::uint8_t* from, std::size_t stride, std::size_t n, W* top) {
    alignas(64) std::uint64_t words[4][L];
    for (std::size_t lane = 0; lane < L; ++lane)
      for (std::size_t i = 0; i < 4; ++i)
        __builtin_memcpy(&words[i][lane], from + (lane < n ? lane : 0) * stride + 8 * i, 8);
    const W w3 = V::load(words[3]);
    if (top != nullptr) *top = w3 >> 63U;
    return Fi::from_words(V::load(words[0]), V::load(words[1]), V::load(words[2]), w3);
  }
  static void store_words(const F& a, std::uint64_t (&words)[4][L]) {
    W w[4];
    Fi::to_words(a, w[0], w[1], w[2], w[3]);
    for (int i = 0; i < 4; ++i) V::store(words[i], w[i]);
  }
  static void store_coordinates(const F& x, const F& y, std::size_t n, Coordinates* out) {
    alignas(64) std::uint64_t wx[4][L];
    alignas(64) std::uint64_t wy[4][L];
    store_words(x, wx);
    store_words(y, wy);
    for (std::size_t lane = 0; lane < n; ++lane)
      for (std::size_t i = 0; i < 4; ++i) {
        out[lane].x[i] = wx[i][lane];
        out[lane].y[i] = wy[i][lane];
      }
  }
  static void load_limbs(const std::uint64_t* const (&from)[L], F& a) {
    alignas(64) std::uint64_t limbs[L];
    for (int i = 0; i < 5; ++i) {
      for (std::size_t lane = 0; lane < L; ++lane) limbs[lane] = from[lane][i];
      a.v[i] = V::load(limbs);
    }
  }
  static Point load_points(const Extended* const (&from)[L]) {
    const std::uint64_t* at[L];
    F c[4];
    for (std::size_t j = 0; j < 4; ++j) {
      for (std::size_t lane = 0; lane < L; ++lane) at[lane] = from[lane]->limbs + 5 * j;
      load_limbs(at, c[j]);
    }
    return {c[0], c[1], c[2], c[3]};
  }
  static void store_points(const Point& p, Extended* const (&to)[L], std::size_t n) {
    const F* c[4] = {&p.X, &p.Y, &p.Z, &p.T};
    for (std::size_t j = 0; j < 4; ++j) {
      const F loose = Fi::carry(*c[j]);
      for (std::size_t i = 0; i < 5; ++i) {
        alignas(64) std::uint64_t limbs[L];
        V::store(limbs, loose.v[i]);
        for (std::size_t lane = 0; lane < n; ++lane) to[lane]->limbs[5 * j + i] = limbs[lane];
      }
    }
  }
  static bool lane_is_set(W mask, std::size_t lane) {
    alignas(64) std::uint64_t words[L];
    V::store(words, mask);
    return words[lane] != 0;
  }
  static std::size_t lanes_left(std::size_t n, std::size_t at) { return n - at < L ? n - at : L; }
};

}  // namespace tuixuan::batch

// From bytes to points and back: strict decoding of ristretto255 and of edwards25519, the map of hashes to the group,
// encoding (RFC 9496 section 4.3, RFC 8032 section 5.1.3). Public data only.
#pragma once

#include "crypto/batch/curve.h"

namespace tuixuan::batch {

template <class V>
struct Coding : Curve<V> {
  using Base = Curve<V>;
  using Base::add;
  using Base::K;
  using Base::L;
  using Base::lane_is_set;
  using Base::lanes_left;
  using Base::load_bytes;
  using Base::load_points;
  using Base::store_coordinates;
  using Base::store_words;
  using typename Base::F;
  using typename Base::Fi;
  using typename Base::Point;
  using typename Base::W;

  // All ones where the 32 bytes are below p with bit 255 clear.
  static W is_canonical(const std::uint8_t* from, std::size_t n, const F& value) {
    alignas(64) std::uint64_t words[4][L];
    alignas(64) std::uint64_t same[L];
    store_words(value, words);
    for (std::size_t lane = 0; lane < L; ++lane) {
      std::uint64_t differ = 0;
      for (std::size_t i = 0; i < 4; ++i) {
        std::uint64_t given = 0;
        __builtin_memcpy(&given, from + (lane < n ? lane : 0) * 32 + 8 * i, 8);
        differ |= given ^ words[i][lane];
      }
      same[lane] = differ == 0 ? ~std::uint64_t{0} : 0;
    }
    return V::load(same);
  }

  // RFC 9496 section 4.3.1, and not the identity.
  static void decode(const std::uint8_t* in, std::size_t n, Coordinates* out, std::uint8_t* ok) {
    for (std::size_t at = 0; at < n; at += K * L) {
      F s[K];
      F u1[K];
      F u2[K];
      F v[K];
      F ones[K];
      F ratio[K];
      F root[K];
      W good[K];
      W square[K];
      std::size_t here[K];
      for (int k = 0; k < K; ++k) {
        const std::size_t from = at + static_cast<std::size_t>(k) * L;
        here[k] = from < n ? lanes_left(n, from) : 0;
        const std::uint8_t* bytes = in + 32 * (here[k] == 0 ? at : from);
        s[k] = load_bytes(bytes, 32, here[k], nullptr);
        good[k] = is_canonical(bytes, here[k], s[k]) & ~Fi::is_negative(s[k]) & ~Fi::is_zero(s[k]);
        const F ss = Fi::square(s[k]);
        u1[k] = Fi::carry(Fi::sub(Fi::one(), ss));
        u2[k] = Fi::add(Fi::one(), ss);
        const F u2_squared = Fi::square(u2[k]);
        v[k] = Fi::carry(Fi::sub(Fi::negate(Fi::mul(Fi::d(), Fi::square(u1[k]))), u2_squared));
        ratio[k] = Fi::mul(v[k], u2_squared);
        ones[k] = Fi::one();
      }
      Fi::root_of_ratio(root, square, ones, ratio);
      for (int k = 0; k < K; ++k) {
        const F den_x = Fi::mul(root[k], u2[k]);
        const F den_y = Fi::mul(Fi::mul(root[k], den_x), v[k]);
        const F x = Fi::absolute(Fi::mul(Fi::add(s[k], s[k]), den_x));
        const F y = Fi::mul(u1[k], den_y);
        good[k] = good[k] & square[k] & ~Fi::is_negative(Fi::mul(x, y)) & ~Fi::is_zero(y);
        const std::size_t from = at + static_cast<std::size_t>(k) * L;
        if (out != nullptr) store_coordinates(x, y, here[k], out + (here[k] == 0 ? 0 : from));
        for (std::size_t lane = 0; lane < here[k]; ++lane) ok[from + lane] = lane_is_set(good[k], lane) ? 1 : 0;
      }
    }
  }

  // RFC 8032 section 5.1.3: y below p, x a root of the curve's equation; x = 0 is refused (both such points are of
  // small order).
  static void decode_edwards(const std::uint8_t* in, std::size_t n, Coordinates* out, std::uint8_t* ok) {
    for (std::size_t at = 0; at < n; at += K * L) {
      F y[K];
      F u[K];
      F v[K];
      F x[K];
      W good[K];
      W square[K];
      W sign[K];
      std::size_t here[K];
      for (int k = 0; k < K; ++k) {
        const std::size_t from = at + static_cast<std::size_t>(k) * L;
        here[k] = from < n ? lanes_left(n, from) : 0;
        const std::uint8_t* bytes = in + 32 * (here[k] == 0 ? at : from);
        std::uint8_t cleared[L][32];
        for (std::size_t lane = 0; lane < L; ++lane) {
          __builtin_memcpy(cleared[lane], bytes + 32 * (lane < here[k] ? lane : 0), 32);
          cleared[lane][31] &= 0x7f;
        }
        y[k] = load_bytes(bytes, 32, here[k], &sign[k]);
        sign[k] = W{} - sign[k];
        good[k] = is_canonical(cleared[0], L, y[k]);
        const F yy = Fi::square(y[k]);
        u[k] = Fi::carry(Fi::sub(yy, Fi::one()));
        v[k] = Fi::add(Fi::mul(yy, Fi::d()), Fi::one());
      }
      Fi::root_of_ratio(x, square, u, v);
      for (int k = 0; k < K; ++k) {
        x[k] = Fi::select(sign[k], Fi::negate(x[k]), x[k]);
        good[k] = good[k] & square[k] & ~Fi::is_zero(x[k]);
        const std::size_t from = at + static_cast<std::size_t>(k) * L;
        store_coordinates(x[k], y[k], here[k], out + (here[k] == 0 ? 0 : from));
        for (std::size_t lane = 0; lane < here[k]; ++lane) ok[from + lane] = lane_is_set(good[k], lane) ? 1 : 0;
      }
    }
  }

  // MAP of RFC 9496 section 4.3.4.
  static void map(const F (&t)[K], Point (&out)[K]) {
    const F one_minus_d_squared =
        Fi::constant(0x409c1945fc176U, 0x719abc6a1fc4fU, 0x1c37f90b20684U, 0x6bccca55eedfU, 0x29072a8b2b3eU);
    const F d_minus_one_squared =
        Fi::constant(0x55aaa44ed4d20U, 0x59603c3332635U, 0x26d3baf4a7928U, 0x120a66e6997a9U, 0x5968b37af66c2U);
    const F root_of_ad_minus_one =
        Fi::constant(0x7f6a0497b2e1bU, 0x1836f0a97afd2U, 0x7d747f6be7638U, 0x456079e7e6498U, 0x376931bf2b834U);
    F r[K];
    F u[K];
    F v[K];
    F s[K];
    W square[K];
    for (int k = 0; k < K; ++k) {
      r[k] = Fi::mul(Fi::root_of_minus_one(), Fi::square(t[k]));
      u[k] = Fi::mul(Fi::add(r[k], Fi::one()), one_minus_d_squared);
      const F rd = Fi::mul(r[k], Fi::d());
      v[k] = Fi::mul(Fi::carry(Fi::sub(Fi::negate(Fi::one()), rd)), Fi::add(r[k], Fi::d()));
    }
    Fi::root_of_ratio(s, square, u, v);
    for (int k = 0; k < K; ++k) {
      const F other = Fi::negate(Fi::absolute(Fi::mul(s[k], t[k])));
      s[k] = Fi::carry(Fi::select(square[k], s[k], other));
      const F c = Fi::carry(Fi::select(square[k], Fi::negate(Fi::one()), r[k]));
      const F n =
          Fi::carry(Fi::sub(Fi::mul(Fi::mul(c, Fi::carry(Fi::sub(r[k], Fi::one()))), d_minus_one_squared), v[k]));
      const F ss = Fi::square(s[k]);
      const F sv = Fi::mul(s[k], v[k]);
      const F w0 = Fi::add(sv, sv);
      const F w1 = Fi::mul(n, root_of_ad_minus_one);
      const F w2 = Fi::carry(Fi::sub(Fi::one(), ss));
      const F w3 = Fi::add(Fi::one(), ss);
      out[k] = {Fi::mul(w0, w3), Fi::mul(w2, w1), Fi::mul(w1, w3), Fi::mul(w0, w2)};
    }
  }

  // from_hash: 64 bytes each.
  static void from_uniform(const std::uint8_t* in, std::size_t n, Coordinates* out) {
    constexpr std::size_t kShared = 8;  // groups that share one inversion
    for (std::size_t at = 0; at < n;) {
      Point p[kShared];
      F before[kShared];
      std::size_t starts[kShared];
      std::size_t groups = 0;
      F product = Fi::one();
      for (; groups < kShared && at < n; ++groups, at += L) {
        starts[groups] = at;
        const std::size_t here = lanes_left(n, at);
        F t[K];
        Point halves[K];
        for (int k = 0; k < K; ++k) t[k] = load_bytes(in + 64 * at + (k % 2 == 0 ? 0 : 32), 64, here, nullptr);
        map(t, halves);
        p[groups] = add(halves[0], halves[1]);
        before[groups] = product;
        product = Fi::mul(product, p[groups].Z);
      }
      F one_product[1] = {product};
      F inverse[1];
      Fi::inverse(inverse, one_product);
      for (std::size_t g = groups; g-- > 0;) {
        const F z = Fi::mul(inverse[0], before[g]);
        inverse[0] = Fi::mul(inverse[0], p[g].Z);
        store_coordinates(Fi::mul(p[g].X, z), Fi::mul(p[g].Y, z), lanes_left(n, starts[g]), out + starts[g]);
      }
    }
  }
  static_assert(K == 2, "from_uniform maps both halves of a hash side by side");

  // RFC 9496 section 4.3.2.
  static void encode(const Extended* in, std::size_t n, std::uint8_t* out) {
    const F invsqrt_a_minus_d =
        Fi::constant(0xfdaa805d40eaU, 0x2eb482e57d339U, 0x7610274bc58U, 0x6510b613dc8ffU, 0x786c8905cfaffU);
    for (std::size_t at = 0; at < n; at += K * L) {
      Point p[K];
      F u1[K];
      F u2[K];
      F ones[K];
      F ratio[K];
      F root[K];
      W unused[K];
      std::size_t here[K];
      for (int k = 0; k < K; ++k) {
        const std::size_t from = at + static_cast<std::size_t>(k) * L;
        here[k] = from < n ? lanes_left(n, from) : 0;
        const Extended* points[L];
        for (std::size_t lane = 0; lane < L; ++lane) points[lane] = in + (lane < here[k] ? from + lane : at);
        p[k] = load_points(points);
        u1[k] = Fi::mul(Fi::add(p[k].Z, p[k].Y), Fi::carry(Fi::sub(p[k].Z, p[k].Y)));
        u2[k] = Fi::mul(p[k].X, p[k].Y);
        ratio[k] = Fi::mul(u1[k], Fi::square(u2[k]));
        ones[k] = Fi::one();
      }
      Fi::root_of_ratio(root, unused, ones, ratio);
      for (int k = 0; k < K; ++k) {
        const F den1 = Fi::mul(root[k], u1[k]);
        const F den2 = Fi::mul(root[k], u2[k]);
        const F z_inv = Fi::mul(Fi::mul(den1, den2), p[k].T);
        const F ix = Fi::mul(p[k].X, Fi::root_of_minus_one());
        const F iy = Fi::mul(p[k].Y, Fi::root_of_minus_one());
        const W rotate = Fi::is_negative(Fi::mul(p[k].T, z_inv));
        const F x = Fi::select(rotate, iy, p[k].X);
        F y = Fi::select(rotate, ix, p[k].Y);
        const F den_inv = Fi::select(rotate, Fi::mul(den1, invsqrt_a_minus_d), den2);
        y = Fi::carry(Fi::select(Fi::is_negative(Fi::mul(x, z_inv)), Fi::negate(y), y));
        const F s = Fi::absolute(Fi::mul(den_inv, Fi::carry(Fi::sub(p[k].Z, y))));
        alignas(64) std::uint64_t words[4][L];
        store_words(s, words);
        const std::size_t from = at + static_cast<std::size_t>(k) * L;
        for (std::size_t lane = 0; lane < here[k]; ++lane)
          for (std::size_t i = 0; i < 4; ++i) __builtin_memcpy(out + 32 * (from + lane) + 8 * i, &words[i][lane], 8);
      }
    }
  }
};

}  // namespace tuixuan::batch

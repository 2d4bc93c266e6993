// What a path of the engine does (engine.h): coding.h, sums over sorted buckets, sums of random subsets. Written once
// for every path. Public data only: which bucket a point goes to depends on its scalar.
//
// Nothing here uses a function that another source might have compiled as well (the standard library's templates too):
// the linker would keep one copy, perhaps one that this processor cannot run.
#pragma once

#include "crypto/batch/coding.h"
#include "crypto/batch/secret_kernel.h"

namespace tuixuan::batch {

template <class V>
struct Kernel : Coding<V> {
  using Base = Curve<V>;
  using Base::add;
  using Base::identity;
  using Base::L;
  using Base::lane_is_set;
  using Base::lanes_left;
  using Base::load_points;
  using Base::store_points;
  using Base::twice;
  using typename Base::F;
  using typename Base::Fi;
  using typename Base::Mixed;
  using typename Base::Point;
  using typename Base::W;

  static void prepare(const Coordinates* const* points, std::size_t n, Prepared* out) {
    for (std::size_t at = 0; at < n; at += L) {
      const std::size_t here = lanes_left(n, at);
      alignas(64) std::uint64_t words[8][L];
      for (std::size_t lane = 0; lane < L; ++lane) {
        const Coordinates& c = *points[at + (lane < here ? lane : 0)];
        for (std::size_t i = 0; i < 4; ++i) {
          words[i][lane] = c.x[i];
          words[4 + i][lane] = c.y[i];
        }
      }
      const F x = Fi::from_words(V::load(words[0]), V::load(words[1]), V::load(words[2]), V::load(words[3]));
      const F y = Fi::from_words(V::load(words[4]), V::load(words[5]), V::load(words[6]), V::load(words[7]));
      const F c[3] = {Fi::carry(Fi::add(y, x)), Fi::carry(Fi::sub(y, x)), Fi::mul(Fi::mul(x, y), Fi::twice_d())};
      for (std::size_t j = 0; j < 3; ++j)
        for (std::size_t i = 0; i < 5; ++i) {
          alignas(64) std::uint64_t limbs[L];
          V::store(limbs, c[j].v[i]);
          for (std::size_t lane = 0; lane < here; ++lane) out[at + lane].limbs[5 * j + i] = limbs[lane];
        }
    }
  }

  // Bucket b of 0 .. buckets - 1 becomes the sum of the points with digit b + 1, less those with -(b + 1); digit 0 is
  // in no bucket. L buckets at a time, those of about one length together, each lane going through one list.
  static void fill_buckets(const Prepared* points, const std::int16_t* digits, std::size_t n, std::size_t buckets,
                           Scratch& s) {
    std::uint32_t* const end = s.ends;  // where the list of a bucket ends in s.sorted
    for (std::size_t b = 0; b <= buckets; ++b) end[b] = 0;
    for (std::size_t i = 0; i < n; ++i) ++end[digits[i] < 0 ? -digits[i] : digits[i]];
    end[0] = 0;
    for (std::size_t b = 1; b <= buckets; ++b) end[b] += end[b - 1];
    for (std::size_t i = n; i-- > 0;) {
      const int digit = digits[i];
      if (digit == 0) continue;
      const auto b = static_cast<std::size_t>(digit < 0 ? -digit : digit);
      s.sorted[--end[b]] = static_cast<std::uint32_t>(2 * i + (digit < 0 ? 1 : 0));
    }
    // Now end[b] is where the list of digit b starts; that of digit b + 1 starts where it ends.
    std::uint32_t total = 0;
    for (std::size_t i = 0; i < n; ++i) total += digits[i] != 0 ? 1 : 0;
    end[buckets + 1] = total;
    const auto length = [&](std::size_t b) { return end[b + 2] - end[b + 1]; };
    order_by_length(buckets, s, length);
    for (std::size_t at = 0; at < buckets; at += L) {
      const std::uint32_t* list[L];
      std::uint32_t left[L];
      Extended* to[L];
      std::uint32_t longest = 0;
      const std::size_t here = lanes_left(buckets, at);
      for (std::size_t lane = 0; lane < L; ++lane) {
        const std::size_t b = s.order[at + (lane < here ? lane : 0)];
        list[lane] = s.sorted + end[b + 1];
        left[lane] = lane < here ? length(b) : 0;
        to[lane] = s.buckets + b;
        if (left[lane] > longest) longest = left[lane];
      }
      Point sum = identity();
      for (std::uint32_t step = 0; step < longest; ++step) {
        Mixed q;
        W minus;
        gather(points, list, left, step, q, minus);
        sum = add(sum, q, minus);
      }
      store_points(sum, to, here);
    }
  }

  // s.order: the buckets, the longest lists first.
  template <class Length>
  static void order_by_length(std::size_t buckets, Scratch& s, const Length& length) {
    std::uint32_t top = 0;
    for (std::size_t b = 0; b < buckets; ++b)
      if (length(b) > top) top = length(b);
    if (top >= Scratch::kLengths) top = Scratch::kLengths - 1;
    std::uint32_t count[Scratch::kLengths];
    for (std::uint32_t r = 0; r <= top; ++r) count[r] = 0;
    const auto rank = [&](std::size_t b) { return top - (length(b) < top ? length(b) : top); };
    for (std::size_t b = 0; b < buckets; ++b) ++count[rank(b)];
    std::uint32_t sum = 0;
    for (std::uint32_t r = 0; r <= top; ++r) {
      const std::uint32_t here = count[r];
      count[r] = sum;
      sum += here;
    }
    for (std::size_t b = 0; b < buckets; ++b) s.order[count[rank(b)]++] = static_cast<std::uint32_t>(b);
  }

  static void gather(const Prepared* points, const std::uint32_t* const (&list)[L], const std::uint32_t (&left)[L],
                     std::uint32_t step, Mixed& q, W& minus) {
    constexpr std::uint32_t kAhead = L == 1 ? 4 : 2;
    static constexpr Prepared kNothing = {{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}};
    const std::uint64_t* from[L];
    alignas(64) std::uint64_t sign[L];
    for (std::size_t lane = 0; lane < L; ++lane) {
      const bool there = step < left[lane];
      const std::uint32_t item = there ? list[lane][step] : 0;
      from[lane] = there ? points[item / 2].limbs : kNothing.limbs;
      if (step + kAhead < left[lane]) {
        const std::uint64_t* const next = points[list[lane][step + kAhead] / 2].limbs;
        __builtin_prefetch(next);
        __builtin_prefetch(next + 8);
      }
      sign[lane] = std::uint64_t{0} - (item & 1U);
    }
    minus = V::load(sign);
    V::load_mixed(from, q.plus, q.minus, q.t2d);
  }

  // For each window of n digits the sum of digit times point over all of them; |digits| up to 2^(bits - 1).
  static void windows(const Prepared* points, const std::int16_t* digits, std::size_t n, std::size_t count,
                      unsigned bits, Scratch& s, Extended* out) {
    for (std::size_t at = 0; at < count; at += L)
      some_windows(points, digits + at * n, n, lanes_left(count, at), bits, s, out + at);
  }

  // Up to L windows: their buckets are summed up by the lanes, then the lanes' parts, each lane with those of one
  // window.
  static void some_windows(const Prepared* points, const std::int16_t* digits, std::size_t n, std::size_t here,
                           unsigned bits, Scratch& s, Extended* out) {
    const std::size_t buckets = std::size_t{1} << (bits - 1);
    const std::size_t part = buckets < L ? 1 : buckets / L;  // of each lane
    Extended sums[L][L];                                     // by lane, by window
    Extended runs[L][L];
    for (std::size_t w = 0; w < here; ++w) {
      fill_buckets(points, digits + w * n, n, buckets, s);
      Point run = identity();
      Point sum = identity();
      for (std::size_t k = part; k-- > 0;) {
        const Extended* from[L];
        for (std::size_t lane = 0; lane < L; ++lane)
          from[lane] = lane * part + k < buckets ? s.buckets + lane * part + k : &s.nothing;
        run = add(run, load_points(from));
        sum = add(sum, run);
      }
      Extended* to_sums[L];
      Extended* to_runs[L];
      for (std::size_t lane = 0; lane < L; ++lane) {
        to_sums[lane] = &sums[lane][w];
        to_runs[lane] = &runs[lane][w];
      }
      store_points(sum, to_sums, L);
      store_points(run, to_runs, L);
    }
    const auto of_lane = [&](const Extended(&parts)[L]) {
      const Extended* from[L];
      for (std::size_t w = 0; w < L; ++w) from[w] = &parts[w < here ? w : 0];
      return load_points(from);
    };
    // Lane j holds the buckets from j * part on: the whole is the sum over lanes of sum_j + j * part * run_j.
    Point whole = of_lane(sums[0]);
    if constexpr (L > 1) {
      Point higher = of_lane(runs[L - 1]);
      Point weighted = higher;
      for (std::size_t lane = L - 1; lane-- > 1;) {
        higher = add(higher, of_lane(runs[lane]));
        weighted = add(weighted, higher);
      }
      for (std::size_t k = part; k > 1; k /= 2) weighted = twice(weighted);
      whole = add(whole, weighted);
      for (std::size_t lane = 1; lane < L; ++lane) whole = add(whole, of_lane(sums[lane]));
    }
    Extended* to[L];
    for (std::size_t w = 0; w < L; ++w) to[w] = out + (w < here ? w : 0);
    store_points(whole, to, here);
  }

  // out[t] = the sum of the points whose value has bit t set, for `bits` bits; values as digits of 0 .. 2^bits - 1.
  static void subsets(const Prepared* points, const std::int16_t* values, std::size_t n, unsigned bits, Scratch& s,
                      Extended* out) {
    const std::size_t most = (std::size_t{1} << bits) - 1;
    fill_buckets(points, values, n, most, s);
    // s.buckets[v - 1] holds value v. From the highest bit down: its sum is that of the upper half, which is then added
    // to the lower half, value by value.
    for (unsigned t = bits; t-- > 0;) {
      const std::size_t half = std::size_t{1} << t;
      Point sum = identity();
      for (std::size_t v = half; v < 2 * half; v += L) {
        Extended* to[L];
        const Extended* upper[L];
        const Extended* lower[L];
        const std::size_t here = lanes_left(2 * half, v);
        for (std::size_t lane = 0; lane < L; ++lane) {
          const bool there = lane < here;
          const bool has_lower = there && v + lane > half;
          upper[lane] = there ? s.buckets + v + lane - 1 : &s.nothing;
          lower[lane] = has_lower ? s.buckets + v + lane - half - 1 : &s.nothing;
          to[lane] = has_lower ? s.buckets + v + lane - half - 1 : &s.spare;
        }
        const Point up = load_points(upper);
        sum = add(sum, up);
        store_points(add(load_points(lower), up), to, L);
      }
      Extended parts[L];
      Extended* to[L];
      for (std::size_t lane = 0; lane < L; ++lane) to[lane] = parts + lane;
      store_points(sum, to, L);
      out[t] = s.nothing;
      for (const Extended& e : parts) one_add(out[t], e);
    }
  }

  // ok[i] = 1 if l times the point is the neutral element of the curve: it is in the subgroup of order l.
  static void in_subgroup(const Extended* in, std::size_t n, std::uint8_t* ok) {
    // l - 2^252, in base 2: from the top bit down.
    static constexpr std::uint64_t kLow[2] = {0x5812631a5cf5d3edU, 0x14def9dea2f79cd6U};
    for (std::size_t at = 0; at < n; at += L) {
      const std::size_t here = lanes_left(n, at);
      const Extended* from[L];
      for (std::size_t lane = 0; lane < L; ++lane) from[lane] = in + at + (lane < here ? lane : 0);
      const Point p = load_points(from);
      Point multiple[8];  // 0 to 7 times p
      multiple[0] = identity();
      for (int i = 1; i < 8; ++i) multiple[i] = add(multiple[i - 1], p);
      Point sum = p;
      for (int i = 252; i > 0;) {
        if (i > 126) {
          sum = Base::template twice<true>(sum);
          --i;
          continue;
        }
        sum = twice(Base::template twice<true>(Base::template twice<true>(sum)));
        i -= 3;
        const unsigned word = static_cast<unsigned>(i) / 64;
        const unsigned shift = static_cast<unsigned>(i) % 64;
        std::uint64_t digit = kLow[word] >> shift;
        if (shift > 61 && word == 0) digit |= kLow[1] << (64 - shift);
        sum = add(sum, multiple[digit & 7U]);
      }
      const W neutral = Fi::is_zero(sum.X) & Fi::is_equal(sum.Y, sum.Z);
      for (std::size_t lane = 0; lane < here; ++lane) ok[at + lane] = lane_is_set(neutral, lane) ? 1 : 0;
    }
  }
};

template <class V>
constexpr Engine engine_of(const char* name) {
  using Path = Kernel<V>;
  using Secret = SecretKernel<V>;
  return {
      name,          Path::decode,  Path::decode_edwards, Path::from_uniform,      Path::encode,         Path::prepare,
      Path::windows, Path::subsets, Path::in_subgroup,    Secret::fixed_multiples, Secret::digit_columns};
}

}  // namespace tuixuan::batch

// What a path of arithmetic can do, as a table of functions over plain memory: the same source compiled for any
// processor ("plain"), for AVX2 with FMA, and for AVX-512 IFMA (path_*.cpp). The best that this processor has is chosen
// once, when first asked; TUIXUAN_CPU=plain|avx2|ifma chooses a lesser one, for tests and for comparing. All but the
// two functions that say so are for public data only; encode() and the operations on single points are constant time,
// too.
#pragma once

#include <cstddef>
#include <cstdint>

#include "crypto/primitives/coordinates.h"

namespace tuixuan::batch {

using primitives::Coordinates;

struct Extended {  // X, Y, Z, T in limbs of 51 bits
  std::uint64_t limbs[20];
};

struct alignas(64) Prepared {  // y + x, y - x, 2dxy in limbs of 51 bits, and one word that is not used
  std::uint64_t limbs[16];
};

// Memory for one thread's work on a window of up to `points` points and buckets of up to `bits` bits.
struct Scratch {
  static constexpr std::size_t kLengths = 256;
  std::uint32_t* sorted;  // points
  std::uint32_t* ends;    // 2^bits + 2
  std::uint32_t* order;   // 2^bits
  Extended* buckets;      // 2^bits
  Extended nothing;       // the neutral element
  Extended spare;
};

// A secret scalar in base 16: s = sum of digit k times 16^k, each digit from -8 to 7.
inline constexpr std::size_t kSecretDigits = 64;
inline constexpr std::size_t kDigitMultiples = 8;  // 1 to 8 times a point: what a digit may ask for

struct Engine {
  const char* name;
  // 32 bytes each, strictly (crypto/README.md, section 3); ok[i] = 1 or 0. `out` may be null.
  void (*decode)(const std::uint8_t* in, std::size_t n, Coordinates* out, std::uint8_t* ok);
  // Points of edwards25519 (RFC 8032), canonical and with x != 0.
  void (*decode_edwards)(const std::uint8_t* in, std::size_t n, Coordinates* out, std::uint8_t* ok);
  void (*from_uniform)(const std::uint8_t* in, std::size_t n, Coordinates* out);  // 64 bytes each
  void (*encode)(const Extended* in, std::size_t n, std::uint8_t* out);           // 32 bytes each
  void (*prepare)(const Coordinates* const* points, std::size_t n, Prepared* out);
  // Sums of digit times point, |digit| <= 2^(bits - 1); window k has the digits from k n on.
  void (*windows)(const Prepared*, const std::int16_t* digits, std::size_t n, std::size_t windows, unsigned bits,
                  Scratch&, Extended* out);
  // out[t] = sum of the points whose value (below 2^bits) has bit t.
  void (*subsets)(const Prepared*, const std::int16_t* values, std::size_t n, unsigned bits, Scratch&, Extended* out);
  void (*in_subgroup)(const Extended* in, std::size_t n, std::uint8_t* ok);  // of prime order, exactly

  // Public points, secret digits and sums: neither time nor addresses depend on these (secret_kernel.h). Scalar i has
  // the digits from kSecretDigits * i on.
  // sums[i] += scalar i times the point of the table, which is of make_fixed_table().
  void (*fixed_multiples)(const Prepared* table, const std::int8_t* digits, std::size_t n, Extended* sums);
  // columns[k] += sum over i of digit k of scalar i times point i.
  void (*digit_columns)(const Coordinates* points, const std::int8_t* digits, std::size_t n, Extended* columns);
};

const Engine& engine();                       // the one in use
const Engine* find_engine(const char* name);  // null: no such path, or this processor cannot run it

// One point at a time, on every processor.
void one_add(Extended& sum, const Extended& p);
void one_twice(Extended& p, unsigned times);  // 2^times p; at least once
// Row k, item j - 1: j times 16^k times the point; kSecretDigits rows of kDigitMultiples items. Of a public point.
void make_fixed_table(const Coordinates& point, Prepared* table);
Extended neutral();
Extended from_coordinates(const Coordinates&);
bool is_neutral(const Extended&);           // of edwards25519
bool is_identity_element(const Extended&);  // of ristretto255: neutral but for a point of order 2 or 4

}  // namespace tuixuan::batch

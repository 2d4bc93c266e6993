// Linked into every test program, where libsodium's generator then follows from the seed. The programs that tests start
// are the real ones, with the real generator.
#include "tests/support/seed.h"

#include <sodium.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <random>

namespace tuixuan::kit {

namespace {

std::uint64_t given() {
  const char* text = std::getenv("TUIXUAN_SEED");
  return text == nullptr ? 0 : std::strtoull(text, nullptr, 10);
}

std::mutex turn;
std::uint64_t drawn = 0;  // blocks so far

void draw(void* out, std::size_t size) {
  const std::scoped_lock lock(turn);
  auto* at = static_cast<unsigned char*>(out);
  while (size > 0) {
    unsigned char seed[randombytes_SEEDBYTES] = {};
    const std::uint64_t run = seed_of_run();
    const std::uint64_t block = drawn++;
    std::memcpy(seed, &run, sizeof run);
    std::memcpy(seed + sizeof run, &block, sizeof block);
    const std::size_t some = std::min<std::size_t>(size, 1U << 20U);
    randombytes_buf_deterministic(at, some, seed);
    at += some;
    size -= some;
  }
}

std::uint32_t draw_number() {
  std::uint32_t out = 0;
  draw(&out, sizeof out);
  return out;
}

const char* name() { return "tests, by seed"; }

randombytes_implementation implementation{name, draw_number, nullptr, nullptr, draw, nullptr};

// Before anything of the tests draws.
const bool kSeeded = [] {
  randombytes_set_implementation(&implementation);
  std::printf("TUIXUAN_SEED=%llu\n", static_cast<unsigned long long>(seed_of_run()));
  return true;
}();

}  // namespace

std::uint64_t seed_of_run() {
  static const std::uint64_t seed = given() != 0 ? given() : std::random_device{}() + std::uint64_t{1};
  return seed;
}

void draw_again(std::uint64_t number) {
  const std::scoped_lock lock(turn);
  drawn = number << 32U;
}

std::uint64_t seed_or(std::uint64_t usual) { return given() != 0 ? given() : usual; }

}  // namespace tuixuan::kit

#include "crypto/batch/engine.h"

#include <cstdlib>
#include <string_view>

#include "crypto/batch/paths.h"

namespace tuixuan::batch {

namespace {

struct Choice {
  const Engine* path;
  bool runs;  // on this processor
};

// The best first.
const Choice* choices(std::size_t& n) {
#if defined(__x86_64__)
  static const Choice all[] = {
      {&kIfmaPath, __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
                       __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                       __builtin_cpu_supports("avx512ifma") != 0},
      {&kAvx2Path, __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0},
      {&kPlainPath, true}};
#else
  static const Choice all[] = {{&kPlainPath, true}};
#endif
  n = sizeof all / sizeof all[0];
  return all;
}

const Engine& choose() {
  const char* wanted = std::getenv("TUIXUAN_CPU");
  if (wanted != nullptr)
    if (const Engine* e = find_engine(wanted)) return *e;
  std::size_t n = 0;
  const Choice* all = choices(n);
  while (!all->runs) ++all;
  return *all->path;
}

}  // namespace

const Engine* find_engine(const char* name) {
  std::size_t n = 0;
  const Choice* all = choices(n);
  for (std::size_t i = 0; i < n; ++i)
    if (std::string_view(all[i].path->name) == name) return all[i].runs ? all[i].path : nullptr;
  return nullptr;
}

const Engine& engine() {
  static const Engine& chosen = choose();
  return chosen;
}

}  // namespace tuixuan::batch

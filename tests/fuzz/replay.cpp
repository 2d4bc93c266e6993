// Feeds a fuzz target the files of its corpus, as an ordinary test without libFuzzer: each file as it is, cut short at
// up to 64 places, and with one byte changed at up to 64 places. Fails if there is no file.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/check.h"

namespace {

std::size_t feed(const std::vector<std::uint8_t>& file) {
  const std::size_t step = std::max<std::size_t>(1, file.size() / 64);
  std::size_t runs = 1;
  LLVMFuzzerTestOneInput(file.data(), file.size());
  for (std::size_t at = 0; at < file.size(); at += step) {
    std::vector<std::uint8_t> damaged(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(at));
    LLVMFuzzerTestOneInput(damaged.data(), damaged.size());
    damaged = file;
    damaged[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
    LLVMFuzzerTestOneInput(damaged.data(), damaged.size());
    runs += 2;
  }
  return runs;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t files = 0;
  std::size_t runs = 0;
  for (int i = 1; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) continue;
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      std::ifstream in(entry.path(), std::ios::binary);
      runs += feed(std::vector<std::uint8_t>(std::istreambuf_iterator<char>(in), {}));
      ++files;
    }
  }
  std::printf("%zu corpus files, %zu runs\n", files, runs);
  tuixuan::fuzz::require(files > 0, "the corpus has files");
  return 0;
}

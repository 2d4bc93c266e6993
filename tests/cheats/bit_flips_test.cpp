// One bit flipped: in every byte of one entry of each kind, offered to the fold as it stood; and all over the files of
// a published record.
#include <set>

#include "crypto/codes/catalogue.h"
#include "server/verify/verify.h"
#include "tests/cheats/cheat.h"

namespace tuixuan::cheats {
namespace {

class BitFlips : public Cheat {};

TEST_F(BitFlips, EveryByteOfEveryKindOfEntryMatters) {
  std::set<std::uint8_t> kinds;
  std::size_t flips = 0;
  std::set<std::string> checks;
  for (std::size_t i = 0; i < c().log.size(); ++i) {
    const Bytes& honest = c().log[i];
    if (!kinds.insert(honest[1]).second) continue;
    ASSERT_TRUE(c().before[i].prepare(honest, c().objects)) << i;
    for (std::size_t k = 0; k < honest.size(); ++k) {
      Bytes flipped = honest;
      flipped[k] = static_cast<std::uint8_t>(flipped[k] ^ (1U << (k % 8)));
      election::Fold fold = c().before[i];
      const auto taken = fold.accept(flipped, c().objects);
      ASSERT_FALSE(taken) << "entry " << i << ", byte " << k;
      checks.insert(std::string(name_of(taken.error().check)));
      ++flips;
    }
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, honest.size() / 2, honest.size() - 1}) {
      const Bytes cut(honest.begin(), honest.begin() + static_cast<std::ptrdiff_t>(n));
      EXPECT_FALSE(c().before[i].prepare(cut, c().objects)) << "entry " << i << " cut to " << n;
    }
    Bytes longer = honest;
    longer.push_back(0);
    EXPECT_FALSE(c().before[i].prepare(longer, c().objects)) << "entry " << i << " with one byte more";
  }
  EXPECT_GE(kinds.size(), 18U);
  std::printf("%zu flips of %zu kinds of entries, refused by %zu checks\n", flips, kinds.size(), checks.size());
}

// The same in a run of ballots that are checked together: the one that was changed is not taken, and the others are.
TEST_F(BitFlips, EveryByteOfABallotMattersAmongOthers) {
  const std::size_t first = at(Kind::cast);
  const election::Fold& fold = c().before[first];
  constexpr std::size_t kRun = 6;
  for (std::size_t k = 0; k < c().log[first + 2].size(); ++k) {
    std::vector<Bytes> entries(c().log.begin() + static_cast<std::ptrdiff_t>(first),
                               c().log.begin() + static_cast<std::ptrdiff_t>(first + kRun));
    entries[2][k] = static_cast<std::uint8_t>(entries[2][k] ^ (1U << (k % 8)));
    const std::vector<ByteView> views(entries.begin(), entries.end());
    const auto prepared = fold.prepare_run(views, c().objects, 1);
    // Its number, its slip's state and the like are for apply(), as ever.
    election::Fold then = fold;
    for (std::size_t i = 0; i < 2; ++i) ASSERT_TRUE(then.accept(entries[i], c().objects)) << "byte " << k;
    ASSERT_FALSE(prepared[2] && then.apply(*prepared[2])) << "byte " << k;
    ASSERT_FALSE(then.accept(entries[2], c().objects)) << "byte " << k;
  }
}

TEST_F(BitFlips, NothingInAPublishedRecordCanChange) {
  const kit::Files honest = kit::record_files(c());
  std::size_t flips = 0;
  for (const auto& [path, bytes] : honest) {
    const std::size_t step = path == "checkpoint" ? 2 : bytes.size() / 9 + 1;
    for (std::size_t k = 0; k < bytes.size(); k += step) {
      kit::Files files = honest;
      Bytes& changed = files.at(path);
      changed[k] = static_cast<std::uint8_t>(changed[k] ^ (1U << (k % 8)));
      kit::FilesSource source(std::move(files));
      const verify::Verification v = verify::verify_record(source, {}, 2);
      ASSERT_FALSE(v.ok) << path << ", byte " << k;
      ASSERT_FALSE(v.failures.empty()) << path << ", byte " << k;
      ++flips;
    }
  }
  std::printf("%zu flips in %zu files of a record\n", flips, honest.size());
}

TEST_F(BitFlips, NoFileOfARecordCanBeMissing) {
  const kit::Files honest = kit::record_files(c());
  for (const auto& [path, bytes] : honest) {
    kit::Files files = honest;
    files.erase(path);
    kit::FilesSource source(std::move(files));
    EXPECT_FALSE(verify::verify_record(source, {}, 2).ok) << path;
  }
}

}  // namespace
}  // namespace tuixuan::cheats

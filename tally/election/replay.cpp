#include "tally/election/replay.h"

#include "crypto/codes/entries.h"
#include "tally/election/envelope.h"
#include "tally/election/rules.h"

namespace tuixuan::election {

static constexpr std::size_t kRun =
    1024;  // ballots checked side by side: fewer cost more each, and more keep their memory

bool is_ballot(ByteView entry) {
  if (entry.size() < 2) return false;
  const KindInfo* kind = find_kind(entry[1]);
  return kind != nullptr && keeps_epoch(kind->kind);
}

static std::size_t run_of_ballots(std::span<const Bytes> entries, std::size_t from) {
  std::size_t end = from;
  while (end < entries.size() && end - from < kRun && is_ballot(entries[end])) ++end;
  return end - from;
}

static Result<void> take(Fold& fold, ByteView entry, const Objects& objects, Reading reading) {
  const std::string where = entry_number(fold.size());
  const auto taken = reading == Reading::strict ? fold.accept(entry, objects) : fold.replay(entry, objects);
  if (!taken) return fail_at(where, taken.error());
  return {};
}

Result<void> replay_all(Fold& fold, std::span<const Bytes> entries, const Objects& objects, unsigned threads,
                        Reading reading, const ReplayProgress& progress) {
  const auto done = [&]() -> Result<void> {
    if (progress && !progress(fold.size())) return fail(code::log::stopped, "stopped at " + entry_number(fold.size()));
    return {};
  };
  for (std::size_t i = 0; i < entries.size();) {
    const std::size_t run = run_of_ballots(entries, i);
    if (run < 2) {
      TUIXUAN_CHECK(take(fold, entries[i++], objects, reading));
      TUIXUAN_CHECK(done());
      continue;
    }
    const std::vector<ByteView> views(entries.begin() + static_cast<std::ptrdiff_t>(i),
                                      entries.begin() + static_cast<std::ptrdiff_t>(i + run));
    const auto prepared = fold.prepare_run(views, objects, threads);
    for (std::size_t k = 0; k < run; ++k) {
      if (!prepared[k] || !fold.apply(*prepared[k])) TUIXUAN_CHECK(take(fold, entries[i + k], objects, reading));
      TUIXUAN_CHECK(done());
    }
    i += run;
  }
  return {};
}

}  // namespace tuixuan::election

// The power of the server is cut at 200 random moments while four kiosks cast: no acknowledged ballot is missing, none
// is listed twice, and every checkpoint and receipt ever given out belongs to the log that is there at the end.
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "crypto/primitives/random.h"
#include "tests/support/real_server.h"

namespace tuixuan {
namespace {

using election::Kind;

constexpr std::size_t kKills = 200;
constexpr std::size_t kKiosks = 4;
constexpr std::size_t kBallots = 2000;

struct Given {            // by the server, once
  std::size_t entry = 0;  // in the kit's log
  log::Receipt receipt;
};

struct Queue {
  std::vector<std::size_t> entries;  // of one kiosk, in its order
  std::vector<Given> given;
  std::vector<std::string> troubles;
  std::thread thread;
};

class KillTest : public testing::Test {
 protected:
  KillTest() : kit({kBallots, kKiosks, 3, 2, false}, 2), server(kit) {}

  void open_congress() {
    kit.found();
    kit.ceremony();
    kit.slips();
    kit.attendance();
    kit.open();
    first_ballot = kit.log.size();
    kit.vote(kBallots);
    ASSERT_TRUE(server.start());
    client::Client client = server.client();
    server.send_log(client, 0, 1);
    server.send_log(client, 1, first_ballot);
  }

  void cast(Queue& q) {
    client::Client client = server.client(kit::kHang);
    for (std::size_t n = 0; n < q.entries.size(); ++n) {
      for (std::size_t now = allowed; q.entries[n] >= now; now = allowed) allowed.wait(now);
      auto receipt = client.append(kit.log[q.entries[n]]);
      if (!receipt) {
        q.troubles.push_back(receipt.error().text());
        return;
      }
      q.given.push_back({q.entries[n], std::move(*receipt)});
      ++taken;
    }
  }

  void allow(std::size_t ballots) {
    allowed = first_ballot + ballots;
    allowed.notify_all();
  }

  kit::Congress kit;
  kit::RealServer server;
  std::size_t first_ballot = 0;
  std::atomic<std::size_t> allowed{0};  // entries before this one may be sent
  std::atomic<std::size_t> taken{0};    // acknowledged
};

TEST_F(KillTest, TwoHundredPowerCuts) {
  open_congress();
  std::vector<Queue> queues(kKiosks);
  for (std::size_t i = first_ballot; i < kit.log.size(); ++i) queues[(i - first_ballot) % kKiosks].entries.push_back(i);
  for (Queue& q : queues) q.thread = std::thread([this, &q] { cast(q); });
  std::vector<std::string> checkpoints;
  std::size_t survived = 0;
  for (std::size_t k = 1; k <= kKills; ++k) {
    allow(kBallots * k / kKills);
    // In the middle of the work: some ballots after the last cut, at any moment of the next one's way.
    const std::size_t until = std::min<std::size_t>(taken + 1 + primitives::random_below(9), kBallots * k / kKills);
    while (taken < until) std::this_thread::sleep_for(std::chrono::microseconds(100));
    std::this_thread::sleep_for(std::chrono::microseconds(primitives::random_below(3'000)));
    server.kill();
    ASSERT_TRUE(server.start()) << "after power cut " << k;
    client::Client client = server.client();
    const auto note = client.checkpoint_note();
    ASSERT_TRUE(note) << note.error().text();
    checkpoints.push_back(*note);
    ++survived;
    if (k % 20 == 0)
      std::printf("%zu power cuts, log of %llu entries\n", k,
                  static_cast<unsigned long long>(client.checkpoint().value().checkpoint.size));
    std::fflush(stdout);
  }
  allow(kBallots);
  for (Queue& q : queues) q.thread.join();

  // The log at the end, read and replayed by the rules like anyone would.
  auto reader = client::Congress::join(server.card(), kit::kHang, 2).value();
  const auto synced = reader->sync();
  ASSERT_TRUE(synced) << synced.error().text();
  const log::Tree& tree = reader->state().tree;
  std::size_t acknowledged = 0;
  std::size_t missing = 0;
  std::size_t forked = 0;
  std::set<std::uint64_t> places;
  for (const Queue& q : queues) {
    EXPECT_TRUE(q.troubles.empty()) << q.troubles[0];
    for (const Given& g : q.given) {
      ++acknowledged;
      places.insert(g.receipt.index);
      const Sha256 leaf = log::leaf_hash(kit.log[g.entry]);
      if (g.receipt.index >= tree.size() || tree.leaf(g.receipt.index) != leaf) ++missing;
      const auto opened = log::verify_receipt(g.receipt, leaf, reader->client().log());
      if (!opened || tree.root_at(opened->checkpoint.size) != opened->checkpoint.root) ++forked;
    }
  }
  for (const std::string& note : checkpoints) {
    const auto c = log::open_checkpoint(note, reader->client().log()).value().checkpoint;
    if (c.size > tree.size() || tree.root_at(c.size) != c.root) ++forked;
  }
  const std::uint64_t cast = reader->state().stage(kit.stage_id)->cast;
  std::printf(
      "%zu power cuts: %zu ballots acknowledged, %zu of them missing, %zu twice; %llu cast on the log; %zu receipts "
      "and %zu checkpoints, %zu of another log\n",
      survived, acknowledged, missing, acknowledged - places.size(), static_cast<unsigned long long>(cast),
      acknowledged, checkpoints.size(), forked);
  EXPECT_EQ(survived, kKills);
  EXPECT_EQ(acknowledged, kBallots);
  EXPECT_EQ(missing, 0U);
  EXPECT_EQ(places.size(), acknowledged);
  EXPECT_EQ(forked, 0U);
  EXPECT_EQ(cast, kBallots);
  EXPECT_EQ(tree.size(), first_ballot + kBallots);
  EXPECT_EQ(server.stop(), 0);
}

}  // namespace
}  // namespace tuixuan

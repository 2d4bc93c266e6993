// Two halls vote on one log, each with a network of its own (network namespaces joined by a cable each). One cable is
// pulled while both vote: nobody notices, the other hall's ballots arrive meanwhile, and all of them are on the log
// once when it is plugged in again. TUIXUAN_OUTAGE: for how many seconds.
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/system/hall_kit.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;
using programs::Process;

// A process whose only use is its network namespace.
class Namespace {
 public:
  Namespace() {
    int ready[2];
    if (::pipe(ready) != 0) return;
    pid_ = ::fork();
    if (pid_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      const char done = ::unshare(CLONE_NEWNET) == 0 ? 'y' : 'n';
      (void)!::write(ready[1], &done, 1);
      for (;;) ::pause();
    }
    char done = 'n';
    (void)!::read(ready[0], &done, 1);
    ok_ = done == 'y';
    ::close(ready[0]);
    ::close(ready[1]);
  }
  ~Namespace() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Namespace(const Namespace&) = delete;
  Namespace& operator=(const Namespace&) = delete;
  bool ok() const { return ok_; }
  std::string pid() const { return std::to_string(pid_); }
  std::string within(const std::string& command) const { return "nsenter -t " + pid() + " -n " + command; }

 private:
  pid_t pid_ = -1;
  bool ok_ = false;
};

bool shell(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()) == 0; }

class TwoHallsTest : public kit::HallTest {
 protected:
  bool cable(const Namespace& hall, const std::string& n) {
    const std::string peer = "hall" + n + "p";
    return shell("ip link add hall" + n + " type veth peer name " + peer + " netns " + hall.pid()) &&
           shell("ip addr add 10.77." + n + ".1/24 dev hall" + n) && shell("ip link set hall" + n + " up") &&
           shell(hall.within("ip addr add 10.77." + n + ".2/24 dev " + peer)) &&
           shell(hall.within("ip link set " + peer + " up"));
  }
  Process kiosk_in(const Namespace& hall, const std::string& n, const fs::path& folder) {
    client::CongressCard own = server.card();
    own.server = "https://10.77." + n + ".1" + own.server.substr(own.server.rfind(':'));
    const fs::path file = server.folder() / ("congress-" + n + ".json");
    std::ofstream(file) << client::write_card(own);
    return std::move(
        *Process::start({"/usr/bin/nsenter", "-t", hall.pid(), "-n", program("tuixuan-kiosk"), "vote", "--dir", folder,
                         "--congress", file, "--final", "--patience", std::to_string(kit::kHang.count())},
                        server.messages()));
  }
};

TEST_F(TwoHallsTest, OneHallsNetworkIsGoneWhileBothVote) {
  if (::unshare(CLONE_NEWNET) != 0 || !shell("ip link set lo up"))
    GTEST_SKIP() << "this machine lets nobody make network namespaces";
  const Namespace one;
  const Namespace two;
  if (!one.ok() || !two.ok() || !cable(one, "1") || !cable(two, "2"))
    GTEST_SKIP() << "this machine lets nobody join network namespaces";
  const char* given = std::getenv("TUIXUAN_OUTAGE");
  const std::chrono::seconds outage(given != nullptr ? std::stoul(given) : 12);
  server.listen_at("0.0.0.0:0");
  const fs::path first = enrol_kiosk(0);
  const fs::path second = enrol_kiosk(1);
  open_congress();
  Process a = kiosk_in(one, "1", first);
  Process b = kiosk_in(two, "2", second);
  ASSERT_TRUE(event(a, "open")) << told();
  ASSERT_TRUE(event(b, "open")) << told();
  std::size_t slip = 0;
  const auto vote = [&](Process& k) {
    ASSERT_TRUE(k.write_line(voter(slip++)));
    ASSERT_TRUE(event(k, "cast")) << told();
  };
  vote(a);
  vote(b);
  ASSERT_TRUE(shell("ip link set hall1 down"));
  const auto until = std::chrono::steady_clock::now() + outage;
  const std::uint64_t before = cast_on_log();
  for (int i = 0; i < 20; ++i) {
    vote(a);
    vote(b);
  }
  while (std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  // The hall with a network is served as if nothing were the matter.
  EXPECT_TRUE(kit::wait_until([&] { return cast_on_log() >= 22; }));
  EXPECT_GE(cast_on_log(), before);
  EXPECT_LE(cast_on_log(), 22U) << "the other hall's ballots cannot have come";
  ASSERT_TRUE(shell("ip link set hall1 up"));
  for (Process* k : {&a, &b}) {
    k->close_input();
    k->read_all();
    EXPECT_EQ(k->wait(), 0) << told();
  }
  EXPECT_EQ(cast_on_log(), slip) << "each once";
  std::printf("one hall without a network for %lld s: %zu ballots cast in both halls, all on the log once\n",
              static_cast<long long>(outage.count()), slip);
}

}  // namespace
}  // namespace tuixuan

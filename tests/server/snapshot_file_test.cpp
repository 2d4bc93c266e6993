// What this machine has verified is not verified again: the program tuixuan against a real server, and a snapshot that
// is damaged, of another machine, another log, another program, or of a log that was forked since, that is cut off in
// the middle of writing, or cannot be written.
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <csignal>
#include <fstream>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/client.h"
#include "hardware/devices/durable_file.h"
#include "tests/support/real_server.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

Bytes read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void write_file(const fs::path& file, const Bytes& bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

struct Said {
  int exit = -1;
  std::string errors;
  std::uint64_t entries = 0;
  std::uint64_t before = 0;
};

class SnapshotTest : public testing::Test {
 protected:
  SnapshotTest()
      : kit({12, 2, 3, 2, false}), server(kit), program(std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/tuixuan") {
    kit.keeps_history = true;
    kit.found();
    kit.ceremony();
    kit.slips();
    kit.attendance();
    kit.open();
    kit.vote(5);
    if (!server.start()) std::abort();
    auto client = server.client();
    server.send_log(client, 0, 1);
    server.send_log(client, 1, kit.log.size());
    fs::create_directories(server.folder() / "desk");
    write_card(card());
    ::setenv("XDG_STATE_HOME", (server.folder() / "state").c_str(), 1);
  }
  fs::path card() const { return server.folder() / "desk" / "congress.json"; }
  fs::path file() const { return card().string() + ".verified"; }
  void write_card(const fs::path& to) const { write_file(to, to_bytes(as_bytes(client::write_card(server.card())))); }

  Said status(std::vector<std::string> more = {}) {
    const std::string errors = (server.folder() / "errors").string();
    std::error_code ec;
    fs::remove(errors, ec);
    std::vector<std::string> command{program, "status", "--congress", card().string(), "--json"};
    command.insert(command.end(), more.begin(), more.end());
    auto started = programs::Process::start(command, errors).value();
    const std::string out = started.read_all();
    Said said{started.wait(), std::string(as_text(read_file(errors))), 0, 0};
    if (said.exit != 0) return said;
    const auto json = boost::json::parse(out);
    said.entries = json.at("entries").to_number<std::uint64_t>();
    said.before = json.at("verified_before").to_number<std::uint64_t>();
    return said;
  }
  void expect_verified_again(const Said& said, const char* why) {
    EXPECT_EQ(said.exit, 0) << said.errors;
    EXPECT_EQ(said.before, 0U) << why;
    EXPECT_EQ(said.entries, kit.log.size());
    EXPECT_THAT(said.errors, HasSubstr(why));
    EXPECT_THAT(said.errors, HasSubstr("重新核对")) << why;
    EXPECT_EQ(status().before, kit.log.size()) << "and it was kept anew";
  }
  void vote(std::size_t slip) { kit.append(kit.cast_entry(kit.seal(slip, 0, kit.some_selections(slip)), slip)); }
  void send_from(std::size_t first) {
    auto client = server.client();
    server.send_log(client, first, kit.log.size());
  }

  kit::Congress kit;
  kit::RealServer server;
  std::string program;
};

TEST_F(SnapshotTest, OnlyWhatIsNewIsVerified) {
  const Said first = status();
  EXPECT_EQ(first.exit, 0) << first.errors;
  EXPECT_EQ(first.before, 0U);
  struct stat info {};
  ASSERT_EQ(::stat(file().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat((server.folder() / "state/tuixuan/machine.key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_FALSE(fs::exists(card().parent_path() / "machine.key")) << "a folder with a card may be handed on";

  const std::size_t size = kit.log.size();
  EXPECT_EQ(status().before, size);
  vote(5);
  send_from(size);
  const Said second = status();
  EXPECT_EQ(second.before, size);
  EXPECT_EQ(second.entries, size + 1);
  EXPECT_EQ(second.errors, "");
  const Said exact = status({"--exact"});
  EXPECT_EQ(exact.before, 0U);
  EXPECT_EQ(exact.entries, size + 1);
  kit.finish();
  send_from(size + 1);
  EXPECT_GE(status().before, size);
  EXPECT_EQ(status().before, kit.log.size());
}

TEST_F(SnapshotTest, DamagedIsRefused) {
  ASSERT_EQ(status().exit, 0);
  const Bytes whole = read_file(file());
  for (const std::size_t at : {std::size_t{3}, std::size_t{40}, std::size_t{70}, whole.size() / 2, whole.size() - 1}) {
    Bytes flipped = whole;
    flipped[at] ^= 1;
    write_file(file(), flipped);
    expect_verified_again(status(), "snapshot.damaged");
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{19}, std::size_t{100}, whole.size() - 1}) {
    write_file(file(), {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
    expect_verified_again(status(), "snapshot.damaged");
  }
}

TEST_F(SnapshotTest, EveryByteCounts) {
  ASSERT_EQ(status().exit, 0);
  const snapshot::SnapshotFile kept(snapshot::beside_card(card()), {}, 1);
  const auto log = log::parse_vkey(server.card().log).value();
  const election::Anchor anchor{kit.organiser.verify_key(), log.key};
  Bytes bytes = read_file(file());
  // Another program than `tuixuan` looks at it here; that is noticed last of all.
  ASSERT_EQ(kept.read(log, anchor).error().check, code::snapshot::version);
  for (std::size_t at = 0; at < bytes.size(); at += 11) {
    bytes[at] ^= 0x20;
    write_file(file(), bytes);
    const Code check = kept.read(log, anchor).error().check;
    EXPECT_TRUE(check == code::snapshot::damaged || check == code::snapshot::machine) << at << ": " << name_of(check);
    bytes[at] ^= 0x20;
  }
}

TEST_F(SnapshotTest, OfAnotherMachineIsRefused) {
  ASSERT_EQ(status().exit, 0);
  ::setenv("XDG_STATE_HOME", (server.folder() / "state of another").c_str(), 1);
  expect_verified_again(status(), "snapshot.machine");
}

TEST_F(SnapshotTest, OfAnotherLogIsRefused) {
  ASSERT_EQ(status().exit, 0);
  const Bytes of_this = read_file(file());
  kit::Congress other({12, 2, 3, 2, false});
  kit::RealServer second(other);
  other.found();
  other.ceremony();
  ASSERT_TRUE(second.start());
  auto client = second.client();
  second.send_log(client, 0, 1);
  second.send_log(client, 1, other.log.size());
  write_file(card(), to_bytes(as_bytes(client::write_card(second.card()))));
  write_file(file(), of_this);
  const Said said = status();
  EXPECT_EQ(said.exit, 0) << said.errors;
  EXPECT_EQ(said.before, 0U);
  EXPECT_EQ(said.entries, other.log.size());
  EXPECT_THAT(said.errors, HasSubstr("snapshot.log"));
}

// The program with another build id: what another version, or another compiler, would have.
TEST_F(SnapshotTest, OfAnotherProgramIsRefused) {
  ASSERT_EQ(status().exit, 0);
  Bytes elf = read_file(program);
  const Bytes note{'G', 'N', 'U', 0};
  const std::size_t head = 4;
  bool changed = false;
  for (auto it = elf.begin();; ++it) {
    it = std::search(it, elf.end(), note.begin(), note.end());
    if (it == elf.end() || changed) break;
    if (*(it - head) != 3) continue;  // the type of the note: a build id
    *(it + head) ^= 1;
    changed = true;
  }
  ASSERT_TRUE(changed);
  const std::string usual = program;
  program = (server.folder() / "tuixuan-other").string();
  write_file(program, elf);
  ::chmod(program.c_str(), 0700);
  expect_verified_again(status(), "snapshot.version");
  program = usual;
  EXPECT_THAT(status().errors, HasSubstr("snapshot.version"));
}

TEST_F(SnapshotTest, OfALogForkedSinceIsRefused) {
  // The server's folder as it is now: put back later, it is the server set back, with the same keys.
  const fs::path now = server.folder() / "server";
  const fs::path then = server.folder() / "server then";
  ASSERT_EQ(server.stop(), 0);
  fs::copy(now, then);
  ASSERT_TRUE(server.start());
  const std::size_t size = kit.log.size();
  vote(5);
  send_from(size);
  ASSERT_EQ(status().exit, 0);
  const Bytes kept = read_file(file());

  ASSERT_EQ(server.stop(), 0);
  fs::remove_all(now);
  fs::rename(then, now);
  ASSERT_TRUE(server.start());
  const Said shorter = status();
  EXPECT_NE(shorter.exit, 0);
  EXPECT_THAT(shorter.errors, HasSubstr("log.rollback"));

  kit.rewind(size);
  vote(6);
  vote(7);
  send_from(size);
  const Said other = status();
  EXPECT_NE(other.exit, 0);
  EXPECT_THAT(other.errors, HasSubstr("snapshot.fork"));
  EXPECT_THAT(other.errors, HasSubstr("log.fork: ")) << "everything was verified again, and it is another log";
  EXPECT_EQ(read_file(file()), kept) << "what was verified stays";
  EXPECT_THAT(std::string(as_text(read_file(file().string() + ".fork"))), HasSubstr("tuixuan-fork/1"));
  EXPECT_EQ(status({"--exact"}).exit, 0) << "in itself it holds";
}

// Killed once the file is begun: the next run finds it whole or not at all, says nothing, and writes it.
TEST_F(SnapshotTest, KilledWhileWriting) {
  const int watch = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  ASSERT_GE(::inotify_add_watch(watch, card().parent_path().c_str(), IN_CREATE), 0);
  std::array<char, 4096> events{};
  for (int i = 0; i < 10; ++i) {
    std::error_code ec;
    fs::remove(file(), ec);
    while (::read(watch, events.data(), events.size()) > 0) {
    }
    auto started =
        programs::Process::start({program, "status", "--congress", card().string()}, server.messages()).value();
    pollfd created{watch, POLLIN, 0};
    ASSERT_EQ(::poll(&created, 1, 600'000), 1);
    started.signal(SIGKILL);
    started.wait();
    const Said said = status();
    EXPECT_EQ(said.exit, 0);
    EXPECT_EQ(said.errors, "");
    EXPECT_TRUE(said.before == 0 || said.before == kit.log.size());
    EXPECT_EQ(status().before, kit.log.size());
  }
  ::close(watch);
}

TEST_F(SnapshotTest, CannotBeWritten) {
  fs::create_directories(file().string() + ".part");  // where its bytes would go first
  const Said said = status();
  EXPECT_EQ(said.exit, 0);
  EXPECT_EQ(said.entries, kit.log.size());
  EXPECT_THAT(said.errors, HasSubstr("snapshot.file"));
  EXPECT_FALSE(fs::exists(file()));
}

}  // namespace
}  // namespace tuixuan

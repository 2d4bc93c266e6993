// The programs of people, with a fault at their calls of the system: the witness, and the commands that make keys,
// found the congress and print slips. A command does all of it, or says what failed and does it when it is given again;
// what it said is done is done. A witness never takes back what it cosigned.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include "crypto/log/witness.h"
#include "tally/client/key_file.h"
#include "tally/scheme/scheme_file.h"
#include "tests/support/real_server.h"
#include "tests/support/unit.h"
#include "tests/sweep/sweep.h"

namespace tuixuan::sweep {
namespace {

namespace fs = std::filesystem;
using programs::Process;

constexpr std::string_view kPassphrase = "a passphrase for this test";

class Programs : public testing::Test {
 protected:
  Programs() {
    std::signal(SIGPIPE, SIG_IGN);
    std::string pattern = (fs::temp_directory_path() / "tuixuan-sweep-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    shim = std::make_unique<Shim>(folder / "table");
    always.restart = "always";
    always.restart_sec = std::chrono::milliseconds(10);
  }
  ~Programs() override { fs::remove_all(folder); }
  static std::string program(const std::string& name) {
    return std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/" + name;
  }
  fs::path at() const { return folder / "run"; }  // everything of one run
  std::string said() const {
    std::ifstream in(folder / "messages");
    return {std::istreambuf_iterator<char>(in), {}};
  }

  struct Ended {
    int status = 0;
    std::string printed;
  };
  Ended command(std::vector<std::string> words, const Fault* fault, bool shimmed) {
    if (shimmed) words = shim->words(std::move(words), at(), fault);
    const std::size_t before = said().size();
    Process process = Process::start(words, folder / "messages", as_bytes(kPassphrase)).value();
    process.close_input();
    Ended out{0, process.read_all()};
    out.status = process.wait();
    // Died of itself, or refused without a word.
    if ((out.status > 128 && out.status != 137) || (out.status != 0 && out.status <= 128 && said().size() == before))
      wrong += "\n  ended with status " + std::to_string(out.status) + " and no sentence";
    return out;
  }
  void begin() {
    fs::remove_all(at());
    fs::create_directory(at());
    fs::remove(folder / "messages");
    shim->clear();
    wrong.clear();
  }

  // one(fault): a whole run; what went wrong goes to `wrong`.
  void sweep_all(Sweep& sweep, const std::function<void(const Fault*)>& one) {
    begin();
    one(nullptr);
    ASSERT_EQ(wrong, "") << said();
    sweep.census(shim->table());
    for (const Fault& fault : sweep.plan()) {
      begin();
      one(&fault);
      if (!wrong.empty()) ++sweep.misled;
      sweep.ran(fault, shim->table(), wrong.empty());
      EXPECT_EQ(wrong, "") << fault.text << "\n" << said();
      if (HasFatalFailure()) return;
    }
  }

  fs::path folder;
  std::unique_ptr<Shim> shim;
  kit::Unit always;
  std::string wrong;
};

// A key that was made is never lost: given again, the command makes it or says which it is.
TEST_F(Programs, MakingAKey) {
  Sweep sweep("tuixuan key", program("tuixuan"), 40);
  sweep_all(sweep, [&](const Fault* fault) {
    const std::vector<std::string> words{
        program("tuixuan"), "key", "--light", "--role", "desk", "--file", at() / "desk.key", "--passphrase-fd", "3"};
    Ended made = command(words, fault, true);
    if (made.status != 0) {
      const bool kept = fs::exists(at() / "desk.key");
      made = command(words, nullptr, false);
      if (!kept && made.status != 0) wrong += "\n  given again it is not made";
    }
    const auto key = client::open_key_file(at() / "desk.key", "desk", as_bytes(kPassphrase));
    if (!key)
      wrong += "\n  the key does not open: " + key.error().text();
    else if ((made.printed + said()).find(key->verify_key().hex()) == std::string::npos)
      wrong += "\n  the public key was not said";
  });
}

TEST_F(Programs, MakingATrustee) {
  Sweep sweep("tuixuan-trustee init", program("tuixuan-trustee"), 40);
  sweep_all(sweep, [&](const Fault* fault) {
    const fs::path device = at() / "T";
    const std::vector<std::string> words{program("tuixuan-trustee"), "init", "--light", "--dir", device,
                                         "--passphrase-fd",          "3"};
    Ended made = command(words, fault, true);
    if (made.status != 0) made = command(words, nullptr, false);
    const auto key = client::open_key_file(device / "trustee.key", "trustee", as_bytes(kPassphrase));
    if (!key)
      wrong += "\n  the key does not open: " + key.error().text();
    else if ((made.printed + said()).find(key->verify_key().hex()) == std::string::npos)
      wrong += "\n  the public key was not said";
  });
}

class OnALog : public Programs {
 protected:
  OnALog() : kit({9, 1, 3, 2, false}, 2), server(kit) {
    kit.scheme.desk_key =
        client::make_key_file(folder / "desk.key", "desk", as_bytes(kPassphrase), primitives::kSealLight)->bytes;
    kit.scheme.organiser_key =
        client::make_key_file(folder / "organiser.key", "organiser", as_bytes(kPassphrase), primitives::kSealLight)
            ->bytes;
    kit.organiser = client::open_key_file(folder / "organiser.key", "organiser", as_bytes(kPassphrase)).value();
  }
  // The server as it stands, copied for each run.
  std::unique_ptr<kit::Service> serve() {
    fs::remove_all(folder / "server");
    fs::copy(server.folder() / "server", folder / "server", fs::copy_options::recursive);
    auto out = std::make_unique<kit::Service>(
        always,
        [this](std::size_t) {
          return std::vector<std::string>{program("tuixuan-server"),
                                          "run",
                                          "--dir",
                                          folder / "server",
                                          "--organiser",
                                          kit.organiser.verify_key().hex(),
                                          "--listen",
                                          server.card().server.substr(8)};
        },
        folder / "server-messages");
    EXPECT_TRUE(out->line_with("https://"));
    return out;
  }
  election::State logged() {
    const auto reader = client::Congress::join(server.card(), kit::kHang, 2).value();
    EXPECT_TRUE(reader->sync());
    return reader->state();
  }
  kit::Congress kit;
  kit::RealServer server;
};

// Slips that are on the log are printed; slips that are not can be made again.
TEST_F(OnALog, PrintingSlips) {
  kit.found();
  ASSERT_TRUE(server.start());
  {
    client::Client client = server.client();
    server.send_log(client, 0, 1);
    std::ofstream(folder / "congress.json") << client::write_card(server.card());
  }
  ASSERT_EQ(server.stop(), 0);
  Sweep sweep("tuixuan slips", program("tuixuan"), 24);
  sweep_all(sweep, [&](const Fault* fault) {
    const auto service = serve();
    const auto words = [&](const std::string& name) {
      return std::vector<std::string>{
          program("tuixuan"), "slips", "--congress", folder / "congress.json",    "--key",   folder / "desk.key",
          "--passphrase-fd",  "3",     "--box",      kit.scheme.boxes[0].id.name, "--round", "1",
          "--count",          "9",     "--sheet",    at() / (name + ".pdf"),      "--codes", at() / (name + ".txt")};
    };
    const auto printed = [&](const std::string& name) {
      return fs::exists(at() / (name + ".pdf")) && fs::exists(at() / (name + ".txt"));
    };
    const Ended made = command(words("first"), fault, true);
    const std::size_t lists = logged().slip_lists.size();
    if (made.status == 0 && lists != 1) wrong += "\n  said to be published, and are not";
    if (lists == 1 && !printed("first")) wrong += "\n  published, and nobody has them";
    if (lists == 0 && command(words("again"), nullptr, false).status != 0) wrong += "\n  not made when given again";
    if (lists == 0 && (logged().slip_lists.size() != 1 || !printed("again"))) wrong += "\n  given again, and not there";
    service->stop();
  });
}

TEST_F(OnALog, FoundingTheCongress) {
  ASSERT_TRUE(server.start());
  ASSERT_EQ(server.stop(), 0);
  const Bytes scheme = scheme::write_scheme(kit.scheme);
  std::ofstream(folder / "scheme.json")
      .write(reinterpret_cast<const char*>(scheme.data()), static_cast<std::streamsize>(scheme.size()));
  Sweep sweep("tuixuan found", program("tuixuan"), 24);
  sweep_all(sweep, [&](const Fault* fault) {
    const auto service = serve();
    const client::CongressCard known = server.card();
    const std::vector<std::string> words{program("tuixuan"),
                                         "found",
                                         "--server",
                                         known.server,
                                         "--pin",
                                         to_hex(known.pin),
                                         "--scheme",
                                         folder / "scheme.json",
                                         "--key",
                                         folder / "organiser.key",
                                         "--passphrase-fd",
                                         "3",
                                         "--card",
                                         at() / "congress.json"};
    if (command(words, fault, true).status != 0 && command(words, nullptr, false).status != 0)
      wrong += "\n  given again it does not found it";
    if (const auto card = client::load_card(at() / "congress.json"); !card)
      wrong += "\n  the card: " + card.error().text();
    if (logged().tree.size() != 1) wrong += "\n  the log has " + std::to_string(logged().tree.size()) + " entries";
    service->stop();
  });
}

// What it cosigned it holds, whatever fails, and it never cosigns another log.
TEST_F(Programs, AWitness) {
  const primitives::SigningKey log_key = primitives::SigningKey::random();
  const log::NoteKey log{"log.example/1", log::KeyType::kEd25519, log_key.verify_key()};
  log::Tree tree;
  log::Tree other;
  for (int i = 0; i < 8; ++i) {
    tree.append(log::leaf_hash(as_bytes("entry " + std::to_string(i))));
    other.append(log::leaf_hash(as_bytes("another " + std::to_string(i))));
  }
  const auto request = [&](const log::Tree& t, std::uint64_t old, std::uint64_t size) {
    return log::format_add_checkpoint({old, t.consistency_proof(old, size).value(),
                                       log::sign_checkpoint({log.name, size, t.root_at(size)}, log_key)});
  };
  // As its init makes it, but sealed for a machine with little memory: it is opened twice for each fault.
  fs::create_directory(folder / "W");
  const auto key =
      client::make_key_file(folder / "W/witness.key", "witness", as_bytes(kPassphrase), primitives::kSealLight);
  std::ofstream(folder / "W/witness.vkey")
      << log::format_vkey({"witness.example/w", log::KeyType::kCosignature, key.value()}) << "\n";
  std::ofstream(folder / "passphrase") << kPassphrase << "\n";
  std::string address = "127.0.0.1:0";
  Sweep sweep("tuixuan-witness run", program("tuixuan-witness"), 30);
  sweep_all(sweep, [&](const Fault* fault) {
    fs::copy(folder / "W", at() / "W");
    kit::Service service(
        always,
        [&](std::size_t start) {
          // A passphrase is typed by a person; here it comes from a file each time.
          std::vector<std::string> words{"/bin/sh", "-c", "exec \"$@\" 3< " + (folder / "passphrase").string(), "sh"};
          std::vector<std::string> run{program("tuixuan-witness"),
                                       "run",
                                       "--listen",
                                       address,
                                       "--dir",
                                       at() / "W",
                                       "--log",
                                       log::format_vkey(log),
                                       "--passphrase-fd",
                                       "3"};
          if (start == 0) run = shim->words(std::move(run), at(), fault);
          words.insert(words.end(), run.begin(), run.end());
          return words;
        },
        folder / "messages");
    if (address.ends_with(":0")) {
      const std::string line = service.line_with("http://").value_or("");
      const auto from = line.find("http://") + 7;
      address = line.substr(from, line.find(' ', from) - from);
    }
    client::Https https(client::Address::parse_any("http://" + address).value(), std::nullopt);
    const auto post = [&](const std::string& body) {
      std::optional<client::Answer> out;
      kit::wait_until([&] {
        auto got = https.ask({"POST", "/add-checkpoint", {}, as_bytes(body)}, 65536);
        if (got && got->status != 500 && got->status != 503) out = std::move(*got);
        return out.has_value();
      });
      return out.value_or(client::Answer{});
    };
    const auto grow = [&](std::uint64_t old, std::uint64_t size) {
      const client::Answer answer = post(request(tree, old, size));
      const std::string text(as_text(answer.body));
      // Held already: it was answered, and the answer was lost.
      if (answer.status != 200 && !(answer.status == 409 && text == std::to_string(size) + "\n"))
        wrong += "\n  to " + std::to_string(size) + ": " + std::to_string(answer.status) + " " + text;
    };
    grow(0, 3);
    grow(3, 8);
    service.signal(SIGKILL);  // whatever it said, it holds it after a power cut
    const client::Answer back = post(request(tree, 0, 3));
    if (back.status != 409 || as_text(back.body) != "8\n") wrong += "\n  it does not hold what it cosigned";
    if (post(log::format_add_checkpoint({8, {}, log::sign_checkpoint({log.name, 8, other.root()}, log_key)})).status ==
        200)
      wrong += "\n  it cosigned another log";
    service.stop();
  });
}

}  // namespace
}  // namespace tuixuan::sweep

// tuixuan-server with a fault at its calls of the system: it starts, takes ballots, objects and cosignatures, answers
// readers, and stops; whatever fails, its unit starts it again if it ends. Then every receipt it gave is on its ledger
// at its place, the ledger is what was sent and nothing twice, and nobody was refused for the server's own trouble.
#include <gtest/gtest.h>

#include <fstream>

#include "server/ledger/ledger.h"
#include "tests/support/real_server.h"
#include "tests/support/unit.h"
#include "tests/sweep/sweep.h"

namespace tuixuan::sweep {
namespace {

namespace fs = std::filesystem;

class ServerSweep : public testing::Test {
 protected:
  ServerSweep() : kit({8, 2, 3, 2, false}, 2), server(kit), shim(server.folder() / "table") {}

  void SetUp() override {
    kit.found();
    kit.ceremony();
    kit.slips();
    kit.attendance();
    kit.open();
    first = kit.log.size();
    ASSERT_TRUE(server.start());
    client::Client client = server.client();
    server.send_log(client, 0, 1);
    server.send_log(client, 1, first);
    ASSERT_EQ(server.stop(), 0);
    for (std::size_t i = 0; i < 3; ++i) kit.append(kit.cast_entry(kit.seal(i, i % 2, kit.some_selections(i)), i));
    kit.append(kit.challenge_entry(kit.seal(3, 0, kit.some_selections(3)), 3));
    unit.restart = "always";
    unit.restart_sec = std::chrono::milliseconds(10);
  }
  std::string program() const { return std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/tuixuan-server"; }
  fs::path ledger() const { return server.folder() / "run/log.ledger"; }
  std::string messages() const {
    std::ifstream in(server.folder() / "run-messages");
    return {std::istreambuf_iterator<char>(in), {}};
  }

  struct Given {
    std::size_t entry = 0;
    log::Receipt receipt;
  };
  // What those who use the server do; each is answered, if not at once, then later.
  void use(std::vector<Given>& given, std::vector<std::string>& refused) {
    client::Client client = server.client(kit::kHang / 10);  // a reader that is never answered is told so
    const auto note = [&](const char* what, const auto& answer) {
      if (!answer) refused.push_back(std::string(what) + ": " + answer.error().text());
    };
    note("an object", client.put_object(kit.organiser, kit.congress(), to_bytes("an object of this sweep")));
    for (std::size_t i = first; i < kit.log.size(); ++i) {
      const auto receipt = client.append(kit.log[i]);
      note("an entry", receipt);
      if (receipt) given.push_back({i, *receipt});
      if (i == first + 1) note("a page", client.get("/index.html", 1U << 20U));
    }
    note("the checkpoint", client.checkpoint());
    note("a bundle", client.bundle({0, static_cast<std::uint16_t>(kit.log.size())}));
    note("a receipt again", client.get("/v1/receipt/" + log::leaf_hash(kit.log[first]).hex(), 1U << 16U));
    note("an object again", client.object(primitives::sha256(kit.objects.items().begin()->second)));
    note("the standing", client.get("/v1/status", 1U << 16U));
  }

  void run(Sweep& sweep, const Fault* fault) {
    fs::remove_all(server.folder() / "run");
    fs::copy(server.folder() / "server", server.folder() / "run", fs::copy_options::recursive);
    fs::remove(server.folder() / "run-messages");
    shim.clear();
    std::vector<Given> given;
    std::vector<std::string> refused;
    std::vector<int> ends;
    {
      const std::string address = server.card().server.substr(8);
      kit::Service service(
          unit,
          [&](std::size_t start) {
            std::vector<std::string> command{program(),     "run",
                                             "--dir",       (server.folder() / "run").string(),
                                             "--organiser", kit.organiser.verify_key().hex(),
                                             "--listen",    address};
            return start == 0 ? shim.words(command, (server.folder() / "run").string(), fault) : command;
          },
          server.folder() / "run-messages");
      use(given, refused);
      service.stop();
      ends = service.ends();
    }
    if (fault == nullptr) return sweep.census(shim.table());
    judge(sweep, *fault, given, refused, ends);
  }

  void judge(Sweep& sweep, const Fault& fault, const std::vector<Given>& given, const std::vector<std::string>& refused,
             const std::vector<int>& ends) {
    const std::size_t wrong = sweep.lost + sweep.doubled + sweep.misled;
    std::string what;
    for (const std::string& r : refused) {
      ++sweep.misled;
      what += "\n  refused: " + r;
    }
    // It ends by a kill, by its own word, or when it is told to.
    for (const int status : ends)
      if (status != 0 && status != 137 && (status > 128 || messages().empty())) {
        ++sweep.misled;
        what += "\n  it ended with status " + std::to_string(status);
      }
    const log::NoteKey key{kit.scheme.log.origin, log::KeyType::kEd25519, kit.log_key.verify_key()};
    const auto opened = ledger::Ledger::open(ledger(), key);
    bool healed = opened.has_value();
    if (!opened) {
      ++sweep.lost;
      what += "\n  the ledger does not open: " + opened.error().text();
    } else {
      const auto& l = **opened;
      for (const Given& g : given) {
        const auto entry = l.entry(g.receipt.index);
        const bool there = entry && *entry == kit.log[g.entry];
        if (!there) ++sweep.lost;
      }
      std::set<std::string> seen;
      for (std::uint64_t i = 0; i < l.size(); ++i)
        if (!seen.insert(log::leaf_hash(l.entry(i).value()).hex()).second) ++sweep.doubled;
      if (l.size() != kit.log.size()) what += "\n  the log has " + std::to_string(l.size()) + " entries";
      healed = l.size() == kit.log.size() && given.size() == kit.log.size() - first && refused.empty();
    }
    sweep.ran(fault, shim.table(), healed);
    EXPECT_TRUE(healed && wrong == sweep.lost + sweep.doubled + sweep.misled) << fault.text << what << "\n"
                                                                              << messages();
  }

  kit::Congress kit;
  kit::RealServer server;
  Shim shim;
  kit::Unit unit;
  std::size_t first = 0;
};

TEST_F(ServerSweep, WhateverFailsNothingIsLostAndNobodyMisled) {
  Sweep sweep("tuixuan-server", program(), 240);
  run(sweep, nullptr);
  for (const Fault& fault : sweep.plan()) {
    run(sweep, &fault);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace tuixuan::sweep

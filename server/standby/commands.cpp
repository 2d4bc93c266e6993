#include "server/standby/commands.h"

#include <csignal>
#include <cstdio>
#include <thread>

#include "tally/client/congress_card.h"
#include "tally/client/refusals.h"

namespace tuixuan::standby {

Commands::Commands(CLI::App& app) {
  CLI::App* standby = app.add_subcommand("standby", "a second disk for the log, on a second machine");
  standby->require_subcommand(1);
  init_ = standby->add_subcommand("init", "make a standby; prints its pin, for the server's --standby-pin");
  run_ = standby->add_subcommand("run", "hold what the server sends, until SIGINT or SIGTERM");
  run_->add_option("--listen", listen_, "address:port; port 0 for any free one")->capture_default_str();
  for (CLI::App* command : {init_, run_}) {
    command->add_option("--dir", folder_, "the standby's folder")->required();
    command->add_option("--card", card_, "congress.json")->required();
  }
}

static Result<log::NoteKey> log_of(const std::string& card_file) {
  TUIXUAN_TRY(card, client::load_card(card_file));
  return log::parse_vkey(card.log);
}

Result<void> Commands::init() const {
  TUIXUAN_TRY(log, log_of(card_));
  TUIXUAN_TRY(pin, make_standby({folder_}, log));
  std::printf("%s\n", pin.hex().c_str());
  return {};
}

Result<void> Commands::serve() const {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  TUIXUAN_TRY(log, log_of(card_));
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  TUIXUAN_TRY(standby, Standby::open({folder_}, log));
  TUIXUAN_TRY(listener, Listener::open(*standby, {folder_}, listen_));
  std::thread waiter([&] {
    int number = 0;
    sigwait(&signals, &number);
    listener->stop();
  });
  std::printf("tuixuan-server standby: https://%s  entries %llu\n", listener->address().c_str(),
              static_cast<unsigned long long>(standby->size()));
  std::fflush(stdout);
  listener->run();
  waiter.join();
  std::printf("tuixuan-server standby: stopped, entries %llu\n", static_cast<unsigned long long>(standby->size()));
  return {};
}

std::optional<int> Commands::run() const {
  std::optional<Result<void>> done;
  if (init_->parsed()) done = init();
  if (run_->parsed()) done = serve();
  if (!done) return std::nullopt;
  if (*done) return 0;
  client::tell_refusal("tuixuan-server", done->error());
  return 1;
}

}  // namespace tuixuan::standby

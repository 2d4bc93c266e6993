#include "server/restore/commands.h"

#include <chrono>
#include <cstdio>
#include <thread>

#include "crypto/codes/server.h"
#include "hardware/devices/durable_file.h"
#include "server/restore/backup.h"
#include "tally/client/key_file.h"
#include "tally/client/refusals.h"

namespace tuixuan::restore {

void Commands::signing(CLI::App* command) {
  command->add_option("--key", keys_, "key file of a supervisor; give it for each of the two or more")->required();
  command->add_option("--passphrase-fd", passphrase_fd_, "read the passphrases from this file descriptor, a line each");
}

void Commands::hall(CLI::App* command) {
  command->add_option("--card", card_, "congress.json")->required();
  command->add_option("--address", address_, "where the hall reaches this server: https://address:port")->required();
  command->add_option("--witness", witnesses_, "NAME=URL of a witness; may be repeated");
  command->add_option("--without", without_, "kiosk or witness that cannot be asked what it has seen; may be repeated");
  signing(command);
}

Commands::Commands(CLI::App& app) {
  seal_ = app.add_subcommand("seal", "seal a copy of the log's key under two supervisors' passphrases, for backups");
  seal_->add_option("--dir", folder_, "the server's folder")->required();
  seal_->add_flag("--light", light_, client::kLightHelp);
  signing(seal_);
  backup_ = app.add_subcommand("backup", "copy what is new of a server to a stick or folder, also while it serves");
  backup_->add_option("--dir", folder_, "the server's folder")->required();
  backup_->add_option("--to", to_, "folder of the backup")->required();
  backup_->add_option("--every", every_, "again after so many seconds, until it is stopped");
  restore_ = app.add_subcommand("restore", "a new server for a log whose machine is lost");
  restore_->add_option("--dir", folder_, "new folder of the server")->required();
  restore_->add_option("--backup", sources_.backups, "a backup, or the folder of a server; may be repeated");
  restore_->add_option("--record", sources_.records, "an exported record; may be repeated");
  restore_->add_option("--kiosk", sources_.kiosks, "the folder of a kiosk; may be repeated");
  restore_->add_option("--sealed", sealed_, "the sealed copy of the log's key, if no backup has it");
  hall(restore_);
  promote_ = app.add_subcommand("promote", "the standby becomes the server");
  promote_->add_option("--dir", folder_, "the standby's folder")->required();
  promote_->add_option("--sealed", sealed_, "the sealed copy of the log's key, if the standby has none");
  hall(promote_);
  alone_ = app.add_subcommand("alone", "the server goes on without its standby, as two supervisors decide");
  alone_->add_option("--dir", folder_, "the server's folder")->required();
  hall(alone_);
}

Result<Plan> Commands::plan(log::EpochCause cause) const {
  TUIXUAN_TRY(card, client::load_card(card_));
  Plan out;
  out.folder = folder_;
  out.card = std::move(card);
  out.address = address_;
  out.witnesses = witnesses_;
  out.without = without_;
  out.cause = cause;
  out.sealed = sealed_;
  out.tell = [](const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); };
  return out;
}

static void tell(const log::Epoch& epoch) {
  std::printf("纪元 / epoch %llu: %s  %llu 条 entries  %s\n", static_cast<unsigned long long>(epoch.number),
              epoch.address.c_str(), static_cast<unsigned long long>(epoch.size),
              std::string(log::name_of(epoch.cause)).c_str());
}

Result<void> Commands::seal() const {
  const identity::IdentityFiles files{folder_};
  TUIXUAN_TRY(self, identity::load_identity(files));
  TUIXUAN_TRY(who, come());
  TUIXUAN_TRY(sealed, identity::seal_log_key(self.log_key, self.origin, who.people, client::strength(light_)));
  TUIXUAN_CHECK(devices::replace(files.sealed_key(), as_bytes(sealed), code::backup::file));
  std::printf("已封存，任意两位一起才能打开 / sealed, opens for any two together: %s\n", files.sealed_key().c_str());
  return {};
}

Result<void> Commands::backup() const {
  for (;;) {
    const auto done = back_up(folder_, to_);
    if (!done && every_ == 0) return tl::unexpected<Error>(done.error());
    if (!done) client::tell_refusal("tuixuan-server", done.error());
    if (done)
      std::printf("备份 / backup: %llu 条 entries (+%llu)%s\n", static_cast<unsigned long long>(done->ledger.size),
                  static_cast<unsigned long long>(done->ledger.size - done->ledger.before),
                  done->sealed_key
                      ? ""
                      : "；没有封存的日志密钥，不能恢复：先 seal / no sealed key of the log, nothing can be "
                        "restored from it: seal first");
    std::fflush(stdout);
    if (every_ == 0) return {};
    std::this_thread::sleep_for(std::chrono::seconds(every_));
  }
}

Result<void> Commands::restore_log() const {
  TUIXUAN_TRY(p, plan(log::EpochCause::restored));
  TUIXUAN_TRY(epoch, restore(std::move(p), sources_, [this] { return come(); }));
  tell(epoch);
  return {};
}

Result<void> Commands::promote() const {
  TUIXUAN_TRY(p, plan(log::EpochCause::promoted));
  const identity::IdentityFiles files{folder_};
  if (p.sealed.empty()) p.sealed = files.sealed_key();
  TUIXUAN_TRY(log, log::parse_vkey(p.card.log));
  Findings found(log);
  for (const auto& file : {files.epoch(), files.superseded()})
    if (const auto bytes = devices::read_all(file, log::kMaxEpochSize, false, code::restore::file))
      found.add_epoch(as_text(*bytes));
  TUIXUAN_TRY(asked, ask_witnesses(p, log, found));
  TUIXUAN_TRY(epoch, take_over(p, found, asked, [this] { return come(); }));
  tell(epoch);
  return {};
}

Result<void> Commands::alone() const {
  TUIXUAN_TRY(p, plan(log::EpochCause::alone));
  TUIXUAN_TRY(epoch, go_on_alone(p, [this] { return come(); }));
  tell(epoch);
  return {};
}

std::optional<int> Commands::run() const {
  std::optional<Result<void>> done;
  if (seal_->parsed()) done = seal();
  if (backup_->parsed()) done = backup();
  if (restore_->parsed()) done = restore_log();
  if (promote_->parsed()) done = promote();
  if (alone_->parsed()) done = alone();
  if (!done) return std::nullopt;
  if (*done) return 0;
  client::tell_refusal("tuixuan-server", done->error());
  return 1;
}

}  // namespace tuixuan::restore

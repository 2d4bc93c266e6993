// The log as its users see it over HTTPS: append an entry and get a receipt that has been verified, store and fetch
// objects by hash, read checkpoints and entries. Nothing the server says is believed without its signature or hash.
// Errors: "net.*" (https.h), the server's own ("server.*", "http.*"; "server.trouble": whatever else fails inside it)
// and the fold's by name, "log.receipt" (a receipt that does not prove what it should), "log.checkpoint", "log.note",
// "log.bundle".
#pragma once

#include <chrono>

#include "crypto/log/proof.h"
#include "crypto/log/tile.h"
#include "tally/client/https.h"
#include "tally/client/way.h"
#include "tally/election/bodies.h"

namespace tuixuan::client {

class Client {
 public:
  // patience: how long a call goes on trying what fails for now (ErrorKind::later: network, server). Trying again is
  // safe: an entry is taken once.
  Client(Address address, std::optional<Sha256> pin, log::NoteKey log, std::chrono::seconds patience = {},
         TimeLimits limits = {});

  // A kiosk shows its key on each connection, so that the server keeps a place for it when all others are taken.
  void introduce_as(primitives::SigningKey kiosk);
  // From now on the server is wherever this says, and what is heard of another place is told to it.
  void follow(std::shared_ptr<Way> way) { way_ = std::move(way); }
  const std::shared_ptr<Way>& way() const { return way_; }

  [[nodiscard]] Result<log::Receipt> append(ByteView entry);
  [[nodiscard]] Result<void> put_object(const primitives::SigningKey& key, const Hash64& congress, ByteView bytes);
  [[nodiscard]] Result<Bytes> object(const Sha256& hash);
  [[nodiscard]] Result<log::OpenedCheckpoint> checkpoint();
  [[nodiscard]] Result<void> cosign(std::string_view note);  // hands in a checkpoint with a witness's line
  [[nodiscard]] Result<std::string> checkpoint_note();       // as served, after its check
  // One bundle of a log of this size: entries from 256 * index.
  [[nodiscard]] Result<std::vector<Bytes>> bundle(const log::BundleId& id);
  [[nodiscard]] Result<Bytes> get(const std::string& target, std::size_t max_bytes);

  // Whether the server can take anything now: "server.storage" while its disk does not; net.* if it does not answer.
  // Asked once, whatever the patience.
  [[nodiscard]] Result<void> health();

  const log::NoteKey& log() const { return log_; }
  const Address& address() const { return https_->address(); }

 private:
  [[nodiscard]] Result<Bytes> ask(const Https::Question& question, std::size_t max_bytes);
  void go_where_it_is();
  bool found_another_way(const Error& why);
  TimeLimits limits_;
  std::unique_ptr<Https> https_;
  Https::Introduce introduction_;
  std::shared_ptr<Way> way_;
  std::uint64_t epoch_ = 0;  // of the place that https_ is for
  log::NoteKey log_;
  std::chrono::seconds patience_;
};

}  // namespace tuixuan::client

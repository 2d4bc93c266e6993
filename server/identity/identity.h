// What makes a server this server: the key that signs the log's checkpoints and the key and certificate of its HTTPS,
// two different keys, made once by init() in a folder that only its owner may read. Clients know the server by its pin:
// the SHA-256 of the certificate's public key (SubjectPublicKeyInfo, RFC 7469 section 2.4), which stands in the scheme.
// Files: server.json (public), log.key (seed in hex), tls.key and tls.crt (PEM), log.ledger; log.key.sealed
// (sealed_key.h), epoch.note and superseded.note (crypto/log/epoch.h). A standby has its own HTTPS and no log.key until
// it is promoted. Errors: "server.identity".
#pragma once

#include <filesystem>
#include <string>

#include "crypto/log/note.h"

namespace tuixuan::identity {

struct Identity {
  std::string origin;
  primitives::SigningKey log_key;
  Sha256 pin;
  log::NoteKey vkey() const { return {origin, log::KeyType::kEd25519, log_key.verify_key()}; }
  std::string public_json() const;  // "tuixuan-server/1"
};

struct IdentityFiles {
  std::filesystem::path folder;
  std::filesystem::path log_key() const { return folder / "log.key"; }
  std::filesystem::path tls_key() const { return folder / "tls.key"; }
  std::filesystem::path tls_certificate() const { return folder / "tls.crt"; }
  std::filesystem::path about() const { return folder / "server.json"; }
  std::filesystem::path ledger() const { return folder / "log.ledger"; }
  std::filesystem::path sealed_key() const { return folder / "log.key.sealed"; }
  std::filesystem::path epoch() const { return folder / "epoch.note"; }
  std::filesystem::path former() const { return folder / "former"; }  // addresses of the log's former servers
  std::filesystem::path superseded() const { return folder / "superseded.note"; }
};

// Refuses a folder in which anything is already.
[[nodiscard]] Result<Identity> make_identity(const IdentityFiles&, const std::string& origin);
[[nodiscard]] Result<Identity> load_identity(const IdentityFiles&);

// The HTTPS half alone, in a new folder; its pin. Then the key of a log that was at another machine before.
[[nodiscard]] Result<Sha256> make_tls(const IdentityFiles&, const std::string& origin);
[[nodiscard]] Result<Sha256> load_pin(const IdentityFiles&);
[[nodiscard]] Result<Identity> put_log_key(const IdentityFiles&, const std::string& origin, primitives::SigningKey);

}  // namespace tuixuan::identity

// What makes a server this server: the key that signs the log's checkpoints and the key and certificate of its HTTPS,
// two different keys, made once by init() in a folder that only its owner may read. Clients know the server by its pin:
// the SHA-256 of the certificate's public key (SubjectPublicKeyInfo, RFC 7469 section 2.4), which stands in the scheme.
// Files: server.json (public), log.key (seed in hex), tls.key and tls.crt (PEM), log.ledger. Errors: "server.identity".
#pragma once

#include <filesystem>
#include <string>

#include "crypto/log/note.h"

namespace tuixuan::http {

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
};

// Refuses a folder in which anything is already.
[[nodiscard]] Result<Identity> make_identity(const IdentityFiles&, const std::string& origin);
[[nodiscard]] Result<Identity> load_identity(const IdentityFiles&);

}  // namespace tuixuan::http

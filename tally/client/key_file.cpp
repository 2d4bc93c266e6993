#include "tally/client/key_file.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>

#include "crypto/codes/base.h"
#include "crypto/codes/client.h"
#include "hardware/devices/durable_file.h"

namespace tuixuan::client {

using primitives::SecretBuffer;

static constexpr std::size_t kMaxPassphrase = 1024;
static constexpr std::size_t kMaxSealed = 65536;

// Byte by byte, so that nothing of it stays in a buffer of somebody else's.
static Result<SecretBuffer> read_line(int fd) {
  SecretBuffer line(kMaxPassphrase);
  std::size_t n = 0;
  for (; n < kMaxPassphrase; ++n) {
    const ssize_t got = ::read(fd, &line.fill()[n], 1);
    if (got < 0) return fail(code::key::passphrase, "the passphrase cannot be read");
    if (got == 0 || line.fill()[n] == '\n') break;
  }
  return SecretBuffer(line.reveal().first(n));
}

class NoEcho {
 public:
  explicit NoEcho(int fd) : fd_(fd) {
    ok_ = tcgetattr(fd, &old_) == 0;
    termios quiet = old_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (ok_) tcsetattr(fd, TCSAFLUSH, &quiet);
  }
  ~NoEcho() {
    if (ok_) tcsetattr(fd_, TCSAFLUSH, &old_);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;

 private:
  int fd_;
  bool ok_ = false;
  termios old_{};
};

static Result<SecretBuffer> ask(int terminal, const std::string& prompt) {
  const NoEcho quiet(terminal);
  if (!devices::write_fully(terminal, as_bytes(prompt)))
    return fail(code::key::passphrase, "the terminal cannot be written");
  auto line = read_line(terminal);
  if (!devices::write_fully(terminal, as_bytes("\n")))
    return fail(code::key::passphrase, "the terminal cannot be written");
  return line;
}

static Result<SecretBuffer> long_enough(SecretBuffer line) {
  if (line.size() < kMinPassphrase)
    return fail(code::key::passphrase, "a passphrase has at least " + std::to_string(kMinPassphrase) + " bytes");
  return line;
}

Result<SecretBuffer> read_passphrase(int fd, const std::string& prompt, bool confirm) {
  if (fd >= 0) {
    TUIXUAN_TRY(line, read_line(fd));
    return long_enough(std::move(line));
  }
  const devices::Fd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC));
  if (!terminal) return fail(code::key::passphrase, "there is no terminal to ask at; give it with --passphrase-fd");
  TUIXUAN_TRY(first, ask(terminal.get(), prompt));
  if (confirm) {
    TUIXUAN_TRY(second, ask(terminal.get(), "再输入一次 / once more: "));
    if (!primitives::equal_constant_time(first.reveal(), second.reveal()))
      return fail(code::key::passphrase, "the two passphrases differ");
  }
  return long_enough(std::move(first));
}

Result<void> write_sealed(const std::string& file, ByteView secret, ByteView passphrase, std::string_view context,
                          const primitives::SealStrength& strength) {
  TUIXUAN_TRY(sealed, primitives::seal(secret, passphrase, as_bytes(context), strength));
  return devices::write_new(file, sealed, code::key::file);
}

Result<primitives::SealStrength> strength_of_file(const std::string& file) {
  TUIXUAN_TRY(sealed, devices::read_all(file, kMaxSealed, true, code::key::file));
  return primitives::strength_of(sealed);
}

Result<SecretBuffer> read_sealed(const std::string& file, ByteView passphrase, std::string_view context) {
  TUIXUAN_TRY(sealed, devices::read_all(file, kMaxSealed, true, code::key::file));
  auto secret = primitives::open_seal(sealed, passphrase, as_bytes(context));
  if (!secret) return fail_at(file, secret.error());
  return secret;
}

static std::string context_of(std::string_view role) { return "tuixuan-key/1 " + std::string(role); }

Result<primitives::VerifyKey> make_key_file(const std::string& file, std::string_view role, ByteView passphrase,
                                            const primitives::SealStrength& strength) {
  if (const auto made = open_key_file(file, role, passphrase)) return made->verify_key();
  const auto key = primitives::SigningKey::random();
  TUIXUAN_CHECK(write_sealed(file, key.seed().reveal(), passphrase, context_of(role), strength));
  return key.verify_key();
}

Result<primitives::SigningKey> open_sealed_key(ByteView sealed, std::string_view role, ByteView passphrase,
                                               const std::string& from) {
  const auto seed = primitives::open_seal(sealed, passphrase, as_bytes(context_of(role)));
  if (!seed) return fail_at(from, seed.error());
  if (seed->size() != primitives::SigningKey::kSeedSize)
    return fail(code::seal::format, from + " holds no signing key");
  return primitives::SigningKey(seed->reveal().first<primitives::SigningKey::kSeedSize>());
}

Result<Bytes> read_sealed_key(const std::string& file) {
  return devices::read_all(file, kMaxSealed, true, code::key::file);
}

Result<primitives::SigningKey> open_key_file(const std::string& file, std::string_view role, ByteView passphrase) {
  TUIXUAN_TRY(sealed, read_sealed_key(file));
  return open_sealed_key(sealed, role, passphrase, file);
}

}  // namespace tuixuan::client

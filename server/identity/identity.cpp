#include "server/identity/identity.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <fstream>
#include <memory>

#include "crypto/codes/server.h"
#include "crypto/primitives/hash.h"
#include "crypto/primitives/random.h"

namespace tuixuan::identity {

namespace fs = std::filesystem;

template <class T, void (*Free)(T*)>
struct Freer {
  void operator()(T* p) const { Free(p); }
};
using Pkey = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509, X509_free>>;
struct BioFree {
  void operator()(BIO* b) const { BIO_free(b); }
};
using Bio = std::unique_ptr<BIO, BioFree>;

static constexpr long kTenYears = 3653L * 24 * 3600;

std::string Identity::public_json() const {
  const boost::json::object out{{"format", "tuixuan-server/1"},
                                {"origin", origin},
                                {"log_vkey", log::format_vkey(vkey())},
                                {"log_key", log_key.verify_key().hex()},
                                {"tls_pin", pin.hex()}};
  return boost::json::serialize(out);
}

// On the disk, whole and for the owner only, before it returns.
static Result<void> write_private(const fs::path& path, std::string_view text) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return fail(code::server::identity, path.string() + " cannot be made: " + std::strerror(errno));
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(fd, text.data() + done, text.size() - done);
    if (n <= 0) break;
    done += static_cast<std::size_t>(n);
  }
  const bool written = done == text.size() && ::fsync(fd) == 0;
  if (::close(fd) != 0 || !written)
    return fail(code::server::identity, path.string() + " cannot be written: " + std::strerror(errno));
  return {};
}

static Result<std::string> read_private(const fs::path& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0 && errno == ENOENT)
    return fail(code::server::identity, path.string() + " is not there; 'tuixuan-server init' makes a new server");
  if (!fs::exists(path) || !S_ISREG(info.st_mode))
    return fail(code::server::identity, path.string() + " cannot be read: " + std::strerror(errno));
  if ((info.st_mode & 077) != 0)
    return fail(code::server::identity,
                path.string() + " may be read by others; 'chmod 600' it, and think whether it was");
  if (info.st_size > 65536) return fail(code::server::identity, path.string() + " is too large");
  std::ifstream in(path, std::ios::binary);
  std::string text(static_cast<std::size_t>(info.st_size), '\0');
  if (!in.read(text.data(), info.st_size)) return fail(code::server::identity, path.string() + " cannot be read");
  return text;
}

static std::string pem_of(BIO* bio) {
  char* data = nullptr;
  const long n = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<std::size_t>(n));
}

static Result<Sha256> pin_of(X509* certificate) {
  unsigned char* der = nullptr;
  const int n = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
  if (n <= 0) return fail(code::server::identity, "the certificate's public key cannot be read");
  const Sha256 pin = primitives::sha256(ByteView(der, static_cast<std::size_t>(n)));
  OPENSSL_free(der);
  return pin;
}

// Self-signed: clients compare the pin, not a chain of authorities.
static Certificate certificate_for(EVP_PKEY* key, const std::string& origin) {
  Certificate cert(X509_new());
  ByteArray<16> serial;
  primitives::fill_random(serial);
  serial[0] &= 0x7f;
  BIGNUM* number = BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(cert.get()));
  BN_free(number);
  X509_set_version(cert.get(), 2);
  X509_gmtime_adj(X509_getm_notBefore(cert.get()), -24L * 3600);
  X509_gmtime_adj(X509_getm_notAfter(cert.get()), kTenYears);
  X509_set_pubkey(cert.get(), key);
  X509_NAME* name = X509_get_subject_name(cert.get());
  const std::string common = "Tuixuan " + origin.substr(0, 50);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(common.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(cert.get(), name);
  if (X509_sign(cert.get(), key, EVP_sha256()) == 0) return nullptr;
  return cert;
}

static Result<void> empty_folder(const fs::path& folder) {
  std::error_code ec;
  fs::create_directories(folder, ec);
  fs::permissions(folder, fs::perms::owner_all, ec);
  if (ec) return fail(code::server::identity, folder.string() + ": " + ec.message());
  if (!fs::is_empty(folder, ec))
    return fail(code::server::identity, folder.string() + " is not empty; a server is made in a new folder");
  return {};
}

Result<Sha256> make_tls(const IdentityFiles& files, const std::string& origin) {
  if (!log::is_key_name(origin))
    return fail(code::server::identity,
                "the origin \"" + origin + "\" must have no space and no plus sign, such as party.example/branch-7");
  TUIXUAN_CHECK(empty_folder(files.folder));
  const Pkey key(EVP_EC_gen("P-256"));
  const Certificate cert = key ? certificate_for(key.get(), origin) : nullptr;
  if (!cert) return fail(code::server::identity, "OpenSSL could not make a certificate");
  TUIXUAN_TRY(pin, pin_of(cert.get()));
  const Bio key_pem(BIO_new(BIO_s_mem()));
  const Bio cert_pem(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_PKCS8PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
      PEM_write_bio_X509(cert_pem.get(), cert.get()) != 1)
    return fail(code::server::identity, "OpenSSL could not write the certificate");
  TUIXUAN_CHECK(write_private(files.tls_key(), pem_of(key_pem.get())));
  TUIXUAN_CHECK(write_private(files.tls_certificate(), pem_of(cert_pem.get())));
  return pin;
}

Result<Identity> put_log_key(const IdentityFiles& files, const std::string& origin, primitives::SigningKey log_key) {
  TUIXUAN_TRY(pin, load_pin(files));
  Identity identity{origin, std::move(log_key), pin};
  TUIXUAN_CHECK(write_private(files.log_key(), to_hex(identity.log_key.seed().reveal()) + "\n"));
  TUIXUAN_CHECK(write_private(files.about(), identity.public_json() + "\n"));
  return identity;
}

Result<Identity> make_identity(const IdentityFiles& files, const std::string& origin) {
  TUIXUAN_CHECK(make_tls(files, origin).map([](const Sha256&) {}));
  return put_log_key(files, origin, primitives::SigningKey::random());
}

Result<Sha256> load_pin(const IdentityFiles& files) {
  TUIXUAN_TRY(text, read_private(files.tls_certificate()));
  const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  const Certificate cert(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (!cert) return fail(code::server::identity, files.tls_certificate().string() + " is damaged");
  return pin_of(cert.get());
}

Result<Identity> load_identity(const IdentityFiles& files) {
  TUIXUAN_TRY(about, read_private(files.about()));
  TUIXUAN_TRY(key_text, read_private(files.log_key()));
  if (!key_text.empty() && key_text.back() == '\n') key_text.pop_back();
  auto seed = array_from_hex<32>(key_text);
  primitives::wipe({reinterpret_cast<std::uint8_t*>(key_text.data()), key_text.size()});
  if (!seed) return fail(code::server::identity, files.log_key().string() + " is damaged: " + seed.error().what);
  primitives::SigningKey log_key(*seed);
  primitives::wipe(*seed);
  boost::system::error_code ec;
  const boost::json::value json = boost::json::parse(about, ec);
  const boost::json::object* object = ec ? nullptr : json.if_object();
  const boost::json::value* origin = object == nullptr ? nullptr : object->if_contains("origin");
  if (origin == nullptr || !origin->is_string())
    return fail(code::server::identity, files.about().string() + " is damaged: it names no origin");
  TUIXUAN_TRY(pin, load_pin(files));
  Identity identity{std::string(origin->as_string()), std::move(log_key), pin};
  if (identity.public_json() + "\n" != about)
    return fail(code::server::identity, files.about().string() + " does not fit the keys beside it");
  return identity;
}

}  // namespace tuixuan::identity

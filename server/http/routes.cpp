#include "server/http/routes.h"

#include <boost/json.hpp>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/server.h"
#include "crypto/log/proof.h"
#include "crypto/primitives/hash.h"
#include "server/http/fit.h"

namespace tuixuan::http {

namespace json_ = boost::json;

static std::string_view path_of(const Request& request) {
  const std::string_view target = request.target;
  return target.substr(0, target.find('?'));
}

// The part after a fixed beginning.
static std::optional<std::string_view> after(std::string_view path, std::string_view beginning) {
  if (!path.starts_with(beginning)) return std::nullopt;
  return path.substr(beginning.size());
}

template <std::size_t N>
static Result<ByteArray<N>> hash_in(std::string_view hex) {
  auto bytes = array_from_hex<N>(hex);
  if (!bytes) return fail(code::http::form, "a hash in lowercase hex digits is expected: " + bytes.error().what);
  return bytes;
}

// "Tuixuan <key, 64 hex digits> <signature, 128 hex digits>"
static Result<service::UploadPermit> permit_of(std::string_view header) {
  const auto rest = after(header, "Tuixuan ");
  if (!rest || rest->size() != 64 + 1 + 128 || (*rest)[64] != ' ')
    return fail(code::server::upload,
                "the header Authorization must be: Tuixuan <key> <signature>, in hexadecimal digits");
  const auto key = array_from_hex<32>(rest->substr(0, 64));
  const auto signature = array_from_hex<64>(rest->substr(65));
  if (!key || !signature) return fail(code::server::upload, "the header Authorization holds bad hexadecimal digits");
  return service::UploadPermit{primitives::VerifyKey{*key}, primitives::Signature{*signature}};
}

static constexpr std::size_t kKeptBytes = std::size_t{32} << 20U;

static std::string tag_of(const log::NoteKey& key) {
  return "\"" + primitives::sha256(as_bytes(log::format_vkey(key))).hex().substr(0, 16) + "\"";
}

Routes::Routes(service::Service& service, std::size_t held_bytes)
    : service_(service),
      log_tag_(tag_of(service.key())),
      board_(service),
      shelf_(held_bytes, std::min(kKeptBytes, held_bytes / 2)) {}

bool Routes::is_deferred(const Request& request) {
  return request.method == Method::post && (path_of(request) == "/v1/entries" || path_of(request) == "/v1/cosign");
}

bool Routes::is_slow(const Request& request) { return BoardPages::is_form(path_of(request)); }

std::optional<Response> Routes::at_hand(const Request& request) const {
  if (request.method != Method::get) return std::nullopt;
  const std::string_view path = path_of(request);
  std::optional<Response> out;
  if (path.starts_with("/tile/")) {
    if (auto bytes = shelf_.find(std::string(path))) out = shared(std::move(bytes), log_tag_);
  } else {
    out = board_.at_hand(request);
  }
  if (out) fit(*out, request);
  return out;
}

bool Routes::is_stream(const Request& request) {
  return request.method == Method::get && path_of(request) == "/v1/turnout";
}

Result<std::size_t> Routes::body_limit(const Request& head, std::optional<std::uint64_t> length) const {
  const std::string_view path = path_of(head);
  if (head.method == Method::get) return 0;
  if (!length && head.method != Method::other)
    return fail(code::http::length, "a body needs a Content-Length, 0 for an empty one");
  if (head.method == Method::post && path == "/v1/entries") {
    if (*length > log::kMaxEntrySize)
      return fail(code::http::size,
                  "an entry of " + std::to_string(*length) + " bytes; at most " + std::to_string(log::kMaxEntrySize));
    return static_cast<std::size_t>(*length);
  }
  if (head.method == Method::post && path == "/v1/cosign") {
    if (*length > log::kMaxNoteSize) return fail(code::http::size, "a note of " + std::to_string(*length) + " bytes");
    return static_cast<std::size_t>(*length);
  }
  if (head.method == Method::post && path == "/v1/epoch") {
    if (*length > log::kMaxEpochSize)
      return fail(code::http::size, "a statement of " + std::to_string(*length) + " bytes");
    return static_cast<std::size_t>(*length);
  }
  if (head.method == Method::put) {
    const auto hex = after(path, "/v1/object/");
    if (!hex) return fail(code::http::target, std::string(path));
    TUIXUAN_TRY(hash, hash_in<32>(*hex));
    TUIXUAN_TRY(permit, permit_of(head.authorization));
    if (*length > ledger::kMaxObjectSize)
      return fail(code::http::size, "an object of " + std::to_string(*length) + " bytes");
    TUIXUAN_CHECK(service_.may_upload(Sha256{hash}, *length, permit));
    return static_cast<std::size_t>(*length);
  }
  return fail(code::http::method, std::string(path));
}

void Routes::answer_deferred(Request request, std::function<void(Response)> done) const {
  if (path_of(request) == "/v1/cosign") {
    service_.cosigners().submit(
        std::string(as_text(request.body)), [done = std::move(done)](Result<std::uint64_t> size) {
          done(size ? json(json_::serialize(json_::object{{"size", *size}})) : refusal(size.error()));
        });
    return;
  }
  service_.submit(std::move(request.body), [done = std::move(done)](Result<std::string> receipt) {
    done(receipt ? text(std::move(*receipt)) : refusal(receipt.error()));
  });
}

Response Routes::answer(const Request& request) const {
  const std::string_view path = path_of(request);
  if (request.method == Method::get) {
    Response out = get(request);
    fit(out, request);
    return out;
  }
  if (request.method == Method::put) {
    const auto hash = hash_in<32>(after(path, "/v1/object/").value_or(""));
    if (!hash) return refusal(hash.error());
    const auto stored = service_.put_object(Sha256{*hash}, request.body);
    return stored ? json(R"({"stored":true})") : refusal(stored.error());
  }
  if (request.method == Method::post && path == "/v1/epoch") {
    const auto learned = service_.learn_epoch(as_text(request.body));
    return learned ? text(service_.epochs().note()) : refusal(learned.error());
  }
  return refusal({code::http::method, std::string(path)});
}

// What a server must not say of the log any more once another one serves it.
static bool is_of_the_newest(std::string_view path) {
  return path == "/checkpoint" || path == "/v1/cosign" || path == "/v1/witnessed";
}

Response Routes::shared(SharedBytes bytes, std::string tag) const {
  Response out = data({});
  out.shared = std::move(bytes);
  out.immutable = true;
  out.tag = std::move(tag);
  return out;
}

Response Routes::tile(const std::string& path) const {
  if (auto bytes = shelf_.find(path)) return shared(std::move(bytes), log_tag_);
  const auto which = log::parse_tile_path(std::string_view(path).substr(1));
  if (!which) return refusal(which.error());
  const ledger::Ledger& ledger = service_.ledger();
  auto bytes = std::holds_alternative<log::TileId>(*which) ? ledger.tile(std::get<log::TileId>(*which))
                                                           : ledger.bundle(std::get<log::BundleId>(*which));
  if (!bytes) return failed(bytes.error());
  auto place = shelf_.place(bytes->size());
  if (!place) return refusal(place.error());
  return shared(shelf_.put(path, std::move(*bytes), std::move(*place)), log_tag_);
}

Response Routes::object(std::string_view hex) const {
  const auto hash = hash_in<32>(hex);
  if (!hash) return refusal(hash.error());
  const std::string name = "/object/" + std::string(hex);
  const std::string tag = "\"" + std::string(hex) + "\"";
  if (auto bytes = shelf_.find(name)) return shared(std::move(bytes), tag);
  const auto size = service_.ledger().object_size(Sha256{*hash});
  if (!size) return failed(size.error());
  auto place = shelf_.place(*size);  // before it is read
  if (!place) return refusal(place.error());
  auto bytes = service_.ledger().object(Sha256{*hash});
  if (!bytes) return failed(bytes.error());
  return shared(shelf_.put(name, std::move(*bytes), std::move(*place)), tag);
}

// What the disk refuses to a reader it may refuse to the next ballot: the service looks into it.
Response Routes::failed(const Error& why) const {
  service_.noticed(why);
  return refusal(why);
}

Response Routes::get(const Request& request) const {
  const std::string_view path = path_of(request);
  if (path == "/v1/epoch") {
    std::string note = service_.epochs().note();
    return note.empty() ? refusal({code::server::unknown, "the log is served where the congress card says"})
                        : text(std::move(note));
  }
  if (is_of_the_newest(path))
    if (const auto why = service_.epochs().refusal(); why && why->check == code::server::superseded)
      return refusal(*why);
  if (path == "/checkpoint") {
    const auto note = service_.cosigners().checkpoint();
    return note ? text(*note) : refusal({code::server::unknown, "the log has no entry yet"});
  }
  if (path == "/v1/cosign") {
    const auto note = service_.cosigners().round();
    return note ? text(*note) : refusal({code::server::unknown, "the log has no entry yet"});
  }
  if (path == "/v1/witnessed") {
    const service::Witnessed w = service_.cosigners().witnessed();
    return w.note.empty() ? refusal({code::server::unknown, "not enough witnesses have cosigned any checkpoint yet"})
                          : text(w.note);
  }
  if (path == "/v1/witnesses") return witnesses();
  if (const auto name = after(path, "/v1/evidence/")) {
    auto evidence = service_.cosigners().evidence(std::string(*name));
    return evidence ? text(std::move(*evidence)) : refusal(evidence.error());
  }
  if (path.starts_with("/tile/")) return tile(std::string(path));
  if (const auto hex = after(path, "/object/")) return object(*hex);
  if (const auto hex = after(path, "/v1/receipt/")) {
    const auto leaf = hash_in<32>(*hex);
    if (!leaf) return refusal(leaf.error());
    auto receipt = service_.receipt(Sha256{*leaf});
    return receipt ? text(std::move(*receipt)) : failed(receipt.error());
  }
  if (const auto hex = after(path, "/v1/tracker/")) {
    const auto ballot = hash_in<64>(*hex);
    if (!ballot) return refusal(ballot.error());
    auto receipt = service_.receipt_of_ballot(Hash64{*ballot});
    return receipt ? text(std::move(*receipt)) : failed(receipt.error());
  }
  if (path == "/v1/status") return status();
  if (path == "/v1/health") return health();
  return board_.answer(request);
}

Response Routes::status() const {
  const service::Status s = service_.status();
  json_::array stages;
  for (const auto& stage : s.stages)
    stages.push_back(json_::object{{"id", stage.id.name},
                                   {"phase", stage.phase},
                                   {"slips", stage.slips},
                                   {"cast", stage.cast},
                                   {"challenged", stage.challenged},
                                   {"abandoned", stage.abandoned},
                                   {"voided", stage.voided}});
  return json(json_::serialize(json_::object{{"format", "tuixuan-status/1"},
                                             {"log", log::format_vkey(service_.key())},
                                             {"size", s.size},
                                             {"congress", s.congress},
                                             {"title", json_::object{{"zh", s.title_zh}, {"en", s.title_en}}},
                                             {"rehearsal", s.rehearsal},
                                             {"stages", std::move(stages)}}));
}

static json_::object witnessed_json(const service::Witnessed& w) {
  json_::array alarms;
  for (const std::string& name : w.alarms) alarms.push_back(json_::value(name));
  json_::object refusals;
  for (const auto& [name, why] : w.refusals) refusals.emplace(name, why);
  return json_::object{{"witnesses", w.witnesses},       {"needed", w.needed}, {"size", w.size},
                       {"seconds", w.seconds},           {"late", w.late},     {"alarms", std::move(alarms)},
                       {"refusals", std::move(refusals)}};
}

Response Routes::witnesses() const {
  json_::object out = witnessed_json(service_.cosigners().witnessed());
  out.emplace("format", "tuixuan-witnesses/1");
  return json(json_::serialize(out));
}

static const char* standby_word(service::Service& service) {
  const auto standing = service.standby();
  if (!standing) return "none";
  switch (*standing) {
    case service::Replica::Standing::paired:
      return "paired";
    case service::Replica::Standing::lost:
      return "lost";
    case service::Replica::Standing::alone:
      return "alone";
  }
  bug("a standing without a name");
}

Response Routes::health() const {
  const auto held = service_.epochs().refusal();
  const service::Metrics m = service_.metrics();
  json_::object refusals;
  const service::Storage storage = service_.storage();
  for (const auto& [check, n] : m.refusals) refusals.emplace(name_of(check), n);
  Response out = json(json_::serialize(json_::object{{"format", "tuixuan-health/1"},
                                                     {"storage", storage.ok ? "ok" : "failed"},
                                                     {"what", storage.what},
                                                     {"failed_seconds", storage.failed},
                                                     {"written_seconds_ago", storage.proven},
                                                     {"size", service_.ledger().size()},
                                                     {"epoch", service_.epochs().number()},
                                                     {"standby", standby_word(service_)},
                                                     {"refusal", held ? name_of(held->check) : ""},
                                                     {"accepted", m.accepted},
                                                     {"repeated", m.repeated},
                                                     {"refused", m.refused},
                                                     {"busy", m.busy},
                                                     {"batches", m.batches},
                                                     {"recoveries", m.recoveries},
                                                     {"refusals", std::move(refusals)},
                                                     {"witnessed", witnessed_json(service_.cosigners().witnessed())}}));
  if (!storage.ok || held) out.status = 503;
  return out;
}

}  // namespace tuixuan::http

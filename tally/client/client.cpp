#include "tally/client/client.h"

#include <boost/json.hpp>
#include <thread>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/client.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "crypto/primitives/hash.h"
#include "tally/election/digests.h"

namespace tuixuan::client {

static constexpr std::size_t kMaxRefusal = 65536;
static constexpr std::size_t kMaxBundle = std::size_t{log::kTileWidth} * (log::kMaxEntrySize + 2);

Client::Client(Address address, std::optional<Sha256> pin, log::NoteKey log, std::chrono::seconds patience,
               TimeLimits limits)
    : limits_(limits),
      https_(std::make_unique<Https>(std::move(address), pin, limits)),
      log_(std::move(log)),
      patience_(patience) {}

void Client::introduce_as(primitives::SigningKey kiosk) {
  const auto key = std::make_shared<const primitives::SigningKey>(std::move(kiosk));
  introduction_ = [key](const ByteArray<32>& secret) {
    return "Tuixuan-Kiosk " + key->verify_key().hex() + " " + key->sign(election::connection_statement(secret)).hex();
  };
  https_->introduce(introduction_);
}

static std::string member(const boost::json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

// What a server says about its own ledger is never said about the ledger of this program.
static Error of_the_server(unsigned status, Error said) {
  if (said.check == code::ledger::absent) return {code::server::absent, std::move(said.what)};
  if (said.check == code::ledger::range) return {code::server::range, std::move(said.what)};
  if (said.check == code::ledger::object) return {code::server::object, std::move(said.what)};
  const bool its_own = said.check.area() == Area::server && kind_of(said) == ErrorKind::later;
  if (said.check.area() == Area::ledger || (status >= 500 && !its_own))
    return {code::server::trouble, "the server says of itself: " + said.text()};
  return said;
}

static Error refusal_in(const Answer& answer, const std::string& target) {
  boost::system::error_code ec;
  const auto json = boost::json::parse(as_text(answer.body), ec);
  if (!ec && json.is_object())
    if (const std::string check = member(json.as_object(), "check"); !check.empty())
      return of_the_server(answer.status, error_named(check, member(json.as_object(), "what")));
  return {code::net::http, "the server answered " + target + " with status " + std::to_string(answer.status)};
}

void Client::go_where_it_is() {
  if (!way_) return;
  const Way::Place place = way_->place();
  if (place.epoch == epoch_) return;
  https_ = std::make_unique<Https>(place.address, place.pin, limits_);
  if (introduction_) https_->introduce(introduction_);
  epoch_ = place.epoch;
}

// The statement of an epoch is good by its signatures, whoever gives it: the old server, or another one that answers at
// the old one's address.
bool Client::found_another_way(const Error& why) {
  if (!way_) return false;
  const Https::Question question{"GET", "/v1/epoch", {}, {}};
  std::optional<Result<Answer>> told;
  if (why.check == code::server::superseded) told = https_->ask(question, log::kMaxEpochSize);
  if (why.check == code::net::pin)
    told = Https(https_->address(), std::nullopt, limits_).ask(question, log::kMaxEpochSize);
  if (told && *told && (*told)->status == 200) [[maybe_unused]]
    const auto offered = way_->offer(as_text((*told)->body));  // what is not good is not taken
  if (why.check.area() == Area::net) way_->look();
  return way_->place().epoch != epoch_;
}

Result<Bytes> Client::ask(const Https::Question& question, std::size_t max_bytes) {
  const auto end = std::chrono::steady_clock::now() + patience_;
  for (std::chrono::milliseconds pause{50};; pause = std::min(pause * 2, std::chrono::milliseconds{1000})) {
    go_where_it_is();
    auto answer = https_->ask(question, std::max(max_bytes, kMaxRefusal));
    if (answer && answer->status == 200) {
      if (answer->body.size() > max_bytes)
        return fail(code::net::large, "the answer to " + question.target + " is too long");
      return std::move(answer->body);
    }
    Error why = answer ? refusal_in(*answer, question.target) : std::move(answer.error());
    if (found_another_way(why)) continue;
    if (kind_of(why) != ErrorKind::later || std::chrono::steady_clock::now() + pause > end)
      return tl::unexpected<Error>(std::move(why));
    std::this_thread::sleep_for(pause);
  }
}

Result<void> Client::health() {
  const std::string target = "/v1/health";
  go_where_it_is();
  TUIXUAN_TRY(answer, https_->ask({"GET", target, {}, {}}, kMaxRefusal));
  if (answer.status == 200) return {};
  boost::system::error_code ec;
  const auto json = boost::json::parse(as_text(answer.body), ec);
  if (!ec && json.is_object() && member(json.as_object(), "storage") == "failed")
    return fail(code::server::storage, "the disk of the server takes nothing now: " + member(json.as_object(), "what"));
  if (!ec && json.is_object())
    if (const std::string held = member(json.as_object(), "refusal"); !held.empty())
      return tl::unexpected<Error>(error_named(held, "the server takes nothing now"));
  return tl::unexpected<Error>(refusal_in(answer, target));
}

Result<Bytes> Client::get(const std::string& target, std::size_t max_bytes) {
  return ask({"GET", target, {}, {}}, max_bytes);
}

Result<log::Receipt> Client::append(ByteView entry) {
  TUIXUAN_TRY(text, ask({"POST", "/v1/entries", {}, entry}, log::kMaxReceiptSize));
  TUIXUAN_TRY(receipt, log::parse_receipt(as_text(text)));
  const auto proven = log::verify_receipt(receipt, log::leaf_hash(entry), log_);
  if (!proven) return fail(code::log::receipt, "the server's receipt proves nothing: " + proven.error().text());
  return std::move(receipt);
}

Result<void> Client::put_object(const primitives::SigningKey& key, const Hash64& congress, ByteView bytes) {
  const Sha256 hash = primitives::sha256(bytes);
  const auto signature = key.sign(election::object_upload_statement(congress, hash, bytes.size()));
  const std::string permit = "Tuixuan " + key.verify_key().hex() + " " + signature.hex();
  return ask({"PUT", "/v1/object/" + hash.hex(), permit, bytes}, kMaxRefusal).map([](const Bytes&) {});
}

Result<Bytes> Client::object(const Sha256& hash) {
  TUIXUAN_TRY(bytes, get("/object/" + hash.hex(), election::kMaxObjectSize));
  if (primitives::sha256(bytes) != hash)
    return fail(code::E04::object, "the server gave something else for object " + hash.hex());
  return std::move(bytes);
}

Result<void> Client::cosign(std::string_view note) {
  return ask({"POST", "/v1/cosign", {}, as_bytes(note)}, kMaxRefusal).map([](const Bytes&) {});
}

Result<std::string> Client::checkpoint_note() {
  TUIXUAN_TRY(text, get("/checkpoint", log::kMaxNoteSize));
  TUIXUAN_CHECK(log::open_checkpoint(as_text(text), log_).map([](const log::OpenedCheckpoint&) {}));
  return std::string(as_text(text));
}

Result<log::OpenedCheckpoint> Client::checkpoint() {
  TUIXUAN_TRY(note, checkpoint_note());
  return log::open_checkpoint(note, log_);
}

Result<std::vector<Bytes>> Client::bundle(const log::BundleId& id) {
  TUIXUAN_TRY(bytes, get("/" + log::path_of(id), kMaxBundle));
  return log::decode_bundle(bytes, id.width);
}

}  // namespace tuixuan::client

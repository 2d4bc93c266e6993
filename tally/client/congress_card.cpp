#include "tally/client/congress_card.h"

#include "crypto/codes/base.h"
#include "hardware/devices/durable_file.h"
#include "tally/scheme/form.h"

namespace tuixuan::client {

template <class Io>
void members(Io& io, CongressCard& card) {
  io.constant("format", "tuixuan-congress/1");
  io.text("server", card.server, 300);
  io.hex("pin", card.pin);
  io.text("log", card.log, 400);
  io.hex("organiser", card.organiser);
}

std::string write_card(const CongressCard& card) { return scheme::write_form(card, 2) + "\n"; }

Result<CongressCard> parse_card(ByteView file) {
  const auto json = scheme::parse_json(file, 65536);
  if (!json) return fail(code::plain::card, json.error().what);
  scheme::Faults faults;
  CongressCard card = scheme::read_form<CongressCard>(*json, faults);
  if (!faults.empty()) return fail(code::plain::card, faults[0].path + ": " + faults[0].en);
  return card;
}

Result<CongressCard> load_card(const std::string& file) {
  TUIXUAN_TRY(bytes, devices::read_all(file, 65536, false, code::plain::card));
  TUIXUAN_TRY(card, parse_card(bytes));
  card.epoch_file = file + ".epoch";
  return std::move(card);
}

Congress::Congress(Address address, const CongressCard& card, log::NoteKey log, std::chrono::seconds patience,
                   unsigned threads, TimeLimits limits)
    : client_(address, Sha256{card.pin}, log, patience, limits),
      follower_(client_, {primitives::VerifyKey{card.organiser}, {}}, threads) {
  client_.follow(std::make_shared<Way>(Way::Place{std::move(address), Sha256{card.pin}, 0}, std::move(log),
                                       std::filesystem::path(card.epoch_file)));
}

Result<std::unique_ptr<Congress>> Congress::join(const CongressCard& card, std::chrono::seconds patience,
                                                 unsigned threads, TimeLimits limits) {
  TUIXUAN_TRY(address, Address::parse(card.server));
  const auto log = log::parse_vkey(card.log);
  if (!log) return fail(code::plain::card, "the log's key: " + log.error().what);
  return std::unique_ptr<Congress>(new Congress(std::move(address), card, *log, patience, threads, limits));
}

Result<void> Congress::put_object(const primitives::SigningKey& key, ByteView bytes) {
  return client_.put_object(key, state().congress, bytes);
}

std::uint64_t seconds_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  return seconds < 0 ? 0 : static_cast<std::uint64_t>(seconds);
}

std::uint32_t minutes_now() { return static_cast<std::uint32_t>(seconds_now() / 60); }

}  // namespace tuixuan::client

#include "kiosk/core/headless.h"

#include <boost/json.hpp>
#include <thread>

#include "crypto/codes/base.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/kiosk.h"
#include "crypto/primitives/secret.h"
#include "tally/scheme/json.h"

namespace tuixuan::kiosk {

using scheme::Json;

static constexpr std::size_t kMaxLine = 65536;
static constexpr std::chrono::seconds kAnswer{5};  // for the log's word on a ballot

Voter::~Voter() {
  primitives::wipe({reinterpret_cast<std::uint8_t*>(slip.data()), slip.size()});
  for (tally::Selection& s : selections) tally::wipe(s);
}

// --- reading a voter -------------------------------------------------------------------------------------------------

static tl::unexpected<Error> bad(const std::string& what) { return fail(code::plain::input, what); }

static Result<void> read_marks(const Json& list, tally::Mark mark, tally::Selection& out) {
  if (list.type != Json::Type::array) return bad("candidates are a list of numbers");
  for (const Json& item : list.items) {
    if (item.type != Json::Type::integer || item.integer < 1 || item.integer > out.marks.size())
      return bad("there are candidates 1 to " + std::to_string(out.marks.size()));
    tally::Mark& place = out.marks[item.integer - 1];
    if (place != tally::Mark::abstain) return bad("candidate " + std::to_string(item.integer) + " is marked twice");
    place = mark;
  }
  return {};
}

static Result<void> read_write_ins(const Json& list, tally::Selection& out) {
  if (list.type != Json::Type::array) return bad("write_ins is a list");
  for (const Json& item : list.items) {
    if (item.type != Json::Type::object) return bad("a write-in is an object");
    tally::WriteIn w;
    for (const auto& [key, value] : item.members) {
      if (key == "name" && value.type == Json::Type::text) {
        w.name = value.text;
      } else if (key == "against" && value.type == Json::Type::integer && value.integer <= out.marks.size()) {
        w.against = static_cast<std::uint32_t>(value.integer);
      } else {
        return bad("a write-in has \"name\" and perhaps \"against\"");
      }
    }
    if (w.name.empty()) return bad("a write-in has no \"name\"");
    out.write_ins.push_back(std::move(w));
  }
  return {};
}

static Result<void> read_grades(const Json& list, tally::Selection& out) {
  if (list.type != Json::Type::array || list.items.size() != out.grades.size())
    return bad("this contest has " + std::to_string(out.grades.size()) + " grades to give");
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (list.items[i].type != Json::Type::integer || list.items[i].integer > 15)
      return bad("a grade is a small number");
    out.grades[i] = static_cast<tally::GradeMark>(list.items[i].integer);
  }
  return {};
}

static Result<void> read_choice(const Json& json, tally::Selection& out) {
  if (json.type != Json::Type::object) return bad("a choice is an object");
  for (const auto& [key, value] : json.members) {
    if (key == "approve") {
      TUIXUAN_CHECK(read_marks(value, tally::Mark::approve, out));
    } else if (key == "oppose") {
      TUIXUAN_CHECK(read_marks(value, tally::Mark::oppose, out));
    } else if (key == "postpone") {
      TUIXUAN_CHECK(read_marks(value, tally::Mark::postpone, out));
    } else if (key == "write_ins") {
      TUIXUAN_CHECK(read_write_ins(value, out));
    } else if (key == "grades") {
      TUIXUAN_CHECK(read_grades(value, out));
    } else {
      return bad("a choice has no member \"" + key + "\"");
    }
  }
  return {};
}

static Result<void> read_choices(const Json& json, std::span<const tally::Contest> contests, Voter& out) {
  if (json.type != Json::Type::object) return bad("choices is an object");
  for (const auto& [key, value] : json.members) {
    bool found = false;
    for (std::size_t i = 0; i < contests.size(); ++i) {
      if (contests[i].id.name != key) continue;
      found = true;
      TUIXUAN_CHECK(read_choice(value, out.selections[i]));
    }
    if (!found) return bad("there is no contest \"" + key + "\" on this ballot");
  }
  return {};
}

Result<Voter> read_voter(std::string_view line, std::span<const tally::Contest> contests) {
  const auto json = scheme::parse_json(as_bytes(line), kMaxLine);
  if (!json) return bad(json.error().what);
  if (json->type != Json::Type::object) return bad("a voter is an object");
  Voter out;
  for (const tally::Contest& c : contests) out.selections.push_back(tally::blank(c));
  for (const auto& [key, value] : json->members) {
    if (key == "slip" && value.type == Json::Type::text && out.slip.empty()) {
      out.slip = value.text;
    } else if (key == "choices") {
      TUIXUAN_CHECK(read_choices(value, contests, out));
    } else if (key == "then" && value.type == Json::Type::text && (value.text == "cast" || value.text == "challenge")) {
      out.challenge = value.text == "challenge";
    } else {
      return bad("a voter has \"slip\", \"choices\" and \"then\" (cast or challenge), each once");
    }
  }
  if (out.slip.empty()) return bad("the slip is missing");
  return out;
}

// --- the kiosk -------------------------------------------------------------------------------------------------------

Headless::Headless(KioskId kiosk, const primitives::SigningKey& key, Journal& journal, client::Congress& congress,
                   Show show)
    : kiosk_(kiosk),
      key_(key),
      journal_(journal),
      congress_(congress),
      show_(std::move(show)),
      session_(kiosk, key, journal),
      standing_(std::move(kiosk), key.verify_key(), journal) {}

Result<void> Headless::start(std::chrono::seconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    auto synced = congress_.sync();
    if (!synced && kind_of(synced.error()) == ErrorKind::never) return synced;
    TUIXUAN_CHECK(check_key(congress_.state(), kiosk_, key_.verify_key()));
    auto open = open_stage_for(congress_.state(), kiosk_);
    if (open && synced) {
      stage_ = std::move(*open);
      TUIXUAN_CHECK(standing_.check(congress_.state(), stage_.id));
      TUIXUAN_CHECK(session_.recover(stage_, client::minutes_now()).map([](std::size_t) {}));
      courier_ = std::make_unique<Courier>(journal_, stage_, key_, congress_.client(),
                                           [this](const Delivery& done, std::size_t waiting) { tell(done, waiting); });
      return {};
    }
    const bool closed = open || open.error().check == code::kiosk::closed;
    if (!closed || std::chrono::steady_clock::now() > end)
      return tl::unexpected<Error>(synced ? open.error() : synced.error());
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

std::optional<Error> Headless::trouble() const {
  auto why = courier_ ? courier_->trouble() : std::nullopt;
  if (why && kind_of(*why) != ErrorKind::never) why.reset();
  return why;
}

void Headless::show_sealed(const char* event, const SealedBallot& ballot, std::optional<bool> logged) {
  boost::json::object line{{"event", event}, {"seq", ballot.seq}, {"tracker", ballot.tracker}};
  if (logged) line["logged"] = *logged;
  show_(boost::json::serialize(line));
}

void Headless::show_refused(const Error& why) {
  show_(boost::json::serialize(
      boost::json::object{{"event", "refused"}, {"check", name_of(why.check)}, {"what", why.what}}));
}

// What the log refuses is never called cast. Whether it does is known at once where the server is reached.
Result<void> Headless::cast() {
  TUIXUAN_TRY(cast, session_.cast(client::minutes_now()));
  courier_->wake();
  const Fate fate = courier_->wait_for(cast.seq, kAnswer);
  if (fate != Fate::refused) {
    show_sealed("cast", cast, fate == Fate::on_log);
    return {};
  }
  const auto why = courier_->trouble();
  if (why) return tl::unexpected<Error>(*why);
  return fail(code::slip::used, "a ballot has been cast with this slip elsewhere, or it was voided");
}

Result<void> Headless::mark_all(const Voter& voter) {
  for (std::size_t i = 0; i < voter.selections.size(); ++i) TUIXUAN_CHECK(session_.mark(i, voter.selections[i]));
  return {};
}

Result<void> Headless::vote_one(const Voter& voter) {
  TUIXUAN_CHECK(session_.recover(stage_, client::minutes_now()).map([](std::size_t) {}));
  const SlipCheck check = slip_check(congress_.state(), stage_.id, stage_.box);
  TUIXUAN_CHECK(session_.scan(stage_, voter.slip, check));
  TUIXUAN_CHECK(mark_all(voter));
  TUIXUAN_TRY(sealed, session_.seal());
  show_sealed("sealed", sealed);
  if (voter.challenge) {
    TUIXUAN_TRY(opened, session_.challenge(client::minutes_now()));
    show_sealed("challenged", opened);
    TUIXUAN_CHECK(mark_all(voter));
    TUIXUAN_TRY(again, session_.seal());
    show_sealed("sealed", again);
  }
  return cast();
}

void Headless::vote(std::string_view line) {
  const auto voter = read_voter(line, stage_.contests);
  const auto voted = voter ? vote_one(*voter) : Result<void>(tl::unexpected<Error>(voter.error()));
  courier_->wake();
  if (voted) return;
  const bool in_hand = session_.step() != Step::waiting;
  const auto left = in_hand ? session_.leave(client::minutes_now()) : Result<void>();
  // A cast in doubt is undone by what was written in its place.
  const bool undone = voted.error().check == code::journal::unknown && left;
  show_refused(undone ? Error{code::journal::write, voted.error().what + "; it is undone"} : voted.error());
  if (!left) show_refused(left.error());
}

void Headless::tell(const Delivery& done, std::size_t waiting) {
  for (const Refusal& turned : done.turned)
    show_(boost::json::serialize(boost::json::object{
        {"event", "turned"}, {"seq", turned.seq}, {"check", name_of(turned.why.check)}, {"what", turned.why.what}}));
  if (done.delivered > 0)
    show_(boost::json::serialize(
        boost::json::object{{"event", "delivered"}, {"ballots", done.delivered}, {"waiting", waiting}}));
}

Result<std::size_t> Headless::finish(std::chrono::seconds patience) { return courier_->finish(patience); }

Result<void> Headless::end() { return end_voting(journal_, stage_, kiosk_, key_, client::minutes_now()); }

}  // namespace tuixuan::kiosk

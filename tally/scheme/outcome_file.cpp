#include "tally/scheme/outcome_file.h"

#include "crypto/codes/documents.h"
#include "tally/scheme/form.h"

namespace tuixuan::scheme {

template <class Io>
void members(Io& io, Elected& e) {
  io.text("name", e.name, 600);
  io.id("contest", e.contest);
}

template <class Io>
void members(Io& io, Office& o) {
  io.id("contest", o.contest);
  io.number("seats", o.seats, 0, kAnyNumber);
  io.number("reduced", o.reduced, 0, kAnyNumber);
  io.number("vacant", o.vacant, 0, kAnyNumber);
  io.objects("elected", o.elected, 1U << 16);
  io.ids("contests", o.contests, 1000);
}

template <class Io>
void members(Io& io, Outcome& o) {
  io.constant("format", "tuixuan-outcome/1");
  io.text("congress", o.congress, 32, TextRule::short_name);
  io.boolean("rehearsal", o.rehearsal);
  io.objects("offices", o.offices, 200);
}

Bytes write_outcome(const Outcome& outcome) { return to_bytes(write_form(outcome, 0)); }

Result<Outcome> parse_outcome(ByteView bytes) {
  const auto json = parse_json(bytes, std::size_t{64} << 20);
  if (!json) return fail(code::outcome::json, json.error().what);
  Faults faults;
  Outcome outcome = read_form<Outcome>(*json, faults);
  if (!faults.empty()) return fail(code::outcome::form, faults[0].path + ": " + faults[0].en);
  if (!equal(write_outcome(outcome), bytes))
    return fail(code::outcome::canonical, "the outcome is not in its one canonical spelling");
  return outcome;
}

}  // namespace tuixuan::scheme

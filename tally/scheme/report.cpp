#include "tally/scheme/report.h"

#include "crypto/codes/documents.h"
#include "tally/scheme/result_members.h"

namespace tuixuan::scheme {

template <class Io>
void members(Io& io, tally::Numbers& n) {
  io.number("registered", n.registered, 0, kAnyNumber);
  io.number("expected", n.expected, 0, kAnyNumber);
  io.number("present", n.present, 0, kAnyNumber);
  io.number("issued", n.issued, 0, kAnyNumber);
  io.number("voters", n.voters, 0, kAnyNumber);
  io.number("returned", n.returned, 0, kAnyNumber);
}

template <class Io>
void members(Io& io, tally::ItemResult& i) {
  io.numbers("grades", i.grades, 6);
  io.number("not_acquainted", i.not_acquainted, 0, kAnyNumber);
  io.number("unmarked", i.unmarked, 0, kAnyNumber);
  io.object("score", i.score);
}

template <class Io>
void members(Io& io, tally::PersonResult& p) {
  io.number("number", p.number, 0, 250);
  io.text("name", p.name, 300);
  io.text("note", p.note, 300, TextRule::may_be_empty);
  io.number("approve", p.approve, 0, kAnyNumber);
  io.number("written", p.written, 0, kAnyNumber);
  io.number("oppose", p.oppose, 0, kAnyNumber);
  io.number("abstain", p.abstain, 0, kAnyNumber);
  io.number("postpone", p.postpone, 0, kAnyNumber);
  io.number("unreadable", p.unreadable, 0, kAnyNumber);
  io.number("cascaded", p.cascaded, 0, kAnyNumber);
  io.choice("outcome", p.outcome, kOutcomes);
  io.object("reason", p.reason);
  io.objects("items", p.items, 12);
  io.object("score", p.score);
}

template <class Io>
void members(Io& io, tally::NextStep& n) {
  io.choice("kind", n.kind, kNextKinds);
  io.number("seats", n.seats, 0, kAnyNumber);
  io.texts("names", n.names, 1U << 20, 600);
}

// Ascending by name, as the map keeps them.
static void counts(FormWriter& io, const char* name, std::map<std::string, std::uint64_t>& map) {
  std::vector<std::pair<std::string, std::uint64_t>> list(map.begin(), map.end());
  io.named_numbers(name, list);
}
static void counts(FormReader& io, const char* name, std::map<std::string, std::uint64_t>& map) {
  std::vector<std::pair<std::string, std::uint64_t>> list;
  io.named_numbers(name, list);
  map.insert(list.begin(), list.end());
}

template <class Io>
void members(Io& io, tally::ContestResult& c) {
  io.id("contest", c.contest);
  io.choice("kind", c.kind, kKinds);
  io.number("ballots", c.ballots, 0, kAnyNumber);
  io.number("valid", c.valid, 0, kAnyNumber);
  io.number("invalid", c.invalid, 0, kAnyNumber);
  io.number("blank", c.blank, 0, kAnyNumber);
  counts(io, "invalid_reasons", c.invalid_reasons);
  counts(io, "write_ins_not_counted", c.write_ins_not_counted);
  io.number("base", c.base, 0, kAnyNumber);
  io.number("need", c.need, 0, kAnyNumber);
  io.number("seats", c.seats, 0, kAnyNumber);
  io.number("vacant", c.vacant, 0, kAnyNumber);
  io.number("tied_seats", c.tied_seats, 0, kAnyNumber);
  io.objects("persons", c.persons, 1U << 20);
  io.optional_number("alternative_need", c.alternative_need);
  io.texts("must_confirm", c.must_confirm, 1U << 20, 600);
  io.objects("next", c.next, 10);
}

template <class Io>
void members(Io& io, Report& r) {
  io.constant("format", "tuixuan-report/1");
  io.text("congress", r.congress, 32, TextRule::short_name);
  io.id("stage", r.stage);
  io.choice("kind", r.kind, kKinds);
  io.boolean("rehearsal", r.rehearsal);
  io.object("numbers", r.numbers);
  io.objects("contests", r.contests, 100);
}

Bytes write_report(const Report& report) { return to_bytes(write_form(report, 0)); }

static constexpr std::size_t kMaxReport = std::size_t{64} << 20;

Result<Report> parse_report(ByteView file) {
  const auto json = parse_json(file, kMaxReport);
  if (!json) return fail(code::report::json, json.error().what);
  Faults faults;
  Report report = read_form<Report>(*json, faults);
  if (!faults.empty()) return fail(code::report::form, faults[0].path + ": " + faults[0].en);
  if (!equal(write_report(report), file))
    return fail(code::report::canonical, "the report is not in its one canonical spelling");
  return report;
}

}  // namespace tuixuan::scheme

// The members of the scheme file, each once, in order, with its limits.
#pragma once

#include "tally/scheme/enum_names.h"

namespace tuixuan::scheme {

inline constexpr std::size_t kTitleBytes = 300;
inline constexpr std::size_t kNameBytes = 90;

template <class Io>
void members(Io& io, tally::Text& t) {
  io.text("zh", t.zh, kTitleBytes);
  io.text("en", t.en, kTitleBytes, TextRule::may_be_empty);
}

template <class Io>
void members(Io& io, tally::Threshold& t) {
  io.number("num", t.num, 0, 1000000);
  io.number("den", t.den, 1, 1000000);
  io.choice("comparison", t.comparison, kComparisons);
  io.choice("base", t.base, kBases);
}

template <class Io>
void members(Io& io, tally::Congress& c) {
  io.text("id", c.id, 32, TextRule::short_name);
  io.object("title", c.title);
  io.object("body", c.body);
  io.object("term", c.term);
  io.text("date", c.date, 10, TextRule::date);
  io.object("place", c.place);
}

template <class Io>
void members(Io& io, tally::Log& l) {
  io.text("origin", l.origin, 200);
  io.hex("key", l.key);
}

template <class Io>
void members(Io& io, tally::Supervisor& s) {
  io.text("id", s.id, 32, TextRule::short_name);
  io.text("name", s.name, kNameBytes);
  io.hex("key", s.key);
}

template <class Io>
void members(Io& io, tally::Officer& o) {
  io.text("id", o.id, 32, TextRule::short_name);
  io.text("name", o.name, kNameBytes);
  io.hex("key", o.key);
}

template <class Io>
void members(Io& io, tally::CandidateSource& s) {
  io.choice("kind", s.kind, kSourceKinds);
  io.text("id", s.id, 32, TextRule::short_name);
}

template <class Io>
void members(Io& io, tally::Follows& f) {
  io.choice("kind", f.kind, kFollowKinds);
  io.id("contest", f.contest);
}

template <class Io>
void members(Io& io, tally::Kiosk& k) {
  io.id("id", k.id);
  io.hex("key", k.key);
  io.id("box", k.box);
}

template <class Io>
void members(Io& io, tally::Chamber& c) {
  io.id("id", c.id);
  io.object("title", c.title);
}

template <class Io>
void members(Io& io, tally::Box& b) {
  io.id("id", b.id);
  io.object("title", b.title);
  io.id("chamber", b.chamber);
  io.object("venue", b.venue);
}

template <class Io>
void members(Io& io, tally::Stage& s) {
  io.id("id", s.id);
  io.choice("kind", s.kind, kKinds);
  io.object("title", s.title);
  io.number("round", s.round, 0, 255);
  io.ids("boxes", s.boxes, 1000);
  io.ids("contests", s.contests, 64);  // as many as one ballot holds
  io.object("quorum", s.quorum);
  io.number("min_ballots", s.min_ballots, 0, 1000000);
  io.ids("after", s.after, 100);
  io.text("not_before", s.not_before, 10, TextRule::date_or_empty);
  io.number("notice_days", s.notice_days, 0, 365);
  if (!io.omitted("proxies", s.proxies == 0)) io.number("proxies", s.proxies, 1, 10);
}

template <class Io>
void members(Io& io, tally::Candidate& c) {
  io.text("name", c.name, kNameBytes);
  io.text("note", c.note, kNameBytes, TextRule::may_be_empty);
}

template <class Io>
void members(Io& io, tally::WriteIns& w) {
  io.choice("rule", w.rule, kWriteInRules);
  io.number("slots", w.slots, 0, 30);
  io.number("name_bytes", w.name_bytes, 0, kNameBytes);
  io.objects("eligible", w.eligible, 5000);
  io.choice("unmarked", w.unmarked, kUnmarked);
}

template <class Io>
void members(Io& io, tally::Answer& a) {
  io.object("label", a.label);
  io.text("sign", a.sign, 12, TextRule::may_be_empty);
}

template <class Io>
void members(Io& io, tally::Answers& a) {
  io.object("approve", a.approve);
  io.object("oppose", a.oppose);
  io.object("abstain", a.abstain);
  io.optional_object("postpone", a.postpone);
}

template <class Io>
void members(Io& io, tally::Grade& g) {
  io.object("label", g.label);
  io.number("weight", g.weight, 0, 1000);
}

template <class Io>
void members(Io& io, tally::Item& i) {
  io.object("title", i.title);
  io.number("weight", i.weight, 1, 100);
}

template <class Io>
void members(Io& io, tally::Rating& r) {
  io.objects("grades", r.grades, 6);
  io.objects("items", r.items, 12);
  io.boolean("not_acquainted", r.not_acquainted);
  io.number("max_best", r.max_best, 0, 250);
  if (!io.omitted("best_limit", r.best_limit == tally::BestLimit::form))
    io.choice("best_limit", r.best_limit, kBestLimits);
  if (io.omitted("empty", r.empty == tally::EmptyCell::as_before)) {
    r.empty = tally::EmptyCell::as_before;
  } else {
    io.choice("empty", r.empty, kEmptyCells);
  }
  io.boolean("refuse_identical", r.refuse_identical);
  io.boolean("trim", r.trim);
}

template <class Io>
void members(Io& io, tally::Contest& c) {
  io.id("id", c.id);
  io.object("title", c.title);
  io.choice("kind", c.kind, kKinds);
  io.number("seats", c.seats, 0, 250);
  io.objects("candidates", c.candidates, 250);
  io.optional_object("source", c.source);
  io.boolean("approval", c.approval);
  io.optional_object("follows", c.follows);
  io.choice("order", c.order, kNameOrders);
  io.text("order_reason", c.order_reason, kTitleBytes, TextRule::may_be_empty);
  io.number("min_choices", c.min_choices, 0, 280);
  io.number("max_choices", c.max_choices, 0, 280);
  io.number("min_extra", c.min_extra, 0, 250);
  io.object("write_ins", c.write_ins);
  io.object("answers", c.answers);
  io.object("majority", c.majority);
  io.optional_choice("alternative", c.alternative, kBases);
  io.optional_object("turnout", c.turnout);
  io.choice("tie", c.tie, kTieRules);
  io.choice("shortage", c.shortage, kShortageRules);
  io.optional_object("new_round", c.new_round);
  io.choice("return_check", c.return_check, kReturnChecks);
  io.ids("cascade", c.cascade, 100);
  if (!io.omitted("excludes", c.excludes.empty())) {
    io.ids("excludes", c.excludes, 100);
    if (c.excludes.empty()) io.fault("empty", "excludes", "没有不能兼任的职务时，不写此项", "leave out an empty list");
  }
  if (!io.omitted("within", !c.within)) io.id("within", c.within ? *c.within : c.within.emplace());
  if (!io.omitted("each_answer", !c.each_answer)) io.boolean("each_answer", c.each_answer);
  io.choice("blank", c.blank, kBlankRules);
  io.choice("unlink", c.unlink, kUnlinks);
  io.optional_object("rating", c.rating);
  io.texts("articles", c.articles, 20, kTitleBytes);
}

template <class Io>
void members(Io& io, tally::Source& s) {
  io.id("contest", s.contest);
  io.number("weight", s.weight, 0, 100);
  io.number("top", s.top, 0, 250);
}

template <class Io>
void members(Io& io, tally::Combination& c) {
  io.id("id", c.id);
  io.object("title", c.title);
  io.choice("rule", c.rule, kCombinationRules);
  io.objects("sources", c.sources, 10);
  io.number("superior_weight", c.superior_weight, 0, 100);
  io.number("bonus", c.bonus, 0, 100);
  io.number("keep", c.keep, 0, 250);
}

// The file groups some members of the Scheme; these views write and read them in their places.
struct KeyHolder {
  tally::Key& key;
};
struct OptionalKeyHolder {
  std::optional<tally::Key>& key;
};
struct Pin {
  Sha256& pin;
};
struct TrusteeGroup {
  tally::Scheme& scheme;
};
struct NumberedTrustee {
  tally::Trustee trustee;
  std::uint32_t index = 0;
};

template <class Io>
void members(Io& io, KeyHolder& k) {
  io.hex("key", k.key);
}
template <class Io>
void members(Io& io, OptionalKeyHolder& k) {
  io.optional_hex("key", k.key);
}
template <class Io>
void members(Io& io, Pin& p) {
  io.hex("pin", p.pin.bytes);
}
template <class Io>
void members(Io& io, NumberedTrustee& t) {
  io.number("index", t.index, 1, 100);
  io.text("name", t.trustee.name, kNameBytes);
  io.hex("key", t.trustee.key);
}

void members(FormReader& io, TrusteeGroup& group);
void members(FormWriter& io, TrusteeGroup& group);

template <class Io>
void members(Io& io, tally::Scheme& s) {
  KeyHolder organiser{s.organiser_key};
  KeyHolder desk{s.desk_key};
  OptionalKeyHolder superior{s.superior_key};
  Pin server{s.server_pin};
  TrusteeGroup trustees{s};
  io.constant("format", "tuixuan-scheme/1");
  io.object("congress", s.congress);
  io.boolean("rehearsal", s.rehearsal);
  io.object("log", s.log);
  io.object("server", server);
  io.object("organiser", organiser);
  io.objects("supervisors", s.supervisors, 100);
  io.object("desk", desk);
  io.optional_object("chair", s.chair);
  io.object("superior", superior);
  io.objects("auditors", s.auditors, 100);
  io.objects("kiosks", s.kiosks, 1000);
  io.object("trustees", trustees);
  io.texts("witnesses", s.witnesses, 50, 300);
  io.objects("chambers", s.chambers, 20);
  io.objects("boxes", s.boxes, 1000);
  io.objects("stages", s.stages, 100);
  io.objects("contests", s.contests, 200);
  io.objects("combinations", s.combinations, 50);
  io.choices("forms", s.forms, kFormKinds);
}

}  // namespace tuixuan::scheme

// Of the flow: a name that is written, and what is asked before it is done.
#include <algorithm>

#include "crypto/codes/ballot.h"
#include "kiosk/flow/flow.h"
#include "tally/names/names.h"

namespace tuixuan::kiosk {

// A sign that only stands between the parts of a name, at its end or alone: the rest is missing.
static bool is_half(std::string_view name) {
  static constexpr std::string_view kBetween[] = {"·", "•", "-", "."};
  return std::any_of(std::begin(kBetween), std::end(kBetween),
                     [&](std::string_view sign) { return name.starts_with(sign) || name.ends_with(sign); });
}

bool Flow::write_in(std::string_view name, std::string_view pending) {
  if (page_ != Page::write_in) return false;
  if (!pending.empty()) return refuse({code::ballot::name_pending, "letters are not a character yet"});
  auto tidy = tally::tidy_name(name, contest().write_ins.name_bytes);
  if (!tidy) return refuse(tidy.error());
  if (is_half(*tidy)) return refuse({code::ballot::name_half, "the name begins or ends with a sign"});
  tally::Selection with = selection();
  const std::size_t at = written_.value_or(with.write_ins.size());
  if (!written_) with.write_ins.push_back({{}, against_});
  with.write_ins.at(at).name = *tidy;
  std::optional<Error> why;
  for (const tally::Problem& p : tally::check(contest(), with))
    if (p.number == at + 1 && !tally::makes_invalid(p.check)) why = Error{p.check, p.what};
  tally::wipe(with);
  if (why) return refuse(*why);
  wipe_name(name_);
  name_ = std::move(*tidy);
  ask(Question::name);
  return true;
}

bool Flow::do_write() {
  const bool done = change([&](tally::Selection& s) {
    if (written_) {
      s.write_ins.at(*written_).name = name_;
    } else {
      s.write_ins.push_back({name_, against_});
    }
  });
  wipe_name(name_);
  written_.reset();
  if (done) go(Page::contest);
  return done;
}

bool Flow::change_written(std::size_t index) {
  if (page_ != Page::contest || index >= selection().write_ins.size()) return false;
  written_ = index;
  against_ = selection().write_ins[index].against;
  wipe_name(name_);
  name_ = selection().write_ins[index].name;
  ask(Question::written);
  return true;
}

bool Flow::rewrite() {
  if (page_ != Page::question || question_ != Question::written) return false;
  go(Page::write_in);
  return true;
}

// --- questions -------------------------------------------------------------------------------------------------------

void Flow::ask(Question question) {
  question_ = question;
  asked_from_ = page_;
  go(Page::question);
}

bool Flow::confirm() {
  if (page_ != Page::question) return false;
  switch (question_) {
    case Question::empty:
      return do_seal();
    case Question::name:
      return do_write();
    case Question::check:
      return do_challenge();
    case Question::written:
      break;
  }
  const std::size_t index = written_.value();
  written_.reset();
  wipe_name(name_);
  const bool done =
      change([&](tally::Selection& s) { s.write_ins.erase(s.write_ins.begin() + static_cast<std::ptrdiff_t>(index)); });
  if (done) go(Page::contest);
  return done;
}

}  // namespace tuixuan::kiosk

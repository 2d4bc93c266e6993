// Parts that the report and the proposal have in common: exact fractions and reasons.
#pragma once

#include "tally/scheme/enum_names.h"
#include "tally/scheme/form.h"

namespace tuixuan::scheme {

template <class Io>
void members(Io& io, tally::Fraction& f) {
  io.number("num", f.num, 0, kAnyNumber);
  io.number("den", f.den, 1, kAnyNumber);
}

template <class Io>
void members(Io& io, tally::Reason& r) {
  io.choice("code", r.code, kReasons);
  io.named_numbers("numbers", r.numbers);
}

}  // namespace tuixuan::scheme

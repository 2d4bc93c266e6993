// The command `tuixuan form`: the forms of a stage to print and sign, from what stands on the log: attendance, the
// close's account of the boxes, the report, the proposal, the notice of the candidates. A form whose data is not on the
// log yet is refused; of `all`, it is left out and named.
#pragma once

#include "tally/organiser/commands.h"

namespace tuixuan::organiser {

struct FormOptions {
  CongressFile congress;
  std::string stage;
  std::vector<std::string> kinds{"report"};  // as in the scheme's list of forms, or "all"
  std::string format = "pdf";                // or csv, json
  std::string file;                          // of one form; else
  std::string dir;                           // one file for each: STAGE-KIND.FORMAT
  std::string contact;                       // on a notice: where objections go
  std::string issuer;                        // on a notice: who signs it
  std::string date;                          // of signing; empty: left to be written
  bool chinese_only = false;
};
[[nodiscard]] Result<void> form(const FormOptions&);

}  // namespace tuixuan::organiser

// What is wrong with a scheme file, told so that the organiser can put it right: all faults at once, each with its
// place in the file, what is wrong and what to do, in both languages.
#pragma once

#include <string>
#include <vector>

#include "crypto/codes/code.h"

namespace tuixuan::scheme {

struct Fault {
  Code check;        // V01.scheme, V01.threshold, V01.mixers, V01.officers
  std::string code;  // what kind of fault, stable: "missing", "unknown", "repeated", "range", ...
  std::string path;  // JSON pointer: /contests/0/seats
  std::string zh;
  std::string en;
  bool warning = false;  // to be read and decided by the organiser; does not stop the scheme
  friend bool operator==(const Fault&, const Fault&) = default;
};
using Faults = std::vector<Fault>;

bool refuses(const Faults&);  // whether one of them is more than a warning

}  // namespace tuixuan::scheme

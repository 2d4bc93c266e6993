// What every command says to people: Chinese, then English; faults of a file each with its place. What is refused:
// tally/client/refusals.h.
#pragma once

#include <string>

#include "tally/scheme/fault.h"

namespace tuixuan::organiser {

void say(const std::string& zh, const std::string& en);
// Prints them all; whether one of them refuses the file.
bool show_faults(const scheme::Faults&);

}  // namespace tuixuan::organiser

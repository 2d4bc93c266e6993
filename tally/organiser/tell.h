// What every command says to people: Chinese, then English; faults of a file each with its place; what was refused, and
// what to do.
#pragma once

#include <string>

#include "crypto/base/result.h"
#include "tally/scheme/fault.h"

namespace tuixuan::organiser {

void say(const std::string& zh, const std::string& en);
// Prints them all; whether one of them refuses the file.
bool show_faults(const scheme::Faults&);
// On standard error: what happened and to what, then the line of its check in Chinese.
void tell_refusal(const Error&);

}  // namespace tuixuan::organiser

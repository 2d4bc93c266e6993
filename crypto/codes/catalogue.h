// The one place that turns a code into words: its stable name (in the protocol, JSON, tests) and what people are told,
// in Chinese and English: what happened, and what to do. Every program asks here and none has sentences of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/codes/code.h"

namespace tuixuan {

// What can be done about an error:
//   later  the server, the network or the moment: the same again may well be taken, nothing is lost by waiting
//   never  what was asked is refused as it stands, by the rules of the log or by the program it was given to
//   mine   this machine's own disk, memory or device: nobody refused anything, and it is here that it must be mended
// A server's disk and one's own are told apart by their codes: ledger::* is always the ledger of this very program, and
// what a server says about its own comes out of tally/client as server::*. What this program does not know comes from a
// newer one, and is no reason to give up a ballot: later.
enum class ErrorKind { later, never, mine };

struct Sentences {
  std::string_view zh;
  std::string_view en;
};

std::string_view name_of(Code);  // "V08.pok"
// What another program calls it; code::plain::unknown for a name that is not listed.
Code code_named(std::string_view name);
bool is_listed(std::string_view name);

ErrorKind kind_of(Code);
Sentences sentences_of(Code);  // what happened; for most also what to do
Sentences advice_on(Code);     // what to do; empty where the sentence says it
std::vector<Code> all_codes();

}  // namespace tuixuan

// Which of three kinds an error is, decided here for every program:
//   later  the server, the network or the moment: the same again may well be taken, nothing is lost by waiting
//   never  what was asked is refused as it stands, by the rules of the log or by the program it was given to
//   mine   this machine's own disk, memory or device: nobody refused anything, and it is here that it must be mended
// A server's disk and one's own are told apart by their checks: "ledger.*" is always the ledger of this very program,
// and what a server says about its own comes out of client::Client as "server.*".
#pragma once

#include <optional>
#include <string_view>

#include "crypto/base/result.h"

namespace tuixuan::client {

enum class ErrorKind { later, never, mine };

// As listed; none for a check that nobody listed (a test keeps that from happening to ours).
std::optional<ErrorKind> listed_kind(std::string_view check);
// A check that is not listed comes from a newer program, and is no reason to give up a ballot: later.
ErrorKind kind_of(const Error& why);

}  // namespace tuixuan::client

// Entries of the log: the envelope, and in it (or by itself, after a byte that names the kind) the body of each kind.
#include "tally/election/envelope.h"
#include "tally/election/thread_bodies.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

namespace {

template <class Body>
void attempt(ByteView bytes) {
  fuzz::require_canonical(bytes, Body::decode(bytes), "body");
}

void body(std::uint8_t number, ByteView bytes) {
  using election::Kind;
  const election::KindInfo* known = election::find_kind(number);
  if (known == nullptr) return;
  switch (known->kind) {
#define TUIXUAN_KIND(number, id, name, signers, check, body, rule, zh, en) \
  case Kind::id:                                                           \
    return attempt<election::body>(bytes);
#include "tally/election/kinds.def"
#undef TUIXUAN_KIND
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const auto envelope = election::Envelope::decode(bytes);
  fuzz::require_canonical(bytes, envelope, "envelope");
  if (envelope) body(static_cast<std::uint8_t>(envelope->kind), envelope->body);
  if (size > 0) body(data[0], bytes.subspan(1));
  return 0;
}

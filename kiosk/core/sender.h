// Delivers the journal to the log in the order of the ballots' numbers. Resending is safe: an entry that is on the log
// already is answered with the same receipt. A cast that the log refuses for good, because its slip was used elsewhere
// or voided meanwhile, becomes an abandon with the same number, so that no honest ballot behind it is held up. When all
// are delivered and the voting here has ended, the end is delivered too.
#pragma once

#include <functional>

#include "kiosk/core/session.h"

namespace tuixuan::kiosk {

// Sends one entry and gives back its verified receipt as text. Errors: the check of the log's refusal; "net.*" and
// "server.*" when it could not be told whether the entry was taken, or not now: it stays in the journal and is sent
// again.
using Deliver = std::function<Result<std::string>(ByteView entry)>;

struct Refusal {
  std::uint64_t seq = 0;
  Error why;
};

struct Delivery {
  std::size_t delivered = 0;
  std::vector<Refusal> turned;  // casts that became abandons: incidents, to be told to the helper
};

bool is_final_refusal(const Error& why);  // V09.second, V09.voided

// Until all are delivered or one fails; what was delivered stays delivered, and stands in `done` either way.
[[nodiscard]] Result<void> deliver_all(Journal& journal, const OpenStage& stage, const primitives::SigningKey& key,
                                       std::uint32_t minutes, const Deliver& deliver, Delivery& done);
// From now on no ballot of this stage is taken here; the kiosk's last number, signed, waits in the journal for all
// ballots before it. Errors: those of Journal::end.
[[nodiscard]] Result<void> end_voting(Journal& journal, const OpenStage& stage, const KioskId& kiosk,
                                      const primitives::SigningKey& key, std::uint32_t minutes);

}  // namespace tuixuan::kiosk

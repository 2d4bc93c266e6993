// Why this kiosk takes no slips now, in words: the cause, what a voter does, what the helper does with the very
// command, and what this kiosk's own disk holds. Pure: from the machine's state to sentences.
#pragma once

#include <QStringList>
#include <QVariantMap>

#include "kiosk/flow/machine.h"
#include "kiosk/ui/look.h"

namespace tuixuan::kiosk {

// cause, voter, helper, detail, disk; empty if there is nothing to say.
QVariantMap stop_of(const Look& look, const MachineState& state);
// What the helper does about an error of the kiosk's standing or of the log.
QString helper_words(const Look& look, const MachineState& state, Code check);
// How many of this kiosk's ballots are not on the log, their trackers, and how their voters vote again; none: empty.
QStringList missing_words(const Look& look, const MachineState& state, std::size_t most = ~std::size_t{0});

}  // namespace tuixuan::kiosk

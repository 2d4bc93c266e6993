// What the pages after marking say, in the voter's language: every contest of the ballot with the choice in words; the
// same of a ballot that was opened to check the machine; and of a fault its cause, what to do, and where the ballot is.
#pragma once

#include <QVariantList>
#include <QVariantMap>

#include "kiosk/flow/machine.h"
#include "kiosk/ui/look.h"
#include "tally/election/opened.h"

namespace tuixuan::kiosk {

// The flow is at a voter's ballot. title, lines, empty, problem of each page of marking.
QVariantList review_of(const Look&, const Flow&);
bool can_seal(const Flow&);
// title, lines of each contest.
QVariantList opened_of(const Look&, const Flow&, const election::OpenedBallot&);
// kind, cause, voter, helper, detail, safe. ballot: name_of(BallotState).
QVariantMap fault_of(const Look&, const Fault&, const QString& ballot, const MachineState&);

}  // namespace tuixuan::kiosk

// What the kiosk prints, as PDF on paper 80 mm wide: a voter's receipt (tracker, and the address of the ballot's
// page on the public board as a code to scan; no choice), the
// kiosk's opening and closing report (counts only).
#pragma once

#include "kiosk/flow/machine.h"
#include "kiosk/ui/look.h"

namespace tuixuan::kiosk {

Bytes receipt_paper(const MachineState& state, const Look& look, const QString& tracker, const QString& address);
Bytes report_paper(const MachineState& state, const Look& look);

}  // namespace tuixuan::kiosk

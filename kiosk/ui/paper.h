// What the kiosk prints, as PDF on paper 80 mm wide: a voter's receipt (tracker and receipt code, no choice), the
// kiosk's opening and closing report (counts only).
#pragma once

#include "kiosk/flow/machine.h"
#include "kiosk/ui/look.h"

namespace tuixuan::kiosk {

Bytes receipt_paper(const MachineState& state, const Look& look, const QString& tracker, const QString& code);
Bytes report_paper(const MachineState& state, const Look& look);

}  // namespace tuixuan::kiosk

// The demo's voters, who are made up: what each marks, as the kiosk takes it on its input ("choices" of
// kiosk/core/headless.h). Who approves whom is drawn anew each time; how many approvals each person gets is set, so
// that the result has a shape.
#pragma once

#include "tally/ballot/choice.h"
#include "tally/ballot/scheme.h"

namespace tuixuan::demo {

// The last seat of an election with more candidates than seats: two people are level, nobody has the majority, or it is
// taken.
enum class LastSeat { level, empty, taken };

// One line for each voter, over all contests of the stage.
std::vector<std::string> made_up_choices(const tally::Scheme&, const tally::Stage&, std::size_t voters, LastSeat);

// One voter who approves these, by number from 1, in the contest "approval".
std::string approval_choices(const std::vector<std::uint32_t>& approved);

}  // namespace tuixuan::demo

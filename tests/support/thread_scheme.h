// The scheme of a whole thread in the kit: members and masses recommend, the superior body too, a shortlist, candidates
// decided and put on notice, a committee, then the secretary from the committee.
#pragma once

#include "tally/ballot/scheme.h"

namespace tuixuan::kit {

class Congress;

inline const StageId kMembers{"members-recommend"};
inline const StageId kMasses{"masses-recommend"};
inline const StageId kElection{"election"};
inline const StageId kSecretary{"secretary-election"};
inline const ContestId kMembersContest{"rec-members"};
inline const ContestId kMassesContest{"rec-masses"};
inline const ContestId kCommittee{"committee"};
inline const ContestId kSecretaryContest{"secretary"};
inline const tally::CombinationId kShortlist{"two-recommendations"};

// Two boxes: main (kiosks K1, K2) and masses (the last kiosk). Gives the kit's kiosks their boxes.
tally::Scheme thread_scheme(Congress&);

}  // namespace tuixuan::kit

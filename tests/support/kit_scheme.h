// The scheme of the kit's congress: a branch with one hall and one box.
#pragma once

#include "tally/ballot/scheme.h"

namespace tuixuan::kit {

class Congress;
tally::Scheme kit_scheme(const Congress&);

}  // namespace tuixuan::kit

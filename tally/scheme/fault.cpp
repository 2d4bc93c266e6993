#include "tally/scheme/fault.h"

#include <algorithm>

namespace tuixuan::scheme {

bool refuses(const Faults& faults) {
  return std::any_of(faults.begin(), faults.end(), [](const Fault& f) { return !f.warning; });
}

}  // namespace tuixuan::scheme

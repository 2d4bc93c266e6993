// How proofs are checked: merged, many equations in one sum with random weights, and again one by one where that fails;
// or exact, each by itself with libsodium alone. What is taken and what is refused, and by which name, is the same.
#pragma once

namespace tuixuan::batch {

enum class Checking { merged, exact };

}  // namespace tuixuan::batch

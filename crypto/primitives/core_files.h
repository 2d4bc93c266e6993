// A core file would hold what the program held: passphrases, keys, a voter's choice. Called first in every main, and
// then neither a crash nor another process of the same user gets at its memory.
#pragma once

namespace tuixuan::primitives {

void forbid_core_files();

}  // namespace tuixuan::primitives

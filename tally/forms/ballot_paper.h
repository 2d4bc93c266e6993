// The ballot papers (选票) of a stage to print: one contest a sheet, the names in their order with the sign box above
// each, the spaces for other names, the legend, and the place for the seal. Every copy is like every other: no serial
// number, no code, nothing that could tell whose it was (a ballot with a mark is void). A sheet with more names than a
// page holds goes on overleaf.
#pragma once

#include "tally/ballot/scheme.h"
#include "tally/forms/page.h"

namespace tuixuan::forms {

// In Chinese; english: under it in English too. Errors: "form.ballot" if the scheme has no such stage; those of
// Document.
[[nodiscard]] Result<Bytes> print_ballot_papers(const tally::Scheme&, const StageId&, bool english = false);

}  // namespace tuixuan::forms

// A form's value (sheet.h) as a file: pages to sign, a table for a spreadsheet, or JSON. Inside this room only.
#pragma once

#include "tally/forms/forms.h"
#include "tally/forms/sheet.h"

namespace tuixuan::forms {

[[nodiscard]] Result<Bytes> sheet_pdf(const Sheet&, const FormData&);
Bytes sheet_csv(const Sheet&, const FormData&);
Bytes sheet_json(const Sheet&, const FormData&, tally::FormKind);

// One cell by RFC 4180, in quotes where it must be. One that begins with = + - @ or a control character, which a
// spreadsheet would take for a formula, gets a ' in front.
std::string csv_cell(std::string_view);

}  // namespace tuixuan::forms

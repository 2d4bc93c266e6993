#include "tally/forms/forms.h"

#include "tally/forms/build.h"
#include "tally/forms/sheet_file.h"

namespace tuixuan::forms {

static Result<Sheet> sheet_of(tally::FormKind kind, const FormData& data) {
  using tally::FormKind;
  TUIXUAN_CHECK(check_data(kind, data));
  switch (kind) {
    case FormKind::attendance:
      return attendance_sheet(data);
    case FormKind::papers:
      return papers_sheet(data);
    case FormKind::tally_sheet:
      return tally_sheet(data);
    case FormKind::tally_summary:
      return summary_sheet(data);
    case FormKind::invalid:
      return invalid_sheet(data);
    case FormKind::report:
    case FormKind::decision:
    case FormKind::rating:
      return report_sheet(data, kind);
    case FormKind::elected:
      return elected_sheet(data);
    case FormKind::recommendation:
      return recommendation_sheet(data);
    case FormKind::notice:
      return notice_sheet(data);
  }
  bug("no such form");
}

Result<Bytes> make(tally::FormKind kind, const FormData& data) {
  TUIXUAN_TRY(sheet, sheet_of(kind, data));
  return sheet_pdf(sheet, data);
}

Result<Bytes> make_csv(tally::FormKind kind, const FormData& data) {
  TUIXUAN_TRY(sheet, sheet_of(kind, data));
  return sheet_csv(sheet, data);
}

Result<Bytes> make_json(tally::FormKind kind, const FormData& data) {
  TUIXUAN_TRY(sheet, sheet_of(kind, data));
  return sheet_json(sheet, data, kind);
}

}  // namespace tuixuan::forms

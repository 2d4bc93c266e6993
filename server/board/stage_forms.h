// The forms of a stage from what stands on the log: attendance, the close's account of the boxes, the report, the
// proposal, the notice of the candidates. Below stage/<id>/forms/ as <kind>.pdf, .csv and .json. Data is taken from the
// state and the file made from the data alone, so that a server need not hold its state still while pages are set.
// Errors: "step.stage": no such stage; "scheme.*": of a report that cannot be read; those of forms.h.
#pragma once

#include "server/board/site.h"
#include "tally/forms/forms.h"

namespace tuixuan::board {

[[nodiscard]] Result<forms::FormData> form_data(const election::State&, const StageId&,
                                                const tally::StrokeTable* strokes);
// Of the file that the figures come from, as it can be had from the record.
Sha256 form_fingerprint(tally::FormKind, const forms::FormData&, const election::State&);
// Those of the scheme's list, or every one where it names none.
std::vector<tally::FormKind> listed_forms(const tally::Scheme&);
std::string form_name(tally::FormKind);  // as in the scheme
[[nodiscard]] Result<Bytes> make_form(tally::FormKind, const forms::FormData&, std::string_view format);

inline constexpr std::string_view kFormFormats[] = {"pdf", "csv", "json"};

// What a path below stage/ asks for.
struct FormAsked {
  tally::FormKind kind;
  std::string format;
  forms::FormData data;
  [[nodiscard]] Result<File> make() const;
};
// Nothing if the path is no form's, or its data is not on the log.
std::optional<FormAsked> find_form(const Site&, std::string_view path);
// The forms whose data is on the log.
std::vector<tally::FormKind> forms_at_hand(const Site&, const StageId&);

}  // namespace tuixuan::board

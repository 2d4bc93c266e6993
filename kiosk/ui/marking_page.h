// What a page of marking says, in the voter's language: its contest, or one candidate of it, and the choice as it
// stands. Pure: from the contest and the selection to sentences, signs and rows; nothing is kept here.
#pragma once

#include <QStringList>
#include <QVariantList>

#include "kiosk/flow/flow.h"
#include "kiosk/flow/roll_search.h"
#include "kiosk/ui/look.h"
#include "kiosk/ui/row_model.h"

namespace tuixuan::kiosk {

struct Marked {
  const tally::Contest& contest;
  const tally::Selection& selection;
  std::optional<std::size_t> only;  // the candidate, on a page about one
  std::vector<bool> abstained;      // by the voter's own hand; empty: none
};

QString form_name(const tally::Contest&);  // "answers", "choose", "grades"
QString person_of(const Marked&);
QString hint_of(const Look&, const tally::Contest&);
QString counter_of(const Look&, const Marked&);
QString problem_words(const Look&, const tally::Selection&, const tally::Problem&);
// The first problem that the page must tell now; what more marks may still put right only once it was `tried`.
QString problem_of(const Look&, const Marked&, bool tried);

QVariantList answers_of(const Look&, const tally::Contest&);  // mark, label, sign
QStringList grades_of(const Look&, const tally::Contest&);

// Which rows of a long list are shown.
struct Sieve {
  RollSearch* finder = nullptr;  // null: all
  QString filter;
  bool chosen_only = false;
};
std::vector<Row> rows_of(const Look&, const Marked&, const Sieve&);

QVariantList free_names_of(const tally::Selection&);  // written on free lines: name, at
QString write_line_of(const Look&, const Marked&);    // empty where no more can be written

}  // namespace tuixuan::kiosk

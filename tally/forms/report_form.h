// The report of a stage to print, sign and file (选举结果报告单, 推荐结果汇总表, 票决情况报告单, 测评汇总表):
// attendance and ballots, every person with the votes and the reason for the outcome, what is still to be decided and
// by whom, and lines for the signatures. It says nothing that is not in the report file; the file's fingerprint stands
// on it, so that paper and record can be compared. What depends on an unsettled rule is printed above the table, by
// name.
#pragma once

#include "tally/forms/page.h"
#include "tally/scheme/report.h"

namespace tuixuan::forms {

// report_file: the SHA-256 of the report as it stands in the record.
// Errors: "form.report" if the report is not one of this scheme's (stage, contest, candidates, rating); those of
// Document.
[[nodiscard]] Result<Bytes> print_report(const tally::Scheme& scheme, const scheme::Report& report,
                                         const Sha256& report_file);

}  // namespace tuixuan::forms

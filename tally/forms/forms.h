// The forms of a vote to print, sign and file (tally::FormKind), each from its data alone: the same data gives the same
// bytes, as PDF to sign, as CSV for a spreadsheet and as JSON. All three say the same figures; nothing stands on a form
// that is not in its data or follows from it. The fingerprint of the record stands on every page, so that paper and
// record can be compared. Refuses to print what does not belong together.
#pragma once

#include "tally/count/attendance.h"
#include "tally/forms/page.h"
#include "tally/names/strokes.h"
#include "tally/scheme/outcome_file.h"
#include "tally/scheme/proposal.h"
#include "tally/scheme/report.h"

namespace tuixuan::forms {

struct Group {  // a counting group (计票小组), or a box counted by itself
  tally::Text title;
  std::string leader;                // may be empty: left to be written
  std::vector<std::string> members;  // may be empty
  std::vector<tally::ContestResult> contests;
};

struct InvalidBallot {  // one line of the register (无效票登记)
  ContestId contest;
  std::string group;         // title of the group or box; may be empty
  std::uint64_t number = 0;  // in its pile, from 1
  std::string reason;        // a check of the count ("ballot.overvote"), or what two people wrote
  std::string decided_by;    // may be empty: left to be signed
};

struct NoticePerson {
  std::string name;
  std::string data;  // 基本情况: sex, birth, post, ...
};
struct Notice {       // 公示
  tally::Text title;  // what it is about: 拟确定的候选人, ...
  std::string text;   // the opening sentence; may be empty
  std::vector<NoticePerson> persons;
  std::string from;  // YYYY-MM-DD
  std::string to;
  std::string contact;  // where objections go: office, telephone
  std::string issuer;   // who signs it
};

// What a kind of form needs of this:
//   attendance, papers               attendance
//   tally_sheet                      groups (a page for each); none: one group of the whole report
//   tally_summary                    groups and report
//   invalid                          report; invalid_ballots, or else only the sums by reason
//   report, elected, decision, rating  report (attendance, if given, is told in full); elected: or outcome
//   recommendation                   report, or proposal with the reports of its sources
//   notice                           notice
struct FormData {
  tally::Scheme scheme;
  StageId stage;
  std::optional<tally::Attendance> attendance;
  std::optional<scheme::Report> report;
  std::vector<Group> groups;
  std::vector<InvalidBallot> invalid_ballots;
  std::optional<scheme::ProposalFile> proposal;
  std::vector<scheme::Report> sources;  // of the proposal: every report that holds one of its contests
  std::optional<Notice> notice;
  std::optional<scheme::Outcome> outcome;       // over all rounds: the list of the elected is made from it
  std::optional<Sha256> corrects;               // the report that this one corrects, announced before
  Sha256 fingerprint;                           // of the file the figures come from: report, record, ballots
  std::string date;                             // YYYY-MM-DD of signing; empty: left to be written
  bool english = true;                          // English under the Chinese; without: Chinese alone
  const tally::StrokeTable* strokes = nullptr;  // for lists by surname strokes; must outlive the call
};

// Errors: "form.data": something that this kind needs is missing; "form.report": the report, the groups or the proposal
// are not of this scheme (stage, contests, candidates, grades); "form.strokes": a list by strokes and no table; those
// of Document.
[[nodiscard]] Result<Bytes> make(tally::FormKind, const FormData&);  // PDF
// RFC 4180 with a UTF-8 mark at the start, as Chinese spreadsheets want it; a cell that would be a formula begins with
// '.
[[nodiscard]] Result<Bytes> make_csv(tally::FormKind, const FormData&);
[[nodiscard]] Result<Bytes> make_json(tally::FormKind, const FormData&);  // "tuixuan-form/1"

// Whether the data has what this kind needs, and the stage is one that has such a form.
bool can_make(tally::FormKind, const FormData&);
// 到会人数报告 and so on.
tally::Text title_of(tally::FormKind, tally::Kind);

}  // namespace tuixuan::forms

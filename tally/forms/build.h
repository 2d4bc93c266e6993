// The content of each form, and small words they share. Inside this room only.
#pragma once

#include "tally/forms/forms.h"
#include "tally/forms/sheet.h"

namespace tuixuan::forms {

// That the data belongs together; every builder may then look things up without doubt.
[[nodiscard]] Result<void> check_data(tally::FormKind, const FormData&);

Sheet attendance_sheet(const FormData&);
Sheet papers_sheet(const FormData&);
Sheet tally_sheet(const FormData&);
Sheet summary_sheet(const FormData&);
Sheet invalid_sheet(const FormData&);
Sheet report_sheet(const FormData&, tally::FormKind);  // report, decision, rating
Result<Sheet> elected_sheet(const FormData&);
Sheet recommendation_sheet(const FormData&);
Sheet notice_sheet(const FormData&);

// Parts of several forms.
void add_contest_facts(Sheet&, const tally::Contest&, const tally::ContestResult&);
void add_result(Sheet&, const tally::Contest&, const tally::ContestResult&);
Table grades_table(const tally::Contest&, const tally::ContestResult&, std::uint64_t base);
void add_numbers(Sheet&, const FormData&);
Signatures counting_signatures();

const tally::Stage& stage_of(const FormData&);
const tally::ContestResult* find_result(const scheme::Report&, const ContestId&);
Text title_of_box(const tally::Scheme&, const BoxId&);

Field count_of(std::uint64_t);
Field plain(std::string);
std::string number(std::uint64_t);
std::string percent(const tally::Fraction&);  // "66.67%"
std::string percent(std::uint64_t part, std::uint64_t whole);
std::string joined(const std::vector<std::string>&);  // 甲、乙、丙
std::string date_zh(const std::string& iso);          // 2026年5月20日
Text needed_words(const tally::Contest&,
                  const tally::ContestResult&);  // what it takes; also where no majority is asked
bool of_villagers(const tally::Stage&);          // a vote of those registered in a village, not of Party members
std::string or_line(std::uint64_t, bool given);  // a number, or a line to write it on
Text remark_of(const tally::Contest&, const tally::PersonResult&);  // of a name that is not printed here
Text fraction_words(const tally::Threshold&);                       // 不少于五分之四, at least 4/5
std::string name_of(const tally::PersonResult&);
bool any(const tally::ContestResult&, std::uint64_t tally::PersonResult::*);

}  // namespace tuixuan::forms

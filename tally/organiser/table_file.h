// A table on disk for the one reader (tally/table): a stream, since it may be far larger than the memory. A sheet of a
// workbook is named FILE.xlsx#SHEET.
#pragma once

#include <functional>

#include "tally/ballot/scheme.h"
#include "tally/table/table.h"

namespace tuixuan::organiser {

// Error "count.file".
[[nodiscard]] Result<table::Source> file_source(const std::string& name);

// The table of FILE or FILE.xlsx#SHEET, not yet read. Error "count.file".
[[nodiscard]] Result<table::Table> open_table(const std::string& name);

// The file's name without a sheet's.
std::string file_of(const std::string& name);

// Reads it; the reading report goes to standard error, unless what is printed is for machines. Errors: "count.file";
// those of `read`, with the file's name.
enum class Report { shown, not_shown };
[[nodiscard]] Result<void> with_table(const std::string& name, const std::function<Result<void>(table::Table&)>& read,
                                      Report = Report::shown);

// Whether the file is a workbook, by its first bytes. Error "count.file".
[[nodiscard]] Result<bool> is_workbook_file(const std::string& name);

// The stage of that name; without a name the only one. Error "count.stage".
[[nodiscard]] Result<tally::Stage> stage_of(const tally::Scheme&, const std::string& name);

}  // namespace tuixuan::organiser

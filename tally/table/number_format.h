// What a spreadsheet shows for a number: by its format a date, a time, a percentage, digits with leading zeros, or the
// number itself. Whole numbers of 15 and more digits are beyond what a spreadsheet keeps: they are written with an
// exponent, so that a reader sees that they were rounded. ECMA-376 part 1, 18.8.30 and 18.17.4.
#pragma once

#include <string>
#include <string_view>

namespace tuixuan::table {

enum class Shown { number, date, time, date_and_time, percent, zeros };
struct NumberFormat {
  Shown shown = Shown::number;
  std::size_t digits = 0;  // of zeros
};

NumberFormat format_of_id(unsigned id);  // those that have no code in the file
NumberFormat format_of_code(std::string_view code);

// `since_1904`: the workbook counts days from 1904.
std::string shown_as(double value, const NumberFormat&, bool since_1904);

}  // namespace tuixuan::table

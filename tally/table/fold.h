// What is the same to a reader although its characters differ: spaces of every kind, invisible characters, line breaks
// inside a cell, full and half width. Nothing here decides who a person is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tuixuan::table {

// A cell as it is read: without Unicode spaces and invisible characters at its ends, invisible ones inside removed, a
// line break inside (with the spaces around it) made one space. Text that is not UTF-8 comes back as it is.
std::string tidy_cell(std::string_view cell);
void tidy_in_place(std::string& cell);

// What cells are compared by, headings above all: width folded (NFKC), small letters, no space at all.
std::string fold(std::string_view cell);

// As `fold`, without a leading * and without a hint in brackets at the end: *姓名, 到会（是/否）.
std::string fold_heading(std::string_view cell);

// Whether two folded headings are so alike that a person would take one for the other: one holds the other, or they
// differ in one of three or more characters.
bool alike(std::string_view a, std::string_view b);

// Its characters; of text that is not UTF-8, its bytes.
std::vector<std::string> characters_of(std::string_view text);

}  // namespace tuixuan::table

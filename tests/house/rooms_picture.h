// The rooms as a picture, drawn from README.md's table: a box for each, above all that it may use; an arrow to each
// room of its row that no other arrow already leads to. SVG, the same bytes for the same table.
#pragma once

#include <string>

#include "tests/house/source_tree.h"

namespace tuixuan::house {

// 0 for a room that uses none; else one more than the highest it uses. The table has no circle.
std::map<std::string, int> floors(const Table& table);
// Of its row, without those that another room of the row reaches.
std::set<std::string> nearest(const Table& table, const std::string& room);
std::string picture_of(const Table& table);

}  // namespace tuixuan::house

// Making HTML: every text from a record passes through esc(), so that it can only become text. Nothing here knows what
// a page is about.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tuixuan::board {

std::string esc(std::string_view text);
inline std::string n(std::uint64_t value) { return std::to_string(value); }

// <name attributes>inner</name>; inner is HTML already, attributes are ours.
std::string el(std::string_view name, std::string_view inner, std::string_view attributes = {});
std::string link(std::string_view href, std::string_view text);  // text is escaped here
std::string row(std::initializer_list<std::string> cells, std::string_view cell = "td");
// A text as a string of JSON that may stand in a script element.
std::string json_text(std::string_view text);

// A bar of votes of a whole, and the votes as strokes of 正, five each; both are pictures with their numbers as words.
std::string bar(std::uint64_t part, std::uint64_t whole, std::string_view kind);
std::string strokes(std::uint64_t votes);
// Must stand once on a page with strokes().
std::string stroke_symbols();

}  // namespace tuixuan::board

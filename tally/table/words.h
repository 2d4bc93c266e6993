// The usual words of tables, in one list: yes and no with their marks, why somebody did not come, sum rows, what stands
// below a table, numbers that a spreadsheet rounded. What is not in the list is unknown: the reader of a table refuses
// it with its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tuixuan::table {

enum class Answer { empty, yes, no, unknown };

// 是 否 有 无 √ ✓ × 1 0 Y N and the like.
Answer answer_of(std::string_view cell);

// Who came: the words above, 到 出席 已到 实到 ...; and who did not, with the reason where the cell has one.
struct Came {
  Answer answer = Answer::unknown;
  std::string reason;  // of absence, as written; empty if the cell only says no
};
Came came_of(std::string_view cell);
std::string came_words();  // what may stand there, for a refusal

// 合计, 总计, 小计 ... with or without a number.
enum class Sum { part, whole };  // 小计 is of the rows since the last one
struct SumRow {
  Sum of = Sum::whole;
  std::optional<std::uint64_t> number;
};
std::optional<SumRow> sum_row(std::string_view first_cell);

// 填表人：…, 审核：…, 第 1 页 共 3 页: what stands below a table, not a row of it.
bool is_footer(std::string_view first_cell);

// A mark in the form in which it is compared: the circles ○ 〇 ◯ O are one, so are the crosses × ✕ ✗ X, the ticks
// √ ✓ ✔ and the question marks. Anything else: folded.
std::string sign_of(std::string_view cell);

// What stands in 整票无效: nothing or no (valid); yes, or a reason in the usual words (void).
struct VoidMark {
  Answer answer = Answer::unknown;
  std::string reason;  // as written, if it is one
};
VoidMark void_of(std::string_view cell);

// A whole number in digits of either width, with or without 张, 人, 票, 名, 分 after it; "5.0" is 5.
std::optional<std::uint64_t> number_of(std::string_view cell);

// A number of identity that a spreadsheet made a rounded number: 1.1E+17, or 15 and more digits ending in 000.
bool is_rounded_identity(std::string_view cell);

}  // namespace tuixuan::table

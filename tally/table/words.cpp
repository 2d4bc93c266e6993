#include "tally/table/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

#include "tally/table/fold.h"

namespace tuixuan::table {

namespace {

// All as `fold` leaves them.
constexpr std::array<std::string_view, 19> kYes{"是", "有", "对", "√", "✓",   "✔",    "☑", "✅", "○", "〇",
                                                "◯",  "●",  "1",  "y", "yes", "true", "t", "v", "ok"};
constexpr std::array<std::string_view, 17> kNo{"否", "无", "不", "×",     "✗", "✘", "x", "✕",   "❌",
                                               "0",  "n",  "no", "false", "f", "-", "—", "没有"};
constexpr std::array<std::string_view, 15> kCame{"到",     "到会",   "已到会", "实到",    "实到会",
                                                 "出席",   "已出席", "已到",   "参会",    "参加",
                                                 "已签到", "签到",   "在场",   "present", "attended"};
constexpr std::array<std::string_view, 11> kStayedAway{"未到",   "未到会", "缺席", "未出席", "没到",  "不到",
                                                       "未参会", "未参加", "缺",   "absent", "未签到"};
// A reason of absence holds one of these.
constexpr std::array<std::string_view, 33> kReasons{
    "请假", "病",   "事假", "公假", "产假", "婚假", "丧假", "休假", "年假", "探亲", "出差",
    "外出", "公出", "因公", "因事", "因私", "外地", "务工", "打工", "住院", "就医", "卧床",
    "学习", "培训", "进修", "上学", "读书", "值班", "值守", "出国", "出境", "失联", "未请假"};
constexpr std::array<std::string_view, 8> kSums{"合计", "总计", "共计", "总数", "小计", "累计", "本页合计", "本页小计"};
constexpr std::array<std::string_view, 3> kPartSums{"小计", "本页合计", "本页小计"};
constexpr std::array<std::string_view, 24> kFooters{
    "填表人", "制表人",   "制表",     "填报人",     "填表",     "审核人",   "审核",     "复核人",
    "复核",   "经办人",   "负责人",   "单位负责人", "填表日期", "制表日期", "填报日期", "日期",
    "单位",   "填报单位", "单位盖章", "备注",       "说明",     "注",       "监票人",   "计票人"};

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

}  // namespace

Answer answer_of(std::string_view cell) {
  const std::string text = fold(cell);
  if (text.empty()) return Answer::empty;
  if (is_one_of(text, kYes)) return Answer::yes;
  return is_one_of(text, kNo) ? Answer::no : Answer::unknown;
}

Came came_of(std::string_view cell) {
  const std::string text = fold(cell);
  if (const Answer plain = answer_of(cell); plain != Answer::unknown) return {plain, ""};
  if (is_one_of(text, kCame)) return {Answer::yes, ""};
  if (is_one_of(text, kStayedAway)) return {Answer::no, ""};
  std::string rest = text;  // 因病未到会 says one thing, 请假后到会 two
  for (const std::string_view word : kStayedAway)
    if (const auto at = rest.find(word); at != std::string::npos) rest.erase(at, word.size());
  for (const std::string_view word : {"到会", "实到", "出席", "已到", "参会", "签到", "在场"})
    if (rest.find(word) != std::string::npos) return {};
  for (const std::string_view reason : kReasons)
    if (text.find(reason) != std::string::npos) return {Answer::no, tidy_cell(cell)};
  return {};
}

std::string came_words() {
  return "到会写 是、√、1 或 出席；未到会写 否、缺席，或原因：请假、病假、事假、出差、外出务工";
}

static bool holds_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto w) { return text.find(w) != std::string_view::npos; });
}

std::optional<SumRow> sum_row(std::string_view first_cell) {
  if (!holds_one_of(first_cell, {"计", "总", "共"})) return std::nullopt;  // of most cells that is told at once
  std::string text = fold(first_cell);
  std::erase_if(text, [](char c) { return c == ':' || c == ',' || c == '(' || c == ')'; });
  std::size_t digits = 0;
  while (digits < text.size() && (text[digits] < '0' || text[digits] > '9')) ++digits;
  std::string word = text.substr(0, digits);
  if (word == "共" && digits < text.size()) word = "共计";
  if (!is_one_of(word, kSums)) return std::nullopt;
  SumRow out;
  if (is_one_of(word, kPartSums)) out.of = Sum::part;
  if (digits == text.size()) return out;
  out.number = number_of(text.substr(digits));
  if (!out.number) return std::nullopt;  // 总数1号路: whatever it is, it is no sum
  return out;
}

bool is_footer(std::string_view first_cell) {
  if (!holds_one_of(first_cell, {":", "：", "页"})) return false;
  const std::string text = fold(first_cell);
  const auto colon = text.find(':');
  if (colon != std::string::npos) {
    std::string label = text.substr(0, colon);
    if (const auto open = label.find('('); open != std::string::npos) label.erase(open);
    return is_one_of(std::string_view(label), kFooters);
  }
  return text.starts_with("第") && text.find("页") != std::string::npos && text.size() < 60;
}

std::string sign_of(std::string_view cell) {
  constexpr std::array<std::string_view, 7> kCircles{"○", "〇", "◯", "⭕", "⚪", "o", "о"};
  constexpr std::array<std::string_view, 9> kCrosses{"×", "✕", "✖", "✗", "✘", "╳", "❌", "x", "х"};
  constexpr std::array<std::string_view, 5> kTicks{"√", "✓", "✔", "☑", "✅"};
  const std::string text = fold(cell);
  if (is_one_of(text, kCircles)) return "○";
  if (is_one_of(text, kCrosses)) return "×";
  if (is_one_of(text, kTicks)) return "√";
  return text;
}

VoidMark void_of(std::string_view cell) {
  // A reason holds one of these.
  constexpr std::array<std::string_view, 61> kStems{
      "污",       "破",   "撕",     "损",   "涂",   "改",     "辨认", "认不",     "看不清", "不清", "模糊",
      "多选",     "超",   "多于",   "少于", "不足", "未盖章", "无章", "没有盖章", "印章",   "公章", "伪造",
      "假",       "自制", "仿",     "签名", "署名", "记号",   "暴露", "不符",     "未按",   "不合", "侮辱",
      "铅笔",     "圆珠", "红笔",   "画叉", "划叉", "打叉",   "画×",  "图画",     "图案",   "乱画", "乱写",
      "违反",     "违规", "漏选",   "重复", "代写", "代填",   "多填", "多写",     "谩骂",   "无关", "非本次",
      "不是选票", "符号", "同一格", "写错", "选错", "填写"};
  constexpr std::array<std::string_view, 8> kVoid{"无效",     "无效票",   "废票", "作废",
                                                  "全票无效", "整票无效", "void", "invalid"};
  constexpr std::array<std::string_view, 4> kValid{"有效", "有效票", "valid", "正常"};
  const std::string text = fold(cell);
  if (const Answer plain = answer_of(cell); plain != Answer::unknown) return {plain, ""};
  if (is_one_of(text, kValid)) return {Answer::no, ""};
  if (is_one_of(text, kVoid)) return {Answer::yes, ""};
  for (const std::string_view lead : {"无效:", "作废:", "废票:"})
    if (text.starts_with(lead) && text.size() > lead.size()) {
      const std::string whole = tidy_cell(cell);
      const auto colon = whole.find(':') != std::string::npos ? whole.find(':') + 1 : whole.find("：") + 3;
      return {Answer::yes, tidy_cell(std::string_view(whole).substr(colon))};
    }
  for (const std::string_view other : {"有效", "正常", "无误", "没有问题", "待", "疑"})  // 填写正常 is no reason
    if (text.find(other) != std::string::npos) return {};
  for (const std::string_view stem : kStems)
    if (text.find(stem) != std::string::npos) return {Answer::yes, tidy_cell(cell)};
  return {};
}

std::optional<std::uint64_t> number_of(std::string_view cell) {
  std::string text = fold(cell);
  for (const std::string_view unit : {"张", "人", "票", "名", "分", "位"})
    if (text.ends_with(unit)) {
      text.resize(text.size() - unit.size());
      break;
    }
  if (const auto point = text.find('.'); point != std::string::npos && point > 0 && point + 1 < text.size() &&
                                         text.find_first_not_of('0', point + 1) == std::string::npos)
    text.erase(point);
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [last, bad] = std::from_chars(text.data(), end, value);
  if (text.empty() || bad != std::errc() || last != end) return std::nullopt;
  return value;
}

bool is_rounded_identity(std::string_view cell) {
  const std::string text = fold(cell);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (const auto e = text.find('e'); e != std::string::npos && e > 0) {
    const std::string mantissa = text.substr(0, e);
    const std::string power = text.substr(e + 1);
    return std::all_of(mantissa.begin(), mantissa.end(), [&](char c) { return digit(c) || c == '.'; }) &&
           power.size() >= 2 && (power[0] == '+' || digit(power[0])) &&
           std::all_of(power.begin() + 1, power.end(), digit);
  }
  return text.size() >= 15 && std::all_of(text.begin(), text.end(), digit) && text.ends_with("000");
}

}  // namespace tuixuan::table

#include "tally/forms/slip_sheet.h"

#include <algorithm>
#include <string>

#include "crypto/codes/organiser.h"

namespace tuixuan::forms {
namespace {

constexpr std::size_t kColumns = 2;
constexpr std::size_t kRows = 5;
constexpr double kWidth = 95;
constexpr double kHeight = 55;
constexpr double kLeft = (kPageWidth - kColumns * kWidth) / 2;
constexpr double kTop = (kPageHeight - kRows * kHeight) / 2;
constexpr double kInset = 4;
constexpr double kCode = 34;
constexpr std::size_t kMaxCode = 64;
static_assert(kColumns * kRows == kSlipsPerPage);

bool is_slip(std::string_view text) {
  return text.size() > 4 && text.size() <= kMaxCode && text.starts_with("TX1-") &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; });
}

Result<void> check(const SlipSheet& sheet) {
  if (sheet.slips.empty()) return fail(code::form::slips, "no slips to print");
  if (sheet.slips.size() > kMaxSlips)
    return fail(code::form::slips, "more than " + std::to_string(kMaxSlips) + " slips in one file");
  if (!std::all_of(sheet.slips.begin(), sheet.slips.end(), is_slip))
    return fail(code::form::slips, "a text that is no slip");
  std::vector<std::string_view> sorted(sheet.slips.begin(), sheet.slips.end());
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    return fail(code::form::slips, "the same slip twice");
  return {};
}

// "TX1-ABCD-...": the groups, a line break in the middle, so that a person can follow them.
std::string in_two_lines(std::string_view slip) {
  const auto groups = static_cast<std::size_t>(std::count(slip.begin(), slip.end(), '-')) + 1;
  std::string out;
  std::size_t seen = 0;
  for (const char c : slip) {
    out += c;
    if (c == '-' && ++seen == groups / 2) out += '\n';
  }
  return out;
}

void draw(Document& page, const SlipSheet& sheet, const std::string& slip, double x, double y) {
  const double right = x + kInset + kCode + 2;
  const double width = x + kWidth - kInset - right;
  const double inner = kWidth - 2 * kInset;
  const std::string round = std::to_string(sheet.round);
  const std::string box = sheet.box.zh + (sheet.box.en.empty() ? "" : "  " + sheet.box.en);
  page.text({x + kInset, y + 2.5, inner, 6.2}, sheet.congress.zh, {12, true, false, Align::centre});
  page.text({x + kInset, y + 8.4, inner, 4.2}, sheet.congress.en, {8, false, false, Align::centre});
  page.qr(x + kInset - 1, y + 11.5, kCode, slip);
  page.text({right, y + 14.2, width, 6.2}, sheet.rehearsal ? "演练 REHEARSAL" : "领票凭条 Voting slip",
            {12, true, false, Align::left});
  page.text({right, y + 20.4, width, 5.2}, box, {9.5, false, false, Align::left});
  page.text({right, y + 25.2, width, 5.2}, "第 " + round + " 轮  Round " + round, {9.5, false, false, Align::left});
  page.text({right, y + 31.8, width, 12.5}, in_two_lines(slip), {12, true, true, Align::left});
  page.text({x + kInset, y + 45.6, inner, 3.8}, "在投票终端扫描一次即可投票。不记名，请勿给他人看，请勿折损二维码。",
            {7, false, false, Align::centre});
  page.text({x + kInset, y + 49.2, inner, 3.8}, "Scan it once at a kiosk to vote. It names nobody; show it to nobody.",
            {7, false, false, Align::centre});
}

void draw_cut_lines(Document& page) {
  for (std::size_t i = 0; i <= kColumns; ++i) {
    const double x = kLeft + static_cast<double>(i) * kWidth;
    page.line(x, kTop, x, kTop + kRows * kHeight, true);
  }
  for (std::size_t i = 0; i <= kRows; ++i) {
    const double y = kTop + static_cast<double>(i) * kHeight;
    page.line(kLeft, y, kLeft + kColumns * kWidth, y, true);
  }
}

}  // namespace

Result<Bytes> print_slips(const SlipSheet& sheet) {
  TUIXUAN_CHECK(check(sheet));
  Document page(sheet.congress.zh);
  for (std::size_t i = 0; i < sheet.slips.size() && page.ok(); ++i) {
    const std::size_t place = i % kSlipsPerPage;
    if (i > 0 && place == 0) page.next_page();
    if (place == 0) draw_cut_lines(page);
    draw(page, sheet, sheet.slips[i], kLeft + static_cast<double>(place % kColumns) * kWidth,
         kTop + static_cast<double>(place / kColumns) * kHeight);
  }
  return page.finish();
}

}  // namespace tuixuan::forms

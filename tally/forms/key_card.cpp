#include "tally/forms/key_card.h"

#include <qrencode.h>

#include "crypto/codes/organiser.h"

namespace tuixuan::forms {

namespace {

constexpr double kLeft = 20;
constexpr double kTop = 20;
constexpr double kWidth = 125;
constexpr double kHeight = 80;
constexpr double kCode = 70;
constexpr int kQuietZone = 4;

// 64 digits in lines of two groups of eight.
std::string in_groups(const std::string& hex) {
  std::string out;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    if (i > 0 && i % 8 == 0) out += i % 16 == 0 ? '\n' : ' ';
    out += hex[i];
  }
  return out;
}

}  // namespace

Result<Bytes> print_key_card(const KeyCard& card) {
  Document page("密钥卡 " + card.role);
  const double x = kLeft + kCode + 6;
  const double width = kWidth - kCode - 10;
  page.frame({kLeft, kTop, kWidth, kHeight});
  page.qr(kLeft + 4, kTop + 5, kCode, card.code);
  page.text({x, kTop + 7, width, 8}, "密钥卡 Key card", {14, true, false, Align::left});
  page.text({x, kTop + 16, width, 12}, card.role + (card.holder.empty() ? "" : "\n" + card.holder),
            {11, true, false, Align::left});
  page.text({x, kTop + 30, width, 16}, "公钥 Public key\n" + in_groups(card.public_key), {7, false, true, Align::left});
  page.text({x, kTop + 47, width, 28},
            "口令不要写在卡上。谁有卡又知道口令，谁就能代您签字。丢失请立即报告。\n"
            "Do not write the passphrase here. Whoever has this card and knows it can sign in your name. Report a loss "
            "at once.",
            {8, false, false, Align::left});
  return page.finish();
}

Result<std::string> qr_blocks(std::string_view text) {
  const std::string copy(text);
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString(copy.c_str(), 0, QR_ECLEVEL_L, QR_MODE_8, 1), &QRcode_free);
  if (!code) return fail(code::form::qr, "a text of " + std::to_string(text.size()) + " bytes does not fit a QR code");
  const auto dark = [&](int row, int column) {
    const bool inside = row >= 0 && column >= 0 && row < code->width && column < code->width;
    return inside && (code->data[row * code->width + column] & 1U) != 0;
  };
  static constexpr const char* kHalves[] = {" ", "▄", "▀", "█"};  // black on white: upper, lower
  std::string out;
  for (int row = -kQuietZone; row < code->width + kQuietZone; row += 2) {
    out += "\x1b[30;107m";
    for (int column = -kQuietZone; column < code->width + kQuietZone; ++column)
      out += kHalves[(dark(row, column) ? 2 : 0) + (dark(row + 1, column) ? 1 : 0)];
    out += "\x1b[0m\n";
  }
  return out;
}

}  // namespace tuixuan::forms

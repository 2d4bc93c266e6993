#include "tally/table/decode.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>

#include "crypto/base/reader.h"
#include "crypto/codes/documents.h"

namespace tuixuan::table {

std::string name_of(Encoding e) {
  switch (e) {
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::gb18030:
      return "GB18030";
    case Encoding::utf16_little:
      return "UTF-16LE";
    case Encoding::utf16_big:
      return "UTF-16BE";
  }
  bug("an encoding without a name");
}

Converter::Converter(Encoding from) {
  if (from == Encoding::utf8) return;
  cd_ = iconv_open("UTF-8", name_of(from).c_str());
  if (cd_ == reinterpret_cast<iconv_t>(-1)) bug("the C library lacks an encoding");
}

Converter::~Converter() {
  if (cd_ != nullptr) iconv_close(cd_);
}

static std::size_t length_by(unsigned char lead) {
  return lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 0;
}

// How much of it is characters: all, or up to one that is cut short, or up to a byte that is none. The C library lets
// pass what is beyond the last character (F7 ...), so UTF-8 is looked at here.
static std::size_t characters_in(std::string_view text) {
  if (is_utf8(text)) return text.size();
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t n = length_by(static_cast<unsigned char>(text[at]));
    if (n == 0 || at + n > text.size() || !is_utf8(text.substr(at, n))) break;
    at += n;
  }
  return at;
}

static bool take_utf8(std::string& in, std::string& out) {
  const std::size_t n = characters_in(in);
  out.append(in, 0, n);
  in.erase(0, n);
  return in.empty() || in.size() < length_by(static_cast<unsigned char>(in[0]));
}

bool Converter::convert(std::string& in, std::string& out) {
  if (cd_ == nullptr) return take_utf8(in, out);
  const std::size_t before = out.size();
  out.resize(before + in.size() * 3 + 16);
  char* from = in.data();
  std::size_t left = in.size();
  char* to = out.data() + before;
  std::size_t room = out.size() - before;
  const bool ok = iconv(cd_, &from, &left, &to, &room) != static_cast<std::size_t>(-1) || errno == EINVAL;
  out.resize(out.size() - room);
  in.erase(0, in.size() - left);
  return ok;
}

Result<Encoding> encoding_of(std::string_view first, bool whole) {
  const auto refused = [](const std::string& what) {
    return refuse(code::table::encoding, 0, 0, "文件是 " + what + "，不能读；请在表格软件中另存为“CSV UTF-8”或 XLSX",
                  "the file is " + what + ", which is not read; save it as CSV UTF-8 or as XLSX");
  };
  using std::string_view_literals::operator""sv;
  if (first.starts_with("\xFF\xFE\0\0"sv) || first.starts_with("\0\0\xFE\xFF"sv)) return refused("UTF-32");
  if (first.starts_with("\xEF\xBB\xBF")) return Encoding::utf8;
  if (first.starts_with("\xFF\xFE")) return Encoding::utf16_little;
  if (first.starts_with("\xFE\xFF")) return Encoding::utf16_big;
  if (first.substr(0, 64).find('\0') != std::string_view::npos) return refused("UTF-16（无标记）/ without its mark");
  std::string trial(first);
  std::string out;
  const bool utf8 = Converter(Encoding::utf8).convert(trial, out) && (!whole || trial.empty());
  return utf8 ? Encoding::utf8 : Encoding::gb18030;
}

Result<std::string> decode_text(ByteView file) {
  std::string raw(as_text(file));
  TUIXUAN_TRY(encoding, encoding_of(raw, true));
  std::string text;
  Converter converter(encoding);
  const bool well = converter.convert(raw, text) && raw.empty();
  const auto line_at = [&](std::size_t end) {
    return 1 +
           static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
  };
  if (!well)
    return refuse(code::table::encoding, line_at(text.size()), 0, "此处有不是文字的字节",
                  "a byte that is no character");
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool feed = c == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if ((c < 0x20 && c != '\t' && c != '\n' && !feed) || c == 0x7f)
      return refuse(code::table::control, line_at(i), 0, "有控制字符", "a control character");
  }
  std::erase(text, '\r');
  return text;
}

}  // namespace tuixuan::table

#include "tally/names/names.h"

#include <utf8proc.h>

#include <algorithm>
#include <memory>

#include "crypto/base/reader.h"
#include "crypto/codes/ballot.h"

namespace tuixuan::tally {

static bool allowed(utf8proc_int32_t c) {
  if (c == ' ') return true;
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PO:
      return true;
    default:
      return false;
  }
}

static std::string code_point(utf8proc_int32_t c) {
  static const char* digits = "0123456789ABCDEF";
  std::string out;
  for (int shift = c > 0xffff ? 20 : 12; shift >= 0; shift -= 4) out += digits[(c >> shift) & 15];
  return "U+" + out;
}

static Result<void> check_characters(std::string_view name) {
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(name.data());
  auto left = static_cast<utf8proc_ssize_t>(name.size());
  while (left > 0) {
    utf8proc_int32_t c = 0;
    const utf8proc_ssize_t n = utf8proc_iterate(at, left, &c);
    if (n <= 0) return fail(code::ballot::name, "the name is not UTF-8");
    if (!allowed(c))
      return fail(code::ballot::name, "the name holds " + code_point(c) + ", which is no letter of a name");
    at += n;
    left -= n;
  }
  return {};
}

static Result<std::string> normal_form(std::string_view name) {
  if (!is_utf8(name)) return fail(code::ballot::name, "the name is not UTF-8");
  utf8proc_uint8_t* out = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  const utf8proc_ssize_t n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                                          static_cast<utf8proc_ssize_t>(name.size()), &out, options);
  if (n < 0) return fail(code::ballot::name, std::string("the name has no normal form: ") + utf8proc_errmsg(n));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(out, &std::free);
  return std::string(reinterpret_cast<const char*>(out), static_cast<std::size_t>(n));
}

Result<void> check_name(std::string_view name, std::size_t max_bytes) {
  if (name.empty()) return fail(code::ballot::name, "the name is empty");
  if (name.size() > max_bytes)
    return fail(code::ballot::name, "the name has " + std::to_string(name.size()) + " bytes, there is room for " +
                                        std::to_string(max_bytes));
  TUIXUAN_TRY(normal, normal_form(name));
  if (normal != name) return fail(code::ballot::name, "the name is not in normal form C");
  if (name.front() == ' ' || name.back() == ' ' || name.find("  ") != std::string_view::npos)
    return fail(code::ballot::name, "the name has spaces that do not count");
  return check_characters(name);
}

static bool is_space(utf8proc_int32_t c) {
  return c == '\t' || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;  // the ideographic space of an input method too
}

// Every dot that an input method offers between the parts of a name.
static bool is_dot(utf8proc_int32_t c) {
  static constexpr utf8proc_int32_t kDots[] = {0xb7,   0x2022, 0x30fb, 0x2027, 0x2219, 0x22c5, 0x387,
                                               0x2024, 0x2e,   0x3002, 0x2981, 0xff65, 0x2e31, 0x16eb};
  return std::find(std::begin(kDots), std::end(kDots), c) != std::end(kDots);
}

Result<std::string> tidy_name(std::string_view typed, std::size_t max_bytes) {
  if (typed.size() > 16 * max_bytes + 64) return fail(code::ballot::name, "the name is too long");
  TUIXUAN_TRY(normal, normal_form(typed));
  std::string out;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(normal.data());
  auto left = static_cast<utf8proc_ssize_t>(normal.size());
  while (left > 0) {
    utf8proc_int32_t c = 0;
    const utf8proc_ssize_t n = utf8proc_iterate(at, left, &c);
    if (n <= 0) return fail(code::ballot::name, "the name is not UTF-8");
    if (!is_space(c)) {
      out.append(reinterpret_cast<const char*>(at), static_cast<std::size_t>(n));
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
    at += n;
    left -= n;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  TUIXUAN_CHECK(check_name(out, max_bytes));
  return out;
}

std::string spelling_key(std::string_view name) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
  const utf8proc_ssize_t n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                                          static_cast<utf8proc_ssize_t>(name.size()), &mapped, options);
  if (n < 0) return std::string(name);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(mapped, &std::free);
  std::string out;
  for (utf8proc_ssize_t at = 0; at < n;) {
    utf8proc_int32_t c = 0;
    const utf8proc_ssize_t size = utf8proc_iterate(mapped + at, n - at, &c);
    if (size <= 0) return std::string(name);
    if (is_dot(c)) {
      out += "\xC2\xB7";
    } else if (!is_space(c) && utf8proc_category(c) != UTF8PROC_CATEGORY_CF) {
      out.append(reinterpret_cast<const char*>(mapped + at), static_cast<std::size_t>(size));
    }
    at += size;
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t code = 0;
    const auto n = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
    if (n <= 0) return width + text.size() - at;
    width += static_cast<std::size_t>(std::max(0, utf8proc_charwidth(code)));
    at += static_cast<std::size_t>(n);
  }
  return width;
}

}  // namespace tuixuan::tally

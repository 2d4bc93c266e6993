#include "tally/scheme/form.h"

#include <algorithm>
#include <chrono>

#include "crypto/base/reader.h"
#include "crypto/codes/entries.h"

namespace tuixuan::scheme {

FormReader::FormReader(const Json& json, std::string path, Faults& faults)
    : json_(json), path_(std::move(path)), faults_(faults) {
  if (!is_object()) {
    refuse("type", path_, "此处应为 { } 对象", "an object { } is expected here");
    return;
  }
  for (auto it = json_.members.begin(); it != json_.members.end(); ++it)
    if (std::any_of(json_.members.begin(), it, [&](const auto& m) { return m.key == it->key; }))
      refuse("repeated", at(it->key), "同一项目写了两次，请删去一处", "this member is listed twice; delete one");
}

void FormReader::refuse(std::string code, std::string path, std::string zh, std::string en) {
  faults_.push_back({code::V01::scheme, std::move(code), std::move(path), std::move(zh), std::move(en), false});
}

void FormReader::fault(std::string code, std::string_view name, std::string zh, std::string en) {
  refuse(std::move(code), path_ + "/" + std::string(name), std::move(zh), std::move(en));
}

// JSON pointer, RFC 6901.
std::string FormReader::at(std::string_view name) const {
  std::string out = path_ + "/";
  for (const char c : name) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

const Json* FormReader::take(const char* name) {
  asked_.emplace_back(name);
  if (!is_object()) return nullptr;
  for (const auto& [key, value] : json_.members)
    if (key == name) return &value;
  refuse("missing", at(name), "缺少此项，请补上", "this member is missing; add it");
  return nullptr;
}

bool FormReader::omitted(const char* name, bool) const {
  return std::none_of(json_.members.begin(), json_.members.end(), [&](const auto& m) { return m.key == name; });
}

void FormReader::finish() {
  for (const auto& [key, value] : json_.members)
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end())
      refuse("unknown", at(key), "没有这个项目，请检查拼写或删去",
             "there is no such member; check the spelling or delete it");
}

bool FormReader::is_list(const Json& json, const std::string& path, std::size_t most) {
  if (json.type != Json::Type::array) {
    refuse("type", path, "此处应为 [ ] 列表", "a list [ ] is expected here");
    return false;
  }
  if (json.items.size() > most) {
    const std::string n = std::to_string(most);
    refuse("length", path, "最多 " + n + " 项，请减少", "at most " + n + " items; take some away");
    return false;
  }
  return true;
}

static bool is_date(std::string_view s) {
  if (s.size() != 10 || s[4] != '-' || s[7] != '-') return false;
  int parts[3] = {0, 0, 0};
  for (std::size_t i = 0, part = 0; i < s.size(); ++i) {
    if (i == 4 || i == 7) {
      ++part;
    } else if (s[i] < '0' || s[i] > '9') {
      return false;
    } else {
      parts[part] = parts[part] * 10 + (s[i] - '0');
    }
  }
  namespace ch = std::chrono;
  const ch::year_month_day date{ch::year(parts[0]), ch::month(static_cast<unsigned>(parts[1])),
                                ch::day(static_cast<unsigned>(parts[2]))};
  return parts[0] >= 1900 && date.ok();
}

void FormReader::read_text(const Json& json, const std::string& path, std::string& value, std::size_t max_bytes,
                           TextRule rule) {
  if (json.type != Json::Type::text) return refuse("type", path, "此处应为文字", "a text in quotes is expected here");
  const std::string& s = json.text;
  if (s.empty() && rule == TextRule::date_or_empty) return;
  if (s.empty() && rule != TextRule::may_be_empty)
    return refuse("empty", path, "不能为空，请填写", "this may not be empty; fill it in");
  if (s.size() > max_bytes) {
    const std::string n = std::to_string(max_bytes);
    return refuse("length", path, "超过 " + n + " 字节，请缩短", "longer than " + n + " bytes; shorten it");
  }
  if (!is_printable_utf8(s))
    return refuse("characters", path, "含有不可打印的字符，请删去", "holds characters that do not print; delete them");
  if (rule == TextRule::short_name && !is_short_name(s))
    return refuse("short_name", path, "只能用 1 至 32 个字母、数字和 . _ -", "use 1 to 32 of a-z A-Z 0-9 . _ -");
  if ((rule == TextRule::date || rule == TextRule::date_or_empty) && !is_date(s))
    return refuse("date", path, "日期应写作 2026-01-31", "write the date as 2026-01-31");
  value = s;
}

std::uint64_t FormReader::read_number(const Json& json, const std::string& path, std::uint64_t least,
                                      std::uint64_t most) {
  if (json.type == Json::Type::integer && json.integer >= least && json.integer <= most) return json.integer;
  const std::string a = std::to_string(least);
  const std::string b = std::to_string(most);
  const bool integer = json.type == Json::Type::integer;
  refuse(integer ? "range" : "type", path, "应为 " + a + " 至 " + b + " 的整数",
         "a whole number from " + a + " to " + b + " is expected");
  return least;
}

void FormReader::named_numbers(const char* name, std::vector<std::pair<std::string, std::uint64_t>>& values) {
  const Json* json = take(name);
  if (json == nullptr) return;
  FormReader inner(*json, at(name), faults_);
  if (!inner.is_object()) return;
  for (const auto& [key, value] : json->members)
    values.emplace_back(key, inner.read_number(value, inner.at(key), 0, kAnyNumber));
}

void FormReader::boolean(const char* name, bool& value) {
  const Json* json = take(name);
  if (json == nullptr) return;
  if (json->type != Json::Type::boolean)
    return refuse("type", at(name), "应为 true 或 false", "true or false is expected");
  value = json->boolean;
}

void FormReader::read_hex(const Json& json, const std::string& path, ByteArray<32>& value) {
  const auto bytes = array_from_hex<32>(json.type == Json::Type::text ? json.text : std::string());
  if (!bytes)
    return refuse("hex", path, "应为 64 位小写十六进制（32 字节）", "64 lowercase hex digits (32 bytes) are expected");
  value = *bytes;
}

void FormReader::refuse_choice(const std::string& path, const std::string& all) {
  refuse("choice", path, "应为下列之一：" + all, "one of these is expected: " + all);
}

void FormReader::constant(const char* name, std::string_view value) {
  const Json* json = take(name);
  if (json != nullptr && (json->type != Json::Type::text || json->text != value))
    refuse("choice", at(name), "应为 " + std::string(value), "expected: " + std::string(value));
}

void FormReader::constant(const char* name, std::uint64_t value) {
  const Json* json = take(name);
  const std::string n = std::to_string(value);
  if (json != nullptr && (json->type != Json::Type::integer || json->integer != value))
    refuse("choice", at(name), "此处应为 " + n, "expected here: " + n);
}

// --- writing ---------------------------------------------------------------------------------------------------------

void FormWriter::line(unsigned deeper) {
  if (indent_ == 0) return;
  out_ += '\n';
  out_.append(std::size_t{indent_} * (depth_ + deeper), ' ');
}

void FormWriter::key(std::string_view name) {
  if (!first_) out_ += ',';
  first_ = false;
  line(1);
  append_string(out_, name);
  out_ += indent_ == 0 ? ":" : ": ";
}

void FormWriter::named_numbers(const char* name, std::vector<std::pair<std::string, std::uint64_t>>& values) {
  key(name);
  FormWriter inner(out_, indent_, depth_ + 1);
  for (const auto& [k, v] : values) {
    inner.key(k);
    out_ += std::to_string(v);
  }
  inner.finish();
}

void FormWriter::finish() {
  if (!first_) line(0);
  out_ += '}';
}

}  // namespace tuixuan::scheme

#include "tally/organiser/scheme_keys.h"

#include <algorithm>
#include <sstream>

#include "crypto/codes/documents.h"
#include "hardware/devices/durable_file.h"
#include "tally/organiser/scheme_commands.h"
#include "tally/organiser/table_file.h"
#include "tally/organiser/tell.h"
#include "tally/paper/lists.h"
#include "tally/table/decode.h"
#include "tally/table/fold.h"

namespace tuixuan::organiser {

static constexpr std::size_t kMaxKeysFile = std::size_t{1} << 20U;

static Result<tally::Key> key_of(const std::string& who, const std::string& hex) {
  if (auto key = array_from_hex<32>(hex)) return *key;
  return fail(code::scheme::keys,
              "“" + who + "”的公钥应为 64 位十六进制数 / the key of " + who + " is written with 64 hexadecimal digits");
}

// Everybody whose place in the scheme has this name.
static std::vector<tally::Key*> places_of(tally::Scheme& s, const std::string& who) {
  std::vector<tally::Key*> out;
  if (who == "log") out.push_back(&s.log.key);
  if (who == "organiser") out.push_back(&s.organiser_key);
  if (who == "desk") out.push_back(&s.desk_key);
  if (s.chair && (who == s.chair->id || who == s.chair->name)) out.push_back(&s.chair->key);
  for (tally::Supervisor& k : s.supervisors)
    if (who == k.id || who == k.name) out.push_back(&k.key);
  for (tally::Officer& k : s.auditors)
    if (who == k.id || who == k.name) out.push_back(&k.key);
  for (tally::Kiosk& k : s.kiosks)
    if (who == k.id.name) out.push_back(&k.key);
  for (tally::Trustee& k : s.trustees)
    if (who == k.name) out.push_back(&k.key);
  return out;
}

// "chair:NAME", "auditor:NAME": whom the scheme did not have.
static Result<bool> put_new_officer(tally::Scheme& s, const std::string& who, const std::string& hex) {
  const auto colon = who.find(':');
  if (colon == std::string::npos) return false;
  const std::string role = who.substr(0, colon);
  const std::string name = who.substr(colon + 1);
  if (name.empty() || (role != "chair" && role != "auditor")) return false;
  TUIXUAN_TRY(key, key_of(who, hex));
  if (role == "chair") {
    s.chair = tally::Officer{"chair", name, key};
  } else {
    s.auditors.push_back({"auditor-" + std::to_string(s.auditors.size() + 1), name, key});
  }
  return true;
}

Result<void> put_key(tally::Scheme& s, const std::string& who, const std::string& key) {
  if (who == "origin") {
    s.log.origin = key;
    return {};
  }
  TUIXUAN_TRY(placed, put_new_officer(s, who, key));
  if (placed) return {};
  TUIXUAN_TRY(bytes, key_of(who, key));
  if (who == "pin") {
    s.server_pin.bytes = bytes;
    return {};
  }
  if (who == "superior") {
    s.superior_key = bytes;
    return {};
  }
  const std::vector<tally::Key*> places = places_of(s, who);
  if (places.size() > 1)
    return fail(code::scheme::keys, "“" + who + "”不止一处，请写监票人的编号 / " + who +
                                        " stands in several places; write a supervisor's id");
  if (places.empty())
    return fail(code::scheme::keys, "选举办法中没有“" + who + "” / the scheme has nobody called " + who);
  *places.front() = bytes;
  return {};
}

// As a table 谁,公钥 where no line has an equals sign, else line by line; in any encoding.
Result<std::vector<std::string>> keys_of_file(const std::string& file) {
  std::vector<std::string> out;
  TUIXUAN_TRY(workbook, is_workbook_file(file));
  if (!workbook) {
    TUIXUAN_TRY(bytes, devices::read_all(file, kMaxKeysFile, false, code::scheme::keys));
    auto text = table::decode_text(bytes);
    if (!text) return fail_at(file, text.error());
    std::istringstream in{*text};
    for (std::string line; std::getline(in, line);) {
      line = table::tidy_cell(line);
      if (const auto wide = line.find("＝"); wide != std::string::npos && line.find('=') == std::string::npos)
        line.replace(wide, std::string("＝").size(), "=");
      if (!line.empty() && line.front() != '#') out.push_back(line);
    }
    if (std::any_of(out.begin(), out.end(), [](const auto& l) { return l.find('=') != std::string::npos; })) return out;
    out.clear();
  }
  TUIXUAN_CHECK(with_table(file, [&](table::Table& rows) -> Result<void> {
    TUIXUAN_TRY(keys, paper::read_keys(rows));
    for (const paper::KeyRow& k : keys) out.push_back(k.who + "=" + k.key);
    return {};
  }));
  return out;
}

Result<void> put_keys(const SchemeKeysOptions& o) {
  TUIXUAN_TRY(bytes, read_checked_scheme(o.file, scheme::Use::paper));
  tally::Scheme scheme = *scheme::parse_scheme(bytes, scheme::Use::paper).scheme;
  std::vector<std::string> lines = o.keys;
  if (!o.keys_file.empty()) {
    TUIXUAN_TRY(read, keys_of_file(o.keys_file));
    lines.insert(lines.end(), read.begin(), read.end());
  }
  for (const std::string& line : lines) {
    const auto equals = line.rfind('=');
    if (equals == std::string::npos)
      return fail(code::scheme::keys, "“" + line + "”应写作 谁=公钥 / is not written WHO=KEY");
    TUIXUAN_CHECK(put_key(scheme, table::tidy_cell(line.substr(0, equals)), table::tidy_cell(line.substr(equals + 1))));
  }
  TUIXUAN_CHECK(devices::write_new(o.out, scheme::write_scheme(scheme), code::scheme::out));
  say("已写入 " + o.out + "；请用 tuixuan scheme check 检查还缺什么",
      "written; tuixuan scheme check says what is still missing");
  return {};
}

}  // namespace tuixuan::organiser

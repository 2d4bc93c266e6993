#include "tally/client/error_kind.h"

#include <algorithm>

namespace tuixuan::client {
namespace {

using enum ErrorKind;

struct Kind {
  std::string_view name;
  ErrorKind kind;
};

// Those that are not of the kind of their area.
constexpr Kind kExact[] = {
    {"E09.stale", later},      {"net.address", never},      {"net.large", never},      {"server.unknown", never},
    {"server.absent", never},  {"server.range", never},     {"server.object", never},  {"server.upload", never},
    {"server.record", never},  {"server.organiser", never}, {"server.witness", never}, {"server.identity", mine},
    {"http.tls", mine},        {"http.descriptors", mine},  {"ledger.absent", never},  {"ledger.range", never},
    {"ledger.object", never},  {"ledger.large", never},     {"ledger.entry", never},   {"ledger.exists", never},
    {"ledger.origin", never},  {"ledger.version", never},   {"kiosk.closed", later},   {"kiosk.undelivered", later},
    {"kiosk.folder", mine},    {"kiosk.key", mine},         {"kiosk.pictures", mine},  {"kiosk.witness", mine},
    {"kiosk.copy", mine},      {"kiosk.unreached", later},  {"trustee.folder", mine},  {"witness.folder", mine},
    {"witness.storage", mine}, {"key.file", mine},          {"seal.memory", mine},     {"form.file", mine},
    {"form.font", mine},       {"form.strokes", mine},      {"strokes.file", mine},    {"board.write", mine},
    {"attendance.file", mine}, {"scheme.file", mine},       {"scheme.out", mine},      {"slips.file", mine},
    {"record.file", mine},     {"record.write", mine},      {"demo.folder", mine},     {"demo.wait", later},
    {"log.stopped", later},    {"snapshot.fork", never},    {"backup.other", never},   {"restore.file", mine},
    {"epoch.conflict", later}, {"epoch.file", mine},
};

// By the part before the dot; for a check without one, by its whole name.
constexpr Kind kAreas[] = {
    {"net", later},         {"server", later},   {"journal", mine},  {"device", mine},       {"ledger", mine},
    {"card", mine},         {"process", mine},   {"listen", mine},   {"pinyin", mine},       {"log", never},
    {"epoch", never},       {"sealed", never},   {"http", never},    {"witness", never},     {"kiosk", never},
    {"trustee", never},     {"key", never},      {"seal", never},    {"session", never},     {"slip", never},
    {"slips", never},       {"step", never},     {"form", never},    {"board", never},       {"attendance", never},
    {"scheme", never},      {"record", never},   {"demo", never},    {"ballot", never},      {"paper", never},
    {"roll", never},        {"csv", never},      {"count", never},   {"report", never},      {"outcome", never},
    {"proposal", never},    {"tracker", never},  {"input", never},   {"base", never},        {"base32", never},
    {"snapshot", mine},     {"base64", never},   {"chamber", never}, {"characters", never},  {"choice", never},
    {"combination", never}, {"date", never},     {"empty", never},   {"extra", never},       {"hex", never},
    {"json", never},        {"kind", never},     {"legend", never},  {"length", never},      {"missing", never},
    {"order", never},       {"point", never},    {"range", never},   {"reason", never},      {"reference", never},
    {"rehearsal", never},   {"repeated", never}, {"scalar", never},  {"short_name", never},  {"stage", never},
    {"sum", never},         {"time", never},     {"type", never},    {"undecodable", never}, {"unfilled", never},
    {"unknown", never},     {"restore", never},  {"standby", never}, {"backup", mine},
};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "E05", "V13", "A01", "C04": the rules of the log.
constexpr bool is_rule(std::string_view area) {
  return area.size() == 3 && std::string_view("EVAC").find(area[0]) != std::string_view::npos && is_digit(area[1]) &&
         is_digit(area[2]);
}

template <std::size_t N>
std::optional<ErrorKind> look_up(const Kind (&table)[N], std::string_view name) {
  const auto* found = std::find_if(std::begin(table), std::end(table), [&](const Kind& k) { return k.name == name; });
  if (found == std::end(table)) return std::nullopt;
  return found->kind;
}

}  // namespace

std::optional<ErrorKind> listed_kind(std::string_view check) {
  if (const auto exact = look_up(kExact, check)) return exact;
  const std::string_view area = check.substr(0, check.find('.'));
  return is_rule(area) ? never : look_up(kAreas, area);
}

ErrorKind kind_of(const Error& why) { return listed_kind(why.check).value_or(ErrorKind::later); }

}  // namespace tuixuan::client

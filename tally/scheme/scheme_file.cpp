#include "tally/scheme/scheme_file.h"

#include <algorithm>

#include "crypto/codes/entries.h"
#include "tally/scheme/contest_check.h"
#include "tally/scheme/scheme_members.h"

namespace tuixuan::scheme {

// The index is in the file because people speak of "trustee 2"; it must say the trustee's place.
static std::vector<NumberedTrustee> numbered(const tally::Scheme& s) {
  std::vector<NumberedTrustee> out;
  for (const tally::Trustee& t : s.trustees) out.push_back({t, static_cast<std::uint32_t>(out.size() + 1)});
  return out;
}

template <class Io>
static void group_members(Io& io, TrusteeGroup& group, std::vector<NumberedTrustee>& list) {
  io.number("threshold", group.scheme.threshold, 0, 100);
  io.number("min_mixers", group.scheme.min_mixers, 0, 100);
  io.objects("members", list, 100);
}

void members(FormReader& io, TrusteeGroup& group) {
  std::vector<NumberedTrustee> list;
  group_members(io, group, list);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].index != i + 1)
      io.fault("order", "members/" + std::to_string(i) + "/index",
               "序号应为 " + std::to_string(i + 1) + "（按次序从 1 起）",
               "the index must be " + std::to_string(i + 1) + ": in order from 1");
    group.scheme.trustees.push_back(std::move(list[i].trustee));
  }
}

void members(FormWriter& io, TrusteeGroup& group) {
  std::vector<NumberedTrustee> list = numbered(group.scheme);
  group_members(io, group, list);
}

// The contests without a fault of form, each by itself: what refers to others would be misleading.
static void check_readable_contests(const tally::Scheme& scheme, Faults& faults) {
  Faults more;
  for (std::size_t i = 0; i < scheme.contests.size(); ++i) {
    const std::string path = "/contests/" + std::to_string(i);
    const bool readable = std::none_of(faults.begin(), faults.end(), [&](const Fault& f) {
      return f.code != "unknown" && (f.path == path || f.path.starts_with(path + "/"));
    });
    if (readable) check_contest(scheme.contests[i], path, more);
  }
  faults.insert(faults.end(), more.begin(), more.end());
}

Draft read_scheme(ByteView file) {
  Draft out;
  const auto json = parse_json(file);
  if (!json) {
    out.faults.push_back({code::V01::scheme, "json", "", "不是正确的 JSON 文件：" + json.error().what,
                          "this is not a JSON file: " + json.error().what, false});
    return out;
  }
  tally::Scheme scheme = read_form<tally::Scheme>(*json, out.faults);
  if (std::all_of(out.faults.begin(), out.faults.end(), [](const Fault& f) { return f.code == "unknown"; })) {
    out.scheme = std::move(scheme);
  } else {
    check_readable_contests(scheme, out.faults);
  }
  return out;
}

Parsed parse_scheme(ByteView file, Use use) {
  Draft draft = read_scheme(file);
  Parsed out{std::nullopt, std::move(draft.faults)};
  if (!draft.scheme) return out;
  for (Fault& f : check_scheme(*draft.scheme, use)) out.faults.push_back(std::move(f));
  if (!refuses(out.faults)) out.scheme = std::move(draft.scheme);
  return out;
}

Bytes write_scheme(const tally::Scheme& scheme) { return to_bytes(write_form(scheme, 2) + "\n"); }

}  // namespace tuixuan::scheme

#include "tally/scheme/scheme_file.h"

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

Parsed parse_scheme(ByteView file, Use use) {
  Parsed out;
  const auto json = parse_json(file);
  if (!json) {
    out.faults.push_back({"V01.scheme", "json", "", "不是正确的 JSON 文件：" + json.error().what,
                          "this is not a JSON file: " + json.error().what, false});
    return out;
  }
  tally::Scheme scheme = read_form<tally::Scheme>(*json, out.faults);
  if (out.faults.empty()) out.faults = check_scheme(scheme, use);
  if (!refuses(out.faults)) out.scheme = std::move(scheme);
  return out;
}

Bytes write_scheme(const tally::Scheme& scheme) { return to_bytes(write_form(scheme, 2) + "\n"); }

}  // namespace tuixuan::scheme

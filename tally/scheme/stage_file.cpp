#include "tally/scheme/stage_file.h"

#include <algorithm>

#include "crypto/codes/entries.h"
#include "tally/scheme/contest_check.h"
#include "tally/scheme/scheme_members.h"

namespace tuixuan::scheme {

template <class Io>
void members(Io& io, AddedStage& a) {
  io.constant("format", "tuixuan-stage/1");
  io.object("stage", a.stage);
  io.objects("contests", a.contests, 100);
}

// The count of a sealed stage is of each contest by itself, and nobody votes there for another.
static bool is_for_paper(const AddedStage& added) {
  return added.stage.proxies > 0 || std::any_of(added.contests.begin(), added.contests.end(), [](const auto& c) {
           return !c.excludes.empty() || c.within.has_value();
         });
}

ParsedStage parse_stage(ByteView file, Use use) {
  ParsedStage out;
  const auto json = parse_json(file);
  if (!json) {
    out.faults.push_back({code::C05::stage, "json", "", "不是正确的 JSON 文件：" + json.error().what,
                          "this is not a JSON file: " + json.error().what, false});
    return out;
  }
  AddedStage added = read_form<AddedStage>(*json, out.faults);
  for (std::size_t i = 0; i < added.contests.size(); ++i)
    check_contest(added.contests[i], "/contests/" + std::to_string(i), out.faults);
  if (use == Use::sealed && is_for_paper(added))
    out.faults.push_back({code::C05::stage, "choice", "", "不能兼任、须为委员、委托投票的规定只用于纸质选票，请删去",
                          "excludes, within and proxies are for paper ballots only; leave them out", false});
  for (Fault& f : out.faults) f.check = code::C05::stage;
  if (!refuses(out.faults)) out.added = std::move(added);
  return out;
}

Bytes write_stage(const AddedStage& added) { return to_bytes(write_form(added, 2) + "\n"); }

}  // namespace tuixuan::scheme

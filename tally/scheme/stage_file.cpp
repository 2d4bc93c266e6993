#include "tally/scheme/stage_file.h"

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

ParsedStage parse_stage(ByteView file) {
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
  for (Fault& f : out.faults) f.check = code::C05::stage;
  if (!refuses(out.faults)) out.added = std::move(added);
  return out;
}

Bytes write_stage(const AddedStage& added) { return to_bytes(write_form(added, 2) + "\n"); }

}  // namespace tuixuan::scheme

#include "tally/scheme/thread_check.h"

#include <algorithm>

#include "crypto/codes/entries.h"

namespace tuixuan::scheme {

namespace {

std::string place(const char* list, std::size_t i, std::string_view member) {
  return "/" + std::string(list) + "/" + std::to_string(i) + "/" + std::string(member);
}

class ThreadCheck {
 public:
  ThreadCheck(const tally::Scheme& scheme, bool sealed, Faults& out) : s_(scheme), sealed_(sealed), out_(out) {}

  void run() {
    stages();
    for (std::size_t i = 0; i < s_.contests.size(); ++i) contest(s_.contests[i], i);
    if (sealed_) rehearsal();
  }

 private:
  void refuse(std::string code, std::string path, std::string zh, std::string en) {
    out_.push_back({code::V01::scheme, std::move(code), std::move(path), std::move(zh), std::move(en), false});
  }

  std::optional<std::size_t> stage_of(const ContestId& id) const {
    for (std::size_t i = 0; i < s_.stages.size(); ++i)
      if (std::find(s_.stages[i].contests.begin(), s_.stages[i].contests.end(), id) != s_.stages[i].contests.end())
        return i;
    return std::nullopt;
  }

  // Stages that must be settled first stand earlier in the file, so there is no circle.
  void stages() {
    for (std::size_t i = 0; i < s_.stages.size(); ++i) {
      const tally::Stage& stage = s_.stages[i];
      for (std::size_t k = 0; k < stage.after.size(); ++k) {
        const auto earlier = s_.stages.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::none_of(s_.stages.begin(), earlier, [&](const tally::Stage& s) { return s.id == stage.after[k]; }))
          refuse("order", place("stages", i, "after/") + std::to_string(k),
                 "“" + stage.after[k].name + "”不是排在前面的环节",
                 "\"" + stage.after[k].name + "\" is not a stage that stands earlier");
      }
      if (sealed_ && stage.notice_days > 0 && !s_.chair)
        refuse("reference", place("stages", i, "notice_days"), "有公示就须有主持人，请填写 chair",
               "a notice needs a chair to sign it: fill in chair");
    }
  }

  void contest(const tally::Contest& c, std::size_t i) {
    if (c.follows)
      refuse("choice", place("contests", i, "follows"), "选举办法中的项目不能由其他结果产生，应为 null",
             "a contest of the scheme follows from no result: null");
    if (sealed_ && c.approval && !s_.superior_key)
      refuse("reference", place("contests", i, "approval"), "须经上级批准，但没有上级党组织的密钥，请填写 superior",
             "needs the superior body's decision, but there is no key of it: fill in superior");
    if (!c.source) return;
    if (!c.candidates.empty())
      refuse("choice", place("contests", i, "candidates"), "候选人由前面的结果产生，此处应为空",
             "the candidates come from an earlier result: leave this empty");
    if (!c.approval)
      refuse("choice", place("contests", i, "approval"), "推荐、预选的结果须经上级决定才能成为候选人名单，应为 true",
             "a result becomes a list of candidates only by the superior body's decision: true");
    source(c, i);
  }

  void source(const tally::Contest& c, std::size_t i) {
    const std::string path = place("contests", i, "source/id");
    std::vector<ContestId> from;
    if (c.source->kind == tally::SourceKind::combination) {
      for (const tally::Combination& k : s_.combinations)
        if (k.id.name == c.source->id)
          for (const tally::Source& source : k.sources) from.push_back(source.contest);
    } else {
      const auto wanted =
          c.source->kind == tally::SourceKind::preelection ? tally::Kind::preelection : tally::Kind::election;
      for (const tally::Contest& k : s_.contests)
        if (k.id.name == c.source->id && k.kind == wanted) from.push_back(k.id);
    }
    if (from.empty())
      return refuse("reference", path, "没有这样一项推荐、预选或选举：“" + c.source->id + "”",
                    "there is no such combination, pre-election or election: \"" + c.source->id + "\"");
    const auto own = stage_of(c.id);
    for (const ContestId& id : from) {
      const auto earlier = stage_of(id);
      const bool listed = own && earlier &&
                          std::find(s_.stages[*own].after.begin(), s_.stages[*own].after.end(),
                                    s_.stages[*earlier].id) != s_.stages[*own].after.end();
      if (!listed)
        refuse("order", path, "“" + id.name + "”所在的环节须列入本环节的 after",
               "the stage of \"" + id.name + "\" must stand in `after` of this contest's stage");
    }
  }

  // The name of the log is in every checkpoint and receipt: there the word is seen by everybody.
  void rehearsal() {
    constexpr std::string_view kSuffix = "/rehearsal";
    if (s_.rehearsal != s_.log.origin.ends_with(kSuffix))
      refuse("rehearsal", "/log/origin",
             s_.rehearsal ? "演练的日志名称须以 /rehearsal 结尾" : "正式选举的日志名称不得以 /rehearsal 结尾",
             s_.rehearsal ? "the log of a rehearsal is named with /rehearsal at its end"
                          : "the log of a real congress is not named with /rehearsal at its end");
  }

  const tally::Scheme& s_;
  const bool sealed_;
  Faults& out_;
};

}  // namespace

void check_thread(const tally::Scheme& scheme, bool sealed, Faults& out) { ThreadCheck(scheme, sealed, out).run(); }

}  // namespace tuixuan::scheme

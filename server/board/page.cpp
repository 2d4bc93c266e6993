#include "server/board/page.h"

#include "crypto/protocol/ballot.h"
#include "tally/scheme/beijing_time.h"

namespace tuixuan::board {

Page::Page(const Site& s, bool english, std::string p) : site(s), state(s.state), en(english), path(std::move(p)) {
  for (const char c : path)
    if (c == '/') root_ += "../";
}

std::string Page::to(std::string_view target) const { return root_ + std::string(target); }
std::string Page::shared(std::string_view target) const { return (en ? "../" : "") + root_ + std::string(target); }

std::string Page::stage_title(const StageId& id) const {
  const tally::Stage* stage = state.plan->stage(id);
  return stage != nullptr ? in(stage->title) : esc(id.name);
}

std::string Page::box_title(const BoxId& id) const {
  const tally::Box* box = state.plan->box(id);
  return box != nullptr ? in(box->title) : esc(id.name);
}

std::string Page::contest_title(const ContestId& id) const {
  const tally::Contest* contest = state.plan->contest(id);
  return contest != nullptr ? in(contest->title) : esc(id.name);
}

std::string Page::navigation() const {
  struct Entry {
    const char* target;
    const char* zh;
    const char* en;
  };
  static constexpr Entry kPages[] = {
      {"index.html", "大会", "Congress"},    {"results.html", "结果", "Results"},
      {"hall.html", "投票进度", "Turnout"},  {"ballot.html", "查我的票", "My ballot"},
      {"verify.html", "自己验证", "Verify"}, {"log/0.html", "日志", "Log"},
  };
  std::string items;
  for (const Entry& p : kPages) {
    const std::string here = path == p.target ? " aria-current=\"page\"" : "";
    items += el("li", el("a", say(p.zh, p.en), "href=\"" + to(p.target) + "\"" + here));
  }
  const std::string other = en ? "../" + root_ + path : root_ + "en/" + path;
  items += el("li", el("a", en ? "中文" : "English",
                       "href=\"" + other + "\" hreflang=\"" + (en ? "zh-CN" : "en") + "\" lang=\"" +
                           (en ? "zh-CN" : "en") + "\" class=\"language\""));
  return el("nav", el("ul", items), "aria-label=\"" + say("各页", "Pages") + "\"");
}

static std::string server_banner(const Page& p) {
  std::string out;
  if (!p.site.moved_to.empty())
    out += el("p",
              p.say("这台服务器已被取代，本页不再更新。大会日志现在的地址：",
                    "This server has been replaced and shows nothing new. The log is served at ") +
                  el("a", esc(p.site.moved_to), "href=\"" + esc(p.site.moved_to) + "\""),
              "class=\"rehearsal\" role=\"alert\"");
  if (p.site.alone)
    out +=
        el("p",
           p.say("备用服务器已失去，经监票人决定单机继续：新条目只在一块磁盘上",
                 "The standby is lost; the supervisors decided to go on with one machine: new entries are on one disk"),
           "class=\"rehearsal\" role=\"alert\"");
  return out;
}

File Page::frame(std::string_view title, const std::string& body, std::initializer_list<const char*> scripts,
                 std::string_view body_class) const {
  const tally::Scheme* scheme = state.plan ? &*state.plan : nullptr;
  const std::string congress =
      scheme != nullptr ? in(scheme->congress.title) : say("尚未登记选举办法", "No scheme yet");
  std::string head =
      "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
      policy() + "\">\n" + el("title", std::string(title) + " · " + congress) + "\n" + el("style", style()) +
      "\n<link rel=\"icon\" href=\"data:,\">\n";
  for (const char* script : scripts)
    if (find_asset(script) != nullptr) head += "<script type=\"module\" src=\"" + shared(script) + "\"></script>\n";
  std::string top = el("a", say("跳到正文", "Skip to the content"), "class=\"skip\" href=\"#main\"") +
                    el("p", congress, "class=\"congress\"");
  if (scheme != nullptr && scheme->rehearsal)
    top += el("p", say("演练：这不是正式选举", "REHEARSAL: this is not an election"), "class=\"rehearsal\"");
  top += server_banner(*this) + witness_banner(*this);
  const std::string foot =
      say("本页由日志算出，日志共 ", "Made from the log of ") + n(site.size) +
      say(" 条。不必相信本页：", " entries. Do not trust this page: ") +
      el("a", say("自己验证全部记录", "verify the whole record yourself"), "href=\"" + to("verify.html") + "\"") +
      say("。", ".");
  return {"text/html; charset=utf-8",
          "<!doctype html>\n<html lang=\"" + std::string(en ? "en" : "zh-CN") + "\">\n" + el("head", head) + "\n<body" +
              (body_class.empty() ? "" : " class=\"" + std::string(body_class) + "\"") + ">\n" +
              el("header", top + navigation()) + "\n" +
              el("main", el("h1", std::string(title)) + "\n" + body, "id=\"main\"") + "\n" +
              el("footer", el("p", foot)) + "\n</body>\n</html>\n",
          false};
}

std::string phase_word(const Page& p, election::Phase phase) {
  switch (phase) {
    case election::Phase::planned:
      return p.say("未开始", "not yet open");
    case election::Phase::proposed:
      return p.say("即将开始", "about to open");
    case election::Phase::open:
      return p.say("正在投票", "voting");
    case election::Phase::closing:
      return p.say("投票结束", "closed");
    case election::Phase::tallying:
      return p.say("正在混票、解密", "being mixed and opened");
    case election::Phase::counted:
      return p.say("已计票", "counted");
    case election::Phase::voided:
      return p.say("已作废", "void");
  }
  bug("a phase without a name");
}

std::string time_of(std::uint32_t minutes) {
  std::string out = scheme::beijing_time(minutes);
  out[10] = ' ';
  return out;
}

std::string compact_tracker(const Hash64& ballot) {
  std::string out;
  for (const char c : protocol::tracker(ballot))
    if (c != '-' && c != ' ') out += c;
  return out;
}

}  // namespace tuixuan::board

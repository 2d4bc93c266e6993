#include "server/witness/page.h"

#include <ctime>

namespace tuixuan::witness {

static std::string esc(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

static std::string both(const char* tag, const std::string& zh, const std::string& en) {
  const std::string name(tag);
  return "<" + name + ">" + zh + "<span lang=\"en\">" + en + "</span></" + name + ">\n";
}

std::string time_text(std::uint64_t seconds) {
  constexpr std::time_t kBeijing = std::time_t{8} * 3600;
  const std::time_t at = static_cast<std::time_t>(seconds) + kBeijing;
  std::tm parts{};
  gmtime_r(&at, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts)};
}

// Eight groups, four to a line, so that two people can read them aloud in turn.
static std::string digits(const log::Checkpoint& checkpoint) {
  const std::string text = log::fingerprint(checkpoint);
  std::string out = "<p class=\"digits\">";
  for (std::size_t at = 0; at < text.size(); at += 5) out += "<b>" + text.substr(at, 4) + "</b> ";
  return out + "</p>\n";
}

static std::string alarm(const Alarm& a) {
  const std::string held = std::to_string(a.judged.held.size);
  const std::string shown = std::to_string(a.judged.shown.size);
  std::string out = "<section class=\"alarm\" role=\"alert\">\n";
  if (a.judged.proven) {
    out += both("h2", "警报：日志有两个版本", "Alarm: the log exists in two versions");
    out += both("p", "服务器为 " + held + " 条的日志签过两个不同的检查点。请停止使用该服务器，保存证据，通知监票人。",
                "The server signed two different checkpoints of " + held +
                    " entries. Stop using it, keep the evidence, tell the supervisors.");
  } else {
    out += both("h2", "警报：日志接不上", "Alarm: the log does not continue");
    out += both("p",
                "有人出示了服务器签过的 " + shown + " 条的检查点，但没有证明它由本机见过的 " + held +
                    " 条延续而来。请用公布的记录核对这两个检查点。",
                "A checkpoint of " + shown + " entries that the server signed was shown without a proof that it " +
                    "continues the " + held + " seen here. Hold both against the published record.");
  }
  return out + "<p><a href=\"/" + a.file + "\">" + a.file + "</a></p>\n</section>\n";
}

std::string page(const Standing& s, const log::NoteKey& log, const log::NoteKey& witness) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"zh-Hans\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\"><meta http-equiv=\"refresh\" content=\"5\"><title>见证 "
      "Witness " +
      esc(witness.name) + "</title><link rel=\"stylesheet\" href=\"/style.css\"></head>\n<body>\n<main>\n";
  out += both("h1", "日志见证", "Witness of the log");
  for (const Alarm& a : s.alarms) out += alarm(a);
  if (s.held) {
    out +=
        both("p", "本机见证的检查点，请与公示板“日志”页和投票终端上的数字逐组比对：",
             "The checkpoint this witness has cosigned. Compare these digits, group by group, with the public board’s "
             "page “Log” and with a kiosk:");
    out += digits(*s.held);
    const std::string entries = std::to_string(s.held->size);
    out += both(
        "p",
        "日志 " + entries + " 条，见证于 " + time_text(s.seconds) + "（北京时间）。条数不同时，数字也不同，稍候再比。",
        entries + " entries, cosigned at " + time_text(s.seconds) +
            " (Beijing time). Digits differ where the number of entries does: wait a moment and compare again.");
  } else {
    out += both("p", "还没有见到任何检查点。", "No checkpoint has been seen yet.");
  }
  out += "<dl>\n<dt>日志 Log</dt><dd><code>" + esc(log::format_vkey(log)) +
         "</code></dd>\n<dt>见证人 Witness</dt><dd><code>" + esc(log::format_vkey(witness)) + "</code></dd>\n</dl>\n";
  if (s.held) out += "<p><a href=\"/checkpoint\">检查点原文 checkpoint</a></p>\n";
  return out + "</main>\n</body>\n</html>\n";
}

std::string_view style() {
  return R"(:root { --ink: #1b1b1b; --paper: #fff; --soft: #f3f2ee; --bad: #a3150f; --link: #8a1a10; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #f1f1ee; --paper: #161616; --soft: #262524; --bad: #ff9d94; --link: #ffb4a6; } }
body { margin: 0; font: 1.05rem/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
main { max-width: 40rem; margin: 0 auto; padding: .5rem 1rem 2rem; }
h1 { font-size: 1.6rem; margin: .5rem 0; }
h2 { font-size: 1.4rem; margin: 0 0 .5rem; }
span[lang=en] { display: block; font-size: .9rem; font-weight: 400; }
.digits { display: grid; grid-template-columns: repeat(4, auto); justify-content: space-between; gap: .4rem; margin: 1rem 0; padding: 1rem .75rem; background: var(--soft); white-space: nowrap; font: 700 clamp(1.1rem, 6vw, 2.6rem)/1.3 "Noto Sans Mono", Consolas, monospace; font-variant-numeric: tabular-nums; }
.alarm { margin: 1rem 0; padding: 1rem; color: var(--paper); background: var(--bad); }
.alarm a { color: inherit; }
a { color: var(--link); }
code { font-family: "Noto Sans Mono", Consolas, monospace; font-size: .85rem; }
dt { font-size: .9rem; }
dd { margin: 0 0 .5rem; }
)";
}

}  // namespace tuixuan::witness

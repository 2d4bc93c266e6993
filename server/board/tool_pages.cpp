// Pages on which a script works: the check of the whole record, of a receipt, and the count replayed. Each says what
// can be done without scripts.
#include "crypto/codes/organiser.h"
#include "server/board/page.h"
#include "tally/scheme/stage_file.h"

namespace tuixuan::board {

static std::string without_scripts(const Page& p) {
  return el("noscript", el("p", p.say("这一页需要 JavaScript。不用浏览器也能验证：tuixuan-verify，见下。",
                                      "This page needs JavaScript. Without a browser: tuixuan-verify, see below.")));
}

std::string board_mark(const Page& p) {
  return el("div", "", "id=\"board\" hidden data-base=\"" + p.shared("./") + "\"");
}

File verify_page(const Page& p) {
  std::string body =
      without_scripts(p) + board_mark(p) +
      el("p",
         p.say("按下按钮，您的设备就下载整份记录，从第一条查到最后一条：每个签名、每个证明，并重新计票。"
               "所用的程序与服务器的程序没有一行相同。",
               "The button makes your own device fetch the whole record and check it from the first entry to the last: "
               "each signature, each proof, and the count anew. Not one line of that program is the server's."));
  if (find_asset("worker.js") == nullptr)
    body += el("p", p.say("这台服务器没有附带浏览器里的验证程序。", "This server has no verifier for browsers."));
  else
    body += el("p", el("button", p.say("在本机验证全部记录", "Verify the whole record on this device"),
                       "id=\"start\" type=\"button\" hidden")) +
            el("p", "", "id=\"status\" role=\"status\"") +
            "<progress id=\"progress\" hidden aria-labelledby=\"status\"></progress>" +
            el("section", "", "id=\"verdict\" hidden aria-live=\"polite\"") + el("div", "", "id=\"result\"") +
            el("section", "", "id=\"groups\" hidden");
  body += el("h2", p.say("不信本站的程序？", "Do not trust this site's program?")) +
          el("p", p.say("请从别处取得验证程序，验证本站的记录：",
                        "Get a verifier from elsewhere and let it check this record:"));
  std::string ways = el("li", el("code", "tuixuan-verify https://…"));
  if (find_asset("verifier.html") != nullptr)
    ways += el("li", el("a",
                        p.say("单个网页的验证程序（可存到优盘，离线打开）",
                              "The verifier as one page, to be carried on a USB stick and opened offline"),
                        "href=\"" + p.shared("verifier.html") + "\" download"));
  return p.frame(p.say("自己验证", "Verify"), body + el("ul", ways), {"verify.js"});
}

File receipt_page(const Page& p) {
  const std::string body =
      without_scripts(p) + board_mark(p) +
      el("p", p.say("把投票回执（tlog-proof）放进来，本机核对它与最新检查点、与您从前存下的检查点是否属于同一本日志。",
                    "Put in a receipt (tlog-proof). This device checks that it, the latest checkpoint and the one you "
                    "kept are of one log.")) +
      el("form",
         el("label", p.say("回执的内容", "Text of the receipt"), "for=\"receipt\"") +
             "<textarea id=\"receipt\" rows=\"8\" spellcheck=\"false\"></textarea>" +
             el("label", p.say("或选择文件", "or a file"), "for=\"file\"") + "<input id=\"file\" type=\"file\">" +
             el("label",
                p.say("您存下的检查点（没有可不填；本机上次看到的会自动比对）",
                      "A checkpoint you kept (may be empty; the last one this device saw is compared too)"),
                "for=\"kept\"") +
             "<textarea id=\"kept\" rows=\"5\" spellcheck=\"false\"></textarea>" +
             el("button", p.say("核对", "Check"), "type=\"submit\""),
         "id=\"check\" data-log=\"" + esc(log::format_vkey(p.site.log)) + "\"") +
      el("div", "", "id=\"answers\" role=\"status\"");
  return p.frame(p.say("核对回执", "Check a receipt"), body, {"receipt.js"});
}

static std::string spellings(const election::ContestState& c) {
  std::string out;
  for (const auto& [from, to] : c.spellings) out += (out.empty() ? "" : ",") + json_text(from) + ":" + json_text(to);
  return "{" + out + "}";
}

static std::string opinions(const election::StageState& stage) {
  std::string out;
  if (stage.attendance)
    for (const tally::WrittenOpinion& o : stage.attendance->written)
      out += (out.empty() ? "" : ",") + std::string("{\"contest\":") + json_text(o.contest.name) +
             ",\"subject\":" + n(o.subject) + ",\"approve\":" + n(o.approve) + ",\"oppose\":" + n(o.oppose) + "}";
  return "[" + out + "]";
}

Result<File> replay_page(const Page& p, const election::StageState& stage) {
  if (!stage.count) return fail(code::board::page, "the stage is not counted");
  const tally::Stage& plan = p.state.plan->stages.at(stage.stage);
  std::string choices;
  for (const election::ContestState& c : stage.contests) {
    const tally::Contest& rules = p.state.plan->contests.at(c.contest);
    if (!c.counted) continue;
    choices += el("option", p.in(rules.title),
                  "value=\"" + esc(rules.id.name) + "\" data-object=\"" + c.counted->opened.hash.hex() +
                      "\" data-width=\"" + n(c.width) + "\" data-spellings=\"" + esc(spellings(c)) + "\"");
  }
  const auto button = [&](const char* id, const char* zh, const char* english) {
    return el("button", p.say(zh, english), "type=\"button\" id=\"" + std::string(id) + "\"");
  };
  const std::string controls = el("label", p.say("项目", "Contest"), "for=\"contest\"") +
                               el("select", choices, "id=\"contest\"") + button("play", "开始", "Start") +
                               button("step", "下一张", "Next ballot") + button("end", "直到最后", "To the end") +
                               button("again", "从头", "From the beginning") +
                               el("label", p.say("速度", "Speed"), "for=\"speed\"") +
                               "<input id=\"speed\" type=\"range\" min=\"0\" max=\"4\" step=\"1\" value=\"1\">";
  const std::string body =
      without_scripts(p) + board_mark(p) + stroke_symbols() +
      el("p", p.say("混票以后打开的选票，一张一张唱出、画“正”。票的顺序已经打乱，与投票先后无关。",
                    "The opened ballots are called out one by one. Their order was shuffled and says nothing about who "
                    "voted when.")) +
      el("div", controls,
         "id=\"controls\" hidden data-stage=\"" + p.shared("stage/" + plan.id.name + "/stage.json") +
             "\" data-opinions=\"" + esc(opinions(stage)) + "\" data-pause=\"" + p.say("暂停", "Pause") +
             "\" data-play=\"" + p.say("继续", "Go on") + "\"") +
      el("p", "", "id=\"called\" aria-live=\"polite\"") + el("div", "", "id=\"tallies\"") +
      el("p", link(p.to("stage/" + plan.id.name + ".html"), p.say("这一环节的结果", "The result of this stage")));
  return p.frame(p.say("唱票：", "The count: ") + p.in(plan.title), body, {"replay.js"}, "replay");
}

}  // namespace tuixuan::board

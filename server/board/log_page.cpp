// The log: its entries in words, a hundred on a page, with the checkpoint that covers them, its witnesses and the
// reports of who verified it.
#include <algorithm>

#include "crypto/log/cosignature.h"
#include "server/board/page.h"
#include "tally/election/witnesses.h"

namespace tuixuan::board {

// Why an entry has no effect; null if it has.
static const Error* struck_at(const Page& p, std::uint64_t index) {
  for (const auto& [id, stage] : p.state.stages)
    if (const auto it = stage.struck.find(index); it != stage.struck.end()) return &it->second;
  return nullptr;
}

static std::string entries(const Page& p, std::uint64_t from, std::uint64_t to) {
  const auto found = p.site.entries(from, to);
  if (!found) return el("p", p.say("读不出这些条目", "These entries cannot be read"));
  std::string rows;
  for (std::size_t i = 0; i < found->size(); ++i) {
    const std::uint64_t index = from + i;
    const auto envelope = election::Envelope::decode((*found)[i]);
    std::string words = entry_words(p, (*found)[i]);
    if (const Error* why = struck_at(p, index))
      words += " " + el("span", p.say("不计：", "without effect: ") + esc(why->text()), "class=\"bad\"");
    rows += el("tr",
               el("th", n(index), "scope=\"row\" class=\"number\"") +
                   el("td", envelope ? time_of(envelope->minutes) : "") + el("td", words),
               "id=\"e" + n(index) + "\"") +
            "\n";
  }
  const std::string head =
      row({p.say("条", "Entry"), p.say("时间（作者所写）", "Time, as its author says"), p.say("内容", "What it says")},
          "th");
  return el(
      "div",
      el("table", el("caption", p.say("日志的条目", "Entries of the log")) + el("thead", head) + el("tbody", rows)),
      "class=\"wide\" tabindex=\"0\"");
}

static std::string turning(const Page& p, std::uint64_t number, std::uint64_t pages) {
  std::string out;
  if (number > 0)
    out += link(p.to("log/0.html"), p.say("最早", "first")) + " · " +
           link(p.to("log/" + n(number - 1) + ".html"), p.say("前一页", "previous")) + " · ";
  out += p.say("第 ", "page ") + n(number + 1) + p.say(" 页，共 ", " of ") + n(pages) + p.say(" 页", "");
  if (number + 1 < pages)
    out += " · " + link(p.to("log/" + n(number + 1) + ".html"), p.say("后一页", "next")) + " · " +
           link(p.to("log/" + n(pages - 1) + ".html"), p.say("最新", "latest"));
  return el("p", out, "class=\"turning\"");
}

// --- witnesses -------------------------------------------------------------------------------------------------------

struct Witnessing {
  std::size_t known = 0;
  std::uint64_t size = 0;
  std::string fingerprint;
  std::vector<log::Cosignature> cosigned;
};

// Of a note with its lines; lines that do not verify are nobody's.
static Witnessing witnessing(const Page& p, const std::string& note) {
  Witnessing out;
  const auto opened = log::open_checkpoint(note, p.site.log);
  if (!opened || !p.state.plan) return out;
  const auto known = election::witnesses_of(*p.state.plan);
  out.known = known.size();
  out.size = opened->checkpoint.size;
  out.fingerprint = log::fingerprint(opened->checkpoint);
  if (auto cosigned = log::cosignatures(opened->note, known)) out.cosigned = std::move(*cosigned);
  return out;
}

static std::string at(std::uint64_t seconds) { return time_of(static_cast<std::uint32_t>(seconds / 60)); }

// The time at which the last of those needed cosigned.
static std::string witnessed_at(const Witnessing& w) {
  std::vector<std::uint64_t> times;
  for (const log::Cosignature& c : w.cosigned) times.push_back(c.seconds);
  std::sort(times.begin(), times.end());
  const std::size_t needed = election::witnesses_needed(w.known);
  return times.size() < needed ? "" : at(times[needed - 1]);
}

std::string witness_banner(const Page& p) {
  std::string out;
  if (!p.site.storage.empty())
    out += el("p",
              p.say("服务器的磁盘出了故障，现在不收选票；已收下的都在，投票机会保存选票并在恢复后送达",
                    "The disk of the server has failed and nothing is taken now; nothing that was taken is lost, and "
                    "kiosks keep ballots until it works again"),
              "class=\"rehearsal\" role=\"alert\"");
  for (const std::string& address : p.site.alarms)
    out += el("p",
              p.say("警报：服务器给出过两本不同的日志，证据：",
                    "ALARM: this server has shown two different logs; evidence: ") +
                  el("a", esc(address), "href=\"" + p.shared(address) + "\""),
              "class=\"rehearsal\" role=\"alert\"");
  if (!p.site.late) return out;
  const Witnessing last = witnessing(p, p.site.witnessed);
  const std::string since = witnessed_at(last);
  return out + el("p",
                  since.empty() ? p.say("日志还没有得到足够的见证；投票照常进行",
                                        "The log has not been witnessed yet; voting goes on")
                                : p.say("日志自 ", "The log has not been witnessed since ") + since +
                                      p.say(" 起没有得到足够的见证；投票照常进行", "; voting goes on"),
                  "class=\"rehearsal\" role=\"alert\"");
}

static std::string witnesses(const Page& p) {
  const Witnessing now = witnessing(p, p.site.checkpoint);
  if (now.known == 0) return "";
  std::string out =
      el("p", now.fingerprint, "class=\"fingerprint\"") +
      el("p",
         p.say("这是上面检查点的指纹，请与见证人的页面、投票终端上的数字比对：条数相同，数字就应相同。",
               "This is the fingerprint of the checkpoint above. Compare it with a witness's page and with a kiosk: "
               "for the same number of entries the digits are the same."));
  const std::string needed = n(election::witnesses_needed(now.known));
  out += el("p", p.say("见证人共 ", "Of ") + n(now.known) + p.say(" 位，须有 ", " witnesses, ") + needed +
                     p.say(" 位签署；签署了这个检查点的有 ", " are needed; this checkpoint was cosigned by ") +
                     n(now.cosigned.size()) + p.say(" 位。", "."));
  std::string rows;
  for (const log::Cosignature& c : now.cosigned)
    rows += el("tr", el("th", esc(c.witness.name), "scope=\"row\"") + el("td", at(c.seconds))) + "\n";
  if (!rows.empty())
    out += el("table", el("caption", p.say("签署了这个检查点的见证人", "Witnesses who cosigned this checkpoint")) +
                           el("thead", row({p.say("见证人", "Witness"), p.say("时间", "Time")}, "th")) +
                           el("tbody", rows));
  const Witnessing last = witnessing(p, p.site.witnessed);
  if (const std::string since = witnessed_at(last); !since.empty())
    out += el("p", p.say("最近一个得到足够见证的检查点：", "Newest checkpoint with enough witnesses: ") + n(last.size) +
                       p.say(" 条，", " entries, ") + since);
  return el("h2", p.say("见证", "Witnesses")) + out;
}

// --- reports of verifiers --------------------------------------------------------------------------------------------

// The last signed report of each auditor, and what the visitor's own device found last (log.js).
static std::string reports(const Page& p) {
  std::string rows;
  for (const auto& [id, audit] : p.state.audits)
    rows +=
        el("tr", el("th", esc(audit.name), "scope=\"row\"") + el("td", time_of(audit.minutes)) +
                     el("td", n(audit.log_size), "class=\"number\"") +
                     el("td", el("span", audit.holds ? p.say("✔ 成立", "✔ holds") : p.say("✘ 有异议", "✘ objects"),
                                 audit.holds ? "class=\"good\"" : "class=\"bad\"") +
                                  " " + esc(audit.findings) + " " +
                                  link(p.to("log/" + n(audit.index / kEntriesOfPage) + ".html") + "#e" + n(audit.index),
                                       p.say("第 ", "entry ") + n(audit.index) + p.say(" 条", "")))) +
        "\n";
  std::string out = el("h2", p.say("验证报告", "Reports of verifiers"));
  if (rows.empty())
    out += el("p", p.say("还没有审计人签名的验证报告。", "No auditor has signed a report yet."));
  else
    out += el("div",
              el("table", el("caption", p.say("审计人签名的最近一次报告", "The last report that each auditor signed")) +
                              el("thead", row({p.say("审计人", "Auditor"), p.say("时间", "Time"),
                                               p.say("查至", "Entries verified"), p.say("结论", "Findings")},
                                              "th")) +
                              el("tbody", rows)),
              "class=\"wide\" tabindex=\"0\"");
  return out + board_mark(p) + el("p", "", "id=\"own-report\" hidden") +
         el("p", p.say("不必相信别人的报告：", "No need to believe the reports of others: ") +
                     link(p.to("verify.html"), p.say("在本机验证全部记录", "verify the whole record on this device")));
}

File log_page(const Page& p, std::uint64_t number) {
  const std::uint64_t size = p.site.size;
  const std::uint64_t pages = std::max<std::uint64_t>(1, (size + kEntriesOfPage - 1) / kEntriesOfPage);
  const std::uint64_t from = number * kEntriesOfPage;
  std::string body =
      el("p", p.say("一切经过都在这本只增不改的日志里。", "All that happened stands in this log, which only grows.")) +
      turning(p, number, pages);
  if (size > 0) body += entries(p, from, std::min(size, from + kEntriesOfPage)) + turning(p, number, pages);
  body += el("h2", p.say("最新检查点", "Latest checkpoint")) + el("pre", esc(p.site.checkpoint), "tabindex=\"0\"") +
          witnesses(p) + reports(p) +
          el("p", p.say("日志的公钥：", "Public key of the log: ") + el("code", esc(log::format_vkey(p.site.log)))) +
          el("p", p.say("现在抄下检查点，以后再比对，谁也不能换掉日志而不被发现：",
                        "Keep this checkpoint and compare it later; then nobody can exchange the log unseen: ") +
                      link(p.to("receipt.html"), p.say("核对回执和检查点", "check receipts and checkpoints")));
  return p.frame(p.say("日志", "Log"), body, {"log.js"});
}

}  // namespace tuixuan::board

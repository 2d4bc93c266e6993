// The log: its entries in words, a hundred on a page, with the checkpoint that covers them.
#include "server/board/page.h"

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

File log_page(const Page& p, std::uint64_t number) {
  const std::uint64_t size = p.site.size;
  const std::uint64_t pages = std::max<std::uint64_t>(1, (size + kEntriesOfPage - 1) / kEntriesOfPage);
  const std::uint64_t from = number * kEntriesOfPage;
  std::string body =
      el("p", p.say("一切经过都在这本只增不改的日志里。", "All that happened stands in this log, which only grows.")) +
      turning(p, number, pages);
  if (size > 0) body += entries(p, from, std::min(size, from + kEntriesOfPage)) + turning(p, number, pages);
  body += el("h2", p.say("最新检查点", "Latest checkpoint")) + el("pre", esc(p.site.checkpoint), "tabindex=\"0\"") +
          el("p", p.say("日志的公钥：", "Public key of the log: ") + el("code", esc(log::format_vkey(p.site.log)))) +
          el("p", p.say("现在抄下检查点，以后再比对，谁也不能换掉日志而不被发现：",
                        "Keep this checkpoint and compare it later; then nobody can exchange the log unseen: ") +
                      link(p.to("receipt.html"), p.say("核对回执和检查点", "check receipts and checkpoints")));
  return p.frame(p.say("日志", "Log"), body);
}

}  // namespace tuixuan::board

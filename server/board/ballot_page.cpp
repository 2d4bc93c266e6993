// "My ballot": that the ballot of a tracker stands in the log, where, and under which checkpoint.
#include "crypto/protocol/ballot.h"
#include "server/board/page.h"
#include "tally/election/opened.h"

namespace tuixuan::board {

namespace {

struct Found {
  Hash64 ballot;
  std::uint64_t index = 0;
  StageId stage;
};

std::optional<Found> find(const Site& site, std::string_view tracker) {
  if (tracker.size() != 26) return std::nullopt;
  for (const auto& [id, stage] : site.state.stages)
    for (const auto& [hash, index] : stage.ballots)
      if (index < site.size && compact_tracker(hash) == tracker) return Found{hash, index, id};
  return std::nullopt;
}

std::string form(const Page& p) {
  return el("form",
            el("label",
               p.say("追踪号（投票机上显示和打印的 26 个字符）", "Tracker (the 26 characters that the kiosk showed)"),
               "for=\"tracker\"") +
                "<input id=\"tracker\" name=\"tracker\" autocomplete=\"off\" autocapitalize=\"characters\" "
                "spellcheck=\"false\" required "
                "maxlength=\"200\">" +
                el("button", p.say("查找", "Find"), "type=\"submit\""),
            "action=\"" + p.to("ballot.html") + "\" method=\"get\" id=\"find\" data-pages=\"" + p.to("ballot/") +
                "\" data-bad=\"" +
                p.say("追踪号有 26 个字符，只有字母 A–Z 和数字 2–7",
                      "A tracker has 26 characters, A to Z and 2 to 7 only") +
                "\"") +
         el("p", "", "id=\"said\" role=\"alert\"");
}

std::string fate(const Page& p, ByteView entry) {
  const auto e = election::Envelope::decode(entry);
  if (!e) return "";
  if (e->kind == election::Kind::cast) return p.say("已投出，并计入", "cast, and counted with all others");
  if (e->kind == election::Kind::challenge)
    return p.say("用来查验机器，已当众打开，不计票", "opened to check the machine; it does not count");
  return p.say("没有投出，不计票", "not cast; it does not count");
}

// Of a ballot that was opened to check its kiosk: the machine and the choice, to be compared with what was marked.
std::string opened(const Page& p, ByteView entry) {
  const auto ballot = election::opened_ballot(entry, p.state.scheme->contests);
  if (!ballot) return "";
  std::string lines;
  for (const std::string& line : election::opened_words(*ballot, p.state.scheme->contests, p.en ? "en" : "zh"))
    lines += el("li", esc(line));
  return el("h2", p.say("打开后的内容", "What it was opened to")) +
         el("p",
            p.say("投票机 ", "Kiosk ") + esc(ballot->kiosk.name) +
                p.say(" 封入这张票的内容如下。如果与您在屏幕上所选的不同，这台机器有问题：请停用它，并告诉监票人。",
                      " sealed this choice into the ballot. If it is not what you marked on its screen, something "
                      "is wrong with that machine: take it out of use and tell the supervisors.")) +
         el("ul", lines, "class=\"opened\"");
}

}  // namespace

File ballot_form(const Page& p) {
  const std::string body =
      form(p) +
      el("p", p.say("追踪号只说明这张票在日志里、没有被改动；它不会说出票上选了谁。",
                    "A tracker shows that a ballot is in the log, unchanged. It does not tell whom it names.")) +
      el("p", link(p.to("receipt.html"), p.say("核对投票回执", "Check a receipt")));
  return p.frame(p.say("查我的票", "My ballot"), body, {"ballot.js"});
}

Result<File> ballot_page(const Page& p, std::string_view tracker) {
  const auto found = find(p.site, tracker);
  if (!found) return fail("board.page", "no ballot on the log has this tracker");
  TUIXUAN_TRY(receipt, p.site.receipt(found->index));
  TUIXUAN_TRY(entries, p.site.entries(found->index, found->index + 1));
  const std::string log_page = p.to("log/" + n(found->index / kEntriesOfPage) + ".html#e" + n(found->index));
  std::string proof;
  for (const Sha256& h : receipt.proof) proof += h.hex() + "\n";
  const std::string facts = el("dt", p.say("追踪号", "Tracker")) +
                            el("dd", el("code", protocol::tracker(found->ballot), "class=\"tracker\"")) +
                            el("dt", p.say("在日志中", "In the log")) +
                            el("dd", link(log_page, p.say("第 ", "entry ") + n(found->index) + p.say(" 条", ""))) +
                            el("dt", p.say("环节", "Stage")) + el("dd", p.stage_title(found->stage)) +
                            el("dt", p.say("这张票", "This ballot")) + el("dd", fate(p, entries.front())) +
                            el("dt", p.say("叶哈希", "Leaf hash")) +
                            el("dd", el("code", log::leaf_hash(entries.front()).hex()));
  const std::string body =
      el("p", p.say("✔ 这张票在日志里。", "✔ This ballot is in the log."), "class=\"good\"") + el("dl", facts) +
      opened(p, entries.front()) + el("h2", p.say("证明", "Proof")) +
      el("p", p.say("由叶哈希到检查点的路径：", "The path from the leaf hash to the checkpoint:")) +
      el("pre", proof, "tabindex=\"0\"") + el("h2", p.say("检查点", "Checkpoint")) +
      el("pre", esc(receipt.checkpoint), "tabindex=\"0\"") +
      el("p",
         link(p.shared("ballot/" + std::string(tracker) + ".tlog-proof"),
              p.say("下载回执（tlog-proof）", "Download the receipt (tlog-proof)")) +
             " · " +
             link(p.to("receipt.html") + "#" + std::string(tracker), p.say("在本机核对", "Check it on this device")));
  return p.frame(p.say("查我的票", "My ballot"), body);
}

Result<File> ballot_proof(const Site& site, std::string_view tracker) {
  const auto found = find(site, tracker);
  if (!found) return fail("board.page", "no ballot on the log has this tracker");
  TUIXUAN_TRY(receipt, site.receipt(found->index));
  return File{"text/plain; charset=utf-8", log::format_receipt(receipt), false};
}

}  // namespace tuixuan::board

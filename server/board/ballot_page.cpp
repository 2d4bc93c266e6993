// "My ballot": that the ballot of a tracker stands in the log, where, and under which checkpoint.
#include <algorithm>

#include "crypto/codes/organiser.h"
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

constexpr std::size_t kTrackerSize = 26;
constexpr std::size_t kWholeDigits = 24;  // of a tracker: 15 bytes of the ballot hash exactly

// The bytes that a tracker gives whole; nothing if it is none.
std::optional<Bytes> bytes_of(std::string_view tracker) {
  const bool digits = tracker.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == std::string_view::npos;
  if (tracker.size() != kTrackerSize || !digits) return std::nullopt;
  auto bytes = from_base32(tracker.substr(0, kWholeDigits));
  if (!bytes) return std::nullopt;
  return std::move(*bytes);
}

std::optional<Found> find(const Site& site, std::string_view tracker) {
  const auto wanted = bytes_of(tracker);
  if (!wanted) return std::nullopt;
  for (const auto& [id, stage] : site.state.stages)
    for (const auto& [hash, index] : stage.ballots)
      if (std::equal(wanted->begin(), wanted->end(), hash.view().begin()) && index < site.size &&
          compact_tracker(hash) == tracker)
        return Found{hash, index, id};
  return std::nullopt;
}

std::string form(const Page& p) {
  return el("form",
            el("label",
               p.say("选票查验码（投票机上显示和打印的 26 个字符）",
                     "Tracker (the 26 characters that the kiosk showed)"),
               "for=\"tracker\"") +
                "<input id=\"tracker\" name=\"tracker\" autocomplete=\"off\" autocapitalize=\"characters\" "
                "spellcheck=\"false\" required "
                "maxlength=\"200\">" +
                el("button", p.say("查找", "Find"), "type=\"submit\""),
            "action=\"" + p.to("ballot.html") + "\" method=\"get\" id=\"find\" data-pages=\"" + p.to("ballot/") +
                "\" data-bad=\"" +
                p.say("选票查验码有 26 个字符，只有字母 A–Z 和数字 2–7",
                      "A tracker has 26 characters, A to Z and 2 to 7 only") +
                "\"") +
         el("p", "", "id=\"said\" role=\"alert\"");
}

// What a browser says of the server of a hall before it shows anything.
std::string warning(const Page& p) {
  return el("p",
            p.say(
                "扫回执上的方形码，就打开那张票的页面。会场服务器的证书是自己签发的，浏览器会先提示“连接不是私密连接”："
                "点“高级”，再点“继续前往”。要核对的人，请比对浏览器证书页上的公钥指纹（SHA-256）：",
                "The code on a receipt leads to that ballot's page. The server of the hall has a certificate of "
                "its own, so the browser warns first that the connection is not private: choose Advanced, then "
                "Proceed. Those in doubt compare the public key's fingerprint (SHA-256) with the one their "
                "browser shows:")) +
         el("p", el("code", p.state.plan->server_pin.hex()));
}

std::string fate(const Page& p, ByteView entry) {
  const auto e = election::Envelope::decode(entry);
  if (!e) return "";
  if (e->kind == election::Kind::cast) return p.say("已投出，计票时算数", "cast, and counted with all others");
  if (e->kind == election::Kind::challenge)
    return p.say("用来查验机器，已当众打开，不计票", "opened to check the machine; it does not count");
  return p.say("没有投出，不计票", "not cast; it does not count");
}

// Of a ballot that was opened to check its kiosk: the machine and the choice, to be compared with what was marked.
std::string opened(const Page& p, ByteView entry) {
  const auto ballot = election::opened_ballot(entry, p.state.plan->contests);
  if (!ballot) return "";
  std::string lines;
  for (const std::string& line : election::opened_words(*ballot, p.state.plan->contests, p.en ? "en" : "zh"))
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
      el("p", p.say("选票查验码只说明这张票在日志里、没有被改动；它不会说出票上选了谁。",
                    "A tracker shows that a ballot is in the log, unchanged. It does not tell whom it names.")) +
      (p.site.live && p.state.plan ? warning(p) : "") +
      el("p", link(p.to("receipt.html"), p.say("核对投票回执", "Check a receipt")));
  return p.frame(p.say("查我的票", "My ballot"), body, {"ballot.js"});
}

static std::string grouped(std::string_view tracker) {
  std::string out;
  for (std::size_t i = 0; i < tracker.size(); ++i) out += (i > 0 && i % 4 == 0 ? "-" : "") + std::string(1, tracker[i]);
  return esc(out);
}

// Nothing is wrong yet: the kiosk may still have it.
static File absent_page(const Page& p, std::string_view tracker) {
  const std::string body =
      el("p",
         p.say("日志里还没有这张票：", "This ballot is not in the log yet: ") +
             el("code", grouped(tracker), "class=\"tracker\""),
         "class=\"verdict bad\"") +
      el("ul",
         el("li", p.say("刚投的票：网络不通时票先存在投票机里，恢复后自动送达。请过几分钟再看。",
                        "Just voted: without a network the kiosk keeps the ballot and delivers it by itself later. "
                        "Look again in a few minutes.")) +
             el("li", p.say("封票以后没有投出（退出、换了一张）：这个选票查验码不会出现。",
                            "Sealed but not decided: this tracker will not appear.")) +
             el("li", p.say("抄写有误：请再对一遍 26 个字符。", "Copied wrongly: compare the 26 characters again.")) +
             el("li", p.say("投票结束后仍然没有：请把回执交给监票人。",
                            "Still missing when voting has ended: give your receipt to the supervisors."))) +
      form(p);
  File out = p.frame(p.say("查我的票", "My ballot"), body, {"ballot.js"});
  out.absent = true;
  return out;
}

Result<File> ballot_page(const Page& p, std::string_view tracker) {
  const auto found = find(p.site, tracker);
  if (!found && !bytes_of(tracker)) return fail(code::board::page, "a tracker has 26 characters, A to Z and 2 to 7");
  if (!found) return absent_page(p, tracker);
  TUIXUAN_TRY(receipt, p.site.receipt(found->index));
  TUIXUAN_TRY(entries, p.site.entries(found->index, found->index + 1));
  const std::string log_page = p.to("log/" + n(found->index / kEntriesOfPage) + ".html#e" + n(found->index));
  std::string proof;
  for (const Sha256& h : receipt.proof) proof += h.hex() + "\n";
  const std::string facts = el("dt", p.say("选票查验码", "Tracker")) +
                            el("dd", el("code", protocol::tracker(found->ballot), "class=\"tracker\"")) +
                            el("dt", p.say("在日志中", "In the log")) +
                            el("dd", link(log_page, p.say("第 ", "entry ") + n(found->index) + p.say(" 条", ""))) +
                            el("dt", p.say("环节", "Stage")) + el("dd", p.stage_title(found->stage)) +
                            el("dt", p.say("这张票", "This ballot")) + el("dd", fate(p, entries.front()));
  const std::string details =
      el("summary", p.say("证明和检查点", "Proof and checkpoint")) +
      el("dl", el("dt", p.say("叶哈希", "Leaf hash")) + el("dd", el("code", log::leaf_hash(entries.front()).hex()))) +
      el("p", p.say("由叶哈希到检查点的路径：", "The path from the leaf hash to the checkpoint:")) +
      el("pre", proof, "tabindex=\"0\"") + el("p", p.say("检查点：", "The checkpoint:")) +
      el("pre", esc(receipt.checkpoint), "tabindex=\"0\"");
  const std::string body =
      board_mark(p) +
      el("p", p.say("✔ 这张票在选举日志里，没有丢。", "✔ This ballot is in the election's log; it is not lost."),
         "class=\"verdict good\"") +
      el("dl", facts) + opened(p, entries.front()) + el("h2", p.say("本机核对", "Checked on this device")) +
      el("div",
         el("noscript", el("p", p.say("浏览器没有开 JavaScript，本机没有核对。",
                                      "Without JavaScript nothing is checked on this device."))),
         "id=\"answers\" role=\"status\" data-tracker=\"" + std::string(tracker) + "\" data-log=\"" +
             esc(log::format_vkey(p.site.log)) + "\"") +
      el("details", details) +
      el("p",
         link(p.shared("ballot/" + std::string(tracker) + ".tlog-proof"),
              p.say("下载回执（tlog-proof）", "Download the receipt (tlog-proof)")) +
             " · " +
             link(p.to("receipt.html") + "#" + std::string(tracker),
                  p.say("同从前存下的检查点比对", "Compare with a checkpoint you kept")),
         "class=\"downloads\"");
  return p.frame(p.say("查我的票", "My ballot"), body, {"mine.js"});
}

Result<File> ballot_proof(const Site& site, std::string_view tracker) {
  const auto found = find(site, tracker);
  if (!found) return fail(code::board::page, "no ballot on the log has this tracker");
  TUIXUAN_TRY(receipt, site.receipt(found->index));
  return File{"text/plain; charset=utf-8", log::format_receipt(receipt), false};
}

}  // namespace tuixuan::board

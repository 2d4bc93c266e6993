// The board's pages of whole congresses, step by step: every page is there and is well-formed, every link leads
// somewhere, texts of a record stay texts, and nothing is said of a result before the count.
#include <gmock/gmock.h>

#include <chrono>
#include <regex>

#include "crypto/codes/organiser.h"
#include "server/board/site.h"
#include "tally/election/thread_bodies.h"
#include "tests/support/thread_kit.h"

namespace tuixuan {
namespace {

using testing::HasSubstr;
using testing::Not;

// The board of a congress in memory, under a checkpoint that its log key signed.
struct Board {
  explicit Board(const kit::Congress& kit)
      : site{kit.fold.state(),
             kit.objects,
             {kit.scheme.log.origin, log::KeyType::kEd25519, kit.log_key.verify_key()},
             log::sign_checkpoint({kit.scheme.log.origin, kit.log.size(), kit.fold.state().tree.root()}, kit.log_key),
             kit.log.size(),
             true,
             kit.minutes,
             {},
             {},
             strokes()} {
    site.entries = [&kit](std::uint64_t from, std::uint64_t to) -> Result<std::vector<Bytes>> {
      return std::vector<Bytes>(kit.log.begin() + static_cast<std::ptrdiff_t>(from),
                                kit.log.begin() + static_cast<std::ptrdiff_t>(to));
    };
    site.receipt = [this](std::uint64_t index) -> Result<log::Receipt> {
      TUIXUAN_TRY(proof, site.state.tree.inclusion_proof(index, site.size));
      return log::Receipt{std::nullopt, index, proof, site.checkpoint};
    };
  }
  std::string page(const std::string& path) const {
    const auto file = board::render(site, path);
    EXPECT_TRUE(file) << path << ": " << (file ? "" : file.error().text());
    return file ? file->bytes : "";
  }
  static const tally::StrokeTable* strokes() {
    static const auto table = tally::StrokeTable::load();
    return table ? &*table : nullptr;
  }
  board::Site site;
};

// The first element that is not closed in its place; "" if all are.
std::string unbalanced(const std::string& html) {
  static const std::regex kTag("<(/?)([a-z0-9]+)([^>]*)>");
  static const std::set<std::string> kVoid{"meta", "link", "input", "br"};
  std::vector<std::string> open;
  for (std::sregex_iterator it(html.begin(), html.end(), kTag), end; it != end; ++it) {
    const std::string name = (*it)[2];
    if (kVoid.contains(name) || it->str(3).ends_with("/")) continue;
    if (it->str(1).empty()) {
      open.push_back(name);
    } else {
      if (open.empty() || open.back() != name) return "</" + name + ">";
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back();
}

std::string resolved(const std::string& page, std::string href) {
  href = href.substr(0, href.find_first_of("#?"));
  std::string folder = page.substr(0, page.rfind('/') + 1);
  while (href.starts_with("../")) {
    href.erase(0, 3);
    folder = folder.empty() ? "outside/" : folder.substr(0, folder.rfind('/', folder.size() - 2) + 1);
  }
  return folder + href;
}

void check_all(const Board& board) {
  const std::vector<std::string> all = board::paths(board.site);
  const std::set<std::string> there(all.begin(), all.end());
  static const std::regex kLink("(?:href|src)=\"([^\"#][^\"]*)\"");
  for (const std::string& path : all) {
    const std::string html = board.page(path);
    if (!path.ends_with(".html") || path == "verifier.html") continue;
    EXPECT_EQ(unbalanced(html), "") << path;
    EXPECT_THAT(html, HasSubstr(path.starts_with("en/") ? "lang=\"en\"" : "lang=\"zh-CN\"")) << path;
    EXPECT_THAT(html, Not(HasSubstr(" style="))) << path;
    for (std::sregex_iterator it(html.begin(), html.end(), kLink), end; it != end; ++it) {
      const std::string href = it->str(1);
      EXPECT_TRUE(href.starts_with("data:") || there.contains(resolved(path, href))) << path << " -> " << href;
    }
  }
}

TEST(BoardTest, EveryPageOfAWholeThread) {
  kit::Thread kit;
  kit.up_to_election();
  check_all(Board(kit));
  kit.elect({{"王建国"}, {"王建国"}, {"王建国"}});
  check_all(Board(kit));
}

TEST(BoardTest, EveryPageOfAnElectionAtEachStep) {
  kit::Congress kit;
  check_all(Board(kit));
  kit.found();
  check_all(Board(kit));
  kit.ceremony();
  kit.slips();
  kit.attendance();
  kit.open();
  kit.vote(6);
  const Board voting(kit);
  check_all(voting);
  for (const std::string& path : board::paths(voting.site)) EXPECT_THAT(path, Not(HasSubstr("result.csv")));
  const std::string stage = voting.page("stage/election.html");
  EXPECT_THAT(stage, HasSubstr("计票之前没有任何结果"));
  EXPECT_THAT(stage, Not(HasSubstr("<svg")));
  EXPECT_EQ(board::render(voting.site, "stage/election/report.json").error().check, code::board::page);
  EXPECT_THAT(board::turnout_json(kit.fold.state()), HasSubstr(R"("open":true,"expected":)"));
  EXPECT_THAT(board::turnout_json(kit.fold.state()), HasSubstr(R"("cast":6,"voided":0}]}]})"));
  kit.finish();
  check_all(Board(kit));
}

TEST(BoardTest, TheResultIsThatOfTheReport) {
  kit::Congress kit;
  kit.run(7);
  const Board board(kit);
  const std::string page = board.page("en/stage/election.html");
  for (const char* words : {"ballots 7", "returned 7", "Accounts of the boxes", "class=\"zheng\"", "elected"})
    EXPECT_THAT(page, HasSubstr(words));
  EXPECT_EQ(board.page("stage/election/report.json"), as_text(kit.stage().report));
  EXPECT_THAT(board.page("stage/election/result.csv"), HasSubstr("\"支部"));
}

TEST(BoardTest, MyBallot) {
  kit::Congress kit;
  kit.run(5);
  const Board board(kit);
  const auto& [hash, index] = *kit.stage().ballots.begin();
  std::string tracker = to_base32(hash.view()).substr(0, 26);
  EXPECT_THAT(board.page("ballot/" + tracker + ".html"), HasSubstr("第 " + std::to_string(index) + " 条"));
  const auto receipt = log::parse_receipt(board.page("ballot/" + tracker + ".tlog-proof"));
  ASSERT_TRUE(receipt) << receipt.error().text();
  EXPECT_TRUE(log::verify_receipt(*receipt, log::leaf_hash(kit.log[index]), board.site.log));
  tracker[0] = tracker[0] == 'A' ? 'B' : 'A';
  const auto absent = board::render(board.site, "ballot/" + tracker + ".html");
  ASSERT_TRUE(absent && absent->absent) << "nothing of this name, and what to do";
  EXPECT_THAT(absent->bytes, HasSubstr("日志里还没有这张票"));
  EXPECT_THAT(absent->bytes, HasSubstr(tracker));
  for (const std::string& none : {tracker.substr(1), tracker + "A", tracker.substr(1) + "1", tracker.substr(1) + "a"})
    EXPECT_EQ(board::render(board.site, "ballot/" + none + ".html").error().check, code::board::page) << none;
}

// Every form whose data is on the log, in three formats; the same bytes as the maker of forms gives; none before.
TEST(BoardTest, FormsOfAStage) {
  kit::Congress kit;
  EXPECT_EQ(board::render(Board(kit).site, "stage/election/forms/report.pdf").error().check, code::board::page);
  kit.run(5);
  const Board board(kit);
  const std::string page = board.page("stage/election.html");
  for (const char* kind : {"attendance", "papers", "tally_sheet", "invalid", "report", "elected"}) {
    const std::string file = std::string("stage/election/forms/") + kind;
    EXPECT_THAT(page, HasSubstr(std::string("forms/") + kind + ".pdf")) << kind;
    EXPECT_THAT(board.page(file + ".pdf"), testing::StartsWith("%PDF-")) << kind;
    EXPECT_THAT(board.page(file + ".csv"), testing::StartsWith("\xEF\xBB\xBF")) << kind;
    EXPECT_THAT(board.page(file + ".json"), HasSubstr("\"tuixuan-form/1\"")) << kind;
    EXPECT_EQ(board::render(board.site, "en/" + file + ".pdf").error().check, code::board::page) << kind;
  }
  EXPECT_THAT(board.page("stage/election/forms/report.json"), HasSubstr(primitives::sha256(kit.stage().report).hex()));
  for (const char* none : {"notice.pdf", "report.xls", "report", "../report.pdf"})
    EXPECT_FALSE(board::render(board.site, std::string("stage/election/forms/") + none)) << none;
  EXPECT_EQ(board::render(board.site, "stage/none/forms/report.pdf").error().check, code::board::page);
}

TEST(BoardTest, TextsOfARecordStayTexts) {
  kit::Congress kit;
  kit.scheme.congress.title = {"<script>alert(1)</script>", "\" onload=\"x"};
  kit.scheme.contests[0].candidates[0].name = "王<b>&'";
  kit.scheme.stages[0].title = {"</title><img src=x>", "'"};
  kit.scheme.congress.body = {"=cmd", ""};
  kit.found();
  const Board board(kit);
  check_all(board);
  for (const char* path : {"index.html", "en/index.html", "log/0.html", "hall.html"}) {
    const std::string page = board.page(path);
    EXPECT_THAT(page, Not(HasSubstr("alert(1)<")));
    EXPECT_THAT(page, Not(HasSubstr("<img")));
    EXPECT_THAT(page, Not(HasSubstr("\" onload")));
  }
}

TEST(BoardTest, TheLogTellsWhatAuditorsFoundLast) {
  kit::Thread kit;
  kit.begin();
  EXPECT_THAT(Board(kit).page("log/0.html"), HasSubstr("还没有审计人签名的验证报告"));
  const auto audit = [&](bool holds, const std::string& findings) {
    const election::State& s = kit.fold.state();
    return kit.offer(kit.entry(election::Kind::audit,
                               election::AuditBody{s.tree.size(), s.tree.root(), holds, findings}.encode(),
                               {&kit.auditor}));
  };
  ASSERT_EQ(audit(true, "先前"), "");
  ASSERT_EQ(audit(false, "<b>少一条</b>"), "");
  const Board board(kit);
  check_all(board);
  const std::string page = board.page("en/log/0.html");
  const std::string reports = page.substr(page.find("Reports of verifiers"));
  EXPECT_THAT(reports, HasSubstr("孙立"));
  EXPECT_THAT(reports, HasSubstr("✘ objects</span> &lt;b&gt;少一条"));
  EXPECT_THAT(reports, HasSubstr("#e" + std::to_string(kit.log.size() - 1) + "\""));
  EXPECT_THAT(reports, Not(HasSubstr("先前")));
}

TEST(BoardTest, NoOtherPage) {
  kit::Congress kit;
  kit.found();
  const Board board(kit);
  for (const char* path :
       {"", "/", "nowhere", "board.css", "log/.html", "log/00.html", "log/1.html", "log/-1.html",
        "log/184467440737095517.html", "log/99999999999999999999999.html", "stage/none.html", "stage/election",
        "stage/election/", "stage/../index.html", "ballot/.html", "ballot/ABC.html", "en/en/index.html"})
    EXPECT_EQ(board::render(board.site, path).error().check, code::board::page) << path;
}

}  // namespace
}  // namespace tuixuan

// The public board as a set of files: each page made from the state that the log's entries give, and from nothing else.
// A server answers with them, and an export writes all of them beside a record, for any server of static files; the
// names and the links are the same. Pages are Chinese; the same name below en/ is English. Without scripts everything
// can be read; scripts add the moving turnout, the count replayed and the checks in the browser.
// Error "board.page": no such page.
#pragma once

#include <functional>

#include "crypto/log/proof.h"
#include "tally/election/objects.h"
#include "tally/election/state.h"
#include "tally/names/strokes.h"

namespace tuixuan::board {

// What the pages are made from.
struct Site {
  const election::State& state;
  const election::Objects& objects;
  log::NoteKey log;
  std::string checkpoint;     // the latest note; empty while the log is empty
  std::uint64_t size = 0;     // entries that the checkpoint covers
  bool live = false;          // a server stands behind it that sends the turnout as it moves
  std::uint32_t minutes = 0;  // now, since 1970-01-01 UTC
  std::function<Result<std::vector<Bytes>>(std::uint64_t from, std::uint64_t to)> entries;
  std::function<Result<log::Receipt>(std::uint64_t index)> receipt;
  const tally::StrokeTable* strokes = nullptr;  // for forms with lists by surname strokes
  std::string witnessed = {};  // the newest checkpoint that enough witnesses cosigned; empty: none, or unknown
  std::string storage = {};    // why the server's disk takes nothing now; empty: it does
  bool late = false;           // newer entries have waited too long for that
  std::vector<std::string> alarms = {};  // addresses of the evidence that there are two logs
  std::string moved_to = {};             // where another server serves this log now; empty: here
  bool alone = false;                    // the supervisors decided to go on without the standby
};

struct File {
  std::string type;  // media type
  std::string bytes;
  bool immutable = false;
  bool absent = false;  // a page that says that there is nothing of this name
};

inline constexpr std::uint64_t kEntriesOfPage = 100;

// path: "index.html", "en/stage/election.html", ... (README.md lists them)
[[nodiscard]] Result<File> render(const Site&, std::string_view path);
// Every path that render() answers for this state, pages of ballots included.
std::vector<std::string> paths(const Site&);

// What changes while people vote, as JSON "tuixuan-turnout/1": per stage and box who is expected, present, and how many
// ballots are cast. Never a result.
std::string turnout_json(const election::State&);

// What the pages may load and run, as the value of Content-Security-Policy: no outside resource, no script but those
// beside the pages, no style but the one in each page, which needs no second request before the first view.
const std::string& policy();

}  // namespace tuixuan::board

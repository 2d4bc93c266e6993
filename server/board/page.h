// What all pages have in common: language, links, the frame with its navigation; and how the room's pages are found.
#pragma once

#include "server/board/html.h"
#include "server/board/site.h"
#include "tally/ballot/scheme.h"

namespace tuixuan::board {

class Page {
 public:
  Page(const Site& site, bool english, std::string path);

  const Site& site;
  const election::State& state;
  const bool en;
  const std::string path;  // without en/

  std::string say(std::string_view zh, std::string_view english) const { return std::string(en ? english : zh); }
  std::string in(const tally::Text& t) const { return esc(t.in(en ? "en" : "zh")); }
  std::string to(std::string_view target) const;      // relative, in the same language
  std::string shared(std::string_view target) const;  // relative, of what has no language
  std::string stage_title(const StageId&) const;      // HTML
  std::string box_title(const BoxId&) const;          // HTML
  std::string contest_title(const ContestId&) const;  // HTML
  // The whole document. scripts: names of assets.
  File frame(std::string_view title, const std::string& body, std::initializer_list<const char*> scripts = {},
             std::string_view body_class = {}) const;

 private:
  std::string navigation() const;
  std::string root_;  // "../" for each folder the page lies in
};

std::string board_mark(const Page&);  // where the record lies, for scripts
std::string phase_word(const Page&, election::Phase);
std::string time_of(std::uint32_t minutes);         // Beijing time, for people
std::string compact_tracker(const Hash64& ballot);  // 26 characters

File congress_page(const Page&);
File results_page(const Page&);
File hall_page(const Page&);
File verify_page(const Page&);
File receipt_page(const Page&);
Result<File> stage_page(const Page&, const election::StageState&);
Result<File> replay_page(const Page&, const election::StageState&);
Result<File> result_csv(const Page&, const election::StageState&);
File log_page(const Page&, std::uint64_t number);
std::string witness_banner(const Page&);  // empty while there is nothing to warn of
File ballot_form(const Page&);
Result<File> ballot_page(const Page&, std::string_view tracker);
Result<File> ballot_proof(const Site&, std::string_view tracker);

// What an entry says, as one line of HTML. `struck`: entries without effect.
std::string entry_words(const Page&, ByteView entry);

std::string_view style();  // of every page

// Files that come with the program: scripts, verifier. Null if there is none of this name.
struct Asset {
  std::string_view name;
  std::string_view type;
  std::string_view bytes;
};
const Asset* find_asset(std::string_view name);
std::vector<std::string_view> asset_names();

}  // namespace tuixuan::board

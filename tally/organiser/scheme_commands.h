// `tuixuan scheme new | check | show`: a scheme from a profile, what is wrong with one, the ballot paper it makes.
#pragma once

#include "tally/profiles/new_scheme.h"
#include "tally/scheme/scheme_file.h"

namespace tuixuan::organiser {

struct NewSchemeOptions {
  std::string profile;
  std::string out;
  bool list = false;
  std::string id, date, title, title_en, body, body_en, term, term_en, place, place_en;
  std::vector<std::string> seats;           // [CONTEST=]N
  std::vector<std::string> contest_titles;  // [CONTEST=]TITLE
  std::vector<std::string> candidates;      // [CONTEST=]NAME[（note）]
  std::string names_file;                   // the same, one a line, or a table 姓名,区分,选举项目
  std::vector<std::string> eligible;        // NAME[（note）]
  std::vector<std::string> boxes;           // [CHAMBER/]ID=TITLE
  std::vector<std::string> supervisors;
  std::vector<std::string> trustees;
  std::uint32_t kiosks = 0;
  std::uint32_t threshold = 0;
  std::string manual_reason;
  bool rehearsal = false;
};
[[nodiscard]] Result<void> new_scheme(const NewSchemeOptions&);

[[nodiscard]] Result<void> check_scheme(const std::string& file, scheme::Use);

struct ShowOptions {
  std::string file;
  std::string stage;  // empty: all
  std::string language = "zh";
  std::size_t columns = 0;  // 0: as wide as the terminal, 80 where there is none
  std::string pdf;          // ballot papers to print, to be written
};
[[nodiscard]] Result<void> show_scheme(const ShowOptions&);

// Reads the file, shows every fault and advice; error "scheme.file" if one refuses it.
[[nodiscard]] Result<Bytes> read_checked_scheme(const std::string& file, scheme::Use);

}  // namespace tuixuan::organiser

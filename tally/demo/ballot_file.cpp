#include "tally/demo/ballot_file.h"

#include <optional>

#include "crypto/codes/base.h"

namespace tuixuan::demo {

namespace {

constexpr std::uint32_t kMaxVoters = 1'000'000;
constexpr std::uint32_t kMaxCandidates = 250;

tl::unexpected<Error> bad(std::size_t line, const std::string& what) {
  return fail(code::plain::ballot_file, "line " + std::to_string(line) + ": " + what);
}

std::optional<std::uint32_t> number(std::string_view text, std::uint32_t most) {
  if (text.empty() || text.size() > 7 || text.find_first_not_of("0123456789") != std::string_view::npos) return {};
  std::uint32_t value = 0;
  for (const char c : text) value = value * 10 + static_cast<std::uint32_t>(c - '0');
  if (value > most) return {};
  return value;
}

std::vector<std::string_view> split(std::string_view text, std::string_view by) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(by, at);
    out.push_back(text.substr(at, end == std::string_view::npos ? end : end - at));
    if (end == std::string_view::npos) return out;
    at = end + by.size();
  }
}

constexpr std::string_view kNames = "# Candidates, numbered from 1: ";

Result<std::vector<std::string>> read_names(std::string_view line, std::size_t at) {
  std::vector<std::string> out;
  for (const std::string_view item : split(line.substr(kNames.size()), ", ")) {
    const std::string expected = std::to_string(out.size() + 1) + " ";
    if (!item.starts_with(expected) || item.size() == expected.size())
      return bad(at, "candidate " + expected + "is expected next");
    out.emplace_back(item.substr(expected.size()));
  }
  if (out.size() > kMaxCandidates) return bad(at, "more than 250 candidates");
  return out;
}

Result<void> read_row(std::string_view line, std::size_t at, ApprovalBallots& out) {
  const std::size_t comma = line.find(',');
  if (comma == std::string_view::npos) return bad(at, "a row is \"voters,approved\"");
  const auto voters = number(line.substr(0, comma), kMaxVoters);
  if (!voters || out.ballots.size() + *voters > kMaxVoters)
    return bad(at, "the number of voters is not one, or too large");
  std::vector<std::uint32_t> approved;
  const std::string_view list = line.substr(comma + 1);
  if (!list.empty())
    for (const std::string_view item : split(list, " ")) {
      const auto candidate = number(item, static_cast<std::uint32_t>(out.candidates.size()));
      if (!candidate || *candidate == 0 || (!approved.empty() && *candidate <= approved.back()))
        return bad(at, "\"" + std::string(item) + "\" is no candidate's number, or out of order");
      approved.push_back(*candidate);
    }
  out.ballots.insert(out.ballots.end(), *voters, approved);
  return {};
}

}  // namespace

Result<ApprovalBallots> parse_ballot_file(ByteView file) {
  if (file.size() > kMaxBallotFile) return fail(code::plain::ballot_file, "over 16 MiB");
  ApprovalBallots out;
  bool header = false;
  std::size_t at = 0;
  for (std::string_view line : split(as_text(file), "\n")) {
    ++at;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with(kNames)) {
      if (!out.candidates.empty()) return bad(at, "the candidates are named a second time");
      TUIXUAN_TRY(names, read_names(line, at));
      out.candidates = std::move(names);
    } else if (line.empty() || line.starts_with('#')) {
      continue;
    } else if (!header) {
      if (line != "voters,approved") return bad(at, "the table begins with \"voters,approved\"");
      if (out.candidates.empty()) return bad(at, "no comment before names the candidates");
      header = true;
    } else {
      TUIXUAN_CHECK(read_row(line, at, out));
    }
  }
  if (out.ballots.empty()) return fail(code::plain::ballot_file, "there is no ballot in it");
  return out;
}

}  // namespace tuixuan::demo

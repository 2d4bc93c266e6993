#include "tally/election/opened.h"

#include <algorithm>
#include <utility>

#include "crypto/codes/entries.h"
#include "crypto/protocol/ballot.h"
#include "tally/ballot/choice_words.h"
#include "tally/ballot/codec.h"
#include "tally/election/bodies.h"
#include "tally/election/envelope.h"

namespace tuixuan::election {

static const tally::Contest* find(std::span<const tally::Contest> contests, const ContestId& id) {
  const auto found = std::find_if(contests.begin(), contests.end(), [&](const auto& c) { return c.id == id; });
  return found == contests.end() ? nullptr : &*found;
}

Result<OpenedBallot> opened_ballot(ByteView entry, std::span<const tally::Contest> contests) {
  TUIXUAN_TRY(envelope, Envelope::decode(entry));
  if (envelope.kind != Kind::challenge) return fail(code::V11::open, "this entry opens no ballot");
  TUIXUAN_TRY(body, BallotEntryBody::decode(envelope.body));
  TUIXUAN_TRY(ballot, protocol::BallotBody::decode(body.ballot));
  TUIXUAN_TRY(opening, protocol::BallotOpening::decode(body.opening));
  if (opening.contests.size() != ballot.contests.size())
    return fail(code::V11::open, "the opening is of another number of contests than the ballot");
  OpenedBallot out{ballot.kiosk, ballot.seq, ballot.hash(), {}};
  for (std::size_t i = 0; i < ballot.contests.size(); ++i) {
    OpenedChoice choice{ballot.contests[i].contest, std::nullopt};
    if (const tally::Contest* contest = find(contests, choice.contest))
      if (auto selection = tally::decode(*contest, opening.contests[i].content))
        choice.selection = std::move(*selection);
    out.choices.push_back(std::move(choice));
  }
  return out;
}

std::vector<std::string> opened_lines(const OpenedChoice& choice, const tally::Contest& contest,
                                      std::string_view language) {
  const bool en = language == "en";
  if (!choice.selection) return {en ? "bytes that are no choice" : "不是选票内容的字节"};
  auto lines = tally::choice_words(contest, *choice.selection, language);
  if (lines.empty()) lines.emplace_back(en ? "nothing marked" : "没有填写");
  return lines;
}

std::vector<std::string> opened_words(const OpenedBallot& ballot, std::span<const tally::Contest> contests,
                                      std::string_view language) {
  std::vector<std::string> out;
  for (const OpenedChoice& choice : ballot.choices) {
    const tally::Contest* contest = find(contests, choice.contest);
    const std::string title = contest == nullptr ? choice.contest.name : contest->title.in(language);
    std::string line = title;
    const char* before = " — ";
    for (const std::string& part : opened_lines(choice, contest == nullptr ? tally::Contest{} : *contest, language))
      line += std::exchange(before, language == "en" ? "; " : "；") + part;
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace tuixuan::election

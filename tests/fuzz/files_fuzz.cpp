// The small files and lines that people and programs hand to the appliance: congress card, server address, ballot file,
// a voter's line at a kiosk without a screen.
#include "kiosk/core/headless.h"
#include "tally/client/congress_card.h"
#include "tally/demo/ballot_file.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

namespace {

std::vector<tally::Contest> contests() {
  tally::Contest election;
  election.id = ContestId{"committee"};
  election.max_choices = 2;
  election.candidates = {{"丁文华", ""}, {"王建国", ""}, {"李秀英", ""}};
  election.write_ins = {tally::WriteInRule::free_lines, 2, 45, {}};
  tally::Contest rating;
  rating.id = ContestId{"rating"};
  rating.kind = tally::Kind::rating;
  rating.candidates = election.candidates;
  rating.rating = tally::Rating{};
  rating.rating->grades = {{{"优秀", ""}, 100}, {{"合格", ""}, 60}};
  rating.rating->items = {{{"总体", ""}, 100}};
  return {election, rating};
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<tally::Contest> kContests = contests();
  const ByteView bytes(data, size);
  if (const auto card = client::parse_card(bytes)) {
    const auto again = client::parse_card(as_bytes(client::write_card(*card)));
    fuzz::require(again && client::write_card(*again) == client::write_card(*card), "a written card is the same card");
  }
  if (const auto address = client::Address::parse(as_text(bytes))) {
    const auto again = client::Address::parse(address->url());
    fuzz::require(again && again->host == address->host && again->port == address->port, "an address is itself again");
  }
  if (const auto ballots = demo::parse_ballot_file(bytes))
    for (const auto& ballot : ballots->ballots)
      for (const std::uint32_t c : ballot)
        fuzz::require(c >= 1 && c <= ballots->candidates.size(), "a ballot names candidates of the file");
  if (const auto voter = kiosk::read_voter(as_text(bytes), kContests)) {
    fuzz::require(voter->selections.size() == kContests.size(), "a selection for each contest");
    for (std::size_t i = 0; i < kContests.size(); ++i) (void)tally::check(kContests[i], voter->selections[i]);
  }
  return 0;
}

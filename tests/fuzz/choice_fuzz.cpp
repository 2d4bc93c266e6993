// The content of a ballot against a contest that the input chooses: refused, or the one byte string of its selection,
// and the count takes it either way. Names as typed become names that pass. Input: 4 bytes for the contest, then the
// content.
#include "crypto/base/reader.h"
#include "tally/ballot/codec.h"
#include "tally/count/count.h"
#include "tally/names/names.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

namespace {

tally::Contest contest_from(Reader& r) {
  const std::uint8_t candidates = r.u8() % 31;
  const std::uint8_t options = r.u8();
  const std::uint8_t write_ins = r.u8();
  const std::uint8_t limits = r.u8();
  tally::Contest contest;
  contest.id = ContestId{"c"};
  for (unsigned i = 0; i < candidates; ++i) contest.candidates.push_back({"候选人" + std::to_string(i + 1), ""});
  contest.seats = 1 + limits % 7;
  contest.max_choices = contest.seats;
  contest.min_choices = limits / 64;
  if ((options & 1U) != 0) contest.answers.postpone = tally::Answer{{"缓议", "postpone"}, "△"};
  if ((options & 2U) != 0) contest.blank = tally::BlankRule::invalid;
  if ((options & 4U) != 0 && candidates > 0) {
    contest.kind = tally::Kind::rating;
    contest.seats = 0;
    contest.rating = tally::Rating{};
    contest.rating->grades = {{{"优秀", ""}, 100}, {{"合格", ""}, 60}};
    contest.rating->items = {{{"总体", ""}, 60}, {{"廉洁", ""}, 40}};
    contest.rating->not_acquainted = (options & 8U) != 0;
    contest.rating->refuse_identical = (options & 16U) != 0;
    contest.rating->trim = (options & 32U) != 0;
  } else if (write_ins % 3 != 0) {
    contest.write_ins.rule =
        write_ins % 3 == 1 && candidates > 0 ? tally::WriteInRule::under_opposed : tally::WriteInRule::free_lines;
    contest.write_ins.slots = 1 + write_ins / 3 % 5;
    contest.write_ins.name_bytes = 3 + write_ins / 3 % 88;
  }
  return contest;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Reader r({data, size}, "input");
  const tally::Contest contest = contest_from(r);
  const ByteView content = r.fixed(r.left());

  const auto selection = tally::decode(contest, content);
  if (selection) {
    const auto again = tally::encode(contest, *selection);
    fuzz::require(again && equal(*again, content), "a selection has one content");
    fuzz::require(content.size() <= tally::content_limit(contest),
                  "a content is not longer than the longest legal one");
  } else {
    fuzz::require(selection.error().check.area() == Area::ballot, "the refusal is named");
  }
  tally::ContestCount count(contest, {9, 9, 8, 7, 7, 2});
  count.add(selection);
  count.add(tally::blank(contest));
  const tally::ContestResult result = count.finish();
  fuzz::require(result.ballots == 2 && result.valid + result.invalid == 2, "every ballot is valid or invalid");
  fuzz::require(selection || result.invalid >= 1, "what cannot be read is invalid");

  if (const auto name = tally::tidy_name(as_text(content), 90)) {
    fuzz::require(tally::check_name(*name, 90).has_value(), "a tidied name is a name");
    const auto twice = tally::tidy_name(*name, 90);
    fuzz::require(twice && *twice == *name, "tidying twice changes nothing");
  }
  return 0;
}

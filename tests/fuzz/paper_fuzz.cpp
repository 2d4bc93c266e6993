// A table of paper ballots, one of piles, a roll, an attendance, and the small tables beside a count: refused with a
// named check and its place, or counted so that the papers of the boxes are those of the whole, and each candidate's
// marks are the valid ballots. Input: the table.
#include "tally/paper/attendance_table.h"
#include "tally/paper/compare.h"
#include "tally/paper/paper_count.h"
#include "tally/paper/roll.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

namespace {

tally::Scheme small_scheme() {
  tally::Scheme s;
  s.congress.id = std::string("c");
  s.boxes = {{BoxId{"b1"}, {"一号", ""}, {}, {}}, {BoxId{"b2"}, {"二号", ""}, {}, {}}};
  tally::Contest c;
  c.id = ContestId{"k"};
  c.seats = c.max_choices = 2;
  c.candidates = {{"甲", ""}, {"乙", ""}};
  c.write_ins = {tally::WriteInRule::free_lines, 2, 60, {}, tally::Unmarked::not_counted};
  s.contests = {c};
  tally::Stage stage;
  stage.id = StageId{"s"};
  stage.boxes = {BoxId{"b1"}, BoxId{"b2"}};
  stage.contests = {c.id};
  s.stages = {stage};
  return s;
}

void consistent(const paper::PaperCount& count) {
  const tally::ContestResult r = count.report().contests[0];
  fuzz::require(r.ballots == count.papers(0) + count.papers(1), "the boxes' papers are the whole");
  fuzz::require(r.valid + r.invalid == r.ballots, "a paper is valid or invalid");
  for (const tally::PersonResult& p : r.persons)
    if (p.number > 0)
      fuzz::require(p.approve + p.oppose + p.abstain + p.unreadable == r.valid, "marks are the valid ballots");
}

// Everybody of a roll is somewhere once.
void one_roll(const std::string& text) {
  static const tally::Scheme kScheme = small_scheme();
  paper::Roll roll = paper::roll_for(kScheme.stages[0]);
  paper::Table csv(paper::text_source(text));
  if (!paper::read_roll(kScheme, kScheme.stages[0], csv, roll)) return;
  const tally::Attendance& a = roll.numbers;
  std::uint64_t excluded = 0;
  std::uint64_t absent = 0;
  for (const tally::ExcludedPersons& x : a.excluded) excluded += x.persons;
  for (const tally::AbsentPersons& x : a.absent) absent += x.persons;
  fuzz::require(a.with_vote + a.probationary + a.on_probation + a.suspended == a.registered, "rights");
  fuzz::require(a.expected + excluded == a.with_vote, "exclusions");
  fuzz::require(!roll.attended || a.present + absent == a.expected, "who came");
  fuzz::require(a.boxes[0].present + a.boxes[1].present == a.present, "the boxes' people are the whole");
}

template <class Read>
void named(const std::string& text, const Read& read) {
  paper::Table rows(paper::text_source(text));
  const auto done = read(rows);
  fuzz::require(done || done.error().check != Code(), "a refusal names its check");
}

// Typed twice, a table is the same; whoever reads a small table says why not.
void small_tables(const std::string& text) {
  static const tally::Scheme kScheme = small_scheme();
  named(text, paper::read_points);
  named(text, paper::read_names);
  named(text, paper::read_keys);
  named(text, [](paper::Table& rows) {
    return paper::read_attendance_table(kScheme, kScheme.stages[0], rows, paper::BoxNumbers::needed);
  });
  const paper::Typed typed{"t", [&text]() -> Result<paper::Table> { return paper::Table(paper::text_source(text)); }};
  const auto same = paper::compare_tables(kScheme, kScheme.stages[0], typed, typed, paper::LastRow::papers);
  fuzz::require(!same || same->all == 0, "a table agrees with itself");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(as_text({data, size}));
  static const tally::Scheme kScheme = small_scheme();
  paper::PaperCount count(kScheme, kScheme.stages[0], nullptr, {});
  paper::Table csv(paper::text_source(text));
  const auto done =
      paper::read_ballots(kScheme, kScheme.stages[0], csv, [&](const paper::PaperBallot& b) { return count.add(b); });
  fuzz::require(done || done.error().check != Code(), "a refusal names its check");
  consistent(count);
  paper::Table by_hand(paper::text_source(text));
  if (const auto piles = paper::read_piles(kScheme, kScheme.stages[0], by_hand)) {
    paper::PaperCount counted(kScheme, kScheme.stages[0], nullptr, {});
    bool all = true;
    for (const paper::Pile& pile : *piles) all = all && counted.add(pile);
    if (all) consistent(counted);
  }
  one_roll(text);
  small_tables(text);
  paper::Table again(paper::text_source(text));
  const auto spellings = paper::read_spellings(again);
  fuzz::require(spellings || spellings.error().check != Code(), "a refusal names its check");
  return 0;
}

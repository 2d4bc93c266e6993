// Names written in an electronic vote: those that are perhaps one person are found before the result is signed, and
// two supervisors merge them.
#include "tally/organiser/name_steps.h"

#include <gmock/gmock.h>

#include "crypto/codes/organiser.h"
#include "tally/election/fold.h"
#include "tests/support/thread_kit.h"

namespace tuixuan::organiser {
namespace {

using kit::Thread;
using testing::ElementsAre;

Thread with_written_names() {
  Thread t([](tally::Scheme& s) {
    s.contests[0].write_ins = {tally::WriteInRule::free_lines, 2, 45, {}};
    s.contests[0].max_choices = 5;
  });
  t.begin();
  t.enter(kit::kMembers);
  t.slips();
  t.attendance();
  t.open();
  t.vote_for({{"丁文华", "+阿依·古丽"}, {"丁文华", "+阿依•古丽"}, {"+王晓明", "+王小明"}});
  t.close();
  return t;
}

TEST(WrittenNames, are_listed_and_merged_before_the_count) {
  Thread t = with_written_names();
  EXPECT_EQ(written_names(t.fold.state(), t.stage_id, 1).error().check, code::step::early) << "not decrypted yet";
  t.mix();
  t.decrypt();
  const auto all = written_names(t.fold.state(), t.stage_id, 1);
  ASSERT_TRUE(all) << all.error().text();
  ASSERT_EQ(all->size(), 1U);
  const WrittenNames& w = all->front();
  std::map<std::string, std::uint64_t> votes;
  for (const WrittenName& n : w.names) votes[n.name] = n.votes;
  EXPECT_EQ(votes,
            (std::map<std::string, std::uint64_t>{{"阿依·古丽", 1}, {"阿依•古丽", 1}, {"王晓明", 1}, {"王小明", 1}}));
  ASSERT_EQ(w.alike.size(), 2U);
  EXPECT_EQ(w.alike[0].by, alike::Likeness::spelling);
  EXPECT_EQ(w.alike[1].by, alike::Likeness::sound);
  EXPECT_THAT(w.alike[1].names, testing::UnorderedElementsAre("王晓明", "王小明"));

  EXPECT_EQ(draft_spellings(*all, t.stage_id, w.contest, {{"李四", "王小明"}}).error().check, code::step::spelling);
  EXPECT_EQ(draft_spellings(*all, t.stage_id, ContestId{"nothing"}, {}).error().check, code::step::contest);
  const auto body = draft_spellings(*all, t.stage_id, w.contest, {{"阿依•古丽", "阿依·古丽"}});
  ASSERT_TRUE(body) << body.error().text();
  EXPECT_EQ(t.offer(t.by_supervisors(election::Kind::spellings, body->encode())), "");

  const auto after = written_names(t.fold.state(), t.stage_id, 1);
  ASSERT_TRUE(after) << after.error().text();
  ASSERT_EQ(after->front().names.size(), 3U);
  EXPECT_EQ(after->front().merged, (std::map<std::string, std::string>{{"阿依•古丽", "阿依·古丽"}}));
  EXPECT_TRUE(draft_spellings(*after, t.stage_id, w.contest, {{"阿依•古丽", "阿依·古丽"}, {"王小明", "王晓明"}}))
      << "what is merged already can be named again";
  t.count();
  EXPECT_EQ(written_names(t.fold.state(), t.stage_id, 1).error().check, code::step::early) << "counted";
}

TEST(Alike, spelling_variants_and_sound) {
  const auto groups = alike::groups_of({"王芳", "王 芳", "张國強", "张国强", "李晓明", "李小明", "赵六", "王芳"}, true);
  ASSERT_TRUE(groups) << groups.error().text();
  ASSERT_EQ(groups->size(), 3U);
  EXPECT_THAT((*groups)[0].names, ElementsAre("王芳", "王 芳"));
  EXPECT_EQ((*groups)[1].by, alike::Likeness::variant);
  EXPECT_THAT((*groups)[1].names, ElementsAre("张國強", "张国强"));
  EXPECT_EQ((*groups)[2].by, alike::Likeness::sound);
  EXPECT_THAT(alike::groups_of({"李晓明", "李小明"}, false).value(), testing::IsEmpty())
      << "sound is for those who ask";
  EXPECT_THAT(alike::groups_of({}, true).value(), testing::IsEmpty());
}

}  // namespace
}  // namespace tuixuan::organiser

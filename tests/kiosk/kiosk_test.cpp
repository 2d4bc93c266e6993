// A voter at a kiosk: the steps and no others, the journal before the tracker, nothing plain on the disk; delivery, and
// what becomes of a ballot that the log refuses.
#include <gmock/gmock.h>

#include <sqlite3.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "crypto/codes/ballot.h"
#include "crypto/codes/base.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/client.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/kiosk.h"
#include "kiosk/core/folder.h"
#include "kiosk/core/headless.h"
#include "kiosk/core/standing.h"
#include "kiosk/core/watch.h"
#include "tests/support/congress_kit.h"

namespace tuixuan::kiosk {
namespace {

namespace fs = std::filesystem;
using election::Kind;
using testing::HasSubstr;

class KioskTest : public testing::Test {
 protected:
  KioskTest() : kit({12, 2, 3, 2, true}) {
    std::string pattern = (fs::temp_directory_path() / "tuixuan-kiosk-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    kit.found();
    kit.ceremony();
    kit.slips();
    kit.attendance();
    kit.open();
    journal.emplace(Journal::open(file(), kit.kiosks[0].id).value());
    stage = open_stage_for(kit.fold.state(), kit.kiosks[0].id).value();
    session.emplace(kit.kiosks[0].id, kit.kiosks[0].signing, *journal);
  }
  ~KioskTest() override { fs::remove_all(folder); }
  std::string file() const { return folder / "journal.sqlite"; }
  SlipCheck slips() const { return slip_check(kit.fold.state(), stage.id, stage.box); }
  std::string slip(std::size_t i) const { return kit.slip_secrets[i].text(); }
  std::string scan(std::size_t i) {
    const auto scanned = session->scan(stage, slip(i), slips());
    return scanned ? "taken" : std::string(name_of(scanned.error().check));
  }
  void mark() {
    const auto selections = kit.some_selections(1);
    for (std::size_t i = 0; i < selections.size(); ++i) ASSERT_TRUE(session->mark(i, selections[i]));
  }
  SealedBallot vote(std::size_t i) {
    EXPECT_EQ(scan(i), "taken");
    mark();
    EXPECT_TRUE(session->seal());
    return session->cast(kit.minutes).value();
  }
  // Delivers to the kit's fold, as a server would.
  Deliver to_fold() {
    return [this](ByteView entry) -> Result<std::string> {
      TUIXUAN_CHECK(kit.fold.accept(entry, kit.objects));
      return std::string("receipt");
    };
  }

  kit::Congress kit;
  fs::path folder;
  std::optional<Journal> journal;
  OpenStage stage;
  std::optional<Session> session;
};

// A slip of another box is told so by the log's state and by the screen's picture of it, in the same words.
TEST_F(KioskTest, ASlipOfAnotherBoxIsSentThere) {
  auto picture = std::make_shared<Picture>(picture_of(kit.fold.state(), kit.kiosks[0].id));
  const auto credential = kit.credential(0).verify_key();
  EXPECT_TRUE(slips()(credential));
  EXPECT_TRUE(slip_check(picture)(credential));
  picture->stage->box = BoxId{"elsewhere"};
  const auto on_log = slip_check(kit.fold.state(), stage.id, BoxId{"elsewhere"})(credential);
  const auto on_screen = slip_check(picture)(credential);
  ASSERT_FALSE(on_log || on_screen);
  EXPECT_EQ(on_log.error().check, code::slip::box);
  EXPECT_EQ(on_log.error(), on_screen.error());
}

TEST_F(KioskTest, CastsAndDelivers) {
  const SealedBallot a = vote(0);
  const SealedBallot b = vote(1);
  EXPECT_EQ(a.seq, 1U);
  EXPECT_EQ(b.seq, 2U);
  EXPECT_EQ(a.tracker.size(), 32U);
  Delivery done;
  ASSERT_TRUE(deliver_all(*journal, stage, kit.kiosks[0].signing, kit.minutes, to_fold(), done));
  EXPECT_EQ(done.delivered, 2U);
  EXPECT_EQ(kit.stage().cast, 2U);
  const auto counts = journal->counts(stage.id).value();
  EXPECT_EQ(counts.cast, 2U);
  EXPECT_EQ(counts.undelivered, 0U);
  ASSERT_TRUE(end_voting(*journal, stage, kit.kiosks[0].id, kit.kiosks[0].signing, kit.minutes));
  ASSERT_TRUE(deliver_all(*journal, stage, kit.kiosks[0].signing, kit.minutes, to_fold(), done));
  EXPECT_EQ(kit.stage().kiosks.at(kit.kiosks[0].id).last, 2U);
  EXPECT_EQ(journal->ended(stage.id).value()->receipt, "receipt");
}

TEST_F(KioskTest, AChallengeOpensTheBallotAndTheVoterVotesAgain) {
  ASSERT_EQ(scan(0), "taken");
  mark();
  const SealedBallot first = session->seal().value();
  EXPECT_EQ(session->challenge(kit.minutes).value().hash, first.hash);
  EXPECT_EQ(session->step(), Step::marking);
  mark();
  const SealedBallot second = session->seal().value();
  EXPECT_NE(second.hash, first.hash);
  EXPECT_EQ(second.seq, 2U);
  ASSERT_TRUE(session->cast(kit.minutes));
  Delivery done;
  ASSERT_TRUE(deliver_all(*journal, stage, kit.kiosks[0].signing, kit.minutes, to_fold(), done));
  EXPECT_EQ(kit.stage().challenged, 1U);
  EXPECT_EQ(kit.stage().cast, 1U);
}

TEST_F(KioskTest, NoStepOutOfItsTurn) {
  EXPECT_EQ(session->seal().error().check, code::session::step);
  EXPECT_EQ(session->cast(kit.minutes).error().check, code::session::step);
  EXPECT_EQ(session->challenge(kit.minutes).error().check, code::session::step);
  EXPECT_EQ(session->mark(0, {}).error().check, code::session::step);
  ASSERT_EQ(scan(0), "taken");
  EXPECT_EQ(scan(1), "session.step");
  EXPECT_EQ(session->cast(kit.minutes).error().check, code::session::step);
  mark();
  ASSERT_TRUE(session->seal());
  EXPECT_EQ(session->seal().error().check, code::session::step);
  EXPECT_EQ(session->mark(0, {}).error().check, code::session::step);
}

TEST_F(KioskTest, SlipsThatMayNotVote) {
  EXPECT_EQ(session->scan(stage, "hello", slips()).error().check, code::plain::slip);
  EXPECT_EQ(session->scan(stage, protocol::Slip::random().text(), slips()).error().check, code::slip::unknown);
  (void)vote(0);
  EXPECT_EQ(scan(0), "slip.used") << "cast here, not yet delivered";
  kit.append(kit.cast_entry(kit.seal(1, 1, kit.some_selections(0)), 1));
  EXPECT_EQ(scan(1), "slip.used") << "cast at another kiosk";
  const election::VoidSlipBody spoiled{kit.stage_id, kit.credential(2).verify_key(), "spoiled"};
  kit.append(kit.entry(Kind::void_slip, spoiled.encode(), {&kit.supervisors[0], &kit.supervisors[1]}));
  EXPECT_EQ(scan(2), "slip.voided");
}

TEST_F(KioskTest, AnInvalidBallotIsNotSealed) {
  ASSERT_EQ(scan(0), "taken");
  auto over = kit.some_selections(0);
  for (auto& m : over[0].marks) m = tally::Mark::approve;
  ASSERT_TRUE(session->mark(0, over[0]));
  EXPECT_EQ(session->seal().error().check, code::ballot::overvote);
  mark();
  EXPECT_TRUE(session->seal());
}

TEST_F(KioskTest, WhoLeavesGivesUpTheSealedBallotAndKeepsTheSlip) {
  ASSERT_EQ(scan(0), "taken");
  mark();
  ASSERT_TRUE(session->seal());
  ASSERT_TRUE(session->leave(kit.minutes));
  EXPECT_EQ(session->step(), Step::waiting);
  EXPECT_EQ(vote(0).seq, 2U);
  Delivery done;
  ASSERT_TRUE(deliver_all(*journal, stage, kit.kiosks[0].signing, kit.minutes, to_fold(), done));
  EXPECT_EQ(kit.stage().abandoned, 1U);
  EXPECT_EQ(kit.stage().cast, 1U);
}

TEST_F(KioskTest, APowerCutBetweenSealAndCastLeavesNoGap) {
  ASSERT_EQ(scan(0), "taken");
  mark();
  ASSERT_TRUE(session->seal());
  session.reset();
  journal.reset();
  journal.emplace(Journal::open(file(), kit.kiosks[0].id).value());
  session.emplace(kit.kiosks[0].id, kit.kiosks[0].signing, *journal);
  EXPECT_EQ(session->recover(stage, kit.minutes).value(), 1U);
  EXPECT_EQ(vote(0).seq, 2U);
}

TEST_F(KioskTest, ACastThatTheLogRefusesBecomesAnAbandon) {
  (void)vote(0);
  (void)vote(1);
  kit.append(kit.cast_entry(kit.seal(0, 1, kit.some_selections(0)), 0));  // the same slip, at the other kiosk, sooner
  Delivery done;
  ASSERT_TRUE(deliver_all(*journal, stage, kit.kiosks[0].signing, kit.minutes, to_fold(), done));
  ASSERT_EQ(done.turned.size(), 1U);
  EXPECT_EQ(done.turned[0].why.check, code::V09::second);
  EXPECT_EQ(kit.stage().cast, 2U);
  EXPECT_EQ(kit.stage().abandoned, 1U);
}

TEST_F(KioskTest, WhatTheNetworkDelaysIsSentAgain) {
  (void)vote(0);
  (void)vote(1);
  int calls = 0;
  const Deliver flaky = [&](ByteView entry) -> Result<std::string> {
    if (++calls % 2 == 1) return fail(code::net::connect, "nobody answers");
    return to_fold()(entry);
  };
  Delivery done;
  for (int i = 0; i < 4; ++i) (void)deliver_all(*journal, stage, kit.kiosks[0].signing, kit.minutes, flaky, done);
  EXPECT_EQ(done.delivered, 2U);
  EXPECT_EQ(kit.stage().cast, 2U);
}

TEST_F(KioskTest, TheEndWaitsForAllBallotsBeforeIt) {
  (void)vote(0);
  ASSERT_TRUE(end_voting(*journal, stage, kit.kiosks[0].id, kit.kiosks[0].signing, kit.minutes));
  std::vector<Kind> sent;
  bool away = true;
  const Deliver deliver = [&](ByteView entry) -> Result<std::string> {
    if (away) return fail(code::net::connect, "nobody answers");
    sent.push_back(election::Envelope::decode(entry)->kind);
    return to_fold()(entry);
  };
  Delivery done;
  EXPECT_FALSE(deliver_all(*journal, stage, kit.kiosks[0].signing, kit.minutes, deliver, done));
  away = false;
  EXPECT_TRUE(deliver_all(*journal, stage, kit.kiosks[0].signing, kit.minutes, deliver, done));
  EXPECT_TRUE(deliver_all(*journal, stage, kit.kiosks[0].signing, kit.minutes, deliver, done)) << "and is sent once";
  EXPECT_THAT(sent, testing::ElementsAre(Kind::cast, Kind::kiosk_final));
}

// Each layer refuses by itself: the session its slip, the journal its ballot, and the file whoever writes to it.
TEST_F(KioskTest, AfterTheEndNothingIsTaken) {
  (void)vote(0);
  ASSERT_EQ(scan(1), "taken");
  mark();
  ASSERT_TRUE(end_voting(*journal, stage, kit.kiosks[0].id, kit.kiosks[0].signing, kit.minutes));
  EXPECT_EQ(session->seal().error().check, code::kiosk::ended) << "who was marking when it ended";
  ASSERT_TRUE(session->leave(kit.minutes));
  EXPECT_EQ(scan(1), "kiosk.ended");
  EXPECT_EQ(journal->prepare(stage.id, 2, Hash64{}, kit.credential(1).verify_key(), {}).error().check,
            code::kiosk::ended);
  EXPECT_TRUE(journal->prepare(StageId{"run-off"}, 1, Hash64{}, kit.credential(1).verify_key(), {}))
      << "another stage is another vote";
  session.reset();
  journal.reset();
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(file().c_str(), &db), SQLITE_OK);
  const auto run = [&](const std::string& sql) { return sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr); };
  EXPECT_EQ(
      run("INSERT INTO ballot(stage, seq, hash, credential, ballot) VALUES('" + stage.id.name + "', 7, x'', x'', x'')"),
      SQLITE_CONSTRAINT);
  EXPECT_EQ(run("DELETE FROM ended"), SQLITE_CONSTRAINT);
  sqlite3_close(db);
}

TEST_F(KioskTest, TheLogAgreesWithAKioskThatVotes) {
  Standing standing(kit.kiosks[0].id, kit.kiosks[0].signing.verify_key(), *journal);
  Delivery done;
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(standing.check(kit.fold.state(), stage.id));
    (void)vote(i);
    EXPECT_TRUE(standing.check(kit.fold.state(), stage.id)) << "cast, not delivered";
    ASSERT_TRUE(deliver_all(*journal, stage, kit.kiosks[0].signing, kit.minutes, to_fold(), done));
  }
  EXPECT_TRUE(standing.check(kit.fold.state(), stage.id));
  EXPECT_TRUE(standing.check(kit.fold.state(), StageId{"another"}));
}

TEST_F(KioskTest, EveryDisagreementHasItsName) {
  const auto standing = [&](const primitives::SigningKey& key) {
    const auto checked = Standing(kit.kiosks[0].id, key.verify_key(), *journal).check(kit.fold.state(), stage.id);
    return checked ? std::string("agrees") : std::string(name_of(checked.error().check));
  };
  EXPECT_EQ(standing(primitives::SigningKey::random()), "kiosk.other_key");
  // Another machine under this id: first a ballot that this journal does not know, then one in the place of its own.
  kit.append(kit.cast_entry(kit.seal(0, 0, kit.some_selections(0)), 0));
  EXPECT_EQ(standing(kit.kiosks[0].signing), "kiosk.behind");
  (void)vote(1);
  EXPECT_EQ(standing(kit.kiosks[0].signing), "kiosk.twice");
  const election::KioskEndBody lost{kit.stage_id, kit.kiosks[1].id, 0, "broken"};
  kit.append(kit.by_supervisors(Kind::kiosk_lost, lost.encode()));
  Journal second = Journal::open(folder / "second.sqlite", kit.kiosks[1].id).value();
  EXPECT_EQ(Standing(kit.kiosks[1].id, kit.kiosks[1].signing.verify_key(), second)
                .check(kit.fold.state(), stage.id)
                .error()
                .check,
            code::kiosk::lost);
  EXPECT_TRUE(second.ended(stage.id).value()) << "and its journal refuses by itself from now on";
}

TEST_F(KioskTest, AKioskThatHasEndedIsNamed) {
  ASSERT_TRUE(end_voting(*journal, stage, kit.kiosks[0].id, kit.kiosks[0].signing, kit.minutes));
  Delivery done;
  ASSERT_TRUE(deliver_all(*journal, stage, kit.kiosks[0].signing, kit.minutes, to_fold(), done));
  Standing standing(kit.kiosks[0].id, kit.kiosks[0].signing.verify_key(), *journal);
  EXPECT_EQ(standing.check(kit.fold.state(), stage.id).error().check, code::kiosk::ended);
}

TEST_F(KioskTest, CastsThatAreNotOnTheLogOfAClosedStageAreListed) {
  const SealedBallot sent = vote(0);
  Delivery done;
  ASSERT_TRUE(deliver_all(*journal, stage, kit.kiosks[0].signing, kit.minutes, to_fold(), done));
  const SealedBallot kept = vote(1);
  EXPECT_THAT(missing_casts(kit.fold.state(), *journal, stage.id), testing::IsEmpty()) << "it may yet be delivered";
  const auto missing = missing_casts(kit.fold.state(), *journal, StageId{});
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].hash, kept.hash);
  EXPECT_EQ(missing[0].seq, 2U);
}

TEST_F(KioskTest, TheJournalOfARehearsalIsSetAsideAndKept) {
  const log::NoteKey rehearsal{"rehearsal.example/log", log::KeyType::kEd25519, kit.log_key.verify_key()};
  const log::NoteKey real{"real.example/log", log::KeyType::kEd25519, kit.desk.verify_key()};
  const std::string place = folder / "K7";
  ASSERT_TRUE(make_kiosk(place, "K7"));
  KioskFolder kiosk = open_kiosk(place).value();
  const auto credential = kit.credential(0).verify_key();
  EXPECT_EQ(join_log(kiosk, place, rehearsal).value(), "");
  EXPECT_EQ(join_log(kiosk, place, rehearsal).value(), "");
  ASSERT_TRUE(kiosk.journal.prepare(stage.id, 1, Hash64{}, credential, {}));
  ASSERT_TRUE(kiosk.journal.decide(stage.id, 1, Kind::cast, as_bytes("entry")));
  const auto refused = join_log(kiosk, place, real);
  EXPECT_EQ(refused.error().check, code::kiosk::other_log);
  EXPECT_EQ(kiosk.journal.counts()->cast, 1U) << "nothing was changed";
  ASSERT_TRUE(kiosk.journal.delivered(stage.id, 1, "receipt"));
  EXPECT_EQ(join_log(kiosk, place, real).value(), "journal-rehearsal.example_log.sqlite");
  EXPECT_EQ(kiosk.journal.counts()->cast, 0U);
  EXPECT_EQ(join_log(kiosk, place, rehearsal).value(), "journal-real.example_log.sqlite") << "and back";
  EXPECT_EQ(join_log(kiosk, place, real).value(), "journal-rehearsal.example_log-2.sqlite") << "none replaces another";
  EXPECT_EQ(journals_set_aside(place).size(), 3U);
  const Journal old = Journal::open(place + "/journal-rehearsal.example_log.sqlite", kiosk.id).value();
  EXPECT_EQ(old.counts()->cast, 1U);
}

// Whatever the voter wrote, scanned or held must not be in any file of the kiosk.
TEST_F(KioskTest, NothingPlainReachesTheDisk) {
  const auto selections = kit.some_selections(1);
  ASSERT_FALSE(selections[0].write_ins.empty());
  (void)vote(0);
  const std::string code = slip(0);
  const auto seed = kit.credential(0).seed();
  for (const auto& f : fs::directory_iterator(folder)) {
    std::ifstream in(f.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    EXPECT_EQ(bytes.find(selections[0].write_ins[0].name), std::string::npos) << f.path();
    EXPECT_EQ(bytes.find(code.substr(4, 9)), std::string::npos) << f.path();
    EXPECT_EQ(bytes.find(as_text(seed.reveal())), std::string::npos) << f.path();
    EXPECT_EQ(f.status().permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
  }
}

TEST_F(KioskTest, JournalsOfOthersAreRefused) {
  EXPECT_EQ(Journal::open(file(), kit.kiosks[0].id).error().check, code::journal::locked);
  journal.reset();
  EXPECT_EQ(Journal::open(file(), KioskId{"K9"}).error().check, code::journal::open);
  std::ofstream(folder / "text") << "not a journal, but long enough to be looked at by the library";
  EXPECT_EQ(Journal::open(folder / "text", kit.kiosks[0].id).error().check, code::journal::open);
}

TEST_F(KioskTest, OnlyAnEnrolledKioskOfAnOpenStage) {
  EXPECT_EQ(open_stage_for(kit.fold.state(), KioskId{"K9"}).error().check, code::kiosk::enrolment);
  kit.vote(0);
  kit.close();
  EXPECT_EQ(open_stage_for(kit.fold.state(), kit.kiosks[0].id).error().check, code::kiosk::closed);
}

TEST_F(KioskTest, VotersAsLines) {
  const auto& contests = stage.contests;
  const auto why = [&](const std::string& line) {
    const auto v = read_voter(line, contests);
    return v ? std::string("taken") : v.error().what;
  };
  EXPECT_EQ(why(R"({"slip":"TX1-A"})"), "taken");
  EXPECT_EQ(
      why(R"({"slip":"TX1-A","choices":{"committee":{"approve":[1,2],"oppose":[3],"write_ins":[{"name":"王"}]}},"then":"cast"})"),
      "taken");
  EXPECT_THAT(why("vote for me"), testing::Not("taken"));
  EXPECT_THAT(why("[]"), HasSubstr("object"));
  EXPECT_THAT(why(R"({"choices":{}})"), HasSubstr("slip is missing"));
  EXPECT_THAT(why(R"({"slip":"a","slip":"b"})"), HasSubstr("each once"));
  EXPECT_THAT(why(R"({"slip":"a","then":"keep"})"), HasSubstr("each once"));
  EXPECT_THAT(why(R"({"slip":"a","choices":{"mayor":{}}})"), HasSubstr("no contest"));
  EXPECT_THAT(why(R"({"slip":"a","choices":{"committee":{"approve":[0]}}})"), HasSubstr("candidates 1 to"));
  EXPECT_THAT(why(R"({"slip":"a","choices":{"committee":{"approve":[8]}}})"), HasSubstr("candidates 1 to"));
  EXPECT_THAT(why(R"({"slip":"a","choices":{"committee":{"approve":[1],"oppose":[1]}}})"), HasSubstr("twice"));
  EXPECT_THAT(why(R"({"slip":"a","choices":{"committee":{"like":[1]}}})"), HasSubstr("no member"));
  EXPECT_THAT(why(R"({"slip":"a","choices":{"committee":{"grades":[1]}}})"), HasSubstr("grades"));
  EXPECT_THAT(why(R"({"slip":"a","choices":{"committee":{"write_ins":["x"]}}})"), testing::Not("taken"));
}

TEST(KioskFolder, IsMadeOnceAndTheSecondTimeSaysWhatIsThere) {
  std::string folder = (std::filesystem::temp_directory_path() / "tuixuan-kiosk-XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const auto key = make_kiosk(folder, "K7");
  ASSERT_TRUE(key);
  const auto again = make_kiosk(folder, "K8");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().check, code::kiosk::exists);
  for (const std::string& said : {folder, std::string("kiosk K7"), key->hex()})
    EXPECT_NE(again.error().what.find(said), std::string::npos) << again.error().what;
  EXPECT_EQ(open_kiosk(folder)->id.name, "K7");
  // The power was cut after the id and before the key: no kiosk yet.
  std::filesystem::remove(folder + "/kiosk.key");
  EXPECT_FALSE(is_kiosk(folder));
  EXPECT_TRUE(make_kiosk(folder, "K8"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tuixuan::kiosk

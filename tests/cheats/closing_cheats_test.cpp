// The close, and the log around it: n41 to n45b.
#include "crypto/log/cosignature.h"
#include "tests/cheats/cheat.h"
#include "tests/support/kit_record.h"

namespace tuixuan::cheats {
namespace {

class ClosingCheats : public Cheat {
 protected:
  std::string with_close(const std::function<void(election::CloseBody&)>& change) {
    auto b = body<election::CloseBody>(Kind::close);
    change(b);
    before(Kind::close);
    put_by_supervisors(Kind::close, b.encode());
    return verdict();
  }
};

TEST_F(ClosingCheats, n41_TwoEntriesSwapped) {
  std::vector<Bytes> log = c().log;
  std::swap(log[at(Kind::cast, 0)], log[at(Kind::cast, 1)]);  // of different kiosks: their own order holds
  before(Kind::cast, 0);
  for (std::size_t i = at(Kind::cast, 0); i < log.size(); ++i) c().force(log[i]);
  EXPECT_EQ(verdict(), "V12.root");
}
TEST_F(ClosingCheats, n42_OneBallotMore) {
  EXPECT_EQ(with_close([](auto& b) { ++b.cast; }), "V12.cast");
}
TEST_F(ClosingCheats, OneBallotMoreInABox) {
  EXPECT_EQ(with_close([](auto& b) { ++b.boxes[0].cast; }), "V12.cast");
}
TEST_F(ClosingCheats, n43_FewerVotersThanBallots) {
  EXPECT_EQ(with_close([](auto& b) { b.boxes[0].checked_in = b.boxes[0].cast - 1; }), "V12.turnout");
}
TEST_F(ClosingCheats, MoreVotersThanPresent) {
  EXPECT_EQ(with_close([](auto& b) { b.boxes[0].checked_in = 1000; }), "V12.turnout");
}
TEST_F(ClosingCheats, n44_SlipsDoNotAddUp) {
  EXPECT_EQ(with_close([](auto& b) { --b.boxes[0].unused; }), "V12.slips");
}
TEST_F(ClosingCheats, KioskNumbersChanged) {
  EXPECT_EQ(with_close([](auto& b) { ++b.kiosks[0].last; }), "V12.kiosks");
}
TEST_F(ClosingCheats, BoxLeftOut) {
  EXPECT_EQ(with_close([](auto& b) { b.boxes.clear(); }), "V12.boxes");
}
TEST_F(ClosingCheats, CloseWithoutAKiosksFinal) {
  before(Kind::kiosk_final, 1);
  put_by_supervisors(Kind::close, c().close_body().encode());
  EXPECT_EQ(verdict(), "V12.kiosk_final");
}
TEST_F(ClosingCheats, n45_MixWithoutTheTrusteesAgreement) {
  const Bytes mix = c().log[at(Kind::mix)];
  before(Kind::close_agreed, 1);
  c().force(mix);
  EXPECT_EQ(verdict(), "V12.sig");
}
TEST_F(ClosingCheats, n45_CloseChangedUnderTheTrusteesAgreement) {
  const Bytes agreed = c().log[at(Kind::close_agreed)];
  before(Kind::close);
  // A close that balances as well: one more voter came to the desk and left without a slip.
  auto same = body<election::CloseBody>(Kind::close);
  same.boxes[0].checked_in += 1;
  put_by_supervisors(Kind::close, same.encode());
  c().force(agreed);
  EXPECT_EQ(verdict(), "V12.tctx");
}
TEST_F(ClosingCheats, n45b_OneTrusteeAgreesTwice) {
  const Bytes first = c().log[at(Kind::close_agreed)];
  before(Kind::close_agreed, 1);
  c().force(first);
  EXPECT_EQ(verdict(), "V12.sigs");
}
TEST_F(ClosingCheats, OneSupervisorSigns) {
  const auto b = body<election::CloseBody>(Kind::close);
  before(Kind::close);
  put(Kind::close, b.encode(), {&c().supervisors[0]});
  EXPECT_EQ(verdict(), "V12.officers");
}
TEST_F(ClosingCheats, KioskLostByOneSupervisor) {
  const auto end = body<election::KioskEndBody>(Kind::kiosk_final);
  before(Kind::kiosk_final);
  put(Kind::kiosk_lost, election::KioskEndBody{end.stage, end.kiosk, end.last, "broken"}.encode(),
      {&c().supervisors[0]});
  EXPECT_EQ(verdict(), "V12.lost_sig");
}
TEST_F(ClosingCheats, BallotAfterTheClose) {
  before(Kind::kiosk_final);
  const Bytes late = c().cast_entry(c().seal(9, 0, c().some_selections(1)), 9);
  c().close();
  c().force(late);
  EXPECT_EQ(verdict(), "E07.order");
}

// The fold and the checkpoint must be of one log.
TEST_F(ClosingCheats, CheckpointOfAnotherLog) {
  const std::size_t n = c().log.size();
  Bytes last = c().log.back();
  c().log.back() = c().log[n - 2];
  const std::string other = kit::checkpoint_of(c(), n);
  c().log.back() = last;
  kit::Files files = kit::record_files(c());
  files["checkpoint"] = to_bytes(other);
  EXPECT_EQ(verdict_of(files), "log.root");
}

// Lines of witnesses on the record's checkpoint: those of known ones count, and must be good.
TEST_F(ClosingCheats, CosignaturesOfTheRecord) {
  kit::Files files = kit::record_files(c());
  const std::string note(as_text(files["checkpoint"]));
  const std::string text = log::parse_note(note)->text;
  const std::string name = c().scheme.congress.id + "/" + c().kiosks[0].id.name;
  const auto line = [&](const std::string& who, std::string_view of, const primitives::SigningKey& key) {
    return log::format_signature_line(log::cosign(of, 1'790'000'000, who, key));
  };
  const auto verdict_with = [&](const std::string& lines) {
    files["checkpoint"] = to_bytes(note + lines);
    return verdict_of(files);
  };
  const auto& kiosk = c().kiosks[0].signing;
  EXPECT_EQ(verdict_with(line(name, text, kiosk)), "verified");
  EXPECT_EQ(verdict_with(line("somebody", text + "x", kiosk)), "verified") << "a stranger's line is nobody's";
  EXPECT_EQ(verdict_with(line(name, text + "x", kiosk)), "log.cosignature");
  log::NoteSignature cut = log::cosign(text, 1'790'000'000, name, kiosk);
  cut.signature.pop_back();
  EXPECT_EQ(verdict_with(log::format_signature_line(cut)), "log.cosignature");
  log::NoteSignature other_time = log::cosign(text, 1'790'000'000, name, kiosk);
  other_time.signature[7] ^= 1;
  EXPECT_EQ(verdict_with(line(name, text, kiosk) + log::format_signature_line(other_time)), "log.cosignature");
}

}  // namespace
}  // namespace tuixuan::cheats

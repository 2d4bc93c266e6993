// Scheme, slips, key ceremony, opening: n01 to n12.
#include "tally/scheme/scheme_file.h"
#include "tests/cheats/cheat.h"

namespace tuixuan::cheats {
namespace {

using election::CeremonyBody;
using primitives::Point;

class SetUpCheats : public Cheat {
 protected:
  // The whole record is this scheme, signed by its organiser.
  std::string verdict_on(const tally::Scheme& scheme) {
    c().rewind(0);
    c().scheme = scheme;
    const Bytes file = scheme::write_scheme(scheme);
    const election::SchemeBody body{c().objects.put(file)};
    c().force(election::sign_entry(Kind::scheme, {protocol::draft_digest(file), c().scheme.rehearsal}, c().minutes,
                                   body.encode(), {&c().organiser}));
    return verdict();
  }
  // The nth trustee's message of a round, changed and signed again by that trustee.
  template <class Message>
  std::string with_message(Kind kind, std::size_t trustee, const std::function<void(Message&)>& change) {
    CeremonyBody b = body<CeremonyBody>(kind, trustee);
    Message m = Message::decode(b.message).value();
    change(m);
    b.message = m.encode();
    before(kind, trustee);
    put(kind, b.encode(), {&c().trustees[trustee].signing});
    return verdict();
  }
  static Point stranger() { return Point::base(primitives::SecretScalar::random()); }
};

TEST_F(SetUpCheats, HonestRecordVerifies) { EXPECT_EQ(verdict(), "verified"); }

TEST_F(SetUpCheats, n01_ThresholdAboveTrustees) {
  tally::Scheme s = c().scheme;
  s.threshold = 4;
  EXPECT_EQ(verdict_on(s), "V01.threshold");
}
TEST_F(SetUpCheats, n02_FewerMixersThanThreshold) {
  tally::Scheme s = c().scheme;
  s.min_mixers = 1;
  EXPECT_EQ(verdict_on(s), "V01.mixers");
}
TEST_F(SetUpCheats, AWitnessWithoutAKeyOfItsOwn) {
  const auto vkey = [](log::KeyType type, const primitives::SigningKey& key) {
    return log::format_vkey({"witness.example/w", type, key.verify_key()});
  };
  const auto key = primitives::SigningKey::random();
  const std::string good = vkey(log::KeyType::kCosignature, key);
  for (const std::vector<std::string>& witnesses : {std::vector<std::string>{"nobody"},
                                                    {good.substr(1)},
                                                    {good, good},
                                                    {vkey(log::KeyType::kEd25519, key)},
                                                    {vkey(log::KeyType::kCosignature, c().kiosks[0].signing)}}) {
    tally::Scheme s = c().scheme;
    s.witnesses = witnesses;
    EXPECT_EQ(verdict_on(s), "V01.scheme") << witnesses.front();
  }
}
TEST_F(SetUpCheats, n02b_OneOfficerTwice) {
  tally::Scheme s = c().scheme;
  s.supervisors[1].key = s.supervisors[0].key;
  EXPECT_EQ(verdict_on(s), "V01.officers");
}

TEST_F(SetUpCheats, n03_CredentialTwice) {
  const auto honest = body<election::SlipsBody>(Kind::slips);
  Bytes list = c().objects.find(honest.list.hash).value();
  list.insert(list.begin(), list.begin(), list.begin() + 32);
  before(Kind::slips);
  put(Kind::slips, election::SlipsBody{honest.box, honest.round, c().objects.put(list)}.encode(), {&c().desk});
  EXPECT_EQ(verdict(), "V02.dup");
}

TEST_F(SetUpCheats, n03_CredentialInTwoLists) {
  auto again = body<election::SlipsBody>(Kind::slips);
  again.round = 7;
  before(Kind::attendance);
  put(Kind::slips, again.encode(), {&c().desk});
  EXPECT_EQ(verdict(), "V02.dup");
}

TEST_F(SetUpCheats, n04_CredentialAddedAfterOpening) {
  const election::Envelope opening = entry(Kind::opening);
  const auto honest = body<election::SlipsBody>(Kind::slips);
  Bytes list = c().objects.find(honest.list.hash).value();
  const auto extra = primitives::SigningKey::random().verify_key();
  std::vector<primitives::VerifyKey> keys{extra};
  for (std::size_t i = 0; i < list.size(); i += 32) {
    keys.emplace_back();
    std::copy_n(list.begin() + static_cast<std::ptrdiff_t>(i), 32, keys.back().bytes.begin());
  }
  std::sort(keys.begin(), keys.end());
  list.clear();
  for (const auto& k : keys) list.insert(list.end(), k.bytes.begin(), k.bytes.end());
  before(Kind::slips);
  put(Kind::slips, election::SlipsBody{honest.box, honest.round, c().objects.put(list)}.encode(), {&c().desk});
  c().attendance();
  c().force(opening.encode());
  EXPECT_EQ(verdict(), "V06.ctx");
}

TEST_F(SetUpCheats, n05_ContestChangedAfterTheCeremony) {
  const election::Envelope commit = entry(Kind::ceremony_commit);
  tally::Scheme s = c().scheme;
  s.contests[0].write_ins.name_bytes = 30;
  c().rewind(0);
  const Bytes file = scheme::write_scheme(s);
  const election::SchemeBody body{c().objects.put(file)};
  c().force(election::sign_entry(Kind::scheme, {protocol::draft_digest(file), c().scheme.rehearsal}, c().minutes,
                                 body.encode(), {&c().organiser}));
  election::Envelope moved = commit;
  moved.congress = protocol::draft_digest(file);
  c().force(moved.encode());
  EXPECT_EQ(verdict(), "V03.sig0");
}

TEST_F(SetUpCheats, n06_EphemeralKeyReplaced) {
  EXPECT_EQ(with_message<protocol::CeremonyCommit>(Kind::ceremony_commit, 1, [](auto& m) { m.ephemeral = stranger(); }),
            "V03.popE");
}
TEST_F(SetUpCheats, n07_RogueKeyAgainstItsCommitment) {
  EXPECT_EQ(
      with_message<protocol::CeremonyShare>(Kind::ceremony_share, 2, [](auto& m) { m.coefficients[0] = stranger(); }),
      "V04.commit");
}
TEST_F(SetUpCheats, n08_RogueKeyCommittedTo) {
  // The last to commit knows the others' keys by a leak, and commits to a key that cancels them.
  const protocol::CeremonyParameters p{c().congress(), 3, 2};
  CeremonyBody b = body<CeremonyBody>(Kind::ceremony_commit, 2);
  auto commit = protocol::CeremonyCommit::decode(b.message).value();
  auto share = protocol::CeremonyShare::decode(body<CeremonyBody>(Kind::ceremony_share, 2).message).value();
  share.coefficients[0] = stranger();
  commit.commitment = protocol::coefficient_commitment(p, TrusteeIndex{3}, share.coefficients);
  b.message = commit.encode();
  before(Kind::ceremony_commit, 2);
  c().append(c().entry(Kind::ceremony_commit, b.encode(), {&c().trustees[2].signing}));
  // With another commitment the digest of the round differs: the other two send honest shares for it, and the third
  // everything but a proof that it knows its key.
  std::vector<protocol::CeremonyCommit> commits;
  for (const auto& m : c().fold.state().ceremony.commits) commits.push_back(*m);
  const Hash64 gamma = *c().fold.state().ceremony.gamma;
  const auto send = [&](std::uint32_t i, const protocol::CeremonyShare& m) {
    const Bytes bytes = CeremonyBody{1, TrusteeIndex{i}, m.encode()}.encode();
    put(Kind::ceremony_share, bytes, {&c().trustees[i - 1].signing});
  };
  for (std::uint32_t i = 1; i <= 2; ++i)
    send(i, protocol::make_share(p, gamma, TrusteeIndex{i}, c().trustees[i - 1].ceremony, commits));
  send(3, share);
  EXPECT_EQ(verdict(), "V04.pop");
}
TEST_F(SetUpCheats, n09_OneCoefficientTooMany) {
  EXPECT_EQ(with_message<protocol::CeremonyShare>(Kind::ceremony_share, 0,
                                                  [](auto& m) { m.coefficients.push_back(stranger()); }),
            "V04.degree");
}
TEST_F(SetUpCheats, n10_TrusteeKeyFalse) {
  EXPECT_EQ(
      with_message<protocol::CeremonyConfirm>(Kind::ceremony_confirm, 1, [](auto& m) { m.public_key = stranger(); }),
      "V05.X");
}

TEST_F(SetUpCheats, n11_PublicKeyReplaced) {
  before(Kind::opening);
  auto b = election::OpeningBody::decode(c().opening_body()).value();
  b.public_key = stranger();
  put_by_supervisors(Kind::opening, b.encode());
  EXPECT_EQ(verdict(), "V05.Y");
}
TEST_F(SetUpCheats, OpeningNamesAnotherKeyOfATrustee) {
  before(Kind::opening);
  auto b = election::OpeningBody::decode(c().opening_body()).value();
  b.trustee_keys[0] = stranger();
  put_by_supervisors(Kind::opening, b.encode());
  EXPECT_EQ(verdict(), "V06.ctx");
}
TEST_F(SetUpCheats, OpeningOfAnotherLog) {
  before(Kind::opening);
  auto b = election::OpeningBody::decode(c().opening_body()).value();
  b.log_root.bytes[0] ^= 1;
  put_by_supervisors(Kind::opening, b.encode());
  EXPECT_EQ(verdict(), "E07.order");
}

TEST_F(SetUpCheats, n12_TrusteeAgreesTwice) {
  const Bytes first = c().log[at(Kind::opening_agreed)];
  before(Kind::opening_agreed, 1);
  c().force(first);
  EXPECT_EQ(verdict(), "V06.sig");
}
TEST_F(SetUpCheats, n12_TrusteeMissing) {
  const Bytes cast = c().log[at(Kind::cast)];
  before(Kind::opening_agreed, 2);
  c().force(cast);
  EXPECT_EQ(verdict(), "V06.sig");
}
TEST_F(SetUpCheats, n12_TrusteeAgreesToAnotherOpening) {
  auto b = body<election::AgreementBody>(Kind::opening_agreed, 1);
  b.digest.bytes[5] ^= 1;
  before(Kind::opening_agreed, 1);
  put(Kind::opening_agreed, b.encode(), {&c().trustees[1].signing});
  EXPECT_EQ(verdict(), "V06.ctx");
}
TEST_F(SetUpCheats, OneSupervisorSigns) {
  before(Kind::opening);
  put(Kind::opening, c().opening_body(), {&c().supervisors[0]});
  EXPECT_EQ(verdict(), "V06.officers");
}
TEST_F(SetUpCheats, NoQuorum) {
  before(Kind::attendance);
  put_by_supervisors(Kind::attendance, election::AttendanceBody{c().everybody(12, 9)}.encode());
  put_by_supervisors(Kind::opening, c().opening_body());
  EXPECT_EQ(verdict(), "A02.quorum");
}
TEST_F(SetUpCheats, AttendanceThatDoesNotAddUp) {
  before(Kind::attendance);
  tally::Attendance there = c().everybody(12, 10);
  there.expected = 11;
  put_by_supervisors(Kind::attendance, election::AttendanceBody{there}.encode());
  EXPECT_EQ(verdict(), "A01.identity");
}
TEST_F(SetUpCheats, SecondScheme) {
  before(Kind::ceremony_commit);
  c().force(c().log[0]);
  EXPECT_EQ(verdict(), "E08.first");
}

}  // namespace
}  // namespace tuixuan::cheats

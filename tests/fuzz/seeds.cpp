// Writes valid inputs for the fuzz targets, made by the appliance's own writers: fuzz_seeds CORPUS-FOLDER. To be run
// again when a format changes; the files that name a fault in the corpus are made by hand and stay.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "crypto/base/writer.h"
#include "crypto/log/cosignature.h"
#include "crypto/log/fork.h"
#include "crypto/log/proof.h"
#include "crypto/log/tile.h"
#include "crypto/primitives/hash.h"
#include "crypto/primitives/random.h"
#include "crypto/protocol/ballot.h"
#include "crypto/protocol/ceremony_secret.h"
#include "crypto/protocol/decryption.h"
#include "crypto/protocol/mix.h"
#include "crypto/protocol/slip.h"
#include "tally/client/congress_card.h"
#include "tally/election/rules.h"
#include "tally/scheme/attendance_file.h"
#include "tally/snapshot/state_bytes.h"
#include "tests/fuzz/check.h"
#include "tests/support/thread_kit.h"

using namespace tuixuan;

namespace {

std::filesystem::path corpus;

void save(const char* target, const char* name, ByteView bytes) {
  std::filesystem::create_directories(corpus / target);
  std::ofstream out(corpus / target / name, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  out.close();
  fuzz::require(out.good(), "a corpus file can be written");
}
void save(const char* target, const char* name, std::string_view text) { save(target, name, as_bytes(text)); }

Hash64 some_hash() {
  Hash64 hash;
  primitives::fill_random(hash.bytes);
  return hash;
}

void log_seeds() {
  const auto key = primitives::SigningKey::random();
  const auto witness = primitives::SigningKey::random();
  const log::NoteKey log_key{"example.org/congress", log::KeyType::kEd25519, key.verify_key()};
  const log::NoteKey witness_key{"witness.example.org", log::KeyType::kCosignature, witness.verify_key()};
  log::Tree tree;
  std::vector<Bytes> entries;
  for (std::uint8_t i = 0; i < 5; ++i) {
    entries.push_back(Bytes(i * 3U, i));
    tree.append(log::leaf_hash(entries.back()));
  }
  const log::Checkpoint checkpoint{log_key.name, tree.size(), tree.root()};
  const std::string note = log::sign_checkpoint(checkpoint, key);
  const log::NoteSignature cosignature =
      log::cosign(log::format_checkpoint(checkpoint), 1'800'000'000, witness_key.name, witness);
  const std::string cosigned = *log::add_cosignatures(note, log::format_signature_line(cosignature), witness_key);
  save("fuzz_note", "checkpoint", log::format_checkpoint(checkpoint));
  save("fuzz_note", "note", note);
  save("fuzz_note", "cosigned", cosigned);
  save("fuzz_note", "signature_line", log::format_signature_line(cosignature));
  save("fuzz_note", "vkey", log::format_vkey(log_key));
  save("fuzz_note", "vkey_witness", log::format_vkey(witness_key));
  log::Receipt receipt{std::nullopt, 3, *tree.inclusion_proof(3, 5), cosigned};
  save("fuzz_note", "receipt", log::format_receipt(receipt));
  receipt.extra = to_bytes("extra");
  save("fuzz_note", "receipt_extra", log::format_receipt(receipt));
  save("fuzz_note", "fork", log::format_fork({note, log::sign_checkpoint({log_key.name, 2, tree.root_at(2)}, key)}));
  save("fuzz_note", "add_checkpoint", log::format_add_checkpoint({2, *tree.consistency_proof(2, 5), note}));

  const auto with_width = [](unsigned width, ByteView bytes) {
    return Writer().u16(static_cast<std::uint16_t>(width)).fixed(bytes).take();
  };
  save("fuzz_tile", "tile", with_width(5, *log::tile_bytes(tree, {0, 0, 5})));
  save("fuzz_tile", "bundle", with_width(5, log::encode_bundle(entries)));
  save("fuzz_tile", "path_tile", log::path_of(log::TileId{1, 1'234'067, 256}));
  save("fuzz_tile", "path_partial", log::path_of(log::TileId{0, 7, 12}));
  save("fuzz_tile", "path_bundle", log::path_of(log::BundleId{5, 256}));
  save("fuzz_tree", "inclusion", Bytes{11, 4, 0, 0});
  save("fuzz_tree", "consistency", Bytes{11, 4, 1, 0});
  save("fuzz_tree", "inclusion_changed", Bytes{200, 77, 0, 2, 1});
  save("fuzz_tree", "consistency_changed", Bytes{200, 77, 1, 2, 0, 0, 0x80});
  save("fuzz_tree", "from_nothing", Bytes{5, 0, 1, 0, 1});
  save("fuzz_tree", "one_hash_too_many", [] {
    Bytes bytes{5, 3, 0, 0};
    bytes.resize(4 + 33);
    return bytes;
  }());
}

void ceremony_seeds() {
  const protocol::CeremonyParameters parameters{some_hash(), 3, 2};
  std::vector<protocol::CeremonySecret> secrets;
  std::vector<protocol::CeremonyCommit> commits;
  for (std::uint32_t i = 1; i <= 3; ++i) {
    secrets.push_back(protocol::CeremonySecret::random(2));
    commits.push_back(protocol::make_commit(parameters, TrusteeIndex{i}, secrets.back()));
  }
  const Hash64 gamma = protocol::ceremony_digest(parameters, commits);
  std::vector<protocol::CeremonyShare> shares;
  for (std::uint32_t i = 1; i <= 3; ++i)
    shares.push_back(protocol::make_share(parameters, gamma, TrusteeIndex{i}, secrets[i - 1], commits));
  const auto x = protocol::open_shares(gamma, TrusteeIndex{1}, secrets[0], commits, shares);
  const auto confirm = protocol::make_confirm(protocol::transcript_digest(gamma, shares), TrusteeIndex{1}, *x);
  save("fuzz_ceremony", "commit", commits[0].encode());
  save("fuzz_ceremony", "share", shares[0].encode());
  save("fuzz_ceremony", "confirm", confirm.encode());
  save("fuzz_ceremony", "secret", protocol::CeremonySecret::random(2).encode().reveal());  // of no ceremony
}

// A ballot of two contests, and the list of three rows that is mixed and decrypted.
void ballot_seeds() {
  const auto x = primitives::SecretScalar::random();
  const primitives::Point Y = primitives::Point::base(x);
  protocol::BallotBody ballot{
      some_hash(), BoxId{"main"}, primitives::SigningKey::random().verify_key(), KioskId{"K1"}, 7, {}};
  std::vector<protocol::ContestSecret> secrets;
  for (const auto& [name, content, width] :
       {std::tuple{"committee", "\x01\x02 王小明", std::size_t{2}}, std::tuple{"secretary", "\x01", std::size_t{1}}}) {
    auto sealed = protocol::seal_contest(ballot, ContestId{name}, Y, as_bytes(content), width);
    ballot.contests.push_back(sealed.contest);
    secrets.push_back(std::move(sealed.secret));
  }
  save("fuzz_ballot", "ballot", ballot.encode());
  save("fuzz_ballot", "opening", protocol::publish(secrets).encode());

  std::vector<protocol::Row> rows;
  for (int i = 0; i < 3; ++i)
    rows.push_back(protocol::seal_contest(ballot, ContestId{"committee"}, Y, as_bytes("choice"), 1).contest.row);
  const Hash64 tctx = some_hash();
  const auto mix = protocol::make_mix({tctx, ContestId{"committee"}, MixPosition{1}, TrusteeIndex{2}, Y}, rows, 1);
  save("fuzz_mix", "mix", mix.encode());
  save("fuzz_mix", "decryption",
       protocol::make_decryption({tctx, ContestId{"committee"}, TrusteeIndex{1}, Y, Y}, mix.output, x, 1).encode());

  for (const auto& [name, content] :
       {std::pair{"points_empty", ""}, std::pair{"points", "a choice that needs two points"}}) {
    Writer w;
    for (const auto& point : protocol::encode_content(as_bytes(content), 2)) w.fixed(point.reveal().view());
    save("fuzz_content", name, w.take());
  }
  save("fuzz_content", "text", "王小明");
  save("fuzz_content", "slip", protocol::Slip::random().text());
}

// One entry of each kind, scheme, report, card, and what a kiosk without a screen is told.
void congress_seeds() {
  kit::Congress c;
  c.run(6);
  std::set<std::uint8_t> kinds;
  for (const Bytes& entry : c.log) {
    if (!kinds.insert(entry[1]).second) continue;
    save("fuzz_entry", std::string(election::find_kind(entry[1])->name).c_str(), entry);
  }
  save("fuzz_scheme", "scheme", c.fold.state().scheme_file);
  save("fuzz_scheme", "report", c.stage().report);
  const log::NoteKey key{c.scheme.log.origin, log::KeyType::kEd25519, c.log_key.verify_key()};
  save("fuzz_files", "card",
       client::write_card({"https://[::1]:8443", {}, log::format_vkey(key), c.organiser.verify_key().bytes}));
  save("fuzz_files", "address", "https://192.168.1.10:8443");
  save("fuzz_files", "ballots",
       "# a comment\n# Candidates, numbered from 1: 1 Ann, 2 Bob, 3 Cid\nvoters,approved\n2,1 3\n1,\n");
  save(
      "fuzz_files", "voter",
      R"({"slip":"TX1-AAAA","choices":{"committee":{"approve":[1],"oppose":[2],"postpone":[],"write_ins":[{"name":"王小明","against":0}]},"rating":{"grades":[1,2,0]}},"then":"challenge"})");
}

// One entry of each kind of the thread, and its files. Those that this congress has no use for are signed and not
// taken.
void thread_seeds() {
  using election::Kind;
  kit::Thread t;
  t.up_to_election();
  t.elect(kit::tied_votes());
  const auto run_off = t.following(kit::kCommittee, tally::FollowKind::run_off, "run-off");
  t.append(t.added_entry(run_off));
  t.hold(run_off.stage.id, {{"李秀英"}, {"李秀英"}, {"张志强"}});
  t.decide_secretary();
  t.hold(kit::kSecretary, {{"丁文华"}, {"丁文华"}, {"丁文华"}, {"丁文华"}});
  t.report();
  t.countersign(false);
  std::set<std::uint8_t> kinds;
  const auto keep = [&](const Bytes& entry) {
    if (entry[1] > 22 && kinds.insert(entry[1]).second)
      save("fuzz_entry", std::string(election::find_kind(entry[1])->name).c_str(), entry);
  };
  for (const Bytes& entry : t.log) keep(entry);
  const StageId& e = kit::kElection;
  const ContestId& c = kit::kCommittee;
  const primitives::VerifyKey key = primitives::SigningKey::random().verify_key();
  keep(t.by_supervisors(Kind::enrolment, election::EnrolmentBody{KioskId{"K7"}, BoxId{"main"}, key, "加开"}.encode()));
  keep(t.by_supervisors(Kind::key_replaced,
                        election::KeyReplacedBody{election::Role::chair, t.chair.verify_key(), key, "遗失"}.encode()));
  for (const Kind kind : {Kind::small_group, Kind::stage_voided, Kind::result_voided})
    keep(t.by_supervisors(kind, t.reason_body(e)));
  keep(t.by_supervisors(Kind::base_confirmed, election::BaseConfirmedBody{e, c, tally::Base::present}.encode()));
  keep(t.by_chair(Kind::objection, election::ObjectionBody{40, "反映问题"}.encode()));
  keep(t.by_chair(Kind::objection_answered, election::ObjectionAnsweredBody{41, true, "已核查"}.encode()));
  keep(t.by_supervisors(Kind::seats_reduced, election::SeatsReducedBody{e, c, 1, 6}.encode()));
  keep(t.by_superior(Kind::tie_decided, election::TieDecidedBody{e, c, {"李秀英", "张志强"}, "文号"}.encode()));
  const auto& tree = t.fold.state().tree;
  keep(t.entry(Kind::audit, election::AuditBody{tree.size(), tree.root(), true, "无误"}.encode(), {&t.auditor}));
  save("fuzz_entry", "spellings",
       t.by_supervisors(Kind::spellings, election::SpellingsBody{e, c, {{"王小名", "王小明"}}}.encode()));
  save("fuzz_entry", "trustee-lost",
       t.by_supervisors(Kind::trustee_lost, election::TrusteeLostBody{TrusteeIndex{1}, "离场"}.encode()));
  save("fuzz_scheme", "thread", t.fold.state().scheme_file);
  save("fuzz_scheme", "stage", scheme::write_stage(run_off));
  save("fuzz_scheme", "outcome", scheme::write_outcome(election::outcome_of(t.fold.state())));
  save("fuzz_scheme", "proposal",
       scheme::write_proposal(election::combine_results(t.fold.state(), kit::kShortlist).value()));
  save("fuzz_scheme", "attendance", scheme::write_attendance(t.everybody(6, 5)));
}

void snapshot_seeds() {
  kit::Congress c({5, 1, 2, 1, false});
  save("fuzz_snapshot", "empty", snapshot::encode_state({}));
  c.found();
  save("fuzz_snapshot", "founded", snapshot::encode_state(c.fold.state()));
  c.ceremony();
  c.slips();
  c.attendance();
  c.open();
  c.vote(5);
  save("fuzz_snapshot", "open", snapshot::encode_state(c.fold.state()));
  c.finish();
  save("fuzz_snapshot", "counted", snapshot::encode_state(c.fold.state()));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: fuzz_seeds CORPUS-FOLDER\n");
    return 2;
  }
  corpus = argv[1];
  log_seeds();
  ceremony_seeds();
  ballot_seeds();
  congress_seeds();
  thread_seeds();
  snapshot_seeds();
  return 0;
}

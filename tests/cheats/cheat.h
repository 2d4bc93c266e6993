// One cheat a test: a dishonest server, kiosk, insider, trustee or supervisor changes one thing in the log of a small
// congress, signs whatever its keys can sign, and publishes it under a valid checkpoint. The program tuixuan-verify
// must refuse that record, by the name of the check, with exit status 1. Numbers nXX are those of the catalogue in
// crypto/README.md. With TUIXUAN_CHEATS_DIR set, every record stays in that folder, for the other verifier
// (server/web).
#pragma once

#include <gtest/gtest.h>

#include "tests/support/kit_record.h"

namespace tuixuan::cheats {

using election::Kind;

class Cheat : public testing::Test {
 protected:
  void SetUp() override;     // the honest log, whole
  void TearDown() override;  // which the next test finds as it was

  static kit::Congress& c();
  // The place of the nth entry of a kind in the honest log.
  static std::size_t at(Kind kind, std::size_t nth = 0);
  // Back to the log as that entry found it.
  static void before(Kind kind, std::size_t nth = 0) { c().rewind(at(kind, nth)); }
  static election::Envelope entry(Kind kind, std::size_t nth = 0);
  template <class Body>
  static Body body(Kind kind, std::size_t nth = 0) {
    return Body::decode(entry(kind, nth).body).value();
  }
  static protocol::BallotBody ballot(std::size_t nth) {
    return protocol::BallotBody::decode(body<election::BallotEntryBody>(Kind::cast, nth).ballot).value();
  }

  // Appends a body signed by these, whether the rules allow it or not.
  static void put(Kind kind, Bytes body, std::initializer_list<const primitives::SigningKey*> keys) {
    c().force(c().entry(kind, std::move(body), keys));
  }
  static void put_by_supervisors(Kind kind, Bytes body) {
    put(kind, std::move(body), {&c().supervisors[0], &c().supervisors[1]});
  }
  // A cast by this slip, its kiosk's signature made anew by an insider.
  static void put_cast(kit::HeldBallot held, std::size_t slip, std::size_t kiosk);

  // What tuixuan-verify says of the record as it is now: the first check that fails, or "verified".
  std::string verdict();
};

// Runs the program on a record; its exit status must agree with what it says.
std::string verdict_of(const kit::Files&);

}  // namespace tuixuan::cheats

// A kiosk without a screen: voters come as lines of JSON, one line each, and what a screen would show goes out as lines
// of JSON. The same session, journal and sender as with a screen. For votes by file, for tests, and for rooms where
// another program draws the screen.
//   in   {"slip": "TX1-...", "choices": {"<contest>": {"approve": [1, 3], "oppose": [2], "postpone": [], "grades": [],
//         "write_ins": [{"name": "...", "against": 0}]}}, "then": "cast" | "challenge"}
//        candidates by number from 1; every member of a choice may be left out; "challenge" opens the ballot in public,
//        then the same choices are sealed anew and cast.
//   out  {"event": "sealed", "seq", "tracker"}, {"event": "challenged", "seq", "tracker"},
//        {"event": "cast", "seq", "tracker", "logged"} (not logged: the server is not reached, the journal has it),
//        {"event": "refused", "check", "what"} (nothing was cast, or the log does not take what was),
//        {"event": "turned", "seq", "check", "what"} (a cast that the log refused is an abandon now),
//        {"event": "delivered", "ballots", "waiting"},
//        {"event": "alarm", "check", "what", "evidence"} (the log is not the one that this kiosk has seen)
// Errors: "input" for a line that is not such a JSON object.
#pragma once

#include <functional>

#include "kiosk/core/courier.h"
#include "kiosk/core/standing.h"
#include "tally/client/congress_card.h"

namespace tuixuan::kiosk {

struct Voter {
  std::string slip;  // secret
  std::vector<tally::Selection> selections;
  bool challenge = false;
  Voter() = default;
  Voter(Voter&&) = default;
  Voter& operator=(Voter&&) = default;
  ~Voter();  // wipes
};
[[nodiscard]] Result<Voter> read_voter(std::string_view line, std::span<const tally::Contest> contests);

class Headless {
 public:
  using Show = std::function<void(const std::string& json_line)>;  // from two threads
  Headless(KioskId kiosk, const primitives::SigningKey& key, Journal& journal, client::Congress& congress, Show show);

  // Waits until a stage of the kiosk's box is open; then abandons what a power cut left undecided, and begins to
  // deliver what waits in the journal. Errors: those of standing.h; but "kiosk.ended" is none while the end itself is
  // not delivered.
  [[nodiscard]] Result<void> start(std::chrono::seconds patience);
  const OpenStage& stage() const { return stage_; }

  // One voter; what is refused is shown, not an error.
  void vote(std::string_view line);
  // What the log refuses, if anything: no more voters here. What is only late, or this machine's own disk, is no reason
  // to end.
  std::optional<Error> trouble() const;
  // After the last voter: waits for the delivery for so long; how many ballots still wait in the journal.
  [[nodiscard]] Result<std::size_t> finish(std::chrono::seconds patience);
  // After the last voter, before finish(): no ballot is taken here any more; the log is told when it has them all.
  [[nodiscard]] Result<void> end();

 private:
  [[nodiscard]] Result<void> vote_one(const Voter& voter);
  [[nodiscard]] Result<void> cast();
  [[nodiscard]] Result<void> mark_all(const Voter& voter);
  void show_sealed(const char* event, const SealedBallot&, std::optional<bool> logged = {});
  void show_refused(const Error& why);
  void tell(const Delivery& done, std::size_t waiting);  // on the courier's thread

  KioskId kiosk_;
  const primitives::SigningKey& key_;
  Journal& journal_;
  client::Congress& congress_;
  Show show_;
  Session session_;
  Standing standing_;
  OpenStage stage_;
  std::unique_ptr<Courier> courier_;
};

}  // namespace tuixuan::kiosk

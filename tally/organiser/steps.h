// What the organiser, the desk and the supervisors put on the log, one function for each step of a congress, in their
// order. Each reads the log first, says what is wrong before it signs anything, and returns when the entry is on the
// disk of the server with a verified receipt. Who holds the keys is the caller's; supervisors sign two or more
// together. Errors: the fold's by name; "step.*" for what can be told before.
#pragma once

#include <functional>

#include "tally/client/congress_card.h"
#include "tally/scheme/report.h"

namespace tuixuan::organiser {

// Those who sign one entry together, two or more supervisors, or one of another role, and how they are asked: the text
// says what they are about to sign. Nothing is signed unless they say yes; error "step.declined".
struct Supervisors {
  std::vector<primitives::SigningKey> keys;
  std::function<bool(const std::string& text)> agree;
  std::optional<std::uint32_t> as_of;  // the time that is claimed, in a rehearsal only; else now
};

// Asked with `text`, then signed by all of them and put on the log.
[[nodiscard]] Result<void> append_agreed(client::Congress&, election::Kind, Bytes body, const Supervisors&,
                                         const std::string& text);

// The first entry. The card is the one to hand round; once more with the same scheme, the same card and nothing new on
// the log. Errors: those of scheme::parse_scheme as "V01.*".
[[nodiscard]] Result<client::CongressCard> found_congress(const std::string& server, const Sha256& pin,
                                                          ByteView scheme_file,
                                                          const primitives::SigningKey& organiser);

// New slips of a box, good for the given rounds; their public lists on the log, each in its own ascending order.
struct PrintedSlips {
  std::vector<std::string> codes;  // secret: to be printed and drawn, never kept
  Bytes sheet;                     // PDF, as secret
};
// They go to `keep` before any of them is public: a list on the log whose slips nobody has would cost the box its
// round.
[[nodiscard]] Result<void> make_slips(client::Congress&, const BoxId&, std::span<const std::uint8_t> rounds,
                                      std::size_t count, const primitives::SigningKey& desk,
                                      const std::function<Result<void>(const PrintedSlips&)>& keep);

[[nodiscard]] Result<void> take_attendance(client::Congress&, const tally::Attendance&, const Supervisors&);

// Returns ctx, whose digits everyone compares; the stage is open when all trustees have agreed.
[[nodiscard]] Result<Hash64> open_stage(client::Congress&, const StageId&, const Supervisors&);

// A spoiled slip, known by its code.
[[nodiscard]] Result<void> void_slip(client::Congress&, const StageId&, std::string_view code,
                                     const std::string& reason, const Supervisors&);
[[nodiscard]] Result<void> declare_kiosk_lost(client::Congress&, const StageId&, const KioskId&,
                                              const std::string& reason, const Supervisors&);
[[nodiscard]] Result<void> declare_trustee_lost(client::Congress&, TrusteeIndex, const std::string& reason,
                                                const Supervisors&);

// The papers of a box as counted by hand; the rest of its account is on the log.
struct BoxPapers {
  BoxId box;
  std::uint64_t checked_in = 0;
  std::uint64_t issued = 0;
  std::uint64_t unused = 0;
};
// Returns the close's digest, whose digits everyone compares. Errors: "step.box" (papers of a box are missing).
[[nodiscard]] Result<Hash64> close_stage(client::Congress&, const StageId&, std::span<const BoxPapers>,
                                         const Supervisors&);

// What the result of the stage would be now. Errors: as count_stage.
struct OpenedStage {
  std::vector<std::vector<TrusteeIndex>> trustees;  // of each contest
  std::vector<Bytes> points;                        // of each contest, as they are published
  Bytes report;
};
[[nodiscard]] Result<OpenedStage> open_and_count(const election::State&, const StageId&, unsigned threads);

// Opens the ballots from the partial decryptions, counts, and puts the signed result on the log. Error "step.early":
// which contest still waits for whom.
[[nodiscard]] Result<scheme::Report> count_stage(client::Congress&, const StageId&, const Supervisors&,
                                                 unsigned threads);

}  // namespace tuixuan::organiser

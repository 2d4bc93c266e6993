// The card of a congress, "tuixuan-congress/1": the public facts by which every machine finds the log and knows it,
// handed round as a small JSON file. Whoever gives it to a machine is believed, so it goes by hand, not by network.
#pragma once

#include "tally/client/follower.h"

namespace tuixuan::client {

struct CongressCard {
  std::string server;         // https://address:port
  ByteArray<32> pin{};        // SHA-256 of the server's public key
  std::string log;            // vkey
  ByteArray<32> organiser{};  // public key
  // Not of the card: where a machine keeps the epoch that it has taken (way.h). As loaded: beside the card.
  std::string epoch_file = {};
};

std::string write_card(const CongressCard&);
// Errors: "card": what is wrong, and where.
[[nodiscard]] Result<CongressCard> parse_card(ByteView);
[[nodiscard]] Result<CongressCard> load_card(const std::string& file);

// A client and a follower as the card says.
class Congress {
 public:
  // Checks the card; asks nobody yet. Errors: "card", "net.address".
  [[nodiscard]] static Result<std::unique_ptr<Congress>> join(const CongressCard&, std::chrono::seconds patience,
                                                              unsigned threads, TimeLimits limits = {});
  Client& client() { return client_; }
  const election::State& state() const { return follower_.state(); }
  const std::optional<log::Checkpoint>& checkpoint() const { return follower_.checkpoint(); }
  std::uint64_t verified_before() const { return follower_.verified_before(); }
  void remember(log::Checkpoint seen) { follower_.remember(std::move(seen)); }
  void keep_in(Keeper* keeper) { follower_.keep_in(keeper); }
  void go_on_from(snapshot::SnapshotFile file) { follower_.go_on_from(std::move(file)); }
  [[nodiscard]] Result<void> sync() { return follower_.sync(); }
  [[nodiscard]] Result<log::Receipt> append(ByteView entry) { return client_.append(entry); }
  [[nodiscard]] Result<void> put_object(const primitives::SigningKey& key, ByteView bytes);

 private:
  Congress(Address address, const CongressCard& card, log::NoteKey log, std::chrono::seconds patience, unsigned threads,
           TimeLimits limits);
  Client client_;
  Follower follower_;
};

// The time that the author of an entry claims: minutes since 1970-01-01 UTC; 0 by a clock that has lost its time.
std::uint32_t minutes_now();
std::uint64_t seconds_now();  // likewise

}  // namespace tuixuan::client

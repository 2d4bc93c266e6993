// What the demo's plays have in common: the roles with their keys, the scheme frozen, the election key made; slips;
// a stage voted, by the real programs; at the end the forms, the exported record and what tuixuan-verify says of it.
// Errors: "demo.*", "process", those of the roles.
#pragma once

#include <functional>

#include "tally/demo/demo.h"
#include "tally/demo/vote.h"

namespace tuixuan::demo {

// Secret codes of slips, wiped at the end.
class Slips {
 public:
  Slips() = default;
  explicit Slips(std::vector<std::string> codes) : codes_(std::move(codes)) {}
  Slips(Slips&&) = default;
  Slips& operator=(Slips&&) = default;
  ~Slips();
  const std::vector<std::string>& codes() const { return codes_; }

 private:
  std::vector<std::string> codes_;
};

using MakeScheme = std::function<tally::Scheme(const DemoKeys&)>;

class DemoCongress {
 public:
  DemoCongress(const DemoOptions& options, Hall hall) : o_(options), hall_(std::move(hall)) {}

  // Everyone's keys, the server, the scheme as entry 0, the key ceremony.
  [[nodiscard]] Result<void> found(const std::vector<std::string>& kiosks, const MakeScheme&);
  [[nodiscard]] Result<Slips> make_slips(const char* box, std::size_t voters, unsigned rounds);
  // One stage from its attendance to the signed count; or to where it is voided (StagePlay::voided_because). Fills in
  // what the play leaves open: title, listen.
  [[nodiscard]] Result<void> vote(StagePlay play);
  [[nodiscard]] Result<void> command(std::vector<std::string> words, const std::vector<std::string>& keys);
  [[nodiscard]] Result<void> restart_server();
  [[nodiscard]] Result<void> lose_a_trustee();  // the last one, once, where enough are left
  // Forms, record, verification.
  [[nodiscard]] Result<void> publish();
  void end();  // stays up until Ctrl-C if it is asked to

  [[nodiscard]] Result<void> sync() { return congress_->sync(); }
  const election::State& state() const { return congress_->state(); }
  const DemoOptions& options() const { return o_; }

 private:
  [[nodiscard]] Result<void> witness_the_end();
  Result<void> make_keys(const std::vector<std::string>& kiosks, const MakeScheme&);
  Result<void> freeze_scheme();
  Result<void> make_election_key();
  Result<void> forms();
  Result<void> export_and_verify();
  void stay();
  std::string title(const StageId&) const;

  DemoOptions o_;
  Hall hall_;
  tally::Scheme scheme_;
  std::unique_ptr<client::Congress> congress_;  // the demo itself follows the log, with no key
  std::vector<std::string> trackers_;
  bool trustee_lost_ = false;
};

}  // namespace tuixuan::demo

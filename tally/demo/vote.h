// One stage of the demo's congress, from the attendance to the signed count: its voters go to their kiosks, each the
// real program; in the stage that the play asks for, one voter challenges the machine, one spoils a slip and the server
// loses its power halfway. Errors: "demo.*", "process", those of the roles.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include "tally/client/congress_card.h"
#include "tally/demo/hall.h"

namespace tuixuan::demo {

struct StagePlay {
  StageId stage;
  std::string title;  // as narrated, Chinese / English
  std::vector<std::string> kiosks;
  std::string box;
  std::vector<std::string> slips;    // secret; one for each voter, and those that stay at the desk
  std::vector<std::string> choices;  // of each voter, as the kiosk takes them
  bool incidents = false;            // a challenge, a spoiled slip, a power cut
  std::string voided_because;        // after the last ballot the stage is declared void, and not counted
  std::string replaced_by;           // the one kiosk breaks halfway, and this new one is enrolled in its place
  std::string listen;                // where the server comes back
  std::string as_of;                 // claimed time of the opening, in a rehearsal; empty: now
};

class StageVote {
 public:
  StageVote(Hall& hall, client::Congress& congress, const StagePlay& play);
  ~StageVote();
  // All of it. The checkpoint that was seen before the power cut is kept in a file of the hall.
  [[nodiscard]] Result<void> hold();
  // Of some ballots cast and of the one that was challenged.
  std::vector<std::string> trackers() const;

 private:
  struct Queue;
  [[nodiscard]] Result<void> open();
  [[nodiscard]] Result<void> vote();
  [[nodiscard]] Result<void> power_cut();
  [[nodiscard]] Result<void> start_kiosk(const std::string& name);
  [[nodiscard]] Result<void> replace_kiosk();
  [[nodiscard]] Result<void> end_kiosks();
  [[nodiscard]] Result<void> close_and_tally();
  [[nodiscard]] Result<void> void_stage();
  void serve(Queue&);
  bool take_lines_until_cast(Queue&);
  const election::StageState& stage() const { return *congress_.state().stage(p_.stage); }
  std::size_t total() const { return p_.choices.size(); }
  std::size_t spare() const { return p_.slips.size() - total(); }
  std::string progress(const election::State&) const;

  Hall& hall_;
  client::Congress& congress_;
  const StagePlay& p_;
  std::vector<std::unique_ptr<Queue>> queues_;
  std::atomic<std::size_t> allowed_{0};  // voters 0 to allowed-1 may vote
  std::atomic<std::size_t> voted_{0};
};

// Follows the log until it is done, showing progress; gives up when nothing happens any more.
using Done = std::function<bool(const election::State&)>;
using Progress = std::function<std::string(const election::State&)>;
[[nodiscard]] Result<void> wait_until(Hall&, client::Congress&, const Done&, const char* zh, const char* en,
                                      const Progress& progress = {});

}  // namespace tuixuan::demo

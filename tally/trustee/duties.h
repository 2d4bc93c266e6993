// What a trustee has to do at each state of the log, one thing at a time: the three messages of the key ceremony,
// agreeing to openings and closes (asked of the person), mixing in turn, decrypting. Whoever repeats act() until the
// stages are counted has done all of it, and may be interrupted at any point. Error "trustee.declined": the person said
// no.
#pragma once

#include "tally/client/congress_card.h"
#include "tally/trustee/device.h"

namespace tuixuan::trustee {

// A question to the person, with the digits to compare aloud with the other trustees and supervisors.
struct Question {
  std::string zh;
  std::string en;
  std::string digits;
};
using AskPerson = std::function<bool(const Question&)>;
using Tell = std::function<void(const std::string& zh, const std::string& en)>;

enum class Acted { nothing, something, finished };  // finished: nothing is left to do in this congress

class Duties {
 public:
  // threads: for mixing and decrypting.
  Duties(Device& device, client::Congress& congress, AskPerson ask, Tell tell, unsigned threads);

  // Syncs with the log and does the one thing that is due. out_of_turn: mix although another trustee would come first,
  // because that one does not.
  [[nodiscard]] Result<Acted> act(bool out_of_turn);

 private:
  [[nodiscard]] Result<bool> ceremony();
  [[nodiscard]] Result<bool> opening(const tally::Stage&, const election::StageState&);
  [[nodiscard]] Result<bool> closing(const tally::Stage&, const election::StageState&);
  [[nodiscard]] Result<bool> mixing(const tally::Stage&, const election::StageState&, bool out_of_turn);
  [[nodiscard]] Result<bool> decrypting(const tally::Stage&, const election::StageState&);
  [[nodiscard]] Result<void> append(election::Kind, Bytes body);
  const election::State& state() const { return congress_.state(); }

  Device& device_;
  client::Congress& congress_;
  AskPerson ask_;
  Tell tell_;
  unsigned threads_;
  TrusteeIndex me_;
};

}  // namespace tuixuan::trustee

// Who holds a connection, and who makes room when there is none left: pure, no sockets. A newcomer is never turned away
// because others came first, so that nobody can take all places and keep them: somebody less deserving is closed, of
// the address that holds the most, first who has said nothing yet, then who is idle, who is slow with a request, who
// follows the turnout, who is slow to read; the oldest of them. Who waits for a receipt is never closed for it.
// Addresses have no limit of their own, for a whole hall may stand behind one router. Who has shown a kiosk's key is
// out of all that: such places are counted apart, a few of each key, and none of them makes room for anybody else.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace tuixuan::http {

class Places {
 public:
  // In the order in which they go. greeting: the TLS handshake; answering: taking its time to read what it asked for.
  enum class Doing { silent, greeting, idle, asking, listening, answering, working };
  using Id = std::uint64_t;  // later ones are larger

  // half_open: of silent and greeting together, so that these do not drive out those who are through.
  Places(std::size_t most, std::size_t half_open, std::size_t of_one_key)
      : most_(most), half_open_(half_open), of_one_key_(of_one_key) {}

  struct Entered {
    std::optional<Id> id;     // none: everybody is at work
    std::optional<Id> close;  // who has to go for it
  };
  Entered enter(const std::string& address);
  void doing(Id id, Doing what);  // from now on; a place that was left already is no error
  // Has shown this key. The place to close for it, if the key has too many: its oldest.
  std::optional<Id> introduced(Id id, const std::string& key);
  bool is_known(Id id) const;
  bool is_at_rest(Id id) const;  // silent, greeting or idle: nothing is under way that would be lost
  void leave(Id id);

  std::size_t size() const { return held_.size(); }
  std::size_t known() const { return known_; }
  std::uint64_t driven_out() const { return driven_out_; }

 private:
  struct Held {
    std::string address;
    Doing doing = Doing::silent;
    std::uint64_t since = 0;  // the number of the change, not a time: the order is all that counts
    std::string key;          // empty: unknown
    bool leaving = false;     // has been told to go
  };
  struct Address {
    std::size_t all = 0;
    std::size_t half_open = 0;
  };
  static bool is_half_open(Doing d) { return d == Doing::silent || d == Doing::greeting; }
  void count(const Held& held, bool more);
  std::optional<Id> worst(bool half_open_only) const;

  std::size_t most_;
  std::size_t half_open_;
  std::size_t of_one_key_;
  std::map<Id, Held> held_;
  std::map<std::string, Address> addresses_;  // of those who are unknown and not leaving
  Address all_;
  std::map<std::string, std::set<Id>> keys_;
  std::size_t known_ = 0;
  std::uint64_t next_ = 1;
  std::uint64_t changes_ = 0;
  std::uint64_t driven_out_ = 0;
};

}  // namespace tuixuan::http

#include "tests/tally/second_count.h"

namespace second {

namespace {

bool is_in(const std::string& name, const std::vector<std::string>& list) {
  for (const std::string& other : list)
    if (other == name) return true;
  return false;
}

bool reaches(const Share& s, int votes, int whole) {
  return s.more_than ? votes * s.den > whole * s.num : votes * s.den >= whole * s.num;
}

int whole_of(char of, const Meeting& m, int valid) {
  switch (of) {
    case 'L':
      return m.L;
    case 'E':
      return m.E;
    case 'A':
      return m.A;
    case 'K':
      return m.K;
    case 'R':
      return m.R;
    default:
      return valid;
  }
}

bool is_blank(const Paper& p) { return p.written.empty() && p.marks.find_first_not_of('-') == std::string::npos; }

bool is_valid(const Rules& r, const Paper& p) {
  int chosen = static_cast<int>(p.written.size());
  for (const char mark : p.marks)
    if (mark == 'o') ++chosen;
  if (chosen > r.most) return false;         // B-1
  if (is_blank(p)) return !r.blank_is_void;  // B-4
  return chosen >= r.least;
}

// The names written on a valid paper that are votes (W1, W2, W4 to W6); a name that was written before is none.
std::vector<std::string> written_votes(const std::vector<std::string>& candidates, const Rules& r, const Paper& p) {
  std::vector<std::string> out;
  std::vector<std::string> before;
  for (const auto& [name, place] : p.written) {
    bool counts = !is_in(name, candidates) && !is_in(name, before) && (r.pool.empty() || is_in(name, r.pool));
    before.push_back(name);
    if (r.writing == Writing::under) {
      int here = 0;
      for (const auto& other : p.written)
        if (other.second == place) ++here;
      if (here > 1 || p.marks[static_cast<std::size_t>(place - 1)] != 'x') counts = false;
    }
    if (counts) out.push_back(name);
  }
  return out;
}

Person& person_of(Verdict& v, const std::string& name) {
  for (Person& p : v.persons)
    if (p.name == name) return p;
  v.persons.push_back({name, 0, 0, 0, 0, ""});
  return v.persons.back();
}

void add_papers(Verdict& v, const std::vector<std::string>& candidates, const Rules& r,
                const std::vector<Paper>& papers) {
  for (const std::string& name : candidates) person_of(v, name);
  std::map<std::string, int> written;
  for (const Paper& p : papers) {
    if (!is_valid(r, p)) {
      ++v.invalid;
      continue;
    }
    ++v.valid;
    if (is_blank(p)) ++v.blank;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      Person& person = v.persons[i];
      if (p.marks[i] == 'o') ++person.votes;
      if (p.marks[i] == 'x') ++person.against;
      if (p.marks[i] == '-') ++person.nothing;
      if (p.marks[i] == '?') ++person.unreadable;
    }
    const std::vector<std::string> votes = written_votes(candidates, r, p);
    for (const std::string& name : votes) ++written[name];
    v.uncounted += static_cast<int>(p.written.size() - votes.size());
  }
  for (const auto& [name, votes] : written) person_of(v, name).votes = votes;
}

bool whole_vote_is_void(const Rules& r, const Meeting& m, int valid) {
  if (m.R > (r.compare_with_issued ? m.I : m.K)) return true;  // V-1, V-2
  return r.turnout && !reaches(*r.turnout, m.K, whole_of(r.turnout->of, m, valid));
}

// Everybody's fate if the majority is of this base: a person is elected if all who have as many votes or more, and a
// majority, fit into the seats; tied if those who have more leave a seat, but not for all who have as many.
std::vector<std::string> fates(const Rules& r, const Meeting& m, const Verdict& v, char base) {
  const auto has_majority = [&](const Person& p) {
    return p.votes > 0 && reaches(r.majority, p.votes, whole_of(base, m, v.valid));
  };
  std::vector<std::string> out;
  for (const Person& p : v.persons) {
    if (whole_vote_is_void(r, m, v.valid)) {
      out.emplace_back("void");
      continue;
    }
    int more = 0;
    int level = 0;
    for (const Person& o : v.persons) {
      if (!has_majority(o)) continue;
      if (o.votes > p.votes) ++more;
      if (o.votes == p.votes) ++level;
    }
    if (!has_majority(p))
      out.emplace_back("no");
    else if (r.kind == 'r' || r.kind == 'd' || more + level <= r.seats)
      out.emplace_back("elected");
    else
      out.emplace_back(more < r.seats ? "tied" : "no");
  }
  return out;
}

std::string sentence(const std::string& what, int seats, const std::vector<std::string>& names) {
  std::string out = what + " " + std::to_string(seats);
  for (const std::string& name : names) out += " " + name;
  return out;
}

// F-2: the unelected in order of votes, as many as the seats and again a fifth more; who is level with the last, too.
std::vector<std::string> top_unelected(const Verdict& v, int wanted) {
  std::vector<std::string> out;
  for (const Person& p : v.persons) {
    if (p.fate != "no") continue;
    int more = 0;
    for (const Person& o : v.persons)
      if (o.fate == "no" && o.votes > p.votes) ++more;
    if (more < wanted) out.push_back(p.name);
  }
  return out;
}

void what_follows(Verdict& v, const Rules& r) {
  std::vector<std::string> tied;
  int elected = 0;
  for (const Person& p : v.persons) {
    if (p.fate == "tied") tied.push_back(p.name);
    if (p.fate == "elected") ++elected;
  }
  if (!v.confirm.empty()) v.next.push_back(sentence("confirm", r.seats, v.confirm));
  if (r.kind == 'r' || r.kind == 'd') return;
  if (!tied.empty()) {
    v.tied_seats = r.seats - elected;
    v.next.push_back(sentence(r.tie == Tie::again ? "run-off" : "superior", v.tied_seats, tied));
    return;
  }
  v.vacant = r.seats - elected;
  if (v.vacant == 0) return;
  int extra = 0;
  while (r.differential && 5 * extra < v.vacant) ++extra;  // D-1
  if (r.shortage == Short::again)
    v.next.push_back(sentence("round", v.vacant, top_unelected(v, v.vacant + extra)));
  else
    v.next.push_back(sentence(r.shortage == Short::nominate ? "nominate" : "leave", v.vacant, {}));
}

}  // namespace

Verdict count(const std::vector<std::string>& candidates, const Rules& r, const Meeting& m,
              const std::vector<Paper>& papers) {
  Verdict v;
  add_papers(v, candidates, r, papers);
  const std::vector<std::string> fate = fates(r, m, v, r.majority.of);
  for (std::size_t i = 0; i < fate.size(); ++i) v.persons[i].fate = fate[i];
  if (whole_vote_is_void(r, m, v.valid)) {
    v.next.push_back(sentence("vote again", r.seats, {}));
    return v;
  }
  if (r.other_base != 0) {
    const std::vector<std::string> other = fates(r, m, v, r.other_base);
    for (std::size_t i = 0; i < fate.size(); ++i)
      if (other[i] != fate[i]) v.confirm.push_back(v.persons[i].name);
  }
  what_follows(v, r);
  return v;
}

}  // namespace second

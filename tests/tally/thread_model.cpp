#include "tests/tally/thread_model.h"

#include <algorithm>

namespace tuixuan::model {

static bool has(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const Stage* World::find(const std::string& id) const {
  const auto it = stages.find(id);
  return it == stages.end() ? nullptr : &it->second;
}

const Stage& World::root(const Stage& s) const { return s.of.empty() ? s : root(stages.at(s.of)); }

// Section 19, for approvals alone.
Result World::result(const Stage& s) const {
  Result r;
  const auto voters = static_cast<std::uint32_t>(s.ballots.size());
  if (s.turnout && 2 * voters < *s.present) {
    r.again = true;
    return r;
  }
  if (!s.election) return r;
  std::map<std::string, std::uint32_t> votes;
  for (const std::string& c : s.candidates) votes[c] = 0;
  for (const Names& ballot : s.ballots)
    for (const std::string& name : ballot) ++votes[name];
  const std::uint32_t need = s.asks_majority ? *s.present / 2 + 1 : 1;
  std::vector<std::uint32_t> over;
  for (const auto& [name, n] : votes)
    if (n >= need) over.push_back(n);
  std::sort(over.rbegin(), over.rend());
  const bool full = over.size() > s.seats;
  const std::uint32_t last = full ? over[s.seats - 1] : need;
  const auto with_last = static_cast<std::uint32_t>(std::count(over.begin(), over.end(), last));
  const auto above =
      static_cast<std::uint32_t>(std::count_if(over.begin(), over.end(), [&](auto n) { return n > last; }));
  const bool tie = full && above + with_last > s.seats;
  Names out;
  for (const std::string& c : s.candidates) {
    const std::uint32_t n = votes[c];
    if (n < need || n < last)
      out.push_back(c);
    else if (tie && n == last)
      r.tied.push_back(c);
    else
      r.elected.push_back(c);
  }
  if (tie) r.tied_seats = s.seats - above;
  if (!full) r.vacant = s.seats - static_cast<std::uint32_t>(over.size());
  if (r.vacant > 0 && !s.leave_vacant) {
    const std::uint32_t m = r.vacant + (s.min_extra > 0 ? (r.vacant + 4) / 5 : 0);
    std::vector<std::uint32_t> theirs;
    for (const std::string& c : out) theirs.push_back(votes[c]);
    std::sort(theirs.rbegin(), theirs.rend());
    for (const std::string& c : out)
      if (theirs.size() <= m || votes[c] >= theirs[m - 1]) r.next.push_back(c);
  }
  return r;
}

bool World::settled(const std::string& id) const {
  const Stage& s = stages.at(id);
  if (!s.repeat.empty()) return settled(s.repeat);
  if (s.phase != Phase::counted) return false;
  const Result r = result(s);
  if (r.again) return false;
  if (r.tied_seats > 0 && s.tie.empty() && (s.run_off.empty() || !settled(s.run_off))) return false;
  if (r.vacant == 0) return true;
  if (!s.new_round.empty()) return settled(s.new_round);
  return s.leave_vacant || r.vacant == s.reduced;
}

Names World::elected(const std::string& id) const {
  const Stage& s = stages.at(id);
  if (!s.repeat.empty()) return elected(s.repeat);
  if (s.phase != Phase::counted) return {};
  const Result r = result(s);
  Names out = r.elected;
  const auto add = [&](const Names& more) { out.insert(out.end(), more.begin(), more.end()); };
  if (!s.tie.empty())
    add(s.tie);
  else if (!s.run_off.empty())
    add(elected(s.run_off));
  if (!s.new_round.empty()) add(elected(s.new_round));
  return out;
}

std::string World::outcome() const {
  std::string out;
  for (const auto& [id, s] : stages) {
    out += id + "/" + std::to_string(s.reduced) + "/" + std::to_string(static_cast<int>(s.phase)) + ":";
    if (s.election && s.of.empty())
      for (const std::string& name : elected(id)) out += name + ",";
  }
  return out;
}

bool World::candidates_stand(const Stage& s) const {
  if (s.approval) return s.decided.has_value();
  return s.follow != Follow::repeat || candidates_stand(stages.at(s.of));
}

bool World::rests_on(const Stage& other, const Stage& on) const {
  for (const Stage* s = &other; !s->of.empty(); s = find(s->of))
    if (s->of == on.id) return true;
  return root(other).after.contains(root(on).id);
}

std::optional<Names> World::proposed(const Stage& s) const {
  if (s.follow == Follow::repeat) return proposed(stages.at(s.of));
  if (s.source == Source::none) return s.candidates;
  if (s.source == Source::shortlist) return shortlisted ? std::optional(shortlist) : std::nullopt;
  return settled(s.source_of) ? std::optional(elected(s.source_of)) : std::nullopt;
}

std::size_t World::mixers() const { return std::min<std::size_t>(min_mixers, trustees - lost.size()); }

bool World::may_open(const std::string& id, std::uint32_t minutes) const {
  const Stage* s = find(id);
  if (s == nullptr || s->phase != Phase::planned || !s->present) return false;
  if (5 * *s->present < 4 * 3) return false;
  for (const Stage* turn : {s, &root(*s)}) {
    if (minutes < turn->not_before) return false;
    for (const std::string& before : turn->after)
      if (!settled(before)) return false;
  }
  if (s->approval && !s->decided) return false;
  for (const auto& [index, o] : objections) {
    if (o.stage != id) continue;
    if (!o.answered) return false;
    if (o.upheld && !(s->approval && *s->decided > *o.answered)) return false;
  }
  if (s->notice_days > 0) {
    const Notice* last = nullptr;
    for (const auto& [index, n] : notices)
      if (n.stage == id && (!s->approval || index > *s->decided)) last = &n;
    if (last == nullptr || minutes < last->until) return false;
  }
  return *s->present >= s->min_ballots || s->small;
}

bool World::may_agree_opening(const std::string& id, std::uint32_t t) const {
  const Stage* s = find(id);
  return s != nullptr && s->phase == Phase::proposed && !s->opening_agreed.contains(t) && !lost.contains(t);
}

bool World::may_end_kiosk(const std::string& id, const std::string& kiosk) const {
  const Stage* s = find(id);
  return s != nullptr && s->phase == Phase::open && s->kiosks.contains(kiosk) && !s->ended.contains(kiosk);
}

bool World::may_close(const std::string& id) const {
  const Stage* s = find(id);
  return s != nullptr && s->phase == Phase::open && s->ended == s->kiosks;
}

bool World::may_agree_close(const std::string& id, std::uint32_t t) const {
  const Stage* s = find(id);
  return s != nullptr && (s->phase == Phase::closing || s->phase == Phase::tallying) && !s->close_agreed.contains(t);
}

bool World::may_mix(const std::string& id, std::uint32_t t) const {
  const Stage* s = find(id);
  return s != nullptr && s->phase == Phase::tallying && !s->ballots.empty() &&
         (s->ballots.size() >= s->min_ballots || s->small) && s->decrypted.empty() && !s->mixed.contains(t);
}

bool World::may_decrypt(const std::string& id, std::uint32_t t) const {
  const Stage* s = find(id);
  return s != nullptr && s->phase == Phase::tallying && !s->ballots.empty() && s->mixed.size() >= mixers() &&
         !s->decrypted.contains(t);
}

bool World::may_count(const std::string& id) const {
  const Stage* s = find(id);
  return s != nullptr && s->phase == Phase::tallying && (s->ballots.empty() || s->decrypted.size() >= threshold);
}

bool World::may_void(const std::string& id, bool with_result) const {
  const Stage* s = find(id);
  if (s == nullptr || s->phase == Phase::voided || (s->phase == Phase::counted) != with_result) return false;
  for (const auto& [other, o] : stages)
    if (rests_on(o, *s) && o.phase != Phase::planned && o.phase != Phase::voided) return false;
  return true;
}

bool World::may_shortlist() const {
  if (shortlisted || !points) return false;
  for (const auto& [id, s] : stages)
    if (!s.election && s.of.empty() && !settled(id)) return false;
  return true;
}

bool World::may_decide(const std::string& id, const std::vector<Person>& people) const {
  const Stage* s = find(id);
  if (s == nullptr || !s->approval || s->phase != Phase::planned) return false;
  if (people.size() < std::max(1U, s->seats + s->min_extra)) return false;
  const auto before = proposed(*s);
  if (!before) return false;
  std::set<std::string> seen;
  for (const Person& p : people) {
    if (!seen.insert(p.name).second || supervisors.contains(p.name)) return false;
    if (!has(*before, p.name) && (!p.reason || root(*s).source == Source::elected)) return false;
  }
  return true;
}

bool World::may_notice(const std::string& id, std::uint32_t minutes, std::uint32_t from, std::uint32_t until) const {
  const Stage* s = find(id);
  return s != nullptr && s->phase == Phase::planned && (!s->approval || s->decided) && until > from &&
         until - from >= s->notice_days * 1440 && minutes <= from + 1440;
}

bool World::may_object(std::uint64_t notice) const {
  const auto it = notices.find(notice);
  return it != notices.end() && stages.at(it->second.stage).phase == Phase::planned;
}

bool World::may_answer(std::uint64_t objection) const {
  const auto it = objections.find(objection);
  return it != objections.end() && !it->second.answered && stages.at(it->second.stage).phase == Phase::planned;
}

bool World::may_follow(const std::string& of, Follow how) const {
  const Stage* s = find(of);
  if (s == nullptr) return false;
  if (how == Follow::repeat && !s->repeat.empty()) return false;
  if (s->phase == Phase::voided) return how == Follow::repeat;
  if (s->phase != Phase::counted) return false;
  const Result r = result(*s);
  if (how == Follow::repeat) return r.again;
  if (how == Follow::run_off) return r.tied_seats > 0 && s->tie.empty() && s->run_off.empty();
  return r.vacant > s->reduced && !s->leave_vacant && s->new_round.empty();
}

bool World::may_cut(const std::string& id, std::uint32_t seats, std::uint32_t votes) const {
  const Stage* s = find(id);
  if (s == nullptr || s->phase != Phase::counted || !s->new_round.empty()) return false;
  const Result r = result(*s);
  return seats >= 1 && r.vacant >= s->reduced && seats <= r.vacant - s->reduced && votes <= *s->present &&
         2 * votes > *s->present;
}

bool World::may_decide_tie(const std::string& id, const Names& names) const {
  const Stage* s = find(id);
  if (s == nullptr || s->phase != Phase::counted || !s->tie.empty() || !s->run_off.empty()) return false;
  const Stage* kind = s;
  while (kind->follow == Follow::repeat) kind = find(kind->of);
  if (kind->follow != Follow::run_off) return false;
  const Result r = result(*s);
  if (r.tied_seats == 0 || names.size() != r.tied_seats) return false;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (!has(r.tied, names[i]) || (i > 0 && names[i] <= names[i - 1])) return false;
  return true;
}

bool World::nothing_open() const {
  for (const auto& [id, s] : stages) {
    if (s.phase != Phase::counted && s.phase != Phase::voided) return false;
    if (s.election && s.of.empty() && !settled(id)) return false;
  }
  return true;
}

bool World::may_report() const { return answered && !accepted && nothing_open(); }

bool World::may_lose(std::uint32_t t) const {
  return t >= 1 && t <= trustees && !lost.contains(t) && trustees - lost.size() > threshold;
}

Stage World::draft(const std::string& of, Follow how, const std::string& id) const {
  const Stage& from = stages.at(of);
  Stage s;
  s.id = id;
  s.of = of;
  s.follow = how;
  s.election = from.election;
  s.turnout = from.turnout;
  s.leave_vacant = from.leave_vacant;
  s.asks_majority = from.asks_majority;
  s.min_ballots = from.min_ballots;
  if (how == Follow::repeat) {
    s.seats = from.seats;
    s.min_extra = from.min_extra;
    s.candidates = from.candidates;
    s.approval = !candidates_stand(from);
    const Stage* first = &from;
    while (first->follow == Follow::repeat) first = find(first->of);
    s.notice_days = s.approval ? first->notice_days : from.was_opened ? 0 : from.notice_days;
    return s;
  }
  const Result r = from.phase == Phase::counted ? result(from) : Result{};
  s.seats = how == Follow::run_off ? r.tied_seats : r.vacant - std::min(r.vacant, from.reduced);
  s.candidates = how == Follow::run_off ? r.tied : r.next;
  if (how == Follow::run_off) s.asks_majority = false;
  return s;
}

void World::open_if_agreed(Stage& s) const {
  if (s.phase != Phase::proposed) return;
  for (std::uint32_t t = 1; t <= trustees; ++t)
    if (!lost.contains(t) && !s.opening_agreed.contains(t)) return;
  s.phase = Phase::open;
}

void World::fall(Stage& s) {
  if (s.phase == Phase::planned) s.decided.reset();
  s.phase = Phase::voided;
  const Stage& of = root(s);
  if (!of.election) shortlisted = false;
  for (auto& [id, other] : stages) {
    const Stage& theirs = root(other);
    if ((theirs.source == Source::shortlist && !of.election) ||
        (theirs.source == Source::elected && theirs.source_of == of.id))
      other.decided.reset();
  }
}

void World::declare_void(const std::string& id) {
  Stage& s = stages.at(id);
  fall(s);
  for (auto& [other, o] : stages)
    if (o.phase == Phase::planned && !o.of.empty() && rests_on(o, s)) fall(o);
}

}  // namespace tuixuan::model

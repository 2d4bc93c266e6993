#include "tally/count/count.h"

#include <algorithm>

#include "crypto/codes/ballot.h"
#include "crypto/codes/catalogue.h"
#include "tally/count/outcome.h"
#include "tally/count/scores.h"

namespace tuixuan::tally {

ContestCount::ContestCount(const Contest& contest, const Numbers& numbers, std::map<std::string, std::string> merged,
                           std::vector<Written> written)
    : contest_(contest), numbers_(numbers), merged_(std::move(merged)) {
  result_.contest = contest_.id;
  result_.kind = contest_.kind;
  result_.seats = contest_.seats;
  for (std::size_t i = 0; i < contest_.candidates.size(); ++i) {
    PersonResult person;
    person.number = static_cast<std::uint32_t>(i + 1);
    person.name = contest_.candidates[i].name;
    person.note = contest_.candidates[i].note;
    if (i < written.size()) {
      person.written = written[i].approve;
      person.approve = written[i].approve;
      person.oppose = written[i].oppose;
    }
    if (contest_.rating) {
      ItemResult item;
      item.grades.assign(contest_.rating->grades.size(), 0);
      person.items.assign(contest_.rating->items.size(), item);
    }
    result_.persons.push_back(std::move(person));
  }
  forms_.resize(contest_.rating ? contest_.candidates.size() : 0);
}

void ContestCount::add(const Result<Selection>& ballot) {
  ballot ? void(add(*ballot, 1)) : add_invalid(std::string(name_of(ballot.error().check)), 1);
}

void ContestCount::add_invalid(const std::string& reason, std::uint64_t copies) {
  result_.ballots += copies;
  result_.invalid += copies;
  result_.invalid_reasons[reason] += copies;
}

std::string ContestCount::add(const Selection& selection, std::uint64_t copies) {
  const bool respelt = std::any_of(selection.write_ins.begin(), selection.write_ins.end(),
                                   [&](const WriteIn& w) { return merged_.contains(w.name); });
  if (respelt) {
    Selection known = selection;
    for (WriteIn& w : known.write_ins)
      if (const auto it = merged_.find(w.name); it != merged_.end()) w.name = it->second;
    return add_known(known, copies);
  }
  return add_known(selection, copies);
}

std::string ContestCount::add_known(const Selection& selection, std::uint64_t copies) {
  const std::vector<Problem> problems = check(contest_, selection);
  const auto invalid =
      std::find_if(problems.begin(), problems.end(), [](const auto& p) { return makes_invalid(p.check); });
  if (invalid != problems.end()) {
    std::string reason(name_of(invalid->check));
    add_invalid(reason, copies);
    return reason;
  }
  result_.ballots += copies;
  result_.valid += copies;
  if (is_blank(selection)) result_.blank += copies;
  contest_.rating ? add_grades(selection, copies) : add_marks(selection, problems, copies);
  return {};
}

void ContestCount::add_marks(const Selection& s, const std::vector<Problem>& problems, std::uint64_t copies) {
  for (std::size_t i = 0; i < s.marks.size(); ++i) {
    PersonResult& person = result_.persons[i];
    switch (s.marks[i]) {
      case Mark::abstain:
        person.abstain += copies;
        break;
      case Mark::approve:
        person.approve += copies;
        break;
      case Mark::oppose:
        person.oppose += copies;
        break;
      case Mark::postpone:
        person.postpone += copies;
        break;
      case Mark::unreadable:
        person.unreadable += copies;
        break;
    }
  }
  for (std::size_t i = 0; i < s.write_ins.size(); ++i) {
    const auto why = std::find_if(problems.begin(), problems.end(), [&](const auto& p) { return p.number == i + 1; });
    if (why == problems.end()) {
      write_in_votes_[s.write_ins[i].name] += copies;
    } else {
      result_.write_ins_not_counted[std::string(name_of(why->check))] += copies;
    }
  }
}

void ContestCount::add_totals(const ContestTotals& t) {
  std::uint64_t invalid = 0;
  for (const auto& [reason, n] : t.invalid) {
    invalid += n;
    result_.invalid_reasons[reason] += n;
  }
  result_.ballots += t.ballots;
  result_.invalid += invalid;
  result_.valid += t.ballots - invalid;
  result_.blank += t.blank;
  for (std::size_t i = 0; i < t.persons.size(); ++i) {
    const PersonTotals& p = t.persons[i];
    if (i >= result_.persons.size()) {
      const auto it = merged_.find(p.label);
      write_in_votes_[it == merged_.end() ? p.label : it->second] += p.approve;
      continue;
    }
    PersonResult& person = result_.persons[i];
    person.approve += p.approve;
    person.oppose += p.oppose;
    person.abstain += p.abstain;
    person.postpone += p.postpone;
    person.unreadable += p.unreadable;
  }
}

void ContestCount::add_unmarked(std::uint64_t names) {
  if (names == 0) return;
  if (name_alone_counts(contest_)) bug("names that count were added as names that do not");
  const bool abstains = contest_.write_ins.unmarked == Unmarked::abstain;
  const Code why = abstains ? code::ballot::write_in_abstained : code::ballot::write_in_unmarked;
  result_.write_ins_not_counted[std::string(name_of(why))] += names;
}

void ContestCount::add_cascaded(const std::string& name, std::uint64_t copies) {
  const auto it = merged_.find(name);
  const std::string& known = it == merged_.end() ? name : it->second;
  for (PersonResult& person : result_.persons)
    if (label(person.name, person.note) == known) {
      person.approve += copies;
      person.cascaded += copies;
      return;
    }
  write_in_votes_[known] += copies;
  write_in_cascaded_[known] += copies;
}

void ContestCount::add_grades(const Selection& s, std::uint64_t copies) {
  const Rating& rating = *contest_.rating;
  const std::size_t items = rating.items.size();
  for (std::size_t c = 0; c < result_.persons.size(); ++c) {
    bool acquainted = true;
    std::uint64_t score = 0;
    for (std::size_t i = 0; i < items; ++i) {
      ItemResult& item = result_.persons[c].items[i];
      const GradeMark g = s.grades[c * items + i];
      if (g == 0) {
        item.unmarked += copies;
      } else if (g > rating.grades.size()) {
        item.not_acquainted += copies;
        acquainted = false;
      } else {
        item.grades[g - 1] += copies;
        score += std::uint64_t{rating.items[i].weight} * rating.grades[g - 1].weight;
      }
    }
    FormScores& forms = forms_[c];
    if (!acquainted) {
      forms.not_acquainted += copies;
      continue;
    }
    forms.least = forms.forms == 0 ? score : std::min(forms.least, score);
    forms.most = forms.forms == 0 ? score : std::max(forms.most, score);
    forms.forms += copies;
    forms.sum += score * copies;
  }
}

void ContestCount::finish_grades(ContestResult& r) const {
  const Rating& rating = *contest_.rating;
  const std::uint64_t base = base_of(contest_.majority.base, numbers_, r.valid);
  for (std::size_t c = 0; c < r.persons.size(); ++c) {
    PersonResult& person = r.persons[c];
    for (ItemResult& item : person.items) item.score = item_score(rating, item, base);
    person.score =
        rating.empty == EmptyCell::as_before ? score_as_before(c, base) : total_score(rating, person.items, base);
  }
}

Fraction ContestCount::score_as_before(std::size_t person, std::uint64_t base) const {
  const FormScores& forms = forms_[person];
  if (contest_.rating->trim && forms.forms > 5)
    return fraction(forms.sum - forms.least - forms.most, 100 * (forms.forms - 2));
  return fraction(forms.sum, 100 * (base - std::min(base, forms.not_acquainted)));
}

ContestResult ContestCount::finish() const {
  ContestResult r = result_;
  for (const auto& [name, votes] : write_in_votes_) {
    PersonResult person;
    person.name = name;
    person.approve = votes;
    if (const auto it = write_in_cascaded_.find(name); it != write_in_cascaded_.end()) person.cascaded = it->second;
    r.persons.push_back(std::move(person));
  }
  if (contest_.rating) finish_grades(r);
  decide(contest_, numbers_, r, barred_);
  return r;
}

}  // namespace tuixuan::tally

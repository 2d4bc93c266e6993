#include "tally/ballot/choice_words.h"

namespace tuixuan::tally {

namespace {

const Text kRecommended{"推荐", "Recommended"};
const Text kWritten{"另选", "Written in"};
const Text kNotAcquainted{"不了解", "Not acquainted"};

class Speech {
 public:
  Speech(const Contest& contest, const Selection& selection, std::string_view language,
         std::optional<std::size_t> candidate, const std::vector<bool>* abstained)
      : c_(contest), s_(selection), language_(language), only_(candidate), abstained_(abstained) {}

  std::vector<std::string> lines() {
    if (c_.rating) {
      grades();
      if (abstained_ != nullptr && !out_.empty()) ungraded();
      return std::move(out_);
    }
    if (c_.kind == Kind::recommendation) {
      const std::string who = names(Mark::approve);
      if (!who.empty()) out_.push_back(in(kRecommended) + colon() + who);
    } else {
      answer(c_.answers.approve, Mark::approve);
    }
    answer(c_.answers.oppose, Mark::oppose);
    if (c_.answers.postpone) answer(*c_.answers.postpone, Mark::postpone);
    if (c_.kind != Kind::recommendation) abstentions();
    written();
    return std::move(out_);
  }

 private:
  std::string in(const Text& text) const { return text.in(language_); }
  std::string colon() const { return language_ == "en" ? ": " : "："; }
  std::string comma() const { return language_ == "en" ? ", " : "、"; }

  void grades() {
    const std::size_t items = c_.rating->items.size();
    for (std::size_t i = 0; i < s_.grades.size(); ++i) {
      const std::size_t grade = s_.grades[i];
      if ((only_ && i / items != *only_) || grade == 0) continue;
      const Candidate& who = c_.candidates[i / items];
      std::string what = only_ ? in(c_.rating->items[i % items].title) : label(who.name, who.note);
      if (!only_ && items > 1) what += comma() + in(c_.rating->items[i % items].title);
      out_.push_back(what + colon() +
                     in(grade <= c_.rating->grades.size() ? c_.rating->grades[grade - 1].label : kNotAcquainted));
    }
  }

  void ungraded() {
    const std::size_t items = c_.rating->items.size();
    std::string what;
    for (std::size_t i = 0; i < s_.grades.size(); ++i) {
      if ((only_ && i / items != *only_) || s_.grades[i] != 0) continue;
      const Candidate& who = c_.candidates[i / items];
      what += (what.empty() ? "" : comma()) +
              (only_ ? in(c_.rating->items[i % items].title) : label(who.name, who.note)) +
              (!only_ && items > 1 ? " " + in(c_.rating->items[i % items].title) : "");
    }
    if (!what.empty()) out_.push_back(in(unmarked_words(c_)) + colon() + what);
  }

  void abstentions() {
    if (abstained_ == nullptr) {
      if (!is_blank(s_) && !only_) answer(c_.answers.abstain, Mark::abstain);
      return;
    }
    std::string by_hand;
    std::string unmarked;
    for (std::size_t i = 0; i < s_.marks.size(); ++i) {
      if (s_.marks[i] != Mark::abstain || (only_ && *only_ != i)) continue;
      std::string& to = abstained_->at(i) ? by_hand : unmarked;
      to += (to.empty() ? "" : comma()) + label(c_.candidates[i].name, c_.candidates[i].note);
    }
    if (!by_hand.empty()) out_.push_back(in(c_.answers.abstain.label) + (only_ ? "" : colon() + by_hand));
    const bool all = by_hand.empty() && is_blank(s_);
    if (!unmarked.empty() && !only_ && !all) out_.push_back(in(unmarked_words(c_)) + colon() + unmarked);
  }

  std::string names(Mark mark) const {
    std::string out;
    for (std::size_t i = 0; i < s_.marks.size(); ++i)
      if (s_.marks[i] == mark && (!only_ || *only_ == i))
        out += (out.empty() ? "" : comma()) + label(c_.candidates[i].name, c_.candidates[i].note);
    return out;
  }

  void answer(const Answer& a, Mark mark) {
    const std::string who = names(mark);
    if (who.empty()) return;
    const std::string sign = a.sign.empty() ? "" : a.sign + " ";
    out_.push_back(sign + in(a.label) + (only_ ? "" : colon() + who));
  }

  void written() {
    for (const WriteIn& w : s_.write_ins)
      if (!only_ || w.against == *only_ + 1) out_.push_back(in(kWritten) + colon() + w.name);
  }

  const Contest& c_;
  const Selection& s_;
  const std::string_view language_;
  const std::optional<std::size_t> only_;
  const std::vector<bool>* abstained_;
  std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> choice_words(const Contest& contest, const Selection& selection, std::string_view language,
                                      std::optional<std::size_t> candidate, const std::vector<bool>* abstained) {
  return Speech(contest, selection, language, candidate, abstained).lines();
}

Text unmarked_words(const Contest& c) {
  if (c.rating) return {"未评价，按 0 分计", "Not graded, counts as 0 points"};
  if (c.kind == Kind::recommendation) return {"未推荐", "Nobody recommended"};
  const Text& abstain = c.answers.abstain.label;
  return {"未作标记，按" + abstain.zh + "计", "Not marked, counts as " + abstain.in("en")};
}

const Text& not_acquainted_words() { return kNotAcquainted; }

}  // namespace tuixuan::tally

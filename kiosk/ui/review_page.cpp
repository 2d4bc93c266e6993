#include "kiosk/ui/review_page.h"

#include "kiosk/ui/marking_page.h"
#include "kiosk/ui/stop_page.h"
#include "tally/ballot/choice_words.h"

namespace tuixuan::kiosk {

static QString joined(const std::vector<std::string>& lines) {
  QStringList out;
  for (const std::string& line : lines) out.append(QString::fromStdString(line));
  return out.join(u'\n');
}

QVariantList review_of(const Look& look, const Flow& flow) {
  QVariantList out;
  for (const FlowStep& step : flow.steps()) {
    const tally::Contest& c = flow.stage().contests[step.contest];
    const tally::Selection& s = flow.selection(step.contest);
    const QString who = step.candidate ? u'　' + QString::fromStdString(c.candidates[*step.candidate].name) : QString();
    const auto abstained = flow.abstained(step.contest);
    const QString lines = joined(tally::choice_words(c, s, look.language().toStdString(), step.candidate, &abstained));
    const auto problems = flow.problems(step.contest);
    out << QVariantMap{
        {"title", QString(look.in(c.title) + who)},
        {"lines", lines.isEmpty() ? look.word("review_empty").arg(look.in(tally::unmarked_words(c))) : lines},
        {"empty", lines.isEmpty()},
        {"problem", problems.empty() ? QString() : problem_words(look, s, problems.front())}};
  }
  return out;
}

bool can_seal(const Flow& flow) {
  for (std::size_t c = 0; c < flow.stage().contests.size(); ++c)
    if (!flow.problems(c).empty()) return false;
  return true;
}

QVariantList opened_of(const Look& look, const Flow& flow, const election::OpenedBallot& ballot) {
  QVariantList out;
  for (const election::OpenedChoice& choice : ballot.choices)
    for (const tally::Contest& contest : flow.stage().contests)
      if (contest.id == choice.contest)
        out << QVariantMap{{"title", look.in(contest.title)},
                           {"lines", joined(election::opened_lines(choice, contest, look.language().toStdString()))}};
  return out;
}

QVariantMap fault_of(const Look& look, const Fault& fault, const QString& ballot, const MachineState& state) {
  static constexpr const char* kNames[] = {"disk", "printer", "scanner", "log", "doubt", "refused"};
  const std::string name = kNames[static_cast<std::size_t>(fault.kind)];
  const bool by_check = fault.kind == FaultKind::log || fault.kind == FaultKind::refused;
  const QString of_check = by_check ? helper_words(look, state, fault.check) : QString();
  const QString helper = of_check.isEmpty() ? look.word(("fault_" + name + "_helper").c_str()) : of_check;
  // Who has voted is not sent to another machine.
  const bool done = ballot == u"cast" && fault.kind != FaultKind::printer;
  return {{"kind", QString::fromStdString(name)},
          {"cause", look.word(("fault_" + name).c_str())},
          {"voter", look.word((done ? "fault_done_voter" : "fault_" + name + "_voter").c_str())},
          {"helper", look.word("fault_helper").arg(helper)},
          {"detail", look.word("fault_detail").arg(QString::fromStdString(fault.detail))},
          {"safe", look.word(("safe_" + ballot.toStdString()).c_str())}};
}

}  // namespace tuixuan::kiosk

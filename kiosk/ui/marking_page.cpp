#include "kiosk/ui/marking_page.h"

#include <QSet>

#include "crypto/codes/ballot.h"
#include "crypto/codes/catalogue.h"
#include "tally/ballot/choice_words.h"

namespace tuixuan::kiosk {

static QString text_of(std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); }

QString form_name(const tally::Contest& contest) {
  static constexpr const char* kNames[] = {"answers", "choose", "grades"};
  return QString::fromLatin1(kNames[static_cast<std::size_t>(form_of(contest))]);
}

QString person_of(const Marked& m) {
  if (!m.only) return {};
  const tally::Candidate& c = m.contest.candidates[*m.only];
  return text_of(tally::label(c.name, c.note));
}

QString hint_of(const Look& look, const tally::Contest& c) {
  if (c.kind == tally::Kind::decision) return look.word("decision_hint");
  if (c.rating) {
    const QString best = c.rating->max_best > 0 ? look.word("grade_best").arg(c.rating->max_best) : QString();
    return look.word("grade_hint") + best;
  }
  if (form_of(c) == Form::choose) return look.word("choose_up_to").arg(c.max_choices);
  return look.word("choose_max").arg(c.seats).arg(c.max_choices);
}

QString counter_of(const Look& look, const Marked& m) {
  if (m.contest.rating || m.contest.kind == tally::Kind::decision) return {};
  const auto chosen = tally::chosen(m.selection);
  const auto most = m.contest.max_choices;
  if (chosen > most) return look.word("left_over").arg(chosen - most);
  return chosen == most ? look.word("left_none") : look.word("left_some").arg(most - chosen);
}

QString problem_words(const Look& look, const tally::Selection& selection, const tally::Problem& p) {
  QString key = text_of(name_of(p.check)).mid(7);  // without "ballot."
  if (key == u"blank") key = QStringLiteral("blank_invalid");
  QString sentence = look.word(key.toUtf8().constData());
  if (sentence.isEmpty()) sentence = text_of(look.language() == u"zh" ? p.zh : p.what);
  if (!tally::makes_invalid(p.check) && p.number >= 1 && p.number <= selection.write_ins.size())
    return sentence.arg(text_of(selection.write_ins[p.number - 1].name));
  return sentence.replace(QStringLiteral("%1"), QString::number(p.number));
}

QString problem_of(const Look& look, const Marked& m, bool tried) {
  for (const tally::Problem& p : tally::check(m.contest, m.selection)) {
    const bool early =
        p.check == code::ballot::undervote || p.check == code::ballot::blank || p.check == code::ballot::identical;
    if (!early || tried) return problem_words(look, m.selection, p);
  }
  return {};
}

QVariantList answers_of(const Look& look, const tally::Contest& c) {
  if (form_of(c) != Form::answers) return {};
  const tally::Answers& a = c.answers;
  const auto one = [&](tally::Mark mark, const tally::Answer& answer) {
    return QVariantMap{
        {"mark", static_cast<int>(mark)}, {"label", look.in(answer.label)}, {"sign", text_of(answer.sign)}};
  };
  QVariantList out{one(tally::Mark::approve, a.approve), one(tally::Mark::oppose, a.oppose)};
  if (a.postpone) out << one(tally::Mark::postpone, *a.postpone);
  out << one(tally::Mark::abstain, a.abstain);
  return out;
}

QStringList grades_of(const Look& look, const tally::Contest& c) {
  QStringList out;
  if (!c.rating) return out;
  for (const tally::Grade& g : c.rating->grades) out.append(look.in(g.label));
  if (c.rating->not_acquainted) out.append(look.in(tally::not_acquainted_words()));
  return out;
}

// --- rows ------------------------------------------------------------------------------------------------------------

static std::vector<Row> item_rows(const Look& look, const Marked& m) {
  std::vector<Row> rows;
  const std::size_t items = m.contest.rating->items.size();
  for (std::size_t i = 0; i < items; ++i)
    rows.push_back({static_cast<int>(i),
                    look.in(m.contest.rating->items[i].title),
                    {},
                    m.selection.grades[*m.only * items + i],
                    {},
                    -1,
                    false});
  return rows;
}

static bool can_write_under(const Marked& m, std::size_t i) {
  return m.contest.write_ins.rule == tally::WriteInRule::under_opposed && m.selection.marks[i] == tally::Mark::oppose &&
         m.selection.write_ins.size() < m.contest.write_ins.slots;
}

static Row candidate_row(const Marked& m, std::size_t i) {
  const tally::Candidate& c = m.contest.candidates[i];
  Row row{static_cast<int>(i), text_of(c.name), text_of(c.note), 0, {}, -1, false};
  row.mark = m.contest.rating ? m.selection.grades[i] : static_cast<int>(m.selection.marks[i]);
  if (m.contest.rating) return row;
  const bool by_hand = i < m.abstained.size() && m.abstained[i];
  if (m.selection.marks[i] == tally::Mark::abstain && !by_hand) row.mark = kUnmarked;
  for (std::size_t w = 0; w < m.selection.write_ins.size(); ++w)
    if (m.selection.write_ins[w].against == i + 1) {
      row.written = text_of(m.selection.write_ins[w].name);
      row.written_at = static_cast<int>(w);
    }
  row.can_write = row.written_at < 0 && can_write_under(m, i);
  return row;
}

std::vector<Row> rows_of(const Look& look, const Marked& m, const Sieve& sieve) {
  if (m.contest.rating && m.only) return item_rows(look, m);
  QSet<QString> found;
  if (sieve.finder != nullptr)
    for (const std::size_t place : sieve.finder->find(sieve.filter.toStdString()))
      found.insert(text_of(sieve.finder->roll()[place].name) + text_of(sieve.finder->roll()[place].note));
  std::vector<Row> rows;
  for (std::size_t i = 0; i < m.contest.candidates.size(); ++i) {
    if (m.only && *m.only != i) continue;
    Row row = candidate_row(m, i);
    if (sieve.finder != nullptr && !found.contains(row.title + row.note)) continue;
    if (sieve.chosen_only && row.mark != static_cast<int>(tally::Mark::approve)) continue;
    rows.push_back(std::move(row));
  }
  return rows;
}

QVariantList free_names_of(const tally::Selection& s) {
  QVariantList out;
  for (std::size_t i = 0; i < s.write_ins.size(); ++i)
    if (s.write_ins[i].against == 0)
      out << QVariantMap{{"name", text_of(s.write_ins[i].name)}, {"at", static_cast<int>(i)}};
  return out;
}

QString write_line_of(const Look& look, const Marked& m) {
  if (m.contest.write_ins.rule != tally::WriteInRule::free_lines) return {};
  const std::size_t used = m.selection.write_ins.size();
  const std::size_t slots = m.contest.write_ins.slots;
  return used < slots ? look.word("write_line").arg(slots - used) : QString();
}

}  // namespace tuixuan::kiosk

#include "kiosk/ui/question_page.h"

#include <QStringList>

#include "tally/ballot/choice_words.h"

namespace tuixuan::kiosk {

// So many of the parts that are empty are named; in the largest letters there is room for fewer.
static std::size_t few(const Look& look) { return look.size() < 2 ? 4 : 2; }

static QString text_of(const std::string& s) { return QString::fromStdString(s); }

static QString part(const Look& look, const Flow& flow, const FlowStep& step) {
  const tally::Contest& c = flow.stage().contests[step.contest];
  const QString who = step.candidate ? u'　' + text_of(c.candidates[*step.candidate].name) : QString();
  return look.in(c.title) + who + look.word("colon") + look.in(tally::unmarked_words(c));
}

static QVariantMap about_empty(const Look& look, const Flow& flow) {
  const auto empty = flow.empty_steps();
  const bool all = empty.size() == flow.steps().size();
  QStringList parts;
  for (std::size_t i = 0; i < std::min(empty.size(), few(look)); ++i) parts << part(look, flow, flow.steps()[empty[i]]);
  if (empty.size() > few(look)) parts << look.word("ask_empty_more").arg(empty.size() - few(look));
  return {{"title", all ? look.word("ask_empty_all") : look.word("ask_empty_some").arg(empty.size())},
          {"hint", parts.join(u'\n')},
          {"safe", look.word("ask_empty_safe")},
          {"go", look.word("ask_empty_go")}};
}

static QVariantMap about_name(const Look& look, const Flow& flow) {
  const QString name = text_of(flow.asked_name());
  const std::uint32_t against = flow.writing_against();
  const QString title = against == 0
                            ? look.word("ask_name").arg(name)
                            : look.word("ask_name_for").arg(text_of(flow.contest().candidates[against - 1].name), name);
  const bool one_sign = name.toUcs4().size() == 1;
  return {{"title", title},
          {"hint", look.word(one_sign ? "ask_name_short" : "ask_name_hint")},
          {"safe", look.word("ask_name_safe")},
          {"go", look.word("ask_name_go")}};
}

QVariantMap question_of(const Look& look, const Flow& flow) {
  QVariantMap out;
  switch (flow.question()) {
    case Question::empty:
      out = about_empty(look, flow);
      break;
    case Question::name:
      out = about_name(look, flow);
      break;
    case Question::written:
      out = {{"title", look.word("ask_written").arg(text_of(flow.asked_name()))},
             {"hint", look.word("ask_written_hint")},
             {"safe", look.word("ask_written_safe")},
             {"go", look.word("ask_written_go")},
             {"other", look.word("ask_written_other")}};
      break;
    case Question::check:
      out = {{"title", look.word("ask_check")},
             {"hint", look.word("ask_check_hint")},
             {"safe", look.word("ask_check_safe")},
             {"go", look.word("ask_check_go")}};
      break;
  }
  const auto kind = name_of(flow.question());
  out["kind"] = QString::fromLatin1(kind.data(), static_cast<qsizetype>(kind.size()));
  return out;
}

}  // namespace tuixuan::kiosk

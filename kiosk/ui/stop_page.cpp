#include "kiosk/ui/stop_page.h"

#include "crypto/codes/catalogue.h"
#include "crypto/codes/kiosk.h"
#include "crypto/protocol/ballot.h"

namespace tuixuan::kiosk {

static constexpr std::size_t kFew = 12;  // trackers; the helper's page and its report have them all

static QString text_of(std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); }

// The word of this check, or else of its kind: never another check's.
static QString word_of(const Look& look, const QString& beginning, const Error& why) {
  QString check = text_of(name_of(why.check));
  check.replace(u'.', u'_');
  const QString own = look.word((beginning + check).toUtf8().constData());
  if (!own.isEmpty()) return own;
  const auto kind = kind_of(why);
  const char* of_kind = kind == ErrorKind::mine ? "mine" : kind == ErrorKind::later ? "later" : "never";
  return look.word((beginning + QLatin1String(of_kind)).toUtf8().constData());
}

static QString filled(QString sentence, const MachineState& state) {
  return sentence.replace(QStringLiteral("%1"), text_of(state.id))
      .replace(QStringLiteral("%2"), state.stage_id.empty() ? QStringLiteral("…") : text_of(state.stage_id));
}

QString helper_words(const Look& look, const MachineState& state, Code check) {
  return filled(word_of(look, QStringLiteral("stop_helper_"), {check, {}}), state);
}

QVariantMap stop_of(const Look& look, const MachineState& state) {
  if (!state.stop) return {};
  const bool waits = state.stop->check == code::kiosk::unreached;
  const Error why = waits && !state.late ? Error{code::kiosk::connecting, {}} : *state.stop;
  QStringList disk;
  if (state.all.cast + state.all.abandoned + state.all.challenged > 0 || waits)
    disk << look.word("stop_disk").arg(state.all.cast).arg(state.all.undelivered);
  if (waits && state.seen > 0) disk << look.word("stop_seen").arg(state.seen);
  disk << missing_words(look, state, kFew);
  const QString detail = waits && state.late ? text_of(state.late->text()) : waits ? QString() : text_of(why.text());
  return {{"cause", filled(word_of(look, QStringLiteral("stop_"), why), state)},
          {"voter", look.word(state.ended ? "stop_voter_ended" : "stop_voter")},
          {"helper", look.word("fault_helper").arg(helper_words(look, state, why.check))},
          {"detail", detail.isEmpty() ? QString() : look.word("fault_detail").arg(detail)},
          {"disk", disk.join(u'\n')}};
}

QStringList missing_words(const Look& look, const MachineState& state, std::size_t most) {
  if (state.missing.empty()) return {};
  const bool open = state.missing.front().stage.name == state.stage_id;
  QStringList out{look.word("missing").arg(state.missing.size()), look.word(open ? "missing_again" : "missing_closed")};
  for (const MissingBallot& ballot : std::span(state.missing).first(std::min(most, state.missing.size())))
    out << look.word("missing_tracker").arg(ballot.seq).arg(text_of(protocol::tracker(ballot.hash)));
  return out;
}

}  // namespace tuixuan::kiosk

#include "kiosk/ui/staff.h"

#include <QDateTime>
#include <filesystem>

#include "crypto/codes/base.h"
#include "crypto/codes/client.h"
#include "crypto/primitives/secret.h"
#include "hardware/devices/durable_file.h"
#include "hardware/devices/files.h"
#include "kiosk/ui/paper.h"
#include "kiosk/ui/stop_page.h"
#include "tally/client/key_code.h"
#include "tally/client/key_file.h"

namespace tuixuan::kiosk {

namespace fs = std::filesystem;

static constexpr int kEarliestYear = 2024;  // before that a clock has lost its time
static constexpr std::size_t kMostKeyFile = 65536;

Staff::Staff(Machine& machine, Look& look, StaffOptions options)
    : machine_(machine), look_(look), options_(std::move(options)) {
  const auto add = [this](ReaderKind kind, const std::string& device) {
    if (device.empty()) return;
    readers_.push_back(std::make_unique<CodeReader>(kind, device));
    connect(readers_.back().get(), &CodeReader::read, this, &Staff::scanned);
  };
  add(ReaderKind::lines, options_.scanner);
  add(ReaderKind::camera, options_.camera);
}

const CodeReader* Staff::reader(ReaderKind kind) const {
  for (const auto& r : readers_)
    if (r->kind() == kind) return r.get();
  return nullptr;
}

bool Staff::scannerMissing() const {
  const CodeReader* line = reader(ReaderKind::lines);
  const CodeReader* camera = reader(ReaderKind::camera);
  return line != nullptr && line->missing() && (camera == nullptr || camera->missing());
}

void Staff::awaitCode(bool on) {
  for (const auto& r : readers_) r->await(on);
}

Result<void> Staff::print(std::string_view name, ByteView pdf) {
  if (options_.printer == nullptr) return fail(code::device::printer, "there is no printer");
  return options_.printer->print(name, pdf);
}

// --- the key ---------------------------------------------------------------------------------------------------------

void Staff::look() {
  keys_.clear();
  message_.clear();
  std::error_code ec;
  for (const std::string& folder : options_.key_folders)
    for (auto it = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, ec);
         it != fs::recursive_directory_iterator() && keys_.size() < 8; it.increment(ec))
      if (it.depth() <= 3 && it->path().extension() == ".key" && it->is_regular_file(ec))
        keys_.append(QString::fromStdString(it->path().string()));
  Q_EMIT changed();
}

void Staff::offerCode(const QString& code) {
  if (open_) return;
  const auto sealed = client::parse_key_code(code.toStdString());
  if (sealed) card_ = *sealed;
  message_ = sealed ? QString()
                    : word(sealed.error().check == code::key::damaged ? "refused_key_damaged" : "refused_key_code");
  Q_EMIT changed();
}

void Staff::unlock(const QString& file, const QString& passphrase) {
  // A stick's file system says of every file that all may read it; the passphrase keeps the key.
  unlock_with(devices::read_all(file.toStdString(), kMostKeyFile, false, code::key::file), file, passphrase);
}

void Staff::unlockCard(const QString& passphrase) {
  if (!card_.empty()) unlock_with(card_, word("key_card"), passphrase);
}

void Staff::unlock_with(const Result<Bytes>& sealed, const QString& from, const QString& passphrase) {
  QByteArray secret = passphrase.toUtf8();
  const ByteView typed = as_bytes({secret.constData(), static_cast<std::size_t>(secret.size())});
  const auto key = sealed ? client::open_sealed_key(*sealed, "supervisor", typed, from.toStdString())
                          : tl::unexpected(sealed.error());
  secret.fill('\0');
  if (key) {
    message_ = word("refused_key_supervisor");
    for (const tally::Supervisor& s : machine_.state().supervisors)
      if (s.key == key->verify_key().bytes) open_ = true;
  } else if (!sealed) {
    message_ = word("refused_key_file").arg(QString::fromStdString(key.error().what));
  } else {
    const Code why = key.error().check;
    message_ = word(why == code::seal::open     ? "refused_key"
                    : why == code::seal::memory ? "refused_key_memory"
                                                : "refused_key_format");
  }
  if (open_) {
    message_.clear();
    tests_.clear();
    card_.clear();
  }
  Q_EMIT changed();
}

void Staff::lock() {
  open_ = false;
  ending_ = false;
  keys_.clear();
  card_.clear();
  message_.clear();
  tests_.clear();
  Q_EMIT changed();
}

// --- the page --------------------------------------------------------------------------------------------------------

QVariantList Staff::lines() const {
  const MachineState s = machine_.state();
  const auto line = [this](const char* key, const QString& value) {
    return QVariantMap{{"label", word(key)}, {"value", value.isEmpty() ? word("helper_none") : value}};
  };
  QVariantList out{line("helper_kiosk", QString::fromStdString(s.id)), line("helper_box", look_.in(s.box)),
                   line("helper_stage", look_.in(s.stage)),
                   line("helper_server", s.trouble ? QString::fromStdString(s.trouble->text())
                                                   : word(s.reached ? "helper_reached" : "helper_not_reached"))};
  if (!s.fingerprint.empty())
    out << line("helper_log", word("helper_log_value").arg(QString::fromStdString(s.fingerprint)).arg(s.entries));
  out << line("helper_cast", QString::number(s.counts.cast))
      << line("helper_challenged", QString::number(s.counts.challenged))
      << line("helper_abandoned", QString::number(s.counts.abandoned))
      << line("helper_undelivered", QString::number(s.counts.undelivered));
  if (s.counts.turned > 0) out << line("helper_turned", QString::number(s.counts.turned));
  if (s.ended) out << line("helper_end", word(s.end_logged ? "helper_end_logged" : "helper_end_waits"));
  if (s.late && !s.reached) out << line("helper_late", QString::fromStdString(s.late->text()));
  for (const std::string& name : s.set_aside) out << line("helper_aside", QString::fromStdString(name));
  return out;
}

QStringList Staff::missing() const { return missing_words(look_, machine_.state()); }

void Staff::runTests() {
  if (!open_) return;
  const auto test = [this](const char* key, const QString& value, bool good) {
    tests_.append(QVariantMap{{"label", word(key)}, {"value", value}, {"good", good}});
  };
  tests_.clear();
  test("test_screen", word("test_target").arg(look_.target(), 0, 'f', 0), true);
  test("test_sound", word(look_.hasVoice() ? "test_good" : "test_missing"), look_.hasVoice());
  if (look_.hasVoice()) {
    const bool before = look_.voice();
    look_.setVoice(true);
    look_.say(word("sound_sample"));
    if (!before)
      QMetaObject::invokeMethod(
          &look_, [this] { look_.setVoice(false); }, Qt::QueuedConnection);
  }
  const auto page = report_paper(machine_.state(), look_);
  const auto printed = hasPrinter() ? print("self-test", page) : Result<void>(fail(code::device::printer, ""));
  test("test_printer", word(!hasPrinter() ? "test_missing" : printed ? "test_good" : "test_bad"), printed.has_value());
  const CodeReader* line = reader(ReaderKind::lines);
  const bool line_good = line == nullptr || !line->missing();
  test("test_scanner", word(line == nullptr ? "test_keyboard" : line_good ? "test_good" : "test_missing"), line_good);
  if (const CodeReader* camera = reader(ReaderKind::camera))
    test("test_camera", word(camera->missing() ? "test_missing" : "test_good"), !camera->missing());
  test("test_clock", QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")),
       QDate::currentDate().year() >= kEarliestYear);
  std::error_code ec;
  const auto space = fs::space(options_.folder, ec);
  const auto megabytes = ec ? 0 : space.available >> 20U;
  test("test_disk", word("test_free").arg(megabytes), megabytes >= 100);
  Q_EMIT changed();
}

void Staff::printReport() {
  if (!open_) return;
  const auto printed = print("kiosk-report", report_paper(machine_.state(), look_));
  message_ =
      printed ? word("report_printed") : word("fault_printer") + u' ' + QString::fromStdString(printed.error().what);
  Q_EMIT changed();
}

void Staff::askEnd() {
  if (!open_ || isEnded()) return;
  ending_ = true;
  message_.clear();
  Q_EMIT changed();
}

void Staff::leaveEnd() {
  ending_ = false;
  Q_EMIT changed();
}

QStringList Staff::endFacts() const {
  const MachineState s = machine_.state();
  return {word("end_facts").arg(s.counts.cast).arg(s.counts.undelivered),
          word("end_facts_more").arg(s.counts.challenged).arg(s.counts.abandoned)};
}

void Staff::endVoting() {
  if (!open_ || !ending_) return;
  ending_ = false;
  const auto ended = machine_.end_voting();
  message_ = ended ? word("end_done") : word("end_failed").arg(QString::fromStdString(ended.error().text()));
  Q_EMIT changed();
}

void Staff::shutDown() {
  if (open_) Q_EMIT shutDownAsked();
}

}  // namespace tuixuan::kiosk

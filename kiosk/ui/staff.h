// What stands around the screen and who looks after it: printer, code reader, and the helper's page behind a
// supervisor's key with its passphrase: a file on a stick, or a key card that the code reader reads. It shows and
// prints counts only, never a choice. Outlives voters. Errors of devices become faults of the flow.
#pragma once

#include <QObject>
#include <QStringList>
#include <QVariantList>
#include <functional>
#include <memory>

#include "hardware/devices/devices.h"
#include "kiosk/flow/machine.h"
#include "kiosk/ui/code_reader.h"
#include "kiosk/ui/look.h"

namespace tuixuan::kiosk {

struct StaffOptions {
  std::string folder;                    // of the kiosk: its disk is looked at
  std::vector<std::string> key_folders;  // where sticks appear
  std::string scanner;                   // a device that gives a code a line; none: it types
  std::string camera;                    // that reads codes too; none: there is no camera
  devices::Printer* printer = nullptr;
  std::function<std::string()> demo_slip;  // only in the demo: the next practice slip
};

class Staff : public QObject {
  Q_OBJECT
  Q_PROPERTY(QStringList keys READ keys NOTIFY changed)
  Q_PROPERTY(bool card READ hasCard NOTIFY changed)  // a key card was read
  Q_PROPERTY(bool open READ isOpen NOTIFY changed)
  Q_PROPERTY(QString message READ message NOTIFY changed)
  Q_PROPERTY(QVariantList lines READ lines NOTIFY changed)
  Q_PROPERTY(QVariantList tests READ tests NOTIFY changed)
  Q_PROPERTY(QStringList missing READ missing NOTIFY changed)  // ballots of this kiosk that are not on the log
  Q_PROPERTY(bool ending READ isEnding NOTIFY changed)         // asked whether voting shall end here
  Q_PROPERTY(QStringList endFacts READ endFacts NOTIFY changed)
  Q_PROPERTY(bool ended READ isEnded NOTIFY changed)

 public:
  Staff(Machine& machine, Look& look, StaffOptions options);

  bool isDemo() const { return static_cast<bool>(options_.demo_slip); }
  bool hasPrinter() const { return options_.printer != nullptr; }
  // There should be a reader on a line, it is gone, and no camera stands in for it.
  bool scannerMissing() const;
  void awaitCode(bool on);  // a slip or a key card; a camera looks only then
  std::string demo_slip() { return options_.demo_slip(); }
  // Error "device.printer".
  [[nodiscard]] Result<void> print(std::string_view name, ByteView pdf);

  QStringList keys() const { return keys_; }
  bool hasCard() const { return !card_.empty(); }
  bool isOpen() const { return open_; }
  QString message() const { return message_; }
  QVariantList lines() const;
  QVariantList tests() const { return tests_; }
  QStringList missing() const;
  bool isEnding() const { return ending_; }
  QStringList endFacts() const;
  bool isEnded() const { return machine_.state().ended; }

  Q_INVOKABLE void look();              // for key files
  void offerCode(const QString& code);  // what the reader read while the page is shown
  Q_INVOKABLE void unlock(const QString& file, const QString& passphrase);
  Q_INVOKABLE void unlockCard(const QString& passphrase);
  Q_INVOKABLE void runTests();
  Q_INVOKABLE void printReport();
  Q_INVOKABLE void askEnd();  // shows the numbers; nothing ends yet
  Q_INVOKABLE void leaveEnd();
  Q_INVOKABLE void endVoting();  // after askEnd()
  Q_INVOKABLE void shutDown();
  void lock();
  void refresh() { Q_EMIT changed(); }

 Q_SIGNALS:
  void changed();
  void scanned(const QString& code);
  void shutDownAsked();

 private:
  const CodeReader* reader(ReaderKind kind) const;
  void unlock_with(const Result<Bytes>& sealed, const QString& from, const QString& passphrase);
  QString word(const char* key) const { return look_.word(key); }
  Machine& machine_;
  Look& look_;
  StaffOptions options_;
  QStringList keys_;
  Bytes card_;  // a sealed key
  bool open_ = false;
  bool ending_ = false;
  QString message_;
  QVariantList tests_;
  std::vector<std::unique_ptr<CodeReader>> readers_;
};

}  // namespace tuixuan::kiosk

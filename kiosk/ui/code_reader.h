// A code reader on a thread of its own: a device that gives a line for each code, or a camera. Opens the device again
// whenever it is gone. A camera is open only while a code is awaited. Each code is told on the screen's thread and then
// wiped here.
#pragma once

#include <QObject>
#include <atomic>
#include <thread>

#include "hardware/devices/devices.h"

namespace tuixuan::kiosk {

enum class ReaderKind { lines, camera };

class CodeReader : public QObject {
  Q_OBJECT

 public:
  CodeReader(ReaderKind kind, std::string device);
  ~CodeReader() override;

  ReaderKind kind() const { return kind_; }
  bool missing() const { return missing_; }
  void await(bool on) { awaited_ = on; }

 Q_SIGNALS:
  void read(const QString& code);

 private:
  void run();
  void read_from(devices::Scanner& scanner);
  bool idle() const { return kind_ == ReaderKind::camera && !awaited_; }
  ReaderKind kind_;
  std::string device_;
  std::atomic<bool> missing_ = false;
  std::atomic<bool> awaited_ = false;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace tuixuan::kiosk

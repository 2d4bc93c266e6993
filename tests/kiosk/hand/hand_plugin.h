// A hand inside a real program with a screen: a generic plugin of Qt, loaded by the environment
// (QT_QPA_GENERIC_PLUGINS) into the program as it is shipped. It takes a command a line on standard input, touches and
// types as Qt Test does, and answers each with a line "hand ..." on standard output (the commands: real_screen.h).
#pragma once

#include <QGenericPlugin>

namespace tuixuan::kiosk {

class HandPlugin final : public QGenericPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "hand.json")

 public:
  QObject* create(const QString& key, const QString& specification) override;
};

}  // namespace tuixuan::kiosk

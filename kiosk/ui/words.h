// Every word of the kiosk's screens, Chinese and English beside each other, so that none can be missing in one language
// unnoticed (the self-test looks). %1, %2 stand for what is filled in.
#pragma once

#include <QVariantHash>
#include <span>

namespace tuixuan::kiosk {

struct Word {
  const char* key;
  const char* zh;
  const char* en;
};
std::span<const Word> words();
QVariantHash words_in(const QString& language);  // "zh" or "en"

}  // namespace tuixuan::kiosk

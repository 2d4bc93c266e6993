#include "tally/organiser/tell.h"

#include <cstdio>

#include "crypto/codes/catalogue.h"

namespace tuixuan::organiser {

void say(const std::string& zh, const std::string& en) {
  std::printf("%s\n%s\n", zh.c_str(), en.c_str());
  std::fflush(stdout);
}

bool show_faults(const scheme::Faults& faults) {
  for (const scheme::Fault& f : faults)
    say((f.warning ? "提醒 " : "错误 ") + f.path + "：" + f.zh, (f.warning ? "  warning " : "  error ") + f.path +
                                                                    ": " + f.en + " (" + std::string(name_of(f.check)) +
                                                                    " " + f.code + ")");
  return scheme::refuses(faults);
}

}  // namespace tuixuan::organiser

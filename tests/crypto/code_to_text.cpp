// Compiled once for each TUIXUAN_LINE by the tests code_to_text_*: 0 must compile, every other line must not.
#include <ostream>
#include <string>

#include "crypto/codes/base.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"

namespace tuixuan {

void lines(Code code, std::ostream& out) {
#if TUIXUAN_LINE == 0
  out << name_of(code) << sentences_of(code).zh << (code == code::V08::pok) << (code.area() == Area::V08);
#elif TUIXUAN_LINE == 1
  out << code;
#elif TUIXUAN_LINE == 2
  std::string text = code;
#elif TUIXUAN_LINE == 3
  std::string_view text = code::V08::pok;
#elif TUIXUAN_LINE == 4
  (void)(code == "V08.pok");
#elif TUIXUAN_LINE == 5
  code = "V08.pok";
#elif TUIXUAN_LINE == 6
  (void)std::to_string(code);
#endif
}

}  // namespace tuixuan

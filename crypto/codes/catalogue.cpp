#include "crypto/codes/catalogue.h"

#include <ostream>
#include <span>

#include "crypto/codes/base.h"

namespace tuixuan {

namespace {

struct Row {
  ErrorKind kind;
  std::string_view name;
  Sentences sentences;
};

using enum ErrorKind;

#define TUIXUAN_AREA(area, kind, zh, en)    \
  struct RowsOf_##area {                    \
    static constexpr ErrorKind kOwn = kind; \
    static constexpr Row kRows[] = {
#define TUIXUAN_CODE(id, name, zh, en) {kOwn, name, {zh, en}},
#define TUIXUAN_CODE_OF(kind, id, name, zh, en) {kind, name, {zh, en}},
#define TUIXUAN_END(area) \
  }                       \
  ;                       \
  }                       \
  ;
#include "crypto/codes/all.inc"

#include "crypto/codes/forget.inc"

struct AreaRows {
  Area area;
  Sentences advice;
  std::span<const Row> rows;
};

#define TUIXUAN_AREA(area, kind, zh, en) {Area::area, {zh, en}, RowsOf_##area::kRows},
#define TUIXUAN_CODE(id, name, zh, en)
#define TUIXUAN_CODE_OF(kind, id, name, zh, en)
#define TUIXUAN_END(area)
constexpr AreaRows kAreas[] = {
#include "crypto/codes/all.inc"
};
#include "crypto/codes/forget.inc"

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kAreas); ++i)
    if (static_cast<std::size_t>(kAreas[i].area) != i || kAreas[i].rows.size() > 256) return false;
  return true;
}
static_assert(in_order(), "the areas of code.h are those of the lists, in their order");

const Row& row(Code code) { return kAreas[static_cast<std::size_t>(code.area())].rows[code.number()]; }

}  // namespace

class Catalogue {
 public:
  template <class Found>
  static void each(Found found) {
    for (const AreaRows& area : kAreas)
      for (std::size_t i = 0; i < area.rows.size(); ++i) found(Code(area.area, static_cast<std::uint8_t>(i)));
  }
};

std::string_view name_of(Code code) { return row(code).name; }
ErrorKind kind_of(Code code) { return row(code).kind; }
Sentences sentences_of(Code code) { return row(code).sentences; }
Sentences advice_on(Code code) { return kAreas[static_cast<std::size_t>(code.area())].advice; }

std::vector<Code> all_codes() {
  std::vector<Code> out;
  Catalogue::each([&](Code code) { out.push_back(code); });
  return out;
}

bool is_listed(std::string_view name) {
  bool out = false;
  Catalogue::each([&](Code code) { out = out || name_of(code) == name; });
  return out;
}

Code code_named(std::string_view name) {
  Code out = code::plain::unknown;
  Catalogue::each([&](Code code) {
    if (name_of(code) == name) out = code;
  });
  return out;
}

void PrintTo(Code code, std::ostream* out) { *out << name_of(code); }

}  // namespace tuixuan

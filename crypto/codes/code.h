// Why something is refused, as a type: a Code is an area and one of the area's enumerators, code::V08::pok. It compares
// with its kind and has no way to text but the catalogue (catalogue.h), so that nothing can depend on spelling. A room
// includes the list with its areas (entries.h, kiosk.h, ...); a new code is one line there.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <iosfwd>

namespace tuixuan {

enum class Area : std::uint8_t {
  plain,
  seal,
  E01,
  E02,
  E03,
  E04,
  E05,
  E06,
  E07,
  E08,
  E09,
  V01,
  V02,
  V03,
  V04,
  V05,
  A01,
  A02,
  A03,
  C01,
  C02,
  C03,
  C04,
  C05,
  C06,
  C07,
  V06,
  V07,
  V08,
  V09,
  V10,
  V11,
  V12,
  V13,
  V14,
  V15,
  log,
  record,
  tracker,
  epoch,
  ballot,
  scheme,
  attendance,
  report,
  outcome,
  proposal,
  combination,
  strokes,
  table,
  paper,
  roll,
  box,
  proxies,
  written,
  count,
  compare,
  net,
  key,
  listen,
  device,
  trustee,
  snapshot,
  alike,
  step,
  slips,
  form,
  board,
  demo,
  decision,
  round,
  templates,
  server,
  http,
  ledger,
  witness,
  sealed,
  standby,
  backup,
  restore,
  kiosk,
  session,
  slip,
  journal,
  pinyin,
  reason,
  matter
};

class Code {
 public:
  constexpr Code() = default;  // code::plain::none
  template <class Enumerator>
  requires requires(Enumerator e) {
    { area_of(e) } -> std::same_as<Area>;
  }
  constexpr Code(Enumerator e) : area_(area_of(e)), number_(static_cast<std::uint8_t>(e)) {}

  constexpr Area area() const { return area_; }
  constexpr std::uint8_t number() const { return number_; }  // within its area
  friend constexpr auto operator<=>(Code, Code) = default;

 private:
  friend class Catalogue;
  constexpr Code(Area area, std::uint8_t number) : area_(area), number_(number) {}
  Area area_ = Area::plain;
  std::uint8_t number_ = 0;
};

void PrintTo(Code, std::ostream*);  // how GoogleTest shows one

}  // namespace tuixuan

#include "tally/election/widths.h"

#include "crypto/codes/entries.h"
#include "crypto/primitives/sign.h"
#include "crypto/protocol/encoding.h"
#include "tally/ballot/codec.h"
#include "tally/scheme/scheme_file.h"

namespace tuixuan::election {

std::size_t contest_index(const tally::Scheme& scheme, const ContestId& id) {
  for (std::size_t i = 0; i < scheme.contests.size(); ++i)
    if (scheme.contests[i].id == id) return i;
  bug("a stage with a contest that the scheme does not have");
}

static_assert(kMaxSealedWidth == protocol::kMaxWidth);

std::size_t sealed_width(const tally::Contest& contest) { return protocol::points_for(tally::content_limit(contest)); }

// Each role's key must be one by which a signature can be checked at all.
static Result<void> check_keys(const tally::Scheme& s) {
  std::vector<std::pair<std::string, const tally::Key*>> keys{
      {"log", &s.log.key}, {"organiser", &s.organiser_key}, {"desk", &s.desk_key}};
  if (s.superior_key) keys.emplace_back("superior", &*s.superior_key);
  if (s.chair) keys.emplace_back("chair", &s.chair->key);
  for (const auto& p : s.supervisors) keys.emplace_back("supervisor " + p.id, &p.key);
  for (const auto& p : s.auditors) keys.emplace_back("auditor " + p.id, &p.key);
  for (const auto& p : s.kiosks) keys.emplace_back("kiosk " + p.id.name, &p.key);
  for (const auto& p : s.trustees) keys.emplace_back("trustee " + p.name, &p.key);
  for (const auto& [whose, key] : keys)
    if (!primitives::is_verify_key(primitives::VerifyKey{*key}))
      return fail(code::V01::scheme,
                  "the key of the " + whose + " is not a valid key; copy it again from where it was made");
  return {};
}

Result<tally::Scheme> read_scheme(ByteView file) {
  scheme::Parsed parsed = scheme::parse_scheme(file);
  if (parsed.scheme) {
    TUIXUAN_CHECK(check_keys(*parsed.scheme));
    for (const tally::Contest& contest : parsed.scheme->contests)
      if (sealed_width(contest) > kMaxSealedWidth)
        return fail(code::V01::scheme,
                    "contest " + contest.id.name + " leaves room for more writing than a ballot can seal");
    return std::move(*parsed.scheme);
  }
  std::size_t refusing = 0;
  const scheme::Fault* first = nullptr;
  for (const scheme::Fault& f : parsed.faults) {
    if (f.warning) continue;
    if (refusing++ == 0) first = &f;
  }
  if (first == nullptr) bug("a scheme refused without a fault");
  return fail(first->check, first->path + ": " + first->en + " (" + std::to_string(refusing) + " faults in all)");
}

}  // namespace tuixuan::election

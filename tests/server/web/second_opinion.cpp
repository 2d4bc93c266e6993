// What the rooms in C++ say, line by line, for the differential tests of the verifier in TypeScript. Reads a question a
// line, hexadecimal: "scheme FILE", "count CONTEST EXPECTED PRESENT ISSUED VOTERS CONTENT…" (of the last scheme that
// was taken; "-" is an undecodable ballot), "point P", "scalar S", "key K", "verify K MESSAGE SIGNATURE", "name N".
// Answers "ok", "no", the check that refuses, or the report.
#include <iostream>
#include <sstream>

#include "crypto/codes/base.h"
#include "crypto/codes/catalogue.h"
#include "crypto/primitives/point.h"
#include "crypto/primitives/sign.h"
#include "tally/ballot/codec.h"
#include "tally/election/widths.h"
#include "tally/names/names.h"
#include "tally/scheme/report.h"

namespace tuixuan {
namespace {

Bytes bytes_of(const std::string& hex) { return hex == "." ? Bytes{} : from_hex(hex).value(); }

template <class Fixed>
bool read_fixed(std::istream& in, Fixed& out) {
  std::string word;
  in >> word;
  const Bytes bytes = bytes_of(word);
  if (bytes.size() != out.size()) return false;
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return true;
}

std::string count(const tally::Scheme& scheme, std::istream& in) {
  std::string id;
  tally::Numbers n;
  in >> id >> n.expected >> n.present >> n.issued >> n.voters;
  n.registered = n.expected;
  n.returned = n.voters;
  for (const tally::Contest& contest : scheme.contests) {
    if (contest.id.name != id) continue;
    tally::ContestCount counted(contest, n);
    for (std::string word; in >> word;) {
      if (word == "-")
        counted.add(Result<tally::Selection>(fail(code::plain::undecodable, "")));
      else
        counted.add(tally::decode(contest, bytes_of(word)));
    }
    const scheme::Report report{scheme.congress.id, StageId{"s"}, contest.kind, scheme.rehearsal, n,
                                {counted.finish()}};
    const Bytes bytes = scheme::write_report(report);
    return std::string(as_text(bytes));
  }
  return "no such contest";
}

std::string verify(std::istream& in) {
  primitives::VerifyKey key;
  primitives::Signature signature;
  std::string message;
  if (!read_fixed(in, key.bytes)) return "no";
  in >> message;
  if (!read_fixed(in, signature.bytes)) return "no";
  return primitives::verify(key, bytes_of(message), signature) ? "ok" : "no";
}

std::string answer(const std::string& line, std::optional<tally::Scheme>& scheme) {
  std::istringstream in(line);
  std::string what;
  std::string word;
  in >> what;
  if (what == "verify") return verify(in);
  if (what == "count") return scheme ? count(*scheme, in) : "no scheme";
  if (what == "key") {
    primitives::VerifyKey key;
    return read_fixed(in, key.bytes) && primitives::is_verify_key(key) ? "ok" : "no";
  }
  in >> word;
  const Bytes bytes = bytes_of(word);
  if (what == "point") return primitives::Point::decode(bytes) ? "ok" : "no";
  if (what == "scalar") return primitives::Scalar::decode(bytes) ? "ok" : "no";
  if (what == "name") return tally::check_name(as_text(bytes), 255) ? "ok" : "no";
  if (what != "scheme") return "no such question";
  auto read = election::read_scheme(bytes);
  if (!read) return std::string(name_of(read.error().check));
  scheme = std::move(*read);
  return "ok";
}

}  // namespace
}  // namespace tuixuan

int main() {
  std::optional<tuixuan::tally::Scheme> scheme;
  for (std::string line; std::getline(std::cin, line);) std::cout << tuixuan::answer(line, scheme) << '\n';
}

#include "tally/scheme/attendance_file.h"

#include "crypto/codes/documents.h"
#include "tally/scheme/form.h"

namespace tuixuan::scheme {

static constexpr std::uint64_t kPeople = 0xffffffff;  // sums of these cannot overflow
static constexpr std::size_t kTextBytes = 300;

template <class Io>
void members(Io& io, tally::ExcludedPersons& x) {
  io.text("ground", x.ground, kTextBytes);
  io.number("persons", x.persons, 1, kPeople);
  io.text("consent", x.consent, kTextBytes);
  io.number("votes_for", x.votes_for, 0, kPeople);
}

template <class Io>
void members(Io& io, tally::AbsentPersons& x) {
  io.text("reason", x.reason, kTextBytes);
  io.number("persons", x.persons, 1, kPeople);
}

template <class Io>
void members(Io& io, tally::BoxPapers& b) {
  io.id("box", b.box);
  io.number("present", b.present, 0, kPeople);
  if (!io.omitted("proxies", b.proxies == 0)) io.number("proxies", b.proxies, 1, kPeople);
  io.number("drawn", b.drawn, 0, kPeople);
  io.number("issued", b.issued, 0, kPeople);
  io.number("spoiled", b.spoiled, 0, kPeople);
  io.number("left", b.left, 0, kPeople);
  io.number("voters", b.voters, 0, kPeople);
  io.number("returned", b.returned, 0, kPeople);
}

template <class Io>
void members(Io& io, tally::WrittenOpinion& w) {
  io.id("contest", w.contest);
  io.number("subject", w.subject, 1, 250);
  io.number("approve", w.approve, 0, kPeople);
  io.number("oppose", w.oppose, 0, kPeople);
}

template <class Io>
void members(Io& io, tally::Attendance& a) {
  io.constant("format", "tuixuan-attendance/1");
  io.id("stage", a.stage);
  io.number("registered", a.registered, 0, kPeople);
  io.number("probationary", a.probationary, 0, kPeople);
  io.number("on_probation", a.on_probation, 0, kPeople);
  io.number("suspended", a.suspended, 0, kPeople);
  io.number("with_vote", a.with_vote, 0, kPeople);
  io.objects("excluded", a.excluded, 100);
  io.number("expected", a.expected, 0, kPeople);
  io.number("present", a.present, 0, kPeople);
  io.objects("absent", a.absent, 100);
  io.objects("boxes", a.boxes, 1000);
  io.objects("written", a.written, 250);
}

ParsedAttendance parse_attendance(ByteView file) {
  ParsedAttendance out;
  const auto json = parse_json(file);
  if (!json) {
    out.faults.push_back({code::attendance::file, "json", "", "不是正确的 JSON 文件：" + json.error().what,
                          "this is not a JSON file: " + json.error().what, false});
    return out;
  }
  tally::Attendance read = read_form<tally::Attendance>(*json, out.faults);
  for (Fault& f : out.faults) f.check = code::attendance::file;
  if (out.faults.empty()) out.attendance = std::move(read);
  return out;
}

Bytes write_attendance(const tally::Attendance& attendance) { return to_bytes(write_form(attendance, 2) + "\n"); }

}  // namespace tuixuan::scheme

#include "tally/ballot/codec.h"

#include <algorithm>

#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/codes/ballot.h"
#include "tally/names/names.h"

namespace tuixuan::tally {

static std::size_t cells(const Contest& c) {
  return c.rating ? c.candidates.size() * c.rating->items.size() : c.candidates.size();
}
static unsigned cell_bits(const Contest& c) { return c.rating ? 4 : 2; }
static std::size_t marks_size(const Contest& c) { return (cells(c) * cell_bits(c) + 7) / 8; }

std::size_t content_limit(const Contest& c) {
  return marks_size(c) + 1 + c.write_ins.slots * (2 + std::size_t{c.write_ins.name_bytes});
}

// What the contest's form has no place for; every other fault is for the rules to judge.
static Result<void> check_form(const Contest& c, const Selection& s) {
  for (const Problem& p : check(c, s))
    if (p.check == code::ballot::form) return fail(p.check, p.what);
  if (std::find(s.marks.begin(), s.marks.end(), Mark::unreadable) != s.marks.end())
    return fail(code::ballot::form, "an unreadable mark can only stand on paper");
  for (const WriteIn& w : s.write_ins) TUIXUAN_CHECK(check_name(w.name, c.write_ins.name_bytes));
  return {};
}

Result<Bytes> encode(const Contest& c, const Selection& s) {
  TUIXUAN_CHECK(check_form(c, s));
  std::vector<WriteIn> names = s.write_ins;
  const auto order = [](const WriteIn& a, const WriteIn& b) {
    return std::tie(a.against, a.name) < std::tie(b.against, b.name);
  };
  std::sort(names.begin(), names.end(), order);
  if (std::adjacent_find(names.begin(), names.end()) != names.end())
    return fail(code::ballot::form, "a name is written twice in one place");
  const unsigned bits = cell_bits(c);
  const unsigned per_byte = 8 / bits;
  Bytes marks(marks_size(c), 0);
  for (std::size_t i = 0; i < cells(c); ++i) {
    const unsigned value = c.rating ? s.grades[i] : static_cast<unsigned>(s.marks[i]);
    marks[i / per_byte] = static_cast<std::uint8_t>(marks[i / per_byte] | value << (i % per_byte * bits));
  }
  Writer w;
  w.fixed(marks).u8(static_cast<std::uint8_t>(names.size()));
  for (const WriteIn& n : names)
    w.u8(static_cast<std::uint8_t>(n.against)).u8(static_cast<std::uint8_t>(n.name.size())).fixed(as_bytes(n.name));
  return w.take();
}

static Result<void> read_marks(const Contest& c, Reader& r, Selection& out) {
  const ByteView bytes = r.fixed(marks_size(c));
  if (!r.ok()) return r.finish();
  const unsigned bits = cell_bits(c);
  const unsigned per_byte = 8 / bits;
  for (std::size_t i = 0; i < bytes.size() * per_byte; ++i) {
    const auto value = static_cast<std::uint8_t>(bytes[i / per_byte] >> (i % per_byte * bits) & ((1U << bits) - 1));
    if (i >= cells(c)) {
      if (value != 0) return fail(code::ballot::spare, "marks beyond the last candidate");
    } else if (c.rating) {
      out.grades.push_back(value);
    } else {
      out.marks.push_back(static_cast<Mark>(value));
    }
  }
  return {};
}

Result<Selection> decode(const Contest& c, ByteView content) {
  Reader r(content, "ballot", code::ballot::form);
  Selection out;
  TUIXUAN_CHECK(read_marks(c, r, out));
  const std::size_t n = r.u8();
  if (n > c.write_ins.slots) return fail(code::ballot::form, "more names are written than there are lines");
  for (std::size_t i = 0; i < n && r.ok(); ++i) {
    WriteIn w;
    w.against = r.u8();
    const std::size_t length = r.u8();
    w.name = as_text(r.fixed(length));
    if (!out.write_ins.empty() &&
        std::tie(out.write_ins.back().against, out.write_ins.back().name) >= std::tie(w.against, w.name))
      return fail(code::ballot::order, "the names written do not ascend");
    out.write_ins.push_back(std::move(w));
  }
  TUIXUAN_CHECK(r.finish());
  TUIXUAN_CHECK(check_form(c, out));
  return out;
}

}  // namespace tuixuan::tally

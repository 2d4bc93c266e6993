#include "crypto/protocol/ballot.h"

#include "crypto/batch/decode.h"
#include "crypto/codes/entries.h"
#include "crypto/proofs/transcript.h"
#include "crypto/protocol/packing.h"

namespace tuixuan::protocol {

using primitives::Point;
using primitives::Scalar;
using primitives::SecretScalar;
using proofs::Framed;

static constexpr std::size_t kMaxContests = 64;

Bytes BallotBody::encode() const {
  Writer w;
  w.fixed(ctx.view()).text(box.name).fixed(credential.view()).text(kiosk.name).u64(seq).count(contests.size());
  for (const SealedContest& c : contests) {
    w.text(c.contest.name).count(c.row.size());
    pack_row(w, c.row);
    pack_points(w, c.A);
    pack_scalars(w, c.z);
  }
  return w.take();
}

template <class Id>
static Id read_name(Reader& r) {
  Id id{r.text(32)};
  if (r.ok() && !is_short_name(id.name)) r.refuse("a short name is 1 to 32 of a-z A-Z 0-9 . _ -");
  return id;
}

namespace {

struct RawContest {
  ContestId contest;
  std::size_t width = 0;
  ByteView points;
  ByteView scalars;
};

RawContest read_raw_contest(Reader& r) {
  RawContest c;
  c.contest = read_name<ContestId>(r);
  c.width = r.count(kMaxWidth, 128);
  if (c.width == 0) r.refuse("a contest of no width");
  c.points = r.fixed(96 * c.width);
  c.scalars = r.fixed(32 * c.width);
  return c;
}

// What stands before the contests, and their number.
std::size_t read_head(Reader& r, BallotBody& b) {
  b.ctx.bytes = r.array<64>();
  b.box = read_name<BoxId>(r);
  b.credential.bytes = r.array<32>();
  b.kiosk = read_name<KioskId>(r);
  b.seq = r.u64();
  return r.count(kMaxContests, 128);
}

Result<std::vector<Point>> decode_points(ByteView bytes, const DecodedPoints& known) {
  std::vector<Point> out;
  out.reserve(bytes.size() / Point::kSize);
  for (std::size_t at = 0; at < bytes.size(); at += Point::kSize) {
    const Point* point = known.find(bytes.subspan(at).first<Point::kSize>());
    if (point == nullptr) return unpack_points(bytes, code::V08::point, 1, batch::Checking::exact);
    out.push_back(*point);
  }
  return out;
}

}  // namespace

DecodedPoints::DecodedPoints(std::span<const ByteView> ballots) {
  Bytes bytes;
  for (const ByteView ballot : ballots) {
    Reader r(ballot, "ballot", code::E02::encoding);
    BallotBody head;
    const std::size_t n = read_head(r, head);
    for (std::size_t i = 0; r.ok() && i < n; ++i) {
      const RawContest c = read_raw_contest(r);
      if (r.ok()) bytes.insert(bytes.end(), c.points.begin(), c.points.end());
    }
  }
  std::vector<Point> points(bytes.size() / Point::kSize);
  std::vector<std::uint8_t> ok(points.size());
  batch::decode_points_if(bytes, points, ok, 1);
  for (std::size_t i = 0; i < points.size(); ++i)
    if (ok[i] == 1) points_.emplace(Encoding{points[i].bytes()}, points[i]);
}

const Point* DecodedPoints::find(std::span<const std::uint8_t, 32> bytes) const {
  if (points_.empty()) return nullptr;
  Encoding e;
  std::copy(bytes.begin(), bytes.end(), e.bytes.begin());
  const auto it = points_.find(e);
  return it == points_.end() ? nullptr : &it->second;
}

static Result<SealedContest> read_contest(Reader& r, const DecodedPoints& known) {
  SealedContest c;
  const RawContest raw = read_raw_contest(r);
  c.contest = raw.contest;
  const std::size_t w = raw.width;
  if (!r.ok()) return c;
  auto flat = decode_points(raw.points, known);
  if (!flat) return fail_at("contest " + c.contest.name, flat.error());
  auto z = unpack_scalars(raw.scalars, code::V08::scalar, 1);
  if (!z) return fail_at("contest " + c.contest.name, z.error());
  c.row = rows_of(std::span(*flat).first(2 * w), w)[0];
  c.A.assign(flat->begin() + static_cast<std::ptrdiff_t>(2 * w), flat->end());
  c.z = std::move(*z);
  return c;
}

Result<BallotBody> BallotBody::decode(ByteView bytes, const DecodedPoints& known) {
  Reader r(bytes, "ballot", code::E02::encoding);
  BallotBody b;
  const std::size_t n = read_head(r, b);
  for (std::size_t i = 0; r.ok() && i < n; ++i) {
    TUIXUAN_TRY(contest, read_contest(r, known));
    b.contests.push_back(std::move(contest));
  }
  TUIXUAN_CHECK(r.finish());
  return b;
}

Hash64 BallotBody::hash() const { return Framed("ballot").add(encode()).finish(); }

static Scalar challenge(const BallotBody& ballot, const SealedContest& c, const Point& Y) {
  Framed t("ballot/pok");
  t.add(ballot.ctx.view())
      .text(c.contest.name)
      .add(ballot.credential.view())
      .text(ballot.kiosk.name)
      .u64(ballot.seq)
      .point(Y);
  proofs::add_rows(t, {&c.row, 1});
  return t.points(c.A).challenge();
}

Sealed seal_contest(const BallotBody& ballot, const ContestId& contest, const Point& Y, ByteView content,
                    std::size_t width) {
  Sealed out;
  out.contest.contest = contest;
  out.secret.content = primitives::SecretBuffer(content);
  for (std::size_t j = 0; j < width; ++j) out.secret.r.push_back(SecretScalar::random());
  out.contest.row = encrypt_with(Y, encode_content(content, width), out.secret.r);
  Framed statement("ballot/pok");
  proofs::add_rows(statement, {&out.contest.row, 1});
  const Hash64 digest = statement.add(ballot.ctx.view()).finish();
  std::vector<SecretScalar> a;
  for (std::size_t j = 0; j < width; ++j) {
    a.push_back(proofs::hedged_nonce(out.secret.r[j].reveal(), digest));
    out.contest.A.push_back(Point::base(a[j]));
  }
  const Scalar c = challenge(ballot, out.contest, Y);
  for (std::size_t j = 0; j < width; ++j) out.contest.z.push_back((a[j] + c * out.secret.r[j]).publish());
  return out;
}

Result<void> verify_possession(const BallotBody& ballot, const Point& Y) {
  for (const SealedContest& contest : ballot.contests) {
    const Scalar c = challenge(ballot, contest, Y);
    for (std::size_t j = 0; j < contest.row.size(); ++j)
      if (Point::base(contest.z[j]) != contest.A[j] + c * contest.row[j].alpha)
        return fail(code::V08::pok, "contest " + contest.contest.name + " of kiosk " + ballot.kiosk.name + ", number " +
                                        std::to_string(ballot.seq));
  }
  return {};
}

void claim_possession(const BallotBody& ballot, const Point& Y, batch::Claims& claims) {
  for (const SealedContest& contest : ballot.contests) {
    const Scalar c = challenge(ballot, contest, Y);
    for (std::size_t j = 0; j < contest.row.size(); ++j)
      claims.knowledge(contest.z[j], contest.A[j], c, contest.row[j].alpha);
  }
}

Hash64 kiosk_statement(const Hash64& ballot_hash) {
  return Framed("sig/kiosk-ballot").add(ballot_hash.view()).finish();
}

std::string tracker(const Hash64& ballot_hash) {
  const std::string digits = to_base32(ballot_hash.view()).substr(0, 26);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += '-';
    out += digits[i];
  }
  return out;
}

Bytes BallotOpening::encode() const {
  Writer w;
  w.count(contests.size());
  for (const OpenedContest& c : contests) {
    w.blob(c.content).count(c.r.size());
    pack_scalars(w, c.r);
  }
  return w.take();
}

Result<BallotOpening> BallotOpening::decode(ByteView bytes) {
  Reader r(bytes, "opening of a ballot", code::V11::open);
  BallotOpening out;
  const std::size_t n = r.count(kMaxContests, 8);
  for (std::size_t i = 0; r.ok() && i < n; ++i) {
    OpenedContest c;
    c.content = to_bytes(r.blob(kBlockSize * kMaxWidth));
    const std::size_t w = r.count(kMaxWidth, 32);
    TUIXUAN_TRY(scalars, unpack_scalars(r.fixed(32 * w), code::V11::open, 1));
    c.r = std::move(scalars);
    out.contests.push_back(std::move(c));
  }
  TUIXUAN_CHECK(r.finish());
  return out;
}

BallotOpening publish(std::span<const ContestSecret> secrets) {
  BallotOpening out;
  for (const ContestSecret& s : secrets) {
    OpenedContest c{to_bytes(s.content.reveal()), {}};
    for (const SecretScalar& r : s.r) c.r.push_back(r.publish());
    out.contests.push_back(std::move(c));
  }
  return out;
}

Result<void> verify_opening(const BallotBody& ballot, const BallotOpening& opening, const Point& Y) {
  if (opening.contests.size() != ballot.contests.size())
    return fail(code::V11::open, "not exactly the ballot's contests are opened");
  for (std::size_t i = 0; i < ballot.contests.size(); ++i) {
    const SealedContest& sealed = ballot.contests[i];
    const OpenedContest& opened = opening.contests[i];
    const std::size_t w = sealed.row.size();
    const std::string which = "contest " + sealed.contest.name;
    if (opened.r.size() != w || opened.content.size() + 2 > kBlockSize * w)
      return fail(code::V11::open, which + ": wrong size");
    std::vector<SecretScalar> r;
    for (const Scalar& s : opened.r) r.push_back(SecretScalar::of(s));
    if (encrypt_with(Y, encode_content(opened.content, w), r) != sealed.row)
      return fail(code::V11::open, which + ": what was opened is not what was sealed");
  }
  return {};
}

}  // namespace tuixuan::protocol

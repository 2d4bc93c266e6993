#include "crypto/protocol/ceremony.h"

#include "crypto/codes/entries.h"
#include "crypto/proofs/transcript.h"
#include "crypto/protocol/packing.h"

namespace tuixuan::protocol {

using primitives::Point;
using primitives::Scalar;
using proofs::Framed;
using proofs::Possession;

static constexpr std::size_t kMaxTrustees = 64;

// --- bytes -----------------------------------------------------------------------------------------------------------

static Point read_point(Reader& r) {
  const auto p = Point::decode(r.fixed(32));
  if (!p) r.refuse("a point that is not canonical");
  return p.value_or(Point{});
}

static Scalar read_scalar(Reader& r) {
  const auto s = Scalar::decode(r.fixed(32));
  if (!s) r.refuse("a scalar that is not canonical");
  return s.value_or(Scalar{});
}

static Possession read_possession(Reader& r) {
  const Point A = read_point(r);
  return {A, read_scalar(r)};
}

static void write_possession(Writer& w, const Possession& p) { w.fixed(p.A.view()).fixed(p.z.bytes()); }

Bytes CeremonyCommit::encode() const {
  Writer w;
  w.u32(trustee.value).fixed(ephemeral.view());
  write_possession(w, possession);
  return w.fixed(commitment.view()).take();
}

Result<CeremonyCommit> CeremonyCommit::decode(ByteView bytes) {
  Reader r(bytes, "ceremony commitment", code::V03::encoding);
  CeremonyCommit m;
  m.trustee.value = r.u32();
  m.ephemeral = read_point(r);
  m.possession = read_possession(r);
  m.commitment.bytes = r.array<64>();
  TUIXUAN_CHECK(r.finish());
  return m;
}

Bytes CeremonyShare::encode() const {
  Writer w;
  w.u32(trustee.value).count(coefficients.size());
  pack_points(w, coefficients);
  write_possession(w, possession);
  w.count(shares.size());
  for (const EncryptedShare& s : shares) w.u32(s.to.value).fixed(s.R.view()).fixed(s.encrypted.bytes());
  return w.take();
}

Result<CeremonyShare> CeremonyShare::decode(ByteView bytes) {
  Reader r(bytes, "ceremony shares", code::V04::encoding);
  CeremonyShare m;
  m.trustee.value = r.u32();
  m.coefficients.resize(r.count(kMaxTrustees, 32));
  for (Point& p : m.coefficients) p = read_point(r);
  m.possession = read_possession(r);
  m.shares.resize(r.count(kMaxTrustees, 68));
  for (EncryptedShare& s : m.shares) {
    s.to.value = r.u32();
    s.R = read_point(r);
    s.encrypted = read_scalar(r);
  }
  TUIXUAN_CHECK(r.finish());
  return m;
}

Bytes CeremonyConfirm::encode() const {
  Writer w;
  w.u32(trustee.value).fixed(public_key.view());
  write_possession(w, possession);
  return w.take();
}

Result<CeremonyConfirm> CeremonyConfirm::decode(ByteView bytes) {
  Reader r(bytes, "ceremony confirmation", code::V05::encoding);
  CeremonyConfirm m;
  m.trustee.value = r.u32();
  m.public_key = read_point(r);
  m.possession = read_possession(r);
  TUIXUAN_CHECK(r.finish());
  return m;
}

// --- digests ---------------------------------------------------------------------------------------------------------

Hash64 ceremony_digest(const CeremonyParameters& p, std::span<const CeremonyCommit> all) {
  Framed t("dkg/ceremony");
  t.add(p.congress.view()).u64(p.trustees).u64(p.threshold);
  for (const CeremonyCommit& m : all) t.add(m.encode());
  return t.finish();
}

Hash64 transcript_digest(const Hash64& gamma, std::span<const CeremonyShare> all) {
  Framed t("dkg/transcript");
  t.add(gamma.view());
  for (const CeremonyShare& m : all) t.add(m.encode());
  return t.finish();
}

Hash64 coefficient_commitment(const CeremonyParameters& p, TrusteeIndex i, std::span<const Point> coefficients) {
  return Framed("dkg/commit")
      .add(p.congress.view())
      .u64(i.value)
      .u64(p.trustees)
      .u64(p.threshold)
      .points(coefficients)
      .finish();
}

Hash64 share_mask(const Hash64& gamma, TrusteeIndex from, TrusteeIndex to, const Point& E, const Point& R,
                  const Point& shared) {
  return Framed("dkg/kem").add(gamma.view()).u64(from.value).u64(to.value).point(E).point(R).point(shared).finish();
}

Bytes possession_context(const Hash64& digest, TrusteeIndex i) {
  return Writer().fixed(digest.view()).u64(i.value).take();
}

Point evaluate(std::span<const Point> coefficients, TrusteeIndex at) {
  Point sum;
  Scalar power = Scalar::of(1);
  for (const Point& A : coefficients) {
    sum += power * A;
    power = power * Scalar::of(at.value);
  }
  return sum;
}

// --- checks ----------------------------------------------------------------------------------------------------------

static std::string trustee_name(TrusteeIndex i) { return "trustee " + std::to_string(i.value); }

Result<void> verify_commit(const CeremonyParameters& p, const CeremonyCommit& m) {
  if (m.trustee.value < 1 || m.trustee.value > p.trustees)
    return fail(code::V03::index, "there is no " + trustee_name(m.trustee));
  if (!proofs::verify_possession("dkg/pop-E", possession_context(p.congress, m.trustee), m.ephemeral, m.possession))
    return fail(code::V03::popE, trustee_name(m.trustee));
  return {};
}

static bool shares_are_complete(const CeremonyParameters& p, const CeremonyShare& m) {
  std::uint32_t j = 1;
  for (const EncryptedShare& s : m.shares) {
    if (j == m.trustee.value) ++j;
    if (s.to.value != j++) return false;
  }
  return m.shares.size() + 1 == p.trustees;
}

Result<void> verify_share(const CeremonyParameters& p, const Hash64& gamma, const CeremonyCommit& commit,
                          const CeremonyShare& m) {
  const std::string who = trustee_name(m.trustee);
  if (m.coefficients.size() != p.threshold)
    return fail(code::V04::degree, who + ": " + std::to_string(m.coefficients.size()) +
                                       " coefficients, the threshold is " + std::to_string(p.threshold));
  if (coefficient_commitment(p, m.trustee, m.coefficients) != commit.commitment) return fail(code::V04::commit, who);
  if (!proofs::verify_possession("dkg/pop-a0", possession_context(gamma, m.trustee), m.coefficients[0], m.possession))
    return fail(code::V04::pop, who);
  if (!shares_are_complete(p, m))
    return fail(code::V04::shares, who + ": not exactly one share for each other trustee, in order");
  return {};
}

static Point public_share(std::span<const CeremonyShare> all, TrusteeIndex j) {
  Point X;
  for (const CeremonyShare& m : all) X += evaluate(m.coefficients, j);
  return X;
}

Result<void> verify_confirm(const CeremonyParameters& p, const Hash64& transcript, std::span<const CeremonyShare> all,
                            const CeremonyConfirm& m) {
  if (m.trustee.value < 1 || m.trustee.value > p.trustees)
    return fail(code::V03::index, "there is no " + trustee_name(m.trustee));
  if (m.public_key != public_share(all, m.trustee)) return fail(code::V05::X, trustee_name(m.trustee));
  if (!proofs::verify_possession("dkg/pop-X", possession_context(transcript, m.trustee), m.public_key, m.possession))
    return fail(code::V05::pop, trustee_name(m.trustee));
  Point Y;
  for (const CeremonyShare& share : all) Y += share.coefficients[0];
  if (Y.is_identity()) return fail(code::V05::Y, "the public key is the identity");
  return {};
}

ElectionKey election_key(std::span<const CeremonyShare> all, std::span<const CeremonyConfirm> confirms) {
  ElectionKey key;
  for (const CeremonyShare& m : all) key.public_key += m.coefficients[0];
  for (const CeremonyConfirm& m : confirms) key.trustee_keys.push_back(m.public_key);
  return key;
}

bool judge_complaint(const Hash64& gamma, const CeremonyCommit& complainer_commit, const CeremonyShare& dealer,
                     TrusteeIndex complainer, const Scalar& opened_key) {
  if (Point::base(opened_key) != complainer_commit.ephemeral) return false;
  for (const EncryptedShare& s : dealer.shares) {
    if (s.to != complainer) continue;
    const Scalar mask = Scalar::reduce(
        share_mask(gamma, dealer.trustee, complainer, complainer_commit.ephemeral, s.R, opened_key * s.R));
    return Point::base(s.encrypted - mask) != evaluate(dealer.coefficients, complainer);
  }
  return false;
}

}  // namespace tuixuan::protocol

#include "crypto/protocol/ceremony_secret.h"

#include "crypto/codes/base.h"

namespace tuixuan::protocol {

using primitives::Point;
using primitives::Scalar;
using primitives::SecretScalar;

CeremonySecret CeremonySecret::random(std::uint32_t threshold) {
  CeremonySecret s;
  s.e = SecretScalar::random();
  for (std::uint32_t m = 0; m < threshold; ++m) s.coefficients.push_back(SecretScalar::random());
  return s;
}

primitives::SecretBuffer CeremonySecret::encode() const {
  primitives::SecretBuffer out(32 * (1 + coefficients.size()));
  auto at = out.fill().begin();
  at = std::copy(e.reveal().begin(), e.reveal().end(), at);
  for (const SecretScalar& a : coefficients) at = std::copy(a.reveal().begin(), a.reveal().end(), at);
  return out;
}

Result<CeremonySecret> CeremonySecret::decode(ByteView bytes) {
  if (bytes.size() < 64 || bytes.size() % 32 != 0)
    return fail(code::seal::format, "the ceremony's secrets have another size");
  CeremonySecret s;
  TUIXUAN_TRY(e, SecretScalar::decode(bytes.first(32)));
  s.e = std::move(e);
  for (std::size_t at = 32; at < bytes.size(); at += 32) {
    TUIXUAN_TRY(a, SecretScalar::decode(bytes.subspan(at, 32)));
    s.coefficients.push_back(std::move(a));
  }
  return s;
}

static std::vector<Point> public_coefficients(const CeremonySecret& s) {
  std::vector<Point> out;
  for (const SecretScalar& a : s.coefficients) out.push_back(Point::base(a));
  return out;
}

static SecretScalar evaluate_secret(const CeremonySecret& s, TrusteeIndex at) {
  SecretScalar sum;
  for (std::size_t m = s.coefficients.size(); m > 0; --m) sum = sum * Scalar::of(at.value) + s.coefficients[m - 1];
  return sum;
}

CeremonyCommit make_commit(const CeremonyParameters& p, TrusteeIndex i, const CeremonySecret& s) {
  CeremonyCommit m;
  m.trustee = i;
  m.ephemeral = Point::base(s.e);
  m.possession = proofs::prove_possession("dkg/pop-E", possession_context(p.congress, i), s.e, m.ephemeral);
  m.commitment = coefficient_commitment(p, i, public_coefficients(s));
  return m;
}

static SecretScalar mask_of(const Hash64& gamma, TrusteeIndex from, TrusteeIndex to, const Point& E, const Point& R,
                            const primitives::SecretPoint& shared) {
  Hash64 wide = share_mask(gamma, from, to, E, R, shared.reveal());
  SecretScalar mask = SecretScalar::reduce(wide);
  primitives::wipe(wide.bytes);
  return mask;
}

CeremonyShare make_share(const CeremonyParameters& p, const Hash64& gamma, TrusteeIndex i, const CeremonySecret& s,
                         std::span<const CeremonyCommit> all) {
  CeremonyShare m;
  m.trustee = i;
  m.coefficients = public_coefficients(s);
  m.possession =
      proofs::prove_possession("dkg/pop-a0", possession_context(gamma, i), s.coefficients[0], m.coefficients[0]);
  for (std::uint32_t j = 1; j <= p.trustees; ++j) {
    const TrusteeIndex to{j};
    if (to == i) continue;
    const SecretScalar rho = SecretScalar::random();
    const Point& E = all[j - 1].ephemeral;
    const Point R = Point::base(rho);
    const SecretScalar mask = mask_of(gamma, i, to, E, R, primitives::SecretPoint(rho * E));
    m.shares.push_back({to, R, (evaluate_secret(s, to) + mask).publish()});
  }
  return m;
}

tl::expected<SecretScalar, WrongShare> open_shares(const Hash64& gamma, TrusteeIndex j, const CeremonySecret& s,
                                                   std::span<const CeremonyCommit> commits,
                                                   std::span<const CeremonyShare> all) {
  SecretScalar x = evaluate_secret(s, j);
  for (const CeremonyShare& dealt : all) {
    if (dealt.trustee == j) continue;
    for (const EncryptedShare& share : dealt.shares) {
      if (share.to != j) continue;
      const SecretScalar mask = mask_of(gamma, dealt.trustee, j, commits[j.value - 1].ephemeral, share.R,
                                        primitives::SecretPoint(s.e * share.R));
      const SecretScalar opened = SecretScalar::of(share.encrypted) - mask;
      if (Point::base(opened) != evaluate(dealt.coefficients, j)) return tl::unexpected(WrongShare{dealt.trustee});
      x = x + opened;
    }
  }
  return x;
}

CeremonyConfirm make_confirm(const Hash64& transcript, TrusteeIndex j, const SecretScalar& x) {
  CeremonyConfirm m;
  m.trustee = j;
  m.public_key = Point::base(x);
  m.possession = proofs::prove_possession("dkg/pop-X", possession_context(transcript, j), x, m.public_key);
  return m;
}

}  // namespace tuixuan::protocol

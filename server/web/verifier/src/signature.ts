// Ed25519 by the rule of section 2: S < l, key canonical and of no small order, R of no small order, cofactorless.
import { ed25519 } from "@noble/curves/ed25519.js";
import { type EdPoint, allOfPrimeOrder, randomWeight, sumOfEdwards } from "./batch.ts";
import { type Bytes, hex, leToBigint } from "./bytes.ts";
import { kOrder, sha512Of } from "./hash.ts";

function decode(bytes: Bytes): EdPoint | null {
  try {
    const decoded = ed25519.Point.fromBytes(bytes, false);
    return decoded.isSmallOrder() ? null : decoded;
  } catch {
    return null;
  }
}

const known = new Map<string, EdPoint | null>();
const ofPrimeOrder = new Map<EdPoint, boolean>();

function keyPoint(key: Bytes): EdPoint | null {
  const name = hex(key);
  let decoded = known.get(name);
  if (decoded === undefined) {
    decoded = decode(key);
    known.set(name, decoded);
  }
  return decoded;
}

// A key that may be listed: besides the rule for signatures, an element of the subgroup of prime order.
export function isKey(key: Bytes): boolean {
  const point = key.length === 32 ? keyPoint(key) : null;
  if (point === null) return false;
  let holds = ofPrimeOrder.get(point);
  if (holds === undefined) {
    holds = point.isTorsionFree();
    ofPrimeOrder.set(point, holds);
  }
  return holds;
}

// Learns at once that they are keys, if all are; else isKey() tells each.
export function expectKeys(keys: Bytes[]): void {
  const points = keys.flatMap((key) => (key.length === 32 ? (keyPoint(key) ?? []) : []));
  const fresh = points.filter((p) => !ofPrimeOrder.has(p));
  if (fresh.length > 0 && allOfPrimeOrder(fresh)) for (const p of fresh) ofPrimeOrder.set(p, true);
}

export interface Claim {
  readonly key: Bytes;
  readonly message: Bytes;
  readonly signature: Bytes;
}

interface Parts {
  readonly a: EdPoint;
  readonly r: EdPoint;
  readonly s: bigint;
  readonly k: bigint;
}

function partsOf({ key, message, signature }: Claim): Parts | null {
  if (signature.length !== 64) return null;
  const a = keyPoint(key);
  const r = decode(signature.subarray(0, 32));
  const s = leToBigint(signature.subarray(32));
  if (a === null || r === null || s >= kOrder) return null;
  return { a, r, s, k: leToBigint(sha512Of(signature.subarray(0, 32), key, message)) % kOrder };
}

const kLeastBatch = 192; // fewer R are not cheaper together
const kBatch = 512;
const nameOf = ({ key, message, signature }: Claim): string => hex(key) + hex(signature) + hex(message);
let shown = new Set<string>();

function allVerify(parts: Parts[]): boolean {
  let base = 0n;
  const byKey = new Map<EdPoint, bigint>();
  const weights = parts.map(randomWeight);
  parts.forEach(({ a, s, k }, i) => {
    base = (base + weights[i]! * s) % kOrder;
    byKey.set(a, ((byKey.get(a) ?? 0n) + weights[i]! * k) % kOrder);
  });
  const right = sumOfEdwards([...parts.map((p) => p.r), ...byKey.keys()], [...weights, ...byKey.values()]);
  return ed25519.Point.BASE.multiplyUnsafe(base).equals(right);
}

// Learns at once which of these signatures verify, by batches that do as a whole; else verifies() tells each. Forgets
// the ones before. Only where every R and every key is of the subgroup of prime order is the sum the cofactorless rule.
export function expectSignatures(claims: Claim[]): void {
  shown = new Set();
  const good = claims.flatMap((claim) => {
    const parts = isKey(claim.key) ? partsOf(claim) : null;
    return parts === null ? [] : [{ name: nameOf(claim), parts }];
  });
  if (good.length < kLeastBatch || !allOfPrimeOrder(good.map((g) => g.parts.r))) return;
  for (let at = 0; at < good.length; at += kBatch) {
    const batch = good.slice(at, at + kBatch);
    if (allVerify(batch.map((g) => g.parts))) for (const g of batch) shown.add(g.name);
  }
}

export function verifies(key: Bytes, message: Bytes, signature: Bytes): boolean {
  const claim = { key, message, signature };
  if (shown.size > 0 && shown.has(nameOf(claim))) return true;
  const parts = partsOf(claim);
  if (parts === null) return false;
  return ed25519.Point.BASE.multiplyUnsafe(parts.s).equals(parts.r.add(parts.a.multiplyUnsafe(parts.k)));
}

// Ed25519 by the rule of section 2: S < l, key canonical and of no small order, R of no small order, cofactorless.
import { ed25519 } from "@noble/curves/ed25519.js";
import { type Bytes, hex, leToBigint } from "./bytes.ts";
import { kOrder, sha512Of } from "./hash.ts";

type EdPoint = InstanceType<typeof ed25519.Point>;

function decode(bytes: Bytes): EdPoint | null {
  try {
    const decoded = ed25519.Point.fromHex(hex(bytes), false);
    return decoded.isSmallOrder() ? null : decoded;
  } catch {
    return null;
  }
}

const known = new Map<string, EdPoint | null>();

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
  return point !== null && point.isTorsionFree();
}

export function verifies(key: Bytes, message: Bytes, signature: Bytes): boolean {
  if (signature.length !== 64) return false;
  const a = keyPoint(key);
  const r = decode(signature.subarray(0, 32));
  const s = leToBigint(signature.subarray(32));
  if (a === null || r === null || s >= kOrder) return false;
  const k = leToBigint(sha512Of(signature.subarray(0, 32), key, message)) % kOrder;
  return ed25519.Point.BASE.multiplyUnsafe(s).equals(r.add(a.multiplyUnsafe(k)));
}

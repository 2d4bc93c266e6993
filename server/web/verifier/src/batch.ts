// Many checks as one sum with fresh random weights of 128 bits, and many points shown to be of the subgroup of prime
// order at once. What is wrong passes with probability 2^-128; a batch that fails says nothing about which is wrong.
import { ed25519, ristretto255 } from "@noble/curves/ed25519.js";
import { leToBigint } from "./bytes.ts";
import { kOrder } from "./hash.ts";

export type EdPoint = InstanceType<typeof ed25519.Point>;
type Element = InstanceType<typeof ristretto255.Point>;

const kShort = 1n << 128n;
const kFew = 24; // as many are cheaper one by one

export function randomBytes(n: number): Uint8Array {
  const out = new Uint8Array(n);
  for (let at = 0; at < n; at += 65536) globalThis.crypto.getRandomValues(out.subarray(at, at + 65536));
  return out;
}

export const randomWeight = (): bigint => leToBigint(randomBytes(16)) || 1n;

interface Addable<P> {
  add(other: P): P;
  negate(): P;
  double(): P;
  multiplyUnsafe(k: bigint): P;
}

// Pippenger's method with signed digits of w bits, so that 2^(w-1) buckets do; scalars below 2^bits.
function buckets<P extends Addable<P>>(zero: P, points: P[], scalars: bigint[], bits: number): P {
  let w = 3;
  const cost = (width: number) => Math.ceil((bits + 1) / width) * (points.length + 2 ** (width - 1));
  while (cost(w + 1) < cost(w)) w++;
  const windows = Math.ceil((bits + 1) / w);
  const half = 2 ** (w - 1);
  const mask = BigInt(2 ** w - 1);
  const shift = BigInt(w);
  const digits = points.map((_, i) => {
    const out = new Int32Array(windows);
    let k = scalars[i]!;
    let carry = 0;
    for (let d = 0; d < windows; d++, k >>= shift) {
      const digit = Number(k & mask) + carry;
      carry = digit > half ? 1 : 0;
      out[d] = digit - carry * 2 ** w;
    }
    return out;
  });
  let sum = zero;
  for (let d = windows - 1; d >= 0; d--) {
    for (let i = 0; i < w && sum !== zero; i++) sum = sum.double();
    const bucket: (P | undefined)[] = new Array(half + 1);
    points.forEach((point, i) => {
      const digit = digits[i]![d]!;
      if (digit === 0) return;
      const at = Math.abs(digit);
      const term = digit < 0 ? point.negate() : point;
      bucket[at] = bucket[at] === undefined ? term : bucket[at]!.add(term);
    });
    let above: P | null = null;
    let all: P | null = null;
    for (let at = half; at > 0; at--) {
      if (bucket[at] !== undefined) above = above === null ? bucket[at]! : above.add(bucket[at]!);
      if (above !== null) all = all === null ? above : all.add(above);
    }
    if (all !== null) sum = sum.add(all);
  }
  return sum;
}

// Sum of scalar × point, the scalars below the order. Those that are short, or the negative of short, are summed apart,
// at half the price.
function sumOn<P extends Addable<P>>(zero: P, points: P[], scalars: bigint[]): P {
  const short = { points: [] as P[], scalars: [] as bigint[], bits: 128 };
  const long = { points: [] as P[], scalars: [] as bigint[], bits: 253 };
  points.forEach((point, i) => {
    const k = scalars[i]!;
    const negative = kOrder - k < kShort;
    const into = negative || k < kShort ? short : long;
    into.points.push(negative ? point.negate() : point);
    into.scalars.push(negative ? kOrder - k : k);
  });
  let sum = zero;
  for (const part of [short, long]) {
    if (part.points.length > kFew) sum = sum.add(buckets(zero, part.points, part.scalars, part.bits));
    else part.points.forEach((point, i) => (sum = sum.add(point.multiplyUnsafe(part.scalars[i]!))));
  }
  return sum;
}

export const sumOfElements = (points: Element[], scalars: bigint[]): Element =>
  sumOn(ristretto255.Point.ZERO, points, scalars);
export const sumOfEdwards = (points: EdPoint[], scalars: bigint[]): EdPoint => sumOn(ed25519.Point.ZERO, points, scalars);

const kSums = 128;
const kBits = 6; // of a group: the sums of all its subsets are made once, 64 for 6 points

// True if all are of the subgroup of prime order: so are 128 sums over random subsets. A point outside it leaves each
// sum outside with probability one half at least, whatever the others are.
export function allOfPrimeOrder(points: EdPoint[]): boolean {
  if (points.length <= kSums) return points.every((p) => p.isTorsionFree());
  const sums: EdPoint[] = new Array(kSums).fill(ed25519.Point.ZERO);
  for (let at = 0; at < points.length; at += kBits) {
    const subsets = [ed25519.Point.ZERO];
    for (const p of points.slice(at, at + kBits)) subsets.push(...subsets.map((s) => s.add(p)));
    const chosen = randomBytes(kSums);
    for (let i = 0; i < kSums; i++) sums[i] = sums[i]!.add(subsets[chosen[i]! % subsets.length]!);
  }
  return sums.every((s) => s.isTorsionFree());
}

// Section 7: the messages of the key ceremony and their checks V03, V04, V05; complaints.
import { type Bytes, Reader, concat, equal, u64 } from "./bytes.ts";
import { Group, type Element, type Point, point, scalar, times, timesG } from "./group.ts";
import { H, HS, pts } from "./hash.ts";
import { type Possession, possesses } from "./possession.ts";
import { must } from "./refusal.ts";

export interface Parameters {
  readonly congress: Bytes;
  readonly n: number;
  readonly k: number;
}

export interface Commit {
  readonly bytes: Bytes;
  readonly e: Point;
  readonly commitment: Bytes;
}

export interface Dealt {
  readonly to: number;
  readonly r: Point;
  readonly s: bigint;
}

export interface Share {
  readonly bytes: Bytes;
  readonly coefficients: Point[];
  readonly shares: Dealt[];
}

function strictPoint(reader: Reader): Point {
  return point(reader.fixed(32)) ?? reader.fail("a point is not strict");
}
function strictScalar(reader: Reader): bigint {
  return scalar(reader.fixed(32)) ?? reader.fail("a scalar is not below the order");
}
function readPossession(reader: Reader): Possession {
  return { a: strictPoint(reader), z: strictScalar(reader) };
}

export function readCommit(p: Parameters, trustee: number, bytes: Bytes, earlier: Commit[]): Commit {
  const reader = new Reader(bytes, "V03.encoding");
  const index = reader.u32();
  const e = strictPoint(reader);
  const proof = readPossession(reader);
  const commitment = reader.fixed(64);
  reader.end();
  must(index >= 1 && index <= p.n && index === trustee, "V03.index", `the message says trustee ${index}`);
  must(possesses("dkg/pop-E", concat(p.congress, u64(index)), e, proof), "V03.popE", "no proof that the key is known");
  for (const other of earlier)
    must(
      !equal(other.e.bytes, e.bytes) && !equal(other.commitment, commitment),
      "V03.dup",
      "a key or commitment of another trustee is repeated",
    );
  return { bytes, e, commitment };
}

export const gammaOf = (p: Parameters, commits: Commit[]): Bytes =>
  H("dkg/ceremony", p.congress, u64(p.n), u64(p.k), ...commits.map((c) => c.bytes));

export const t1Of = (gamma: Bytes, shares: Share[]): Bytes =>
  H("dkg/transcript", gamma, ...shares.map((s) => s.bytes));

export function readShare(p: Parameters, trustee: number, bytes: Bytes, gamma: Bytes, commit: Commit): Share {
  const reader = new Reader(bytes, "V04.encoding");
  const index = reader.u32();
  const coefficients = reader.list(32, () => strictPoint(reader));
  const proof = readPossession(reader);
  const shares = reader.list(68, () => ({ to: reader.u32(), r: strictPoint(reader), s: strictScalar(reader) }));
  reader.end();
  must(index === trustee, "V03.index", `the message says trustee ${index}`);
  must(coefficients.length === p.k, "V04.degree", `${coefficients.length} coefficients instead of ${p.k}`);
  const opened = H(
    "dkg/commit", p.congress, u64(index), u64(p.n), u64(p.k), pts(coefficients.map((c) => c.bytes)));
  must(equal(opened, commit.commitment), "V04.commit", "the coefficients are not those committed to");
  must(
    possesses("dkg/pop-a0", concat(gamma, u64(index)), coefficients[0]!, proof),
    "V04.pop",
    "no proof that the secret is known",
  );
  const wanted: number[] = [];
  for (let j = 1; j <= p.n; j++) if (j !== index) wanted.push(j);
  must(
    shares.length === wanted.length && shares.every((s, i) => s.to === wanted[i]),
    "V04.shares",
    "not one share for each other trustee, ascending",
  );
  return { bytes, coefficients, shares };
}

// sum over m of j^m A_m
function evaluate(coefficients: Point[], j: number): Element {
  let sum = Group.ZERO;
  for (let m = coefficients.length - 1; m >= 0; m--) sum = times(BigInt(j), sum).add(coefficients[m]!.element);
  return sum;
}

export function readConfirm(trustee: number, bytes: Bytes, t1: Bytes, shares: Share[]): Point {
  const reader = new Reader(bytes, "V05.encoding");
  const index = reader.u32();
  const x = strictPoint(reader);
  const proof = readPossession(reader);
  reader.end();
  must(index === trustee, "V03.index", `the message says trustee ${index}`);
  let sum = Group.ZERO;
  for (const share of shares) sum = sum.add(evaluate(share.coefficients, index));
  must(sum.equals(x.element), "V05.X", "the trustee's key is not what the coefficients give");
  must(possesses("dkg/pop-X", concat(t1, u64(index)), x, proof), "V05.pop", "no proof that the key is known");
  return x;
}

export function publicKey(shares: Share[]): Element {
  let y = Group.ZERO;
  for (const share of shares) y = y.add(share.coefficients[0]!.element);
  return y;
}

export type Judgement = "dealer" | "complainer";

// Who was wrong, by the key that the complainer opened.
export function judge(
  complainer: number,
  dealer: number,
  opened: Bytes,
  gamma: Bytes,
  commit: Commit,
  share: Share,
): Judgement {
  const e = scalar(opened);
  const key = commit.e;
  if (e === null || !timesG(e).equals(key.element)) return "complainer";
  const dealt = share.shares.find((s) => s.to === complainer)!;
  const shared = times(e, dealt.r.element).toBytes();
  const kem = HS("dkg/kem", gamma, u64(dealer), u64(complainer), key.bytes, dealt.r.bytes, shared);
  return timesG(dealt.s - kem).equals(evaluate(share.coefficients, complainer)) ? "complainer" : "dealer";
}

// A digest as people compare it: eight groups of four digits.
export function digits(digest: Bytes): string {
  const groups: string[] = [];
  for (let i = 0; i < 8; i++) {
    const b = digest.subarray(4 * i, 4 * i + 4);
    const value = new DataView(b.buffer, b.byteOffset, 4).getUint32(0, false);
    groups.push(String(value % 10000).padStart(4, "0"));
  }
  return groups.join(" ");
}

// Checks made together say what each alone would say: signatures and proofs of knowledge by the hundred, with one that
// is wrong, two whose errors cancel, and points outside the subgroup of prime order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { type Ballot, type SealedContest, expectKnowledge, knowsContents } from "../src/ballot.ts";
import { allOfPrimeOrder, randomBytes, randomWeight, sumOfElements } from "../src/batch.ts";
import { type Bytes, leToBigint, u64 } from "../src/bytes.ts";
import { type Point, mod, point, times, timesG } from "../src/group.ts";
import { HS, kOrder, pts, rowsItem, sha512Of } from "../src/hash.ts";
import { type Claim, expectKeys, expectSignatures, isKey, verifies } from "../src/signature.ts";

const Ed = ed25519.Point;
const kMinusOne = Ed.fromAffine({ x: 0n, y: Ed.Fp.ORDER - 1n }); // (0, −1), of order 2
const kOfOrder8 = Ed.fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", false);

const secrets = Array.from({ length: 8 }, () => randomBytes(32));
function signed(i: number): Claim {
  const message = randomBytes(64);
  const secret = secrets[i % secrets.length]!;
  return { key: ed25519.getPublicKey(secret), message, signature: ed25519.sign(message, secret) };
}
const le = (value: bigint): Bytes => Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));

test("sums are those of one multiplication after the other, short and long scalars, of both signs", () => {
  for (const n of [1, 24, 25, 26, 70]) {
    const elements = Array.from({ length: n }, () => timesG(leToBigint(randomBytes(32))));
    const scalars = elements.map((_, i) => mod([randomWeight(), -randomWeight(), leToBigint(randomBytes(32)), 0n, 1n, -1n][i % 6]!));
    const one = elements.reduce((sum, p, i) => sum.add(times(scalars[i]!, p)), timesG(0n));
    assert.ok(sumOfElements(elements, scalars).equals(one), `${n} terms`);
  }
});

test("one point outside the subgroup of prime order is found among many", () => {
  for (const n of [3, 129, 400]) {
    const points = Array.from({ length: n }, () => Ed.BASE.multiplyUnsafe(leToBigint(randomBytes(32)) % kOrder));
    assert.ok(allOfPrimeOrder(points));
    for (const torsion of [kMinusOne, kOfOrder8, kOfOrder8.double()]) {
      const changed = [...points];
      changed[n - 1] = changed[n - 1]!.add(torsion);
      assert.ok(!allOfPrimeOrder(changed), `${n} points`);
      changed[0] = changed[0]!.add(torsion.negate()); // their sum is of prime order
      assert.ok(!allOfPrimeOrder(changed), `${n} points, two outside`);
    }
  }
});

test("signatures together are what each is alone", () => {
  const good = Array.from({ length: 300 }, (_, i) => signed(i));
  expectSignatures(good);
  for (const c of good) assert.ok(verifies(c.key, c.message, c.signature));
  const other = signed(0);
  assert.ok(verifies(other.key, other.message, other.signature), "one that was not expected");
  assert.ok(!verifies(other.key, good[0]!.message, other.signature));

  const wrong = { ...good[7]!, message: randomBytes(64) };
  const withOne = [...good.slice(0, 7), wrong, ...good.slice(8)];
  expectSignatures(withOne);
  withOne.forEach((c, i) => assert.equal(verifies(c.key, c.message, c.signature), i !== 7));

  // S + 1 in one and S − 1 in another: with equal weights the sum would hold.
  const shifted = (c: Claim, by: bigint): Claim => ({
    ...c,
    signature: new Uint8Array([...c.signature.subarray(0, 32), ...le(mod(leToBigint(c.signature.subarray(32)) + by))]),
  });
  const canceling = good.map((c, i) => (i === 3 ? shifted(c, 1n) : i === 5 ? shifted(c, -1n) : c));
  expectSignatures(canceling);
  canceling.forEach((c, i) => assert.equal(verifies(c.key, c.message, c.signature), i !== 3 && i !== 5));
});

test("R + (0, −1) has the fate among many that it has alone", () => {
  // k is of the R that is published; S B = R' + k A holds for R' without the torsion, so R itself fails, and in pairs
  // the torsion would vanish from a sum.
  const secret = secrets[0]!;
  const { scalar } = ed25519.utils.getExtendedPublicKey(secret);
  const key = ed25519.getPublicKey(secret);
  const withTorsion = (): Claim => {
    const message = randomBytes(64);
    const r = leToBigint(randomBytes(32)) % kOrder;
    const R = Ed.BASE.multiply(r).add(kMinusOne).toBytes();
    const k = leToBigint(sha512Of(R, key, message)) % kOrder;
    return { key, message, signature: new Uint8Array([...R, ...le(mod(r + k * scalar))]) };
  };
  for (let i = 0; i < 6; i++) {
    const claims = [...Array.from({ length: 254 }, (_, j) => signed(j)), withTorsion(), withTorsion()];
    expectSignatures(claims);
    claims.forEach((c, j) => assert.equal(verifies(c.key, c.message, c.signature), j < 254));
  }
});

test("keys together are what each is alone", () => {
  const keys = Array.from({ length: 200 }, () => ed25519.getPublicKey(randomBytes(32)));
  const mixed = [...keys, Ed.fromBytes(keys[0]!).add(kMinusOne).toBytes(), new Uint8Array(32).fill(255)];
  expectKeys(mixed);
  mixed.forEach((key, i) => assert.equal(isKey(key), i < 200));
  const more = Array.from({ length: 200 }, () => ed25519.getPublicKey(randomBytes(32)));
  expectKeys(more);
  for (const key of more) assert.ok(isKey(key));
});

const pointOf = (k: bigint): Point => point(timesG(k).toBytes())!;

function proven(y: Point, wrongBy = 0n): Ballot {
  const r = leToBigint(randomBytes(32)) % kOrder;
  const nonce = leToBigint(randomBytes(32)) % kOrder;
  const alpha = pointOf(r);
  const beta = pointOf(r + 5n);
  const row = { bytes: new Uint8Array([...alpha.bytes, ...beta.bytes]), points: [alpha, beta] };
  const a = [pointOf(nonce)];
  const base = { ctx: randomBytes(64), box: "main", credential: randomBytes(32), kiosk: "K1", seq: 1n };
  const c = HS("ballot/pok", base.ctx, "one", base.credential, base.kiosk, u64(base.seq), y.bytes, rowsItem(1, [row.bytes]), pts([a[0]!.bytes]));
  const contest: SealedContest = { contest: "one", width: 1, row, a, z: [mod(nonce + c * r + wrongBy)] };
  return { ...base, contests: [contest], hash: randomBytes(64) };
}

test("proofs of knowledge together are what each is alone", () => {
  const y = pointOf(77n);
  const held = (ballots: Ballot[]): boolean[] => ballots.map((b) => knowsContents(b, b.contests[0]!, y.bytes));
  const good = Array.from({ length: 64 }, () => proven(y));
  expectKnowledge(good, y.bytes);
  assert.ok(held(good).every((h) => h));
  assert.ok(!knowsContents(good[0]!, good[0]!.contests[0]!, pointOf(78n).bytes), "under another key");
  const wrong = [...Array.from({ length: 30 }, () => proven(y)), proven(y, 1n), proven(y, -1n)];
  expectKnowledge(wrong, y.bytes);
  assert.deepEqual(held(wrong), wrong.map((_, i) => i < 30));
});

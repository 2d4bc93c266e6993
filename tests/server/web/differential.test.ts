// The two implementations against each other on random and on hostile inputs: strict decoding and signatures, names,
// schemes and the count. The rooms in C++ answer through the program second_opinion.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import { encodeText, hex, unhex } from "../src/bytes.ts";
import { point, scalar, timesG } from "../src/group.ts";
import { kOrder, sha512Of } from "../src/hash.ts";
import { isPersonName } from "../src/person_name.ts";
import { Refusal } from "../src/refusal.ts";
import { contestReport, writeReport } from "../src/report.ts";
import { type Scheme, readScheme } from "../src/scheme.ts";
import { checkScheme } from "../src/scheme_rules.ts";
import { isKey, verifies } from "../src/signature.ts";
import { randomContent, randomScheme } from "./schemes.ts";
import { Dice, askAll, seedOfRun } from "./second_opinion.ts";

const seed = seedOfRun();
const kSchemes = 1500;
console.log(`TUIXUAN_SEED=${seed}`);

const kPrime = 2n ** 255n - 19n;
const le = (value: bigint): Uint8Array => unhex(value.toString(16).padStart(64, "0")).reverse();
const word = (bytes: Uint8Array): string => (bytes.length === 0 ? "." : hex(bytes));
const yes = (holds: boolean): string => (holds ? "ok" : "no");

function compareAll(cases: [question: string, ours: string][]): void {
  askAll(cases.map(([question]) => question)).forEach((theirs, i) => {
    const [question, ours] = cases[i]!;
    assert.equal(ours, theirs, question);
  });
}

// Encodings near every edge of the field, and random ones.
function encodings(dice: Dice): Uint8Array[] {
  const edges: bigint[] = [0n, 1n, 2n, kPrime - 1n, kPrime, kPrime + 1n, kPrime + 18n, kOrder - 1n, kOrder, kOrder + 1n, 2n ** 255n, 2n ** 256n - 1n];
  const out = edges.flatMap((v) => [le(v), le(v ^ (1n << 255n))]);
  for (const torsion of ED25519_TORSION_SUBGROUP) {
    const bytes = unhex(torsion);
    const high = bytes.slice();
    high[31]! ^= 0x80;
    out.push(bytes, high);
  }
  for (let i = 0; i < 200; i++) {
    out.push(dice.bytes(32));
    const good = timesG(BigInt(dice.next())).toBytes();
    const flipped = good.slice();
    flipped[dice.below(32)]! ^= 1 << dice.below(8);
    const s = BigInt(`0x${hex(good.slice().reverse())}`);
    out.push(good, flipped, le(kPrime - s), ed25519.Point.BASE.multiply(BigInt(dice.next()) + 1n).toBytes());
  }
  return out;
}

test("points, scalars and keys are taken and refused alike", () => {
  const all = encodings(new Dice(seed));
  compareAll(all.flatMap((b): [string, string][] => [
    [`point ${hex(b)}`, yes(point(b) !== null)],
    [`scalar ${hex(b)}`, yes(scalar(b) !== null)],
    [`key ${hex(b)}`, yes(isKey(b))],
  ]));
});

// Signatures under keys and with nonces that carry a torsion part, valid by some equations and not by others.
function signatures(dice: Dice): [Uint8Array, Uint8Array, Uint8Array][] {
  const { Point } = ed25519;
  const torsion = ED25519_TORSION_SUBGROUP.map((t) => Point.fromHex(t, true));
  const out: [Uint8Array, Uint8Array, Uint8Array][] = [];
  for (let i = 0; i < 400; i++) {
    const message = dice.bytes(dice.below(80));
    const a = BigInt(dice.next()) + 1n;
    const r = BigInt(dice.next()) + 1n;
    const small = dice.chance(10);
    const keyPoint = small ? dice.pick(torsion) : Point.BASE.multiply(a).add(dice.chance(50) ? dice.pick(torsion) : Point.ZERO);
    const nonce = dice.chance(10) ? dice.pick(torsion) : Point.BASE.multiply(r).add(dice.chance(30) ? dice.pick(torsion) : Point.ZERO);
    const key = keyPoint.toBytes();
    const first = nonce.toBytes();
    const k = BigInt(`0x${hex(sha512Of(first, key, message).slice().reverse())}`) % kOrder;
    const s = ((dice.chance(10) ? 0n : r) + k * (small ? 0n : a)) % kOrder;
    const last = le(dice.chance(5) ? s + kOrder : s);
    if (dice.chance(5)) last[dice.below(32)]! ^= 1 << dice.below(8);
    out.push([key, message, Uint8Array.from([...first, ...last])]);
  }
  return out;
}

test("signatures with torsion in key or nonce verify alike", () => {
  const all = signatures(new Dice(seed + 1));
  compareAll(all.map(([k, m, s]) => [`verify ${hex(k)} ${word(m)} ${hex(s)}`, yes(verifies(k, m, s))]));
  const valid = all.filter(([k, m, s]) => verifies(k, m, s)).length;
  assert.ok(valid > 40 && valid < all.length - 40, `${valid} of ${all.length} are valid`);
});

test("every character of Unicode is alike in a name, and so are short mixtures", () => {
  const cases: [string, string][] = [];
  const add = (name: string) => cases.push([`name ${word(encodeText(name))}`, yes(isPersonName(name))]);
  for (let c = 0; c <= 0x10ffff; c++) if (c < 0xd800 || c > 0xdfff) add(String.fromCodePoint(c));
  const dice = new Dice(seed + 2);
  const letters = [0x20, 0x41, 0x300, 0x301, 0x323, 0x1100, 0x1161, 0x11a8, 0xac00, 0x4e00, 0xb7, 0x928, 0x93c, 0x1e0b, 0x3099, 0x304b, 0xf900, 0x212b, 0xfb1d];
  for (let i = 0; i < 20000; i++) add(String.fromCodePoint(...Array.from({ length: 1 + dice.below(5) }, () => dice.chance(80) ? dice.pick(letters) : 0x20 + dice.below(0xd000))));
  compareAll(cases);
});

function takes(file: Uint8Array): string | Scheme {
  try {
    const scheme = readScheme(file);
    checkScheme(scheme);
    return scheme;
  } catch (error) {
    if (error instanceof Refusal) return error.check;
    throw error;
  }
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

// One member somewhere changed, dropped, doubled or replaced.
function spoil(dice: Dice, value: Json): Json {
  const odd: Json[] = [null, true, 0, 1, -1, 2, 7, 31, 251, 1000001, "", "x", "a b", "\u202e", "election", "none", [], {}, "x".repeat(100), "2026-02-30"];
  if (dice.chance(15)) return dice.pick(odd);
  if (Array.isArray(value) && value.length > 0) {
    const at = dice.below(value.length);
    if (dice.chance(10)) return value.filter((_, i) => i !== at);
    if (dice.chance(10)) return [...value, value[at]!];
    return value.map((v, i) => (i === at ? spoil(dice, v) : v));
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const names = Object.keys(value);
    if (names.length === 0) return dice.pick(odd);
    const name = dice.pick(names);
    if (dice.chance(5)) return Object.fromEntries(Object.entries(value).filter(([n]) => n !== name));
    if (dice.chance(5)) return { ...value, more: 1 };
    return { ...value, [name]: spoil(dice, value[name]!) };
  }
  return dice.pick(odd);
}

// What is of paper only is no member of a sealed scheme, at no place and with no value.
test("members of paper are refused alike", () => {
  const dice = new Dice(seed + 5);
  const cases: [string, string][] = [];
  for (let i = 0; i < 20; i++) {
    const whole = randomScheme(dice) as { stages: Record<string, Json>[]; contests: Record<string, Json>[] };
    const first = whole.contests[0]!;
    for (const more of [{ excludes: [] }, { excludes: ["c-preelection"] }, { excludes: null }, { within: "c-preelection" }, { within: null }, { each_answer: true }]) {
      const contests = [{ ...first, ...more }, ...whole.contests.slice(1)];
      const file = encodeText(JSON.stringify({ ...whole, contests }));
      assert.equal(takes(file), "V01.scheme");
      cases.push([`scheme ${word(file)}`, "V01.scheme"]);
    }
    for (const proxies of [0, 1, 10, 11]) {
      const stages = [{ ...whole.stages[0]!, proxies }, ...whole.stages.slice(1)];
      const file = encodeText(JSON.stringify({ ...whole, stages }));
      assert.equal(takes(file), "V01.scheme");
      cases.push([`scheme ${word(file)}`, "V01.scheme"]);
    }
  }
  compareAll(cases);
});

test("schemes are taken and refused alike, by the same names", () => {
  const dice = new Dice(seed + 3);
  const cases: [string, string][] = [];
  let taken = 0;
  for (let i = 0; i < kSchemes; i++) {
    const whole = randomScheme(dice) as Json;
    const text = JSON.stringify(dice.chance(10) ? whole : spoil(dice, whole), null, dice.below(3));
    const file = encodeText(text);
    const ours = takes(file);
    if (typeof ours !== "string") taken++;
    cases.push([`scheme ${word(file)}`, typeof ours === "string" ? ours : "ok"]);
  }
  compareAll(cases);
  assert.ok(taken > kSchemes / 10 && taken < kSchemes * 0.9, `${taken} of ${kSchemes} were taken`);
});

test("random ballots give the same report, byte for byte", () => {
  const dice = new Dice(seed + 4);
  const cases: [string, string][] = [];
  for (let i = 0; i < 120; i++) {
    const file = encodeText(JSON.stringify(randomScheme(dice)));
    const scheme = takes(file);
    assert.ok(typeof scheme !== "string", String(scheme));
    cases.push([`scheme ${word(file)}`, "ok"]);
    for (const contest of scheme.contests) {
      const voters = dice.below(30);
      const [expected, present, issued] = [voters + dice.below(9), voters + dice.below(5), voters + dice.below(3)];
      const contents = Array.from({ length: voters }, () => (dice.chance(2) ? null : randomContent(dice, contest)));
      const numbers = { registered: expected, expected, present, issued, voters, returned: voters };
      const report = {
        format: "tuixuan-report/1" as const, congress: scheme.congress.id, stage: "s", kind: contest.kind, rehearsal: scheme.rehearsal, numbers,
        contests: [contestReport(contest, contents, numbers)],
      };
      const words = contents.map((c) => (c === null ? "-" : word(c)));
      cases.push([`count ${contest.id} ${expected} ${present} ${issued} ${voters} ${words.join(" ")}`, new TextDecoder().decode(writeReport(report))]);
    }
  }
  compareAll(cases);
});

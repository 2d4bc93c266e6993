// Contents of ballots and the count, by hand-made contests: sections 9 and 19.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeText } from "../src/bytes.ts";
import { longestContent, readSelection } from "../src/content.ts";
import { tallyOf } from "../src/count.ts";
import { type Numbers, fatesOf, nextSteps } from "../src/fates.ts";
import { canonical } from "../src/report.ts";
import type { Contest, Threshold } from "../src/scheme.ts";
import { itemScore, personScore } from "../src/scores.ts";
import { needOf } from "../src/threshold.ts";

const half: Threshold = { num: 1, den: 2, comparison: "more_than", base: "voters" };
const text = (zh: string) => ({ zh, en: "" });

function contest(change: Partial<Contest> = {}): Contest {
  return {
    id: "c", title: text("c"), kind: "election", seats: 2, minChoices: 0, maxChoices: 2, minExtra: 1,
    candidates: ["甲", "乙", "丙"].map((name) => ({ name, note: "" })),
    writeIns: { rule: "free_lines", slots: 2, nameBytes: 12, eligible: [], unmarked: "not_counted" },
    answers: [], postpone: false, majority: half, alternative: null, turnout: null, tie: "run_off", shortage: "new_round",
    blank: "abstain", rating: null, source: null, approval: false, follows: null, order: "strokes", orderReason: "", newRound: null,
    returnCheck: "voters", cascade: [], eachAnswer: false, articles: [], ...change,
  };
}

type Written = [against: number, name: string];

// Marks as a text, one digit a candidate.
function ballot(marks: string, written: Written[] = []): Uint8Array {
  const bytes = new Array<number>(Math.ceil(marks.length / 4)).fill(0);
  [...marks].forEach((m, i) => (bytes[i >> 2]! |= Number(m) << (2 * (i & 3))));
  const names = written.flatMap(([against, name]) => [against, encodeText(name).length, ...encodeText(name)]);
  return Uint8Array.from([...bytes, written.length, ...names]);
}

const numbersFor = (voters: number): Numbers => ({ registered: voters, expected: voters, present: voters, issued: voters, voters, returned: voters });

function judged(c: Contest, ballots: (Uint8Array | null)[]) {
  const tally = tallyOf(c, ballots);
  const fates = fatesOf(c, c.majority, tally.persons, numbersFor(ballots.length), tally.valid.length);
  return { tally, fates, outcomes: fates.of.map((f) => f.outcome), next: nextSteps(c, tally.persons, fates, []) };
}

test("a content is a selection, or has the first fault in order", () => {
  const c = contest();
  assert.equal(longestContent(c), 1 + 1 + 2 * 14);
  assert.ok(typeof readSelection(c, ballot("102", [[0, "丁"], [0, "戊"]])) === "object");
  const faults: [Uint8Array, string][] = [
    [Uint8Array.of(), "ballot.form"],
    [Uint8Array.of(0), "ballot.form"],
    [Uint8Array.of(0x40, 0), "ballot.spare"],
    [ballot("300"), "ballot.form"],
    [Uint8Array.of(0, 3), "ballot.form"],
    [Uint8Array.of(0, 1, 0, 9, 65), "ballot.form"],
    [ballot("100", [[0, "戊"], [0, "丁"]]), "ballot.order"],
    [ballot("100", [[0, "丁"], [0, "丁"]]), "ballot.order"],
    [Uint8Array.of(0, 0, 0), "ballot.form"],
    [ballot("100", [[1, "丁"]]), "ballot.form"],
    [ballot("100", [[0, " 丁"]]), "ballot.name"],
    [ballot("100", [[0, "丁丁丁丁丁"]]), "ballot.name"],
    [ballot("300", [[0, "★"]]), "ballot.form"],
  ];
  for (const [bytes, fault] of faults) assert.equal(readSelection(c, bytes), fault, `${fault}: ${bytes}`);
});

test("invalid ballots are counted by their reason, undecodable ones too", () => {
  const { tally } = judged(contest({ minChoices: 1 }), [ballot("110"), ballot("111"), ballot("000"), ballot("200"), null]);
  assert.deepEqual([...tally.invalidReasons].sort(), [["ballot.overvote", 1], ["ballot.undervote", 1], ["undecodable", 1]]);
  assert.equal(tally.valid.length, 2);
  assert.equal(tally.blank, 1);
  const strict = tallyOf(contest({ blank: "invalid" }), [ballot("000")]);
  assert.deepEqual([...strict.invalidReasons], [["ballot.blank", 1]]);
});

test("write-ins: printed names, repeats and wrong places are not counted, the rest by bytes", () => {
  const free = tallyOf(contest(), [ballot("000", [[0, "丁"], [0, "甲"]]), ballot("000", [[0, "丁"]]), ballot("000", [[0, "A"]])]);
  assert.deepEqual(free.persons.slice(3).map((p) => [p.name, p.approve]), [["A", 1], ["丁", 2]]);
  assert.deepEqual([...free.writeInsNotCounted], [["ballot.write_in_printed", 1]]);
  const under = contest({ writeIns: { rule: "under_opposed", slots: 3, nameBytes: 12, eligible: [], unmarked: "not_counted" } });
  const tally = tallyOf(under, [
    ballot("200", [[1, "丁"]]),
    ballot("100", [[1, "丁"]]),
    ballot("200", [[1, "丁"], [1, "戊"]]),
    ballot("220", [[1, "丁"], [2, "丁"]]),
  ]);
  assert.deepEqual([...tally.writeInsNotCounted].sort(), [["ballot.write_in_place", 3], ["ballot.write_in_repeat", 1]]);
  assert.deepEqual(tally.persons.slice(3).map((p) => [p.name, p.approve]), [["丁", 2]]);
});

test("thresholds at their edges", () => {
  const at = (comparison: Threshold["comparison"], num: number, den: number, base: number) => needOf({ num, den, comparison, base: "voters" }, base);
  assert.deepEqual([at("more_than", 1, 2, 10), at("more_than", 1, 2, 11), at("at_least", 1, 2, 11), at("at_least", 2, 3, 9), at("more_than", 0, 1, 0)], [6, 6, 6, 6, 1]);
  assert.equal(at("at_least", 0, 1, 5), 1, "nobody is elected without a vote");
});

test("more than the seats: the last place decides, a tie over it is left open", () => {
  const clear = judged(contest({ seats: 1, maxChoices: 3 }), [ballot("110"), ballot("110"), ballot("100")]);
  assert.deepEqual(clear.outcomes, ["elected", "not_elected", "not_elected"]);
  assert.equal(clear.fates.of[1]!.reason.code, "seats_full");
  const tied = judged(contest({ maxChoices: 3 }), [ballot("111"), ballot("111"), ballot("100")]);
  assert.deepEqual(tied.outcomes, ["elected", "tied", "tied"]);
  assert.equal(tied.fates.tiedSeats, 1);
  assert.deepEqual(tied.next, [{ kind: "run_off", seats: 1, names: ["乙", "丙"] }]);
});

test("vacant seats: a new round among the first of those left, with all level with the last", () => {
  const { fates, next } = judged(contest(), [ballot("110"), ballot("100"), ballot("101"), ballot("000")]);
  assert.equal(fates.vacant, 1);
  assert.deepEqual(next, [{ kind: "new_round", seats: 1, names: ["乙", "丙"] }]);
});

test("a turnout that is not reached decides nothing", () => {
  const c = contest({ turnout: { num: 1, den: 1, comparison: "at_least", base: "expected" } });
  const tally = tallyOf(c, [ballot("100")]);
  const fates = fatesOf(c, half, tally.persons, { ...numbersFor(1), expected: 2 }, 1);
  assert.ok(fates.of.every((f) => f.outcome === "no_decision" && f.reason.code === "turnout"));
  assert.deepEqual(nextSteps(c, tally.persons, fates, []), [{ kind: "vote_again", seats: 2, names: [] }]);
});

test("ratings: grades low nibble first, not acquainted apart, trimmed scores reduced", () => {
  const grade = (weight: number) => ({ label: text(String(weight)), weight });
  const rating = {
    grades: [grade(100), grade(80), grade(60)], items: [{ title: text("德"), weight: 40 }, { title: text("能"), weight: 60 }],
    notAcquainted: true, maxBest: 1, refuseIdentical: true, trim: true, bestLimit: "form" as const, empty: "as_before" as const,
  };
  const c = contest({ kind: "rating", rating, writeIns: { rule: "none", slots: 0, nameBytes: 0, eligible: [], unmarked: "not_counted" } });
  const form = (...cells: number[]) => Uint8Array.from([cells[0]! | (cells[1]! << 4), cells[2]! | (cells[3]! << 4), cells[4]! | (cells[5]! << 4), 0]);
  const forms = [form(1, 2, 2, 2, 3, 3), form(1, 1, 4, 4, 0, 2), form(1, 1, 1, 1, 2, 2), form(2, 2, 2, 2, 2, 2)];
  const tally = tallyOf(c, forms);
  assert.deepEqual([...tally.invalidReasons].sort(), [["ballot.best_limit", 1], ["ballot.identical", 1]]);
  assert.deepEqual(tally.persons[0]!.items, [{ grades: [2, 0, 0], notAcquainted: 0, unmarked: 0 }, { grades: [1, 1, 0], notAcquainted: 0, unmarked: 0 }]);
  assert.equal(tally.persons[1]!.items[0]!.notAcquainted, 1);
  assert.equal(tally.persons[2]!.items[0]!.unmarked, 1);
  assert.deepEqual(itemScore(rating, { grades: [2, 0, 0], notAcquainted: 0, unmarked: 0 }, 2), { num: 100, den: 1 });
  assert.deepEqual(personScore(rating, tally, 0, 2), { num: 94, den: 1 });
  assert.deepEqual(personScore(rating, tally, 1, 2), { num: 80, den: 1 });
  assert.deepEqual(itemScore(rating, { grades: [0, 0, 0], notAcquainted: 2, unmarked: 0 }, 2), { num: 0, den: 1 }, "a zero denominator gives 0/1");
  const six = tallyOf(c, [1, 2, 3, 3, 2, 2].map((g) => form(g, g, 2, 3, 3, 3)));
  assert.deepEqual(personScore(rating, six, 0, 6), { num: 75, den: 1 });
});

test("canonical JSON escapes only what it must", () => {
  assert.equal(canonical({ a: '"\\\n一/', b: [1, null, true], c: {} }), '{"a":"\\"\\\\\\u000a一/","b":[1,null,true],"c":{}}');
});

test("ratings that say what an empty cell is: the total is computed from the items", () => {
  const grade = (weight: number) => ({ label: text(String(weight)), weight });
  const rating = {
    grades: [grade(100), grade(80), grade(60), grade(40)], items: [30, 30, 40].map((weight) => ({ title: text(String(weight)), weight })),
    notAcquainted: true, maxBest: 1, refuseIdentical: false, trim: false, bestLimit: "grades" as const, empty: "nothing" as const,
  };
  const c = contest({
    kind: "rating", rating, candidates: [{ name: "甲", note: "" }], writeIns: { rule: "none", slots: 0, nameBytes: 0, eligible: [], unmarked: "not_counted" },
  });
  const form = (a: number, b: number, d: number) => Uint8Array.from([a | (b << 4), d, 0]);
  const strangers = tallyOf(c, [...Array.from({ length: 9 }, () => form(1, 1, 1)), form(4, 4, 5)]);
  assert.deepEqual(personScore(rating, strangers, 0, 10), { num: 482, den: 5 }, "0.3 * 94 + 0.3 * 94 + 0.4 * 100");
  const empty = tallyOf(c, [...Array.from({ length: 9 }, () => form(2, 2, 2)), form(0, 0, 0)]);
  assert.deepEqual(personScore(rating, empty, 0, 10), { num: 80, den: 1 });
  assert.deepEqual(personScore({ ...rating, empty: "lowest" }, empty, 0, 10), { num: 76, den: 1 });
});

test("a decision where each answer may be the resolution", () => {
  const c = contest({ kind: "decision", seats: 1, maxChoices: 1, eachAnswer: true, postpone: true, candidates: [{ name: "张三", note: "" }] });
  const said = (marks: string) => judged(c, [...marks].map((m) => ballot(m, []))).outcomes[0];
  assert.equal(said("3331"), "postponed");
  assert.equal(said("2221"), "refused");
  assert.equal(said("1112"), "passed");
  assert.equal(said("1123"), "not_passed");
  const asBefore = { ...c, eachAnswer: false };
  assert.equal(judged(asBefore, [..."3331"].map((m) => ballot(m, []))).outcomes[0], "not_passed");
});

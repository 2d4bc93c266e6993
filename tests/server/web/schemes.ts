// Random schemes and contents for the differential tests: mostly right, some at and over the edges.
import { ed25519 } from "@noble/curves/ed25519.js";
import { encodeText, hex } from "../src/bytes.ts";
import type { Contest } from "../src/scheme.ts";
import { longestContent } from "../src/content.ts";
import type { Dice } from "./second_opinion.ts";

const text = (zh: string) => ({ zh, en: "" });
const kBases = ["registered", "expected", "present", "voters", "returned", "valid"] as const;
const kNames = ["王建国", "李秀英", "张志强", "陈玉兰", "A B", "阿依古丽·买买提", "Zoë"];
const kOddNames = ["★", "", " 王", "王  五", "王\u3000五", "Zoe\u0308", "①", "王_五", "\u200b王", "王（大）", "\u{2ebf0}", "‘王’"];

function threshold(dice: Dice, bases: readonly (typeof kBases)[number][] = kBases) {
  const den = 1 + dice.below(6);
  return { num: dice.below(den), den, comparison: dice.pick(["at_least", "more_than"]), base: dice.pick(bases) };
}

function rating(dice: Dice, candidates: number) {
  const grades = Array.from({ length: 2 + dice.below(4) }, (_, i) => ({ label: text(`g${i}`), weight: 100 - 20 * i }));
  const first = 1 + dice.below(99);
  const many = Array.from({ length: 12 }, (_, i) => ({ title: text(`项${i}`), weight: i < 8 ? 8 : 9 }));
  const items = dice.chance(10) ? many : dice.chance(50) ? [{ title: text("德"), weight: 100 }] : [{ title: text("德"), weight: first }, { title: text("能"), weight: 100 - first }];
  return { grades, items, not_acquainted: dice.chance(50), max_best: dice.below(candidates + 1), refuse_identical: dice.chance(50), trim: dice.chance(50),
    ...(dice.chance(30) ? { best_limit: dice.pick(["form", "grades"]) } : {}), ...(dice.chance(70) ? { empty: dice.pick(["nothing", "lowest"]) } : {}) };
}

export function randomContest(dice: Dice, kind: string, id: string): Record<string, unknown> {
  const names = kNames.slice(0, 1 + dice.below(kNames.length));
  const candidates = names.map((name) => ({ name, note: dice.chance(20) ? "大" : "" }));
  const canWrite = kind !== "decision" && kind !== "rating";
  const rule = canWrite ? dice.pick(["none", "under_opposed", "free_lines"]) : "none";
  const slots = rule === "none" ? 0 : 1 + dice.below(candidates.length);
  const answer = (zh: string, sign: string) => ({ label: text(zh), sign });
  const base = threshold(dice, kind === "rating" ? kBases.slice(1) : kBases);
  return {
    id, title: text(id), kind, seats: 1 + dice.below(candidates.length), candidates, source: null, approval: false, follows: null, ...dice.pick([{ order: "strokes", order_reason: "" }, { order: "manual", order_reason: "抽签" }]),
    min_choices: dice.below(2),
    max_choices: 1 + dice.below(candidates.length + slots), min_extra: 0,
    write_ins: { rule, slots, name_bytes: rule === "none" ? 0 : 9 + dice.below(30), eligible: rule !== "none" && dice.chance(30) ? [{ name: "丁", note: "" }, { name: "戊", note: "" }] : [], unmarked: dice.pick(["not_counted", "abstain", "counted"]) },
    answers: {
      approve: answer("赞成", "○"), oppose: answer("不赞成", "×"), abstain: answer("弃权", ""),
      postpone: kind === "decision" && dice.chance(50) ? answer("缓议", "△") : null,
    },
    majority: base, alternative: dice.chance(40) ? dice.pick(kBases.slice(1).filter((b) => b !== base.base)) : null,
    turnout: dice.chance(25) ? threshold(dice, kBases.slice(0, 3)) : null, tie: dice.pick(["run_off", "run_off_majority", "superior"]),
    shortage: dice.pick(["new_round", "renominate", "leave_vacant"]), blank: dice.pick(["abstain", "invalid"]), unlink: "ballot",
    new_round: dice.chance(20) ? threshold(dice) : null, return_check: dice.pick(["voters", "issued"]), cascade: [],
    ...(kind === "decision" && dice.chance(60) ? { each_answer: dice.chance(80) } : {}),
    rating: kind === "rating" ? rating(dice, candidates.length) : null, articles: [],
  };
}

// Keys are valid ones.
const key = (n: number): string => hex(ed25519.Point.BASE.multiply(BigInt(n)).toBytes());

export function randomScheme(dice: Dice): Record<string, unknown> {
  const kinds = ["election", "recommendation", "preelection", "decision", "rating"];
  const contests = kinds.map((kind) => randomContest(dice, kind, `c-${kind}`));
  const rehearsal = dice.chance(50);
  return {
    format: "tuixuan-scheme/1",
    congress: { id: "t", title: text("会"), body: text("支部"), term: text("届"), date: "2026-02-28", place: text("堂") },
    rehearsal, log: { origin: rehearsal ? "t.example/rehearsal" : "t.example/x", key: key(1) }, server: { pin: key(2) }, organiser: { key: key(3) },
    supervisors: [{ id: "S1", name: "周", key: key(4) }, { id: "S2", name: "吴", key: key(5) }], desk: { key: key(6) },
    superior: { key: dice.chance(50) ? key(7) : null }, kiosks: [{ id: "K1", key: key(8), box: "b" }],
    trustees: { threshold: 1, min_mixers: 2, members: [{ index: 1, name: "郑", key: key(9) }, { index: 2, name: "冯", key: key(10) }] },
    witnesses: [], chambers: [{ id: "m", title: text("员") }],
    boxes: [{ id: "b", title: text("箱"), chamber: "m", venue: text("堂") }],
    stages: kinds.map((kind, i) => ({
      id: `s-${kind}`, kind, title: text(kind), round: i, boxes: ["b"], contests: [`c-${kind}`], quorum: threshold(dice, kBases.slice(0, 2)), min_ballots: 3,
      after: i > 0 && dice.chance(30) ? [`s-${kinds[i - 1]}`] : [], not_before: dice.pick(["", "2026-02-28"]), notice_days: 0,
    })),
    contests,
    chair: dice.chance(50) ? { id: "C", name: "何", key: key(11) } : null, auditors: dice.chance(50) ? [{ id: "A", name: "施", key: key(12) }] : [],
    combinations: [], forms: dice.chance(50) ? ["report", "notice"] : [],
  };
}

// A content that is mostly a selection of the contest.
export function randomContent(dice: Dice, c: Contest): Uint8Array {
  if (dice.chance(3)) return dice.bytes(dice.below(longestContent(c) + 2));
  const cells = c.candidates.length * (c.rating?.items.length ?? 1);
  const bits = c.rating === null ? 2 : 4;
  const most = c.rating === null ? (c.postpone || dice.chance(3) ? 4 : 3) : c.rating.grades.length + 1 + (c.rating.notAcquainted || dice.chance(3) ? 1 : 0);
  const marks = new Array<number>(Math.ceil((cells * bits) / 8)).fill(0);
  const same = dice.chance(15) ? dice.below(most) : null;
  for (let i = 0; i < cells; i++) marks[(i * bits) >> 3]! |= (same ?? dice.below(most)) << ((i * bits) & 7);
  if (dice.chance(2)) marks[marks.length - 1]! |= 0x80;
  const count = dice.chance(40) ? dice.below(c.writeIns.slots + (dice.chance(4) ? 2 : 1)) : 0;
  const written = Array.from({ length: count }, () => {
    const against = c.writeIns.rule === "under_opposed" ? dice.below(c.candidates.length + (dice.chance(5) ? 2 : 0)) + (dice.chance(95) ? 1 : 0) : dice.chance(3) ? 1 : 0;
    return { against, name: Buffer.from(encodeText(dice.chance(6) ? dice.pick(kOddNames) : dice.pick(["丁", "戊", "己", ...kNames, "王建国（大）"]))) };
  });
  if (!dice.chance(4)) written.sort((a, b) => a.against - b.against || Buffer.compare(a.name, b.name));
  const names = written.flatMap((w) => [w.against, w.name.length, ...w.name]);
  return Uint8Array.from([...marks, count, ...names, ...(dice.chance(1) ? [0] : [])]);
}

// Section 13, entry 35: what a contest that follows from a result must be, and whether one is that.
import { must, refuse } from "./refusal.ts";
import { canonical } from "./report.ts";
import type { ContestReport } from "./results.ts";
import { fullName } from "./person_name.ts";
import type { Candidate, Contest, FollowKind, WriteIns } from "./scheme.ts";
import { candidatesStand, contestById, follower, resultOf, settlementOf, stageOfContest } from "./settlement.ts";
import type { Step } from "./fates.ts";
import type { State } from "./state.ts";

const kSteps: Record<FollowKind, string> = {
  run_off: "run_off", new_round: "new_round", renominate: "renominate", repeat: "vote_again",
};

const kNoWriteIns: WriteIns = { rule: "none", slots: 0, nameBytes: 0, eligible: [], unmarked: "not_counted" };

// The base comes first: nothing else is decided on a result while it is open.
export function baseIsSettled(state: State, r: ContestReport): void {
  const settled = r.must_confirm.length === 0 || settlementOf(state, r.contest).base !== null;
  must(settled, "C06.base", `it is not confirmed which base counts for ${r.contest}`);
}

const peopleNamed = (r: ContestReport, names: string[]): Candidate[] =>
  names.flatMap((name) => r.persons.filter((p) => fullName(p) === name).map((p) => ({ name: p.name, note: p.note })));

const seated = (c: Contest, seats: number): Contest => ({
  ...c, seats, maxChoices: seats, minChoices: Math.min(c.minChoices, seats), minExtra: 0,
});

function repeatOf(state: State, of: Contest): Contest {
  return { ...of, source: null, approval: !candidatesStand(state, of) };
}

function runOff(of: Contest, r: ContestReport, step: Step): Contest {
  const majority = of.tie === "run_off_majority" ? of.majority : { ...of.majority, num: 0 };
  const candidates = peopleNamed(r, step.names);
  return { ...seated(of, step.seats), source: null, approval: false, candidates, writeIns: kNoWriteIns, alternative: null, majority };
}

// A name stands under somebody who is opposed, so there are no more lines than people.
function linesFor(w: WriteIns, people: number): WriteIns {
  if (w.rule !== "under_opposed") return w;
  return people === 0 ? kNoWriteIns : { ...w, slots: Math.min(w.slots, people) };
}

function nextRound(state: State, of: Contest, r: ContestReport, step: Step, kind: FollowKind): Contest {
  const { reduced } = settlementOf(state, of.id);
  must(reduced < step.seats, "C05.follows", `the empty seats of ${of.id} were cut`);
  const candidates = peopleNamed(r, step.names);
  const round = { ...seated(of, step.seats - reduced), source: null, candidates };
  const decided = of.newRound === null ? round : { ...round, majority: of.newRound, alternative: null };
  if (kind === "renominate") return { ...decided, approval: state.scheme.superior !== null };
  return { ...decided, approval: false, writeIns: linesFor(of.writeIns, candidates.length) };
}

// What the contest must be; refused where nothing, or something else, follows.
export function draftOf(state: State, held: Contest): Contest {
  const of = held.follows === null ? undefined : contestById(state, held.follows.contest);
  if (of === undefined) refuse("C05.follows", `contest ${held.id} follows from no contest of the congress`);
  const { kind } = held.follows!;
  const { tieDecided, ...now } = settlementOf(state, of.id);
  must(now[follower(kind)] === null, "E07.order", `contest ${of.id} is followed already`);
  if (stageOfContest(state, of.id).phase === "voided") {
    must(kind === "repeat", "C05.follows", `the stage of ${of.id} was voided: it is held again`);
    return repeatOf(state, of);
  }
  const result = resultOf(state, of.id) ?? refuse("C05.follows", `contest ${of.id} is not counted`);
  baseIsSettled(state, result);
  const step = result.next.find((n) => n.kind === kSteps[kind]) ?? refuse("C05.follows", `the result of ${of.id} has no such step`);
  if (kind === "repeat") return repeatOf(state, of);
  if (kind !== "run_off") return nextRound(state, of, result, step, kind);
  must(tieDecided.length === 0, "E07.order", `the tie of ${of.id} is decided`);
  return runOff(of, result, step);
}

// Equal but for what is free: id, titles, the order of the names; in nominations anew also the candidates.
function bare(c: Contest, kind: FollowKind): Contest {
  const sorted = c.candidates.map((p) => canonical([p.name, p.note])).sort();
  const free = kind === "renominate" ? { candidates: [], maxChoices: 0, minExtra: 0 } : { candidates: sorted };
  return { ...c, id: "", title: { zh: "", en: "" }, follows: null, order: "strokes", orderReason: "", ...free } as unknown as Contest;
}

// Member by member, in whatever order they stand.
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([name, value]) => right.has(name) && sameValue(value, right.get(name)));
}

export const isDraft = (draft: Contest, held: Contest): boolean => {
  const { kind } = held.follows!;
  return sameValue(bare(draft, kind), bare(held, kind));
};

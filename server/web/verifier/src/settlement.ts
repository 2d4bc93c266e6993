// Section 13, "The thread": results, where each contest stands over all its rounds, and the outcome of the congress.
import { fullName } from "./person_name.ts";
import { onBase } from "./report.ts";
import type { ContestReport } from "./results.ts";
import type { Contest, FollowKind, Stage } from "./scheme.ts";
import type { Settlement, StageState, State } from "./state.ts";

const kUnsettled: Settlement = { base: null, reduced: 0, tieDecided: [], runOff: null, newRound: null, repeat: null };

export const settlementOf = (state: State, id: string): Settlement => state.settlements.get(id) ?? kUnsettled;

// To be changed.
export function settlementFor(state: State, id: string): Settlement {
  const known = state.settlements.get(id) ?? { ...kUnsettled, tieDecided: [] };
  state.settlements.set(id, known);
  return known;
}

export const contestById = (state: State, id: string): Contest | undefined => state.scheme.contests.find((c) => c.id === id);
export const stageOfContest = (state: State, id: string): StageState =>
  state.stages.find((s) => s.stage.contests.includes(id))!;

// The contest of the scheme file that a contest goes back to.
export function rootOf(state: State, id: string): Contest {
  const contest = contestById(state, id)!;
  return contest.follows === null ? contest : rootOf(state, contest.follows.contest);
}
export const rootStage = (state: State, id: string): Stage => stageOfContest(state, rootOf(state, id).id).stage;

// A contest's part of the report of its counted stage, by the base that was confirmed; null while there is none.
export function resultOf(state: State, id: string): ContestReport | null {
  const stage = stageOfContest(state, id);
  if (stage.phase !== "counted") return null;
  const { numbers, contests } = stage.report!;
  const result = contests.find((c) => c.contest === id)!;
  const contest = contestById(state, id)!;
  const { base } = settlementOf(state, id);
  return base === null || base === contest.majority.base ? result : onBase(contest, result, numbers, base);
}

export interface Elected {
  readonly name: string;
  readonly contest: string;
}

// What is not decided yet, by the code of section 13, and at which contest.
export interface OpenMatter {
  readonly code: string;
  readonly contest: string;
}

export interface Standing {
  readonly open: OpenMatter[];
  readonly elected: Elected[];
  readonly contests: string[];
  reduced: number;
  vacant: number;
}

function tied(state: State, r: ContestReport, out: Standing): void {
  if (r.tied_seats === 0) return;
  const { tieDecided, runOff } = settlementOf(state, r.contest);
  if (tieDecided.length > 0) out.elected.push(...tieDecided.map((name) => ({ name, contest: r.contest })));
  else if (runOff !== null) walk(state, runOff, out);
  else out.open.push({ code: contestById(state, r.contest)!.tie === "superior" ? "tie" : "run_off", contest: r.contest });
}

function vacant(state: State, r: ContestReport, out: Standing): void {
  if (r.vacant === 0) return;
  const { reduced, newRound } = settlementOf(state, r.contest);
  const left = Math.max(0, r.vacant - reduced);
  const { shortage } = contestById(state, r.contest)!;
  out.reduced += reduced;
  if (newRound !== null) walk(state, newRound, out);
  else if (left > 0 && shortage === "leave_vacant") out.vacant += left;
  else if (left > 0) out.open.push({ code: shortage, contest: r.contest });
}

function walk(state: State, id: string, out: Standing): void {
  out.contests.push(id);
  const { repeat, base } = settlementOf(state, id);
  if (repeat !== null) return walk(state, repeat, out);
  const open = (code: string) => void out.open.push({ code, contest: id });
  if (stageOfContest(state, id).phase === "voided") return open("repeat");
  const result = resultOf(state, id);
  if (result === null) return open("count");
  if (result.next.some((n) => n.kind === "vote_again")) return open("repeat");
  if (result.must_confirm.length > 0 && base === null) return open("confirm_base");
  for (const p of result.persons)
    if (p.outcome === "elected") out.elected.push({ name: fullName(p), contest: id });
  tied(state, result, out);
  vacant(state, result, out);
}

export function standingOf(state: State, id: string): Standing {
  const out: Standing = { open: [], elected: [], contests: [], reduced: 0, vacant: 0 };
  walk(state, id, out);
  return out;
}

export const isSettled = (state: State, id: string): boolean => standingOf(state, id).open.length === 0;

// The result of a settled contest, or of its last repeat.
export function settledResult(state: State, id: string): ContestReport | null {
  if (!isSettled(state, id)) return null;
  let last = id;
  for (let next = settlementOf(state, last).repeat; next !== null; next = settlementOf(state, last).repeat) last = next;
  return resultOf(state, last);
}

// Whether the candidates of a contest were decided on, as far as somebody decides on them.
export function candidatesStand(state: State, contest: Contest): boolean {
  if (contest.approval) return state.approved.has(contest.id);
  const { follows } = contest;
  return follows?.kind !== "repeat" || candidatesStand(state, contestById(state, follows.contest)!);
}

export const follower = (kind: FollowKind): "runOff" | "newRound" | "repeat" =>
  kind === "run_off" ? "runOff" : kind === "repeat" ? "repeat" : "newRound";

export interface Outcome {
  readonly format: "tuixuan-outcome/1";
  readonly congress: string;
  readonly rehearsal: boolean;
  readonly offices: { contest: string; seats: number; reduced: number; vacant: number; elected: Elected[]; contests: string[] }[];
}

const elections = (state: State): Contest[] => state.scheme.contests.filter((c) => c.kind === "election" && c.follows === null);

export const openMatters = (state: State): OpenMatter[] => elections(state).flatMap(({ id }) => standingOf(state, id).open);

export function outcomeOf(state: State): Outcome {
  return {
    format: "tuixuan-outcome/1", congress: state.scheme.congress.id, rehearsal: state.scheme.rehearsal,
    offices: elections(state).map(({ id, seats }) => {
      const { reduced, vacant: empty, elected, contests } = standingOf(state, id);
      return { contest: id, seats, reduced, vacant: empty, elected, contests };
    }),
  };
}

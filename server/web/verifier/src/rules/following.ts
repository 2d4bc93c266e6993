// Entries 28 base-confirmed, 35 stage-added, 36 seats-reduced, 37 tie-decided (section 13).
import { compare, encodeText } from "../bytes.ts";
import { kMaxWidth, widthFor } from "../blocks.ts";
import { longestContent } from "../content.ts";
import { checkContest } from "../contest_rules.ts";
import { baseIsSettled, draftOf, isDraft } from "../following.ts";
import { fullName } from "../person_name.ts";
import { Refusal, must, refuse } from "../refusal.ts";
import { canonical } from "../report.ts";
import type { ContestReport } from "../results.ts";
import { type AddedStage, type Contest, kBases, readAddedStage } from "../scheme.ts";
import { isSupervisor } from "../scheme_rules.ts";
import { contestById, follower, resultOf, settlementFor, settlementOf, stageOfContest } from "../settlement.ts";
import { type StageState, type State, newStage } from "../state.ts";
import { type Rule, bodyReader, bySuperior, bySupervisors, objectName } from "./rule.ts";

interface Decided {
  readonly stage: StageState;
  readonly contest: Contest;
  readonly result: ContestReport;
}

function resultIn(state: State, stage: string, id: string, check: string): Decided {
  const found = state.stages.find((s) => s.stage.id === stage && s.stage.contests.includes(id));
  if (found === undefined) refuse(check, `stage ${stage} has no contest ${id}`);
  const result = resultOf(state, id) ?? refuse("E07.order", `contest ${id} is not counted`);
  return { stage: found, contest: contestById(state, id)!, result };
}

export const baseConfirmed: Rule = (state, e) => {
  const reader = bodyReader(e);
  const stage = reader.name();
  const id = reader.name();
  const base = kBases[reader.u8()] ?? reader.fail("an unknown base");
  reader.end();
  bySupervisors(state, e);
  const { contest, result } = resultIn(state, stage, id, "C06.base");
  must(settlementOf(state, id).base === null, "E07.order", `the base of ${id} is confirmed`);
  const one = base === contest.majority.base || base === contest.alternative;
  must(result.must_confirm.length > 0 && one, "C06.base", `nobody's outcome in ${id} depends on the base, or it is another`);
  settlementFor(state, id).base = base;
};

export const seatsReduced: Rule = (state, e) => {
  const reader = bodyReader(e);
  const stageId = reader.name();
  const id = reader.name();
  const seats = reader.u32();
  const votesFor = reader.u32();
  reader.end();
  bySupervisors(state, e);
  const { stage, result } = resultIn(state, stageId, id, "C06.seats");
  baseIsSettled(state, result);
  const now = settlementOf(state, id);
  must(now.newRound === null, "E07.order", "a new round for these seats is on the log");
  must(seats >= 1 && seats <= result.vacant - now.reduced, "C06.seats", `${seats} of ${result.vacant} empty seats`);
  const { present } = stage.attendance!;
  must(votesFor <= present && 2 * votesFor > present, "C06.seats", `${votesFor} of ${present} present agreed`);
  settlementFor(state, id).reduced += seats;
};

// Or the repeat of one.
function isRunOff(state: State, { follows }: Contest): boolean {
  if (follows === null) return false;
  return follows.kind === "run_off" || (follows.kind === "repeat" && isRunOff(state, contestById(state, follows.contest)!));
}

export const tieDecided: Rule = (state, e) => {
  const reader = bodyReader(e);
  const stage = reader.name();
  const id = reader.name();
  const names = reader.list(4, () => reader.text());
  const reference = reader.text();
  reader.end();
  bySuperior(state, e);
  const { contest, result } = resultIn(state, stage, id, "C06.tie");
  baseIsSettled(state, result);
  const now = settlementOf(state, id);
  must(now.tieDecided.length === 0 && now.runOff === null, "E07.order", "the tie is decided, or voted on again");
  must(contest.tie === "superior" || isRunOff(state, contest), "C06.tie", "there is a run-off first");
  const complete = result.tied_seats > 0 && names.length === result.tied_seats && reference !== "";
  must(complete, "C06.tie", `${result.tied_seats} of the tied are named, with a reference`);
  const tied = result.persons.filter((p) => p.outcome === "tied").map(fullName);
  names.forEach((name, i) => {
    const ascends = i === 0 || compare(encodeText(names[i - 1]!), encodeText(name)) < 0;
    must(tied.includes(name) && ascends, "C06.tie", `${name} is not one of the tied, or out of order`);
  });
  settlementFor(state, id).tieDecided = names;
};

// --- added stages ---

// A fault of the file by itself, under the name of this entry.
function readChecked(file: Uint8Array): AddedStage {
  try {
    const added = readAddedStage(file);
    added.contests.forEach(checkContest);
    return added;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal("C05.stage", error.what);
  }
}

function checkPlace(state: State, { stage, contests }: AddedStage): void {
  const fault = (holds: boolean, what: string) => must(holds, "C05.stage", what);
  fault(!state.scheme.stages.some((s) => s.id === stage.id), `there is a stage ${stage.id} already`);
  for (const other of state.scheme.stages)
    fault(other.round !== stage.round || !other.boxes.some((b) => stage.boxes.includes(b)), `round ${stage.round} is used by ${other.id}`);
  fault(stage.after.length === 0, "after is not empty");
  fault(contests.length > 0 && contests.length === stage.contests.length, "the stage has other contests than the file");
}

// Candidates that are decided anew have the notice of the first vote that is repeated; others that nobody could vote on
// yet, that of the stage repeated.
function noticeOf(state: State, held: Contest): number {
  const { kind, contest } = held.follows!;
  if (kind !== "repeat") return 0;
  const repeated = stageOfContest(state, contest);
  if (!held.approval) return repeated.ctx.length > 0 ? 0 : repeated.stage.noticeDays;
  let first = contestById(state, contest)!;
  while (first.follows?.kind === "repeat") first = contestById(state, first.follows.contest)!;
  return stageOfContest(state, first.id).stage.noticeDays;
}

function checkHeld(state: State, { stage, contests }: AddedStage, held: Contest, i: number): void {
  const here = held.id === stage.contests[i] && contestById(state, held.id) === undefined && held.kind === stage.kind;
  must(here, "C05.stage", `contest ${held.id} is not the stage's, of another kind, or known already`);
  const draft = draftOf(state, held);
  const { contest: of } = held.follows!;
  must(isDraft(draft, held), "C05.follows", `contest ${held.id} is not what follows from ${of}`);
  const twice = contests.slice(0, i).some((c) => c.id === held.id || canonical(c.follows) === canonical(held.follows));
  must(!twice, "C05.stage", `contest ${held.id} is listed twice`);
  const before = stageOfContest(state, of).stage;
  const plan = (s: typeof before) => canonical([s.boxes, s.quorum, s.minBallots]);
  must(plan(before) === plan(stage), "C05.follows", `boxes, quorum or min_ballots are not those of ${before.id}`);
  must(widthFor(longestContent(held)) <= kMaxWidth, "C05.stage", "more candidates than a ballot can seal");
  const nominated = held.follows!.kind === "renominate" && !held.approval ? held.candidates : [];
  for (const p of nominated) must(!isSupervisor(state.scheme, p), "C03.candidates", `${p.name} is a supervisor`);
}

export const stageAdded: Rule = async (state, e, objects) => {
  const reader = bodyReader(e);
  const object = objectName(reader);
  reader.end();
  bySupervisors(state, e);
  const added = readChecked(await objects.get(object));
  const { stage, contests } = added;
  checkPlace(state, added);
  contests.forEach((held, i) => checkHeld(state, added, held, i));
  const notice = Math.max(...contests.map((held) => noticeOf(state, held)));
  must(stage.noticeDays === notice, "C05.follows", `a notice of ${stage.noticeDays} days, not of ${notice}`);
  for (const held of contests) settlementFor(state, held.follows!.contest)[follower(held.follows!.kind)] = held.id;
  const { scheme } = state;
  state.scheme = { ...scheme, contests: [...scheme.contests, ...contests], stages: [...scheme.stages, stage] };
  state.stages.push(newStage(state.scheme, stage));
};

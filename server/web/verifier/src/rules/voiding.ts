// Entries 25 small-group, 26 stage-voided, 27 result-voided (section 13), and all that falls with a voided stage.
import type { Envelope } from "../envelope.ts";
import { must } from "../refusal.ts";
import { contestById, rootOf, rootStage } from "../settlement.ts";
import type { StageState, State } from "../state.ts";
import { type Rule, bodyReader, bySuperior, bySupervisors } from "./rule.ts";

function readReason(e: Envelope): { id: string; reason: string } {
  const reader = bodyReader(e);
  const id = reader.name();
  const reason = reader.text();
  reader.end();
  return { id, reason };
}

const stageNamed = (state: State, id: string): StageState | undefined => state.stages.find((s) => s.stage.id === id);

export const smallGroup: Rule = (state, e) => {
  const { id, reason } = readReason(e);
  bySupervisors(state, e);
  const stage = stageNamed(state, id);
  const early = stage !== undefined && stage.phase !== "counted" && stage.phase !== "voided";
  must(early && reason !== "", "A03.small", "no stage that waits for its count, or no reason");
  stage!.smallGroup = true;
};

// Over any number of rounds.
function goesBackTo(state: State, id: string, stage: StageState): boolean {
  const follows = contestById(state, id)!.follows;
  return follows !== null && (stage.stage.contests.includes(follows.contest) || goesBackTo(state, follows.contest, stage));
}

const rootsOf = (state: State, stage: StageState): string[] => stage.stage.contests.map((id) => rootOf(state, id).id);

function restsOn(state: State, other: StageState, stage: StageState): boolean {
  const before = rootsOf(state, stage).map((root) => rootStage(state, root).id);
  return other.stage.contests.some((id) =>
    goesBackTo(state, id, stage) || rootStage(state, id).after.some((earlier) => before.includes(earlier)));
}

// Shortlists made of the stage's results, and decisions on candidates that came of it.
function withdraw(state: State, stage: StageState): void {
  const roots = rootsOf(state, stage);
  const fallen = state.scheme.combinations.filter((c) => c.sources.some((s) => roots.includes(s.contest))).map((c) => c.id);
  for (const id of fallen) state.proposals.delete(id);
  for (const c of state.scheme.contests) {
    const { source } = rootOf(state, c.id);
    if (source !== null && (source.kind === "combination" ? fallen : roots).includes(source.id)) state.approved.delete(c.id);
  }
}

function voidOne(state: State, stage: StageState): void {
  if (stage.phase === "before") for (const id of stage.stage.contests) state.approved.delete(id);
  stage.phase = "voided";
  withdraw(state, stage);
}

const voided = (counted: boolean): Rule => (state, e) => {
  const { id, reason } = readReason(e);
  if (counted) bySuperior(state, e);
  else bySupervisors(state, e);
  const stage = stageNamed(state, id);
  must(stage !== undefined && reason !== "", "C06.void", "no stage of the congress, or no reason");
  must(stage.phase !== "voided", "E07.order", `stage ${id} was voided before`);
  must(counted === (stage.phase === "counted"), "C06.void", `stage ${id} is ${stage.phase}`);
  const resting = state.stages.filter((other) => other !== stage && restsOn(state, other, stage));
  for (const other of resting)
    must(other.phase === "before" || other.phase === "voided", "C06.void", `stage ${other.stage.id} rests on it`);
  voidOne(state, stage);
  for (const other of resting)
    if (other.phase === "before" && other.contests[0]!.contest.follows !== null) voidOne(state, other);
  state.incidents.push({ entry: state.index, check: "C06.void", what: `stage ${id} was voided: ${reason}` });
};

export const stageVoided = voided(false);
export const resultVoided = voided(true);

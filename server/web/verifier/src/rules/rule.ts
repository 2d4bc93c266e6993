// What every rule of the fold gets and uses. A rule checks all before it changes anything.
import { type Bytes, Reader } from "../bytes.ts";
import { type Envelope, kKinds, signedBy, signedByTwoOf } from "../envelope.ts";
import { type ObjectName, kMaxObject } from "../record.ts";
import { must, refuse } from "../refusal.ts";
import type { ContestState, Phase, StageState, State } from "../state.ts";

export interface Objects {
  get(name: ObjectName): Promise<Bytes>;
}

export type Rule = (state: State, e: Envelope, objects: Objects) => Promise<void> | void;

export const bodyReader = (e: Envelope): Reader => new Reader(e.body, "E02.encoding");

export function objectName(r: Reader): ObjectName {
  const hash = r.fixed(32);
  const size = r.u64();
  if (size > BigInt(kMaxObject)) r.fail(`an object of ${size} bytes; at most ${kMaxObject} are taken`);
  return { hash, size };
}

export function stageOf(state: State, id: string, check = "E07.order"): StageState {
  return state.stages.find((s) => s.stage.id === id) ?? refuse(check, `no stage ${id} in the scheme`);
}

export function inPhase(stage: StageState, phases: Phase[], check = "E07.order"): void {
  must(phases.includes(stage.phase), check, `stage ${stage.stage.id} is ${stage.phase}`);
}

export function contestOf(stage: StageState, id: string, check: string): ContestState {
  return stage.contests.find((c) => c.contest.id === id) ?? refuse(check, `no contest ${id} in stage ${stage.stage.id}`);
}

export function bySupervisors(state: State, e: Envelope): void {
  signedByTwoOf(e, state.scheme.supervisors.map((s) => s.key));
}

export const badSignature = (e: Envelope): string => kKinds.get(e.kind)!.badSignature;

export function byChair(state: State, e: Envelope): void {
  signedBy(e, state.scheme.chair?.key ?? refuse(badSignature(e), "the scheme names no chair"));
}

export function bySuperior(state: State, e: Envelope): void {
  signedBy(e, state.scheme.superior ?? refuse(badSignature(e), "the scheme names no superior body"));
}

// An index that is no trustee's has a bad signature.
export function byTrustee(state: State, e: Envelope, index: number): void {
  const trustee = state.scheme.trustees[index - 1];
  if (trustee === undefined) refuse(kKinds.get(e.kind)!.badSignature, `no trustee ${index}`);
  signedBy(e, trustee.key);
}

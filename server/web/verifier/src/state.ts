// The states of a congress as the fold of section 13 builds them up, entry by entry.
import type { Row } from "./ballot.ts";
import { type Bytes, hex } from "./bytes.ts";
import { longestContent } from "./content.ts";
import { widthFor } from "./blocks.ts";
import type { Commit, Parameters, Share } from "./ceremony.ts";
import type { Point } from "./group.ts";
import type { Refusal } from "./refusal.ts";
import type { Points, Proposal } from "./combination.ts";
import type { Opinion } from "./count.ts";
import type { Base, Contest, Scheme, Stage } from "./scheme.ts";
import type { StageReport } from "./results.ts";

export interface Ceremony {
  attempt: number;
  readonly commits: (Commit | undefined)[];
  gamma: Bytes | null;
  readonly shares: (Share | undefined)[];
  t1: Bytes | null;
  readonly keys: (Point | undefined)[];
  y: Point | null;
}

export const newCeremony = (attempt: number): Ceremony => ({
  attempt, commits: [], gamma: null, shares: [], t1: null, keys: [], y: null,
});

export interface SlipList {
  readonly hash: Bytes;
  readonly credentials: string[];
}

export interface Attendance {
  readonly registered: number;
  readonly expected: number;
  readonly present: number;
  readonly opinions: Opinion[];
}

export interface Slip {
  readonly box: string;
  cast: boolean;
  voided: boolean;
}

export interface KioskState {
  readonly box: string;
  last: bigint;
  ended: boolean;
}

export interface ContestState {
  contest: Contest;
  width: number;
  // The rows of the cast ballots, then those of the last mix.
  rows: Row[];
  readonly mixers: number[];
  spellings: ReadonlyMap<string, string>;
  readonly decryptions: Map<number, Point[]>;
}

// before → opening (signed by supervisors) → open (all trustees agreed) → closing → tallying (k agreed) → counted;
// voided from any of these
export type Phase = "before" | "opening" | "open" | "closing" | "tallying" | "counted" | "voided";

export interface Struck {
  readonly index: number;
  readonly refusal: Refusal;
}

export interface StageState {
  readonly stage: Stage;
  readonly contests: ContestState[];
  phase: Phase;
  attendance: Attendance | null;
  ctx: Bytes;
  tctx: Bytes;
  readonly openingAgreed: Set<number>;
  readonly closeAgreed: Set<number>;
  readonly slips: Map<string, Slip>;
  readonly kiosks: Map<string, KioskState>;
  readonly ballots: Set<string>;
  readonly alphas: Set<string>;
  readonly struck: Struck[];
  cast: number;
  challenged: number;
  abandoned: number;
  voided: number;
  issued: number;
  report: StageReport | null;
  // Two supervisors decided that its few ballots are opened all the same.
  smallGroup: boolean;
}

// What people decided about the result of a contest, and the contests that follow from it.
export interface Settlement {
  base: Base | null;
  reduced: number;
  tieDecided: string[];
  runOff: string | null;
  // Or nominations anew.
  newRound: string | null;
  repeat: string | null;
}

export interface Notice {
  readonly stage: string;
  readonly until: number;
}

export interface Objection {
  readonly notice: number;
  answered: number | null;
  upheld: boolean;
}

export interface Reported {
  readonly entry: number;
  readonly outcome: Bytes;
  accepted: boolean | null;
  reference: string;
}

// What people should know of although nothing fails by it; the check is the one it touches.
export interface Incident {
  readonly entry: number;
  readonly check: string;
  readonly what: string;
}

export interface State {
  index: number;
  // Of the entries before this one, or of the first of them.
  root: (size?: number) => Bytes;
  congress: Bytes;
  scheme: Scheme;
  readonly parameters: Parameters;
  ceremony: Ceremony;
  readonly slipLists: Map<string, SlipList>;
  readonly credentials: Set<string>;
  readonly stages: StageState[];
  readonly lostTrustees: Set<number>;
  readonly recommended: Map<string, Points[]>;
  readonly proposals: Map<string, Proposal>;
  // Contests whose candidates the superior body has decided on, with the entry of its last decision.
  readonly approved: Map<string, number>;
  readonly notices: Map<number, Notice>;
  readonly objections: Map<number, Objection>;
  readonly settlements: Map<string, Settlement>;
  reported: Reported | null;
  readonly incidents: Incident[];
}

export function newStage(scheme: Scheme, stage: Stage): StageState {
  const contests = stage.contests.map((id) => scheme.contests.find((c) => c.id === id)!);
  return {
    stage,
    contests: contests.map((contest) => ({
      contest, width: widthFor(longestContent(contest)), rows: [], mixers: [], spellings: new Map(), decryptions: new Map(),
    })),
    phase: "before",
    attendance: null,
    ctx: new Uint8Array(0),
    tctx: new Uint8Array(0),
    openingAgreed: new Set(),
    closeAgreed: new Set(),
    slips: new Map(),
    kiosks: new Map(),
    ballots: new Set(),
    alphas: new Set(),
    struck: [],
    cast: 0, challenged: 0, abandoned: 0, voided: 0, issued: 0,
    report: null,
    smallGroup: false,
  };
}

export function newState(scheme: Scheme, congress: Bytes): State {
  return {
    index: 0,
    root: () => new Uint8Array(0),
    congress,
    scheme,
    parameters: { congress, n: scheme.trustees.length, k: scheme.threshold },
    ceremony: newCeremony(1),
    slipLists: new Map(),
    credentials: new Set(),
    stages: scheme.stages.map((stage) => newStage(scheme, stage)),
    lostTrustees: new Set(),
    recommended: new Map(),
    proposals: new Map(),
    approved: new Map(),
    notices: new Map(),
    objections: new Map(),
    settlements: new Map(),
    reported: null,
    incidents: [],
  };
}

// As many mixes as a contest needs: min_mixers, or by all trustees that are left where these are fewer.
export const mixersNeeded = (state: State): number =>
  Math.min(state.scheme.minMixers, state.parameters.n - state.lostTrustees.size);

export const listName = (box: string, round: number): string => `${box}/${round}`;

export const sameBytes = (a: Bytes, b: Bytes): boolean => hex(a) === hex(b);

// The states of a congress as the fold of section 13 builds them up, entry by entry.
import type { Row } from "./ballot.ts";
import { type Bytes, hex } from "./bytes.ts";
import { longestContent } from "./content.ts";
import { widthFor } from "./blocks.ts";
import type { Commit, Parameters, Share } from "./ceremony.ts";
import type { Point } from "./group.ts";
import type { Refusal } from "./refusal.ts";
import type { Contest, Scheme, Stage } from "./scheme.ts";
import type { StageReport } from "./report.ts";

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
  readonly expected: number;
  readonly present: number;
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
  readonly contest: Contest;
  readonly width: number;
  // The rows of the cast ballots, then those of the last mix.
  rows: Row[];
  readonly mixers: number[];
  readonly decryptions: Map<number, Point[]>;
}

// before → opening (signed by supervisors) → open (all trustees agreed) → closing → tallying (k agreed) → counted
export type Phase = "before" | "opening" | "open" | "closing" | "tallying" | "counted";

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
}

// What people should know of although nothing fails by it; the check is the one it touches.
export interface Incident {
  readonly entry: number;
  readonly check: string;
  readonly what: string;
}

export interface State {
  index: number;
  root: () => Bytes;
  congress: Bytes;
  scheme: Scheme;
  readonly parameters: Parameters;
  ceremony: Ceremony;
  readonly slipLists: Map<string, SlipList>;
  readonly credentials: Set<string>;
  readonly stages: StageState[];
  readonly lostTrustees: Set<number>;
  readonly incidents: Incident[];
}

function newStage(scheme: Scheme, stage: Stage): StageState {
  const contests = stage.contests.map((id) => scheme.contests.find((c) => c.id === id)!);
  return {
    stage,
    contests: contests.map((contest) => ({
      contest, width: widthFor(longestContent(contest)), rows: [], mixers: [], decryptions: new Map(),
    })),
    phase: "before",
    attendance: null,
    ctx: new Uint8Array(0),
    tctx: new Uint8Array(0),
    openingAgreed: new Set(),
    closeAgreed: new Set(),
    slips: new Map(),
    kiosks: new Map(
      scheme.kiosks.filter((k) => stage.boxes.includes(k.box)).map((k) => [k.id, { box: k.box, last: 0n, ended: false }])),
    ballots: new Set(),
    alphas: new Set(),
    struck: [],
    cast: 0, challenged: 0, abandoned: 0, voided: 0, issued: 0,
    report: null,
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
    incidents: [],
  };
}

export const listName = (box: string, round: number): string => `${box}/${round}`;

export const sameBytes = (a: Bytes, b: Bytes): boolean => hex(a) === hex(b);

// A whole record checked from its bytes (sections 14 and 15). Everything in it is computed anew; nothing is trusted.
// The callback hears how far it is and how many entries have passed each group of checks; a group holds when all is done.
import { equal, hex } from "./bytes.ts";
import type { Files } from "./files.ts";
import type { Decision } from "./decisions.ts";
import { Fold } from "./fold.ts";
import { type Group, groupOfCheck, groupsOfKind, kGroups } from "./groups.ts";
import type { LocalText } from "./members.ts";
import { type Cosignature, type Witness, cosignatures, isSignedBy, vkey } from "./note.ts";
import { checkTiles, readLog, readObject } from "./record.ts";
import { Refusal, must } from "./refusal.ts";
import type { StageReport } from "./results.ts";
import { type OpenMatter, type Outcome, openMatters, outcomeOf } from "./settlement.ts";
import type { Incident, State } from "./state.ts";

export interface Progress {
  readonly done: number;
  readonly of: number;
  // How many entries have passed each group of checks so far.
  readonly passed: Readonly<Partial<Record<Group, number>>>;
}

export interface Options {
  // Keys learned from elsewhere: the log's vkey, the organiser's key in hexadecimal. The scheme must name these (V01.key).
  readonly log?: string | undefined;
  readonly organiser?: string | undefined;
  // A congress under way is no failure.
  readonly partial?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

export interface StageResult {
  readonly id: string;
  readonly title: LocalText;
  readonly contests: { id: string; title: LocalText }[];
  readonly counted: boolean;
  readonly over: boolean; // counted, or declared void
  readonly void: boolean;
  readonly cast: number;
  readonly challenged: number;
  readonly abandoned: number;
  readonly voided: number;
  readonly report: StageReport | null;
}

export interface Verification {
  verified: boolean;
  failure: { check: string; what: string; entry: number | null } | null;
  log: string | null;
  size: number | null;
  root: string | null;
  congress: string | null;
  title: LocalText | null;
  rehearsal: boolean | null;
  // Who cosigned the checkpoint, of how many, and how many are needed; that nobody did is no failure.
  witnesses: { known: number; needed: number; cosigned: Cosignature[] };
  groups: { name: Group; result: "held" | "failed" | "unfinished" }[];
  incidents: Incident[];
  stages: StageResult[];
  decisions: Decision[];
  outcome: Outcome | null;
  open: OpenMatter[];
  // Where the report to the superior body stands; null: there is none.
  reported: { accepted: boolean | null; reference: string } | null;
}

function empty(): Verification {
  return {
    verified: false, failure: null, log: null, size: null, root: null, congress: null, title: null, rehearsal: null,
    witnesses: { known: 0, needed: 0, cosigned: [] }, groups: [],
    incidents: [], stages: [], decisions: [], outcome: null, open: [], reported: null,
  };
}

function describe(out: Verification, state: State): void {
  out.congress = hex(state.congress);
  out.title = state.scheme.congress.title;
  out.rehearsal = state.scheme.rehearsal;
  out.log = vkey(state.scheme.log.origin, state.scheme.log.key);
  out.incidents = state.incidents;
  out.stages = state.stages.map((s) => ({
    id: s.stage.id, title: s.stage.title,
    contests: s.contests.map((c) => ({ id: c.contest.id, title: c.contest.title })), counted: s.phase === "counted",
    over: s.phase === "counted" || s.phase === "voided", void: s.phase === "voided",
    cast: s.cast, challenged: s.challenged, abandoned: s.abandoned, voided: s.voided, report: s.report,
  }));
}

// The first entry that broke a rule while a stage was open, where no close has judged it.
function unstruck(state: State | null): Refusal | null {
  const open = state?.stages.find((s) => s.phase === "open" && s.struck.length > 0);
  return open?.struck[0]!.refusal ?? null;
}

// The witnesses of the scheme and its kiosks, whose cosignatures are made with the key that signs their ballots.
function witnessesOf({ congress, witnesses, kiosks }: State["scheme"]): Witness[] {
  return [...witnesses, ...kiosks.map((k) => ({ name: `${congress.id}/${k.id}`, key: k.key }))];
}

function checkCounted(state: State): void {
  for (const stage of state.stages)
    must(stage.phase === "counted" || stage.phase === "voided", "record.incomplete", `stage ${stage.stage.id} is not counted`);
}

function checkKnown(state: State, options: Options): void {
  const { log, organiser } = state.scheme;
  const named = { log: vkey(log.origin, log.key), organiser: hex(organiser) };
  for (const who of ["log", "organiser"] as const)
    if (options[who] !== undefined && options[who] !== named[who])
      throw new Refusal("V01.key", `the scheme names another ${who} key: ${named[who]}`, 0);
}

async function run(files: Files, fold: Fold, options: Options, out: Verification): Promise<void> {
  const { checkpoint, entries } = await readLog(files);
  out.size = checkpoint.size;
  const passed: Partial<Record<Group, number>> = {};
  let expected = 0;
  for (const [i, entry] of entries.entries()) {
    if (i >= expected) expected = i + fold.expect(entries, i);
    options.onProgress?.({ done: i, of: entries.length, passed });
    await fold.apply(entry);
    if (i === 0) checkKnown(fold.state, options);
    for (const group of groupsOfKind(entry[1]!)) passed[group] = (passed[group] ?? 0) + 1;
  }
  options.onProgress?.({ done: entries.length, of: entries.length, passed });
  const { origin, key } = fold.state.scheme.log;
  must(isSignedBy(checkpoint, origin, key), "log.note", "the log's key has not signed the checkpoint");
  must(checkpoint.origin === origin, "log.checkpoint", `the checkpoint is of ${checkpoint.origin}, not ${origin}`);
  must(equal(fold.tree.root(), checkpoint.root), "log.root", "the entries have another Merkle root than the checkpoint");
  out.root = hex(checkpoint.root);
  const known = witnessesOf(fold.state.scheme);
  out.witnesses = { known: known.length, needed: Math.floor(known.length / 2) + 1, cosigned: [] };
  out.witnesses.cosigned = cosignatures(checkpoint, known);
  await checkTiles(files, fold.tree);
  if (!options.partial) checkCounted(fold.state);
}

export async function verify(open: () => Files, options: Options = {}): Promise<Verification> {
  const out = empty();
  let fold: Fold | null = null;
  let failure: Refusal | null = null;
  try {
    const files = open();
    fold = new Fold({ get: (name) => readObject(files, name) });
    await run(files, fold, options, out);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    failure = error;
  }
  const reached = fold?.reached ?? null;
  if (reached !== null) describe(out, reached);
  failure = unstruck(reached) ?? failure;
  if (fold !== null) out.decisions = fold.decisions;
  if (failure !== null) out.failure = { check: failure.check, what: failure.what, entry: failure.entry };
  out.verified = failure === null;
  if (out.verified && reached !== null) {
    out.outcome = outcomeOf(reached);
    out.open = openMatters(reached);
    if (reached.reported !== null) out.reported = { accepted: reached.reported.accepted, reference: reached.reported.reference };
  }
  const failed = failure === null ? null : groupOfCheck(failure.check);
  out.groups = kGroups.map((name) => ({
    name,
    result: failed === null ? "held" : name === failed ? "failed" : "unfinished",
  }));
  return out;
}

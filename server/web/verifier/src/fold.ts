// The fold of section 13: entry after entry, each by the rule of its kind; voting entries that break a rule are struck.
import { type Decision, decisionOf } from "./decisions.ts";
import { type Bytes, equal } from "./bytes.ts";
import { type Envelope, readEnvelope } from "./envelope.ts";
import { Tree, leafHash } from "./merkle.ts";
import { Refusal, must } from "./refusal.ts";
import * as candidates from "./rules/candidates.ts";
import * as ceremony from "./rules/ceremony.ts";
import * as closing from "./rules/closing.ts";
import * as following from "./rules/following.ts";
import * as opening from "./rules/opening.ts";
import * as people from "./rules/people.ts";
import * as reportUp from "./rules/report_up.ts";
import type { Objects, Rule } from "./rules/rule.ts";
import * as setup from "./rules/setup.ts";
import * as tally from "./rules/tally.ts";
import * as voiding from "./rules/voiding.ts";
import * as voting from "./rules/voting.ts";
import type { StageState, State } from "./state.ts";

const kRules: ReadonlyMap<number, Rule> = new Map<number, Rule>([
  [2, ceremony.commit],
  [3, ceremony.share],
  [4, ceremony.confirm],
  [5, ceremony.complaint],
  [6, setup.slips],
  [7, setup.attendance],
  [8, opening.opening],
  [9, opening.openingAgreed],
  [10, voting.ballot],
  [11, voting.ballot],
  [12, voting.ballot],
  [13, voting.voidSlip],
  [14, closing.kioskEnd],
  [15, closing.kioskEnd],
  [16, closing.close],
  [17, closing.closeAgreed],
  [18, tally.mix],
  [19, tally.decryption],
  [20, tally.count],
  [21, ceremony.trusteeLost],
  [22, tally.spellings],
  [23, people.enrolment],
  [24, people.keyReplaced],
  [25, voiding.smallGroup],
  [26, voiding.stageVoided],
  [27, voiding.resultVoided],
  [28, following.baseConfirmed],
  [29, candidates.superiorRecommendation],
  [30, candidates.shortlist],
  [31, candidates.candidates],
  [32, candidates.notice],
  [33, candidates.objection],
  [34, candidates.objectionAnswered],
  [35, following.stageAdded],
  [36, following.seatsReduced],
  [37, following.tieDecided],
  [38, reportUp.reportUp],
  [39, reportUp.countersign],
  [40, people.audit],
]);

const kAudit = 40;
const kRun = 1024; // ballots that are looked at together
const isBallot = (entry: Bytes): boolean => entry[1]! >= 10 && entry[1]! <= 12;
const isVoting = (kind: number): boolean => kind >= 10 && kind <= 13;

export class Fold {
  readonly tree = new Tree();
  readonly decisions: Decision[] = [];
  private current: State | null = null;
  private readonly read = new Map<Bytes, Envelope>(); // of the run of ballots under way

  constructor(private readonly objects: Objects) {}

  get state(): State {
    return this.current!;
  }
  // Null before the scheme.
  get reached(): State | null {
    return this.current;
  }

  // Of the entries from this one on, how many were looked at together: a run of ballots, or the one.
  expect(entries: readonly Bytes[], from: number): number {
    this.read.clear();
    let end = from;
    while (end < entries.length && end - from < kRun && isBallot(entries[end]!)) end++;
    if (end - from < 2 || this.current === null) return Math.max(1, end - from);
    for (const bytes of entries.slice(from, end)) {
      try {
        this.read.set(bytes, readEnvelope(bytes));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
    voting.expectBallots(this.current, [...this.read.values()]);
    return end - from;
  }

  // Throws a Refusal that names the entry, if it may not stand here.
  async apply(bytes: Bytes): Promise<void> {
    const index = this.tree.size;
    let e: Envelope | null = null;
    try {
      e = this.read.get(bytes) ?? readEnvelope(bytes);
      await this.applyAt(index, e);
      const decision = decisionOf(index, e, this.current!);
      if (decision !== null) this.decisions.push(decision);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      error.entry ??= index;
      const stage = e !== null && isVoting(e.kind) ? this.openStage() : null;
      if (stage === null) throw error;
      stage.struck.push({ index, refusal: error });
      this.current!.incidents.push({ entry: index, check: error.check, what: error.what });
    }
    this.tree.append(leafHash(bytes));
  }

  // Of several open stages the one whose id is first by bytes.
  private openStage(): StageState | null {
    const open = this.current?.stages.filter((s) => s.phase === "open") ?? [];
    return open.sort((a, b) => (a.stage.id < b.stage.id ? -1 : 1))[0] ?? null;
  }

  private async applyAt(index: number, e: Envelope): Promise<void> {
    must((index === 0) === (e.kind === 1), "E08.first", "entry 0 is the scheme, and no other");
    if (this.current === null) {
      this.current = await setup.openScheme(e, this.objects);
    } else {
      must(equal(e.congress, this.current.congress), "E03.congress", "an entry of another congress");
      const { scheme, reported } = this.current;
      must(e.rehearsal === scheme.rehearsal, "E03.rehearsal", "a rehearsal's entry in a congress, or the other way round");
      must(reported?.accepted !== true || e.kind === kAudit, "C07.ended", "the result is accepted; only audits follow");
      this.current.index = index;
      this.current.root = (size) => this.tree.root(size);
      await kRules.get(e.kind)!(this.current, e, this.objects);
    }
  }
}

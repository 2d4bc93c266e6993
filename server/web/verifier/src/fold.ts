// The fold of section 13: entry after entry, each by the rule of its kind; voting entries that break a rule are struck.
import { type Bytes, equal } from "./bytes.ts";
import { type Envelope, readEnvelope } from "./envelope.ts";
import { Tree, leafHash } from "./merkle.ts";
import { Refusal, must } from "./refusal.ts";
import * as ceremony from "./rules/ceremony.ts";
import * as closing from "./rules/closing.ts";
import * as opening from "./rules/opening.ts";
import type { Objects, Rule } from "./rules/rule.ts";
import * as setup from "./rules/setup.ts";
import * as tally from "./rules/tally.ts";
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
]);

const isVoting = (kind: number): boolean => kind >= 10 && kind <= 13;

export class Fold {
  readonly tree = new Tree();
  private current: State | null = null;

  constructor(private readonly objects: Objects) {}

  get state(): State {
    return this.current!;
  }
  // Null before the scheme.
  get reached(): State | null {
    return this.current;
  }

  // Throws a Refusal that names the entry, if it may not stand here.
  async apply(bytes: Bytes): Promise<void> {
    const index = this.tree.size;
    let e: Envelope | null = null;
    try {
      e = readEnvelope(bytes);
      await this.applyAt(index, e);
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
      this.current.index = index;
      this.current.root = () => this.tree.root();
      await kRules.get(e.kind)!(this.current, e, this.objects);
    }
  }
}

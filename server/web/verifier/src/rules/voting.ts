// Entries 10 cast, 11 challenge, 12 abandon, 13 void-slip (section 13). What breaks a rule while its stage is open is
// struck by the fold; these rules only say what is wrong.
import { type Ballot, expectKnowledge, knowsContents, opens, readBallot, readOpening } from "../ballot.ts";
import { type Bytes, equal, hex } from "../bytes.ts";
import { type Envelope, signedBy, statement } from "../envelope.ts";
import { H } from "../hash.ts";
import { Refusal, must, refuse } from "../refusal.ts";
import { type Claim, expectSignatures, verifies } from "../signature.ts";
import type { StageState, State } from "../state.ts";
import { type Rule, bodyReader, bySupervisors, inPhase, stageOf } from "./rule.ts";

const kChallenge = 11;
const kAbandon = 12;
const kBatch = 256; // ballots whose proofs are one sum

interface Voting {
  readonly ballot: Ballot;
  readonly stage: StageState;
}

function stageOfBallot(state: State, ballot: Ballot): StageState {
  const stage = state.stages.find((s) => s.phase !== "before" && equal(s.ctx, ballot.ctx));
  if (stage === undefined) refuse("V08.ctx", "no open stage has the ballot's digest");
  must(stage.phase !== "opening", "V06.sig", "not every trustee has agreed to the opening");
  inPhase(stage, ["open"]);
  return stage;
}

function checkForm(state: State, stage: StageState, ballot: Ballot): void {
  const slip = stage.slips.get(hex(ballot.credential));
  must(slip !== undefined, "V08.cred", "the slip is not on the stage's lists");
  must(slip.box === ballot.box, "V08.style", `a slip of box ${slip.box} in box ${ballot.box}`);
  const kiosk = state.scheme.kiosks.find((k) => k.id === ballot.kiosk);
  must(kiosk?.box === ballot.box && stage.kiosks.has(ballot.kiosk), "V08.kiosk", `kiosk ${ballot.kiosk} does not serve the box`);
  const wanted = stage.contests;
  must(
    ballot.contests.length === wanted.length && ballot.contests.every((c, i) => c.contest === wanted[i]!.contest.id),
    "V08.contests",
    "not the contests of the stage in their order",
  );
  must(ballot.contests.every((c, i) => c.width === wanted[i]!.width), "V08.width", "a contest of another width");
}

function checkProofs(state: State, e: Envelope, ballot: Ballot, signature: Bytes, opening: Bytes): void {
  const kiosk = state.scheme.kiosks.find((k) => k.id === ballot.kiosk)!;
  must(verifies(kiosk.key, H("sig/kiosk-ballot", ballot.hash), signature), "V08.ksig", "the kiosk's signature does not verify");
  const y = state.ceremony.y!;
  for (const sealed of ballot.contests)
    must(knowsContents(ballot, sealed, y.bytes), "V08.pok", `contest ${sealed.contest}: no proof of knowledge`);
  signedBy(e, e.kind === kAbandon ? kiosk.key : ballot.credential);
  if (e.kind !== kChallenge) {
    must(opening.length === 0, "V11.open", "an opening where nothing was challenged");
    return;
  }
  const opened = readOpening(opening);
  must(
    opened.length === ballot.contests.length && ballot.contests.every((c, i) => opens(c, opened[i]!, y)),
    "V11.open",
    "what was opened is not what was sealed",
  );
}

function alphasOf(ballot: Ballot): string[] {
  return ballot.contests.flatMap((c) => c.row.points.filter((_, i) => i % 2 === 0).map((p) => hex(p.bytes)));
}

function checkOrder(e: Envelope, { ballot, stage }: Voting): void {
  must(!stage.ballots.has(hex(ballot.hash)), "V09.twice", "the ballot stands on the log already");
  const alphas = alphasOf(ballot);
  must(
    new Set(alphas).size === alphas.length && !alphas.some((a) => stage.alphas.has(a)),
    "V09.replay",
    "part of another ballot is repeated",
  );
  const kiosk = stage.kiosks.get(ballot.kiosk)!;
  must(!kiosk.ended && ballot.seq === kiosk.last + 1n, "V09.seq", `number ${ballot.seq} after ${kiosk.last}`);
  if (e.kind === kAbandon) return;
  const slip = stage.slips.get(hex(ballot.credential))!;
  must(!slip.voided, "V09.voided", "the slip was voided");
  must(!slip.cast, "V09.second", "the slip has cast a ballot");
}

interface BallotEntry {
  readonly ballot: Ballot;
  readonly signature: Bytes; // the kiosk's
  readonly opening: Bytes;
}

const entries = new WeakMap<Envelope, BallotEntry>();

function ballotEntry(e: Envelope): BallotEntry {
  const before = entries.get(e);
  if (before !== undefined) return before;
  const reader = bodyReader(e);
  const bytes = reader.blob();
  const signature = reader.fixed(64);
  const opening = reader.blob();
  reader.end();
  const out = { ballot: readBallot(bytes), signature, opening };
  entries.set(e, out);
  return out;
}

// Looks at ballots that come one after the other: what all of them claim is checked together, before each is judged by
// its rule. Here nothing is refused, and what the sums do not show the rule finds out.
export function expectBallots(state: State, run: Envelope[]): void {
  const claims: Claim[] = [];
  const ballots: Ballot[] = [];
  for (const e of run) {
    let read: BallotEntry;
    try {
      read = ballotEntry(e);
    } catch (error) {
      if (error instanceof Refusal) continue;
      throw error;
    }
    const kiosk = state.scheme.kiosks.find((k) => k.id === read.ballot.kiosk);
    if (kiosk === undefined) continue;
    ballots.push(read.ballot);
    claims.push({ key: kiosk.key, message: H("sig/kiosk-ballot", read.ballot.hash), signature: read.signature });
    for (const { key, signature } of e.signatures) claims.push({ key, message: statement(e), signature });
  }
  expectSignatures(claims);
  if (state.ceremony.y === null) return;
  for (let at = 0; at < ballots.length; at += kBatch)
    expectKnowledge(ballots.slice(at, at + kBatch), state.ceremony.y.bytes);
}

export const ballot: Rule = (state, e) => {
  const { ballot: read, signature, opening } = ballotEntry(e);
  must(e.minutes % 60 === 0, "E06.time", "the time is finer than an hour");
  const stage = stageOfBallot(state, read);
  checkForm(state, stage, read);
  checkProofs(state, e, read, signature, opening);
  checkOrder(e, { ballot: read, stage });
  stage.ballots.add(hex(read.hash));
  for (const alpha of alphasOf(read)) stage.alphas.add(alpha);
  stage.kiosks.get(read.kiosk)!.last = read.seq;
  if (e.kind === kChallenge) stage.challenged++;
  else if (e.kind === kAbandon) stage.abandoned++;
  else {
    stage.cast++;
    stage.slips.get(hex(read.credential))!.cast = true;
    read.contests.forEach((c, i) => stage.contests[i]!.rows.push(c.row));
  }
};

export const voidSlip: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const credential = reader.fixed(32);
  reader.text();
  reader.end();
  bySupervisors(state, e);
  const stage = stageOf(state, id);
  inPhase(stage, ["open"]);
  const slip = stage.slips.get(hex(credential));
  must(slip !== undefined && !slip.voided, "V10.known", "the slip is not on the list, or voided before");
  must(!slip.cast, "V10.used", "the slip has cast a ballot");
  slip.voided = true;
  stage.voided++;
};

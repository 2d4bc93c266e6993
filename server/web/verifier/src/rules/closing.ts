// Entries 14 kiosk-final, 15 kiosk-lost, 16 close, 17 close-agreed (section 13).
import { equal } from "../bytes.ts";
import { signedBy } from "../envelope.ts";
import { H } from "../hash.ts";
import { must, refuse } from "../refusal.ts";
import type { StageState, State } from "../state.ts";
import { type Rule, bodyReader, byTrustee, bySupervisors, inPhase, stageOf } from "./rule.ts";

const kKioskLost = 15;
const kMaxStruck = 8000;

export const kioskEnd: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const name = reader.name();
  const last = reader.u64();
  const reason = reader.text();
  reader.end();
  if (e.kind === kKioskLost) {
    bySupervisors(state, e);
    must(reason !== "", "E02.encoding", "a lost kiosk needs a reason");
  } else signedBy(e, (state.scheme.kiosks.find((k) => k.id === name) ?? refuse("V12.kiosks", `no kiosk ${name}`)).key);
  const stage = stageOf(state, id);
  inPhase(stage, ["open"]);
  const kiosk = stage.kiosks.get(name) ?? refuse("V12.kiosks", `kiosk ${name} does not serve the stage`);
  must(!kiosk.ended && kiosk.last === last, "V12.kiosk_final", `kiosk ${name} says ${last}, the log has ${kiosk.last}`);
  kiosk.ended = true;
  if (e.kind === kKioskLost)
    state.incidents.push({ entry: state.index, check: "V12.kiosk_final", what: `kiosk ${name} lost: ${reason}` });
};

interface BoxAccount {
  readonly box: string;
  readonly checkedIn: bigint;
  readonly issued: bigint;
  readonly unused: bigint;
  readonly voided: bigint;
  readonly cast: bigint;
}

function countIn(stage: StageState, box: string, what: (slip: { cast: boolean; voided: boolean }) => boolean): bigint {
  let count = 0n;
  for (const slip of stage.slips.values()) if (slip.box === box && what(slip)) count++;
  return count;
}

function checkBoxes(stage: StageState, boxes: BoxAccount[]): void {
  const wanted = stage.stage.boxes;
  must(boxes.length === wanted.length && boxes.every((b, i) => b.box === wanted[i]), "V12.boxes", "not the stage's boxes in order");
  let checkedIn = 0n;
  for (const b of boxes) {
    must(b.cast === countIn(stage, b.box, (s) => s.cast), "V12.cast", `box ${b.box}: ${b.cast} cast`);
    must(b.voided === countIn(stage, b.box, (s) => s.voided), "V12.slips", `box ${b.box}: ${b.voided} voided`);
    must(b.cast <= b.issued && b.issued <= b.checkedIn, "V12.turnout", `box ${b.box}: cast ≤ issued ≤ checked in`);
    const listed = countIn(stage, b.box, () => true);
    must(b.issued + b.unused + b.voided === listed, "V12.slips", `box ${b.box}: the slips do not add up to ${listed}`);
    checkedIn += b.checkedIn;
  }
  must(checkedIn <= BigInt(stage.attendance!.present), "V12.turnout", `${checkedIn} checked in, ${stage.attendance!.present} present`);
}

// In the scheme's order; those enrolled later stand at its end.
const kiosksInOrder = (state: State, stage: StageState) =>
  state.scheme.kiosks.flatMap(({ id }) => {
    const kiosk = stage.kiosks.get(id);
    return kiosk === undefined ? [] : [[id, kiosk] as const];
  });

function checkKiosks(state: State, stage: StageState, kiosks: { name: string; last: bigint }[]): void {
  const wanted = kiosksInOrder(state, stage);
  for (const [name, kiosk] of wanted) must(kiosk.ended, "V12.kiosk_final", `kiosk ${name} has not ended`);
  must(
    kiosks.length === wanted.length &&
      kiosks.every((k, i) => k.name === wanted[i]![0] && k.last === wanted[i]![1].last),
    "V12.kiosks",
    "not every kiosk of the stage with its last number",
  );
}

// An unlisted struck entry is refused under the rule it breaks; a listed valid one is V12.struck.
function checkStruck(stage: StageState, listed: bigint[]): void {
  const actual = stage.struck.map((s) => BigInt(s.index));
  const missing = stage.struck.find((s) => !listed.includes(BigInt(s.index)));
  if (missing !== undefined) throw missing.refusal;
  must(
    listed.length === actual.length && listed.every((index, i) => index === actual[i]),
    "V12.struck",
    "a good entry is struck, or the list does not ascend",
  );
}

export const close: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const logSize = reader.u64();
  const logRoot = reader.fixed(32);
  const counts = [reader.u64(), reader.u64(), reader.u64(), reader.u64()];
  const boxes = reader.list(45, () => ({
    box: reader.name(), checkedIn: reader.u64(), issued: reader.u64(), unused: reader.u64(), voided: reader.u64(),
    cast: reader.u64(),
  }));
  const kiosks = reader.list(13, () => ({ name: reader.name(), last: reader.u64() }));
  const struck = reader.list(8, () => reader.u64(), kMaxStruck);
  reader.end();
  bySupervisors(state, e);
  const stage = stageOf(state, id);
  inPhase(stage, ["open"]);
  must(logSize === BigInt(state.index) && equal(logRoot, state.root()), "V12.root", "another log before this entry");
  checkStruck(stage, struck);
  const actual = [stage.cast, stage.challenged, stage.abandoned, stage.voided];
  must(counts.every((n, i) => n === BigInt(actual[i]!)), "V12.cast", `counts ${counts} instead of ${actual}`);
  checkBoxes(stage, boxes);
  checkKiosks(state, stage, kiosks);
  stage.issued = Number(boxes.reduce((sum, b) => sum + b.issued, 0n));
  stage.tctx = H("close", stage.ctx, e.body);
  stage.phase = "closing";
};

export const closeAgreed: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const trustee = reader.u32();
  const tctx = reader.fixed(64);
  reader.end();
  byTrustee(state, e, trustee);
  const stage = stageOf(state, id);
  inPhase(stage, ["closing", "tallying"]);
  must(equal(tctx, stage.tctx), "V12.tctx", "agreed to another close");
  must(!stage.closeAgreed.has(trustee), "V12.sigs", `trustee ${trustee} agrees twice`);
  stage.closeAgreed.add(trustee);
  if (stage.closeAgreed.size >= state.parameters.k && stage.phase === "closing") stage.phase = "tallying";
};

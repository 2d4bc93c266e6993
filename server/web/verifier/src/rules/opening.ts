// Entries 8 opening and 9 opening-agreed (section 13).
import { equal } from "../bytes.ts";
import { point } from "../group.ts";
import { H } from "../hash.ts";
import { must } from "../refusal.ts";
import type { Stage } from "../scheme.ts";
import { isSettled, rootStage } from "../settlement.ts";
import { type StageState, type State, listName } from "../state.ts";
import { meets } from "../threshold.ts";
import { checkCandidatesReady } from "./candidates.ts";
import { openIfAgreed } from "./ceremony.ts";
import { type Rule, bodyReader, byTrustee, bySupervisors, inPhase, stageOf } from "./rule.ts";

interface BoxSlips {
  readonly box: string;
  readonly hash: Uint8Array;
  readonly count: bigint;
}

function checkBoxes(state: State, stage: StageState, boxes: BoxSlips[]): void {
  const wanted = stage.stage.boxes;
  must(boxes.length === wanted.length, "V06.ctx", "not the boxes of the stage");
  boxes.forEach(({ box, hash, count }, i) => {
    must(box === wanted[i], "V06.ctx", `box ${box} instead of ${wanted[i]}`);
    const list = state.slipLists.get(listName(box, stage.stage.round));
    must(list !== undefined, "E07.order", `box ${box} has no slips of round ${stage.stage.round}`);
    must(equal(list.hash, hash) && BigInt(list.credentials.length) === count, "V06.ctx", `other slips for box ${box}`);
  });
}

function checkQuorum(stage: StageState): void {
  const attendance = stage.attendance;
  must(attendance !== null, "E07.order", "there is no attendance of the stage");
  const { registered, expected, present } = attendance;
  const base = stage.stage.quorum.base === "registered" ? registered : expected;
  must(meets(stage.stage.quorum, present, base), "A02.quorum", `${present} of ${base} are present`);
}

// Midnight at UTC+8, in minutes.
const midnight = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 60_000 - 8 * 60;

// What comes before is settled, and the day has come; of an added stage first for the stages that it goes back to.
function checkTurn(state: State, plan: Stage, minutes: number): void {
  for (const id of plan.contests) {
    const root = rootStage(state, id);
    if (root.id !== plan.id) checkTurn(state, root, minutes);
  }
  for (const id of plan.after) {
    const settled = stageOf(state, id).stage.contests.every((contest) => isSettled(state, contest));
    must(settled, "C05.after", `stage ${id} is not settled`);
  }
  must(plan.notBefore === "" || minutes >= midnight(plan.notBefore), "C05.not_before", `not before ${plan.notBefore}`);
}

function checkSmall(stage: StageState): void {
  const { present } = stage.attendance!;
  const { minBallots } = stage.stage;
  must(present >= minBallots || stage.smallGroup, "A03.small", `${present} are present, at least ${minBallots} should vote`);
}

export const opening: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const boxes = reader.list(44, () => ({ box: reader.name(), hash: reader.fixed(32), count: reader.u64() }));
  const logSize = reader.u64();
  const logRoot = reader.fixed(32);
  const t1 = reader.fixed(64);
  const strict = () => point(reader.fixed(32))?.bytes ?? reader.fail("a point is not a strict encoding");
  const y = strict();
  const keys = reader.list(32, strict);
  reader.end();
  bySupervisors(state, e);
  const stage = stageOf(state, id, "V06.ctx");
  inPhase(stage, ["before"]);
  const ceremony = state.ceremony;
  checkQuorum(stage);
  checkTurn(state, stage.stage, e.minutes);
  checkCandidatesReady(state, stage, e.minutes);
  checkSmall(stage);
  must(ceremony.y !== null && ceremony.t1 !== null, "E07.order", "the key ceremony is not over");
  must(equal(t1, ceremony.t1), "V06.ctx", "another transcript of the ceremony");
  must(equal(y, ceremony.y.bytes), "V05.Y", "another public key than the ceremony's");
  must(
    keys.length === state.parameters.n && keys.every((key, i) => equal(key, ceremony.keys[i]!.bytes)),
    "V06.ctx",
    "other trustees' keys than the ceremony's",
  );
  checkBoxes(state, stage, boxes);
  must(logSize === BigInt(state.index) && equal(logRoot, state.root()), "E07.order", "another log before this entry");
  for (const box of stage.stage.boxes)
    for (const credential of state.slipLists.get(listName(box, stage.stage.round))!.credentials)
      stage.slips.set(credential, { box, cast: false, voided: false });
  for (const { id: kiosk, box } of state.scheme.kiosks)
    if (stage.stage.boxes.includes(box)) stage.kiosks.set(kiosk, { box, last: 0n, ended: false });
  stage.ctx = H("open", state.congress, e.body);
  stage.phase = "opening";
};

export const openingAgreed: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const trustee = reader.u32();
  const ctx = reader.fixed(64);
  reader.end();
  byTrustee(state, e, trustee);
  const stage = stageOf(state, id);
  inPhase(stage, ["opening"]);
  must(equal(ctx, stage.ctx), "V06.ctx", "agreed to another opening");
  must(!stage.openingAgreed.has(trustee), "V06.sig", `trustee ${trustee} agrees twice`);
  must(!state.lostTrustees.has(trustee), "E05.author", `trustee ${trustee} was declared lost`);
  stage.openingAgreed.add(trustee);
  openIfAgreed(state, stage);
};

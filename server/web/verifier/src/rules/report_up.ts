// Entries 38 report-up and 39 countersign (section 13): the outcome goes to the superior body, which answers.
import { encodeText, equal } from "../bytes.ts";
import { sha256 } from "../hash.ts";
import { must } from "../refusal.ts";
import { canonical } from "../report.ts";
import { isSettled, outcomeOf } from "../settlement.ts";
import type { State } from "../state.ts";
import { type Rule, bodyReader, byChair, bySuperior, objectName } from "./rule.ts";

const outcomeFile = (state: State): Uint8Array => encodeText(canonical(outcomeOf(state)));

function checkNothingOpen(state: State): void {
  for (const { phase, stage } of state.stages)
    must(phase === "counted" || phase === "voided", "C07.open", `stage ${stage.id} is not counted`);
  for (const c of state.scheme.contests) {
    const seated = (c.kind === "election" || c.kind === "preelection") && c.follows === null;
    must(!seated || isSettled(state, c.id), "C07.open", `contest ${c.id} is not settled`);
  }
}

export const reportUp: Rule = async (state, e, objects) => {
  const reader = bodyReader(e);
  const object = objectName(reader);
  reader.end();
  byChair(state, e);
  must(state.reported === null || state.reported.accepted !== null, "E07.order", "the last report waits for its answer");
  checkNothingOpen(state);
  const file = await objects.get(object);
  must(equal(file, outcomeFile(state)), "C07.outcome", "the report is not what the results come to");
  state.reported = { entry: state.index, outcome: object.hash, accepted: null, reference: "" };
};

export const countersign: Rule = (state, e) => {
  const reader = bodyReader(e);
  const report = reader.u64();
  const accepted = reader.bool();
  const reference = reader.text();
  const reason = reader.text();
  reader.end();
  bySuperior(state, e);
  const { reported } = state;
  must(reported !== null && reported.accepted === null, "E07.order", "no report waits for an answer");
  must(report === BigInt(reported.entry), "C07.report", `the answer is to ${report}, the report is ${reported.entry}`);
  must((accepted ? reference : reason) !== "", "C07.report", "accepted without a reference, or sent back without a reason");
  if (accepted) {
    checkNothingOpen(state);
    must(equal(sha256(outcomeFile(state)), reported.outcome), "C07.outcome", "the results have changed since the report");
  } else state.incidents.push({ entry: state.index, check: "C07.report", what: `sent back: ${reason}` });
  reported.accepted = accepted;
  reported.reference = reference;
};

// Entries 1 scheme, 6 slips, 7 attendance (section 13).
import { type Bytes, compare, equal, hex } from "../bytes.ts";
import { type Envelope, signedBy } from "../envelope.ts";
import { H } from "../hash.ts";
import { must } from "../refusal.ts";
import { readScheme } from "../scheme.ts";
import { checkScheme } from "../scheme_rules.ts";
import { isKey } from "../signature.ts";
import { type State, listName, newState } from "../state.ts";
import { type Objects, type Rule, bodyReader, bySupervisors, inPhase, objectName, stageOf } from "./rule.ts";

export async function openScheme(e: Envelope, objects: Objects): Promise<State> {
  const reader = bodyReader(e);
  const name = objectName(reader);
  reader.end();
  const file = await objects.get(name);
  const congress = H("draft", file);
  const scheme = readScheme(file);
  checkScheme(scheme);
  must(equal(e.congress, congress), "E03.congress", "the entry is of another congress than its scheme");
  signedBy(e, scheme.organiser);
  return newState(scheme, congress);
}

function readCredentials(list: Bytes, known: Set<string>): string[] {
  must(list.length % 32 === 0, "E02.encoding", "a list of slips is not a number of keys");
  const out: string[] = [];
  for (let at = 0; at < list.length; at += 32) {
    const key = list.subarray(at, at + 32);
    const order = at === 0 ? 1 : compare(key, list.subarray(at - 32, at));
    const name = hex(key);
    must(order !== 0, "V02.dup", `credential ${name} is listed twice`);
    must(order > 0, "V02.order", "the credentials do not ascend");
    must(isKey(key), "V02.key", `credential ${name} is not a valid key`);
    out.push(name);
  }
  for (const name of out) must(!known.has(name), "V02.dup", `credential ${name} is listed twice`);
  return out;
}

export const slips: Rule = async (state, e, objects) => {
  const reader = bodyReader(e);
  const box = reader.name();
  const round = reader.u8();
  const object = objectName(reader);
  reader.end();
  signedBy(e, state.scheme.desk);
  must(state.scheme.boxes.some((b) => b.id === box), "V02.box", `no box ${box} in the scheme`);
  const name = listName(box, round);
  must(!state.slipLists.has(name), "E07.order", `box ${box} has its slips of round ${round}`);
  const credentials = readCredentials(await objects.get(object), state.credentials);
  for (const credential of credentials) state.credentials.add(credential);
  state.slipLists.set(name, { hash: object.hash, credentials });
};

export const attendance: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const roll = reader.u32();
  const votingRoll = reader.u32();
  const deductions = reader.list(16, () => {
    const ground = reader.text();
    const persons = reader.u32();
    const consent = reader.text();
    reader.u32();
    return { persons, whole: ground !== "" && consent !== "" && persons > 0 };
  });
  const expected = reader.u32();
  const present = reader.u32();
  reader.end();
  bySupervisors(state, e);
  const stage = stageOf(state, id, "A01.identity");
  must(deductions.every((d) => d.whole), "A01.identity", "a deduction without ground, consent or persons");
  const deducted = deductions.reduce((sum, d) => sum + d.persons, 0);
  must(
    votingRoll <= roll && expected === votingRoll - deducted && present <= expected,
    "A01.identity",
    `roll ${roll}, voting ${votingRoll}, deducted ${deducted}, expected ${expected}, present ${present}`,
  );
  inPhase(stage, ["before"]);
  stage.attendance = { expected, present };
};

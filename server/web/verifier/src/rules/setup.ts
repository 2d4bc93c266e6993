// Entries 1 scheme, 6 slips, 7 attendance (section 13).
import { type Bytes, compare, equal, hex } from "../bytes.ts";
import { type Envelope, signedBy } from "../envelope.ts";
import type { Opinion } from "../count.ts";
import { H } from "../hash.ts";
import { must } from "../refusal.ts";
import { readScheme } from "../scheme.ts";
import { checkScheme } from "../scheme_rules.ts";
import { expectKeys, isKey } from "../signature.ts";
import { type StageState, type State, listName, newState } from "../state.ts";
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
  must(e.rehearsal === scheme.rehearsal, "E03.rehearsal", "the scheme and its entry differ in whether this is a rehearsal");
  signedBy(e, scheme.organiser);
  return newState(scheme, congress);
}

function readCredentials(list: Bytes, known: Set<string>): string[] {
  must(list.length % 32 === 0, "E02.encoding", "a list of slips is not a number of keys");
  const out: string[] = [];
  expectKeys(Array.from({ length: list.length / 32 }, (_, i) => list.subarray(32 * i, 32 * i + 32)));
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

const sumOf = (list: { persons: number }[]): number => list.reduce((sum, x) => sum + x.persons, 0);

interface Roll {
  readonly registered: number;
  readonly without: number;
  readonly withVote: number;
  readonly excluded: { ground: string; persons: number; consent: string; votesFor: number }[];
  readonly expected: number;
  readonly present: number;
  readonly absent: { persons: number }[];
  readonly opinions: Opinion[];
}

function checkRoll(r: Roll): void {
  const fault = (holds: boolean, what: string) => must(holds, "A01.identity", what);
  fault(r.withVote + r.without === r.registered, `${r.registered} registered, ${r.without} without vote, ${r.withVote} with it`);
  for (const x of r.excluded) {
    fault(x.ground !== "" && x.consent !== "" && x.persons > 0, "somebody is left out without ground, consent or number");
    fault(2 * x.votesFor > r.present, `${x.votesFor} of ${r.present} present left out others`);
  }
  fault(r.expected + sumOf(r.excluded) === r.withVote, `${r.withVote} with vote less ${sumOf(r.excluded)} are not ${r.expected}`);
  fault(r.present <= r.expected, `${r.present} present of ${r.expected}`);
  fault(r.absent.length === 0 || r.present + sumOf(r.absent) === r.expected, `${sumOf(r.absent)} absent, ${r.present} present of ${r.expected}`);
}

function checkOpinions(stage: StageState, r: Roll): void {
  const seen = new Set<string>();
  for (const o of r.opinions) {
    const contest = stage.contests.find((c) => c.contest.id === o.contest)?.contest;
    const subjects = contest?.kind === "decision" ? contest.candidates.length : 0;
    const name = `${o.contest} ${o.subject}`;
    must(o.subject >= 1 && o.subject <= subjects && !seen.has(name), "A01.identity", `written opinions on ${name}`);
    must(o.approve + o.oppose + r.present <= r.expected, "A01.identity", `more opinions on ${name} than were absent`);
    seen.add(name);
  }
}

export const attendance: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const registered = reader.u32();
  const without = reader.u32() + reader.u32() + reader.u32();
  const roll: Roll = {
    registered, without, withVote: reader.u32(),
    excluded: reader.list(16, () => ({ ground: reader.text(), persons: reader.u32(), consent: reader.text(), votesFor: reader.u32() })),
    expected: reader.u32(), present: reader.u32(),
    absent: reader.list(8, () => {
      reader.text();
      return { persons: reader.u32() };
    }),
    opinions: reader.list(17, () => ({ contest: reader.name(), subject: reader.u32(), approve: reader.u32(), oppose: reader.u32() })),
  };
  reader.end();
  bySupervisors(state, e);
  const stage = stageOf(state, id, "A01.identity");
  checkRoll(roll);
  checkOpinions(stage, roll);
  inPhase(stage, ["before"]);
  const { expected, present, opinions } = roll;
  stage.attendance = { registered, expected, present, opinions };
};

// V01: what must hold within a scheme (sections 13, entry 1, and 18). What joins the stages is in thread_rules.ts.
import { type Bytes, hex } from "./bytes.ts";
import { kMaxWidth, widthFor } from "./blocks.ts";
import { longestContent } from "./content.ts";
import { checkCombination, checkContest, checkThreshold } from "./contest_rules.ts";
import { must } from "./refusal.ts";
import type { Scheme } from "./scheme.ts";
import { isKey } from "./signature.ts";
import { checkThread } from "./thread_rules.ts";

const unique = (ids: string[]): boolean => new Set(ids).size === ids.length;
const fault = (holds: boolean, what: string): void => must(holds, "V01.scheme", what);

function keysOf(s: Scheme): Bytes[] {
  const keys = [s.log.key, s.organiser, s.desk];
  if (s.superior !== null) keys.push(s.superior);
  if (s.chair !== null) keys.push(s.chair.key);
  return [...keys, ...[s.supervisors, s.auditors, s.kiosks, s.trustees].flatMap((list) => list.map((x) => x.key))];
}

// No role but these is served by the key.
export const servesRole = (s: Scheme, key: Bytes): boolean => keysOf(s).some((k) => hex(k) === hex(key));

function checkIds(s: Scheme): void {
  const lists: [string, string[]][] = [
    ["supervisors", s.supervisors.map((x) => x.id)],
    ["kiosks", s.kiosks.map((x) => x.id)],
    ["chambers", s.chambers],
    ["boxes", s.boxes.map((x) => x.id)],
    ["stages", s.stages.map((x) => x.id)],
    ["contests", s.contests.map((x) => x.id)],
    ["combinations", s.combinations.map((x) => x.id)],
  ];
  for (const [name, ids] of lists) fault(unique(ids), `an id is listed twice in ${name}`);
}

function checkBoxes(s: Scheme): void {
  for (const box of s.boxes) {
    fault(s.chambers.includes(box.chamber), `box ${box.id} names no chamber`);
    fault(s.kiosks.some((k) => k.box === box.id), `no kiosk serves box ${box.id}`);
  }
  for (const kiosk of s.kiosks) fault(s.boxes.some((b) => b.id === kiosk.box), `kiosk ${kiosk.id} serves no box`);
}

function checkStages(s: Scheme): void {
  const boxes = new Map(s.boxes.map((b) => [b.id, b]));
  const contests = new Map(s.contests.map((c) => [c.id, c]));
  const staged = new Set<string>();
  const rounds = new Set<string>();
  for (const stage of s.stages) {
    fault(unique(stage.boxes) && unique(stage.contests), `stage ${stage.id} names something twice`);
    for (const id of stage.boxes) {
      fault(boxes.has(id), `stage ${stage.id} names no box`);
      fault(boxes.get(id)?.chamber === boxes.get(stage.boxes[0]!)?.chamber, `box ${id} of stage ${stage.id}`);
      fault(!rounds.has(`${id}/${stage.round}`), `box ${id} uses round ${stage.round} twice`);
      rounds.add(`${id}/${stage.round}`);
    }
    for (const id of stage.contests) {
      fault(contests.get(id)?.kind === stage.kind, `contest ${id} of stage ${stage.id} is not there or of another kind`);
      fault(!staged.has(id), `contest ${id} is in two stages`);
      staged.add(id);
    }
    checkThreshold(stage.quorum, stage.id);
    fault(stage.quorum.base === "expected" || stage.quorum.base === "registered", `base of the quorum of ${stage.id}`);
  }
  for (const id of contests.keys()) fault(staged.has(id), `contest ${id} is in no stage`);
}

// Who counts is no candidate; a note tells two people of one name apart.
export const isSupervisor = (s: Scheme, p: { name: string; note: string }): boolean =>
  p.note === "" && s.supervisors.some((x) => x.name === p.name);

function checkOfficers(s: Scheme): void {
  for (const c of s.contests)
    for (const p of c.kind === "rating" ? [] : c.candidates)
      must(!isSupervisor(s, p), "V01.officers", `${p.name} is a candidate of ${c.id} and a supervisor`);
}

function checkCombinations(s: Scheme): void {
  for (const c of s.combinations) {
    const sources = c.sources.map((source) => source.contest);
    const kind = c.rule === "composite" ? "rating" : "recommendation";
    fault(unique(sources), `combination ${c.id} names a contest twice`);
    for (const id of sources) fault(s.contests.find((x) => x.id === id)?.kind === kind, `combination ${c.id}: ${id} is no ${kind}`);
    checkCombination(c);
  }
}

export function checkScheme(s: Scheme): void {
  const n = s.trustees.length;
  fault(!/[ \u3000+]/.test(s.log.origin), "the log's origin has a space or +");
  must(s.threshold >= 1 && s.threshold <= n, "V01.threshold", `threshold ${s.threshold} of ${n} trustees`);
  must(s.minMixers >= Math.max(1, s.threshold) && s.minMixers <= n, "V01.mixers", `${s.minMixers} mixers of ${n} trustees`);
  must(s.supervisors.length >= 2 && unique(s.supervisors.map((x) => hex(x.key))), "V01.officers", "not two supervisors with different keys");
  fault(unique(keysOf(s).map(hex)), "two roles have the same key");
  const cosigning = s.witnesses.map((w) => hex(w.key));
  fault(unique(cosigning) && s.kiosks.every((k) => !cosigning.includes(hex(k.key))), "two witnesses have the same key");
  fault(s.contests.every((c) => c.cascade.length === 0), "votes of sealed ballots do not cascade");
  checkIds(s);
  checkBoxes(s);
  checkStages(s);
  checkOfficers(s);
  for (const c of s.contests) checkContest(c);
  checkCombinations(s);
  checkThread(s);
  fault(keysOf(s).every(isKey), "a key is not valid");
  for (const c of s.contests)
    fault(widthFor(longestContent(c)) <= kMaxWidth, `contest ${c.id} has room for more than a ballot can seal`);
}

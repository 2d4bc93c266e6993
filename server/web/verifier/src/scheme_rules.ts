// V01: what must hold within a scheme (sections 13, entry 1, and 18).
import { type Bytes, hex } from "./bytes.ts";
import { kMaxWidth, widthFor } from "./blocks.ts";
import { longestContent } from "./content.ts";
import { checkCombination, checkContest, checkThreshold } from "./contest_rules.ts";
import { must } from "./refusal.ts";
import type { Scheme } from "./scheme.ts";

const unique = (ids: string[]): boolean => new Set(ids).size === ids.length;

function checkReferences(s: Scheme): void {
  const fault = (holds: boolean, what: string) => must(holds, "V01.scheme", what);
  const lists: [string, string[]][] = [
    ["supervisors", s.supervisors.map((x) => x.id)],
    ["kiosks", s.kiosks.map((x) => x.id)],
    ["chambers", s.chambers],
    ["boxes", s.boxes.map((x) => x.id)],
    ["stages", s.stages.map((x) => x.id)],
    ["contests", s.contests.map((x) => x.id)],
    ["combinations", s.combinations.map((x) => x.id)],
  ];
  for (const [name, ids] of lists) fault(unique(ids), `an id stands twice in ${name}`);
  const boxes = new Map(s.boxes.map((b) => [b.id, b]));
  const contests = new Map(s.contests.map((c) => [c.id, c]));
  for (const box of s.boxes) {
    fault(s.chambers.includes(box.chamber), `box ${box.id} names no chamber`);
    fault(s.kiosks.some((k) => k.box === box.id), `no kiosk serves box ${box.id}`);
  }
  for (const kiosk of s.kiosks) fault(boxes.has(kiosk.box), `kiosk ${kiosk.id} serves no box`);
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
  }
  for (const id of contests.keys()) fault(staged.has(id), `contest ${id} is in no stage`);
  for (const c of s.combinations) {
    const sources = c.sources.map((source) => source.contest);
    fault(unique(sources), `combination ${c.id} names a contest twice`);
    for (const id of sources) fault(contests.get(id)?.kind === "recommendation", `combination ${c.id}: ${id} is no recommendation`);
    checkCombination(c);
  }
  for (const c of s.contests) {
    checkContest(c);
    fault(widthFor(longestContent(c)) <= kMaxWidth, `contest ${c.id} has room for more than a ballot can seal`);
  }
  for (const stage of s.stages) checkThreshold(stage.quorum, stage.id);
  fault(!/[\s+]/.test(s.log.origin), "the log's origin has a space or +");
}

export function checkScheme(s: Scheme): void {
  const n = s.trustees.length;
  must(s.threshold >= 1 && s.threshold <= n, "V01.threshold", `threshold ${s.threshold} of ${n} trustees`);
  must(s.minMixers >= Math.max(1, s.threshold) && s.minMixers <= n, "V01.mixers", `${s.minMixers} mixers of ${n} trustees`);
  const officers = new Set(s.supervisors.map((x) => hex(x.key)));
  must(officers.size >= 2 && officers.size === s.supervisors.length, "V01.officers", "not two supervisors with different keys");
  checkReferences(s);
  const keys: Bytes[] = [s.log.key, s.organiser, s.desk, ...s.supervisors.map((x) => x.key)];
  keys.push(...s.kiosks.map((x) => x.key), ...s.trustees.map((x) => x.key));
  if (s.superior !== null) keys.push(s.superior);
  must(unique(keys.map(hex)), "V01.scheme", "two roles have the same key");
}

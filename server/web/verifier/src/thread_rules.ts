// V01.scheme: what joins the stages of a scheme (section 18): what comes after what, and where candidates come from.
import { must } from "./refusal.ts";
import type { CandidateSource, Contest, Scheme } from "./scheme.ts";

const fault = (holds: boolean, what: string): void => must(holds, "V01.scheme", what);

// The contests that a source is made of; none if there is no such source.
function sourceContests(s: Scheme, source: CandidateSource): string[] {
  if (source.kind === "combination")
    return s.combinations.find((c) => c.id === source.id)?.sources.map((x) => x.contest) ?? [];
  const kind = source.kind === "preelection" ? "preelection" : "election";
  return s.contests.filter((c) => c.id === source.id && c.kind === kind).map((c) => c.id);
}

function checkSource(s: Scheme, c: Contest, source: CandidateSource): void {
  fault(c.candidates.length === 0, `${c.id}: its candidates come from ${source.id}, none stand in the scheme`);
  fault(c.approval, `${c.id}: a result becomes a list of candidates by the superior body's decision`);
  const from = sourceContests(s, source);
  fault(from.length > 0, `${c.id}: there is no ${source.kind} ${source.id}`);
  const { after } = s.stages.find((stage) => stage.contests.includes(c.id))!;
  for (const id of from) {
    const earlier = s.stages.find((stage) => stage.contests.includes(id));
    fault(earlier !== undefined && after.includes(earlier.id), `${c.id}: the stage of ${id} does not stand in after`);
  }
}

export function checkThread(s: Scheme): void {
  s.stages.forEach((stage, i) => {
    const earlier = s.stages.slice(0, i).map((x) => x.id);
    for (const id of stage.after) fault(earlier.includes(id), `stage ${stage.id} comes after ${id}, which is no earlier one`);
    fault(stage.noticeDays === 0 || s.chair !== null, `stage ${stage.id} has a notice and nobody to sign it`);
  });
  for (const c of s.contests) {
    fault(c.follows === null, `${c.id}: no contest of the scheme follows from a result`);
    fault(!c.approval || s.superior !== null, `${c.id}: nobody decides on its candidates`);
    if (c.source !== null) checkSource(s, c, c.source);
  }
  fault(s.log.origin.endsWith("/rehearsal") === s.rehearsal, "the log of a rehearsal, and no other, is named so");
}

// V01.scheme: what must hold within one contest and one combination (section 18).
import { must } from "./refusal.ts";
import type { Combination, Contest, Rating, Threshold } from "./scheme.ts";

const fault = (holds: boolean, what: string): void => must(holds, "V01.scheme", what);

export function checkThreshold(t: Threshold, where: string): void {
  fault(t.num <= t.den, `${where}: more than all can never be reached`);
  fault(t.num < t.den || t.comparison === "at_least", `${where}: more than all can never be reached`);
}

function checkWriteIns(c: Contest): void {
  const { rule, slots, nameBytes } = c.writeIns;
  if (rule === "none") return fault(slots === 0 && nameBytes === 0, `${c.id}: lines without write-ins`);
  fault(slots >= 1 && nameBytes >= 3, `${c.id}: write-ins without room`);
  fault(rule !== "under_opposed" || slots <= c.candidates.length, `${c.id}: more lines than candidates`);
  fault(c.kind !== "rating" && c.kind !== "decision", `${c.id}: a ${c.kind} has no write-ins`);
}

function checkCandidates(c: Contest): void {
  const names = c.candidates.map((p) => JSON.stringify([p.name, p.note]));
  fault(new Set(names).size === names.length, `${c.id}: two candidates of one name and note`);
  if (c.candidates.length === 0) return fault(c.writeIns.rule === "free_lines", `${c.id}: no candidates and no lines`);
  const seated = c.kind === "election" || c.kind === "preelection";
  fault(!seated || c.candidates.length >= c.seats + c.minExtra, `${c.id}: fewer candidates than seats and min_extra`);
}

function checkAnswers(c: Contest): void {
  const { answers } = c;
  const different = (all: string[]) => new Set(all).size === all.length;
  fault(different(answers.map((a) => a.label.zh)) && different(answers.map((a) => a.sign)), `${c.id}: two answers look alike`);
  fault(!c.postpone || c.kind === "decision", `${c.id}: only a decision can be postponed`);
}

function checkRating(c: Contest, r: Rating): void {
  fault(r.grades.length >= 2 && r.items.length >= 1, `${c.id}: two grades and one item at least`);
  fault(r.grades.every((g, i) => i === 0 || g.weight <= r.grades[i - 1]!.weight), `${c.id}: grades from best to worst`);
  fault(r.items.reduce((sum, item) => sum + item.weight, 0) === 100, `${c.id}: the items' weights are not 100 together`);
  fault(r.maxBest <= c.candidates.length, `${c.id}: max_best is more than the people`);
}

function checkChoices(c: Contest): void {
  fault(c.seats >= 1, `${c.id}: no seat`);
  fault(c.maxChoices >= 1 && c.maxChoices <= c.candidates.length + c.writeIns.slots, `${c.id}: max_choices`);
  fault(c.minChoices <= c.maxChoices, `${c.id}: min_choices is more than max_choices`);
}

export function checkContest(c: Contest): void {
  checkWriteIns(c);
  checkCandidates(c);
  checkAnswers(c);
  checkThreshold(c.majority, c.id);
  if (c.turnout !== null) checkThreshold(c.turnout, c.id);
  fault(c.alternative !== c.majority.base, `${c.id}: the alternative base is the majority's own`);
  fault((c.rating !== null) === (c.kind === "rating"), `${c.id}: rating belongs to the kind rating`);
  if (c.rating !== null) checkRating(c, c.rating);
  else checkChoices(c);
}

export function checkCombination(c: Combination): void {
  fault(c.sources.length >= 2, `${c.id}: two sources at least`);
  const weighted = c.rule === "weighted_votes" || c.rule === "weighted_rates";
  const tops = c.rule === "top_union" || c.rule === "top_common" || c.rule === "staged";
  const weights = c.sources.reduce((sum, s) => sum + s.weight, c.superiorWeight);
  fault(weighted ? weights === 100 : weights === 0, `${c.id}: weights`);
  fault(c.sources.every((s) => tops === s.top > 0), `${c.id}: top`);
}

// V01.scheme: what must hold within one contest and one combination (section 18).
import { encodeText } from "./bytes.ts";
import { fullName } from "./person_name.ts";
import { must } from "./refusal.ts";
import type { Candidate, Combination, Contest, Rating, Threshold } from "./scheme.ts";

const fault = (holds: boolean, what: string): void => must(holds, "V01.scheme", what);

export function checkThreshold(t: Threshold, where: string): void {
  fault(t.num <= t.den, `${where}: more than all can never be reached`);
  fault(t.num < t.den || t.comparison === "at_least", `${where}: more than all can never be reached`);
}

// The decision of the superior body names the candidates; those of a new round, the result before it.
const namedLater = (c: Contest): boolean => c.source !== null || (c.follows !== null && c.approval);

const different = (all: string[]): boolean => new Set(all).size === all.length;
const whole = (p: Candidate): string => JSON.stringify([p.name, p.note]);

function checkWriteIns(c: Contest): void {
  const { rule, slots, nameBytes, eligible } = c.writeIns;
  if (rule === "none")
    return fault(slots === 0 && nameBytes === 0 && eligible.length === 0, `${c.id}: lines without write-ins`);
  fault(different(eligible.map(whole)), `${c.id}: two of those eligible have one name and note`);
  fault(eligible.every((p) => encodeText(fullName(p)).length <= nameBytes), `${c.id}: no room for one of those eligible`);
  fault(slots >= 1 && nameBytes >= 3, `${c.id}: write-ins without room`);
  fault(rule !== "under_opposed" || slots <= c.candidates.length || namedLater(c), `${c.id}: more lines than candidates`);
  fault(c.kind !== "rating" && c.kind !== "decision", `${c.id}: a ${c.kind} has no write-ins`);
}

function checkCandidates(c: Contest): void {
  fault(different(c.candidates.map(whole)), `${c.id}: two candidates of one name and note`);
  if (namedLater(c)) return;
  if (c.candidates.length === 0) return fault(c.writeIns.rule === "free_lines", `${c.id}: no candidates and no lines`);
  const seated = c.kind === "election" || c.kind === "preelection";
  const byResult = c.follows?.kind === "new_round";
  fault(!seated || byResult || c.candidates.length >= c.seats + c.minExtra, `${c.id}: fewer candidates than seats and min_extra`);
}

function checkAnswers(c: Contest): void {
  const { answers } = c;
  fault(different(answers.map((a) => a.label.zh)) && different(answers.map((a) => a.sign)), `${c.id}: two answers look alike`);
  fault(!c.postpone || c.kind === "decision", `${c.id}: only a decision can be postponed`);
  fault(!c.eachAnswer || c.kind === "decision", `${c.id}: only a decision has a resolution`);
}

function checkRating(c: Contest, r: Rating): void {
  fault(r.grades.length >= 2 && r.items.length >= 1, `${c.id}: two grades and one item at least`);
  fault(r.grades.every((g, i) => i === 0 || g.weight <= r.grades[i - 1]!.weight), `${c.id}: grades from best to worst`);
  fault(r.items.reduce((sum, item) => sum + item.weight, 0) === 100, `${c.id}: the items' weights are not 100 together`);
  fault(r.maxBest <= c.candidates.length, `${c.id}: max_best is more than the people`);
}

function checkChoices(c: Contest): void {
  fault(c.seats >= 1, `${c.id}: no seat`);
  fault(c.maxChoices >= 1 && (namedLater(c) || c.maxChoices <= c.candidates.length + c.writeIns.slots), `${c.id}: max_choices`);
  fault(c.minChoices <= c.maxChoices, `${c.id}: min_choices is more than max_choices`);
}

// What a majority may be a fraction of.
function checkBases(c: Contest): void {
  fault(c.kind !== "rating" || c.majority.base !== "registered", `${c.id}: a score is no fraction of the registered`);
  fault(c.turnout === null || ["registered", "expected", "present"].includes(c.turnout.base), `${c.id}: base of the turnout`);
  fault(c.alternative !== "registered", `${c.id}: the registered are no alternative base`);
}

export function checkContest(c: Contest): void {
  checkWriteIns(c);
  checkCandidates(c);
  checkAnswers(c);
  checkThreshold(c.majority, c.id);
  if (c.turnout !== null) checkThreshold(c.turnout, c.id);
  if (c.newRound !== null) checkThreshold(c.newRound, c.id);
  checkBases(c);
  fault((c.order === "manual") !== (c.orderReason === ""), `${c.id}: a reason belongs to an order made by hand`);
  fault(c.alternative !== c.majority.base, `${c.id}: the alternative base is the majority's own`);
  fault((c.rating !== null) === (c.kind === "rating"), `${c.id}: rating belongs to the kind rating`);
  if (c.rating !== null) checkRating(c, c.rating);
  else checkChoices(c);
}

export function checkCombination(c: Combination): void {
  fault(c.sources.length >= 2, `${c.id}: two sources at least`);
  const weighted = c.rule === "weighted_votes" || c.rule === "weighted_rates" || c.rule === "composite";
  const tops = c.rule === "top_union" || c.rule === "top_common" || c.rule === "staged";
  const weights = c.sources.reduce((sum, s) => sum + s.weight, c.superiorWeight);
  fault(c.bonus === 0 || c.rule === "composite", `${c.id}: only a composite has bonus points`);
  fault(c.superiorWeight === 0 || c.rule !== "composite", `${c.id}: a composite has no part of the superior body`);
  fault(weighted ? weights === 100 : weights === 0, `${c.id}: weights`);
  fault(c.sources.every((s) => tops === s.top > 0), `${c.id}: top`);
}

// Section 19: from votes to outcomes with their reasons. Each kind of stage has its rule of its own in `kRules`.
import { fullName } from "./person_name.ts";
import type { Base, Contest, StageKind, Threshold } from "./scheme.ts";
import { leastOf, needOf } from "./threshold.ts";

// Who is judged: a person as counted, or of a report.
export interface Votes {
  readonly name: string;
  readonly note: string;
  readonly approve: number;
  readonly oppose: number;
  readonly postpone: number;
  readonly written: number;
}

export type Numbers = Record<"registered" | "expected" | "present" | "issued" | "voters" | "returned", number>;

export interface Reason {
  readonly code: string;
  readonly numbers: [string, number][];
}

export interface Fate {
  readonly outcome: string;
  readonly reason: Reason;
}

export interface Fates {
  readonly base: number;
  readonly need: number;
  readonly vacant: number;
  readonly tiedSeats: number;
  readonly undecided: boolean;
  readonly of: Fate[];
}

export const baseOf = (base: Base, numbers: Numbers, valid: number): number => (base === "valid" ? valid : numbers[base]);

// Why nothing is decided, whoever has how many votes; null otherwise.
function undecided(c: Contest, numbers: Numbers, valid: number): Reason | null {
  const { returned, issued } = numbers;
  if (c.returnCheck === "issued" && returned > issued)
    return { code: "more_than_issued", numbers: [["returned", returned], ["issued", issued]] };
  if (c.returnCheck === "voters" && returned > numbers.voters)
    return { code: "more_returned", numbers: [["returned", numbers.returned], ["voters", numbers.voters]] };
  if (c.turnout === null) return null;
  const base = baseOf(c.turnout.base, numbers, valid);
  const need = leastOf(c.turnout, base);
  if (numbers.voters >= need) return null;
  return { code: "turnout", numbers: [["voters", numbers.voters], ["need", need], ["base", base]] };
}

interface Judged {
  readonly of: Fate[];
  readonly vacant: number;
  readonly tiedSeats: number;
}

type KindRule = (c: Contest, persons: readonly Votes[], need: number, base: number, valid: number) => Judged;

function byMajority(c: Contest, p: Votes, need: number, base: number): Reason {
  if (c.majority.num === 0)
    return p.approve > 0 ? { code: "ranked", numbers: [["votes", p.approve]] } : { code: "no_votes", numbers: [] };
  const written: [string, number][] = p.written > 0 ? [["written", p.written]] : [];
  return {
    code: (p.approve >= need ? "majority" : "below_majority") + (p.written > 0 ? "_written" : ""),
    numbers: [["votes", p.approve], ...written, ["need", need], ["base", base]],
  };
}

const passOrNot = (yes: string, no: string): KindRule => (c, persons, need, base) => ({
  of: persons.map((p) => ({ outcome: p.approve >= need ? yes : no, reason: byMajority(c, p, need, base) })),
  vacant: 0,
  tiedSeats: 0,
});

// The answer that reaches the majority is the resolution; of two that do the one with more votes, or none.
function resolved(p: Votes, need: number, base: number, byApproval: Fate): Fate {
  const most = Math.max(p.approve, p.oppose, p.postpone);
  const withMost = [p.approve, p.oppose, p.postpone].filter((n) => n === most).length;
  if (most < need || (withMost === 1 && p.approve === most)) return byApproval;
  const numbers: [string, number][] = [["votes", most], ["need", need], ["base", base]];
  if (withMost > 1) return { outcome: "not_passed", reason: { code: "answers_tied", numbers } };
  return { outcome: p.oppose === most ? "refused" : "postponed", reason: { code: "majority", numbers } };
}

const decideOn: KindRule = (c, persons, need, base, valid) => {
  const judged = passOrNot("passed", "not_passed")(c, persons, need, base, valid);
  return c.eachAnswer ? { ...judged, of: persons.map((p, i) => resolved(p, need, base, judged.of[i]!)) } : judged;
};

const elect: KindRule = (c, persons, need, base) => {
  const enough = persons.filter((p) => p.approve >= need);
  const byVotes = (p: Votes): Fate => ({
    outcome: p.approve >= need ? "elected" : "not_elected", reason: byMajority(c, p, need, base),
  });
  if (enough.length <= c.seats) return { of: persons.map(byVotes), vacant: c.seats - enough.length, tiedSeats: 0 };
  const sorted = enough.map((p) => p.approve).sort((a, b) => b - a);
  const last = c.seats === 0 ? Infinity : sorted[c.seats - 1]!;
  const above = sorted.filter((v) => v > last).length;
  const level = sorted.filter((v) => v === last).length;
  const tied = above + level > c.seats;
  const tiedSeats = tied ? c.seats - above : 0;
  const fate = (p: Votes): Fate => {
    if (p.approve < need || p.approve > last || (p.approve === last && !tied)) return byVotes(p);
    if (p.approve === last) {
      const numbers: [string, number][] = [["votes", p.approve], ["persons", level], ["seats", tiedSeats]];
      return { outcome: "tied", reason: { code: "tied", numbers } };
    }
    const numbers: [string, number][] = [["votes", p.approve], ["last", last], ["seats", c.seats]];
    return { outcome: "not_elected", reason: { code: "seats_full", numbers } };
  };
  return { of: persons.map(fate), vacant: 0, tiedSeats };
};

const rate: KindRule = (_c, persons, _need, base, valid) => ({
  of: persons.map(() => ({ outcome: "graded", reason: { code: "graded", numbers: [["valid", valid], ["base", base]] } })),
  vacant: 0,
  tiedSeats: 0,
});

const kRules: Record<StageKind, KindRule> = {
  election: elect,
  preelection: elect,
  recommendation: passOrNot("reached", "not_reached"),
  decision: decideOn,
  rating: rate,
};

export function fatesOf(c: Contest, majority: Threshold, persons: readonly Votes[], numbers: Numbers, valid: number): Fates {
  const base = baseOf(majority.base, numbers, valid);
  const need = needOf(majority, base);
  const reason = undecided(c, numbers, valid);
  if (reason !== null)
    return { base, need, vacant: 0, tiedSeats: 0, undecided: true, of: persons.map(() => ({ outcome: "no_decision", reason })) };
  return { base, need, undecided: false, ...kRules[c.kind](c, persons, need, base, valid) };
}

export interface Step {
  readonly kind: string;
  readonly seats: number;
  readonly names: string[];
}

function newRound(c: Contest, persons: readonly Votes[], fates: Fates): Step {
  const left = persons.filter((_, i) => fates.of[i]!.outcome === "not_elected");
  const m = fates.vacant + (c.minExtra > 0 ? Math.ceil(fates.vacant / 5) : 0);
  const least = left.length <= m ? 0 : left.map((p) => p.approve).sort((a, b) => b - a)[m - 1]!;
  return { kind: "new_round", seats: fates.vacant, names: left.filter((p) => p.approve >= least).map(fullName) };
}

export function nextSteps(c: Contest, persons: readonly Votes[], fates: Fates, mustConfirm: string[]): Step[] {
  if (fates.undecided) return [{ kind: "vote_again", seats: c.seats, names: [] }];
  const steps: Step[] = [];
  if (mustConfirm.length > 0) steps.push({ kind: "confirm_base", seats: c.seats, names: mustConfirm });
  if (fates.tiedSeats > 0) {
    const names = persons.filter((_, i) => fates.of[i]!.outcome === "tied").map(fullName);
    steps.push({ kind: c.tie === "superior" ? "superior_decides" : "run_off", seats: fates.tiedSeats, names });
  }
  if (fates.vacant > 0)
    steps.push(c.shortage === "new_round" ? newRound(c, persons, fates) : { kind: c.shortage, seats: fates.vacant, names: [] });
  return steps;
}

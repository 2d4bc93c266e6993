// Section 19: recommendations combined into one proposal, tuixuan-proposal/1. All scores are exact fractions.
import { fullName } from "./person_name.ts";
import { must } from "./refusal.ts";
import type { ContestReport, PersonReport } from "./results.ts";
import type { Combination, Scheme } from "./scheme.ts";

export interface Points {
  readonly name: string;
  readonly points: number;
}

interface Exact {
  readonly num: bigint;
  readonly den: bigint;
}

interface InSource {
  votes: number;
  rate: Exact;
  over: boolean;
}

export interface Combined {
  readonly name: string;
  readonly sources: InSource[];
  points: number;
  score: Exact;
  place: number;
  proposal: "proposed" | "not_proposed" | "level";
  reason: { code: string; numbers: Record<string, number> };
}

export interface Proposal {
  readonly format: "tuixuan-proposal/1";
  readonly congress: string;
  readonly rehearsal: boolean;
  readonly combination: string;
  readonly rule: string;
  readonly keep: number;
  readonly persons: Combined[];
}

const kMost = 2n ** 64n - 1n;
const kZero: Exact = { num: 0n, den: 1n };

const fits = (value: bigint): void => must(value <= kMost, "C02.shortlist", "the numbers are too large for an exact score");

function exact(num: bigint, den: bigint): Exact {
  if (den === 0n) return kZero;
  let [a, b] = [num, den];
  while (b !== 0n) [a, b] = [b, a % b];
  fits(num / a);
  fits(den / a);
  return { num: num / a, den: den / a };
}

const plus = (a: Exact, b: Exact): Exact => exact(a.num * b.den + b.num * a.den, a.den * b.den);
const less = (a: Exact, b: Exact): boolean => a.num * b.den < b.num * a.den;

function hundredth(rate: Exact, weight: number): Exact {
  const part = exact(rate.num * BigInt(weight), rate.den);
  fits(part.den * 100n);
  return exact(part.num, part.den * 100n);
}

// What a person has of one source, towards the score.
function part(c: Combination, s: number, mine: InSource): Exact {
  const { weight } = c.sources[s]!;
  switch (c.rule) {
    case "weighted_votes": return exact(BigInt(mine.votes * weight), 100n);
    case "weighted_rates": return exact(mine.rate.num * BigInt(weight), mine.rate.den);
    case "composite": return hundredth(mine.rate, weight);
    case "gate": return s === 1 ? mine.rate : kZero;
    case "staged": return s + 1 === c.sources.length ? mine.rate : kZero;
    default: return mine.rate;
  }
}

const inSource = (r: ContestReport, p: PersonReport): InSource => ({
  votes: r.kind === "rating" ? 0 : p.approve,
  rate: r.kind === "rating" ? exact(BigInt(p.score.num), BigInt(p.score.den)) : exact(BigInt(p.approve), BigInt(r.base)),
  over: p.outcome === "reached" || p.outcome === "graded",
});

function peopleOf(results: ContestReport[], points: Points[]): Combined[] {
  const people = new Map<string, Combined>();
  const person = (name: string): Combined => {
    const known = people.get(name);
    if (known !== undefined) return known;
    const sources = results.map(() => ({ votes: 0, rate: kZero, over: false }));
    const fresh: Combined = {
      name, sources, points: 0, score: kZero, place: 0, proposal: "not_proposed", reason: { code: "", numbers: {} },
    };
    people.set(name, fresh);
    return fresh;
  };
  results.forEach((r, s) => r.persons.forEach((p) => (person(fullName(p)).sources[s] = inSource(r, p))));
  for (const p of points) person(p.name).points = p.points;
  return [...people.values()];
}

const placeIn = (s: number, p: Combined, among: Combined[]): number =>
  1 + among.filter((other) => less(p.sources[s]!.rate, other.sources[s]!.rate)).length;

// Each round keeps its first of those kept before.
function rounds(c: Combination, people: Combined[]): Combined[] {
  let left = people;
  c.sources.forEach(({ top }, s) => {
    const before = left;
    left = before.filter((p) => {
      const { votes } = p.sources[s]!;
      if (votes > 0 && placeIn(s, p, before) <= top) return true;
      p.reason = { code: "round_out", numbers: { round: s + 1, votes, top } };
      return false;
    });
  });
  return left;
}

function passes(c: Combination, results: ContestReport[], people: Combined[]): Combined[] {
  const sources = results.length;
  const tops = (p: Combined) =>
    c.sources.filter(({ top }, s) => p.sources[s]!.votes > 0 && placeIn(s, p, people) <= top).length;
  const keep = (holds: (p: Combined) => boolean, why: (p: Combined) => Combined["reason"]) =>
    people.filter((p) => {
      if (holds(p)) return true;
      p.reason = why(p);
      return false;
    });
  const over = (p: Combined) => p.sources.filter((s) => s.over).length;
  switch (c.rule) {
    case "all_over": return keep((p) => over(p) === sources, (p) => ({ code: "not_all_over", numbers: { over: over(p), sources } }));
    case "gate":
      return keep((p) => p.sources[0]!.over, (p) => ({ code: "gate_closed", numbers: { votes: p.sources[0]!.votes, need: results[0]!.need } }));
    case "top_union": return keep((p) => tops(p) > 0, (p) => ({ code: "not_top", numbers: { tops: tops(p), sources } }));
    case "top_common": return keep((p) => tops(p) === sources, (p) => ({ code: "not_top", numbers: { tops: tops(p), sources } }));
    case "staged": return rounds(c, people);
    default: return people;
  }
}

function propose(keep: number, left: Combined[]): void {
  for (const p of left) p.place = 1 + left.filter((other) => less(p.score, other.score)).length;
  for (const p of left) {
    const { place } = p;
    const level = left.filter((other) => other.place === place).length;
    const fate = (proposal: Combined["proposal"], code: string, numbers: Record<string, number>) =>
      Object.assign(p, { proposal, reason: { code, numbers } });
    if (keep === 0) fate("proposed", "kept_all", { place });
    else if (place + level - 1 <= keep) fate("proposed", "kept", { place, keep });
    else if (place > keep) fate("not_proposed", "cut", { place, keep });
    else fate("level", "level", { persons: level, place, keep });
  }
}

export function proposalOf(scheme: Scheme, c: Combination, results: ContestReport[], points: Points[]): Proposal {
  const people = peopleOf(results, points);
  const weight = c.rule === "composite" ? 100 : c.superiorWeight;
  for (const p of people) {
    const votes = p.sources.reduce((sum, mine, s) => plus(sum, part(c, s, mine)), kZero);
    p.score = plus(votes, exact(BigInt(p.points * weight), 100n));
  }
  propose(c.keep, passes(c, results, people));
  const rank = (p: Combined) => (p.place === 0 ? Infinity : p.place);
  const persons = people.map((p, i) => ({ p, i })).sort((a, b) => (rank(a.p) === rank(b.p) ? a.i - b.i : rank(a.p) - rank(b.p))).map(({ p }) => p);
  const { id, rule, keep } = c;
  return { format: "tuixuan-proposal/1", congress: scheme.congress.id, rehearsal: scheme.rehearsal, combination: id, rule, keep, persons };
}

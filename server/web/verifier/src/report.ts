// Section 19: the report tuixuan-report/1 of a stage, computed from its opened ballots, and its canonical bytes.
import { type Bytes, encodeText } from "./bytes.ts";
import { type Tally, fullName, tallyOf } from "./count.ts";
import { type Fates, type Numbers, type Step, baseOf, fatesOf, nextSteps } from "./fates.ts";
import type { Contest, Scheme } from "./scheme.ts";
import { type Fraction, itemScore, kNoScore, personScore } from "./scores.ts";
import type { StageState } from "./state.ts";

export interface PersonReport {
  number: number;
  name: string;
  note: string;
  approve: number;
  written: number;
  oppose: number;
  abstain: number;
  postpone: number;
  outcome: string;
  reason: { code: string; numbers: Record<string, number> };
  items: { grades: number[]; not_acquainted: number; unmarked: number; score: Fraction }[];
  score: Fraction;
}

export interface ContestReport {
  contest: string;
  kind: string;
  ballots: number;
  valid: number;
  invalid: number;
  blank: number;
  invalid_reasons: Record<string, number>;
  write_ins_not_counted: Record<string, number>;
  base: number;
  need: number;
  seats: number;
  vacant: number;
  tied_seats: number;
  persons: PersonReport[];
  alternative_need: number | null;
  must_confirm: string[];
  next: Step[];
}

export interface StageReport {
  format: "tuixuan-report/1";
  congress: string;
  stage: string;
  kind: string;
  rehearsal: boolean;
  numbers: Numbers;
  contests: ContestReport[];
}

const ascending = (counts: Map<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));

function personsOf(c: Contest, tally: Tally, fates: Fates): PersonReport[] {
  return tally.persons.map((p, i) => {
    const fate = fates.of[i]!;
    const rating = p.number > 0 ? c.rating : null;
    return {
      number: p.number, name: p.name, note: p.note, approve: p.approve, written: 0, oppose: p.oppose, abstain: p.abstain,
      postpone: p.postpone, outcome: fate.outcome,
      reason: { code: fate.reason.code, numbers: Object.fromEntries(fate.reason.numbers) },
      items: p.items.map((item) => ({
        grades: item.grades, not_acquainted: item.notAcquainted, unmarked: item.unmarked,
        score: itemScore(rating!, item.grades, item.notAcquainted, fates.base),
      })),
      score: rating === null ? kNoScore : personScore(rating, tally, i, fates.base),
    };
  });
}

export function contestReport(c: Contest, contents: (Bytes | null)[], numbers: Numbers): ContestReport {
  const tally = tallyOf(c, contents);
  const valid = tally.valid.length;
  const fates = fatesOf(c, c.majority, tally.persons, numbers, valid);
  const other =
    c.alternative === null ? null : fatesOf(c, { ...c.majority, base: c.alternative }, tally.persons, numbers, valid);
  const differs = (i: number) => other !== null && other.of[i]!.outcome !== fates.of[i]!.outcome;
  const mustConfirm = tally.persons.filter((_, i) => differs(i)).map(fullName);
  return {
    contest: c.id, kind: c.kind, ballots: tally.ballots, valid, invalid: tally.ballots - valid, blank: tally.blank,
    invalid_reasons: ascending(tally.invalidReasons), write_ins_not_counted: ascending(tally.writeInsNotCounted),
    base: baseOf(c.majority.base, numbers, valid), need: fates.need, seats: c.seats, vacant: fates.vacant,
    tied_seats: fates.tiedSeats, persons: personsOf(c, tally, fates), alternative_need: other?.need ?? null,
    must_confirm: mustConfirm, next: nextSteps(c, tally.persons, fates, mustConfirm),
  };
}

export function reportOf(scheme: Scheme, stage: StageState, opened: (Bytes | null)[][]): StageReport {
  const { expected, present } = stage.attendance!;
  const numbers: Numbers = {
    registered: expected, expected, present, issued: stage.issued, voters: stage.cast, returned: stage.cast,
  };
  return {
    format: "tuixuan-report/1", congress: scheme.congress.id, stage: stage.stage.id, kind: stage.stage.kind,
    rehearsal: scheme.rehearsal, numbers,
    contests: stage.contests.map((c, i) => contestReport(c.contest, opened[i]!, numbers)),
  };
}

const quoted = (text: string): string =>
  `"${text.replace(/["\\]|[\u0000-\u001f]/g, (c) =>
    c === '"' || c === "\\" ? `\\${c}` : `\\u00${c.charCodeAt(0).toString(16).padStart(2, "0")}`)}"`;

export function canonical(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value).map(([name, v]) => `${quoted(name)}:${canonical(v)}`).join(",")}}`;
  return String(value);
}

export const writeReport = (report: StageReport): Bytes => encodeText(canonical(report));

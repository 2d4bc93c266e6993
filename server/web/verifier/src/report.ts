// Section 19: the report tuixuan-report/1 of a stage, computed from its opened ballots, and its canonical bytes.
import { type Bytes, encodeText } from "./bytes.ts";
import { type Before, type Tally, kNothingBefore, tallyOf } from "./count.ts";
import { type Fate, type Numbers, type Votes, baseOf, fatesOf, nextSteps } from "./fates.ts";
import { fullName } from "./person_name.ts";
import type { Base, Contest, Scheme } from "./scheme.ts";
import type { ContestReport, PersonReport, StageReport } from "./results.ts";
import { itemScore, kNoScore, personScore } from "./scores.ts";
import type { StageState } from "./state.ts";

const ascending = (counts: Map<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));

function personsOf(c: Contest, tally: Tally, fates: Fate[], base: number): PersonReport[] {
  return tally.persons.map((p, i) => {
    const rating = p.number > 0 ? c.rating : null;
    return {
      number: p.number, name: p.name, note: p.note, approve: p.approve, written: p.written, oppose: p.oppose,
      abstain: p.abstain, postpone: p.postpone, unreadable: 0, cascaded: 0, ...said(fates[i]!),
      items: p.items.map((item) => ({
        grades: item.grades, not_acquainted: item.notAcquainted, unmarked: item.unmarked,
        score: itemScore(rating!, item, base),
      })),
      score: rating === null ? kNoScore : personScore(rating, tally, i, base),
    };
  });
}

const said = ({ outcome, reason }: Fate) => ({
  outcome, reason: { code: reason.code, numbers: Object.fromEntries(reason.numbers) },
});

// Who is what by the contest's rules, and what follows.
function decide(c: Contest, persons: readonly Votes[], numbers: Numbers, valid: number) {
  const fates = fatesOf(c, c.majority, persons, numbers, valid);
  const other = c.alternative === null ? null : fatesOf(c, { ...c.majority, base: c.alternative }, persons, numbers, valid);
  const differs = (i: number) => other !== null && other.of[i]!.outcome !== fates.of[i]!.outcome;
  const mustConfirm = persons.filter((_, i) => differs(i)).map(fullName);
  const members = {
    base: fates.base, need: fates.need, seats: c.seats, vacant: fates.vacant, tied_seats: fates.tiedSeats,
    alternative_need: other?.need ?? null, must_confirm: mustConfirm, next: nextSteps(c, persons, fates, mustConfirm),
  };
  return { fates: fates.of, members };
}

export function contestReport(
  c: Contest, contents: (Bytes | null)[], numbers: Numbers, before: Before = kNothingBefore,
): ContestReport {
  const tally = tallyOf(c, contents, before);
  const valid = tally.valid.length;
  const { fates, members } = decide(c, tally.persons, numbers, valid);
  const { base, need, seats, vacant, tied_seats, ...rest } = members;
  return {
    contest: c.id, kind: c.kind, ballots: tally.ballots, valid, invalid: tally.ballots - valid, blank: tally.blank,
    invalid_reasons: ascending(tally.invalidReasons), write_ins_not_counted: ascending(tally.writeInsNotCounted),
    base, need, seats, vacant, tied_seats,
    persons: personsOf(c, tally, fates, baseOf(c.majority.base, numbers, valid)), ...rest,
  };
}

// The same votes, where it was confirmed that another base counts.
export function onBase(c: Contest, r: ContestReport, numbers: Numbers, base: Base): ContestReport {
  const adopted: Contest = { ...c, majority: { ...c.majority, base }, alternative: null };
  const { fates, members } = decide(adopted, r.persons, numbers, r.valid);
  return { ...r, ...members, persons: r.persons.map((p, i) => ({ ...p, ...said(fates[i]!) })) };
}

export function reportOf(scheme: Scheme, stage: StageState, opened: (Bytes | null)[][]): StageReport {
  const { registered, expected, present, opinions } = stage.attendance!;
  const numbers: Numbers = { registered, expected, present, issued: stage.issued, voters: stage.cast, returned: stage.cast };
  return {
    format: "tuixuan-report/1", congress: scheme.congress.id, stage: stage.stage.id, kind: stage.stage.kind,
    rehearsal: scheme.rehearsal, numbers,
    contests: stage.contests.map((c, i) =>
      contestReport(c.contest, opened[i]!, numbers, { spellings: c.spellings, opinions })),
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

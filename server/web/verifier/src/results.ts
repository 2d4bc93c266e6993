// Section 19: what the report tuixuan-report/1 of a stage says, as types.
import type { Numbers, Step } from "./fates.ts";
import type { Fraction } from "./scores.ts";

export interface PersonReport {
  number: number;
  name: string;
  note: string;
  approve: number;
  written: number;
  oppose: number;
  abstain: number;
  postpone: number;
  unreadable: number;
  cascaded: number;
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

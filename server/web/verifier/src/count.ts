// Section 19: one contest counted from its opened ballots, before anybody's fate.
import { type Bytes, compare, encodeText } from "./bytes.ts";
import { Mark, type Selection, type WriteIn, readSelection } from "./content.ts";
import { fullName } from "./person_name.ts";
import type { Candidate, Contest, Rating } from "./scheme.ts";

export interface Person {
  readonly number: number;
  readonly name: string;
  readonly note: string;
  readonly bytes: Bytes;
  approve: number;
  // Those of them written before the meeting.
  written: number;
  oppose: number;
  abstain: number;
  postpone: number;
  readonly items: ItemCount[];
}

export interface ItemCount {
  readonly grades: number[];
  notAcquainted: number;
  unmarked: number;
}

export interface Tally {
  readonly ballots: number;
  readonly blank: number;
  readonly valid: Selection[];
  readonly invalidReasons: Map<string, number>;
  readonly writeInsNotCounted: Map<string, number>;
  readonly persons: Person[];
}

const increase = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

const isBlank = (s: Selection): boolean =>
  s.marks.every((m) => m === Mark.abstain) && s.grades.every((g) => g.every((x) => x === 0)) && s.writeIns.length === 0;

function ratingFault(r: Rating, blank: string, s: Selection): string | null {
  const best = s.grades.filter((grades) => grades.every((g) => g === 1)).length;
  if (r.bestLimit === "form" && r.maxBest > 0 && best > r.maxBest) return "ballot.best_limit";
  const first = s.grades[0]?.[0] ?? 0;
  if (r.refuseIdentical && s.grades.length >= 2 && first !== 0 && s.grades.every((g) => g.every((x) => x === first)))
    return "ballot.identical";
  return blank === "invalid" && isBlank(s) ? "ballot.blank" : null;
}

// What makes a selection invalid, or null.
function fault(c: Contest, s: Selection): string | null {
  if (c.rating !== null) return ratingFault(c.rating, c.blank, s);
  const chosen = s.marks.filter((m) => m === Mark.approve).length + s.writeIns.length;
  const blank = isBlank(s);
  if (chosen > c.maxChoices) return "ballot.overvote";
  if (chosen < c.minChoices && !(blank && c.blank === "abstain")) return "ballot.undervote";
  return blank && c.blank === "invalid" ? "ballot.blank" : null;
}

const isNameOf = (name: string) => (p: Candidate): boolean => p.name === name || fullName(p) === name;

function writeInFault(c: Contest, s: Selection, w: WriteIn, place: number): string | null {
  if (w.against > 0) {
    const twice = s.writeIns.filter((other) => other.against === w.against).length > 1;
    if (s.marks[w.against - 1] !== Mark.oppose || twice) return "ballot.write_in_place";
  }
  if (c.candidates.some(isNameOf(w.name))) return "ballot.write_in_printed";
  const { eligible } = c.writeIns;
  if (eligible.length > 0 && !eligible.some(isNameOf(w.name))) return "ballot.write_in_eligible";
  return s.writeIns.slice(0, place).some((other) => other.name === w.name) ? "ballot.write_in_repeat" : null;
}

function newPerson(c: Contest, number: number, name: string, note: string, bytes: Bytes): Person {
  const items = (number > 0 ? (c.rating?.items ?? []) : []).map(() => ({
    grades: c.rating!.grades.map(() => 0), notAcquainted: 0, unmarked: 0,
  }));
  return { number, name, note, bytes, approve: 0, written: 0, oppose: 0, abstain: 0, postpone: 0, items };
}

function addMarks(persons: Person[], s: Selection): void {
  s.marks.forEach((mark, i) => {
    const person = persons[i]!;
    if (mark === Mark.approve) person.approve++;
    else if (mark === Mark.oppose) person.oppose++;
    else if (mark === Mark.postpone) person.postpone++;
    else person.abstain++;
  });
  s.grades.forEach((grades, i) =>
    grades.forEach((grade, k) => {
      const item = persons[i]!.items[k]!;
      if (grade === 0) item.unmarked++;
      else if (grade > item.grades.length) item.notAcquainted++;
      else item.grades[grade - 1]!++;
    }));
}

// Prior written opinions on one subject (from 1) of a decision.
export interface Opinion {
  readonly contest: string;
  readonly subject: number;
  readonly approve: number;
  readonly oppose: number;
}

// What was decided before the count: names that spellings stand for, opinions given in writing.
export interface Before {
  readonly spellings: ReadonlyMap<string, string>;
  readonly opinions: readonly Opinion[];
}

export const kNothingBefore: Before = { spellings: new Map(), opinions: [] };

function merged(s: Selection, spellings: ReadonlyMap<string, string>): Selection {
  const writeIns = s.writeIns.map((w) => {
    const name = spellings.get(w.name);
    return name === undefined ? w : { against: w.against, name, bytes: encodeText(name) };
  });
  return { ...s, writeIns };
}

export function tallyOf(c: Contest, contents: (Bytes | null)[], before: Before = kNothingBefore): Tally {
  const invalidReasons = new Map<string, number>();
  const writeInsNotCounted = new Map<string, number>();
  const valid: Selection[] = [];
  const persons = c.candidates.map((p, i) => newPerson(c, i + 1, p.name, p.note, new Uint8Array(0)));
  for (const o of before.opinions) {
    const person = o.contest === c.id ? persons[o.subject - 1] : undefined;
    if (person === undefined) continue;
    person.approve = person.written = o.approve;
    person.oppose = o.oppose;
  }
  const written = new Map<string, Person>();
  for (const content of contents) {
    const read = content === null ? "undecodable" : readSelection(c, content);
    const s = typeof read === "string" ? read : merged(read, before.spellings);
    const why = typeof s === "string" ? s : fault(c, s);
    if (why !== null || typeof s === "string") {
      increase(invalidReasons, why!);
      continue;
    }
    valid.push(s);
    addMarks(persons, s);
    s.writeIns.forEach((w, place) => {
      const reason = writeInFault(c, s, w, place);
      if (reason !== null) return increase(writeInsNotCounted, reason);
      let person = written.get(w.name);
      if (person === undefined) written.set(w.name, (person = newPerson(c, 0, w.name, "", w.bytes)));
      person.approve++;
    });
  }
  persons.push(...[...written.values()].sort((a, b) => compare(a.bytes, b.bytes)));
  return { ballots: contents.length, blank: valid.filter(isBlank).length, valid, invalidReasons, writeInsNotCounted, persons };
}

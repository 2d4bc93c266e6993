// Section 9: the content of a ballot as a selection of its contest, or the fault that makes it none.
import { type Bytes, compare, decodeText } from "./bytes.ts";
import { isPersonName } from "./person_name.ts";
import type { Contest } from "./scheme.ts";

export const enum Mark {
  abstain = 0,
  approve = 1,
  oppose = 2,
  postpone = 3,
}

export interface WriteIn {
  readonly against: number;
  readonly name: string;
  readonly bytes: Bytes;
}

// `marks` candidate by candidate; `grades` candidate by candidate and item by item, in rating contests.
export interface Selection {
  readonly marks: number[];
  readonly grades: number[][];
  readonly writeIns: WriteIn[];
}

export type Fault = "ballot.form" | "ballot.name" | "ballot.order" | "ballot.spare";

const marksBytes = (c: Contest): number =>
  c.rating === null
    ? Math.ceil(c.candidates.length / 4)
    : Math.ceil((c.candidates.length * c.rating.items.length) / 2);

export const longestContent = (c: Contest): number =>
  marksBytes(c) + 1 + c.writeIns.slots * (2 + c.writeIns.nameBytes);

// Fields of `bits` bits, lowest first; null where a spare bit is set.
function fields(bytes: Bytes, bits: number, count: number): number[] | null {
  const at = (i: number) => (bytes[(i * bits) >> 3]! >> ((i * bits) & 7)) & ((1 << bits) - 1);
  const all = Array.from({ length: (bytes.length * 8) / bits }, (_, i) => at(i));
  return all.slice(count).every((v) => v === 0) ? all.slice(0, count) : null;
}

function readMarks(c: Contest, bytes: Bytes): Selection | null {
  if (c.rating === null) {
    const marks = fields(bytes, 2, c.candidates.length);
    return marks === null ? null : { marks, grades: [], writeIns: [] };
  }
  const items = c.rating.items.length;
  const all = fields(bytes, 4, c.candidates.length * items);
  if (all === null) return null;
  return { marks: [], grades: c.candidates.map((_, i) => all.slice(i * items, (i + 1) * items)), writeIns: [] };
}

// Whether the contest's form has a place for all of it.
function fits(c: Contest, s: Selection): boolean {
  const most = c.rating === null ? 0 : c.rating.grades.length + (c.rating.notAcquainted ? 1 : 0);
  const hasPlace = (w: WriteIn) => (c.writeIns.rule === "under_opposed" ? w.against >= 1 && w.against <= c.candidates.length : w.against === 0);
  return (
    (c.postpone || !s.marks.includes(Mark.postpone)) &&
    s.grades.every((grades) => grades.every((g) => g <= most)) &&
    s.writeIns.every(hasPlace)
  );
}

const ascends = (a: WriteIn, b: WriteIn): boolean => (a.against - b.against || compare(a.bytes, b.bytes)) < 0;

// The first fault in the order of section 9.
export function readSelection(c: Contest, content: Bytes): Selection | Fault {
  const size = marksBytes(c);
  if (content.length < size) return "ballot.form";
  const selection = readMarks(c, content.subarray(0, size));
  if (selection === null) return "ballot.spare";
  const count = content[size];
  if (count === undefined || count > c.writeIns.slots) return "ballot.form";
  let at = size + 1;
  for (let i = 0; i < count; i++) {
    const end = at + 2 + (content[at + 1] ?? 0);
    if (at + 2 > content.length || end > content.length) return "ballot.form";
    const bytes = content.subarray(at + 2, end);
    const writeIn = { against: content[at]!, name: decodeText(bytes) ?? "", bytes };
    const last = selection.writeIns[i - 1];
    if (last !== undefined && !ascends(last, writeIn)) return "ballot.order";
    selection.writeIns.push(writeIn);
    at = end;
  }
  if (at !== content.length || !fits(c, selection)) return "ballot.form";
  const named = selection.writeIns.every((w) => w.bytes.length <= c.writeIns.nameBytes && isPersonName(w.name));
  return named ? selection : "ballot.name";
}

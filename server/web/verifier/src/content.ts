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

function readMarks(c: Contest, bytes: Bytes): Selection | Fault {
  if (c.rating === null) {
    const marks = fields(bytes, 2, c.candidates.length);
    if (marks === null) return "ballot.spare";
    return !c.postpone && marks.includes(Mark.postpone) ? "ballot.form" : { marks, grades: [], writeIns: [] };
  }
  const items = c.rating.items.length;
  const all = fields(bytes, 4, c.candidates.length * items);
  if (all === null) return "ballot.spare";
  const most = c.rating.grades.length + (c.rating.notAcquainted ? 1 : 0);
  if (all.some((grade) => grade > most)) return "ballot.form";
  return { marks: [], grades: c.candidates.map((_, i) => all.slice(i * items, (i + 1) * items)), writeIns: [] };
}

export function readSelection(c: Contest, content: Bytes): Selection | Fault {
  const size = marksBytes(c);
  if (content.length < size + 1) return "ballot.form";
  const selection = readMarks(c, content.subarray(0, size));
  if (typeof selection === "string") return selection;
  const count = content[size]!;
  if (count > c.writeIns.slots) return "ballot.form";
  let at = size + 1;
  for (let i = 0; i < count; i++) {
    if (at + 2 > content.length) return "ballot.form";
    const against = content[at]!;
    const length = content[at + 1]!;
    const bytes = content.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    if (at > content.length || against > c.candidates.length || length > c.writeIns.nameBytes) return "ballot.form";
    const name = decodeText(bytes);
    if (name === null || !isPersonName(name)) return "ballot.name";
    const last = selection.writeIns[i - 1];
    if (last !== undefined && (last.against - against || compare(last.bytes, bytes)) >= 0) return "ballot.order";
    selection.writeIns.push({ against, name, bytes });
  }
  return at === content.length ? selection : "ballot.form";
}

// Names of people as voters write them (section 9): normal form C, letters by Unicode 15.0, single spaces within. The
// table is the verifier's own, so that browsers of different years agree.
import { kLetters } from "./letters.ts";

function readRanges(): [number, number][] {
  const numbers = kLetters.split(" ").map((text) => parseInt(text, 36));
  const out: [number, number][] = [];
  let before = 0;
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const first = before + numbers[i]!;
    before = first + numbers[i + 1]!;
    out.push([first, before]);
  }
  return out;
}

const ranges = readRanges();

function isLetter(point: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle]!;
    if (point < first) high = middle - 1;
    else if (point > last) low = middle + 1;
    else return true;
  }
  return false;
}

export function isPersonName(name: string): boolean {
  if (name === "" || name.startsWith(" ") || name.endsWith(" ") || name.includes("  ")) return false;
  for (const letter of name) if (!isLetter(letter.codePointAt(0)!)) return false;
  return name.normalize("NFC") === name;
}

export const fullName = (p: { name: string; note: string }): string => (p.note === "" ? p.name : `${p.name}（${p.note}）`);

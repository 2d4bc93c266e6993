// node tools/make_letters.mjs UnicodeData.txt > src/letters.ts: the characters a written name may have (crypto/README.md,
// section 9), by the general categories of Unicode 15.0, as Debian's package unicode-data has them.
import { readFileSync } from "node:fs";

const kAllowed = new Set(["Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Pd", "Ps", "Pe", "Po"]);
const ranges = [];
let first = null;
for (const line of readFileSync(process.argv[2], "utf8").trim().split("\n")) {
  const [code, name, category] = line.split(";");
  const point = parseInt(code, 16);
  if (name.endsWith(", First>")) {
    first = point;
    continue;
  }
  const from = name.endsWith(", Last>") ? first : point;
  if (point !== 0x20 && !kAllowed.has(category)) continue;
  const last = ranges[ranges.length - 1];
  if (last !== undefined && last[1] + 1 === from) last[1] = point;
  else ranges.push([from, point]);
}
let before = 0;
const numbers = [];
for (const [from, to] of ranges) {
  numbers.push((from - before).toString(36), (to - from).toString(36));
  before = to;
}
const lines = numbers.join(" ").match(/.{1,108}( |$)/g).map((line) => `  "${line}"`);
console.log(`// Made by tools/make_letters.mjs from Unicode 15.0: characters of a written name (section 9), as pairs of the distance
// from the range before and the length of the range less one, in base 36.
export const kLetters =
${lines.join(" +\n")};`);

// Section 19, ratings: scores of items and people as reduced fractions.
import type { ItemCount, Tally } from "./count.ts";
import type { Rating } from "./scheme.ts";

export interface Fraction {
  readonly num: number;
  readonly den: number;
}

export const kNoScore: Fraction = { num: 0, den: 1 };

function fraction(num: number, den: number): Fraction {
  if (den <= 0) return kNoScore;
  let [a, b] = [num, den];
  while (b !== 0) [a, b] = [b, a % b];
  return { num: num / a, den: den / a };
}

// What is not graded by so many forms, of the base.
const graded = (r: Rating, item: ItemCount, base: number): number =>
  Math.max(0, base - item.notAcquainted - (r.empty === "nothing" ? item.unmarked : 0));

export function itemScore(r: Rating, item: ItemCount, base: number): Fraction {
  const counts = [...item.grades];
  if (r.empty === "lowest") counts[counts.length - 1]! += item.unmarked;
  let of = graded(r, item, base);
  if (r.empty !== "as_before" && r.trim && counts.reduce((a, b) => a + b, 0) > 5) {
    counts[counts.findIndex((n) => n > 0)]!--;
    counts[counts.map((n) => n > 0).lastIndexOf(true)]!--;
    of = Math.max(0, of - 2);
  }
  return fraction(counts.reduce((sum, count, i) => sum + count * r.grades[i]!.weight, 0), of);
}

const kExact = 2n ** 53n;
const kMillion = 1_000_000;

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

// Null where it is not exact within 53 bits.
function exactSum(a: Fraction, b: Fraction): Fraction | null {
  const num = BigInt(a.num) * BigInt(b.den) + BigInt(b.num) * BigInt(a.den);
  const den = BigInt(a.den) * BigInt(b.den);
  const g = gcd(num, den);
  return num / g >= kExact || den / g >= kExact ? null : { num: Number(num / g), den: Number(den / g) };
}

const millionths = (f: Fraction): number =>
  Number((BigInt(f.num) * BigInt(2 * kMillion) + BigInt(f.den)) / (BigInt(f.den) * 2n));

// The items' scores by their weights.
function totalScore(r: Rating, items: readonly ItemCount[], base: number): Fraction {
  const rated = items.flatMap((item, i) =>
    graded(r, item, base) > 0 ? [{ score: itemScore(r, item, base), weight: r.items[i]!.weight }] : []);
  const weights = rated.reduce((sum, item) => sum + item.weight, 0);
  if (weights === 0) return kNoScore;
  const parts = rated.map(({ score, weight }) => fraction(score.num * weight, score.den * weights));
  let sum: Fraction | null = kNoScore;
  for (const part of parts) sum = sum === null ? null : exactSum(sum, part);
  return sum ?? fraction(parts.reduce((all, part) => all + millionths(part), 0), kMillion);
}

// The score of the candidate in that place.
export function personScore(r: Rating, tally: Tally, place: number, base: number): Fraction {
  if (r.empty !== "as_before") return totalScore(r, tally.persons[place]!.items, base);
  const scores: number[] = [];
  let strangers = 0;
  for (const s of tally.valid) {
    const grades = s.grades[place]!;
    if (grades.some((g) => g > r.grades.length)) strangers++;
    else scores.push(grades.reduce((sum, g, i) => sum + (g === 0 ? 0 : r.items[i]!.weight * r.grades[g - 1]!.weight), 0));
  }
  const sum = scores.reduce((a, b) => a + b, 0);
  if (r.trim && scores.length > 5)
    return fraction(sum - Math.min(...scores) - Math.max(...scores), 100 * (scores.length - 2));
  return fraction(sum, 100 * (base - strangers));
}

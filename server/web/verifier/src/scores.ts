// Section 19, ratings: scores of items and people as reduced fractions.
import type { Tally } from "./count.ts";
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

export function itemScore(r: Rating, grades: number[], notAcquainted: number, base: number): Fraction {
  return fraction(grades.reduce((sum, count, i) => sum + count * r.grades[i]!.weight, 0), base - notAcquainted);
}

// The score of the candidate in that place.
export function personScore(r: Rating, tally: Tally, place: number, base: number): Fraction {
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

// Thresholds on integers (sections 18 and 19).
import type { Threshold } from "./scheme.ts";

// The least v with v·den > base·num, or ≥.
export function leastOf(t: Threshold, base: number): number {
  const product = base * t.num;
  return t.comparison === "more_than" ? Math.floor(product / t.den) + 1 : Math.ceil(product / t.den);
}

// Votes that a majority needs: nobody is elected without one.
export const needOf = (t: Threshold, base: number): number => Math.max(1, leastOf(t, base));

export const meets = (t: Threshold, value: number, base: number): boolean => value >= leastOf(t, base);

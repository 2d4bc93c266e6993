// Thresholds on integers (sections 18 and 19).
import type { Threshold } from "./scheme.ts";

// The least v with v·den > base·num, or ≥; at least 1.
export function needOf(t: Threshold, base: number): number {
  const product = base * t.num;
  const least = t.comparison === "more_than" ? Math.floor(product / t.den) + 1 : Math.ceil(product / t.den);
  return Math.max(1, least);
}

export const meets = (t: Threshold, value: number, base: number): boolean => value >= needOf(t, base);

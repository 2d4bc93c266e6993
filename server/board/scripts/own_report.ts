// What this device found when it last verified this site's record: kept on the device, shown with the log.
import type { Verification } from "../src/verify.ts";
import { base } from "./language.ts";

export interface OwnReport {
  readonly time: number; // ms since 1970
  readonly size: number;
  readonly check: string; // of the refusal; empty: all held
}

const memory = (): string => `tuixuan-report ${base()}`;

export function keepReport(v: Verification): void {
  const report: OwnReport = { time: Date.now(), size: v.size ?? 0, check: v.verified ? "" : (v.failure?.check ?? "?") };
  try {
    localStorage.setItem(memory(), JSON.stringify(report));
  } catch {
    // A browser that keeps nothing shows the verdict all the same.
  }
}

export function lastReport(): OwnReport | null {
  try {
    const { time, size, check } = JSON.parse(localStorage.getItem(memory()) ?? "null") as OwnReport;
    return Number.isSafeInteger(time) && Number.isSafeInteger(size) && typeof check === "string" ? { time, size, check } : null;
  } catch {
    return null;
  }
}

// Records for the tests: folders that the tests of the cheats left, in memory.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "../src/files.ts";

export type FileMap = Map<string, Uint8Array>;

export const cheatsFolder = (): string => process.env["TUIXUAN_CHEATS_DIR"] ?? "";

export function readFolder(folder: string, below = "", out: FileMap = new Map()): FileMap {
  for (const name of readdirSync(join(folder, below)).sort()) {
    const path = below === "" ? name : `${below}/${name}`;
    if (statSync(join(folder, path)).isDirectory()) readFolder(folder, path, out);
    else out.set(path, new Uint8Array(readFileSync(join(folder, path))));
  }
  return out;
}

export const inMemory = (files: FileMap): (() => Files) => () => ({ read: async (path) => files.get(path) ?? null });

// The log of a record: checkpoint, entries from their bundles, objects under their hashes (section 14).
import { type Bytes, equal, hex } from "./bytes.ts";
import type { Files } from "./files.ts";
import { sha256 } from "./hash.ts";
import { Tree, bundlePaths, tiles } from "./merkle.ts";
import { type Checkpoint, readCheckpoint } from "./note.ts";
import { must, refuse } from "./refusal.ts";

export const kMaxEntry = 65535;
export const kMaxObject = 512 * 1024 * 1024;

export interface ObjectName {
  readonly hash: Bytes;
  readonly size: bigint;
}

async function file(files: Files, path: string): Promise<Bytes> {
  return (await files.read(path)) ?? refuse("record.file", `${path} is missing`);
}

export function readBundle(bytes: Bytes, count: number, path: string): Bytes[] {
  const out: Bytes[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    must(at + 2 <= bytes.length, "log.bundle", `${path} has fewer than ${count} entries`);
    const size = (bytes[at]! << 8) | bytes[at + 1]!;
    must(at + 2 + size <= bytes.length, "log.bundle", `${path} is cut short`);
    out.push(bytes.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  must(at === bytes.length, "log.bundle", `${path} has bytes after its last entry`);
  return out;
}

export interface Log {
  readonly checkpoint: Checkpoint;
  readonly entries: Bytes[];
}

export async function readLog(files: Files): Promise<Log> {
  const checkpoint = readCheckpoint(await file(files, "checkpoint"));
  must(checkpoint.size > 0, "record.incomplete", "the log is empty");
  const entries: Bytes[] = [];
  for (const { path, count } of bundlePaths(checkpoint.size)) entries.push(...readBundle(await file(files, path), count, path));
  return { checkpoint, entries };
}

export async function readObject(files: Files, name: ObjectName): Promise<Bytes> {
  const bytes = await files.read(`object/${hex(name.hash)}`);
  if (bytes === null) refuse("E04.object", `object ${hex(name.hash)} is missing`);
  must(BigInt(bytes.length) === name.size, "E04.object", `object ${hex(name.hash)} has another length`);
  must(equal(sha256(bytes), name.hash), "E04.object", `object ${hex(name.hash)} has another hash`);
  return bytes;
}

export async function checkTiles(files: Files, tree: Tree): Promise<void> {
  for (const { path, bytes } of tiles(tree))
    must(equal(await file(files, path), bytes), "log.tile", `${path} is not what the entries give`);
}

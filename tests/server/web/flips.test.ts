// Nothing in a record can change or be missing: bits flipped in every file and at random in the entries, every file left
// out. tuixuan-verify must refuse each by the same name.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { test } from "node:test";
import { verify } from "../src/verify.ts";
import { type FileMap, cheatsFolder, inMemory, readFolder } from "./records.ts";
import { Dice, seedOfRun } from "./second_opinion.ts";

// How many bits of each file; other ones in each run.
const kFlips = 2;
const kMoreFlips: readonly [start: string, flips: number][] = [["tile/entries", 40], ["checkpoint", 8]];
const seed = seedOfRun();
console.log(`TUIXUAN_SEED=${seed}`);

async function programSays(files: FileMap): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "tuixuan-flip-"));
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const program = join(process.env["TUIXUAN_BIN_DIR"] ?? "", "tuixuan-verify");
  const run = promisify(execFile)(program, [folder, "--partial", "--json", "--threads", "1"]);
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  rmSync(folder, { recursive: true });
  const said = JSON.parse(stdout) as { verified: boolean; failures: { check: string }[] };
  return said.verified ? "verified" : said.failures[0]!.check;
}

async function weSay(files: FileMap): Promise<string> {
  const result = await verify(inMemory(files), { partial: true });
  return result.verified ? "verified" : result.failure!.check;
}

async function refusedAlike(files: FileMap, what: string, seen: Map<string, number>): Promise<void> {
  const [theirs, ours] = await Promise.all([programSays(files), weSay(files)]);
  assert.notEqual(ours, "verified", what);
  assert.equal(ours, theirs, what);
  seen.set(ours, (seen.get(ours) ?? 0) + 1);
}

function honest(): FileMap {
  const files = readFolder(join(cheatsFolder(), "SetUpCheats.HonestRecordVerifies"));
  files.delete("verdict");
  return files;
}

test("one bit flipped anywhere is refused, alike by both", async () => {
  const files = honest();
  const seen = new Map<string, number>();
  const dice = new Dice(seed);
  for (const [path, bytes] of files) {
    const flips = kMoreFlips.find(([start]) => path.startsWith(start))?.[1] ?? kFlips;
    for (let i = 0; i < flips; i++) {
      const at = dice.below(bytes.length);
      const changed = bytes.slice();
      changed[at]! ^= 1 << dice.below(8);
      await refusedAlike(new Map(files).set(path, changed), `${path}, byte ${at}`, seen);
    }
  }
  console.log(`refused by ${[...seen].sort().map(([check, n]) => `${check} ${n}`).join(", ")}`);
});

test("every file is needed", async () => {
  const files = honest();
  assert.equal(await weSay(files), "verified");
  for (const path of files.keys()) {
    const fewer = new Map(files);
    fewer.delete(path);
    await refusedAlike(fewer, path, new Map());
  }
});

// Nothing in a record can change or be missing: a bit flipped in every file, and every file left out.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { verify } from "../src/verify.ts";
import { type FileMap, cheatsFolder, inMemory, readFolder } from "./records.ts";

const kFlips = 4;

function honest(): FileMap {
  const files = readFolder(join(cheatsFolder(), "SetUpCheats.HonestRecordVerifies"));
  files.delete("verdict");
  return files;
}

test("one bit flipped anywhere is refused", async () => {
  const files = honest();
  let flips = 0;
  for (const [path, bytes] of files) {
    const step = path.startsWith("tile/entries") || path === "checkpoint" ? 16 : kFlips;
    for (let i = 0; i < step; i++) {
      const at = Math.floor(((i + 0.5) * bytes.length) / step);
      const changed = bytes.slice();
      changed[at]! ^= 1 << (i % 8);
      const result = await verify(inMemory(new Map(files).set(path, changed)));
      assert.ok(!result.verified, `${path}, byte ${at}`);
      flips++;
    }
  }
  console.log(`${flips} flips in ${files.size} files`);
});

test("every file is needed", async () => {
  const files = honest();
  assert.ok((await verify(inMemory(files))).verified);
  for (const path of files.keys()) {
    const fewer = new Map(files);
    fewer.delete(path);
    assert.ok(!(await verify(inMemory(fewer))).verified, path);
  }
});

// The catalogue of cheats against both verifiers: each record that tests/cheats left, with what tuixuan-verify said of it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { verify } from "../src/verify.ts";
import { cheatsFolder, inMemory, readFolder } from "./records.ts";

const kHonest = "SetUpCheats.HonestRecordVerifies";

test("each cheat is refused by both verifiers, by the check of the same name", async () => {
  const names = readdirSync(cheatsFolder()).sort();
  assert.ok(names.length >= 130, `${names.length} records are in ${cheatsFolder()}`);
  const lines: string[] = [];
  let differ = 0;
  for (const name of names) {
    const folder = join(cheatsFolder(), name);
    const theirs = readFileSync(join(folder, "verdict"), "utf8").trim();
    const result = await verify(inMemory(readFolder(folder)), { partial: true });
    const ours = result.verified ? "verified" : result.failure!.check;
    if (ours !== theirs) differ++;
    lines.push(`${ours === theirs ? "same  " : "DIFFER"}  ${theirs.padEnd(16)}  ${ours.padEnd(16)}  ${name}`);
  }
  console.log(["        tuixuan-verify    verify.mjs        cheat", ...lines].join("\n"));
  console.log(`${names.length} records, ${differ} judged differently`);
  assert.equal(differ, 0);
});

test("the honest record: the same result, root, log and congress as tuixuan-verify computes", async () => {
  const folder = join(cheatsFolder(), kHonest);
  const program = join(process.env["TUIXUAN_BIN_DIR"] ?? "", "tuixuan-verify");
  const theirs = JSON.parse(execFileSync(program, [folder, "--json"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const ours = await verify(inMemory(readFolder(folder)));
  assert.ok(ours.verified && theirs.verified);
  for (const name of ["log", "size", "root", "congress"] as const) assert.equal(ours[name], theirs[name], name);
  assert.ok(theirs.stages.length > 0);
  ours.stages.forEach((stage, i) => {
    for (const name of ["id", "counted", "cast", "challenged", "abandoned", "voided"] as const)
      assert.equal(stage[name], theirs.stages[i][name], name);
    assert.deepEqual(stage.report, theirs.stages[i].report);
  });
});

test("the honest record cut short is not complete", async () => {
  const folder = join(cheatsFolder(), "SetUpCheats.n12_TrusteeMissing");
  const result = await verify(inMemory(readFolder(folder)));
  assert.ok(!result.verified);
});

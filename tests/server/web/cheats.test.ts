// The catalogue of cheats against both verifiers: each record that tests/cheats left, with what tuixuan-verify said of it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Verification, verify } from "../src/verify.ts";
import { cheatsFolder, inMemory, readFolder } from "./records.ts";

// What the first test found, for the second.
const held = new Map<string, Verification>();

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
    if (result.verified) held.set(name, result);
    if (ours !== theirs) differ++;
    lines.push(`${ours === theirs ? "same  " : "DIFFER"}  ${theirs.padEnd(16)}  ${ours.padEnd(16)}  ${name}`);
  }
  console.log(["        tuixuan-verify    verify.mjs        cheat", ...lines].join("\n"));
  console.log(`${names.length} records, ${differ} judged differently`);
  assert.equal(differ, 0);
});

// Who an incident names first.
const blamed = (what: string): string => /(trustee|kiosk) \w+/.exec(what)?.[0] ?? "";

test("what both verify has the same result, outcome, decisions, root, log, congress and incidents", async () => {
  const verified = readdirSync(cheatsFolder()).filter((name) => readFileSync(join(cheatsFolder(), name, "verdict"), "utf8").trim() === "verified");
  assert.ok(verified.length >= 8, verified.join(" "));
  let reports = 0;
  const decided = new Set<string>();
  for (const name of verified) {
    const folder = join(cheatsFolder(), name);
    const program = join(process.env["TUIXUAN_BIN_DIR"] ?? "", "tuixuan-verify");
    const said = execFileSync(program, [folder, "--json", "--partial"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const theirs = JSON.parse(said);
    const ours = held.get(name)!;
    assert.ok(ours.verified && theirs.verified, name);
    for (const member of ["log", "size", "root", "congress"] as const) assert.equal(ours[member], theirs[member], `${name}: ${member}`);
    assert.deepEqual(ours.witnesses, theirs.witnesses, name);
    const incident = (i: { entry: number; check: string; what: string }) => [i.entry, i.check, blamed(i.what)];
    assert.deepEqual(ours.incidents.map(incident), theirs.incidents.map(incident), name);
    const decision = (d: { entry: number; kind: string; words: { zh: string; en: string } }) => ({ entry: d.entry, kind: d.kind, ...d.words });
    assert.deepEqual(ours.decisions.map(decision), theirs.decisions, name);
    assert.deepEqual(ours.outcome, theirs.outcome, name);
    for (const d of ours.decisions) decided.add(d.kind);
    assert.equal(ours.stages.length, theirs.stages.length);
    ours.stages.forEach((stage, i) => {
      for (const member of ["id", "counted", "cast", "challenged", "abandoned", "voided"] as const)
        assert.equal(stage[member], theirs.stages[i][member], `${name}: ${member}`);
      assert.deepEqual(stage.report, theirs.stages[i].report, name);
      if (stage.report !== null) reports++;
    });
  }
  assert.ok(reports >= 5, `${reports} results`);
  assert.ok(decided.size >= 9, `decisions of the kinds ${[...decided].sort().join(", ")}`);
});

test("keys known from elsewhere must be those of the scheme", async () => {
  const files = inMemory(readFolder(join(cheatsFolder(), "Variety.NobodyVotes")));
  const log = (await verify(files)).log!;
  assert.ok((await verify(files, { log })).verified);
  assert.equal((await verify(files, { log: log.replace("kit", "kat") })).failure?.check, "V01.key");
  assert.equal((await verify(files, { organiser: "0".repeat(64) })).failure?.check, "V01.key");
});

test("a record of a congress under way is not complete", async () => {
  const result = await verify(inMemory(readFolder(join(cheatsFolder(), "Variety.ComplaintWithCause"))));
  assert.equal(result.failure?.check, "record.incomplete");
});

// Formats of the log and the scheme, strictly: sections 13, 14, 18.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Reader, concat, encodeText, hex, u32 } from "../src/bytes.ts";
import { readArchive } from "../src/files.ts";
import { sha256 } from "../src/hash.ts";
import { parseJson } from "../src/json.ts";
import { Tree, bundlePaths, indexPath, leafHash, tiles } from "../src/merkle.ts";
import { cosignatures, decodeBase64, encodeBase64, readCheckpoint, readWitness } from "../src/note.ts";
import { isPersonName } from "../src/person_name.ts";
import { Refusal } from "../src/refusal.ts";
import { isPrintable } from "../src/text.ts";

const refusedAs = (check: string) => (error: unknown) => error instanceof Refusal && error.check === check;

// RFC 6962, section 2.1, as it stands there.
function slowRoot(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return sha256(Uint8Array.of(1), slowRoot(leaves.slice(0, k)), slowRoot(leaves.slice(k)));
}

test("the tree has the root of RFC 6962 at every size, and at every earlier one", () => {
  const tree = new Tree();
  const leaves: Uint8Array[] = [];
  for (let size = 0; size <= 70; size++) {
    assert.equal(hex(tree.root()), hex(slowRoot(leaves)), `size ${size}`);
    leaves.push(leafHash(encodeText(`entry ${size}`)));
    tree.append(leaves[size]!);
  }
  for (let size = 0; size <= 70; size++) assert.equal(hex(tree.root(size)), hex(slowRoot(leaves.slice(0, size))));
});

test("tiles and bundles of a log lie where tlog-tiles puts them", () => {
  assert.equal(indexPath(1234067), "x001/x234/067");
  assert.equal(indexPath(5), "005");
  const tree = new Tree();
  for (let i = 0; i < 600; i++) tree.append(leafHash(u32(i)));
  assert.deepEqual(tiles(tree).map((t) => t.path), ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"]);
  assert.deepEqual(bundlePaths(600).map((b) => b.path), ["tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"]);
});

test("a reader refuses what is not there, what is left, and counts beyond the bytes", () => {
  assert.throws(() => new Reader(u32(9), "X").blob(), refusedAs("X"));
  assert.throws(() => new Reader(u32(9), "X").end(), refusedAs("X"));
  const reader = new Reader(concat(u32(0xffffffff), new Uint8Array(8)), "X");
  assert.throws(() => reader.list(1, () => 0), refusedAs("X"));
  assert.throws(() => new Reader(concat(u32(2), Uint8Array.of(0xc0, 0x80)), "X").text(), refusedAs("X"), "overlong UTF-8");
  assert.throws(() => new Reader(concat(u32(3), encodeText("a/b")), "X").name(), refusedAs("X"));
});

test("what prints and what does not", () => {
  for (const good of ["", "张三", "Ana María", "𠮷野"]) assert.ok(isPrintable(good), good);
  for (const bad of ["\u0000", "\u00ad", "\u200b", "\u202e", "\ufeff", "\ue000", "\ufffe", "\u{1fffe}", "\u{e0041}", "\u{f0000}"])
    assert.ok(!isPrintable(bad), bad.codePointAt(0)!.toString(16));
});

test("names of people: normal form C, letters of Unicode 15.0, single spaces", () => {
  for (const good of ["李四", "阿卜杜拉·买买提", "Zoë", "O'Brien", "𠮷田", "A B", "王（小）"]) assert.ok(isPersonName(good), good);
  const bad = ["", " 李", "李 ", "李  四", "李\u3000四", "Zoe\u0308", "李\u200d四", "★", "①", "Ⅳ", "A_B", "“李”", "\ue000", "\u{323b0}", "李\u2028"];
  for (const name of bad) assert.ok(!isPersonName(name), JSON.stringify(name));
});

test("JSON: nothing twice, plain integers, nothing after the end, nesting at most 16", () => {
  assert.deepEqual(parseJson(' {"a": [1, true, null, "x\\u4e00\\n"]} '), new Map([["a", [1, true, null, "x一\n"]]]));
  const deep = (n: number) => "[".repeat(n) + "]".repeat(n);
  parseJson(deep(16));
  const bad = ['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', "1.0", "1e3", "01", "+1", "9007199254740993", "[1,]", "{,}", '"\t"', "nul", "1 2", "", "'a'", deep(18), "NaN", '{"a" 1}'];
  for (const text of bad) assert.throws(() => parseJson(text), refusedAs("V01.scheme"), text);
});

test("base64 has one spelling", () => {
  for (let n = 0; n < 9; n++) {
    const bytes = Uint8Array.from({ length: n }, (_, i) => 251 - 37 * i);
    assert.equal(encodeBase64(bytes), Buffer.from(bytes).toString("base64"));
    assert.deepEqual(decodeBase64(encodeBase64(bytes)), bytes);
  }
  for (const bad of ["A", "AA", "AB==", "AAF=", "AA=A", "A===", "AA==\n", "-_=="]) assert.equal(decodeBase64(bad), null, bad);
});

test("checkpoints: three lines, an empty line, signatures", () => {
  const root = Buffer.alloc(32, 7).toString("base64");
  const line = `— log.example ${Buffer.alloc(68, 1).toString("base64")}`;
  const read = (text: string) => readCheckpoint(encodeText(text));
  assert.equal(read(`log.example\n12\n${root}\n\n${line}\n`).size, 12);
  for (const bad of [`log.example\n12\n${root}\n`, `log.example\n12\n${root}\n\n${line}`, `log.example\n12\n${root}\n\n- x AAAA\n`])
    assert.throws(() => read(bad), refusedAs("log.note"), bad);
  for (const bad of [`log.example\n012\n${root}\n\n${line}\n`, `log.example\n12\n${root}\nmore\n\n${line}\n`, `\n12\n${root}\n\n${line}\n`, `log.example\n12\nAAAA\n\n${line}\n`])
    assert.throws(() => read(bad), refusedAs("log.checkpoint"), bad);
});

function ustar(name: string, content: string, change: (header: Buffer) => void = () => {}): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, "0"), 124);
  header.write("ustar\u000000", 257, "latin1");
  header.write("0", 156);
  change(header);
  header.fill(" ", 148, 156);
  header.write(header.reduce((sum, b) => sum + b, 0).toString(8).padStart(6, "0") + "\0 ", 148, "latin1");
  return Buffer.concat([header, Buffer.from(content.padEnd(Math.ceil(content.length / 512) * 512, "\0"))]);
}

test("archives: plain ustar files, each name once", () => {
  const end = Buffer.alloc(1024);
  const good = Buffer.concat([ustar("checkpoint", "abc"), ustar("tile/0/000", ""), end]);
  assert.deepEqual([...readArchive(new Uint8Array(good)).keys()], ["checkpoint", "tile/0/000"]);
  const bad = [
    Buffer.concat([ustar("a", "x"), ustar("a", "y"), end]),
    Buffer.concat([ustar("a", "x", (h) => h.write("2", 156)), end]),
    Buffer.concat([ustar("a", "x", (h) => h.write("x", 156)), end]),
    Buffer.concat([ustar("a", "x", (h) => h.write("gnutar", 257)), end]),
    Buffer.concat([ustar("a", "x", (h) => h.write("00000077777", 124)), end]),
    ustar("a", "x"),
    good.subarray(0, 300),
    Buffer.from("not an archive"),
  ];
  for (const archive of bad) assert.throws(() => readArchive(new Uint8Array(archive)), refusedAs("record.file"));
  const damaged = Buffer.from(good);
  damaged[0]! ^= 1;
  assert.throws(() => readArchive(new Uint8Array(damaged)), refusedAs("record.file"), "the check sum");
});

// The worked example of C2SP tlog-cosignature with known seeds; made by none of this code.
test("a witness's cosignature, and what is none", () => {
  const lines = [
    "audit.county.example/2026-11", "5", "1xXrgpN9/5GeHUlBygBJJGBJ64kJHsLjQbhjgR2T+Vc=", "",
    "— audit.county.example/2026-11 e+7bvOCUwmt2qthpv3wlbZ1on3VBjHOeUE5+81bJdkplG4I5ZbONXVw4fqnKbSb8sn6qQ3zJiBZsW49vSXA3GGx0bQ0=",
    "— witness.example/w1 8e2MRwAAAABoTuGAQPnCttZpYIGr65wdsPRiSyMlSpz0DFbFIaVDpCyKP0EPpJLy3BOF+NTEaQrPWp6qsdHhu1WWcJ+nwdNs9hoaAg==", "",
  ];
  const note = lines.join("\n");
  const witness = readWitness("witness.example/w1+f1ed8c47+BCFS+NGbeR0kRTJC4V8uq2y3z/p7al7TAJeWDgaYgdsS")!;
  assert.equal(readWitness("witness.example/w1+f1ed8c48+BCFS+NGbeR0kRTJC4V8uq2y3z/p7al7TAJeWDgaYgdsS"), null, "another key id");
  assert.equal(readWitness("audit.county.example/2026-11+7beedbbc+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"), null, "a log's key");
  const said = (text: string) => cosignatures(readCheckpoint(encodeText(text)), [witness]);
  assert.deepEqual(said(note), [{ name: "witness.example/w1", seconds: 1750000000 }]);
  assert.deepEqual(said(note.replace("witness.example/w1", "witness.example/w2")), [], "a stranger's line");
  for (const bad of [note.replace("AABoTuGA", "AABoTuGB"), note.replace("hoaAg==", "hoaAw==")])
    assert.throws(() => said(bad), refusedAs("log.cosignature"));
});

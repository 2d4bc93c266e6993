// Receipts (C2SP tlog-proof) and kept checkpoints against a log's leaf hashes: what holds, and what is evidence of a
// second log (log.fork) or of entries taken away (log.short).
import { type Bytes, decodeText, encodeText, equal, hex } from "./bytes.ts";
import { Tree } from "./merkle.ts";
import { type Checkpoint, decodeBase64, isSignedBy, readCheckpoint } from "./note.ts";
import { sha256 } from "./hash.ts";
import { must, refuse } from "./refusal.ts";

export interface LogKey {
  readonly name: string;
  readonly key: Bytes;
}

export interface Receipt {
  readonly index: number;
  readonly proof: Bytes[];
  readonly checkpoint: Checkpoint;
}

// name+hash+key; the hash is for people to tell keys apart.
export function readVkey(text: string): LogKey {
  const [name, , key] = text.split("+", 2).concat(text.split("+").slice(2).join("+"));
  const bytes = decodeBase64(key ?? "");
  if (name === undefined || bytes === null || bytes.length !== 33 || bytes[0] !== 1) refuse("log.note", "the log's key is malformed");
  return { name, key: bytes.subarray(1) };
}

export function readReceipt(text: string): Receipt {
  const split = text.indexOf("\n\n");
  must(split > 0, "log.proof", "a receipt has a proof and a checkpoint");
  const lines = text.slice(0, split).split("\n");
  must(lines.shift() === "c2sp.org/tlog-proof@v1", "log.proof", "this is not a receipt (tlog-proof)");
  if (lines[0]?.startsWith("extra ")) lines.shift();
  const index = /^index (0|[1-9][0-9]{0,14})$/.exec(lines.shift() ?? "");
  if (index === null) refuse("log.proof", "a receipt says at which index its entry stands");
  const proof = lines.map((line) => {
    const hash = decodeBase64(line);
    return hash !== null && hash.length === 32 ? hash : refuse("log.proof", "a hash of the proof is malformed");
  });
  return { index: Number(index[1]), proof, checkpoint: readCheckpoint(encodeText(text.slice(split + 2))) };
}

const node = (left: Bytes, right: Bytes): Bytes => sha256(Uint8Array.of(1), left, right);

// RFC 9162, 2.1.3.2: the root that a leaf and its path give; null where the path has another length.
export function rootOfPath(leaf: Bytes, index: number, size: number, path: Bytes[]): Bytes | null {
  if (index >= size) return null;
  let [at, last, root] = [index, size - 1, leaf];
  for (const hash of path) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      root = node(hash, root);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else {
      root = node(root, hash);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}

export function checkSigned(checkpoint: Checkpoint, log: LogKey): void {
  must(checkpoint.origin === log.name, "log.checkpoint", `the checkpoint is of ${checkpoint.origin}, not ${log.name}`);
  must(isSignedBy(checkpoint, log.name, log.key), "log.note", "the log's key has not signed the checkpoint");
}

// An earlier checkpoint, or one of somebody else, against the tree that the site shows now.
export function checkContinues(kept: Checkpoint, tree: Tree, log: LogKey): void {
  checkSigned(kept, log);
  must(kept.size <= tree.size, "log.short", `the log has ${tree.size} entries, the checkpoint covers ${kept.size}`);
  must(equal(tree.root(kept.size), kept.root), "log.fork", `at ${kept.size} entries the site has root ${hex(tree.root(kept.size))}`);
}

export function checkReceipt(receipt: Receipt, tree: Tree, log: LogKey): void {
  checkContinues(receipt.checkpoint, tree, log);
  must(receipt.index < receipt.checkpoint.size, "log.receipt", "the entry is not under the receipt's checkpoint");
  const root = rootOfPath(tree.nodesAt(0)[receipt.index]!, receipt.index, receipt.checkpoint.size, receipt.proof);
  must(root !== null && equal(root, receipt.checkpoint.root), "log.receipt", "the proof does not lead to the checkpoint's root");
}

// The text of a file or a field; people's tools end lines with CR, and take away the last one.
export function plainText(bytes: Bytes): string {
  const text = decodeText(bytes) ?? refuse("log.proof", "this is no text");
  return `${text.replace(/\r\n/g, "\n").trimEnd()}\n`;
}

// Signed notes and checkpoints: C2SP signed-note and tlog-checkpoint, no extension lines (section 14).
import { type Bytes, concat, decodeText, encodeText, equal, hex, leToBigint } from "./bytes.ts";
import { sha256 } from "./hash.ts";
import { must, refuse } from "./refusal.ts";
import { isKey, verifies } from "./signature.ts";
import { isPrintable } from "./text.ts";

const kEd25519 = 1;
const kCosignature = 4;
export const kMaxCheckpoint = 64 * 1024;

export interface NoteSignature {
  readonly name: string;
  readonly bytes: Bytes;
}

export interface Checkpoint {
  readonly text: string;
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
  readonly signatures: NoteSignature[];
}

const kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Strict: padded, no spare bits set. Null otherwise.
export function decodeBase64(text: string): Bytes | null {
  if (text.length % 4 !== 0) return null;
  const body = text.replace(/={1,2}$/, "");
  const out = new Uint8Array(Math.floor((body.length * 3) / 4));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const letter of body) {
    const value = kBase64.indexOf(letter);
    if (value < 0) return null;
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  return held === 0 && at === out.length ? out : null;
}

export function encodeBase64(bytes: Bytes): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]];
    const held = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    out += kBase64[held >> 18]! + kBase64[(held >> 12) & 63]!;
    out += b === undefined ? "==" : kBase64[(held >> 6) & 63]! + (c === undefined ? "=" : kBase64[held & 63]!);
  }
  return out;
}

const hashOfKey = (name: string, type: number, key: Bytes): Bytes =>
  sha256(encodeText(`${name}\n`), Uint8Array.of(type), key).subarray(0, 4);
const keyHash = (name: string, key: Bytes): Bytes => hashOfKey(name, kEd25519, key);

// Who may cosign: the key's type is another than the log's, and so is its hash.
export interface Witness {
  readonly name: string;
  readonly key: Bytes;
}

export interface Cosignature {
  readonly name: string;
  readonly seconds: number;
}

const witnessHash = (w: Witness): Bytes => hashOfKey(w.name, kCosignature, w.key);

// The vkey of a witness; null if it is none.
export function readWitness(text: string): Witness | null {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text);
  const bytes = parts === null ? null : decodeBase64(parts[3]!);
  if (parts === null || bytes === null || bytes.length !== 33 || bytes[0] !== kCosignature) return null;
  const witness = { name: parts[1]!, key: bytes.subarray(1) };
  const named = isKeyName(witness.name) && encodeText(witness.name).length <= 255;
  return named && hex(witnessHash(witness)) === parts[2] && isKey(witness.key) ? witness : null;
}

// The good cosignatures of those known, the latest of each; a bad one refuses the checkpoint.
export function cosignatures(checkpoint: Checkpoint, known: readonly Witness[]): Cosignature[] {
  const out: Cosignature[] = [];
  for (const witness of known) {
    const hash = witnessHash(witness);
    const own = checkpoint.signatures.filter((s) => s.name === witness.name && equal(s.bytes.subarray(0, 4), hash));
    const times = own.map((s) => {
      const time = s.bytes.subarray(4, 12);
      const seconds = leToBigint(time.slice().reverse());
      const message = encodeText(`cosignature/v1\ntime ${seconds}\n${checkpoint.text}`);
      const holds = s.bytes.length === 76 && seconds < 1n << 63n && verifies(witness.key, message, s.bytes.subarray(12));
      must(holds, "log.cosignature", `the cosignature of ${witness.name} is wrong`);
      return Number(seconds);
    });
    if (times.length > 0) out.push({ name: witness.name, seconds: Math.max(...times) });
  }
  return out;
}

// name+hash+key, as C2SP writes a verifier key.
export function vkey(name: string, key: Bytes): string {
  const hash = Array.from(keyHash(name, key), (b) => b.toString(16).padStart(2, "0")).join("");
  return `${name}+${hash}+${encodeBase64(concat(Uint8Array.of(kEd25519), key))}`;
}

const isKeyName = (name: string): boolean => /^[^\s+]+$/.test(name) && isPrintable(name);

function readSignature(line: string): NoteSignature {
  const parts = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
  const bytes = parts === null ? null : decodeBase64(parts[2]!);
  if (parts === null || !isKeyName(parts[1]!) || bytes === null || bytes.length < 5) refuse("log.note", "a signature line is malformed");
  return { name: parts[1]!, bytes };
}

// Reads the form only; nothing in it is believed before `isSignedBy`.
export function readCheckpoint(bytes: Bytes): Checkpoint {
  const all = bytes.length <= kMaxCheckpoint ? decodeText(bytes) : null;
  if (all === null || /[\u0000-\u0009\u000b-\u001f]/.test(all)) refuse("log.note", "the checkpoint is no text");
  const split = all.lastIndexOf("\n\n");
  must(split >= 0 && all.endsWith("\n"), "log.note", "the checkpoint is not a signed note");
  const text = all.slice(0, split + 1);
  const signatures = all.slice(split + 2, -1).split("\n").map(readSignature);
  must(signatures.length <= 100, "log.note", "the checkpoint has more than 100 signatures");
  const lines = text.slice(0, -1).split("\n");
  must(lines.length === 3, "log.checkpoint", "a checkpoint has three lines: origin, size, root");
  must(isKeyName(lines[0]!), "log.checkpoint", "the origin is empty, or holds a space or a plus");
  must(/^(0|[1-9][0-9]{0,14})$/.test(lines[1]!), "log.checkpoint", "the size is no number");
  const root = decodeBase64(lines[2]!);
  if (root === null || root.length !== 32) refuse("log.checkpoint", "the root is not 32 bytes in base64");
  return { text, origin: lines[0]!, size: Number(lines[1]!), root, signatures };
}

// Signatures of keys that are not this one are left aside; this one's must verify.
export function isSignedBy(checkpoint: Checkpoint, name: string, key: Bytes): boolean {
  const hash = keyHash(name, key);
  const own = checkpoint.signatures.filter((s) => s.name === name && equal(s.bytes.subarray(0, 4), hash));
  return own.length > 0 && own.every((s) => verifies(key, encodeText(checkpoint.text), s.bytes.subarray(4)));
}

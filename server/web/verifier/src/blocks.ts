// Section 4: contents as points.
import { type Bytes, concat, hex, isZero } from "./bytes.ts";
import { type Point, point } from "./group.ts";

export const kBlock = 30;
export const kMaxWidth = 64;

// The smallest width whose points hold a content of that many bytes.
export const widthFor = (longest: number): number => Math.ceil((longest + 2) / kBlock);

function candidate(block: Bytes, k: number): Bytes {
  return concat(Uint8Array.of(2 * (k % 128)), block, Uint8Array.of(k >> 7));
}

export function encodeBlock(block: Bytes): Point {
  for (let k = 0; k < 128 * 128; k++) {
    const found = point(candidate(block, k));
    if (found !== null) return found;
  }
  throw new Error("a block has no encoding");
}

// Null where the point is not the encoding of a block.
export function decodeBlock(bytes: Bytes): Bytes | null {
  if ((bytes[0]! & 1) !== 0 || bytes[31]! >= 128 || point(bytes) === null) return null;
  const block = bytes.subarray(1, 31);
  const k = bytes[0]! / 2 + 128 * bytes[31]!;
  for (let smaller = 0; smaller < k; smaller++) if (point(candidate(block, smaller)) !== null) return null;
  return block;
}

export function encodeContent(content: Bytes, w: number): Point[] {
  const padded = new Uint8Array(kBlock * w);
  padded[0] = content.length & 0xff;
  padded[1] = content.length >> 8;
  padded.set(content, 2);
  const out: Point[] = [];
  for (let i = 0; i < w; i++) out.push(encodeBlock(padded.subarray(kBlock * i, kBlock * (i + 1))));
  return out;
}

// What points were decoded to, for many rows: equal choices are equal points.
export type DecodedBlocks = Map<string, Bytes | null>;

// Null where the row is undecodable.
export function decodeContent(row: Bytes[], decoded: DecodedBlocks = new Map()): Bytes | null {
  const blocks: Bytes[] = [];
  for (const bytes of row) {
    const name = hex(bytes);
    const block = decoded.get(name) ?? (decoded.has(name) ? null : decodeBlock(bytes));
    decoded.set(name, block);
    if (block === null) return null;
    blocks.push(block);
  }
  const all = concat(...blocks);
  const length = all[0]! | (all[1]! << 8);
  if (length > all.length - 2 || !isZero(all.subarray(2 + length))) return null;
  return all.subarray(2, 2 + length);
}

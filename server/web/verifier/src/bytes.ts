// Bytes and the strict reader of section 13: little-endian, bounds-checked, nothing left at the end.
import { Refusal } from "./refusal.ts";
import { isId, isPrintable } from "./text.ts";

export type Bytes = Uint8Array;

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const encodeText = (text: string): Bytes => utf8.encode(text);

// Null where the bytes are not well-formed UTF-8.
export function decodeText(bytes: Bytes): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

export function concat(...parts: Bytes[]): Bytes {
  let size = 0;
  for (const part of parts) size += part.length;
  const out = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function compare(a: Bytes, b: Bytes): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const d = a[i]! - b[i]!;
    if (d !== 0) return d;
  }
  return a.length - b.length;
}

export const equal = (a: Bytes, b: Bytes): boolean => a.length === b.length && compare(a, b) === 0;

export const isZero = (bytes: Bytes): boolean => bytes.every((b) => b === 0);

export function hex(bytes: Bytes): string {
  let out = "";
  for (const b of bytes) out += b.toString(16).padStart(2, "0");
  return out;
}

export function unhex(text: string): Bytes {
  const out = new Uint8Array(text.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return out;
}

export function u64(value: number | bigint): Bytes {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(value), true);
  return out;
}

export function u32(value: number): Bytes {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value, true);
  return out;
}

export function leToBigint(bytes: Bytes): bigint {
  let out = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) out = (out << 8n) | BigInt(bytes[i]!);
  return out;
}

const kMaxText = 1024;
const kMaxItems = 1024;

// Refuses under the check it was made with.
export class Reader {
  private at = 0;

  constructor(
    private readonly bytes: Bytes,
    private readonly check: string,
  ) {}

  fail(what: string): never {
    throw new Refusal(this.check, what);
  }
  left(): number {
    return this.bytes.length - this.at;
  }
  fixed(n: number): Bytes {
    if (n > this.left()) this.fail(`${n} bytes are announced, ${this.left()} are left`);
    this.at += n;
    return this.bytes.subarray(this.at - n, this.at);
  }
  u8(): number {
    return this.fixed(1)[0]!;
  }
  u32(): number {
    const b = this.fixed(4);
    return new DataView(b.buffer, b.byteOffset, 4).getUint32(0, true);
  }
  u64(): bigint {
    return leToBigint(this.fixed(8));
  }
  blob(): Bytes {
    return this.fixed(this.u32());
  }
  bool(): boolean {
    const byte = this.u8();
    if (byte > 1) this.fail(`a bool of ${byte}`);
    return byte === 1;
  }
  text(most: number = kMaxText): string {
    const bytes = this.blob();
    if (bytes.length > most) this.fail(`a text of ${bytes.length} bytes; at most ${most} are taken`);
    const text = decodeText(bytes);
    if (text === null || !isPrintable(text)) this.fail("a text is not printable UTF-8");
    return text;
  }
  name(): string {
    const text = this.text();
    if (!isId(text)) this.fail("a name is not 1 to 32 of a-z A-Z 0-9 . _ -");
    return text;
  }
  // Each item takes at least `least` bytes, so that a count cannot exceed what is there.
  list<T>(least: number, item: () => T, most: number = kMaxItems): T[] {
    const count = this.u32();
    if (count > most) this.fail(`${count} items; at most ${most} are taken`);
    if (count * least > this.left()) this.fail(`${count} items are announced, ${this.left()} bytes are left`);
    const out: T[] = [];
    for (let i = 0; i < count; i++) out.push(item());
    return out;
  }
  end(): void {
    if (this.left() !== 0) this.fail(`${this.left()} bytes too many`);
  }
}

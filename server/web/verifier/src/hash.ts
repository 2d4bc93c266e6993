// Section 2: H and HS, their items. SHA-512 and SHA-256 are those of @noble/hashes.
import { sha256 as nobleSha256, sha512 } from "@noble/hashes/sha2.js";
import { type Bytes, concat, encodeText, leToBigint, u64 } from "./bytes.ts";

export const kOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

const kProtocol = encodeText("EVR255/1");

export const sha256 = (...parts: Bytes[]): Bytes => {
  const hash = nobleSha256.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const sha512Of = (...parts: Bytes[]): Bytes => {
  const hash = sha512.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export function H(label: string, ...items: (Bytes | string)[]): Bytes {
  const hash = sha512.create();
  const add = (item: Bytes) => hash.update(u64(item.length)).update(item);
  add(kProtocol);
  add(encodeText(label));
  for (const item of items) add(typeof item === "string" ? encodeText(item) : item);
  return hash.digest();
}

export const HS = (label: string, ...items: (Bytes | string)[]): bigint => leToBigint(H(label, ...items)) % kOrder;

// A list of points as one item.
export const pts = (encodings: Bytes[]): Bytes => concat(u64(encodings.length), ...encodings);

// Rows of width w as one item; each row's bytes are alpha_1 | beta_1 | … | beta_w.
export const rowsItem = (w: number, rows: Bytes[]): Bytes => concat(u64(rows.length), u64(w), ...rows);

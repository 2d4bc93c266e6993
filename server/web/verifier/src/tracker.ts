// What people see of a ballot hash (section 10).
import type { Bytes } from "./bytes.ts";

const kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function base32(bytes: Bytes): string {
  let out = "";
  let bits = 0;
  let held = 0;
  for (const b of bytes) {
    held = (held << 8) | b;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += kBase32[(held >> bits) & 31]!;
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? out + kBase32[(held << (5 - bits)) & 31]! : out;
}

// What people see of a ballot hash.
export const tracker = (hash: Bytes): string => base32(hash).slice(0, 26).replace(/(.{4})(?=.)/g, "$1-");

// Group, strict decoding, contents as points, signatures: sections 1 to 4.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeBlock, decodeContent, encodeBlock, encodeContent, widthFor } from "../src/blocks.ts";
import { base32, tracker } from "../src/tracker.ts";
import { hex, unhex } from "../src/bytes.ts";
import { lagrange } from "../src/decryption.ts";
import { Group, Sum, gen, inverse, mod, point, scalar, timesG } from "../src/group.ts";
import { kOrder } from "../src/hash.ts";
import { isKey, verifies } from "../src/signature.ts";

const le = (value: bigint): Uint8Array => unhex(value.toString(16).padStart(64, "0")).reverse();

test("the base point is that of RFC 9496, and l G is the identity", () => {
  assert.equal(hex(timesG(1n).toBytes()), "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76");
  assert.ok(timesG(kOrder - 1n).add(timesG(1n)).equals(Group.ZERO));
});

test("points are strict: identity, bit 255, negative and non-canonical encodings", () => {
  const good = timesG(7n).toBytes();
  assert.ok(point(good));
  assert.equal(point(new Uint8Array(32)), null);
  const high = good.slice();
  high[31]! |= 0x80;
  assert.equal(point(high), null);
  const p = 2n ** 255n - 19n;
  assert.equal(point(le(p)), null);
  assert.equal(point(le(p + 1n)), null);
  const s = BigInt(`0x${hex(good.slice().reverse())}`);
  assert.equal(point(le(p - s)), null, "the negative of a valid encoding");
  assert.equal(point(good.subarray(0, 31)), null);
});

test("scalars are below the order", () => {
  assert.equal(scalar(le(kOrder - 1n)), kOrder - 1n);
  assert.equal(scalar(le(kOrder)), null);
  assert.equal(scalar(le(2n ** 256n - 1n)), null);
});

test("generators differ from each other and from G", () => {
  const all = [timesG(1n), gen(0), gen(1), gen(2), gen(5)].map((p) => hex(p.toBytes()));
  assert.equal(new Set(all).size, all.length);
});

test("a sum is the same one by one and by buckets, and collects terms of one element", () => {
  const terms = Array.from({ length: 40 }, (_, i) => [BigInt(i * i + 3), gen(i)] as const);
  const many = new Sum().addG(5n);
  let slow = timesG(5n);
  for (const [k, p] of terms) {
    many.add(k, p);
    slow = slow.add(p.multiplyUnsafe(k));
  }
  assert.ok(many.value().equals(slow));
  assert.ok(new Sum().add(9n, gen(1)).add(-9n, gen(1)).isIdentity());
  assert.ok(!new Sum().add(1n, gen(1)).isIdentity());
});

test("blocks come back, and only from their first encoding", () => {
  for (const fill of [0, 1, 77, 255]) {
    const block = new Uint8Array(30).fill(fill);
    const encoded = encodeBlock(block);
    assert.deepEqual(decodeBlock(encoded.bytes), block);
    const k = encoded.bytes[0]! / 2 + 128 * encoded.bytes[31]!;
    for (let later = k + 1; later < k + 40; later++) {
      const other = encoded.bytes.slice();
      other[0] = 2 * (later % 128);
      other[31] = later >> 7;
      if (point(other)) assert.equal(decodeBlock(other), null, "a later candidate is undecodable");
    }
  }
  const odd = timesG(3n).toBytes();
  odd[0]! |= 1;
  assert.equal(decodeBlock(odd), null);
});

test("contents come back at every length; padding must be zero and the length in range", () => {
  for (const length of [0, 1, 27, 28, 29, 58]) {
    const content = Uint8Array.from({ length }, (_, i) => i + 1);
    const w = widthFor(length);
    assert.equal(w, length <= 28 ? 1 : 2);
    assert.deepEqual(decodeContent(encodeContent(content, w).map((p) => p.bytes)), content);
  }
  const dirty = new Uint8Array(30);
  dirty[0] = 1;
  dirty[29] = 9;
  assert.equal(decodeContent([encodeBlock(dirty).bytes]), null);
  const long = new Uint8Array(30);
  long[0] = 29;
  assert.equal(decodeContent([encodeBlock(long).bytes]), null);
});

test("any k shares give the secret at zero", () => {
  const f = (x: bigint) => mod(11n + 5n * x + 3n * x * x);
  for (const trustees of [[1, 2, 3], [2, 4, 7], [1, 5, 6]]) {
    const lambdas = lagrange(trustees);
    assert.equal(trustees.reduce((sum, t, i) => mod(sum + lambdas[i]! * f(BigInt(t))), 0n), 11n);
  }
  assert.equal(mod(inverse(12345n) * 12345n), 1n);
});

test("signatures: RFC 8032's first two, changed bytes, S + l, keys and R of small order", () => {
  const vectors = [
    ["d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"],
    ["3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"],
  ] as const;
  for (const [key, message, signature] of vectors) {
    assert.ok(verifies(unhex(key), unhex(message), unhex(signature)));
    const bad = unhex(signature);
    bad[40]! ^= 1;
    assert.ok(!verifies(unhex(key), unhex(message), bad));
    const s = BigInt(`0x${hex(unhex(signature).subarray(32).slice().reverse())}`);
    const malleable = unhex(signature);
    malleable.set(le(s + kOrder), 32);
    assert.ok(!verifies(unhex(key), unhex(message), malleable));
  }
  const identity = unhex("0100000000000000000000000000000000000000000000000000000000000000");
  assert.ok(!isKey(identity));
  const forged = new Uint8Array(64);
  forged.set(identity);
  assert.ok(!verifies(identity, unhex("aa"), forged), "the identity signs everything where small orders are taken");
});

test("base32 and trackers", () => {
  assert.equal(base32(new TextEncoder().encode("foobar")), "MZXW6YTBOI");
  assert.equal(tracker(new Uint8Array(64)), "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AA");
});

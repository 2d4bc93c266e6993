// Section 12: partial decryptions, and what k of them open.
import { randomWeight } from "./batch.ts";
import { type Row, many } from "./ballot.ts";
import { type Bytes, Reader, hex, u64 } from "./bytes.ts";
import { type Element, Group, type Point, Sum, inverse, mod, point, scalar, times, timesG } from "./group.ts";
import { H, HS, pts, rowsItem } from "./hash.ts";
import { must, refuse } from "./refusal.ts";

export interface DecryptionStatement {
  readonly tctx: Bytes;
  readonly contest: string;
  readonly trustee: number;
  readonly y: Point;
  readonly x: Point;
  readonly width: number;
  readonly rows: Row[];
}

// The factors D, row by row, of a partial decryption that holds.
export function checkDecryption(s: DecryptionStatement, bytes: Bytes): Point[] {
  const n = s.rows.length;
  const reader = new Reader(bytes, "V14.shape");
  must(bytes.length === 104 + 32 * s.width * n, "V14.shape", `${bytes.length} bytes`);
  must(reader.u32() === n && reader.u32() === s.width, "V14.shape", "not the rows and width of the last list");
  const onePoint = () => point(reader.fixed(32)) ?? refuse("V14.decode", "a point is not a strict encoding");
  const factors = many(n * s.width, onePoint);
  const a = onePoint();
  const b = onePoint();
  const z = scalar(reader.fixed(32)) ?? refuse("V14.decode", "a scalar is not below the order");
  const statement = H(
    "decrypt/stmt", s.tctx, s.contest, u64(s.trustee), s.y.bytes, s.x.bytes, u64(n), u64(s.width),
    rowsItem(s.width, s.rows.map((r) => r.bytes)), pts(factors.map((d) => d.bytes)));
  const alphas = new Sum();
  const sums = new Sum();
  for (let i = 0; i < n; i++)
    for (let m = 0; m < s.width; m++) {
      const g = HS("decrypt/w", statement, u64(i + 1), u64(m + 1));
      alphas.add(g, s.rows[i]!.points[2 * m]!.element);
      sums.add(g, factors[i * s.width + m]!.element);
    }
  const alpha = alphas.value();
  const d = sums.value();
  const c = HS("decrypt/c", statement, alpha.toBytes(), d.toBytes(), a.bytes, b.bytes);
  const holds =
    timesG(z).equals(a.element.add(times(c, s.x.element))) && times(z, alpha).equals(b.element.add(times(c, d)));
  must(holds, "V14.proof", `the proof of trustee ${s.trustee}'s decryption fails`);
  return factors;
}

// lambda of each of these trustees.
export function lagrange(trustees: number[]): bigint[] {
  return trustees.map((t) => {
    let value = 1n;
    for (const s of trustees) if (s !== t) value = mod(value * BigInt(s) * inverse(BigInt(s - t)));
    return value;
  });
}

// Whether the opened points, in list order, are M_{i,m} = beta_{i,m} − sum of lambda_t D_{t,i,m}: all in one sum with
// random weights. An encoding that is none is not equal to anything.
export function opensTo(width: number, rows: Row[], lambdas: bigint[], factors: Point[][], opened: Bytes[]): boolean {
  const total = new Sum();
  const known = new Map<string, Element>(); // equal choices are equal points
  for (let i = 0; i < rows.length; i++)
    for (let m = 0; m < width; m++) {
      const weight = randomWeight();
      const bytes = opened[i * width + m]!;
      const name = hex(bytes);
      let shown = known.get(name);
      try {
        shown ??= Group.fromBytes(bytes);
      } catch {
        return false;
      }
      known.set(name, shown);
      total.add(weight, rows[i]!.points[2 * m + 1]!.element).add(-weight, shown);
      lambdas.forEach((lambda, t) => total.add(-weight * lambda, factors[t]![i * width + m]!.element));
    }
  return total.isIdentity();
}

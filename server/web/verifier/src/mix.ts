// Section 11: the record of a mix against its input; equations E1 to E5, first all in one weighted sum.
import { randomWeight } from "./batch.ts";
import { type Row, many, readRow } from "./ballot.ts";
import { type Bytes, Reader, u64 } from "./bytes.ts";
import { type Element, type Point, Sum, gen, mod, point, scalar } from "./group.ts";
import { H, HS, kOrder, pts, rowsItem } from "./hash.ts";
import { must, refuse } from "./refusal.ts";

export interface MixStatement {
  readonly tctx: Bytes;
  readonly contest: string;
  readonly position: number;
  readonly mixer: number;
  readonly y: Point;
  readonly width: number;
  readonly input: Row[];
}

interface MixRecord {
  readonly output: Row[];
  readonly c: Point[];
  readonly cHat: Point[];
  readonly t1: Point;
  readonly t2: Point;
  readonly t3: Point;
  readonly t4: Point[];
  readonly tHat: Point[];
  readonly s1: bigint;
  readonly s2: bigint;
  readonly s3: bigint;
  readonly s4: bigint[];
  readonly sHat: bigint[];
  readonly sPrime: bigint[];
}

function readRecord(bytes: Bytes, n: number, w: number): MixRecord {
  const reader = new Reader(bytes, "V13.shape");
  must(bytes.length === 200 + 96 * w + (160 + 64 * w) * n, "V13.shape", `${bytes.length} bytes`);
  must(reader.u32() === n && reader.u32() === w, "V13.shape", "not the rows and width of its input");
  const onePoint = () => point(reader.fixed(32)) ?? refuse("V13.decode", "a point is not a strict encoding");
  const oneScalar = () => scalar(reader.fixed(32)) ?? refuse("V13.decode", "a scalar is not below the order");
  return {
    output: many(n, () => readRow(reader, w, "V13.decode")),
    c: many(n, onePoint),
    cHat: many(n, onePoint),
    t1: onePoint(),
    t2: onePoint(),
    t3: onePoint(),
    t4: many(2 * w, onePoint),
    tHat: many(n, onePoint),
    s1: oneScalar(),
    s2: oneScalar(),
    s3: oneScalar(),
    s4: many(w, oneScalar),
    sHat: many(n, oneScalar),
    sPrime: many(n, oneScalar),
  };
}

const encodings = (points: Point[]): Bytes[] => points.map((p) => p.bytes);
const rowBytes = (rows: Row[]): Bytes[] => rows.map((r) => r.bytes);

// Each equation as a sum that must be the identity; those of one name stand together.
function equations(s: MixStatement, m: MixRecord, u: bigint[], x: bigint): Map<string, Sum[]> {
  const n = s.input.length;
  const h = (i: number): Element => gen(i);
  const e1 = new Sum().addG(m.s1).add(-1n, m.t1.element);
  const e2 = new Sum().addG(m.s2).add(-1n, m.t2.element).add(-x, m.cHat[n - 1]!.element);
  const e3 = new Sum().addG(m.s3).add(-1n, m.t3.element);
  let product = 1n;
  for (let i = 0; i < n; i++) {
    e1.add(-x, m.c[i]!.element).add(x, h(i + 1));
    e3.add(m.sPrime[i]!, h(i + 1)).add(-x * u[i]!, m.c[i]!.element);
    product = (product * u[i]!) % kOrder;
  }
  e2.add(x * product, h(0));
  const e4: Sum[] = [];
  for (let half = 0; half < 2 * s.width; half++) {
    const sum = new Sum().add(-1n, m.t4[half]!.element);
    const s4 = m.s4[half >> 1]!;
    if (half % 2 === 0) sum.addG(-s4);
    else sum.add(-s4, s.y.element);
    for (let i = 0; i < n; i++)
      sum.add(m.sPrime[i]!, m.output[i]!.points[half]!.element).add(-x * u[i]!, s.input[i]!.points[half]!.element);
    e4.push(sum);
  }
  const e5: Sum[] = [];
  for (let i = 0; i < n; i++) {
    const before = i === 0 ? h(0) : m.cHat[i - 1]!.element;
    const sum = new Sum().addG(m.sHat[i]!).add(m.sPrime[i]!, before);
    e5.push(sum.add(-1n, m.tHat[i]!.element).add(-x, m.cHat[i]!.element));
  }
  return new Map([["V13.E1", [e1]], ["V13.E2", [e2]], ["V13.E3", [e3]], ["V13.E4", e4], ["V13.E5", e5]]);
}

// Sums that are all the identity: one sum of all with random weights of full width is the identity.
function allHold(sums: Sum[]): boolean {
  const total = new Sum();
  for (const sum of sums) total.addAll(randomWeight(), sum);
  return total.isIdentity();
}

// The output rows of a mix that holds.
export function checkMix(s: MixStatement, bytes: Bytes): Row[] {
  const n = s.input.length;
  const m = readRecord(bytes, n, s.width);
  const statement = H(
    "shuffle/stmt", s.tctx, s.contest, u64(s.position), u64(s.mixer), s.y.bytes, u64(n), u64(s.width),
    rowsItem(s.width, rowBytes(s.input)), rowsItem(s.width, rowBytes(m.output)), pts(encodings(m.c)));
  const u: bigint[] = [];
  for (let j = 1; j <= n; j++) u.push(HS("shuffle/u", statement, u64(j)));
  const x = HS(
    "shuffle/c", statement, pts(encodings(m.cHat)), m.t1.bytes, m.t2.bytes, m.t3.bytes, pts(encodings(m.t4)),
    pts(encodings(m.tHat)));
  const all = equations(s, m, u, mod(x));
  if (allHold([...all.values()].flat())) return m.output;
  for (const [check, sums] of all)
    must(sums.length === 1 ? sums[0]!.isIdentity() : allHold(sums), check, `the proof of trustee ${s.mixer}'s mix fails`);
  return m.output;
}

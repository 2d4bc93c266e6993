// Sections 8 and 10: ballots as bytes, their proof of knowledge, the opening of a challenged one.
import { randomWeight } from "./batch.ts";
import { type Bytes, Reader, equal, u64 } from "./bytes.ts";
import { encodeContent, kMaxWidth } from "./blocks.ts";
import { type Point, Sum, point, scalar, times, timesG } from "./group.ts";
import { H, HS, pts, rowsItem } from "./hash.ts";
import { refuse } from "./refusal.ts";

// alpha_1 | beta_1 | … | alpha_w | beta_w
export interface Row {
  readonly bytes: Bytes;
  readonly points: Point[];
}

const kMaxContests = 64;

export interface SealedContest {
  readonly contest: string;
  readonly width: number;
  readonly row: Row;
  readonly a: Point[];
  readonly z: bigint[];
}

export interface Ballot {
  readonly ctx: Bytes;
  readonly box: string;
  readonly credential: Bytes;
  readonly kiosk: string;
  readonly seq: bigint;
  readonly contests: SealedContest[];
  readonly hash: Bytes;
}

const readPoint = (reader: Reader, check: string): Point =>
  point(reader.fixed(32)) ?? refuse(check, "a point is not a strict encoding");
const readScalar = (reader: Reader, check: string): bigint =>
  scalar(reader.fixed(32)) ?? refuse(check, "a scalar is not below the order");

export function readRow(reader: Reader, width: number, check: string): Row {
  const bytes = reader.fixed(64 * width);
  const points: Point[] = [];
  for (let i = 0; i < 2 * width; i++)
    points.push(point(bytes.subarray(32 * i, 32 * i + 32)) ?? refuse(check, "a point is not a strict encoding"));
  return { bytes, points };
}

export const many = <T>(n: number, item: () => T): T[] => Array.from({ length: n }, item);

function readContest(reader: Reader): SealedContest {
  const contest = reader.name();
  const width = reader.u32();
  if (width < 1 || width > kMaxWidth || width > reader.left() / 128) reader.fail(`width ${width}`);
  const row = readRow(reader, width, "V08.point");
  const a = many(width, () => readPoint(reader, "V08.point"));
  const z = many(width, () => readScalar(reader, "V08.scalar"));
  return { contest, width, row, a, z };
}

export function readBallot(bytes: Bytes): Ballot {
  const reader = new Reader(bytes, "E02.encoding");
  const ctx = reader.fixed(64);
  const box = reader.name();
  const credential = reader.fixed(32);
  const kiosk = reader.name();
  const seq = reader.u64();
  const contests = reader.list(9, () => readContest(reader), kMaxContests);
  reader.end();
  return { ctx, box, credential, kiosk, seq, contests, hash: H("ballot", bytes) };
}

const challengeOf = (ballot: Ballot, sealed: SealedContest, y: Bytes): bigint =>
  HS(
    "ballot/pok", ballot.ctx, sealed.contest, ballot.credential, ballot.kiosk, u64(ballot.seq), y,
    rowsItem(sealed.width, [sealed.row.bytes]), pts(sealed.a.map((p) => p.bytes)));

// Under which key a contest is known to prove its contents.
const shown = new WeakMap<SealedContest, Bytes>();

// Learns at once that these ballots prove their contents, if all do; else knowsContents() tells each.
export function expectKnowledge(ballots: Ballot[], y: Bytes): void {
  const total = new Sum();
  for (const ballot of ballots)
    for (const sealed of ballot.contests) {
      const c = challengeOf(ballot, sealed, y);
      sealed.z.forEach((z, j) => {
        const weight = randomWeight();
        total.addG(weight * z).add(-weight, sealed.a[j]!.element).add(-weight * c, sealed.row.points[2 * j]!.element);
      });
    }
  if (total.isIdentity()) for (const ballot of ballots) for (const sealed of ballot.contests) shown.set(sealed, y);
}

export function knowsContents(ballot: Ballot, sealed: SealedContest, y: Bytes): boolean {
  if (shown.get(sealed) === y) return true;
  const c = challengeOf(ballot, sealed, y);
  return sealed.z.every((z, j) =>
    timesG(z).equals(sealed.a[j]!.element.add(times(c, sealed.row.points[2 * j]!.element))));
}

export interface Opening {
  readonly content: Bytes;
  readonly r: bigint[];
}

export function readOpening(bytes: Bytes): Opening[] {
  const reader = new Reader(bytes, "V11.open");
  const out = reader.list(8, () => {
    const content = reader.blob();
    return { content, r: reader.list(32, () => readScalar(reader, "V11.open")) };
  }, kMaxContests);
  reader.end();
  return out;
}

// Sealing the content again gives the row byte for byte.
export function opens(sealed: SealedContest, opening: Opening, y: Point): boolean {
  const w = sealed.width;
  if (opening.r.length !== w || opening.content.length > 30 * w - 2) return false;
  const points = encodeContent(opening.content, w);
  return opening.r.every((r, j) => {
    const alpha = timesG(r).toBytes();
    const beta = points[j]!.element.add(times(r, y.element)).toBytes();
    return equal(alpha, sealed.row.points[2 * j]!.bytes) && equal(beta, sealed.row.points[2 * j + 1]!.bytes);
  });
}

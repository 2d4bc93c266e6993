// Section 1 and 3: ristretto255 with its generators, strict points and scalars, and sums that must be the identity.
import { ristretto255 } from "@noble/curves/ed25519.js";
import { sumOfElements } from "./batch.ts";
import { type Bytes, isZero, leToBigint, u64 } from "./bytes.ts";
import { H, kOrder } from "./hash.ts";

export const Group = ristretto255.Point;
export type Element = InstanceType<typeof Group>;

// An element from outside with the bytes it came as; these are its only encoding.
export interface Point {
  readonly bytes: Bytes;
  readonly element: Element;
}

// Null unless strict: bit 255 zero, canonical, not the identity.
export function point(bytes: Bytes): Point | null {
  if (bytes.length !== 32 || (bytes[31]! & 0x80) !== 0 || isZero(bytes)) return null;
  try {
    return { bytes, element: Group.fromBytes(bytes) };
  } catch {
    return null;
  }
}

// Null unless below the order.
export function scalar(bytes: Bytes): bigint | null {
  const value = leToBigint(bytes);
  return bytes.length === 32 && value < kOrder ? value : null;
}

export const mod = (value: bigint): bigint => ((value % kOrder) + kOrder) % kOrder;

export function inverse(value: bigint): bigint {
  let [a, b, x, y] = [mod(value), kOrder, 1n, 0n];
  while (a > 1n) {
    const q = b / a;
    [a, b] = [b % a, a];
    [x, y] = [y - q * x, x];
  }
  return mod(x);
}

export const times = (k: bigint, element: Element): Element => element.multiplyUnsafe(mod(k));
export const timesG = (k: bigint): Element => Group.BASE.multiplyUnsafe(mod(k));

const generators: Element[] = [];

// gen(i) of section 1.
export function gen(i: number): Element {
  while (generators.length <= i) generators.push(Group.hashToCurve(H("gen", u64(generators.length))));
  return generators[i]!;
}

// Sum of scalar × element, the terms of one element collected, G apart.
export class Sum {
  private readonly places = new Map<Element, number>();
  private readonly elements: Element[] = [];
  private readonly scalars: bigint[] = [];
  private base = 0n;

  add(k: bigint, element: Element): this {
    const place = this.places.get(element);
    if (place !== undefined) {
      this.scalars[place] = mod(this.scalars[place]! + k);
      return this;
    }
    this.places.set(element, this.elements.length);
    this.elements.push(element);
    this.scalars.push(mod(k));
    return this;
  }
  addG(k: bigint): this {
    this.base = mod(this.base + k);
    return this;
  }
  addAll(weight: bigint, other: Sum): this {
    other.elements.forEach((element, i) => this.add(weight * other.scalars[i]!, element));
    return this.addG(weight * other.base);
  }
  value(): Element {
    return timesG(this.base).add(sumOfElements(this.elements, this.scalars));
  }
  isIdentity(): boolean {
    return this.value().equals(Group.ZERO);
  }
}

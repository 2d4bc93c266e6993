// Section 6: proof of possession of the logarithm of X.
import { type Bytes } from "./bytes.ts";
import { type Point, times, timesG } from "./group.ts";
import { HS } from "./hash.ts";

export interface Possession {
  readonly a: Point;
  readonly z: bigint;
}

export function possesses(label: string, context: Bytes, x: Point, proof: Possession): boolean {
  const c = HS(label, context, x.bytes, proof.a.bytes);
  return timesG(proof.z).equals(proof.a.element.add(times(c, x.element)));
}

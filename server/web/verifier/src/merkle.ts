// The Merkle tree of RFC 6962 over the entries, and the hash tiles of C2SP tlog-tiles (section 14).
import { type Bytes, concat } from "./bytes.ts";
import { sha256 } from "./hash.ts";

export const kTileWidth = 256;

export const leafHash = (entry: Bytes): Bytes => sha256(Uint8Array.of(0), entry);
const nodeHash = (left: Bytes, right: Bytes): Bytes => sha256(Uint8Array.of(1), left, right);

// All complete subtrees of a growing log, by level.
export class Tree {
  private readonly levels: Bytes[][] = [[]];

  get size(): number {
    return this.levels[0]!.length;
  }
  append(leaf: Bytes): void {
    let node = leaf;
    for (let level = 0; ; level++) {
      const nodes = (this.levels[level] ??= []);
      nodes.push(node);
      if (nodes.length % 2 !== 0) return;
      node = nodeHash(nodes[nodes.length - 2]!, node);
    }
  }
  // The root of the first `size` entries.
  root(size: number = this.size): Bytes {
    let root: Bytes | null = null;
    for (let level = 0; level < this.levels.length; level++) {
      const nodes = Math.floor(size / 2 ** level);
      if (nodes % 2 === 0) continue;
      const node = this.levels[level]![nodes - 1]!;
      root = root === null ? node : nodeHash(node, root);
    }
    return root ?? sha256();
  }
  nodesAt(level: number): Bytes[] {
    return this.levels[level] ?? [];
  }
}

// 1234067 is x001/x234/067.
export function indexPath(n: number): string {
  let path = String(n % 1000).padStart(3, "0");
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000))
    path = `x${String(rest % 1000).padStart(3, "0")}/${path}`;
  return path;
}

const partial = (width: number): string => (width === kTileWidth ? "" : `.p/${width}`);

// Where the bundles of a log of this size lie, and how many entries each holds.
export function bundlePaths(size: number): { path: string; count: number }[] {
  const out: { path: string; count: number }[] = [];
  for (let first = 0; first < size; first += kTileWidth) {
    const count = Math.min(kTileWidth, size - first);
    out.push({ path: `tile/entries/${indexPath(first / kTileWidth)}${partial(count)}`, count });
  }
  return out;
}

// Every hash tile of the tree with its path.
export function tiles(tree: Tree): { path: string; bytes: Bytes }[] {
  const out: { path: string; bytes: Bytes }[] = [];
  for (let level = 0; ; level++) {
    const nodes = tree.nodesAt(8 * level);
    if (nodes.length === 0) return out;
    for (let first = 0; first < nodes.length; first += kTileWidth) {
      const tile = nodes.slice(first, first + kTileWidth);
      out.push({ path: `tile/${level}/${indexPath(first / kTileWidth)}${partial(tile.length)}`, bytes: concat(...tile) });
    }
  }
}

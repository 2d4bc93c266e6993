// Reading a strict JSON object member by member: each exactly once, no other (section 18).
import { type Bytes, encodeText, unhex } from "./bytes.ts";
import type { Json } from "./json.ts";
import { refuse } from "./refusal.ts";
import { isId, isPrintable } from "./text.ts";

const bad = (where: string, what: string): never => refuse("V01.scheme", `${where}: ${what}`);

export interface LocalText {
  readonly zh: string;
  readonly en: string;
}

export class Members {
  private readonly map: Map<string, Json>;
  private readonly taken = new Set<string>();

  constructor(
    value: Json,
    readonly where: string,
  ) {
    this.map = value instanceof Map ? value : bad(where, "not an object");
  }

  // All that stands there must have been read.
  end(): void {
    for (const name of this.map.keys()) if (!this.taken.has(name)) bad(this.where, `unknown member "${name}"`);
  }
  raw(name: string): Json {
    const value = this.map.get(name);
    if (value === undefined) bad(this.where, `member "${name}" is missing`);
    this.taken.add(name);
    return value!;
  }
  // Of a member that older files do not have.
  has(name: string): boolean {
    return this.map.has(name);
  }
  private path(name: string): string {
    return `${this.where}.${name}`;
  }
  integer(name: string, least: number, most: number): number {
    const value = this.raw(name);
    if (typeof value !== "number" || value < least || value > most) bad(this.path(name), `not ${least} to ${most}`);
    return value as number;
  }
  bool(name: string): boolean {
    const value = this.raw(name);
    return typeof value === "boolean" ? value : bad(this.path(name), "not true or false");
  }
  string(name: string, mostBytes: number, leastBytes = 0): string {
    return stringOf(this.raw(name), this.path(name), mostBytes, leastBytes);
  }
  id(name: string): string {
    return idOf(this.raw(name), this.path(name));
  }
  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const value = this.raw(name);
    return allowed.find((a) => a === value) ?? bad(this.path(name), `not one of ${allowed.join(", ")}`);
  }
  key(name: string): Bytes {
    const value = this.raw(name);
    if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) bad(this.path(name), "not 64 hexadecimal digits");
    return unhex(value as string);
  }
  object<T>(name: string, read: (members: Members) => T): T {
    const members = new Members(this.raw(name), this.path(name));
    const out = read(members);
    members.end();
    return out;
  }
  orNull<T>(name: string, read: () => T): T | null {
    return this.raw(name) === null ? null : read();
  }
  array<T>(name: string, least: number, most: number, read: (value: Json, where: string) => T): T[] {
    const value = this.raw(name);
    if (!Array.isArray(value)) return bad(this.path(name), "not a list");
    if (value.length < least || value.length > most) bad(this.path(name), `not ${least} to ${most} items`);
    return value.map((item, i) => read(item, `${this.path(name)}[${i}]`));
  }
  objects<T>(name: string, least: number, most: number, read: (members: Members) => T): T[] {
    return this.array(name, least, most, (item, where) => {
      const members = new Members(item, where);
      const out = read(members);
      members.end();
      return out;
    });
  }
  text(name: string): LocalText {
    return this.object(name, readText);
  }
}

export function stringOf(value: Json, where: string, mostBytes: number, leastBytes = 0): string {
  if (typeof value !== "string") return bad(where, "not a string");
  const size = encodeText(value).length;
  if (size < leastBytes || size > mostBytes) bad(where, `not ${leastBytes} to ${mostBytes} bytes`);
  if (!isPrintable(value)) bad(where, "not printable");
  return value;
}

export function idOf(value: Json, where: string): string {
  return typeof value === "string" && isId(value) ? value : bad(where, "not an id");
}

export function readText(m: Members): LocalText {
  return { zh: m.string("zh", 300, 1), en: m.string("en", 300) };
}

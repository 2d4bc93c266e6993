// Strict JSON (section 18): RFC 8259, no member twice, plain integers only, nesting at most 16. Members are kept in a
// Map, so that no name is special. Refused under V01.scheme.
import { refuse } from "./refusal.ts";

export type Json = null | boolean | number | string | Json[] | Map<string, Json>;

const kNesting = 16;
const bad = (what: string): never => refuse("V01.scheme", what);

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  whole(): Json {
    const value = this.value(0);
    this.space();
    if (this.at !== this.text.length) bad("text after the end of the JSON");
    return value;
  }
  private space(): void {
    while (this.at < this.text.length && " \t\r\n".includes(this.text[this.at]!)) this.at++;
  }
  private peek(): string {
    this.space();
    return this.text[this.at] ?? "";
  }
  private take(expected: string): void {
    if (this.peek() !== expected) bad(`"${expected}" expected at letter ${this.at}`);
    this.at++;
  }
  private value(depth: number): Json {
    if (depth > kNesting) bad("nested too deeply");
    const next = this.peek();
    if (next === "{") return this.object(depth);
    if (next === "[") return this.array(depth);
    if (next === '"') return this.string();
    for (const [word, value] of [["true", true], ["false", false], ["null", null]] as const)
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    return this.integer();
  }
  private object(depth: number): Json {
    const out = new Map<string, Json>();
    this.take("{");
    if (this.peek() === "}") {
      this.at++;
      return out;
    }
    for (;;) {
      if (this.peek() !== '"') bad(`a name of a member expected at letter ${this.at}`);
      const name = this.string();
      if (out.has(name)) bad(`member "${name}" is listed twice`);
      this.take(":");
      out.set(name, this.value(depth + 1));
      if (this.peek() !== ",") break;
      this.at++;
    }
    this.take("}");
    return out;
  }
  private array(depth: number): Json {
    const out: Json[] = [];
    this.take("[");
    if (this.peek() === "]") {
      this.at++;
      return out;
    }
    for (;;) {
      out.push(this.value(depth + 1));
      if (this.peek() !== ",") break;
      this.at++;
    }
    this.take("]");
    return out;
  }
  private string(): string {
    const found = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
    found.lastIndex = this.at;
    const literal = found.exec(this.text)?.[0] ?? bad(`a malformed string at letter ${this.at}`);
    this.at += literal.length;
    return JSON.parse(literal) as string;
  }
  private integer(): number {
    const found = /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y;
    found.lastIndex = this.at;
    const literal = found.exec(this.text)?.[0] ?? bad(`no plain integer at letter ${this.at}`);
    this.at += literal.length;
    const value = Number(literal);
    if (!Number.isSafeInteger(value)) bad(`${literal} is out of range`);
    return value;
  }
}

export const parseJson = (text: string): Json => new Parser(text).whole();

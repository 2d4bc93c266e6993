// Asks the program second_opinion many questions at once.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

export function askAll(questions: string[]): string[] {
  const program = join(process.env["TUIXUAN_BIN_DIR"] ?? "", "second_opinion");
  const said = execFileSync(program, { input: questions.join("\n") + "\n", encoding: "utf8", maxBuffer: 1 << 30 });
  const answers = said.split("\n").slice(0, -1);
  if (answers.length !== questions.length) throw new Error(`${questions.length} questions, ${answers.length} answers`);
  return answers;
}

// A generator of one's own (xorshift), so that a failing run can be repeated from its seed.
export class Dice {
  constructor(private state: number) {}
  next(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return this.state >>> 0;
  }
  below(n: number): number {
    return this.next() % n;
  }
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
  bytes(n: number): Uint8Array {
    return Uint8Array.from({ length: n }, () => this.below(256));
  }
}

export const seedOfRun = (): number => Number(process.env["TUIXUAN_SEED"] ?? Date.now() % 0x7fffffff) || 1;

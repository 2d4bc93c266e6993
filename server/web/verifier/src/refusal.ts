// What a record can cause: a refusal by the name of a check of crypto/README.md, with what was found and, once known,
// the index of the entry. Nothing that a record contains may end in any other exception.
export class Refusal extends Error {
  constructor(
    readonly check: string,
    readonly what: string,
    public entry: number | null = null,
  ) {
    super(`${check}: ${what}`);
  }
}

export function refuse(check: string, what: string): never {
  throw new Refusal(check, what);
}

export function must(holds: boolean, check: string, what: string): asserts holds {
  if (!holds) throw new Refusal(check, what);
}

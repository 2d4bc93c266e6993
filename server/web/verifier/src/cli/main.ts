// node verify.mjs RECORD [--json] [--partial] [--log VKEY] [--organiser KEY] [--lang zh|en]: exit status 0 only if everything holds, 1 if something
// does not, 2 if there was nothing to check. --version: which version this is.
import { webcrypto } from "node:crypto";
import { verify, type Verification } from "../verify.ts";
import { say, type Lang } from "../words.ts";
import { present } from "./present.ts";
import { openRecord } from "./folder.ts";

// Node 18 has the browser's generator under another name.
if (globalThis.crypto === undefined) Object.defineProperty(globalThis, "crypto", { value: webcrypto });

declare const kVersion: string;  // put in by build.mjs

interface Arguments {
  record: string | null;
  json: boolean;
  partial: boolean;
  log: string | undefined;
  organiser: string | undefined;
  lang: Lang;
}

function readArguments(argv: string[]): Arguments | null {
  const out: Arguments = { record: null, json: false, partial: false, log: undefined, organiser: undefined, lang: "zh" };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === "--json") out.json = true;
    else if (word === "--partial") out.partial = true;
    else if (word === "--lang" && (argv[i + 1] === "zh" || argv[i + 1] === "en")) out.lang = argv[++i] as Lang;
    else if (word === "--log" && argv[i + 1] !== undefined) out.log = argv[++i];
    else if (word === "--organiser" && argv[i + 1] !== undefined) out.organiser = argv[++i];
    else if (word.startsWith("-") || out.record !== null) return null;
    else out.record = word;
  }
  return out.record === null ? null : out;
}

async function main(): Promise<number> {
  if (process.argv[2] === "--version") {
    console.log(`verify.mjs ${kVersion} (EVR255/1)`);
    return 0;
  }
  const args = readArguments(process.argv.slice(2));
  if (args === null) {
    console.error("node verify.mjs RECORD [--json] [--partial] [--log VKEY] [--organiser KEY] [--lang zh|en]");
    return 2;
  }
  const files = await openRecord(args.record!);
  if (files === null) {
    console.error(say("nothing_there", args.lang, { record: args.record! }));
    return 2;
  }
  const result: Verification = await verify(files, args);
  console.log(args.json ? JSON.stringify({ format: "tuixuan-verification/1", source: args.record, ...result }) : present(result, args.lang));
  return result.verified ? 0 : 1;
}

process.exitCode = await main();

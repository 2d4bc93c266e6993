// A receipt, a tracker and kept checkpoints against the log that this site shows: all leaf hashes are fetched, the roots
// are computed here. What this device saw last is remembered, so that a log exchanged later is noticed.
import { type Bytes, Reader, encodeText, equal } from "../src/bytes.ts";
import { checkWords } from "../src/check_words.ts";
import { readEnvelope } from "../src/envelope.ts";
import { H, sha256 } from "../src/hash.ts";
import { Tree, bundlePaths, indexPath, kTileWidth } from "../src/merkle.ts";
import { type Checkpoint, readCheckpoint } from "../src/note.ts";
import { element } from "../src/page/dom.ts";
import { type LogKey, type Receipt, checkContinues, checkReceipt, checkSigned, plainText, readReceipt, readVkey } from "../src/receipt.ts";
import { readBundle } from "../src/record.ts";
import { Refusal, must, refuse } from "../src/refusal.ts";
import { tracker } from "../src/tracker.ts";
import { pick } from "../src/words.ts";
import { base, both, lang, place } from "./language.ts";

const kCast = 10;
const kAbandon = 12;

export async function fetched(path: string): Promise<Bytes> {
  const answer = await fetch(base() + path, { cache: path === "checkpoint" ? "no-store" : "default" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function leaves(size: number): Promise<Tree> {
  const tree = new Tree();
  for (let first = 0; first < size; first += kTileWidth) {
    const width = Math.min(kTileWidth, size - first);
    const tile = await fetched(`tile/0/${indexPath(first / kTileWidth)}${width === kTileWidth ? "" : `.p/${width}`}`);
    if (tile.length !== 32 * width) throw new Refusal("log.tile", "a tile has another length");
    for (let i = 0; i < width; i++) tree.append(tile.subarray(32 * i, 32 * (i + 1)));
  }
  return tree;
}

// What a person has in hand; empty: nothing.
export interface InHand {
  readonly receipt: string;
  readonly kept: string;
  readonly tracker: string;
}

class Judge {
  private readonly answers: HTMLElement;
  private readonly latest: string;

  constructor(answers: HTMLElement, latest: string) {
    this.answers = answers;
    this.latest = latest;
  }
  // Says whether `check` holds; of a fork, with both checkpoints as evidence.
  judge(name: string, text: string, mine: string, check: () => void): void {
    try {
      check();
      this.answer(true, name, text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const evidence = [element("code", { class: "check" }, error.check), element("p", {}, `${pick(checkWords(error.check), lang)} · ${error.what}`)];
      if (error.check === "log.fork" || error.check === "log.short")
        evidence.push(
          element("p", {}, both("警报：服务器出示了两本不同的日志。请保存下面两份检查点，交给监票人和上级：", "ALARM: the server has shown two different logs. Keep both checkpoints and give them to the supervisors and the superior body:")),
          element("pre", {}, mine), element("pre", {}, this.latest),
        );
      this.answer(false, name, text, ...evidence);
    }
  }
  private answer(good: boolean, name: string, text: string, ...more: HTMLElement[]): void {
    this.answers.append(element("section", { class: good ? "good" : "bad", "data-answer": name, "data-holds": String(good) }, element("p", {}, `${good ? "✔" : "✘"} ${text}`), ...more));
  }
}

// The entry of the receipt is a ballot, and this is its tracker.
function checkTracker(entry: Bytes, receipt: Receipt, tree: Tree, wanted: string): void {
  must(equal(sha256(Uint8Array.of(0), entry), tree.nodesAt(0)[receipt.index]!), "log.receipt", "the entry is not the one under this leaf hash");
  const e = readEnvelope(entry);
  if (e.kind < kCast || e.kind > kAbandon) refuse("log.receipt", "the entry is no ballot");
  const has = tracker(H("ballot", new Reader(e.body, "E02.encoding").blob())).replaceAll("-", "");
  must(has === wanted, "log.receipt", `the ballot of entry ${receipt.index} has the tracker ${has}`);
}

async function entryAt(index: number, size: number): Promise<Bytes> {
  const bundle = bundlePaths(size)[Math.floor(index / kTileWidth)] ?? refuse("log.receipt", "the log is not that long");
  return readBundle(await fetched(bundle.path), bundle.count, bundle.path)[index % kTileWidth]!;
}

export async function checkAgainstLog(vkey: string, mine: InHand, answers: HTMLElement): Promise<void> {
  const log: LogKey = readVkey(vkey);
  const memory = `tuixuan-checkpoint ${log.name}`;
  answers.replaceChildren(element("p", {}, both("本机正在核对…", "This device is checking…")));
  const latestText = plainText(await fetched("checkpoint"));
  const latest: Checkpoint = readCheckpoint(encodeText(latestText));
  const tree = await leaves(latest.size);
  const receipt = mine.receipt.trim() === "" ? null : plainText(encodeText(mine.receipt));
  const entry = receipt === null || mine.tracker === "" ? null : await entryAt(readReceipt(receipt).index, latest.size);
  answers.replaceChildren();
  const judge = new Judge(answers, latestText);
  judge.judge("latest", both(`最新检查点有日志的签名，与全部 ${latest.size} 条一致`, `The latest checkpoint is signed by the log and fits all ${latest.size} entries`), latestText, () => {
    checkSigned(latest, log);
    checkContinues(latest, tree, log);
  });
  const kept: [string, string, string][] = [
    ["kept", both("您存下的检查点属于这本日志", "The checkpoint you kept is of this log"), mine.kept],
    ["seen", both("本机上次看到的检查点属于这本日志", "The checkpoint this device saw last is of this log"), localStorage.getItem(memory) ?? ""],
  ];
  for (const [name, text, note] of kept)
    if (note.trim() !== "") judge.judge(name, text, note, () => checkContinues(readCheckpoint(encodeText(plainText(encodeText(note)))), tree, log));
  if (receipt !== null)
    judge.judge("receipt", both("回执成立：所说的条目在这本日志里", "The receipt holds: its entry is in this log"), receipt, () => checkReceipt(readReceipt(receipt), tree, log));
  if (receipt !== null && entry !== null)
    judge.judge("ballot", both(`第 ${readReceipt(receipt).index} 条就是这个选票查验码的选票`, `Entry ${readReceipt(receipt).index} is the ballot of this tracker`), receipt, () => checkTracker(entry, readReceipt(receipt), tree, mine.tracker));
  if (answers.querySelector("[data-holds=false]") === null) localStorage.setItem(memory, latestText);
}

export const broken = (error: unknown): void => {
  const text = error instanceof Refusal ? `${error.check} · ${pick(checkWords(error.check), lang)} · ${error.what}` : String(error);
  place("answers").replaceChildren(element("p", { class: "bad" }, `${both("没有得出结论：", "No conclusion: ")}${text}`));
};

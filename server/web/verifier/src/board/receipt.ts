// A receipt and kept checkpoints against the log that this site shows: all leaf hashes are fetched, the roots are
// computed here. What this device saw last is remembered, so that a log exchanged later is noticed.
import { type Bytes, encodeText } from "../bytes.ts";
import { checkWords } from "../check_words.ts";
import { kTileWidth, Tree, indexPath } from "../merkle.ts";
import { type Checkpoint, readCheckpoint } from "../note.ts";
import { element } from "../page/dom.ts";
import { type LogKey, checkContinues, checkReceipt, checkSigned, plainText, readReceipt, readVkey } from "../receipt.ts";
import { Refusal } from "../refusal.ts";
import { pick } from "../words.ts";
import { base, both, lang, place } from "./language.ts";

const form = place("check") as HTMLFormElement;
const receiptField = place("receipt") as HTMLTextAreaElement;
const keptField = place("kept") as HTMLTextAreaElement;
const answers = place("answers");
const log: LogKey = readVkey(form.dataset["log"]!);
const kMemory = `tuixuan-checkpoint ${log.name}`;

async function fetched(path: string): Promise<Bytes> {
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

function answer(good: boolean, name: string, text: string, ...more: HTMLElement[]): void {
  answers.append(element("section", { class: good ? "good" : "bad", "data-answer": name, "data-holds": String(good) }, element("p", {}, `${good ? "✔" : "✘"} ${text}`), ...more));
}

// Says whether `check` holds; of a fork, with both checkpoints as evidence.
function judge(name: string, text: string, latest: string, mine: string, check: () => void): void {
  try {
    check();
    answer(true, name, text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const evidence = [element("code", { class: "check" }, error.check), element("p", {}, `${pick(checkWords(error.check), lang)} · ${error.what}`)];
    if (error.check === "log.fork" || error.check === "log.short")
      evidence.push(
        element("p", {}, both("警报：服务器出示了两本不同的日志。请保存下面两份检查点，交给监票人和上级：", "ALARM: the server has shown two different logs. Keep both checkpoints and give them to the supervisors and the superior body:")),
        element("pre", {}, mine), element("pre", {}, latest),
      );
    answer(false, name, text, ...evidence);
  }
}

async function check(): Promise<void> {
  answers.replaceChildren(element("p", {}, both("正在核对…", "Checking…")));
  const latestText = plainText(await fetched("checkpoint"));
  const latest: Checkpoint = readCheckpoint(encodeText(latestText));
  const tree = await leaves(latest.size);
  answers.replaceChildren();
  judge("latest", both(`最新检查点有日志的签名，与全部 ${latest.size} 条一致`, `The latest checkpoint is signed by the log and fits all ${latest.size} entries`), latestText, latestText, () => {
    checkSigned(latest, log);
    checkContinues(latest, tree, log);
  });
  const kept: [string, string, string][] = [
    ["kept", both("您存下的检查点属于这本日志", "The checkpoint you kept is of this log"), keptField.value],
    ["seen", both("本机上次看到的检查点属于这本日志", "The checkpoint this device saw last is of this log"), localStorage.getItem(kMemory) ?? ""],
  ];
  for (const [name, text, mine] of kept)
    if (mine.trim() !== "") judge(name, text, latestText, mine, () => checkContinues(readCheckpoint(encodeText(plainText(encodeText(mine)))), tree, log));
  if (receiptField.value.trim() !== "")
    judge("receipt", both("回执成立：所说的条目在这本日志里", "The receipt holds: its entry is in this log"), latestText, receiptField.value, () =>
      checkReceipt(readReceipt(plainText(encodeText(receiptField.value))), tree, log));
  if (answers.querySelector("[data-holds=false]") === null) localStorage.setItem(kMemory, latestText);
}

const broken = (error: unknown): void => {
  const text = error instanceof Refusal ? `${error.check} · ${pick(checkWords(error.check), lang)} · ${error.what}` : String(error);
  answers.replaceChildren(element("p", { class: "bad" }, `${both("没有得出结论：", "No conclusion: ")}${text}`));
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void check().catch(broken);
});
place("file").addEventListener("change", (event) => {
  void (event.target as HTMLInputElement).files?.[0]?.text().then((text) => {
    receiptField.value = text;
  });
});
// From a ballot's page: its receipt is put in at once.
const tracker = location.hash.slice(1);
if (/^[A-Z2-7]{26}$/.test(tracker))
  void fetched(`ballot/${tracker}.tlog-proof`)
    .then((bytes) => {
      receiptField.value = plainText(bytes);
      return check();
    })
    .catch(broken);

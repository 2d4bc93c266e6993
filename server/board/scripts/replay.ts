// The count replayed: the opened ballots, read from the published object, called out one by one onto a board of 正.
import { type Bytes, Reader, equal, unhex } from "../src/bytes.ts";
import { decodeContent } from "../src/blocks.ts";
import { checkWords } from "../src/check_words.ts";
import { type Before, type Opinion, type Person, kNothingBefore, tallyOf } from "../src/count.ts";
import { sha256 } from "../src/hash.ts";
import { element } from "../src/page/dom.ts";
import { fullName } from "../src/person_name.ts";
import { type Contest, readAddedStage } from "../src/scheme.ts";
import { type Word, pick, say } from "../src/words.ts";
import { base, both, lang, place } from "./language.ts";

// Milliseconds from ballot to ballot, slow to fast.
const kPauses = [4000, 2000, 1000, 300, 50];
const kSvg = "http://www.w3.org/2000/svg";

interface Replay {
  readonly contest: Contest;
  readonly rows: Bytes[][];
  readonly before: Before;
  next: number;
  readonly votes: Map<string, number>;
  invalid: number;
}

const controls = place("controls");
const choice = place("contest") as HTMLSelectElement;
const playButton = place("play");
let contests: Contest[] = [];
let now: Replay | null = null;
let timer = 0;

async function fetched(path: string): Promise<Bytes> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

function readOpened(bytes: Bytes, width: number): Bytes[][] {
  const reader = new Reader(bytes, "V15.points");
  const count = reader.u32();
  if (reader.u32() !== width) throw new Error("the object has another width");
  return Array.from({ length: count }, () => Array.from({ length: width }, () => reader.fixed(32)));
}

async function load(): Promise<void> {
  const { object, width, spellings } = choice.selectedOptions[0]!.dataset;
  const bytes = await fetched(`${base()}object/${object}`);
  if (!equal(sha256(bytes), unhex(object!))) throw new Error("the object has another hash");
  const opinions = JSON.parse(controls.dataset["opinions"]!) as Opinion[];
  const merged = new Map(Object.entries(JSON.parse(spellings!) as Record<string, string>));
  const contest = contests.find((c) => c.id === choice.value)!;
  now = { contest, rows: readOpened(bytes, Number(width)), before: { spellings: merged, opinions }, next: 0, votes: new Map(), invalid: 0 };
  const first = tallyOf(contest, [], now.before);
  for (const p of first.persons) now.votes.set(fullName(p), p.approve);
  place("called").textContent = both(`共 ${now.rows.length} 张选票`, `${now.rows.length} ballots`);
  place("tallies").replaceChildren(...first.persons.map((p) => line(fullName(p), p.approve)));
}

function line(name: string, votes: number): HTMLElement {
  const out = element("div", { class: "line", "data-name": name }, element("b", {}, name), element("span", { class: "zheng", "aria-hidden": "true" }), element("span", { class: "number" }));
  draw(out, votes);
  return out;
}

function draw(part: HTMLElement, votes: number): void {
  const strokes: Element[] = [];
  for (let left = votes; left > 0; left -= 5) {
    const svg = document.createElementNS(kSvg, "svg");
    svg.append(document.createElementNS(kSvg, "use"));
    svg.firstElementChild!.setAttribute("href", `#z${Math.min(left, 5)}`);
    strokes.push(svg);
  }
  part.querySelector(".zheng")!.replaceChildren(...strokes);
  part.querySelector(".number")!.textContent = String(votes);
}

// What is called out of one ballot.
function words(persons: Person[], postpone: boolean): string {
  const answers: Word[] = ["approve", "oppose", "abstain", ...(postpone ? (["postpone"] as const) : [])];
  const parts: string[] = [];
  for (const answer of answers) {
    const names = persons.filter((p) => p[answer as "approve"] > 0).map((p) => fullName(p) + (p.number === 0 ? say("written_in", lang) : ""));
    if (names.length > 0) parts.push(`${say(answer, lang)}${both("：", ": ")}${names.join(both("、", ", "))}`);
  }
  return parts.join(both("；", "; "));
}

// Rating forms are called grade by grade.
function grades(contest: Contest, persons: Person[]): string {
  const rating = contest.rating!;
  const grade = (p: Person) => p.items.map((item) => {
    const at = item.grades.indexOf(1);
    return at < 0 ? "–" : pick(rating.grades[at]!.label, lang);
  });
  return persons.map((p) => `${fullName(p)} ${grade(p).join("/")}`).join(both("；", "; "));
}

function add(replay: Replay): string {
  const { contest, before } = replay;
  const content = decodeContent(replay.rows[replay.next++]!);
  const one = tallyOf(contest, [content], { ...kNothingBefore, spellings: before.spellings });
  const title = both(`第 ${replay.next} 张，共 ${replay.rows.length} 张：`, `Ballot ${replay.next} of ${replay.rows.length}: `);
  const [fault] = one.invalidReasons.keys();
  if (fault !== undefined) {
    replay.invalid++;
    return `${title}${both("无效票", "invalid")} · ${pick(checkWords(fault), lang)}`;
  }
  if (contest.rating !== null) return title + grades(contest, one.persons);
  for (const p of one.persons) if (p.approve > 0) replay.votes.set(fullName(p), (replay.votes.get(fullName(p)) ?? 0) + p.approve);
  return title + words(one.persons, contest.postpone);
}

function show(replay: Replay, called: string): void {
  place("called").textContent = called;
  for (const [name, votes] of replay.votes) {
    const part = place("tallies").querySelector<HTMLElement>(`[data-name="${CSS.escape(name)}"]`);
    if (part === null) place("tallies").append(line(name, votes));
    else if (part.querySelector(".number")!.textContent !== String(votes)) draw(part, votes);
  }
}

const finished = (replay: Replay): string =>
  both(`唱票完毕：${replay.rows.length} 张，其中无效 ${replay.invalid} 张`, `All ${replay.rows.length} ballots are called; ${replay.invalid} of them invalid`);

function step(): void {
  if (now === null) return;
  if (now.next >= now.rows.length) {
    stop();
    show(now, finished(now));
  } else {
    show(now, add(now));
  }
}

function stop(): void {
  clearTimeout(timer);
  timer = 0;
  playButton.textContent = controls.dataset["play"]!;
}

function play(): void {
  const pause = kPauses[Number((place("speed") as HTMLInputElement).value)]!;
  timer = window.setTimeout(() => {
    play();
    step();
  }, pause);
  playButton.textContent = controls.dataset["pause"]!;
}

async function again(): Promise<void> {
  stop();
  await load();
}

function toTheEnd(): void {
  if (now === null) return;
  stop();
  while (now.next < now.rows.length) add(now);
  show(now, finished(now));
}

const broken = (error: unknown): void => {
  place("called").textContent = say("broken", lang, { what: String(error) });
};

playButton.addEventListener("click", () => (timer === 0 ? play() : stop()));
place("step").addEventListener("click", () => {
  stop();
  step();
});
place("end").addEventListener("click", toTheEnd);
for (const [id, event] of [["again", "click"], ["contest", "change"]] as const) place(id).addEventListener(event, () => void again().catch(broken));

contests = readAddedStage(await fetched(controls.dataset["stage"]!)).contests;
controls.hidden = false;
await load().catch(broken);

// A verification under way as people see it: how far it is, the named checks, the verdict, the result. The page has the
// places #status, #progress, #groups, #verdict and #result.
import { checkWords } from "../check_words.ts";
import { unhex } from "../bytes.ts";
import { digits } from "../ceremony.ts";
import { type Group, kGroups, kGroupWords } from "../groups.ts";
import type { Progress, Verification } from "../verify.ts";
import { type Lang, pick, say } from "../words.ts";
import { element } from "./dom.ts";
import { endingParts, stagePart } from "./result.ts";
import type { Answer, Order } from "./worker.ts";

interface View {
  lang: Lang;
  name: string | null;
  progress: Progress | null;
  verification: Verification | null;
  broken: string | null;
}

export const view: View = { lang: "zh", name: null, progress: null, verification: null, broken: null };
let worker: Worker | null = null;

export const place = (id: string): HTMLElement => document.getElementById(id)!;

function groupState(name: Group): { state: "held" | "failed" | "unfinished" | "waiting"; text: string } {
  const result = view.verification?.groups.find((g) => g.name === name)?.result;
  if (result !== undefined) return { state: result, text: say(result, view.lang) };
  const n = view.progress?.passed[name];
  return { state: "waiting", text: n === undefined ? say("waiting", view.lang) : say("passed", view.lang, { n }) };
}

const kSigns = { held: "✔", failed: "✘", unfinished: "–", waiting: "…" } as const;

function showGroups(): void {
  const rows = kGroups.map((name) => {
    const { state, text } = groupState(name);
    return element(
      "li", { class: state, "data-group": name, "data-state": state },
      element("span", { class: "sign", "aria-hidden": "true" }, kSigns[state]),
      element("code", {}, name),
      element("span", { class: "what" }, pick(kGroupWords[name], view.lang)),
      element("span", { class: "state" }, text),
    );
  });
  place("groups").replaceChildren(element("h2", {}, say("checks", view.lang)), element("ol", {}, ...rows));
}

function refusal(v: Verification): HTMLElement[] {
  const failure = v.failure!;
  const where = failure.entry === null ? "" : ` · ${say("refused_at", view.lang, { entry: failure.entry })}`;
  return [
    element("h2", {}, say("refused", view.lang)),
    element("p", { class: "check" }, element("code", { id: "check" }, failure.check), ` ${pick(checkWords(failure.check), view.lang)}${where}`),
    element("p", { class: "detail" }, say("detail", view.lang), element("span", { lang: "en" }, failure.what)),
    element("p", {}, say("ask", view.lang)),
  ];
}

function showVerdict(): void {
  const verdict = place("verdict");
  const v = view.verification;
  verdict.hidden = v === null && view.broken === null;
  verdict.className = v?.verified ? "good" : "bad";
  if (view.broken !== null) verdict.replaceChildren(element("p", {}, say("broken", view.lang, { what: view.broken })));
  else if (v !== null && v.verified)
    verdict.replaceChildren(element("h2", {}, say(v.stages.every((s) => s.over) ? "verified" : "verified_partial", view.lang)));
  else if (v !== null) verdict.replaceChildren(...refusal(v));
}

function witnessed({ witnesses: { known, needed, cosigned } }: Verification): string {
  const names = cosigned.map((c) => c.name).join(", ");
  return say("cosigned", view.lang, { n: cosigned.length, of: known, needed }) + (names === "" ? "" : `: ${names}`);
}

function facts(v: Verification): HTMLElement {
  const lines: [string, string | null][] = [
    [say("congress", view.lang), v.congress === null ? null : digits(unhex(v.congress))],
    [say("log_key", view.lang), v.log],
    [say("root", view.lang), v.root],
    [say("size", view.lang), v.size === null ? null : String(v.size)],
    [say("witnesses", view.lang), v.witnesses.known === 0 ? null : witnessed(v)],
  ];
  const list = element("dl", {});
  for (const [name, value] of lines)
    if (value !== null) list.append(element("dt", {}, name), element("dd", {}, element("code", {}, value)));
  return element("section", {}, element("h2", {}, say("record", view.lang)), list, element("p", {}, say("compare", view.lang)));
}

function incidents(v: Verification): HTMLElement[] {
  if (v.incidents.length === 0) return [];
  const lines = v.incidents.map((i) => {
    const words = `${i.check} ${pick(checkWords(i.check), view.lang)}`;
    return element("li", {}, `${say("refused_at", view.lang, { entry: i.entry })} · ${words} · ${i.what}`);
  });
  return [element("section", {}, element("h2", {}, say("incidents", view.lang)), element("ul", {}, ...lines))];
}

function showResult(): void {
  const v = view.verification;
  const parts: HTMLElement[] = [];
  if (v !== null && v.verified) {
    const title = v.title === null ? "" : pick(v.title, view.lang) + (v.rehearsal ? `（${say("rehearsal", view.lang)}）` : "");
    parts.push(element("h1", {}, title), ...endingParts(v, view.lang), ...v.stages.map((s) => stagePart(s, view.lang)), ...incidents(v));
  }
  if (v !== null) parts.push(facts(v));
  place("result").replaceChildren(...parts);
}

export function showChecking(): void {
  const { lang } = view;
  const progress = place("progress") as HTMLProgressElement;
  progress.hidden = view.name === null;
  const { done, of } = view.progress ?? { done: 0, of: 1 };
  progress.max = of;
  progress.value = view.verification === null ? done : of;
  place("status").textContent = view.name === null || view.verification !== null ? (view.name ?? "") : say("checking", lang, { name: view.name, done, of });
  place("groups").hidden = view.name === null;
  showGroups();
  showVerdict();
  showResult();
}

function hear(answer: Answer, done: (found: Verification) => void): void {
  if ("progress" in answer) view.progress = answer.progress;
  else if ("verification" in answer) done((view.verification = answer.verification));
  else view.broken = answer.broken;
  showChecking();
}

// Begins anew with what the order names; the worker's script lies at `script`; `done` is told what was found.
export function startChecking(name: string, script: string, order: Order, done: (found: Verification) => void = () => {}): void {
  worker?.terminate();
  Object.assign(view, { name, progress: null, verification: null, broken: null });
  showChecking();
  worker = new Worker(script);
  worker.onmessage = ({ data }: MessageEvent<Answer>) => hear(data, done);
  worker.onerror = (event) => hear({ broken: event.message }, done);
  worker.postMessage(order, "record" in order ? [order.record] : []);
}

// The result that was computed, as tables.
import type { ContestReport, PersonReport } from "../results.ts";
import { officeLines, standingLines } from "../ending.ts";
import type { StageResult, Verification } from "../verify.ts";
import { reasonWords } from "../reasons.ts";
import { type Lang, type Word, outcomeWord, pick, say } from "../words.ts";
import { cell, element, heading } from "./dom.ts";

function nameOf(p: PersonReport, lang: Lang): string {
  const note = p.note === "" ? "" : `（${p.note}）`;
  return p.name + note + (p.number === 0 ? say("written_in", lang) : "");
}

function votesTable(c: ContestReport, lang: Lang): HTMLElement {
  const postpone = c.persons.some((p) => p.postpone > 0);
  const columns: Word[] = ["name", "approve", "oppose", "abstain"];
  if (postpone) columns.push("postpone");
  columns.push("outcome");
  const rows = c.persons.map((p) => {
    const counts = [p.approve, p.oppose, p.abstain, ...(postpone ? [p.postpone] : [])];
    const why = element("span", { class: "why" }, reasonWords(p.reason, lang));
    const outcome = element("td", { class: `outcome ${p.outcome}` }, outcomeWord(p.outcome, lang), " ", why);
    return element("tr", {}, element("th", { scope: "row" }, nameOf(p, lang)), ...counts.map((n) => cell(n, true)), outcome);
  });
  return table(columns.map((w) => heading(say(w, lang), w !== "name" && w !== "outcome")), rows);
}

function ratingTable(c: ContestReport, lang: Lang): HTMLElement {
  const rows = c.persons.map((p) => {
    const score = (p.score.num / p.score.den).toFixed(2);
    return element("tr", {}, element("th", { scope: "row" }, nameOf(p, lang)), cell(score, true), cell(outcomeWord(p.outcome, lang)));
  });
  return table([heading(say("name", lang)), heading(say("score", lang), true), heading(say("outcome", lang))], rows);
}

function table(columns: HTMLElement[], rows: HTMLElement[]): HTMLElement {
  const head = element("thead", {}, element("tr", {}, ...columns));
  return element("div", { class: "wide" }, element("table", {}, head, element("tbody", {}, ...rows)));
}

function contestPart(stage: StageResult, c: ContestReport, lang: Lang): HTMLElement {
  const title = stage.contests.find((x) => x.id === c.contest)!.title;
  const { ballots, valid, invalid, blank, base, need } = c;
  return element(
    "section", {},
    element("h3", {}, pick(title, lang)),
    element("p", {}, say("ballots", lang, { ballots, valid, invalid, blank, base, need })),
    c.kind === "rating" ? ratingTable(c, lang) : votesTable(c, lang),
  );
}

export function stagePart(stage: StageResult, lang: Lang): HTMLElement {
  const title = element("h2", {}, pick(stage.title, lang));
  const marks = stage.void ? [element("p", { class: "bad" }, say("stage_void", lang))] : [];
  if (stage.report === null) return element("section", {}, title, ...marks, element("p", {}, say("counting", lang, { cast: stage.cast })));
  return element(
    "section", {},
    title,
    ...marks,
    element("p", {}, say("numbers", lang, { ...stage.report.numbers })),
    ...stage.report.contests.map((c) => contestPart(stage, c, lang)),
  );
}

function list(title: Word, lines: string[], name: string, lang: Lang): HTMLElement[] {
  if (lines.length === 0) return [];
  const items = lines.map((line) => element("li", {}, line));
  return [element("section", { "data-part": name }, element("h2", {}, say(title, lang)), element("ul", {}, ...items))];
}

// Over all rounds, and what people decided on the way.
export function endingParts(v: Verification, lang: Lang): HTMLElement[] {
  const said = v.decisions.map((d) => `${say("at_entry", lang, { entry: d.entry })}${lang === "zh" ? "：" : ": "}${pick(d.words, lang)}`);
  return [
    ...list("all_rounds", [...officeLines(v, lang), ...standingLines(v, lang)], "outcome", lang),
    ...list("decided", said, "decisions", lang),
  ];
}

// A verification as text for a terminal.
import { checkWords } from "../check_words.ts";
import { officeLines, standingLines } from "../ending.ts";
import { kGroupWords } from "../groups.ts";
import type { ContestReport } from "../results.ts";
import { reasonWords } from "../reasons.ts";
import type { StageResult, Verification } from "../verify.ts";
import { type Lang, outcomeWord, pick, say } from "../words.ts";

function contestLines(stage: StageResult, c: ContestReport, lang: Lang): string[] {
  const title = stage.contests.find((x) => x.id === c.contest)!.title;
  const { ballots, valid, invalid, blank, base, need } = c;
  const lines = ["", `── ${pick(title, lang)}`, say("ballots", lang, { ballots, valid, invalid, blank, base, need })];
  for (const p of c.persons) {
    const name = p.name + (p.note === "" ? "" : `（${p.note}）`) + (p.number === 0 ? say("written_in", lang) : "");
    const votes = c.kind === "rating" ? `${p.score.num}/${p.score.den}` : `${p.approve} / ${p.oppose} / ${p.abstain}`;
    lines.push(`   ${name}\t${votes}\t${outcomeWord(p.outcome, lang)}  ${reasonWords(p.reason, lang)}`);
  }
  return lines;
}

function stageLines(stage: StageResult, lang: Lang): string[] {
  const lines = ["", pick(stage.title, lang)];
  if (stage.void) lines.push(say("stage_void", lang));
  if (stage.report === null) return [...lines, say("counting", lang, { cast: stage.cast })];
  lines.push(say("numbers", lang, { ...stage.report.numbers }));
  return [...lines, ...stage.report.contests.flatMap((c) => contestLines(stage, c, lang))];
}

export function present(v: Verification, lang: Lang): string {
  const lines: string[] = [];
  if (v.title !== null) lines.push(pick(v.title, lang) + (v.rehearsal ? `（${say("rehearsal", lang)}）` : ""));
  if (v.log !== null) lines.push(`${say("log_key", lang)}: ${v.log}`);
  for (const { name, result } of v.groups)
    lines.push(`   ${result === "held" ? "✔" : result === "failed" ? "✘" : "·"} ${name.padEnd(4)} ${pick(kGroupWords[name], lang)}`);
  if (v.failure !== null) {
    const where = v.failure.entry === null ? "" : `  (${say("refused_at", lang, { entry: v.failure.entry })})`;
    lines.push("", `${say("refused", lang)}: ${v.failure.check} ${pick(checkWords(v.failure.check), lang)}${where}`);
    return [...lines, `   ${v.failure.what}`, say("ask", lang)].join("\n");
  }
  const { known, needed, cosigned } = v.witnesses;
  lines.push(`${say("witnesses", lang)}: ${say("cosigned", lang, { n: cosigned.length, of: known, needed })}`, ...cosigned.map((c) => `   ${c.name}`));
  for (const i of v.incidents) lines.push(`${say("incidents", lang)}: ${i.entry} ${i.check} ${i.what}`);
  for (const stage of v.stages) lines.push(...stageLines(stage, lang));
  if (v.decisions.length > 0) lines.push("", `${say("decided", lang)}:`);
  for (const d of v.decisions) lines.push(`   ${say("at_entry", lang, { entry: d.entry })}: ${pick(d.words, lang)}`);
  const ending = [...officeLines(v, lang), ...standingLines(v, lang)];
  if (ending.length > 0) lines.push("", `${say("all_rounds", lang)}:`, ...ending.map((line) => `   ${line}`));
  const whole = v.stages.every((s) => s.over);
  return [...lines, "", say(whole ? "verified" : "verified_partial", lang)].join("\n");
}

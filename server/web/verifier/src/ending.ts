// What a record comes to beyond its stages, as sentences: who is elected over all rounds, what is not settled, where the
// report to the superior body stands.
import type { Verification } from "./verify.ts";
import { type Lang, type Word, pick, say } from "./words.ts";

function titleOf(v: Verification, id: string, lang: Lang): string {
  const found = v.stages.flatMap((s) => s.contests).find((c) => c.id === id);
  return found === undefined ? id : pick(found.title, lang);
}

// One line for each office that was voted on in several rounds or has somebody elected.
export function officeLines(v: Verification, lang: Lang): string[] {
  const between = lang === "zh" ? "；" : "; ";
  return (v.outcome?.offices ?? [])
    .filter((o) => o.contests.length > 1 || o.elected.length > 0)
    .map((o) => {
      const names = o.elected.length === 0 ? say("nobody", lang) : o.elected.map((p) => p.name).join(lang === "zh" ? "、" : ", ");
      const parts = [say("office_elected", lang, { names })];
      if (o.reduced > 0) parts.push(say("office_reduced", lang, { n: o.reduced }));
      if (o.vacant > 0) parts.push(say("office_vacant", lang, { n: o.vacant }));
      return `${titleOf(v, o.contest, lang)}${lang === "zh" ? "：" : ": "}${parts.join(between)}`;
    });
}

export function standingLines(v: Verification, lang: Lang): string[] {
  const colon = lang === "zh" ? "：" : ": ";
  const lines = v.open.map((m) => `${say("not_settled", lang)}${colon}${titleOf(v, m.contest, lang)}${lang === "zh" ? "，" : ", "}${say(`open_${m.code}` as Word, lang)}`);
  if (v.reported === null) return lines;
  const { accepted, reference } = v.reported;
  return [...lines, accepted === null ? say("reported", lang) : accepted ? say("accepted", lang, { reference }) : say("sent_back", lang)];
}

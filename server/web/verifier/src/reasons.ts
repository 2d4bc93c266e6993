// Why an outcome is what it is (section 19, reasons), in words.
import type { Lang } from "./words.ts";

const kReasons: Record<string, readonly [zh: string, en: string]> = {
  majority: ["得 {votes} 票，须得 {need} 票（基数 {base}）", "{votes} votes; {need} needed of {base}"],
  below_majority: ["得 {votes} 票，不足须得的 {need} 票（基数 {base}）", "{votes} votes; {need} needed of {base}"],
  majority_written: ["得 {votes} 票，其中会前书面意见 {written} 票，须得 {need} 票（基数 {base}）", "{votes} votes, {written} of them written beforehand; {need} needed of {base}"],
  below_majority_written: ["得 {votes} 票，其中会前书面意见 {written} 票，不足须得的 {need} 票（基数 {base}）", "{votes} votes, {written} of them written beforehand; {need} needed of {base}"],
  ranked: ["得 {votes} 票，以票多者为准", "{votes} votes; the most votes count"],
  no_votes: ["没有得票", "no votes"],
  seats_full: ["得 {votes} 票，名额 {seats} 个已满，末位 {last} 票", "{votes} votes; the {seats} seats are filled, the last with {last}"],
  tied: ["{persons} 人同得 {votes} 票，只余 {seats} 个名额", "{persons} people have {votes} votes each, {seats} seats are left"],
  turnout: ["投票 {voters} 人，不足须有的 {need} 人（基数 {base}）", "{voters} voted; {need} needed of {base}"],
  more_returned: ["收回 {returned} 票，多于投票的 {voters} 人", "{returned} ballots came back from {voters} voters"],
  more_than_issued: ["收回 {returned} 张，多于发出的 {issued} 张", "{returned} ballots came back of {issued} given out"],
  graded: ["有效票 {valid}（基数 {base}）", "{valid} valid ballots of {base}"],
};

// A code that is not known here is shown as it is, with its numbers.
export function reasonWords(reason: { code: string; numbers: Record<string, number> }, lang: Lang): string {
  const words = kReasons[reason.code];
  if (words === undefined) return `${reason.code} ${Object.entries(reason.numbers).map(([n, v]) => `${n}=${v}`).join(" ")}`;
  return words[lang === "zh" ? 0 : 1].replace(/\{([a-z]+)\}/g, (all, name: string) => String(reason.numbers[name] ?? all));
}

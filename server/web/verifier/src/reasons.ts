// Why an outcome is what it is (section 19, reasons), in words.
import type { Lang } from "./words.ts";

const kReasons: Record<string, readonly [zh: string, en: string]> = {
  majority: ["得 {votes} 票，须得 {need} 票（基数 {base}）", "{votes} votes; {need} needed of {base}"],
  below_majority: ["得 {votes} 票，不足须得的 {need} 票（基数 {base}）", "{votes} votes; {need} needed of {base}"],
  seats_full: ["得 {votes} 票，名额 {seats} 个已满，末位 {last} 票", "{votes} votes; the {seats} seats are filled, the last with {last}"],
  tied: ["{persons} 人同得 {votes} 票，只余 {seats} 个名额，不能确定当选人", "{persons} people have {votes} votes each, {seats} seats are left"],
  turnout: ["投票 {voters} 人，不足须有的 {need} 人（基数 {base}）", "{voters} voted; {need} needed of {base}"],
  more_returned: ["收回 {returned} 票，多于投票的 {voters} 人", "{returned} ballots came back from {voters} voters"],
  graded: ["有效票 {valid}（基数 {base}）", "{valid} valid ballots of {base}"],
  majority_written: ["得 {votes} 票（含会前书面意见 {written} 票），达到须得的 {need} 票（基数 {base} 人）", "{votes} votes, {written} of them written before the meeting; {need} were needed (of {base})"],
  below_majority_written: ["得 {votes} 票（含会前书面意见 {written} 票），未达到须得的 {need} 票（基数 {base} 人）", "{votes} votes, {written} of them written before the meeting; {need} are needed (of {base})"],
  ranked: ["得 {votes} 票（不要求过半数，按得票多少确定）", "{votes} votes (no majority is asked; the most votes count)"],
  no_votes: ["未得票", "no votes"],
  answers_tied: ["两种意见同得 {votes} 票，均达到须得的 {need} 票（基数 {base} 人），未形成决议", "two answers have {votes} votes each; {need} were needed (of {base}): nothing is resolved"],
  more_than_issued: ["收回选票 {returned} 张，多于发出的 {issued} 张，本次投票无效，应重新投票", "{returned} ballots were returned of {issued} issued: the vote is not valid and is held again"],
  not_all_over: ["只在 {over} 方达到所需票数，共 {sources} 方", "a majority in {over} of the {sources} chambers only"],
  gate_closed: ["信任票得 {votes} 票，未达到 {need} 票", "{votes} votes of confidence; {need} are needed"],
  not_top: ["只在 {tops} 方进入前列，共 {sources} 方", "among the first in {tops} of the {sources} chambers only"],
  round_out: ["第 {round} 轮得 {votes} 票，未进入前 {top} 名", "{votes} votes in round {round}, not among its first {top}"],
  kept_all: ["符合条件，列第 {place} 名", "passes, in place {place}"],
  kept: ["列第 {place} 名，在前 {keep} 名之内", "in place {place} of {keep}"],
  cut: ["列第 {place} 名，未进入前 {keep} 名", "in place {place}, below the {keep} kept"],
  level: ["{persons} 人并列第 {place} 名，未进入前 {keep} 名，由有权决定的组织决定", "{persons} people are level in place {place}, more than the {keep} kept: the body in charge decides"],
};

// A code that is not known here is shown as it is, with its numbers.
export function reasonWords(reason: { code: string; numbers: Record<string, number> }, lang: Lang): string {
  const words = kReasons[reason.code];
  if (words === undefined) return `${reason.code} ${Object.entries(reason.numbers).map(([n, v]) => `${n}=${v}`).join(" ")}`;
  return words[lang === "zh" ? 0 : 1].replace(/\{([a-z]+)\}/g, (all, name: string) => String(reason.numbers[name] ?? all));
}

// What the verifier says to people, in two languages.
import type { LocalText } from "./members.ts";

export type Lang = "zh" | "en";

const kWords = {
  title: ["选举记录验证", "Check an election record"],
  intro: [
    "本页在您自己的设备上验证整份记录，不连接网络，不信任服务器。",
    "This page checks the whole record on your own device. It uses no network and trusts no server.",
  ],
  drop: ["把记录文件（.tuixuan）拖到这里，或", "Drop the record file (.tuixuan) here, or"],
  checking: ["正在验证 {name}：第 {done} 条，共 {of} 条", "Checking {name}: entry {done} of {of}"],
  verified: ["验证通过：全部成立。所示结果由本程序根据记录自行算出。", "Verified: everything holds. The result shown was computed here, from the record."],
  verified_partial: ["到目前为止全部成立；投票或计票尚未结束。", "All holds so far; voting or counting is not over."],
  refused: ["验证不通过", "Not verified"],
  refused_at: ["记录第 {entry} 条", "entry {entry} of the record"],
  detail: ["技术细节：", "Detail: "],
  choose: ["选择记录文件", "Choose the record file"],
  ask: [
    "请勿采信此记录。请向监票人另取一份记录再验；若仍不通过，请连同上面的检查名称报告监票人。",
    "Do not rely on this record. Get another copy from the supervisors; if it fails too, show them the name of the check above.",
  ],
  nothing_there: ["没有找到记录：{record}。请检查文件名。", "There is no record at {record}. Check the name."],
  broken: ["本程序出错，没有得出结论：{what}", "This program failed and says nothing about the record: {what}"],
  checks: ["各项检查", "Checks"],
  held: ["成立", "holds"],
  failed: ["不成立", "fails"],
  unfinished: ["未完成", "not finished"],
  waiting: ["等待", "waiting"],
  passed: ["已过 {n} 条", "{n} passed"],
  record: ["记录", "Record"],
  congress: ["大会摘要核对码", "Digits of the congress"],
  log_key: ["日志公钥", "Key of the log"],
  root: ["日志根", "Root of the log"],
  size: ["条目数", "Entries"],
  witnesses: ["见证", "Witnesses"],
  cosigned: ["{n} / {of} 位签署了此检查点，须有 {needed} 位", "{n} of {of} cosigned this checkpoint, {needed} are needed"],
  compare: ["请与报告单上印的和监票人手中的核对。", "Compare these with the printed report and with the supervisors."],
  incidents: ["异常情况", "Incidents"],
  rehearsal: ["演练", "rehearsal"],
  numbers: ["应到 {expected}　实到 {present}　发出 {issued}　收回 {returned}", "expected {expected}, present {present}, issued {issued}, returned {returned}"],
  ballots: [
    "选票 {ballots}　有效 {valid}　无效 {invalid}　空白 {blank}　基数 {base}　须得 {need} 票",
    "{ballots} ballots, {valid} valid, {invalid} invalid, {blank} blank; base {base}, {need} votes needed",
  ],
  counting: ["已收 {cast} 票，尚未计票。", "{cast} ballots cast, not counted yet."],
  name: ["姓名", "Name"],
  approve: ["赞成", "Approve"],
  oppose: ["不赞成", "Oppose"],
  abstain: ["弃权", "Abstain"],
  postpone: ["缓议", "Postpone"],
  outcome: ["结果", "Outcome"],
  score: ["得分", "Score"],
  written_in: ["（另选）", " (written in)"],
  elected: ["当选", "elected"],
  not_elected: ["未当选", "not elected"],
  tied: ["同票待定", "tied"],
  reached: ["达到", "reached"],
  not_reached: ["未达到", "not reached"],
  passed_decision: ["通过", "passed"],
  not_passed: ["未通过", "not passed"],
  refused_decision: ["决议不同意", "refused"],
  postponed: ["决议缓议", "postponed"],
  no_decision: ["无结果", "no decision"],
  graded: ["已评", "graded"],
  stage_void: ["本环节作废，以下不算数。", "This stage is void; what follows does not count."],
  decided: ["其间的各项决定", "Decided on the way"],
  at_entry: ["第 {entry} 条", "entry {entry}"],
  all_rounds: ["各轮合计", "Over all rounds"],
  office_elected: ["当选 {names}", "elected: {names}"],
  nobody: ["（无）", "nobody"],
  office_reduced: ["减少名额 {n}", "seats cut: {n}"],
  office_vacant: ["空缺 {n}", "left vacant: {n}"],
  not_settled: ["未定", "not settled"],
  open_count: ["尚未计票", "not counted yet"],
  open_confirm_base: ["待确认基数", "the base must be confirmed"],
  open_run_off: ["得票相同，待重新投票", "a tie, to be voted on again"],
  open_tie: ["得票相同，待上级决定", "a tie, for the superior body to decide"],
  open_new_round: ["名额空缺，待另行选举", "seats are empty, to be voted on again"],
  open_renominate: ["名额空缺，待重新提名", "seats are empty, nominations are due"],
  open_repeat: ["该项投票须重新进行", "the vote must be held again"],
  reported: ["已报批，等待批复", "reported, waiting for the superior body"],
  accepted: ["上级已批复：{reference}", "accepted by the superior body: {reference}"],
  sent_back: ["上级已退回", "sent back by the superior body"],
  group: ["组", "Group"],
  state: ["状态", "State"],
  language: ["English", "中文"],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type Word = keyof typeof kWords;

export function say(word: Word, lang: Lang, values: Record<string, string | number> = {}): string {
  return kWords[word][lang === "zh" ? 0 : 1].replace(/\{([a-z_]+)\}/g, (all, name: string) => String(values[name] ?? all));
}

export const pick = (text: LocalText, lang: Lang): string => (lang === "en" && text.en !== "" ? text.en : text.zh);

export function outcomeWord(outcome: string, lang: Lang): string {
  const word = outcome === "passed" || outcome === "refused" ? `${outcome}_decision` : outcome;
  return word in kWords ? say(word as Word, lang) : outcome;
}

// What people decided between the votes and after a result, as sentences (section 13, kinds 22 to 40, and machines and
// trustees declared lost). It says what an entry says, as signed, and judges nothing. Times are Beijing time.
import { Reader } from "./bytes.ts";
import { type Envelope, kindName } from "./envelope.ts";
import type { LocalText } from "./members.ts";
import { fullName } from "./person_name.ts";
import { type Base, type FollowKind, kBases } from "./scheme.ts";
import { contestById } from "./settlement.ts";
import type { State } from "./state.ts";

export interface Decision {
  readonly entry: number;
  readonly kind: string;
  readonly words: LocalText;
}

const kRoles: readonly (readonly [string, string])[] = [
  ["", ""], ["组织者", "organiser"], ["主持人", "chair"], ["领票处", "desk"], ["监票人", "supervisor"], ["审核人", "auditor"],
];
const kBaseWords: Readonly<Record<Base, readonly [string, string]>> = {
  registered: ["登记人数", "registered"],
  expected: ["应到会有选举权人数", "expected"],
  present: ["实到会有选举权人数", "present"],
  voters: ["投票人数", "voters"],
  returned: ["收回选票数", "ballots returned"],
  valid: ["有效票数", "valid ballots"],
};
const kFollowWords: Readonly<Record<FollowKind, readonly [string, string]>> = {
  run_off: ["对得票相同者重新投票", "run-off between the tied"],
  new_round: ["另行选举空缺名额", "new round for the empty seats"],
  renominate: ["重新提名后选举空缺名额", "new nominations for the empty seats"],
  repeat: ["重新进行该项投票", "the same vote again"],
};

const text = (zh: string, en: string): LocalText => ({ zh, en });
const titled = (found: { title: LocalText } | undefined, id: string): LocalText =>
  found === undefined ? text(id, id) : text(`“${found.title.zh}”`, `“${found.title.en === "" ? found.title.zh : found.title.en}”`);
const stage = (s: State, id: string): LocalText => titled(s.stages.find((x) => x.stage.id === id)?.stage, id);
const contest = (s: State, id: string): LocalText => titled(contestById(s, id), id);
const combination = (s: State, id: string): LocalText => titled(s.scheme.combinations.find((x) => x.id === id), id);

function beijing(minutes: number): string {
  return new Date((minutes + 8 * 60) * 60_000).toISOString().slice(0, 16);
}

type Say = (r: Reader, s: State) => LocalText;

const reason = (zh: (at: string) => string, en: (at: string) => string): Say => (r, s) => {
  const at = stage(s, r.name());
  const why = r.text();
  return text(`${zh(at.zh)}；理由：${why}`, `${en(at.en)}; because: ${why}`);
};

const kioskLost: Say = (r) => {
  r.name();
  const [kiosk, last, why] = [r.name(), r.u64(), r.text()];
  return text(`投票机 ${kiosk} 失效，此前送达 ${last} 张；理由：${why}`, `kiosk ${kiosk} is lost, ${last} ballots delivered before; because: ${why}`);
};

const trusteeLost: Say = (r) => {
  const [trustee, why] = [r.u32(), r.text()];
  return text(`第 ${trustee} 位密钥保管人缺席；理由：${why}`, `trustee ${trustee} is lost; because: ${why}`);
};

const spellings: Say = (r, s) => {
  r.name();
  const of = contest(s, r.name());
  const names = r.list(8, () => [r.text(), r.text()] as const);
  return text(
    `${of.zh}另选人姓名归并：${names.map(([a, b]) => `${a} 即 ${b}`).join("，")}`,
    `spellings merged in ${of.en}: ${names.map(([a, b]) => `${a} is ${b}`).join(", ")}`,
  );
};

const enrolment: Say = (r) => {
  const [kiosk, box] = [r.name(), r.name()];
  r.fixed(32);
  const why = r.text();
  return text(`登记投票机 ${kiosk}（票箱 ${box}）；理由：${why}`, `kiosk ${kiosk} is enrolled for box ${box}; because: ${why}`);
};

const keyReplaced: Say = (r) => {
  const role = kRoles[r.u8()]!;
  r.fixed(64);
  const why = r.text();
  return text(`更换${role[0]}的密钥；理由：${why}`, `the key of a ${role[1]} is replaced; because: ${why}`);
};

const baseConfirmed: Say = (r, s) => {
  r.name();
  const of = contest(s, r.name());
  const [zh, en] = kBaseWords[kBases[r.u8()]!];
  return text(`${of.zh}过半数以${zh}为基数`, `the majority in ${of.en} is of ${en}`);
};

const superiorRecommendation: Say = (r, s) => {
  const of = combination(s, r.name());
  const people = r.list(8, () => `${r.text()} ${r.u32()}`);
  const why = r.text();
  return text(
    `${of.zh}：上级党组织推荐（分值）${people.join("、")}；理由：${why}`,
    `${of.en}: recommended by the superior body, in points: ${people.join(", ")}; because: ${why}`,
  );
};

const shortlist: Say = (r, s) => {
  const id = r.name();
  const of = combination(s, id);
  const people = s.proposals.get(id)!.persons.filter((p) => p.proposal === "proposed").map((p) => p.name);
  return text(`${of.zh}汇总，建议人选：${people.join("、")}`, `${of.en} combined; proposed: ${people.join(", ")}`);
};

const candidates: Say = (r, s) => {
  const of = contest(s, r.name());
  const reference = r.text();
  const people = r.list(12, () => {
    const who = fullName({ name: r.text(), note: r.text() });
    const why = r.text();
    return who + (why === "" ? "" : `（${why}）`);
  });
  return text(`${of.zh}候选人，${reference}：${people.join("、")}`, `candidates of ${of.en}, ${reference}: ${people.join(", ")}`);
};

const notice: Say = (r, s) => {
  const at = stage(s, r.name());
  const [from, until, address] = [beijing(r.u32()), beijing(r.u32()), r.text()];
  return text(`${at.zh}公示：${from} 至 ${until}；异议请送：${address}`, `notice of ${at.en} from ${from} to ${until}; objections to: ${address}`);
};

const objection: Say = (r) => {
  const [about, summary] = [r.u64(), r.text()];
  return text(`对第 ${about} 条公示的异议：${summary}`, `objection to the notice at entry ${about}: ${summary}`);
};

const objectionAnswered: Say = (r) => {
  const [about, upheld, answer] = [r.u64(), r.bool(), r.text()];
  return text(
    `第 ${about} 条异议${upheld ? "成立：" : "不成立："}${answer}`,
    `the objection at entry ${about}${upheld ? " is upheld: " : " is not upheld: "}${answer}`,
  );
};

// The entry names a file; its stage is the last that came to the state.
const stageAdded: Say = (_, s) => {
  const added = s.stages.at(-1)!;
  const parts = added.contests.map(({ contest: c }) => {
    const of = contest(s, c.follows!.contest);
    const [zh, en] = kFollowWords[c.follows!.kind];
    const people = c.candidates.map(fullName);
    return text(`${of.zh}${zh}，名额 ${c.seats}：${people.join("、")}`, `${of.en}, ${en}, seats ${c.seats}: ${people.join(", ")}`);
  });
  const title = titled(added.stage, added.stage.id);
  return text(`增加环节${title.zh}：${parts.map((p) => p.zh).join("；")}`, `stage ${title.en} added: ${parts.map((p) => p.en).join("; ")}`);
};

const seatsReduced: Say = (r, s) => {
  r.name();
  const of = contest(s, r.name());
  const [seats, votes] = [r.u32(), r.u32()];
  return text(
    `${of.zh}经大会同意减少名额 ${seats} 名，赞成 ${votes} 人`,
    `the meeting leaves seats of ${of.en} empty: ${seats}, with votes for it: ${votes}`,
  );
};

const tieDecided: Say = (r, s) => {
  r.name();
  const of = contest(s, r.name());
  const names = r.list(4, () => r.text());
  const reference = r.text();
  return text(
    `${of.zh}得票相同，上级决定：${names.join("、")}（${reference}）`,
    `of the tied in ${of.en} the superior body decides for: ${names.join(", ")} (${reference})`,
  );
};

const countersign: Say = (r) => {
  r.u64();
  const [accepted, reference, why] = [r.bool(), r.text(), r.text()];
  return accepted
    ? text(`上级批复同意：${reference}`, `accepted by the superior body: ${reference}`)
    : text(`上级退回：${why}`, `sent back by the superior body: ${why}`);
};

const audit: Say = (r) => {
  const size = r.u64();
  r.fixed(32);
  const [holds, findings] = [r.bool(), r.text()];
  return text(`审核至第 ${size} 条，${holds ? "无误：" : "有异议："}${findings}`, `audited up to entry ${size}${holds ? ", holds: " : ", objects: "}${findings}`);
};

const kSay: ReadonlyMap<number, Say> = new Map([
  [15, kioskLost],
  [21, trusteeLost],
  [22, spellings],
  [23, enrolment],
  [24, keyReplaced],
  [25, reason((at) => `${at}人数较少，决定仍然开票`, (at) => `the few ballots of ${at} are opened all the same`)],
  [26, reason((at) => `${at}作废`, (at) => `voided: ${at}`)],
  [27, reason((at) => `${at}的结果由上级宣布无效`, (at) => `the superior body voids the result of ${at}`)],
  [28, baseConfirmed],
  [29, superiorRecommendation],
  [30, shortlist],
  [31, candidates],
  [32, notice],
  [33, objection],
  [34, objectionAnswered],
  [35, stageAdded],
  [36, seatsReduced],
  [37, tieDecided],
  [38, () => text("结果报上级批准、备案", "the result is reported to the superior body")],
  [39, countersign],
  [40, audit],
]);

// Of an entry that the state has taken; null for the other kinds.
export function decisionOf(entry: number, e: Envelope, state: State): Decision | null {
  const say = kSay.get(e.kind);
    return say === undefined ? null : { entry, kind: kindName(e.kind), words: say(new Reader(e.body, "E02.encoding"), state) };
}

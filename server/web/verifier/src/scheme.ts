// Section 18: the scheme file, read strictly. Which numbers a scheme may have together is in scheme_rules.ts.
import { type Bytes, decodeText } from "./bytes.ts";
import { parseJson } from "./json.ts";
import { type LocalText, Members, idOf, stringOf } from "./members.ts";
import { type Witness, readWitness } from "./note.ts";
import { must, refuse } from "./refusal.ts";

export const kStageKinds = ["election", "recommendation", "preelection", "decision", "rating"] as const;
export const kBases = ["registered", "expected", "present", "voters", "returned", "valid"] as const;
export type StageKind = (typeof kStageKinds)[number];
export type Base = (typeof kBases)[number];

export interface Threshold {
  readonly num: number;
  readonly den: number;
  readonly comparison: "at_least" | "more_than";
  readonly base: Base;
}

export interface Answer {
  readonly label: LocalText;
  readonly sign: string;
}

export interface Candidate {
  readonly name: string;
  readonly note: string;
}

export interface Rating {
  readonly grades: { label: LocalText; weight: number }[];
  readonly items: { title: LocalText; weight: number }[];
  readonly notAcquainted: boolean;
  readonly maxBest: number;
  readonly refuseIdentical: boolean;
  readonly trim: boolean;
  readonly bestLimit: "form" | "grades";
  readonly empty: "as_before" | "nothing" | "lowest";
}

export interface CandidateSource {
  readonly kind: "combination" | "preelection" | "elected";
  readonly id: string;
}

export const kFollowKinds = ["run_off", "new_round", "renominate", "repeat"] as const;
export type FollowKind = (typeof kFollowKinds)[number];

export interface Follows {
  readonly kind: FollowKind;
  readonly contest: string;
}

export interface WriteIns {
  readonly rule: "none" | "under_opposed" | "free_lines";
  readonly slots: number;
  readonly nameBytes: number;
  readonly eligible: Candidate[];
  readonly unmarked: "not_counted" | "abstain" | "counted";
}

// All members of the file: an added contest is compared with what it must be.
export interface Contest {
  readonly id: string;
  readonly title: LocalText;
  readonly kind: StageKind;
  readonly seats: number;
  readonly candidates: Candidate[];
  readonly source: CandidateSource | null;
  readonly approval: boolean;
  readonly follows: Follows | null;
  readonly order: "strokes" | "approved" | "manual";
  readonly orderReason: string;
  readonly minChoices: number;
  readonly maxChoices: number;
  readonly minExtra: number;
  readonly writeIns: WriteIns;
  readonly answers: Answer[];
  readonly postpone: boolean;
  readonly majority: Threshold;
  readonly alternative: Base | null;
  readonly turnout: Threshold | null;
  readonly tie: "run_off" | "run_off_majority" | "superior";
  readonly shortage: "new_round" | "renominate" | "leave_vacant";
  readonly newRound: Threshold | null;
  readonly returnCheck: "voters" | "issued";
  readonly cascade: string[];
  readonly eachAnswer: boolean;
  readonly blank: "abstain" | "invalid";
  readonly rating: Rating | null;
  readonly articles: string[];
}

export interface Stage {
  readonly id: string;
  readonly kind: StageKind;
  readonly title: LocalText;
  readonly round: number;
  readonly boxes: string[];
  readonly contests: string[];
  readonly quorum: Threshold;
  readonly minBallots: number;
  readonly after: string[];
  readonly notBefore: string;
  readonly noticeDays: number;
}

export interface Named {
  readonly name: string;
  readonly key: Bytes;
}

export const kCombinationRules = [
  "all_over", "weighted_votes", "weighted_rates", "gate", "top_union", "top_common", "staged", "composite",
] as const;

export interface Combination {
  readonly title: LocalText;
  readonly id: string;
  readonly rule: (typeof kCombinationRules)[number];
  readonly sources: { contest: string; weight: number; top: number }[];
  readonly superiorWeight: number;
  readonly bonus: number;
  readonly keep: number;
}

export interface Official extends Named {
  readonly id: string;
}

export interface Scheme {
  readonly congress: { id: string; title: LocalText; date: string };
  readonly rehearsal: boolean;
  readonly log: { origin: string; key: Bytes };
  readonly organiser: Bytes;
  readonly desk: Bytes;
  readonly chair: Official | null;
  readonly auditors: Official[];
  readonly supervisors: Official[];
  readonly superior: Bytes | null;
  readonly kiosks: { id: string; key: Bytes; box: string }[];
  readonly threshold: number;
  readonly minMixers: number;
  readonly trustees: Named[];
  readonly witnesses: Witness[];
  readonly chambers: string[];
  readonly boxes: { id: string; title: LocalText; chamber: string }[];
  readonly stages: Stage[];
  readonly contests: Contest[];
  readonly combinations: Combination[];
}

const readKey = (m: Members): Bytes => m.key("key");
const kMaxCount = 1_000_000;

function readThreshold(m: Members): Threshold {
  return {
    num: m.integer("num", 0, kMaxCount),
    den: m.integer("den", 1, kMaxCount),
    comparison: m.oneOf("comparison", ["at_least", "more_than"]),
    base: m.oneOf("base", kBases),
  };
}

const readAnswer = (m: Members): Answer => ({ label: m.text("label"), sign: m.string("sign", 12) });

function readRating(m: Members): Rating {
  return {
    grades: m.objects("grades", 0, 6, (g) => ({ label: g.text("label"), weight: g.integer("weight", 0, 1000) })),
    items: m.objects("items", 0, 12, (i) => ({ title: i.text("title"), weight: i.integer("weight", 1, 100) })),
    notAcquainted: m.bool("not_acquainted"),
    maxBest: m.integer("max_best", 0, 250),
    refuseIdentical: m.bool("refuse_identical"),
    trim: m.bool("trim"),
    bestLimit: m.has("best_limit") ? m.oneOf("best_limit", ["form", "grades"]) : "form",
    empty: m.has("empty") ? m.oneOf("empty", ["nothing", "lowest"]) : "as_before",
  };
}

const readCandidate = (m: Members): Candidate => ({ name: m.string("name", 90, 1), note: m.string("note", 90) });

function readWriteIns(m: Members): WriteIns {
  return {
    rule: m.oneOf("rule", ["none", "under_opposed", "free_lines"]),
    slots: m.integer("slots", 0, 30),
    nameBytes: m.integer("name_bytes", 0, 90),
    eligible: m.objects("eligible", 0, 5000, readCandidate),
    unmarked: m.oneOf("unmarked", ["not_counted", "abstain", "counted"]),
  };
}

const readSource = (m: Members): CandidateSource => ({
  kind: m.oneOf("kind", ["combination", "preelection", "elected"]), id: m.id("id"),
});
const readFollows = (m: Members): Follows => ({ kind: m.oneOf("kind", kFollowKinds), contest: m.id("contest") });

export function readContest(m: Members): Contest {
  const { answers, postpone } = m.object("answers", readAnswers);
  m.oneOf("unlink", ["ballot"]);
  return {
    id: m.id("id"),
    title: m.text("title"),
    kind: m.oneOf("kind", kStageKinds),
    seats: m.integer("seats", 0, 250),
    candidates: m.objects("candidates", 0, 250, readCandidate),
    source: m.orNull("source", () => m.object("source", readSource)),
    approval: m.bool("approval"),
    follows: m.orNull("follows", () => m.object("follows", readFollows)),
    order: m.oneOf("order", ["strokes", "approved", "manual"]),
    orderReason: m.string("order_reason", 300),
    minChoices: m.integer("min_choices", 0, 280),
    maxChoices: m.integer("max_choices", 0, 280),
    minExtra: m.integer("min_extra", 0, 250),
    writeIns: m.object("write_ins", readWriteIns),
    answers,
    postpone,
    majority: m.object("majority", readThreshold),
    alternative: m.orNull("alternative", () => m.oneOf("alternative", kBases)),
    turnout: m.orNull("turnout", () => m.object("turnout", readThreshold)),
    tie: m.oneOf("tie", ["run_off", "run_off_majority", "superior"]),
    shortage: m.oneOf("shortage", ["new_round", "renominate", "leave_vacant"]),
    newRound: m.orNull("new_round", () => m.object("new_round", readThreshold)),
    returnCheck: m.oneOf("return_check", ["voters", "issued"]),
    cascade: m.array("cascade", 0, 100, idOf),
    eachAnswer: m.has("each_answer") && m.bool("each_answer"),
    blank: m.oneOf("blank", ["abstain", "invalid"]),
    rating: m.orNull("rating", () => m.object("rating", readRating)),
    articles: m.array("articles", 0, 20, (value, where) => stringOf(value, where, 300, 1)),
  };
}

function readAnswers(m: Members): { answers: Answer[]; postpone: boolean } {
  const answers = ["approve", "oppose", "abstain"].map((name) => m.object(name, readAnswer));
  const postpone = m.orNull("postpone", () => m.object("postpone", readAnswer));
  return { answers: postpone === null ? answers : [...answers, postpone], postpone: postpone !== null };
}

export function readStage(m: Members): Stage {
  return {
    id: m.id("id"),
    kind: m.oneOf("kind", kStageKinds),
    title: m.text("title"),
    round: m.integer("round", 0, 255),
    boxes: m.array("boxes", 1, 1000, idOf),
    contests: m.array("contests", 1, 64, idOf),
    quorum: m.object("quorum", readThreshold),
    minBallots: m.integer("min_ballots", 0, kMaxCount),
    after: m.array("after", 0, 100, idOf),
    notBefore: dateOf(m, "not_before", true),
    noticeDays: m.integer("notice_days", 0, 365),
  };
}

function readMember(m: Members, place: number): Named {
  m.integer("index", place, place);
  return { name: m.string("name", 90, 1), key: m.key("key") };
}

const readOfficial = (m: Members): Official => ({ id: m.id("id"), name: m.string("name", 90, 1), key: m.key("key") });

const kForms = [
  "attendance", "papers", "tally_sheet", "tally_summary", "invalid", "report", "elected", "recommendation", "decision",
  "rating", "notice",
] as const;

function readTop(m: Members): Scheme {
  m.oneOf("format", ["tuixuan-scheme/1"]);
  let place = 0;
  const trustees = m.object("trustees", (t) => ({
    threshold: t.integer("threshold", 0, 100),
    minMixers: t.integer("min_mixers", 0, 100),
    members: t.objects("members", 0, 100, (member) => readMember(member, ++place)),
  }));
  m.object("server", (s) => s.key("pin"));
  const witnesses = m.array("witnesses", 0, 50, (value, where) =>
    readWitness(stringOf(value, where, 300, 1)) ?? refuse("V01.scheme", "a witness without a vkey"));
  const forms = m.array("forms", 0, kForms.length, (value) => kForms.find((f) => f === value) ?? refuse("V01.scheme", "an unknown form"));
  must(new Set(forms).size === forms.length, "V01.scheme", "a form is listed twice");
  return {
    congress: m.object("congress", readCongress),
    rehearsal: m.bool("rehearsal"),
    log: m.object("log", (l) => ({ origin: l.string("origin", 200, 1), key: l.key("key") })),
    organiser: m.object("organiser", readKey),
    desk: m.object("desk", readKey),
    chair: m.orNull("chair", () => m.object("chair", readOfficial)),
    auditors: m.objects("auditors", 0, 100, readOfficial),
    supervisors: m.objects("supervisors", 0, 100, readOfficial),
    superior: m.object("superior", (s) => s.orNull("key", () => s.key("key"))),
    kiosks: m.objects("kiosks", 1, 1000, (k) => ({ id: k.id("id"), key: k.key("key"), box: k.id("box") })),
    threshold: trustees.threshold,
    minMixers: trustees.minMixers,
    trustees: trustees.members,
    witnesses,
    chambers: m.objects("chambers", 1, 20, (c) => {
      c.text("title");
      return c.id("id");
    }),
    boxes: m.objects("boxes", 1, 1000, (b) => {
      b.text("venue");
      return { id: b.id("id"), title: b.text("title"), chamber: b.id("chamber") };
    }),
    stages: m.objects("stages", 1, 100, readStage),
    contests: m.objects("contests", 1, 200, readContest),
    combinations: m.objects("combinations", 0, 50, readCombination),
  };
}

function isDate(text: string): boolean {
  const day = /^(19|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function readCongress(m: Members): Scheme["congress"] {
  for (const name of ["body", "term", "place"]) m.text(name);
  return { id: m.id("id"), title: m.text("title"), date: dateOf(m, "date", false) };
}

function dateOf(m: Members, name: string, mayBeEmpty: boolean): string {
  const date = m.string(name, 10);
  must((mayBeEmpty && date === "") || isDate(date), "V01.scheme", `${date} is no date`);
  return date;
}

function readCombination(m: Members): Combination {
  return {
    title: m.text("title"),
    id: m.id("id"),
    rule: m.oneOf("rule", kCombinationRules),
    sources: m.objects("sources", 0, 10, (s) => ({
      contest: s.id("contest"), weight: s.integer("weight", 0, 100), top: s.integer("top", 0, 250),
    })),
    superiorWeight: m.integer("superior_weight", 0, 100),
    bonus: m.integer("bonus", 0, 100),
    keep: m.integer("keep", 0, 250),
  };
}

export const kMaxScheme = 4 * 1024 * 1024;

function readFile<T>(bytes: Bytes, where: string, read: (m: Members) => T): T {
  must(bytes.length <= kMaxScheme, "V01.scheme", "the file is larger than 4 MiB");
  const text = decodeText(bytes) ?? refuse("V01.scheme", "the file is not UTF-8");
  const top = new Members(parseJson(text), where);
  const out = read(top);
  top.end();
  return out;
}

export const readScheme = (bytes: Bytes): Scheme => readFile(bytes, "scheme", readTop);

export interface AddedStage {
  readonly stage: Stage;
  readonly contests: Contest[];
}

// tuixuan-stage/1, of an added stage.
export const readAddedStage = (bytes: Bytes): AddedStage =>
  readFile(bytes, "stage", (m) => {
    m.oneOf("format", ["tuixuan-stage/1"]);
    return { stage: m.object("stage", readStage), contests: m.objects("contests", 0, 100, readContest) };
  });

// Entries 29 to 34 (section 13): from recommendations to candidates with their notice; and what an opening asks of them.
import { encodeText, compare, equal } from "../bytes.ts";
import { kMaxWidth, widthFor } from "../blocks.ts";
import { type Proposal, proposalOf } from "../combination.ts";
import { longestContent } from "../content.ts";
import { fullName, isPersonName } from "../person_name.ts";
import { must, refuse } from "../refusal.ts";
import { canonical } from "../report.ts";
import type { Combination, Contest } from "../scheme.ts";
import { isSupervisor } from "../scheme_rules.ts";
import { contestById, rootOf, settledResult, standingOf, stageOfContest } from "../settlement.ts";
import type { StageState, State } from "../state.ts";
import { type Rule, bodyReader, byChair, bySuperior, bySupervisors, inPhase, objectName, stageOf } from "./rule.ts";

const kDay = 24 * 60;

const combinationOf = (state: State, id: string, check: string): Combination =>
  state.scheme.combinations.find((c) => c.id === id) ?? refuse(check, `there is no combination ${id}`);

export const superiorRecommendation: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const points = reader.list(8, () => ({ name: reader.text(), points: reader.u32() }));
  reader.text();
  reader.end();
  bySuperior(state, e);
  const combination = combinationOf(state, id, "C02.points");
  must(!state.proposals.has(id), "E07.order", `the shortlist of ${id} is on the log`);
  const most = combination.rule === "composite" ? combination.bonus : combination.superiorWeight > 0 ? 100 : 0;
  must(most > 0 && points.length > 0, "C02.points", "no points are given, or the rule has no place for them");
  points.forEach((p, i) => {
    const ascends = i === 0 || compare(encodeText(points[i - 1]!.name), encodeText(p.name)) < 0;
    must(p.points <= most && ascends, "C02.points", `${p.name}: ${p.points} points, or out of order`);
  });
  state.recommended.set(id, points);
};

function combined(state: State, id: string): Proposal {
  const combination = combinationOf(state, id, "C02.shortlist");
  const results = combination.sources.map(({ contest }) =>
    settledResult(state, contest) ?? refuse("C02.shortlist", `contest ${contest} is not settled`));
  const points = state.recommended.get(id);
  must(points !== undefined || combination.superiorWeight === 0, "C02.shortlist", "the superior body has not recommended");
  return proposalOf(state.scheme, combination, results, points ?? []);
}

export const shortlist: Rule = async (state, e, objects) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const object = objectName(reader);
  reader.end();
  bySupervisors(state, e);
  must(!state.proposals.has(id), "E07.order", `the shortlist of ${id} is on the log`);
  const file = await objects.get(object);
  const proposal = combined(state, id);
  must(equal(file, encodeText(canonical(proposal))), "C02.shortlist", "the shortlist is not what the rule gives");
  state.proposals.set(id, proposal);
};

// Who was proposed for a contest; null where anybody may be a candidate.
function proposedFor(state: State, contest: Contest): string[] | null {
  const { source, follows } = contest;
  if (follows?.kind === "repeat") return proposedFor(state, contestById(state, follows.contest)!);
  if (source === null) return follows !== null ? null : contest.candidates.map(fullName);
  if (source.kind === "combination") {
    const proposal = state.proposals.get(source.id) ?? refuse("C03.candidates", `no shortlist of ${source.id} is on the log`);
    return proposal.persons.filter((p) => p.proposal === "proposed").map((p) => p.name);
  }
  const standing = standingOf(state, source.id);
  must(standing.open.length === 0, "C03.candidates", `contest ${source.id} is not settled`);
  return standing.elected.map((p) => p.name);
}

interface Decided {
  readonly name: string;
  readonly note: string;
  readonly reason: string;
}

function checkDecided(state: State, contest: Contest, people: Decided[]): void {
  const fault = (holds: boolean, what: string) => must(holds, "C03.candidates", what);
  const proposed = proposedFor(state, contest);
  const labels = people.map(fullName);
  fault(new Set(labels).size === labels.length, "somebody is listed twice");
  const onlyProposed = rootOf(state, contest.id).source?.kind === "elected";
  for (const p of people) {
    fault(isPersonName(p.name), `${p.name} is no name`);
    fault(!isSupervisor(state.scheme, p), `${p.name} is a supervisor`);
    const known = proposed === null || proposed.includes(fullName(p));
    fault(known || (!onlyProposed && p.reason !== ""), `${p.name} was not proposed`);
  }
  const least = Math.max(1, contest.seats + contest.minExtra);
  fault(people.length >= least, `${people.length} candidates, at least ${least} are needed`);
}

export const candidates: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const reference = reader.text();
  const people = reader.list(12, (): Decided => ({ name: reader.text(90), note: reader.text(90), reason: reader.text() }), 250);
  reader.end();
  bySuperior(state, e);
  const contest = contestById(state, id);
  must(contest?.approval === true, "C03.candidates", `nobody decides on the candidates of ${id}`);
  must(reference !== "", "C03.candidates", "the decision has no reference");
  const stage = stageOfContest(state, id);
  inPhase(stage, ["before"]);
  checkDecided(state, contest, people);
  const decided: Contest = { ...contest, candidates: people.map(({ name, note }) => ({ name, note })) };
  const width = widthFor(longestContent(decided));
  must(width <= kMaxWidth, "C03.candidates", "more candidates than a ballot can seal");
  Object.assign(stage.contests.find((c) => c.contest.id === id)!, { contest: decided, width });
  state.scheme = { ...state.scheme, contests: state.scheme.contests.map((c) => (c.id === id ? decided : c)) };
  state.approved.set(id, state.index);
};

const decidedContests = (stage: StageState): string[] =>
  stage.contests.filter((c) => c.contest.approval).map((c) => c.contest.id);

export const notice: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const from = reader.u32();
  const until = reader.u32();
  const address = reader.text();
  reader.end();
  byChair(state, e);
  const stage = stageOf(state, id, "C04.notice");
  inPhase(stage, ["before"]);
  for (const contest of decidedContests(stage))
    must(state.approved.has(contest), "C04.notice", `the candidates of ${contest} are not decided`);
  must(address !== "", "C04.notice", "the notice does not say where objections go");
  must(until > from && until - from >= stage.stage.noticeDays * kDay, "C04.period", "the notice is too short");
  must(e.minutes <= from + kDay, "C04.period", "the notice claims to begin before it was made");
  state.notices.set(state.index, { stage: id, until });
};

const number = (value: bigint): number => (value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : -1);

export const objection: Rule = (state, e) => {
  const reader = bodyReader(e);
  const index = number(reader.u64());
  const summary = reader.text();
  reader.end();
  byChair(state, e);
  const about = state.notices.get(index);
  must(about !== undefined && summary !== "", "C04.notice", "an objection to no notice, or without a summary");
  inPhase(stageOf(state, about.stage), ["before"]);
  state.objections.set(state.index, { notice: index, answered: null, upheld: false });
};

export const objectionAnswered: Rule = (state, e) => {
  const reader = bodyReader(e);
  const index = number(reader.u64());
  const upheld = reader.bool();
  const answer = reader.text();
  reader.end();
  byChair(state, e);
  const about = state.objections.get(index);
  must(about !== undefined && answer !== "", "C04.notice", "an answer to no objection, or an empty one");
  must(about.answered === null, "E07.order", `objection ${index} has its answer`);
  inPhase(stageOf(state, state.notices.get(about.notice)!.stage), ["before"]);
  about.answered = state.index;
  about.upheld = upheld;
};

function checkObjections(state: State, stage: StageState): void {
  for (const [index, { notice: about, answered, upheld }] of state.objections) {
    if (state.notices.get(about)!.stage !== stage.stage.id) continue;
    must(answered !== null, "C04.objections", `objection ${index} has no answer`);
    const again = stage.contests.some((c) => (state.approved.get(c.contest.id) ?? -1) > answered);
    must(!upheld || again, "C04.objections", `objection ${index} was upheld and nothing decided again`);
  }
}

// What the opening of a stage asks: decided, no objection open, notice given and over.
export function checkCandidatesReady(state: State, stage: StageState, minutes: number): void {
  let last = 0;
  for (const id of decidedContests(stage)) {
    const decided = state.approved.get(id) ?? refuse("C03.approval", `the candidates of ${id} are not decided`);
    last = Math.max(last, decided);
  }
  checkObjections(state, stage);
  if (stage.stage.noticeDays === 0) return;
  const notices = [...state.notices].filter(([index, n]) => n.stage === stage.stage.id && index > last);
  const final = notices.at(-1)?.[1] ?? refuse("C04.missing", "the candidates had no notice");
  must(minutes >= final.until, "C04.period", "the notice is not over");
}

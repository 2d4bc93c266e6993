// Entries 18 mix, 19 decryption, 20 count, 22 spellings (section 13).
import { checkDecryption, lagrange, opensTo } from "../decryption.ts";
import { type Bytes, Reader, compare, encodeText, equal } from "../bytes.ts";
import { type DecodedBlocks, decodeContent } from "../blocks.ts";
import { many } from "../ballot.ts";
import { checkMix } from "../mix.ts";
import { fullName, isPersonName } from "../person_name.ts";
import { must } from "../refusal.ts";
import { reportOf, writeReport } from "../report.ts";
import type { ObjectName } from "../record.ts";
import type { Contest } from "../scheme.ts";
import { type ContestState, type StageState, type State, mixersNeeded } from "../state.ts";
import { type Objects, type Rule, bodyReader, byTrustee, bySupervisors, contestOf, inPhase, objectName, stageOf } from "./rule.ts";

function tallying(stage: StageState): void {
  must(stage.phase !== "closing", "V12.sig", "not enough trustees have agreed to the close");
  inPhase(stage, ["tallying"]);
}

export const mix: Rule = async (state, e, objects) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const name = reader.name();
  const position = reader.u32();
  const mixer = reader.u32();
  const object = objectName(reader);
  reader.end();
  byTrustee(state, e, mixer);
  const stage = stageOf(state, id);
  tallying(stage);
  const contest = contestOf(stage, name, "V13.contests");
  const { minBallots } = stage.stage;
  must(stage.cast >= minBallots || stage.smallGroup, "A03.small", `${stage.cast} ballots of at least ${minBallots}`);
  must(contest.rows.length > 0, "V13.contests", `nobody voted in contest ${name}`);
  must(contest.decryptions.size === 0, "E07.order", `contest ${name} is being decrypted`);
  must(position === contest.mixers.length + 1, "V13.position", `position ${position} after ${contest.mixers.length}`);
  must(!contest.mixers.includes(mixer), "V13.mixers", `trustee ${mixer} mixes contest ${name} twice`);
  const record = await objects.get(object);
  const statement = {
    tctx: stage.tctx, contest: name, position, mixer, y: state.ceremony.y!, width: contest.width, input: contest.rows,
  };
  contest.rows = checkMix(statement, record);
  contest.mixers.push(mixer);
};

export const decryption: Rule = async (state, e, objects) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const name = reader.name();
  const trustee = reader.u32();
  const object = objectName(reader);
  reader.end();
  byTrustee(state, e, trustee);
  const stage = stageOf(state, id);
  tallying(stage);
  const contest = contestOf(stage, name, "V14.trustee");
  must(contest.rows.length > 0, "E07.order", `nobody voted in contest ${name}`);
  must(contest.mixers.length >= mixersNeeded(state), "V13.mixers", `only ${contest.mixers.length} mixes of contest ${name}`);
  must(!contest.decryptions.has(trustee), "V14.trustee", `trustee ${trustee} decrypts contest ${name} twice`);
  const record = await objects.get(object);
  const statement = {
    tctx: stage.tctx, contest: name, trustee, y: state.ceremony.y!, x: state.ceremony.keys[trustee - 1]!,
    width: contest.width, rows: contest.rows,
  };
  contest.decryptions.set(trustee, checkDecryption(statement, record));
};

function checkSpellings(contest: Contest, list: { spelling: string; name: string }[]): void {
  const fault = (holds: boolean, what: string) => must(holds, "V15.spellings", what);
  const spellings = new Set(list.map((x) => x.spelling));
  list.forEach(({ spelling, name }, i) => {
    fault(i === 0 || compare(encodeText(list[i - 1]!.spelling), encodeText(spelling)) < 0, `${spelling} does not ascend`);
    fault(spelling !== name, `${spelling} stands for itself`);
    fault(!spellings.has(name), `${name} is itself a spelling`);
    for (const written of [spelling, name]) {
      fault(encodeText(written).length <= contest.writeIns.nameBytes && isPersonName(written), `${written} is no name of a ballot`);
      fault(!contest.candidates.some((p) => p.name === written || fullName(p) === written), `${written} is a candidate`);
    }
  });
}

export const spellings: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const name = reader.name();
  const list = reader.list(8, () => ({ spelling: reader.text(), name: reader.text() }));
  reader.end();
  bySupervisors(state, e);
  const stage = stageOf(state, id);
  tallying(stage);
  const contest = contestOf(stage, name, "V15.spellings");
  must(contest.contest.writeIns.rule !== "none", "V15.spellings", `contest ${name} has no write-ins`);
  checkSpellings(contest.contest, list);
  contest.spellings = new Map(list.map((x) => [x.spelling, x.name]));
};

interface Counted {
  readonly contest: string;
  readonly trustees: number[];
  readonly opened: ObjectName;
}

function checkTrustees(state: State, contest: ContestState, trustees: number[]): void {
  const empty = contest.rows.length === 0;
  const wanted = empty ? 0 : state.parameters.k;
  const id = contest.contest.id;
  must(empty || contest.mixers.length >= mixersNeeded(state), "V13.contests", `contest ${id} was not mixed enough`);
  must(empty || trustees.every((t, i) => i === 0 || trustees[i - 1]! < t), "V14.trustee", "the trustees do not ascend");
  must(trustees.length === wanted, "V14.quorum", `${trustees.length} trustees instead of ${wanted}`);
  trustees.forEach((t) => {
    must(contest.decryptions.has(t), "V14.trustee", `trustee ${t} has not decrypted contest ${id}`);
  });
}

// The contents of the opened ballots in list order, null for an undecodable one.
function readOpened(contest: ContestState, trustees: number[], bytes: Bytes): (Bytes | null)[] {
  const n = contest.rows.length;
  const w = contest.width;
  const reader = new Reader(bytes, "V15.count");
  must(bytes.length === 8 + 32 * n * w, "V15.count", "not as many points as the last list");
  must(reader.u32() === n && reader.u32() === w, "V15.points", "not the rows and width of the last list");
  const points = many(n * w, () => reader.fixed(32));
  const factors = trustees.map((t) => contest.decryptions.get(t)!);
  must(
    opensTo(w, contest.rows, lagrange(trustees), factors, points),
    "V15.points",
    `contest ${contest.contest.id}: the opened points are not what the decryptions give`,
  );
  const decoded: DecodedBlocks = new Map();
  return Array.from({ length: n }, (_, i) => decodeContent(points.slice(i * w, (i + 1) * w), decoded));
}

async function openContest(state: State, contest: ContestState, counted: Counted, objects: Objects) {
  checkTrustees(state, contest, counted.trustees);
  return readOpened(contest, counted.trustees, await objects.get(counted.opened));
}

export const count: Rule = async (state, e, objects) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const counted = reader.list(49, (): Counted => ({
    contest: reader.name(), trustees: reader.list(4, () => reader.u32()), opened: objectName(reader),
  }));
  const reportObject = objectName(reader);
  reader.end();
  bySupervisors(state, e);
  const stage = stageOf(state, id);
  tallying(stage);
  must(
    counted.length === stage.contests.length && counted.every((c, i) => c.contest === stage.contests[i]!.contest.id),
    "V15.contests",
    "not the contests of the stage in their order",
  );
  const opened: (Bytes | null)[][] = [];
  for (const [i, contest] of stage.contests.entries()) opened.push(await openContest(state, contest, counted[i]!, objects));
  const report = reportOf(state.scheme, stage, opened);
  must(equal(await objects.get(reportObject), writeReport(report)), "V15.tally", "the report is not what the ballots give");
  stage.report = report;
  stage.phase = "counted";
};

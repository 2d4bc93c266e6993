// Entries 2 to 5, the key ceremony, and 21 trustee-lost (section 13).
import { judge, gammaOf, publicKey, readCommit, readConfirm, readShare, t1Of } from "../ceremony.ts";
import type { Bytes } from "../bytes.ts";
import type { Envelope } from "../envelope.ts";
import { Group, scalar } from "../group.ts";
import { must } from "../refusal.ts";
import { type State, newCeremony } from "../state.ts";
import { type Rule, bodyReader, byTrustee, bySupervisors } from "./rule.ts";

const kMaxMessage = 60_000;

interface Message {
  readonly trustee: number;
  readonly message: Bytes;
}

function readMessage(state: State, e: Envelope): Message {
  const reader = bodyReader(e);
  const attempt = reader.u32();
  const trustee = reader.u32();
  const message = reader.blob();
  reader.end();
  must(message.length <= kMaxMessage, "E02.encoding", `a message of ${message.length} bytes`);
  byTrustee(state, e, trustee);
  must(state.ceremony.y === null, "E07.order", "the key ceremony is over");
  must(attempt === state.ceremony.attempt, "E07.order", `attempt ${attempt} while ${state.ceremony.attempt} runs`);
  return { trustee, message };
}

const present = <T>(items: (T | undefined)[]): T[] => items.filter((item): item is T => item !== undefined);

export const commit: Rule = (state, e) => {
  const { trustee, message } = readMessage(state, e);
  const ceremony = state.ceremony;
  must(ceremony.commits[trustee - 1] === undefined, "E07.order", `trustee ${trustee} has committed already`);
  ceremony.commits[trustee - 1] = readCommit(state.parameters, trustee, message, present(ceremony.commits));
  const all = present(ceremony.commits);
  if (all.length === state.parameters.n) ceremony.gamma = gammaOf(state.parameters, all);
};

export const share: Rule = (state, e) => {
  const { trustee, message } = readMessage(state, e);
  const ceremony = state.ceremony;
  must(ceremony.gamma !== null, "E07.order", "not all trustees have committed");
  must(ceremony.shares[trustee - 1] === undefined, "E07.order", `trustee ${trustee} has sent shares already`);
  const own = ceremony.commits[trustee - 1]!;
  ceremony.shares[trustee - 1] = readShare(state.parameters, trustee, message, ceremony.gamma, own);
  const all = present(ceremony.shares);
  if (all.length === state.parameters.n) ceremony.t1 = t1Of(ceremony.gamma, all);
};

export const confirm: Rule = (state, e) => {
  const { trustee, message } = readMessage(state, e);
  const ceremony = state.ceremony;
  must(ceremony.t1 !== null, "E07.order", "not all trustees have sent shares");
  must(ceremony.keys[trustee - 1] === undefined, "E07.order", `trustee ${trustee} has confirmed already`);
  const shares = present(ceremony.shares);
  const key = readConfirm(trustee, message, ceremony.t1, shares);
  const y = publicKey(shares);
  must(!y.equals(Group.ZERO), "V05.Y", "the public key is the identity");
  ceremony.keys[trustee - 1] = key;
  if (present(ceremony.keys).length === state.parameters.n) ceremony.y = { bytes: y.toBytes(), element: y };
};

export const complaint: Rule = (state, e) => {
  const reader = bodyReader(e);
  const attempt = reader.u32();
  const complainer = reader.u32();
  const dealer = reader.u32();
  const opened = reader.fixed(32);
  reader.end();
  must(scalar(opened) !== null, "E02.encoding", "the opened key is no scalar");
  byTrustee(state, e, complainer);
  const ceremony = state.ceremony;
  must(attempt === ceremony.attempt && ceremony.y === null, "E07.order", "no such attempt is under way");
  must(dealer >= 1 && dealer <= state.parameters.n && dealer !== complainer, "E02.encoding", "no other trustee is named");
  const share = ceremony.shares[dealer - 1];
  must(share !== undefined, "E07.order", `trustee ${dealer} has sent no shares yet`);
  const wrong = judge(complainer, dealer, opened, ceremony.gamma!, ceremony.commits[complainer - 1]!, share);
  const what =
    wrong === "dealer"
      ? `trustee ${dealer} sent trustee ${complainer} a wrong share; the key ceremony starts again`
      : `trustee ${complainer} complained about trustee ${dealer} without cause; the key ceremony starts again`;
  state.incidents.push({ entry: state.index, check: "V04.shares", what });
  state.ceremony = newCeremony(attempt + 1);
};

export const trusteeLost: Rule = (state, e) => {
  const reader = bodyReader(e);
  const trustee = reader.u32();
  const reason = reader.text();
  reader.end();
  bySupervisors(state, e);
  const { n, k } = state.parameters;
  must(trustee >= 1 && trustee <= n && reason !== "", "E02.encoding", "no trustee of the scheme, or no reason");
  must(!state.lostTrustees.has(trustee), "E07.order", `trustee ${trustee} is lost already`);
  must(state.ceremony.y !== null, "E07.order", "the key ceremony is not over");
  must(n - state.lostTrustees.size > k, "E07.order", `no more than ${k} trustees remain`);
  state.lostTrustees.add(trustee);
  state.incidents.push({ entry: state.index, check: "V06.sig", what: `trustee ${trustee} lost: ${reason}` });
  for (const stage of state.stages) openIfAgreed(state, stage);
};

// A stage opens when every trustee that is not lost has agreed.
export function openIfAgreed(state: State, stage: State["stages"][number]): void {
  if (stage.phase !== "opening") return;
  for (let t = 1; t <= state.parameters.n; t++)
    if (!state.lostTrustees.has(t) && !stage.openingAgreed.has(t)) return;
  stage.phase = "open";
}

// Entries 23 enrolment, 24 key-replaced, 40 audit (section 13): who comes in while the congress is under way.
import { type Bytes, equal } from "../bytes.ts";
import { signedBy } from "../envelope.ts";
import { must, refuse } from "../refusal.ts";
import type { Scheme } from "../scheme.ts";
import { servesRole } from "../scheme_rules.ts";
import { isKey } from "../signature.ts";
import { type Rule, badSignature, bodyReader, bySupervisors } from "./rule.ts";

function checkNewKey(scheme: Scheme, key: Bytes, check: string): void {
  must(isKey(key), check, "the new key is not valid");
  must(!servesRole(scheme, key), check, "the new key serves another role");
}

export const enrolment: Rule = (state, e) => {
  const reader = bodyReader(e);
  const id = reader.name();
  const box = reader.name();
  const key = reader.fixed(32);
  reader.text();
  reader.end();
  bySupervisors(state, e);
  const { scheme } = state;
  must(!scheme.kiosks.some((k) => k.id === id), "C01.enrolment", `there is a kiosk ${id} already`);
  must(scheme.boxes.some((b) => b.id === box), "C01.enrolment", `there is no box ${box}`);
  checkNewKey(scheme, key, "C01.enrolment");
  state.scheme = { ...scheme, kiosks: [...scheme.kiosks, { id, key, box }] };
  for (const stage of state.stages)
    if (stage.stage.boxes.includes(box) && (stage.phase === "opening" || stage.phase === "open"))
      stage.kiosks.set(id, { box, last: 0n, ended: false });
};

// The scheme with that key of that role replaced; null if the role has no such key.
function replaced(s: Scheme, role: number, old: Bytes, fresh: Bytes): Scheme | null {
  const other = <T extends { key: Bytes }>(list: T[]): T[] | null =>
    list.some((x) => equal(x.key, old)) ? list.map((x) => (equal(x.key, old) ? { ...x, key: fresh } : x)) : null;
  if (role === 1) return equal(s.organiser, old) ? { ...s, organiser: fresh } : null;
  if (role === 2) return s.chair !== null && equal(s.chair.key, old) ? { ...s, chair: { ...s.chair, key: fresh } } : null;
  if (role === 3) return equal(s.desk, old) ? { ...s, desk: fresh } : null;
  if (role === 4) {
    const supervisors = other(s.supervisors);
    return supervisors === null ? null : { ...s, supervisors };
  }
  const auditors = other(s.auditors);
  return auditors === null ? null : { ...s, auditors };
}

export const keyReplaced: Rule = (state, e) => {
  const reader = bodyReader(e);
  const role = reader.u8();
  if (role < 1 || role > 5) reader.fail(`role ${role}`);
  const old = reader.fixed(32);
  const fresh = reader.fixed(32);
  const reason = reader.text();
  reader.end();
  bySupervisors(state, e);
  const scheme = replaced(state.scheme, role, old, fresh);
  must(scheme !== null && reason !== "", "C01.key", "the old key is not one of this role, or no reason is given");
  must(!e.signatures.some((s) => equal(s.key, old)), "C01.key", "the old key signs for its own replacement");
  checkNewKey(state.scheme, fresh, "C01.key");
  state.scheme = scheme;
  state.incidents.push({ entry: state.index, check: "C01.key", what: `a key was replaced: ${reason}` });
};

export const audit: Rule = (state, e) => {
  const reader = bodyReader(e);
  const size = reader.u64();
  const root = reader.fixed(32);
  const holds = reader.bool();
  const findings = reader.text();
  reader.end();
  const auditor = state.scheme.auditors.find((a) => equal(a.key, e.signatures[0]!.key)) ?? refuse(badSignature(e), "signed by no auditor");
  signedBy(e, auditor.key);
  must(size <= BigInt(state.index) && equal(state.root(Number(size)), root), "C07.audit", "the audit is of another log");
  if (!holds) state.incidents.push({ entry: state.index, check: "C07.audit", what: `an auditor objects: ${findings}` });
};

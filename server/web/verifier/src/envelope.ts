// Section 13: the envelope of an entry, its kinds, and who must have signed it.
import { type Bytes, Reader, compare, u64 } from "./bytes.ts";
import { H } from "./hash.ts";
import { must } from "./refusal.ts";
import { verifies } from "./signature.ts";

interface KindRule {
  readonly name: string;
  readonly badSignature: string;
}

export const kKinds: ReadonlyMap<number, KindRule> = new Map(
  (
    [
      [1, "scheme", "V01.sig"],
      [2, "ceremony-commit", "V03.sig0"],
      [3, "ceremony-share", "V04.sig1"],
      [4, "ceremony-confirm", "V05.sig2"],
      [5, "ceremony-complaint", "V05.sig3"],
      [6, "slips", "V02.sig"],
      [7, "attendance", "A01.sig"],
      [8, "opening", "V06.officers"],
      [9, "opening-agreed", "V06.sig"],
      [10, "cast", "V09.sig"],
      [11, "challenge", "V09.sig"],
      [12, "abandon", "V09.sig"],
      [13, "void-slip", "V10.sig"],
      [14, "kiosk-final", "V12.kiosk_sig"],
      [15, "kiosk-lost", "V12.lost_sig"],
      [16, "close", "V12.officers"],
      [17, "close-agreed", "V12.sig"],
      [18, "mix", "V13.sig"],
      [19, "decryption", "V14.sig"],
      [20, "count", "V15.sig"],
      [21, "trustee-lost", "V06.lost_sig"],
      [22, "spellings", "V15.spellings_sig"],
      [23, "enrolment", "C01.enrolment_sig"],
      [24, "key-replaced", "C01.key_sig"],
      [25, "small-group", "A03.sig"],
      [26, "stage-voided", "C06.void_sig"],
      [27, "result-voided", "C06.result_void_sig"],
      [28, "base-confirmed", "C06.base_sig"],
      [29, "superior-recommendation", "C02.points_sig"],
      [30, "shortlist", "C02.sig"],
      [31, "candidates", "C03.sig"],
      [32, "notice", "C04.sig"],
      [33, "objection", "C04.objection_sig"],
      [34, "objection-answered", "C04.answer_sig"],
      [35, "stage-added", "C05.sig"],
      [36, "seats-reduced", "C06.seats_sig"],
      [37, "tie-decided", "C06.tie_sig"],
      [38, "report-up", "C07.sig"],
      [39, "countersign", "C07.answer_sig"],
      [40, "audit", "C07.audit_sig"],
    ] as const
  ).map(([kind, name, badSignature]) => [kind, { name, badSignature }]),
);

export interface Signature {
  readonly key: Bytes;
  readonly signature: Bytes;
}

const kVersion = 1;
const kRehearsal = 129;

export interface Envelope {
  readonly rehearsal: boolean;
  readonly kind: number;
  readonly congress: Bytes;
  readonly minutes: number;
  readonly body: Bytes;
  readonly signatures: Signature[];
}

export function readEnvelope(bytes: Bytes): Envelope {
  const reader = new Reader(bytes, "E02.encoding");
  const version = reader.u8();
  must(version === kVersion || version === kRehearsal, "E01.version", `version ${version}`);
  const kind = reader.u8();
  must(kKinds.has(kind), "V07.kind", `kind ${kind}`);
  const congress = reader.fixed(64);
  const minutes = reader.u32();
  const body = reader.blob();
  const count = reader.u8();
  must(count >= 1 && count <= 16, "E02.encoding", `${count} signatures`);
  const signatures: Signature[] = [];
  for (let i = 0; i < count; i++) {
    const key = reader.fixed(32);
    must(i === 0 || compare(signatures[i - 1]!.key, key) < 0, "E02.encoding", "the keys do not ascend");
    signatures.push({ key, signature: reader.fixed(64) });
  }
  reader.end();
  return { rehearsal: version === kRehearsal, kind, congress, minutes, body, signatures };
}

export const kindName = (kind: number): string => kKinds.get(kind)!.name;

export function statement(e: Envelope): Bytes {
  return H(`sig/${kindName(e.kind)}`, e.congress, u64(e.minutes), e.body);
}

// Exactly one signature, by this key.
export function signedBy(e: Envelope, key: Bytes): void {
  const check = kKinds.get(e.kind)!.badSignature;
  const only = e.signatures[0]!;
  must(e.signatures.length === 1 && compare(only.key, key) === 0, check, "not signed by the one who must sign");
  must(verifies(only.key, statement(e), only.signature), check, "the signature does not verify");
}

// Two or more signatures, each by one of these keys.
export function signedByTwoOf(e: Envelope, keys: Bytes[]): void {
  const check = kKinds.get(e.kind)!.badSignature;
  must(e.signatures.length >= 2, check, "fewer than two supervisors signed");
  for (const { key, signature } of e.signatures) {
    must(keys.some((k) => compare(k, key) === 0), check, "signed by somebody who is no supervisor");
    must(verifies(key, statement(e), signature), check, "a supervisor's signature does not verify");
  }
}

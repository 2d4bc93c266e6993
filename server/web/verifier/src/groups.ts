// The groups of checks (section 15) in words, and which of them an entry of each kind passes.
import type { LocalText } from "./members.ts";

export const kGroups = [
  "log", "E", "V01", "V02", "V03", "V04", "V05", "A", "C", "V06", "V07", "V08", "V09", "V10", "V11", "V12", "V13", "V14", "V15",
] as const;
export type Group = (typeof kGroups)[number];

export const kGroupWords: Record<Group, LocalText> = {
  log: { zh: "日志完整，由服务器密钥签名", en: "the log is whole and signed by its key" },
  E: { zh: "每条记录的格式、作者和次序", en: "form, author and order of every entry" },
  V01: { zh: "选举办法", en: "scheme" },
  V02: { zh: "领票凭条名单", en: "lists of slips" },
  V03: { zh: "密钥仪式：承诺", en: "key ceremony: commitments" },
  V04: { zh: "密钥仪式：份额", en: "key ceremony: shares" },
  V05: { zh: "密钥仪式：公钥", en: "key ceremony: public keys" },
  A: { zh: "到会人数和法定人数", en: "attendance and quorum" },
  C: { zh: "各环节的衔接：候选人、公示、另行选举、报批", en: "the thread: candidates, notices, further rounds, reports" },
  V06: { zh: "投票开始", en: "opening" },
  V07: { zh: "记录种类", en: "kinds of entries" },
  V08: { zh: "每张选票的格式、签名和证明", en: "each ballot: form, signature, proof" },
  V09: { zh: "选票之间：不重复、不遗漏", en: "ballots together: none twice, none missing" },
  V10: { zh: "作废的凭条", en: "voided slips" },
  V11: { zh: "查验的选票", en: "challenged ballots" },
  V12: { zh: "投票结束，账目平衡", en: "closing, the accounts balance" },
  V13: { zh: "混票", en: "mixing" },
  V14: { zh: "解密", en: "decryption" },
  V15: { zh: "计票结果", en: "count" },
};

const kBallot: readonly Group[] = ["V08", "V09"];

// By the number of the kind.
const kGroupsOfKind: readonly (readonly Group[])[] = [
  [], ["V01"], ["V03"], ["V04"], ["V05"], ["V05"], ["V02"], ["A"], ["V06"], ["V06"], kBallot, [...kBallot, "V11"], kBallot,
  ["V10"], ["V12"], ["V12"], ["V12"], ["V12"], ["V13"], ["V14"], ["V15"], ["V06"],
  ["V15"], ["C"], ["C"], ["A"], ...Array.from({ length: 15 }, (): readonly Group[] => ["C"]),
];

// The groups whose checks an entry has passed once it stands.
export const groupsOfKind = (kind: number): Group[] => ["E", "V07", ...(kGroupsOfKind[kind] ?? [])];

export function groupOfCheck(check: string): Group {
  if (check === "record.incomplete") return "V15";
  if (/^(log|record)\./.test(check)) return "log";
  const name = check.split(".")[0]!;
  return kGroups.find((g) => g === name) ?? ((["A", "C"] as const).find((g) => name.startsWith(g)) ?? "E");
}

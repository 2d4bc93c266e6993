// A record as files (section 14): an exported ustar archive, taken strictly; or below an address of a server.
import { type Bytes, decodeText, isZero } from "./bytes.ts";
import { must, refuse } from "./refusal.ts";

// What the verifier reads a record from: a file by its path in the record, null where there is none.
export interface Files {
  read(path: string): Promise<Bytes | null>;
}

const kSector = 512;

// A field of octal digits, ended by NUL or space.
function octal(field: Bytes): number {
  const text = String.fromCharCode(...field).replace(/[\0 ]+$/, "");
  must(/^[0-7]{1,11}$/.test(text), "record.file", "a number in a ustar header is malformed");
  return parseInt(text, 8);
}

function cText(field: Bytes): string {
  const end = field.indexOf(0);
  const text = decodeText(end < 0 ? field : field.subarray(0, end));
  return text ?? refuse("record.file", "a name in the archive is not UTF-8");
}

function checkSum(header: Bytes): number {
  let sum = 0;
  header.forEach((b, i) => {
    sum += i >= 148 && i < 156 ? 0x20 : b;
  });
  return sum;
}

export function readArchive(bytes: Bytes): Map<string, Bytes> {
  const out = new Map<string, Bytes>();
  let at = 0;
  for (;;) {
    must(at + kSector <= bytes.length, "record.file", "the archive ends before its end mark");
    const header = bytes.subarray(at, at + kSector);
    at += kSector;
    if (isZero(header)) break;
    must(cText(header.subarray(257, 263)) === "ustar", "record.file", "this is not a ustar archive");
    must(octal(header.subarray(148, 156)) === checkSum(header), "record.file", "a header's check sum is wrong");
    must(header[156] === 0x30 || header[156] === 0, "record.file", "the archive holds something that is no plain file");
    const prefix = cText(header.subarray(345, 500));
    const name = (prefix === "" ? "" : `${prefix}/`) + cText(header.subarray(0, 100));
    const size = octal(header.subarray(124, 136));
    must(at + size <= bytes.length, "record.file", `${name} is cut short`);
    must(!out.has(name), "record.file", `${name} is listed twice in the archive`);
    out.set(name, bytes.subarray(at, at + size));
    at += Math.ceil(size / kSector) * kSector;
  }
  return out;
}

export class ArchiveFiles implements Files {
  private readonly files: Map<string, Bytes>;

  constructor(archive: Bytes) {
    this.files = readArchive(archive);
  }
  async read(path: string): Promise<Bytes | null> {
    return this.files.get(path) ?? null;
  }
}

// Files as a server of a log or of plain files has them. Only "not there" is an answer; any other failure stops.
export class AddressFiles implements Files {
  private readonly address: string;

  constructor(address: string) {
    this.address = address;
  }
  async read(path: string): Promise<Bytes | null> {
    const answer = await fetch(this.address + path, { cache: path === "checkpoint" ? "no-store" : "default" });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}

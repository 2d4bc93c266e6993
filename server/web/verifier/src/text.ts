// Texts: printable (section 13) and names of people on ballots (section 9).

const kUnprintable: ReadonlyArray<readonly [number, number]> = [
  [0x0000, 0x001f], [0x007f, 0x009f], [0x00ad, 0x00ad], [0x061c, 0x061c], [0x180e, 0x180e], [0x200b, 0x200f],
  [0x2028, 0x202e], [0x2060, 0x206f], [0xd800, 0xdfff], [0xe000, 0xf8ff], [0xfdd0, 0xfdef], [0xfeff, 0xfeff],
  [0xfff9, 0xfffb], [0xe0000, 0xe0fff], [0xf0000, 0x10ffff],
];

export function isPrintable(text: string): boolean {
  for (const letter of text) {
    const point = letter.codePointAt(0)!;
    if ((point & 0xfffe) === 0xfffe) return false;
    for (const [first, last] of kUnprintable) if (point >= first && point <= last) return false;
  }
  return true;
}

export const isId = (text: string): boolean => /^[a-zA-Z0-9._-]{1,32}$/.test(text);

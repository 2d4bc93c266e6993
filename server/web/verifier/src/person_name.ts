// Names of people as voters write them (section 9): normal form C, assigned visible characters, single spaces within.

export function isPersonName(name: string): boolean {
  if (name === "" || name.normalize("NFC") !== name) return false;
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/u.test(name)) return false;
  return !/^\p{Zs}|\p{Zs}$|\p{Zs}\p{Zs}/u.test(name);
}

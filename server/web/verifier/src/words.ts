export type Lang = "zh" | "en";
export function say(key: string, lang: Lang, values: Record<string, string | number> = {}): string {
  return `${key} ${lang} ${JSON.stringify(values)}`;
}

// The board's pages say in their html element which language they are in.
import type { Lang } from "../src/words.ts";

export const lang: Lang = document.documentElement.lang.startsWith("en") ? "en" : "zh";
export const both = (zh: string, en: string): string => (lang === "en" ? en : zh);
export const place = (id: string): HTMLElement => document.getElementById(id)!;
// Where the record lies: what is beside the Chinese pages, whatever page this is.
export const base = (): string => new URL(place("board").dataset["base"]!, location.href).href;

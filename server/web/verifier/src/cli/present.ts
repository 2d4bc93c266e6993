import type { Verification } from "../verify.ts";
import type { Lang } from "../words.ts";
export const present = (v: Verification, _lang: Lang): string => JSON.stringify(v);

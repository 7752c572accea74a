import { english } from "./en/index.ts";
import type { Language } from "./language.ts";

/** Every language by its code: one line each. */
export const languages: ReadonlyMap<string, Language> = new Map([[english.code, english]]);

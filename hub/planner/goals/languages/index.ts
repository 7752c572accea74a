/** The languages in which goals can be said. A language is a folder and a line here. */
import { de } from "./de/index.ts";
import { en } from "./en/index.ts";
import { es } from "./es/index.ts";
import { fr } from "./fr/index.ts";
import type { Language } from "./language.ts";
import { nl } from "./nl/index.ts";

/** English first: it is taken where nothing speaks for another. */
export const languages: readonly Language[] = [en, de, fr, es, nl];

import type { LanguageCode } from "../../../model/language.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { nl } from "./nl.ts";
import type { SchedulePhrases } from "./phrases.ts";

/** What each language says of a schedule. */
export const schedulePhrases: Readonly<Record<LanguageCode, SchedulePhrases>> = { en, de, fr, es, nl };

import type { LanguageCode } from "../../../model/language.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { nl } from "./nl.ts";
import type { WhyPhrases } from "./phrases.ts";

/** What each language says of why a device is as it is. */
export const whyPhrases: Readonly<Record<LanguageCode, WhyPhrases>> = { en, de, fr, es, nl };

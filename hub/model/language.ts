/** The languages in which the house answers; English is taken where nothing speaks for another. */
export const languageCodes = ["en", "de", "fr", "es", "nl"] as const;
export type LanguageCode = (typeof languageCodes)[number];

declare const INGLENOOK_VERSION: string | undefined;

/** The package's version, put in by the build. */
export const version: string = typeof INGLENOOK_VERSION === "string" ? INGLENOOK_VERSION : "0.0.0-source";

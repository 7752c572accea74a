/**
 * How long a test waits for what is to come where it says nothing itself, ms. A limit is there for what hangs: on a machine that does
 * other work too, what takes a tenth of a second may take ten.
 */
export const PATIENCE_MS = 15_000;

import type { Log } from "../../hub/ports.ts";

/** A log that only remembers. */
export function quietLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (_fields: object, message: string): void => void lines.push(message);
  return { lines, info: keep, warn: keep, error: keep };
}

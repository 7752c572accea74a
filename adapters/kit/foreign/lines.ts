import type { Readable } from "node:stream";

export interface LineLimits {
  /** Longest line, bytes. */
  readonly line: number;
  /** Most bytes in any one second. */
  readonly perSecond: number;
}

/**
 * Lines of a pipe. Calls `excess` once, and nothing after it, when a line is too long or too much comes: what follows is
 * not read any more.
 */
export function readLines(
  from: Readable,
  limits: LineLimits,
  take: (line: string) => void,
  excess: (why: string) => void,
): void {
  let parts: Buffer[] = [];
  let length = 0;
  let second = 0;
  let bytes = 0;
  let over = false;
  const stop = (why: string): void => {
    over = true;
    parts = [];
    from.pause();
    excess(why);
  };
  from.on("data", (chunk: Buffer) => {
    if (over) return;
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) [second, bytes] = [now, 0];
    bytes += chunk.length;
    if (bytes > limits.perSecond) return stop(`more than ${limits.perSecond} bytes in a second`);
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0 && !over; end = rest.indexOf(10)) {
      const line = Buffer.concat([...parts, rest.subarray(0, end)]);
      [parts, length] = [[], 0];
      rest = rest.subarray(end + 1);
      if (line.length > limits.line) return stop(`a line of ${line.length} bytes`);
      take(line.toString("utf8"));
    }
    if (rest.length > 0) parts.push(rest);
    length += rest.length;
    if (length > limits.line) stop(`a line of more than ${limits.line} bytes`);
    return undefined;
  });
}

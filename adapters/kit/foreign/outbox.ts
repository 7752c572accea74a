import type { Writable } from "node:stream";
import { pathKey } from "../../../hub/model/path.ts";
import type { Reading } from "../../../hub/model/reading.ts";
import type { AdapterInput } from "../../../hub/ports.ts";
import type { FromAdapter } from "./protocol.ts";

/** Most inputs in one line, so that lines stay short. */
const BATCH = 200;
/** Most things other than readings that wait for a slow hub; more are dropped. */
const MAX_WAITING = 5000;

/**
 * The way to the hub. While the pipe is full only the last reading of each attribute waits, so that a hub that is slow to
 * read costs no memory.
 */
export function createOutbox(pipe: Writable) {
  const readings = new Map<string, Reading>();
  let others: AdapterInput[] = [];
  let full = false;
  let scheduled = false;

  const write = (message: FromAdapter): void => {
    if (!pipe.write(`${JSON.stringify(message)}\n`)) full = true;
  };
  const flush = (): void => {
    scheduled = false;
    while (!full && (others.length > 0 || readings.size > 0)) {
      const inputs = others.slice(0, BATCH);
      others = others.slice(BATCH);
      if (inputs.length === 0) {
        const some = [...readings].slice(0, BATCH);
        for (const [key] of some) readings.delete(key);
        inputs.push({ kind: "readings", readings: some.map(([, reading]) => reading) });
      }
      write({ kind: "inputs", inputs });
    }
  };
  pipe.on("drain", () => {
    full = false;
    flush();
  });
  return {
    write,
    put(input: AdapterInput): void {
      // An event is no state: each of its readings counts, and goes in the order in which it came.
      if (input.kind === "readings") {
        const again = input.readings.some((r) => readings.has(pathKey(r.path)));
        if (again && !full) flush();
        for (const reading of input.readings) readings.set(pathKey(reading.path), reading);
      } else {
        if (readings.size > 0 && !full) flush();
        if (others.length < MAX_WAITING) others.push(input);
      }
      if (scheduled) return;
      scheduled = true;
      setImmediate(flush);
    },
  };
}

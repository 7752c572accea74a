import { pathKey } from "../../../hub/model/path.ts";
import type { Reading } from "../../../hub/model/reading.ts";
import type { FromProcess } from "../protocol.ts";

/**
 * The way to the hub. Readings wait for the channel and only the last one of each attribute waits, so a hub that is
 * slow to read costs no memory; everything else is rare and goes at once, after the readings that came before it.
 */
export function createOutbox(channel: Pick<NodeJS.Process, "send" | "connected">) {
  const waiting = new Map<string, Reading>();
  let busy = false;
  let scheduled = false;

  const pass = (message: FromProcess): void => {
    if (!channel.connected || !channel.send) return;
    busy = true;
    channel.send(message, undefined, undefined, () => {
      busy = false;
      if (waiting.size > 0) flush();
    });
  };
  const flush = (): void => {
    if (waiting.size === 0) return;
    const readings = [...waiting.values()];
    waiting.clear();
    pass({ kind: "readings", readings });
  };
  return {
    readings(readings: readonly Reading[]): void {
      for (const reading of readings) waiting.set(pathKey(reading.path), reading);
      if (scheduled) return;
      scheduled = true;
      setImmediate(() => {
        scheduled = false;
        if (!busy) flush();
      });
    },
    send(message: FromProcess): void {
      flush();
      pass(message);
    },
  };
}

export type Outbox = ReturnType<typeof createOutbox>;

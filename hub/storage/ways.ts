import { join } from "node:path";
import type { ImportStore } from "../ports.ts";
import type { Connection } from "./connect.ts";
import { Exports } from "./exports.ts";
import type { History } from "./history.ts";
import { importsOf } from "./imports.ts";
import type { KeepingSettings } from "./keeping.ts";
import type { ReadingLog } from "./readings.ts";

/** History as files, made by a worker of its own. `now`: epoch ms. */
export function exportsOf(folder: string, readings: ReadingLog, exporting: History, now: () => number): Exports {
  return new Exports({
    folder,
    piece: (piece) => exporting.exportPiece(piece),
    tail: (key) => readings.tail(key),
    extent: (key) => readings.series.get(key),
    flush: () => readings.flush(),
    now,
    idle: () => exporting.close(),
  });
}

/** What is brought in from elsewhere, by a worker of its own. Whatever it writes, answers that are kept are worked out anew. */
export function importsFor(
  db: Connection,
  folder: string,
  readings: ReadingLog,
  importing: History,
  keeping: KeepingSettings,
  now: () => number,
): ImportStore {
  return importsOf({
    db,
    folder: join(folder, "imports"),
    ask: (question) => importing.importing(question).finally(() => readings.changes.everything()),
    seriesOf: (key, { first, last, value }, source) =>
      readings.seriesFor(key, { at: first }, { at: last, value }, source),
    fineMs: () => keeping.get().fineDays * 86_400_000,
    now,
  });
}

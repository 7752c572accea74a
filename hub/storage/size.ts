import { statSync } from "node:fs";

/** Bytes of a database with its log and the log's index. */
export const bytesOf = (file: string): number =>
  ["", "-wal", "-shm"].reduce((sum, end) => sum + (statSync(file + end, { throwIfNoEntry: false })?.size ?? 0), 0);

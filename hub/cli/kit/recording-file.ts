import { readFileSync, statSync } from "node:fs";
import { type Recording, readRecording } from "../../../adapters/kit/recording.ts";
import { UsageError } from "../usage-error.ts";

/** A recording of full size with its JSON around it. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Reads a recording's file. Throws UsageError, or RecordingFault with the line. */
export function recordingIn(file: string): Recording {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile())
    throw new UsageError(
      "no-recording",
      `${file} ${stat ? "is no file" : "does not exist"}.`,
      "make one with: inglenook kit record --mqtt URL",
    );
  if (stat.size > MAX_BYTES)
    throw new UsageError(
      "bad-recording",
      `${file} is larger than ${MAX_BYTES / 1024 / 1024} MB.`,
      "record for a shorter time",
    );
  return readRecording(readFileSync(file, "utf8"), file);
}

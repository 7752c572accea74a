/** How an update goes, from what was heard of the device; no clock and no library's objects here. */

/** `fetching`: the hub gets the file. `waiting`: the device was told and has not asked yet. */
export type UpdateStep = "fetching" | "waiting" | "downloading" | "applying" | "restarting";

export interface Progress {
  readonly step: UpdateStep;
  /** Share of the file that the device has, 0..1. */
  readonly share: number;
  /** The device has all of the file. */
  readonly whole: boolean;
}

/** OTA requestor's UpdateState (Matter core specification 11.20.7.4.2), as far as it matters here. */
const IDLE = 1;
const ASKS_PERSON = 8;
const ROLLING_BACK = 7;

/** What the device says of itself, freshly read. */
export interface Fresh {
  readonly version: number | undefined;
  readonly updateState: number | undefined;
  /** Nothing of the transfer or the applying was heard for a while: some devices tell their state late. */
  readonly quiet: boolean;
}

export type Verdict =
  | { readonly kind: "going" }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly reason: string };

const going: Verdict = { kind: "going" };
const failed = (reason: string): Verdict => ({ kind: "failed", reason });

/** What a fresh word of the device means. Only its own new version makes an update done. */
export function judge(progress: Progress, target: number, { version, updateState, quiet }: Fresh): Verdict {
  if (version !== undefined && version >= target) return { kind: "done" };
  const { step, share, whole } = progress;
  if (updateState === ROLLING_BACK) return failed("The device took the update and went back to its old version.");
  if (updateState !== IDLE || !(quiet || step === "restarting")) return going;
  switch (step) {
    case "downloading":
      return whole
        ? failed("The device has the whole file and refused it: it may be meant for another product, or be damaged.")
        : failed(
            `The transfer was cut at ${percent(share)} and the device gave up. Try again when it is near its network.`,
          );
    case "applying":
      // A quick restart may have been missed: both look alike from here.
      return failed(
        "The device took the update and still has its old version: it went back, or did not go on. Try again.",
      );
    case "restarting":
      return failed("The device restarted and still has its old version: it went back, or the update is not for it.");
    default:
      return going;
  }
}

/** Share of all the work: the transfer is the long part. */
export function doneOf({ step, share }: Progress): number {
  const before = { fetching: 0, waiting: 0.05, downloading: 0.1, applying: 0.85, restarting: 0.9 }[step];
  return step === "downloading" ? before + 0.75 * share : before;
}

/** The step in words. */
export function wordsOf({ step, share, whole }: Progress, updateState: number | undefined): string {
  if (updateState === ASKS_PERSON) return "The device waits for a yes on itself";
  switch (step) {
    case "fetching":
      return "The hub fetches the file from the maker";
    case "waiting":
      return "The device was told; it asks within ten minutes";
    case "downloading":
      return whole ? "The device checks the file" : `The device downloads, ${percent(share)}`;
    case "applying":
      return "The device puts the update in place";
    case "restarting":
      return "The device restarts; its new version is awaited";
  }
}

/** From here on the device acts by itself. */
export const canBeStopped = ({ step }: Progress): boolean =>
  step === "fetching" || step === "waiting" || step === "downloading";

const percent = (share: number): string => `${Math.floor(share * 100)} %`;

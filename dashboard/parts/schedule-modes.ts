/** Modes of a schedule in a word or two; and how they are shown. */

export const MODES: Readonly<Record<string, string>> = {
  chargeFromGrid: "charges",
  followLoad: "serves the house",
  hold: "keeps",
  dischargeToGrid: "gives",
  off: "waits",
  on: "runs",
  sun: "with the sun",
  free: "free",
  curtailed: "held back",
};
const ACTIVE = new Set(["chargeFromGrid", "on"]);
const CALM = new Set(["off", "hold"]);

/** The class of a block. */
export const tone = (mode: string): string =>
  ACTIVE.has(mode) ? "block-on" : CALM.has(mode) ? "block-off" : mode === "sun" ? "block-sun" : "block-follow";

/** The contract of a miner. Pure: the past comes in, finds come out. */
import type { Part, Parts } from "../../energy/parts.ts";
import type { Find, FindKind } from "../../model/find.ts";
import type { LearnedLoad } from "../../model/learned.ts";
import type { History } from "../../twin/history.ts";

/** A door or window that says whether it is closed (1) or open (0). */
export interface Contact {
  readonly name: string;
  readonly room: string;
  readonly path: string;
}

/** A refrigerator or freezer with a thermometer in it. */
export interface ColdBox {
  readonly part: Part;
  readonly temperature: string;
}

/** What miners read. All series are on the one grid of `h`. */
export interface Mined {
  /** Quarter hours; occupancy is whether anybody was seen within the step, everything else as the twin has it. */
  readonly h: History;
  readonly parts: Parts;
  /** What each plug does, worked out in finer steps. */
  readonly loads: readonly LearnedLoad[];
  readonly contacts: readonly Contact[];
  readonly coldBoxes: readonly ColdBox[];
  /** Currency per kWh by step: of the next kWh taken, and of the next one given. */
  readonly price: Float64Array;
  readonly exportPrice: Float64Array;
  /** How many days like these a year has, by the sun that shines on the place. */
  readonly sunDays: number;
}

/** Whose energy a find would save, W by step: two finds never promise the same. */
interface Claim {
  /** Text path of the load's power. */
  readonly key: string;
  readonly watts: Float64Array;
}

/** A find before finds are held against one another. */
export interface Candidate extends Omit<Find, "id" | "kind"> {
  /** Node or room: with the kind it makes the id. */
  readonly about: string;
  readonly claim?: Claim;
}

/** Nothing, and why. */
export interface Nothing {
  readonly about?: string;
  readonly why: string;
}

export interface Miner {
  readonly kind: FindKind;
  /** In words, for progress: "standby". */
  readonly label: string;
  /** Yields where it may be interrupted. */
  readonly mine: (m: Mined) => Generator<number, readonly (Candidate | Nothing)[]>;
}

/** Whole days of which something must be known before anything is said. */
export const LEAST_DAYS = 7;

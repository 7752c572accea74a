/** What a sentence says, before anything is known of the home. The same for every language. */
import type { AskedState } from "../model/why.ts";

/** What is to be done. */
export type Act =
  | { readonly do: "on" | "off" | "toggle" | "open" | "close" | "stop" | "lock" | "unlock" }
  | { readonly do: "charge" | "stopCharging" | "start" | "pause" | "resume" }
  | { readonly do: "set"; readonly what: Settable; readonly value: Amount }
  | { readonly do: "mode"; readonly mode: BatteryMode };

/** `any`: the device and the unit decide. */
export type Settable = "any" | "brightness" | "position" | "temperature" | "chargeLimit" | "speed" | "colorTemperature";

export type BatteryMode = "followLoad" | "hold" | "chargeFromGrid";

/** A number as said; no unit: what suits the device. */
export interface Amount {
  readonly number: number;
  readonly unit?: "%" | "degC" | "A" | "kelvin";
}

/** What a thing can be asked to be. */
export type State = AskedState;

export type Measure =
  | "temperature"
  | "humidity"
  | "illuminance"
  | "brightness"
  | "position"
  | "setpoint"
  | "charge"
  | "power"
  | "carbonDioxide"
  | "pressure"
  | "mode";

/** The time that a question is about: a day by the home's clock, or a part of one; a weekday (1 = Monday) is the last one there was. */
export type Day = "today" | "yesterday" | "dayBefore" | "morning" | "evening" | "night" | { readonly weekday: number };

/** A part of a day, by the home's clock. */
export type DayPart = "morning" | "afternoon" | "evening" | "night";

/** A time of day that a question is about: minutes since midnight. `either`: of 7 in the morning and in the evening the last one is meant. */
export interface ClockMoment {
  readonly minutes: number;
  readonly either?: true;
}

/** What is to be told. */
export type Ask =
  /** `which` and `count` list what fits; `any` and `all` answer yes or no. */
  | { readonly ask: "state"; readonly state: State; readonly scope: "one" | "any" | "all" | "which" | "count" }
  | { readonly ask: "measure"; readonly measure: Measure }
  | { readonly ask: "energyToday" }
  /** Why it is so, or, with `not`, why it was not. Of now where no time was said. */
  | {
      readonly ask: "why";
      readonly state: State;
      readonly not: boolean;
      readonly day?: Day;
      readonly part?: DayPart;
      readonly at?: ClockMoment;
    }
  | { readonly ask: "status" };

/** A reading of the sentence: what to do or tell, and the words that name the things. No words: none were said. */
export type Meaning =
  | { readonly kind: "act"; readonly act: Act; readonly noun: readonly string[] }
  | { readonly kind: "ask"; readonly ask: Ask; readonly noun: readonly string[] };

import type { Comparison } from "../../../model/rule/condition.ts";
import { domainOf, type MeantDevice } from "./desk.ts";

/** What a device's attribute says when Home Assistant says a word. */
export interface Saying {
  readonly of: string;
  readonly op: Comparison;
  readonly value: number | boolean | string;
}

const is = (of: string, value: Saying["value"], op: Comparison = "="): Saying => ({ of, op, value });

/** What a device tells when Home Assistant calls its state so; undefined where there is no such thing here. */
export function sayingOf(entity: string, device: MeantDevice, state: string): Saying | undefined {
  const has = (capability: string) => device.capabilities.includes(capability);
  switch (domainOf(entity)) {
    case "cover":
      return has("windowCovering") ? cover(state) : undefined;
    case "lock":
      return has("doorLock") && ["locked", "unlocked"].includes(state) ? is("doorLock.lockState", state) : undefined;
    case "climate":
      return has("thermostat") ? climate(state) : undefined;
    case "media_player":
      return player(state, has);
    case "vacuum":
      return has("rvcOperationalState") && Object.hasOwn(VACUUM, state)
        ? is("rvcOperationalState.operationalState", VACUUM[state] ?? "")
        : undefined;
    case "select":
    case "input_select":
      return has("modeSelect") ? is("modeSelect.currentMode", state.slice(0, 64)) : undefined;
    case "input_number":
    case "counter":
    case "number":
      return has("houseNumber") && /^-?\d+(\.\d+)?$/.test(state) ? is("houseNumber.value", Number(state)) : undefined;
    case "valve":
      return ["open", "closed"].includes(state) && has("valveConfigurationAndControl")
        ? is("valveConfigurationAndControl.currentState", state)
        : undefined;
    default:
      return state === "on" || state === "off" ? onOrOff(device, state === "on") : undefined;
  }
}

function onOrOff({ capabilities, types }: MeantDevice, on: boolean): Saying | undefined {
  const has = (capability: string) => capabilities.includes(capability);
  if (has("occupancySensing")) return is("occupancySensing.occupancy", on);
  // Home Assistant's contact is on when it is open; the Matter contact sensor is true when it is shut.
  if (has("booleanState")) return is("booleanState.stateValue", types.includes("contactSensor") ? !on : on);
  if (has("onOff")) return is("onOff.onOff", on);
  return has("fanControl") ? is("fanControl.fanMode", "off", on ? "!=" : "=") : undefined;
}

const POSITION = "windowCovering.currentPositionLiftPercentage";

function cover(state: string): Saying | undefined {
  if (state === "closed") return is(POSITION, 0);
  if (state === "open") return is(POSITION, 0, ">");
  return state === "opening" || state === "closing" ? is("windowCovering.operationalStatus", state) : undefined;
}

const VACUUM: Readonly<Record<string, string>> = {
  ...{ cleaning: "running", docked: "docked", returning: "seekingCharger", paused: "paused", error: "error" },
};

const MODES: Readonly<Record<string, string>> = {
  ...{ off: "off", heat: "heat", cool: "cool", auto: "auto", heat_cool: "auto", dry: "dry", fan_only: "fanOnly" },
};

/** Home Assistant's word for what a thermostat is set to, as it is here. */
export const modeOf = (word: string | undefined): string | undefined =>
  word !== undefined && Object.hasOwn(MODES, word) ? MODES[word] : undefined;

function climate(state: string): Saying | undefined {
  const mode = modeOf(state);
  return mode === undefined ? undefined : is("thermostat.systemMode", mode);
}

/** A player that is off is more than one that does not play. */
function player(state: string, has: (capability: string) => boolean): Saying | undefined {
  if ((state === "on" || state === "off") && has("onOff")) return is("onOff.onOff", state === "on");
  if (!has("mediaPlayback")) return undefined;
  if (state === "playing" || state === "paused" || state === "buffering")
    return is("mediaPlayback.currentState", state);
  return state === "idle" ? is("mediaPlayback.currentState", "notPlaying") : undefined;
}

/** The word for a press of a button, as it is here; undefined for one that is not known. */
export function pressOf(word: string): string | undefined {
  const plain = word.toLowerCase().replaceAll(/[^a-z]/g, "");
  return PRESSES.find(([words]) => words.includes(plain))?.[1];
}

const PRESSES: readonly (readonly [words: readonly string[], press: string])[] = [
  [
    ["single", "singlepress", "remotebuttonshortpress", "shortpress", "click", "singleclick", "initialpress"],
    "singlePress",
  ],
  [["double", "doublepress", "remotebuttondoublepress", "doubleclick", "multipress"], "doublePress"],
  [["triple", "triplepress", "remotebuttontriplepress", "tripleclick"], "triplePress"],
  [["hold", "long", "longpress", "remotebuttonlongpress", "longclick"], "longPress"],
  [["release", "longrelease", "remotebuttonlongrelease"], "longReleased"],
];

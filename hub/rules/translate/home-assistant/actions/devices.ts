import type { Expression } from "../../../../model/rule/expression.ts";
import type { CommandStep, Step } from "../../../../model/rule/step.ts";
import { amountOf } from "../amounts.ts";
import { type Desk, miss, note } from "../desk.ts";
import { FAHRENHEIT } from "../figures.ts";
import { type Item, keyOf, textOf } from "../item.ts";
import { modeOf } from "../states.ts";
import { type Aim, ask } from "./aim.ts";
import { lightOff, lightOn } from "./light.ts";

/** Steps for one aim of a call; what can't be done is listed. */
export type Doing = (desk: Desk, aim: Aim, data: Item | undefined, at: Item) => readonly Step[] | undefined;

const plain =
  (capability: string, command: string): Doing =>
  (desk, aim, _, at) =>
    aim.has(capability) ? [ask(aim, capability, command)] : miss(desk, at, "The device can't do this here.");

/** A number of the call as the one argument. */
const withNumber =
  (capability: string, command: string, key: string, arg: string): Doing =>
  (desk, aim, data, at) => {
    const value = amountOf(desk, keyOf(data, key));
    if (value === undefined) return miss(desk, at, `"${key}" is not written in the file.`);
    return aim.has(capability)
      ? [ask(aim, capability, command, { [arg]: value })]
      : miss(desk, at, "The device can't do this here.");
  };

const fixed =
  (capability: string, command: string, args: Readonly<Record<string, number | string>>): Doing =>
  (desk, aim, _, at) =>
    aim.has(capability) ? [ask(aim, capability, command, args)] : miss(desk, at, "The device can't do this here.");

function setTemperature(desk: Desk, aim: Aim, data: Item | undefined, at: Item): readonly Step[] | undefined {
  const word = textOf(keyOf(data, "hvac_mode"));
  const mode = modeOf(word);
  if (word !== undefined && mode === undefined) return miss(desk, at, `A thermostat has no mode "${word}" here.`);
  const degrees = (key: string) => amountOf(desk, keyOf(data, key), desk.library.fahrenheit ? FAHRENHEIT : undefined);
  const one = degrees("temperature");
  const low = degrees("target_temp_low") ?? (mode === "cool" ? undefined : one);
  const high = degrees("target_temp_high") ?? (mode === "cool" ? one : undefined);
  if (desk.library.fahrenheit) note(desk, at, "Its degrees Fahrenheit are degrees Celsius here.");
  if (low === undefined && high === undefined) return miss(desk, at, "The temperature is not written in the file.");
  if (desk.library.cools && mode === undefined && one !== undefined) return byMode(aim, one);
  return [
    ask(aim, "thermostat", "set", {
      ...(mode === undefined ? {} : { systemMode: mode }),
      ...(low === undefined ? {} : { occupiedHeatingSetpoint: low }),
      ...(high === undefined ? {} : { occupiedCoolingSetpoint: high }),
    }),
  ];
}

/** In a house that cools as well, one temperature is that of what each thermostat is doing. */
function byMode({ target, ...aim }: Aim, degrees: Expression): readonly Step[] {
  const each =
    (target.nodes ?? []).length > 1 ? (target.nodes ?? []).map((node) => ({ ...target, nodes: [node] })) : [target];
  return each.map((target): Step => {
    const set = (name: string) => ask({ ...aim, target }, "thermostat", "set", { [name]: degrees });
    const cools = { kind: "state", target, of: "thermostat.systemMode", op: "=", value: "cool" } as const;
    const options = [{ if: cools, do: [set("occupiedCoolingSetpoint")] }];
    return { kind: "choose", options, otherwise: [set("occupiedHeatingSetpoint")] };
  });
}

function setMode(desk: Desk, aim: Aim, data: Item | undefined, at: Item): readonly CommandStep[] | undefined {
  const mode = modeOf(textOf(keyOf(data, "hvac_mode")));
  return mode === undefined
    ? miss(desk, at, "The mode is none that a thermostat has here.")
    : [ask(aim, "thermostat", "set", { systemMode: mode })];
}

function fanOn(desk: Desk, aim: Aim, data: Item | undefined, at: Item): readonly CommandStep[] | undefined {
  const percent = amountOf(desk, keyOf(data, "percentage"));
  if (percent !== undefined && aim.has("fanControl"))
    return [ask(aim, "fanControl", "set", { percentSetting: percent })];
  if (percent !== undefined) miss(desk, at, "The fan has no speed here.");
  return aim.has("onOff") ? [ask(aim, "onOff", "on")] : [ask(aim, "fanControl", "set", { fanMode: "on" })];
}

const fanOff: Doing = (_, aim) =>
  aim.has("onOff") ? [ask(aim, "onOff", "off")] : [ask(aim, "fanControl", "set", { fanMode: "off" })];

/** A louder or quieter player; Home Assistant counts from 0 to 1. */
function setVolume(desk: Desk, aim: Aim, data: Item | undefined, at: Item): readonly CommandStep[] | undefined {
  const level = amountOf(desk, keyOf(data, "volume_level"), { scale: 100, offset: 0 });
  if (level === undefined) return miss(desk, at, `"volume_level" is not written in the file.`);
  if (!aim.has("levelControl")) return miss(desk, at, "The player has no volume here.");
  return [ask(aim, "levelControl", "moveToLevel", { level })];
}

function selectSource(desk: Desk, aim: Aim, data: Item | undefined, at: Item): readonly CommandStep[] | undefined {
  const source = textOf(keyOf(data, "source"));
  if (source === undefined || /[{}]/.test(source)) return miss(desk, at, `"source" is not written in the file.`);
  if (!aim.has("mediaInput")) return miss(desk, at, "The player has no sources here.");
  return [ask(aim, "mediaInput", "selectInput", { index: source.slice(0, 64) })];
}

function playOrPause(desk: Desk, aim: Aim, _: Item | undefined, at: Item): readonly Step[] | undefined {
  if (!aim.has("mediaPlayback")) return miss(desk, at, "The device can't do this here.");
  const plays = {
    kind: "state",
    target: aim.target,
    of: "mediaPlayback.currentState",
    op: "=",
    value: "playing",
  } as const;
  const options = [{ if: plays, do: [ask(aim, "mediaPlayback", "pause")] }];
  return [{ kind: "choose", options, otherwise: [ask(aim, "mediaPlayback", "play")] }];
}

const onOrPlays =
  (command: "on" | "off"): Doing =>
  (desk, aim, _, at) => {
    if (aim.has("onOff")) return [ask(aim, "onOff", command)];
    return miss(desk, at, "The device can't be switched here.");
  };

const FAN = ["entity_id", "device_id", "area_id", "percentage"];
const WARM = ["entity_id", "device_id", "area_id", "temperature", "target_temp_low", "target_temp_high", "hvac_mode"];
const PLAIN = ["entity_id", "device_id", "area_id"];

/** What may be asked of devices, with the words of a call's data that are known. Lights list their own. */
export const doings = new Map<string, readonly [doing: Doing, known: readonly string[] | undefined]>([
  ["light.turn_on", [lightOn, undefined]],
  ["light.turn_off", [lightOff, [...PLAIN, "transition"]]],
  ["light.toggle", [plain("onOff", "toggle"), PLAIN]],
  ...["media_player"].flatMap((domain): [string, readonly [Doing, readonly string[]]][] => [
    [`${domain}.turn_on`, [onOrPlays("on"), PLAIN]],
    [`${domain}.turn_off`, [onOrPlays("off"), PLAIN]],
    [`${domain}.toggle`, [plain("onOff", "toggle"), PLAIN]],
    [`${domain}.volume_set`, [setVolume, [...PLAIN, "volume_level"]]],
    [`${domain}.select_source`, [selectSource, [...PLAIN, "source"]]],
  ]),
  ...["switch", "input_boolean", "siren", "outlet", "humidifier", "water_heater", "group"].flatMap(
    (domain): [string, readonly [Doing, readonly string[]]][] => [
      [`${domain}.turn_on`, [plain("onOff", "on"), PLAIN]],
      [`${domain}.turn_off`, [plain("onOff", "off"), PLAIN]],
      [`${domain}.toggle`, [plain("onOff", "toggle"), PLAIN]],
    ],
  ),
  ["vacuum.pause", [plain("rvcOperationalState", "pause"), PLAIN]],
  ["vacuum.return_to_base", [plain("rvcOperationalState", "goHome"), PLAIN]],
  ["fan.turn_on", [fanOn, FAN]],
  ["fan.turn_off", [fanOff, PLAIN]],
  ["fan.toggle", [plain("onOff", "toggle"), PLAIN]],
  ["fan.set_percentage", [fanOn, FAN]],
  ["cover.open_cover", [plain("windowCovering", "upOrOpen"), PLAIN]],
  ["cover.close_cover", [plain("windowCovering", "downOrClose"), PLAIN]],
  ["cover.turn_on", [plain("windowCovering", "upOrOpen"), PLAIN]],
  ["cover.turn_off", [plain("windowCovering", "downOrClose"), PLAIN]],
  ["cover.stop_cover", [plain("windowCovering", "stopMotion"), PLAIN]],
  [
    "cover.set_cover_position",
    [withNumber("windowCovering", "goToLiftPercentage", "position", "liftPercent"), [...PLAIN, "position"]],
  ],
  [
    "cover.set_cover_tilt_position",
    [withNumber("windowCovering", "goToTiltPercentage", "tilt_position", "tiltPercent"), [...PLAIN, "tilt_position"]],
  ],
  ["cover.open_cover_tilt", [fixed("windowCovering", "goToTiltPercentage", { tiltPercent: 100 }), PLAIN]],
  ["cover.close_cover_tilt", [fixed("windowCovering", "goToTiltPercentage", { tiltPercent: 0 }), PLAIN]],
  ["lock.lock", [plain("doorLock", "lockDoor"), PLAIN]],
  ["lock.unlock", [plain("doorLock", "unlockDoor"), PLAIN]],
  ["lock.open", [plain("doorLock", "unboltDoor"), PLAIN]],
  ["climate.set_temperature", [setTemperature, WARM]],
  ["climate.set_hvac_mode", [setMode, [...PLAIN, "hvac_mode"]]],
  ["climate.turn_off", [fixed("thermostat", "set", { systemMode: "off" }), PLAIN]],
  ["climate.turn_on", [fixed("thermostat", "set", { systemMode: "heat" }), PLAIN]],
  ["valve.open_valve", [plain("valveConfigurationAndControl", "open"), PLAIN]],
  ["valve.close_valve", [plain("valveConfigurationAndControl", "close"), PLAIN]],
  ["media_player.media_play_pause", [playOrPause, PLAIN]],
  ["media_player.media_play", [plain("mediaPlayback", "play"), PLAIN]],
  ["media_player.media_pause", [plain("mediaPlayback", "pause"), PLAIN]],
  ["media_player.media_stop", [plain("mediaPlayback", "stop"), PLAIN]],
  ["media_player.media_next_track", [plain("mediaPlayback", "next"), PLAIN]],
  ["media_player.media_previous_track", [plain("mediaPlayback", "previous"), PLAIN]],
]);

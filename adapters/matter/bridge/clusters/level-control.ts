import { type Asks, ask, bridgeCluster, type Fields, type Held } from "../table.ts";
import { isOn, numberIn } from "./codecs.ts";

const TOP = 254;
const LEAST = 1;

const wireLevel = (percent: unknown): number | null =>
  typeof percent === "number" ? Math.min(TOP, Math.max(LEAST, Math.round((percent / 100) * TOP))) : null;

/** A lamp that is off is left alone unless the request says otherwise (1.6.6.9, ExecuteIfOff). */
function sleeps(fields: Fields, held: Held): boolean {
  if (isOn(held)) return false;
  const bit = (name: string) => {
    const bits = fields[name];
    return typeof bits === "object" && bits !== null && Reflect.get(bits, "executeIfOff") === true;
  };
  return !(bit("optionsMask") && bit("optionsOverride"));
}

function to(level: number, tenths: unknown, withOnOff: boolean): Asks {
  if (withOnOff && level <= LEAST) return [ask("onOff", "off")];
  const percent = Math.max(1, Math.round((Math.min(TOP, level) / TOP) * 100));
  const time = typeof tenths === "number" && tenths > 0 ? { transitionTime: tenths / 10 } : {};
  return [ask("levelControl", "moveToLevel", { level: percent, ...time })];
}

const current = (held: Held): number => wireLevel(held("levelControl.currentLevel")) ?? TOP;

const moveTo =
  (withOnOff: boolean) =>
  (fields: Fields, held: Held): Asks => {
    const level = numberIn(fields, "level");
    if (level === undefined || level > TOP) return { constraint: "level must be 0 to 254" };
    return !withOnOff && sleeps(fields, held) ? [] : to(level, fields.transitionTime, withOnOff);
  };

/** MQTT lamps can't be told a rate: a move goes to the end in the time that the rate means. */
const move =
  (withOnOff: boolean) =>
  (fields: Fields, held: Held): Asks => {
    if (!withOnOff && sleeps(fields, held)) return [];
    const end = fields.moveMode === 1 ? LEAST : TOP;
    const rate = numberIn(fields, "rate") || TOP;
    const tenths = Math.round((Math.abs(end - current(held)) / rate) * 10);
    // Downwards it ends at the lowest level, which is not off (1.6.7.2).
    return to(end === LEAST && !withOnOff ? LEAST + 1 : end, tenths, withOnOff);
  };

const step =
  (withOnOff: boolean) =>
  (fields: Fields, held: Held): Asks => {
    if (!withOnOff && sleeps(fields, held)) return [];
    const size = numberIn(fields, "stepSize") ?? 0;
    if (size <= 0) return { constraint: "stepSize must be above 0" };
    const sign = fields.stepMode === 1 ? -1 : 1;
    const level = Math.min(TOP, Math.max(LEAST, current(held) + sign * size));
    return to(level, fields.transitionTime, withOnOff);
  };

const stop = (_: Fields, held: Held): Asks => (isOn(held) ? to(Math.max(current(held), LEAST + 1), 0, false) : []);

export const levelControl = bridgeCluster({
  cluster: "LevelControl",
  features: () => ["OnOff", "Lighting"],
  fixed: () => ({
    minLevel: LEAST,
    maxLevel: TOP,
    onLevel: null,
    options: {},
    remainingTime: 0,
    startUpCurrentLevel: null,
  }),
  state: (held) => ({ currentLevel: wireLevel(held("levelControl.currentLevel")) }),
  commands: {
    moveToLevel: moveTo(false),
    moveToLevelWithOnOff: moveTo(true),
    move: move(false),
    moveWithOnOff: move(true),
    step: step(false),
    stepWithOnOff: step(true),
    stop,
    stopWithOnOff: stop,
  },
  recall: (values, seconds) => {
    const level = numberIn(values, "currentLevel");
    return level === undefined ? [] : to(Math.max(LEAST, level), seconds * 10, false);
  },
});

import type { Expression } from "../../../../model/rule/expression.ts";
import type { CommandStep } from "../../../../model/rule/step.ts";
import { amountOf } from "../amounts.ts";
import { type Desk, miss, note } from "../desk.ts";
import { type Item, isTemplate, keyOf, listOf, numberOf, textOf } from "../item.ts";
import { type Aim, ask } from "./aim.ts";

const round = (value: number) => Math.round(value * 10) / 10;
const KNOWN = ["entity_id", "brightness", "brightness_pct", "transition", "kelvin", "color_temp_kelvin"];
const COLOURS = ["color_name", "color_temp", "rgb_color", "hs_color", "xy_color"];

/** Turns a light on, at a level and in a colour where that is said. */
export function lightOn(desk: Desk, aim: Aim, data: Item | undefined): readonly CommandStep[] {
  for (const [key, value] of data?.map ?? [])
    if (key === "color_name" && !Object.hasOwn(NAMED, textOf(value) ?? ""))
      miss(desk, value, "The colour's name is not known here.");
    else if (![...KNOWN, ...COLOURS, "device_id", "area_id"].includes(key))
      miss(desk, value, `"${key}" of a light is not translated.`);
    else if (value.tag || (isTemplate(value) && amountOf(desk, value) === undefined))
      miss(desk, value, `"${key}" is not written in the file.`);
  const level = levelOf(desk, data);
  const seconds = numberOf(keyOf(data, "transition"));
  const steps: CommandStep[] = [];
  if (level !== undefined && aim.has("levelControl")) {
    const over = seconds === undefined ? {} : { transitionTime: seconds };
    steps.push(ask(aim, "levelControl", "moveToLevel", { level, ...over }));
  } else {
    if (level !== undefined && data) miss(desk, data, "The light has no level here.");
    if (seconds !== undefined && data) note(desk, data, "It comes on at once, not slowly.");
    steps.push(ask(aim, "onOff", "on"));
  }
  const colour = colourOf(data);
  if (colour && data && !aim.has("colorControl")) miss(desk, data, "The light has no colour here.");
  if (colour && aim.has("colorControl")) steps.push(ask(aim, "colorControl", colour.command, colour.args));
  return steps;
}

/** 1 to 100 %; 0 turns off, there as here. */
function levelOf(desk: Desk, data: Item | undefined): Expression | undefined {
  const level =
    amountOf(desk, keyOf(data, "brightness_pct")) ??
    amountOf(desk, keyOf(data, "brightness"), { scale: 1 / 2.55, offset: 0 });
  return typeof level === "number" ? Math.min(100, Math.max(0, Math.round(level))) : level;
}

function colourOf(data: Item | undefined): { command: string; args: Record<string, number> } | undefined {
  const kelvin = numberOf(keyOf(data, "color_temp_kelvin", "kelvin"));
  const mireds = numberOf(keyOf(data, "color_temp")) ?? (kelvin ? 1_000_000 / kelvin : undefined);
  if (mireds !== undefined)
    return { command: "moveToColorTemperature", args: { colorTemperatureMireds: Math.round(mireds) } };
  const figures = (key: string) => listOf(keyOf(data, key)).flatMap((one) => numberOf(one) ?? []);
  const [x, y] = figures("xy_color");
  if (x !== undefined && y !== undefined) return { command: "moveToColor", args: { colorX: x, colorY: y } };
  const [hue, saturation] = figures("hs_color");
  if (hue !== undefined && saturation !== undefined)
    return { command: "moveToHueAndSaturation", args: { hue, saturation } };
  const named = textOf(keyOf(data, "color_name"));
  const [r, g, b] = named !== undefined && Object.hasOwn(NAMED, named) ? (NAMED[named] ?? []) : figures("rgb_color");
  if (r === undefined || g === undefined || b === undefined) return undefined;
  return { command: "moveToHueAndSaturation", args: hueOf(r, g, b) };
}

/** The colours that people call by their names, 0 to 255 each. */
const NAMED: Readonly<Record<string, readonly number[]>> = {
  ...{ red: [255, 0, 0], green: [0, 128, 0], blue: [0, 0, 255], white: [255, 255, 255], yellow: [255, 255, 0] },
  ...{ orange: [255, 165, 0], purple: [128, 0, 128], pink: [255, 192, 203], cyan: [0, 255, 255] },
  ...{
    magenta: [255, 0, 255],
    lime: [0, 255, 0],
    turquoise: [64, 224, 208],
    gold: [255, 215, 0],
    violet: [238, 130, 238],
  },
};

/** Hue in degrees and saturation in percent of a colour of 0 to 255 each. */
function hueOf(r: number, g: number, b: number): { hue: number; saturation: number } {
  const most = Math.max(r, g, b);
  const span = most - Math.min(r, g, b);
  if (most <= 0 || span <= 0) return { hue: 0, saturation: 0 };
  const sixth = most === r ? ((g - b) / span + 6) % 6 : most === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return { hue: round(sixth * 60), saturation: round((span / most) * 100) };
}

/** Turns a light off; slowly, where it has a level. */
export function lightOff(desk: Desk, aim: Aim, data: Item | undefined): readonly CommandStep[] {
  const seconds = numberOf(keyOf(data, "transition"));
  if (seconds !== undefined && aim.has("levelControl"))
    return [ask(aim, "levelControl", "moveToLevel", { level: 0, transitionTime: seconds })];
  if (seconds !== undefined && data) note(desk, data, "It goes off at once, not slowly.");
  return [ask(aim, "onOff", "off")];
}

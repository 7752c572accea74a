import {
  type Asks,
  ask,
  bridgeCluster,
  type Fields,
  type Held,
  has,
  hasCommand,
  rangeOf,
  type Source,
} from "../table.ts";
import { isOn, numberIn } from "./codecs.ts";
import { hueOfXy, miredsOfXy, type Xy, xyOfHue, xyOfMireds } from "./colour-math.ts";

const TOP = 254;
/** The highest x and y the standard allows (3.2.7.4). */
const XY_TOP = 0xfeff;
const CC = "colorControl";

const number = (held: Held, name: string): number | undefined => {
  const value = held(`${CC}.${name}`);
  return typeof value === "number" ? value : undefined;
};

const MODES = { hue: 0, xy: 1, ct: 2 } as const;
type Mode = keyof typeof MODES;

interface Colour {
  readonly mode: Mode;
  readonly xy: Xy;
  readonly mireds: number;
}

/** Whichever way the lamp told its colour last; the other ways are the same colour converted. */
function colourOf(held: Held): Colour | undefined {
  const [x, y] = [number(held, "currentX"), number(held, "currentY")];
  const [hue, saturation] = [number(held, "currentHue"), number(held, "currentSaturation")];
  const mireds = number(held, "colorTemperatureMireds");
  const when = (name: string) => held.changed(`${CC}.${name}`);
  const ways: { readonly at: number; readonly colour: Colour }[] = [];
  if (mireds !== undefined)
    ways.push({ at: when("colorTemperatureMireds"), colour: { mode: "ct", xy: xyOfMireds(mireds), mireds } });
  if (x !== undefined && y !== undefined)
    ways.push({
      at: Math.max(when("currentX"), when("currentY")),
      colour: { mode: "xy", xy: { x, y }, mireds: mireds ?? miredsOfXy({ x, y }) },
    });
  if (hue !== undefined && saturation !== undefined) {
    const xy = x !== undefined && y !== undefined ? { x, y } : xyOfHue(hue, saturation);
    const at = Math.max(when("currentHue"), when("currentSaturation"));
    ways.push({ at, colour: { mode: "hue", xy, mireds: mireds ?? miredsOfXy(xy) } });
  }
  return ways.reduce<(typeof ways)[number] | undefined>(
    (best, way) => (best && best.at >= way.at ? best : way),
    undefined,
  )?.colour;
}

const range = (source: Source): readonly [number, number] => rangeOf(source, CC, "colorTemperatureMireds", [153, 500]);

const full = (source: Source): boolean => has(source, CC, "currentHue") || has(source, CC, "currentX");
const clampXy = (part: number): number => Math.min(XY_TOP, Math.max(0, Math.round(part * 65_536)));

function stateOf(held: Held, source: Source): Fields | undefined {
  const colour = colourOf(held);
  if (!colour) return undefined;
  const [low, high] = range(source);
  const { hue, saturation } = hueOfXy(colour.xy);
  const mode = full(source) ? colour.mode : "ct";
  return {
    colorTemperatureMireds: Math.round(Math.min(high, Math.max(low, colour.mireds))),
    colorMode: MODES[mode],
    enhancedColorMode: MODES[mode],
    ...(full(source)
      ? {
          currentX: clampXy(colour.xy.x),
          currentY: clampXy(colour.xy.y),
          currentHue: Math.round((((number(held, "currentHue") ?? hue) % 360) / 360) * TOP),
          currentSaturation: Math.round(((number(held, "currentSaturation") ?? saturation) / 100) * TOP),
        }
      : {}),
  };
}

const toMireds = (mireds: number, source: Source): Asks => {
  const [low, high] = range(source);
  const value = Math.round(Math.min(high, Math.max(low, mireds)));
  if (hasCommand(source, CC, "moveToColorTemperature"))
    return [ask(CC, "moveToColorTemperature", { colorTemperatureMireds: value })];
  return toXy(xyOfMireds(value), source);
};

function toXy(xy: Xy, source: Source): Asks {
  const round = (part: number) => Math.round(part * 10_000) / 10_000;
  if (hasCommand(source, CC, "moveToColor"))
    return [ask(CC, "moveToColor", { colorX: round(xy.x), colorY: round(xy.y) })];
  const { hue, saturation } = hueOfXy(xy);
  return [ask(CC, "moveToHueAndSaturation", { hue: Math.round(hue), saturation: Math.round(saturation) })];
}

function toHue(hue: number, saturation: number, source: Source): Asks {
  const [degrees, percent] = [Math.round((hue / TOP) * 360), Math.round((saturation / TOP) * 100)];
  if (hasCommand(source, CC, "moveToHueAndSaturation"))
    return [ask(CC, "moveToHueAndSaturation", { hue: degrees, saturation: percent })];
  return toXy(xyOfHue(degrees, percent), source);
}

type Command = (fields: Fields, held: Held, source: Source) => Asks;

/** A lamp that is off keeps its colour, unless the request says otherwise (3.2.8, ExecuteIfOff). */
const awake =
  (command: Command): Command =>
  (fields, held, source) => {
    const bits = fields.optionsMask;
    const over = fields.optionsOverride;
    const says = (of: unknown) => typeof of === "object" && of !== null && Reflect.get(of, "executeIfOff") === true;
    return isOn(held) || (says(bits) && says(over)) ? command(fields, held, source) : [];
  };

const nowOf = (held: Held, source: Source) => {
  const state = stateOf(held, source) ?? {};
  const at = (name: string): number => numberIn(state, name) ?? 0;
  return { hue: at("currentHue"), saturation: at("currentSaturation"), mireds: at("colorTemperatureMireds"), at };
};

/** MQTT lamps know no moving colour: a move or a stop of one is taken and does nothing. */
const nothing: Command = () => [];

const hueStep = (fields: Fields): number => (fields.stepMode === 3 ? -1 : 1) * (numberIn(fields, "stepSize") ?? 0);
const within = (value: number): number => Math.min(TOP, Math.max(0, value));

export const colorControl = bridgeCluster({
  cluster: "ColorControl",
  features: (source) => (full(source) ? ["HueSaturation", "Xy", "ColorTemperature"] : ["ColorTemperature"]),
  fixed: (source) => {
    const [colorTempPhysicalMinMireds, colorTempPhysicalMaxMireds] = range(source);
    const bits = { hueSaturation: true, xy: true, colorTemperature: true };
    return {
      options: {},
      numberOfPrimaries: null,
      remainingTime: 0,
      colorCapabilities: full(source) ? bits : { colorTemperature: true },
      colorTempPhysicalMinMireds,
      colorTempPhysicalMaxMireds,
      coupleColorTempToLevelMinMireds: colorTempPhysicalMinMireds,
      startUpColorTemperatureMireds: null,
    };
  },
  blank: (source) => ({
    colorTemperatureMireds: range(source)[0],
    colorMode: MODES.ct,
    enhancedColorMode: MODES.ct,
    ...(full(source) ? { currentX: 0, currentY: 0, currentHue: 0, currentSaturation: 0 } : {}),
  }),
  state: stateOf,
  commands: {
    moveToHue: awake((f, held, s) => toHue(numberIn(f, "hue") ?? 0, nowOf(held, s).saturation, s)),
    moveHue: nothing,
    stepHue: awake((f, held, s) => {
      const now = nowOf(held, s);
      return toHue((now.hue + hueStep(f) + 255) % 255, now.saturation, s);
    }),
    moveToSaturation: awake((f, held, s) => toHue(nowOf(held, s).hue, numberIn(f, "saturation") ?? 0, s)),
    moveSaturation: nothing,
    stepSaturation: awake((f, held, s) => {
      const now = nowOf(held, s);
      return toHue(now.hue, within(now.saturation + hueStep(f)), s);
    }),
    moveToHueAndSaturation: awake((f, _, s) => toHue(numberIn(f, "hue") ?? 0, numberIn(f, "saturation") ?? 0, s)),
    moveToColor: awake((f, _, s) =>
      toXy({ x: (numberIn(f, "colorX") ?? 0) / 65_536, y: (numberIn(f, "colorY") ?? 0) / 65_536 }, s),
    ),
    moveColor: nothing,
    stepColor: awake((f, held, s) => {
      const { at } = nowOf(held, s);
      const part = (name: string, step: string) => clampXy((at(name) + (numberIn(f, step) ?? 0)) / 65_536) / 65_536;
      return toXy({ x: part("currentX", "stepX"), y: part("currentY", "stepY") }, s);
    }),
    moveToColorTemperature: awake((f, _, s) => toMireds(numberIn(f, "colorTemperatureMireds") ?? 0, s)),
    moveColorTemperature: nothing,
    stepColorTemperature: awake((f, held, s) => toMireds(nowOf(held, s).mireds + hueStep(f), s)),
    stopMoveStep: nothing,
  },
  recall: (values, _, held, s) => {
    const [mireds, x, y] = ["colorTemperatureMireds", "currentX", "currentY"].map((name) => numberIn(values, name));
    const saturation = numberIn(values, "currentSaturation");
    const isWhite = values.enhancedColorMode === MODES.ct || !full(s);
    if (mireds !== undefined && (isWhite || (x === undefined && saturation === undefined))) return toMireds(mireds, s);
    if (x !== undefined && y !== undefined) return toXy({ x: x / 65_536, y: y / 65_536 }, s);
    return saturation === undefined ? [] : toHue(nowOf(held, s).hue, saturation, s);
  },
  accepts: (command, source) => full(source) || /ColorTemperature$/.test(command) || command === "stopMoveStep",
});

import { limits, scaled, wireNumber, words } from "./codecs.ts";
import { type ClusterTable, clusterTable } from "./table.ts";

const now = { transitionTime: 0, optionsMask: {}, optionsOverride: {} };

const mireds = limits("colorTempPhysicalMinMireds", "colorTempPhysicalMaxMireds", 1);

/** Wire parts 0..top of a whole, rounded to our whole numbers. */
const part = (top: number, whole: number) => ({
  decode: (wire: unknown) => {
    if (wire === null) return null;
    const number = wireNumber(wire);
    return number === undefined ? undefined : Math.round((number / top) * whole);
  },
});

export const colorControl: ClusterTable = clusterTable({
  cluster: "ColorControl",
  id: 0x0300,
  capability: "colorControl",
  attributes: {
    colorTemperatureMireds: scaled(1),
    currentHue: part(254, 360),
    currentSaturation: part(254, 100),
    currentX: scaled(65536),
    currentY: scaled(65536),
    colorMode: words({ 0: "currentHueAndCurrentSaturation", 1: "currentXAndCurrentY", 2: "colorTemperatureMireds" }),
  },
  commands: {
    moveToHueAndSaturation: {
      command: "moveToHueAndSaturation",
      id: 6,
      fields: ({ hue, saturation }) => ({
        hue: Math.round((Number(hue) / 360) * 254),
        saturation: Math.round((Number(saturation) / 100) * 254),
        ...now,
      }),
    },
    moveToColor: {
      command: "moveToColor",
      id: 7,
      // 0xFEFF is the highest value the standard allows (3.2.7.4).
      fields: ({ colorX, colorY }) => ({
        colorX: Math.min(0xfeff, Math.round(Number(colorX) * 65536)),
        colorY: Math.min(0xfeff, Math.round(Number(colorY) * 65536)),
        ...now,
      }),
    },
    moveToColorTemperature: {
      command: "moveToColorTemperature",
      id: 10,
      args: (siblings) => {
        const range = mireds(siblings);
        return range ? { colorTemperatureMireds: { type: "number", unit: "mired", min: range[0], max: range[1] } } : {};
      },
      fields: ({ colorTemperatureMireds }) => ({
        colorTemperatureMireds: Math.round(Number(colorTemperatureMireds)),
        ...now,
      }),
    },
  },
  ignored: ["enhancedCurrentHue", "enhancedColorMode"],
  ranges: {
    colorTemperatureMireds: mireds,
  },
});

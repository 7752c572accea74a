import { capability } from "../capability.ts";

export const colorControl = capability({
  name: "colorControl",
  label: "Colour",
  matter: "ColorControl",
  attributes: {
    colorTemperatureMireds: { type: "number", unit: "mired", min: 50, max: 1000, label: "Colour temperature" },
    currentHue: { type: "number", unit: "deg", min: 0, max: 360, label: "Hue" },
    currentSaturation: { type: "number", unit: "%", min: 0, max: 100, label: "Saturation" },
    currentX: { type: "number", unit: "1", min: 0, max: 1, label: "Colour x" },
    currentY: { type: "number", unit: "1", min: 0, max: 1, label: "Colour y" },
    colorMode: {
      type: "enum",
      values: ["currentHueAndCurrentSaturation", "currentXAndCurrentY", "colorTemperatureMireds"],
      label: "Colour is set by",
    },
  },
  commands: {
    moveToColorTemperature: {
      label: "Set colour temperature",
      args: {
        colorTemperatureMireds: { type: "number", unit: "mired", min: 50, max: 1000, label: "Colour temperature" },
      },
      wants: (args) => ({ colorTemperatureMireds: args.colorTemperatureMireds ?? 0 }),
    },
    moveToHueAndSaturation: {
      label: "Set colour",
      args: {
        hue: { type: "number", unit: "deg", min: 0, max: 360, label: "Hue" },
        saturation: { type: "number", unit: "%", min: 0, max: 100, label: "Saturation" },
      },
      wants: (args) => ({ currentHue: args.hue ?? 0, currentSaturation: args.saturation ?? 0 }),
    },
    moveToColor: {
      label: "Set colour by x and y",
      args: {
        colorX: { type: "number", unit: "1", min: 0, max: 1, label: "Colour x" },
        colorY: { type: "number", unit: "1", min: 0, max: 1, label: "Colour y" },
      },
      wants: (args) => ({ currentX: args.colorX ?? 0, currentY: args.colorY ?? 0 }),
    },
  },
});

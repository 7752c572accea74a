/** The shapes in which Zigbee2MQTT describes a device (zigbee-herdsman-converters, `exposes`). */

/** 1 published, 2 settable, 4 gettable. */
export type Access = 1 | 2 | 3 | 5 | 7;

export interface Expose {
  readonly type: string;
  readonly features?: readonly Expose[];
  readonly name?: string;
  readonly property?: string;
  readonly label?: string;
  readonly access?: Access;
  readonly [more: string]: unknown;
}

function label(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function binary(
  name: string,
  access: Access,
  on: unknown,
  off: unknown,
  description: string,
  more: object = {},
): Expose {
  return {
    access,
    description,
    label: label(name),
    name,
    property: name,
    type: "binary",
    value_off: off,
    value_on: on,
    ...more,
  };
}

export function numeric(
  name: string,
  access: Access,
  unit: string | undefined,
  description: string,
  more: object = {},
): Expose {
  const base = { access, description, label: label(name), name, property: name, type: "numeric" };
  return unit === undefined ? { ...base, ...more } : { ...base, unit, ...more };
}

export function choice(name: string, access: Access, values: readonly string[], description: string): Expose {
  return { access, description, label: label(name), name, property: name, type: "enum", values };
}

function onOff(what: string): Expose {
  return binary("state", 7, "ON", "OFF", `On/off state of ${what}`, { value_toggle: "TOGGLE" });
}

export function switchOf(what: string): Expose {
  return { type: "switch", features: [onOff(what)] };
}

/** A dimmable light, with white tones when limits in mired are given. */
export function light(mired?: { readonly min: number; readonly max: number }): Expose {
  const features: Expose[] = [
    onOff("this light"),
    numeric("brightness", 7, undefined, "Brightness of this light", { value_max: 254, value_min: 0 }),
  ];
  if (mired) {
    const presets = [
      { description: "Coolest temperature supported", name: "coolest", value: mired.min },
      { description: "Neutral temperature (370 mireds / 2700 Kelvin)", name: "neutral", value: 370 },
      { description: "Warmest temperature supported", name: "warmest", value: mired.max },
    ];
    const range = { presets, value_max: mired.max, value_min: mired.min };
    features.push(numeric("color_temp", 7, "mired", "Color temperature of this light", range));
  }
  return { type: "light", features };
}

const diagnostic = { category: "diagnostic" };

export const linkQuality: Expose = numeric("linkquality", 1, "lqi", "Link quality (signal strength)", {
  ...diagnostic,
  value_max: 255,
  value_min: 0,
});

export const batteryLevel: Expose = numeric("battery", 1, "%", "Remaining battery in %", {
  ...diagnostic,
  value_max: 100,
  value_min: 0,
});

export const batteryVoltage: Expose = numeric("voltage", 1, "mV", "Reported battery voltage in millivolts", diagnostic);

export const power = numeric("power", 5, "W", "Instantaneous measured power");
export const energy = numeric("energy", 5, "kWh", "Sum of consumed energy");
export const current = numeric("current", 5, "A", "Instantaneous measured electrical current");
export const voltage = numeric("voltage", 5, "V", "Measured electrical potential value");
